//! GPUs of containers.

use stacktape_model::compute::{Compute, Ec2, Fargate};
use stacktape_model::container::{Container, ContainerBuilder};
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::stack::Stack;
use stacktape_model::units::{Cpu, Memory};

use crate::support::{Rule, named, rule, stack, web};

#[track_caller]
fn on(compute: impl Into<Compute>, containers: impl IntoIterator<Item = ContainerBuilder>) -> Stack {
    stack([MultiContainerWorkload::builder("api", compute).containers(containers.into_iter().map(Container::from))])
}

pub(crate) fn rules() -> Vec<Rule> {
    const FIRST: &str = "resources.api.containers[0].gpu";
    const SECOND: &str = "resources.api.containers[1].gpu";
    let fargate = Fargate::new(Cpu::Half, Memory::gib(1));
    vec![
        rule("gpu::zero")
            .refuses(FIRST, on(Ec2::new(["g5.xlarge"]), [web().gpu(0)]))
            .saying("found 0 GPUs, expected 1 or more", "leave `.gpu(..)` out: a container has none by itself")
            .takes(on(Ec2::new(["g5.xlarge"]), [web().gpu(1)])),
        rule("gpu::on_fargate")
            .refuses(FIRST, on(fargate, [web().gpu(1)]))
            .saying(
                "found GPUs of a container on Fargate, expected EC2 instances that have some",
                "write `Ec2::new([\"g5.xlarge\"])` for the workload, or leave `.gpu(..)` out",
            )
            .takes(on(fargate, [web()])),
        rule("gpu::too_many")
            .refuses(SECOND, on(Ec2::new(["g5.12xlarge", "g4dn.12xlarge"]), [web().gpu(3), named("side").gpu(2)]))
            .saying(
                "found 5 GPUs in a task, expected at most 4, which every instance of g5.12xlarge, g4dn.12xlarge has for ECS",
                "reserve fewer, or write types that all have more; ECS has drivers for GPUs of NVIDIA on x86-64 only",
            )
            .refuses(FIRST, on(Ec2::new(["g5.12xlarge", "g5.xlarge"]), [web().gpu(2)]))
            .refuses(FIRST, on(Ec2::new(["c5.large"]), [web().gpu(1)]))
            .refuses(FIRST, on(Ec2::new(["g5g.xlarge"]), [web().gpu(1)]))
            .takes(on(Ec2::new(["g5.12xlarge", "g4dn.12xlarge"]), [web().gpu(3), named("side").gpu(1)]))
            .takes(on(Ec2::new(["g5g.xlarge"]), [web()])),
    ]
}
