//! Two containers in one task: the frontend waits for the backend, and only the frontend is reached from outside.

use stacktape::prelude::*;

/// What is deployed.
pub fn describe(stack: &mut Stack, _target: &Target) {
    let gateway = HttpApiGateway::builder("myApiGateway").build();
    let app = MultiContainerWorkload::builder("myApp", Fargate::new(Cpu::Half, Memory::gib(1)).architecture(Architecture::Arm64))
        .container(
            Container::builder("frontend", Image::dockerfile("examples/apps/frontend"))
                .depends_on_container("backend", Condition::Healthy)
                .env("PORT", 80)
                .env("BACKEND_PORT", 3000)
                .event(HttpApiEvent::new(&gateway, Method::Get, "/my-path", 80)),
        )
        .container(
            Container::builder("backend", Image::dockerfile("examples/apps/backend").build_arg("NODE_VERSION", "24"))
                .env("PORT", 3000)
                .env("DB_PASSWORD", Secret::new("dbSecret").key("password"))
                .internal_health_check(
                    InternalHealthCheck::shell("wget -qO- http://localhost:3000/ || exit 1").interval_seconds(20).retries(2),
                )
                .stop_timeout(30)
                .logging(ContainerLogs::retained(30))
                .event(WorkloadInternalEvent::new(3000)),
        )
        .connect_to(AwsService::Ses)
        .build();
    stack.add(gateway).add(app);
}

#[allow(dead_code)] // the tests include this file for `describe`
fn main() -> std::process::ExitCode {
    App::new("twocontainers").project_directory(env!("CARGO_MANIFEST_DIR")).run(describe)
}
