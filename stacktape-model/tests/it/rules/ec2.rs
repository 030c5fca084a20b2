//! EC2 instances: their types, and what a task takes of them.

use stacktape_model::compute::{Architecture, Ec2};
use stacktape_model::container::{ApplicationLoadBalancerEvent, LoadBalancerHealthCheck};
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::resource::Resource;
use stacktape_model::stack::Stack;
use stacktape_model::units::{Cpu, Memory};

use crate::support::{Rule, rule, stack, web};

#[track_caller]
fn on(ec2: Ec2) -> Stack {
    stack([MultiContainerWorkload::builder("api", ec2).container(web())])
}

/// So many types of one architecture.
fn types(number: usize) -> Vec<String> {
    let sizes = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"];
    let families = ["m5", "m5a", "m5d", "m5n", "m6i", "m6a", "m7i", "m7a", "r5", "r6i"];
    let all = families.iter().flat_map(|family| sizes.map(|size| format!("{family}.{size}")));
    all.take(number).collect()
}

#[track_caller]
fn checked_at(port: Option<u16>) -> Stack {
    use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, Listener};
    let main = ApplicationLoadBalancer::builder("main").listener(Listener::http(80)).build();
    let check = LoadBalancerHealthCheck::builder().path("/healthz");
    let check = if let Some(port) = port { check.port(port) } else { check };
    let event = ApplicationLoadBalancerEvent::new(&main, 80, 1).listener_port(80).path("*");
    let api = MultiContainerWorkload::builder("api", Ec2::new(["c5.large"]));
    let api = api.container(web().load_balancer_health_check(check).event(event)).build();
    stack([Resource::from(api), main.into()])
}

pub(crate) fn rules() -> Vec<Rule> {
    const TYPES: &str = "resources.api.resources.instanceTypes";
    const FIRST: &str = "resources.api.resources.instanceTypes[0]";
    const SECOND: &str = "resources.api.resources.instanceTypes[1]";
    vec![
        rule("ec2::no_instance_type")
            .refuses(TYPES, on(Ec2::new([""; 0])))
            .saying("found no instance type, expected at least one", "write `Ec2::new([\"c5.large\"])`, or `Fargate::new(..)` for none at all")
            .takes(on(Ec2::new(["c5.large"]))),
        rule("ec2::too_many_instance_types")
            .refuses(TYPES, on(Ec2::new(types(41))))
            .saying("found 41 instance types, expected at most 40", "keep the types that you prefer")
            .takes(on(Ec2::new(types(40))))
            // Twice is once.
            .takes(on(Ec2::new(types(40).into_iter().chain(types(1))))),
        rule("ec2::instance_type")
            .refuses(FIRST, on(Ec2::new(["c5large"])))
            .saying("found the instance type `c5large`, expected a family and a size, such as `c5.large`", "write `c5.large`")
            .refuses(FIRST, on(Ec2::new(["C5.large"]).memory(Memory::gib(1))))
            .refuses(SECOND, on(Ec2::new(["c5.large", ""]).memory(Memory::gib(1))))
            .takes(on(Ec2::new(["u-3tb1.56xlarge"]))),
        rule("ec2::unknown_memory")
            .refuses(FIRST, on(Ec2::new(["c5.lagre"])))
            .saying(
                "found the instance type `c5.lagre`, whose memory is not known here, and no memory of a task, expected one of the two",
                "write `c5.large`; with `.memory(..)`, any type is taken",
            )
            .refuses(SECOND, on(Ec2::new(["c5.large", "c77.48xlarge"])))
            .takes(on(Ec2::new(["p3dn.24xlarge"]))),
        rule("ec2::unknown_instance_type")
            .warns(FIRST, on(Ec2::new(["zz77.small"]).memory(Memory::gib(1))))
            .saying(
                "found the instance type `zz77.small`, which is not known here, expected a type of EC2",
                "look whether it is spelt as AWS spells it; as it stands, it is taken as it is written",
            )
            .takes(on(Ec2::new(["c5.large"]).memory(Memory::gib(1)))),
        rule("ec2::old_instance_type")
            .refuses(FIRST, on(Ec2::new(["a1.large"])))
            .saying(
                "found the instance type `a1.large`, expected one that runs Amazon Linux 2023",
                "write a type of a later generation, such as `t3.small`, or `t4g.small` for arm64",
            )
            .refuses(FIRST, on(Ec2::new(["t1.micro"])))
            .takes(on(Ec2::new(["t2.micro", "m3.large", "c3.large"]))),
        rule("ec2::mixed_architectures")
            .refuses(SECOND, on(Ec2::new(["c5.large", "c6g.large", "m6g.large"])))
            .saying(
                "found `c6g.large`, which has arm64 processors, beside `c5.large`, expected types with x86_64 processors only",
                "keep the types of one architecture",
            )
            .refuses("resources.api.resources.instanceTypes[2]", on(Ec2::new(["t4g.nano", "t4g.micro", "t3.nano"])))
            .takes(on(Ec2::new(["t4g.nano", "m7g.large"]))),
        rule("ec2::mixed_gpus")
            .warns(SECOND, on(Ec2::new(["m5.xlarge", "g5.xlarge"])))
            .saying(
                "found `g5.xlarge`, which has GPUs, beside `m5.xlarge`, which has none, expected types of one kind",
                "keep the types of one kind; as it stands, no instance has drivers of GPUs",
            )
            .warns(SECOND, on(Ec2::new(["g5.xlarge", "m5.xlarge"])))
            .takes(on(Ec2::new(["g5.xlarge", "p4d.24xlarge"])))
            // A share of a GPU is none that ECS would give away.
            .takes(on(Ec2::new(["g6f.large", "m5.large"]))),
        rule("ec2::warm_pool")
            .refuses("resources.api.resources.enableWarmPool", on(Ec2::new(["c5.large", "c5a.large"]).warm_pool(true)))
            .saying("found a warm pool of 2 instance types, expected one type", "keep one type, or leave out `.warm_pool(true)`")
            .takes(on(Ec2::new(["c5.large", "c5.large"]).warm_pool(true)))
            .takes(on(Ec2::new(["c5.large", "c5a.large"]).warm_pool(false))),
        rule("ec2::too_much_memory")
            .refuses("resources.api.resources.memory", on(Ec2::new(["m5.large", "c5.large"]).memory(Memory::mib(3482))))
            .saying(
                "found 3482 MiB of memory, expected at most 3481, which a `c5.large` has beside its system",
                "write a memory of 3481 or less, leave it out for all of it, or write larger types",
            )
            .takes(on(Ec2::new(["m5.large", "c5.large"]).memory(Memory::mib(3481)))),
        rule("ec2::too_many_processors")
            .refuses("resources.api.resources.cpu", on(Ec2::new(["c5.xlarge", "c5.large"]).cpu(Cpu::Four)))
            .saying(
                "found cpu 4, expected at most 2, which a `c5.large` has",
                "write fewer processors, leave them out to share all of them, or write larger types",
            )
            .takes(on(Ec2::new(["c5.xlarge", "c5.large"]).cpu(Cpu::Two))),
        rule("load_balancer_health_check::port_on_ec2")
            .warns("resources.api.containers[0].loadBalancerHealthCheck.healthCheckPort", checked_at(Some(8081)))
            .saying(
                "found the port 8081 on EC2, expected none: the port that a container has at its instance changes with each task",
                "leave the port out, and answer health checks at the port that requests go to; as it stands, no task becomes well",
            )
            .takes(checked_at(None)),
    ]
}

