//! An HTTP API in front of one container that keeps photos in a bucket.
//!
//! `cargo run --example quickstart` writes the cloud assembly to `cdk.out`, `cdk deploy --app cdk.out` deploys it.

use stacktape::prelude::*;

/// What is deployed.
pub fn describe(stack: &mut Stack, _target: &Target) {
    let photos = Bucket::builder("photosBucket").build();
    let gateway = HttpApiGateway::builder("mainGateway").build();
    let api = MultiContainerWorkload::builder("apiServer", Fargate::new(Cpu::Two, Memory::gib(4)))
        .container(Container::builder("api-container", Image::dockerfile("examples/apps/api")).env("PORT", 3000).event(HttpApiEvent::new(
            &gateway,
            Method::Any,
            "/{proxy+}",
            3000,
        )))
        .scaling(Scaling::between(1, 5).keep_avg_cpu_utilization_under(80))
        .connect_to(&photos)
        .build();
    stack.output(Output::new("url", gateway.url()).description("Where the API answers"));
    stack.add(photos).add(gateway).add(api);
}

#[allow(dead_code)] // the tests include this file for `describe`
fn main() -> std::process::ExitCode {
    App::new("photos").project_directory(env!("CARGO_MANIFEST_DIR")).run(describe)
}
