use stacktape_model::compute::Fargate;
use stacktape_model::http_api_gateway::HttpApiGateway;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::units::{Cpu, Memory};

fn main() {
    let gateway = HttpApiGateway::builder("gateway").build();
    MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).connect_to(&gateway);
}