#[test]
fn a_task_gets_what_every_type_has_for_it() {
    for (types, mib) in [
        (&["t3.nano"][..], 384),
        (&["t4g.nano"], 384),
        (&["t3.micro"], 870),
        (&["c5.large"], 3481),
        (&["m5.large"], 6963),
        (&["m5.xlarge"], 13926),
        (&["m5.2xlarge"], 29491),
        (&["m5.8xlarge"], 117_964),
        (&["m5.12xlarge"], 186_777),
        (&["m5.12xlarge", "c5.large", "m5.large"], 3481),
    ] {
        assert_eq!(Ec2::new(types.iter().copied()).task_memory(), Some(Memory::mib(mib)), "{types:?}");
    }
    assert_eq!(Ec2::new(["c5.large"]).memory(Memory::mib(100)).task_memory(), Some(Memory::mib(100)));
    assert_eq!(Ec2::new(["c5.no"]).task_memory(), None);
}

#[test]
fn the_first_type_says_which_system_runs() {
    for (types, architecture, drivers) in [
        (&["c5.large"][..], Architecture::X86_64, false),
        (&["c6g.large"], Architecture::Arm64, false),
        (&["g5.xlarge", "g4dn.xlarge"], Architecture::X86_64, true),
        (&["g5.xlarge", "c5.large"], Architecture::X86_64, false),
        // There is no system with drivers for it.
        (&["g5g.xlarge"], Architecture::Arm64, false),
        (&[], Architecture::X86_64, false),
    ] {
        let ec2 = Ec2::new(types.iter().copied());
        assert_eq!((ec2.architecture(), ec2.has_gpu_drivers()), (architecture, drivers), "{types:?}");
    }
    assert_eq!(Ec2::new(["b", "a", "b"]).types(), ["b", "a"]);
}
