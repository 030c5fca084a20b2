//! Containers on EC2 instances of their own: a shop that fills each of its instances, with stopped ones in reserve, beside small
//! workers that share theirs.

use stacktape::prelude::*;

/// What is deployed.
pub fn describe(stack: &mut Stack, _target: &Target) {
    let main = ApplicationLoadBalancer::builder("main").listener(Listener::http(80)).build();
    let shop = MultiContainerWorkload::builder("shop", Ec2::new(["c5.large"]).warm_pool(true))
        .container(
            Container::builder("web", Image::dockerfile("examples/apps/caller"))
                .depends_on_container("stock", Condition::Start)
                .env("PORT", 80)
                // Containers of a task on EC2 reach each other by name.
                .env("PEER_URL", "http://stock:3000")
                .load_balancer_health_check(LoadBalancerHealthCheck::builder().path("/health"))
                .event(ApplicationLoadBalancerEvent::new(&main, 80, 1).listener_port(80).path("*")),
        )
        .container(
            Container::builder("stock", Image::dockerfile("examples/apps/backend"))
                .env("PORT", 3000)
                .event(WorkloadInternalEvent::new(3000)),
        )
        .scaling(Scaling::between(2, 6));
    // Four of them on an instance, on arm64; where there is no `m7g.large`, it is an `m6g.large`.
    let worker = MultiContainerWorkload::builder("worker", Ec2::new(["m7g.large", "m6g.large"]).cpu(Cpu::Half).memory(Memory::mib(1700)))
        .container(Container::builder("main", Image::dockerfile("examples/apps/backend")).env("PORT", 8080))
        .scaling(Scaling::fixed(4));
    stack.output(Output::new("domain", main.domain()));
    stack.add(main).add(shop).add(worker);
}

#[allow(dead_code)] // the tests include this file for `describe`
fn main() -> std::process::ExitCode {
    App::new("instances").project_directory(env!("CARGO_MANIFEST_DIR")).run(describe)
}
