//! Three services: a shop that everyone reaches over HTTPS, orders that the rest of the stack reaches, and a worker that nobody reaches.

use stacktape::prelude::*;

/// What is deployed.
pub fn describe(stack: &mut Stack, _target: &Target) {
    let compute = Fargate::new(Cpu::Half, Memory::gib(1));
    let orders = PrivateService::builder("orders", compute, Image::dockerfile("examples/apps/backend")).build();
    let shop = WebService::builder("shop", compute, Image::dockerfile("examples/apps/caller"))
        .env("PEER_URL", Text::joined(["http://".into(), orders.address()]))
        .load_balancing(WebLoadBalancing::http_api_gateway().cors(HttpApiCors::builder()))
        .scaling(Scaling::between(1, 3))
        .connect_to(&orders)
        .build();
    let mailer = WorkerService::builder(
        "mailer",
        Fargate::new(Cpu::Quarter, Memory::mib(512)),
        Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37").command(["sleep", "3600"]),
    )
    .connect_to(&orders)
    .connect_to(AwsService::Ses);
    stack.output(Output::new("url", shop.url()));
    stack.add(shop).add(orders).add(mailer);
}

#[allow(dead_code)] // the tests include this file for `describe`
fn main() -> std::process::ExitCode {
    App::new("services").project_directory(env!("CARGO_MANIFEST_DIR")).run(describe)
}
