//! Workloads that reach each other by names of their own: a shop calls orders; orders and invoices call each other; nobody but the
//! shop is reached from outside.

use stacktape::prelude::*;

/// What is deployed.
pub fn describe(stack: &mut Stack, _target: &Target) {
    let gateway = HttpApiGateway::builder("mainGateway").build();
    let shop = MultiContainerWorkload::builder("shop", Fargate::new(Cpu::Half, Memory::gib(1)))
        .container(
            Container::builder("web", Image::dockerfile("examples/apps/caller"))
                .env("PORT", 3000)
                .env("PEER_URL", "http://orders-api:3000")
                .event(HttpApiEvent::new(&gateway, Method::Any, "/{proxy+}", 3000)),
        )
        .enable_remote_sessions(true);
    let orders = MultiContainerWorkload::builder("orders", Fargate::new(Cpu::Half, Memory::gib(1))).container(
        Container::builder("api", Image::dockerfile("examples/apps/caller"))
            .env("PORT", 3000)
            .env("PEER_URL", "http://invoices.internal:8080")
            .event(ServiceConnectEvent::new(3000)),
    );
    let invoices = MultiContainerWorkload::builder("invoices", Fargate::new(Cpu::Half, Memory::gib(1))).container(
        Container::builder("api", Image::dockerfile("examples/apps/caller"))
            .env("PORT", 8080)
            .env("PEER_URL", "http://orders-api:3000")
            .event(ServiceConnectEvent::new(8080).alias("invoices.internal").protocol(ServiceConnectProtocol::Http)),
    );
    stack.add(shop).add(orders).add(invoices).add(gateway);
}

#[allow(dead_code)] // the tests include this file for `describe`
fn main() -> std::process::ExitCode {
    App::new("serviceconnect").project_directory(env!("CARGO_MANIFEST_DIR")).run(describe)
}
