//! One load balancer in front of two workloads: the shop by default, its API below `/api/` and for one host.

use stacktape::prelude::*;

/// What is deployed.
pub fn describe(stack: &mut Stack, _target: &Target) {
    // With a certificate: `.listener(Listener::http(80).default_action(Redirect::to_https()))` and `Listener::https(443, arn)`.
    let main = ApplicationLoadBalancer::builder("main").listener(Listener::http(80)).build();
    let small = Fargate::new(Cpu::Quarter, Memory::mib(512));
    let shop = MultiContainerWorkload::builder("shop", small).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(ApplicationLoadBalancerEvent::new(&main, 80, 100).listener_port(80).path("*")),
    );
    let api = MultiContainerWorkload::builder("api", small)
        .container(
            Container::builder("api", Image::dockerfile("examples/apps/api"))
                .env("PORT", 3000)
                .env("SHOP_DOMAIN", main.domain())
                .load_balancer_health_check(LoadBalancerHealthCheck::builder().path("/").interval_seconds(15).timeout_seconds(5))
                .event(ApplicationLoadBalancerEvent::new(&main, 3000, 10).listener_port(80).path("/api/*"))
                .event(ApplicationLoadBalancerEvent::new(&main, 3000, 11).listener_port(80).host("api.example.com").method(Method::Get)),
        )
        .scaling(Scaling::between(1, 4));
    stack.output(Output::new("domain", main.domain()));
    stack.add(main).add(shop).add(api);
}

#[allow(dead_code)] // the tests include this file for `describe`
fn main() -> std::process::ExitCode {
    App::new("loadbalancer").project_directory(env!("CARGO_MANIFEST_DIR")).run(describe)
}
