//! Mistakes in instances, in their GPUs, and in how containers on them reach each other.

use super::planting::{Mistake, Planting, planted};
use crate::compute::{Compute, Ec2, Fargate};
use crate::container::{
    Condition, Container, ContainerBuilder, LoadBalancerHealthCheck, NetworkLoadBalancerEvent, ServiceConnectEvent, WorkloadInternalEvent,
};
use crate::multi_container_workload::MultiContainerWorkload;
use crate::network_load_balancer::{NetworkListener, NetworkLoadBalancer};
use crate::units::{Cpu, Memory};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("ec2::no_instance_type", |planting| on(planting, Ec2::new([""; 0]), "instanceTypes")),
    Mistake::anywhere("ec2::instance_type", |planting| {
        let name = planting.one(&["c5", "", ".", "C5.large", "c5.large ", "c5 large", "c5.lärge"]);
        on(planting, Ec2::new([name]).memory(Memory::mib(512)), "instanceTypes[0]")
    }),
    Mistake::anywhere("ec2::unknown_memory", |planting| {
        let name = planting.one(&["c99.large", "c5.huge"]);
        on(planting, Ec2::new(["c5.large", name]), "instanceTypes[1]")
    }),
    Mistake::anywhere("ec2::unknown_instance_type", |planting| {
        let name = planting.one(&["c99.large", "c5.huge", "u99-100tb.metal"]);
        on(planting, Ec2::new([name]).memory(Memory::mib(512)), "instanceTypes[0]")
    }),
    Mistake::anywhere("ec2::old_instance_type", |planting| {
        let name = planting.one(&["t1.micro", "m1.small", "m2.xlarge", "c1.medium", "a1.large"]);
        on(planting, Ec2::new([name]), "instanceTypes[0]")
    }),
    Mistake::anywhere("ec2::too_many_instance_types", |planting| {
        let sizes = ["large", "xlarge", "2xlarge", "4xlarge", "8xlarge"];
        let families = ["m5", "m5a", "m5d", "m5n", "m6i", "m6a", "m7i", "m7a", "r5", "r6i"];
        let types = families.iter().flat_map(|family| sizes.map(|size| format!("{family}.{size}")));
        let number = planting.one(&[41, 50]);
        on(planting, Ec2::new(types.take(number)).memory(Memory::gib(1)), "instanceTypes")
    }),
    Mistake::anywhere("ec2::mixed_architectures", |planting| {
        let pair = planting.one(&[["c5.large", "c6g.large"], ["t4g.nano", "t3.nano"], ["g5g.xlarge", "c5.large"]]);
        on(planting, Ec2::new(pair), "instanceTypes[1]")
    }),
    Mistake::anywhere("ec2::mixed_gpus", |planting| {
        let pair = planting.one(&[["g5.xlarge", "m5.xlarge"], ["m5.xlarge", "g5.xlarge"], ["m6g.xlarge", "g5g.xlarge"]]);
        on(planting, Ec2::new(pair), "instanceTypes[1]")
    }),
    Mistake::anywhere("ec2::warm_pool", |planting| on(planting, Ec2::new(["c5.large", "c5a.large"]).warm_pool(true), "enableWarmPool")),
    Mistake::anywhere("ec2::too_much_memory", |planting| {
        let mib = planting.one(&[3482, 4096, u32::MAX]);
        on(planting, Ec2::new(["c5.xlarge", "c5.large"]).memory(Memory::mib(mib)), "memory")
    }),
    Mistake::anywhere("ec2::too_many_processors", |planting| {
        let cpu = planting.one(&[Cpu::Four, Cpu::ThirtyTwo]);
        on(planting, Ec2::new(["c5.xlarge", "c5.large"]).cpu(cpu), "cpu")
    }),
    Mistake::anywhere("gpu::zero", |planting| gpus(planting, Ec2::new(["g5.xlarge"]), [planted("main").gpu(0)])),
    Mistake::anywhere("gpu::on_fargate", |planting| {
        let number = planting.one(&[1, u16::MAX]);
        gpus(planting, Fargate::new(Cpu::Quarter, Memory::mib(512)), [planted("main").gpu(number)])
    }),
    Mistake::anywhere("gpu::too_many", |planting| {
        let (compute, number) = planting.one(&[
            (Ec2::new(["g5.12xlarge", "g5.xlarge"]), 2),
            (Ec2::new(["c5.large"]), 1),
            (Ec2::new(["g5g.xlarge"]), 1),
            (Ec2::new(["p5.48xlarge"]), 9),
        ]);
        gpus(planting, compute, [planted("main").gpu(number)])
    }),
    Mistake::anywhere("load_balancer_health_check::port_on_ec2", |planting| {
        let check = LoadBalancerHealthCheck::builder().port(planting.one(&[80, 65535]));
        let main = NetworkLoadBalancer::builder("plantedBalancer").listener(NetworkListener::tcp(80)).build();
        let container = planted("main").load_balancer_health_check(check).event(NetworkLoadBalancerEvent::new(&main, 80, 80));
        planting.stack.add(main);
        workload(planting, Ec2::new(["c5.large"]), [container]) + ".containers[0].loadBalancerHealthCheck.healthCheckPort"
    }),
    Mistake::anywhere("link::undecided", |planting| {
        let containers = [internal("one", 4711), internal("other", 4712)];
        workload(planting, Ec2::new(["c5.large"]), containers) + ".containers[1].events"
    }),
    Mistake::anywhere("link::unreachable", |planting| {
        let late = internal("late", 4711).depends_on_container("planted-early", Condition::Start);
        workload(planting, Ec2::new(["c5.large"]), [planted("early"), late]) + ".containers[1].events"
    }),
    Mistake::anywhere("link::localhost", |planting| {
        let address = planting.one(&["localhost:4711", "http://127.0.0.1:4711/x"]);
        let containers = [planted("front").env("BACK", address), internal("back", 4711)];
        workload(planting, Ec2::new(["c5.large"]), containers) + ".containers[0].environment[0].value"
    }),
    Mistake::anywhere("link::unlinked", |planting| {
        let address = planting.one(&["localhost:4711", "http://127.0.0.1:4711/x"]);
        let containers = [planted("front").env("BACK", address), planted("back").event(ServiceConnectEvent::new(4711))];
        workload(planting, Ec2::new(["c5.large"]), containers) + ".containers[0].environment[0].value"
    }),
];

fn internal(name: &str, port: u16) -> ContainerBuilder {
    planted(name).event(WorkloadInternalEvent::new(port))
}

fn workload<C: Into<Container>>(
    planting: &mut Planting<'_>,
    compute: impl Into<Compute>,
    containers: impl IntoIterator<Item = C>,
) -> String {
    planting.stack.add(MultiContainerWorkload::builder("planted", compute).containers(containers));
    "resources.planted".to_owned()
}

fn on(planting: &mut Planting<'_>, compute: Ec2, at: &str) -> String {
    format!("{}.resources.{at}", workload(planting, compute, [planted("main")]))
}

fn gpus(planting: &mut Planting<'_>, compute: impl Into<Compute>, containers: [ContainerBuilder; 1]) -> String {
    workload(planting, compute, containers) + ".containers[0].gpu"
}
