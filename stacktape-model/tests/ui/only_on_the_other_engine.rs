use stacktape_model::compute::{Architecture, Ec2, Fargate};
use stacktape_model::units::{Cpu, Memory};

fn main() {
    let _ = Ec2::new(["c5.large"]).architecture(Architecture::Arm64);
    let _ = Fargate::new(Cpu::Half, Memory::gib(1)).warm_pool(true);
}
