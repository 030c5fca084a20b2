//! Containers whose images are built of sources, each without a Dockerfile of its own: TypeScript, Python and Go as Stacktape builds
//! them, one that Cloud Native Buildpacks build, and one that Nixpacks builds.

use stacktape::prelude::*;

/// What is deployed.
pub fn describe(stack: &mut Stack, _target: &Target) {
    let gateway = HttpApiGateway::builder("myApiGateway").build();
    let web = MultiContainerWorkload::builder("web", Fargate::new(Cpu::Half, Memory::gib(1)).architecture(Architecture::Arm64))
        .container(
            // The whole program becomes one file.
            Container::builder("frontend", Image::buildpack("main.ts").include_files(["assets/**/*.{txt,png}"]))
                .env("PORT", 80)
                .env("NODE_OPTIONS", "--max-old-space-size=512")
                .event(HttpApiEvent::new(&gateway, Method::Any, "*", 80)),
        )
        .container(
            Container::builder(
                "api",
                Image::buildpack("main.py:app")
                    .language(PythonConfig::builder().python_version(PythonVersion::V3_13).run_app_as(PythonServer::Asgi))
                    .requires_glibc_binaries(true)
                    .exclude_files(["**/*.java", "**/*.php"]),
            )
            .env("PORT", 3000)
            .event(WorkloadInternalEvent::new(3000)),
        );
    let worker = MultiContainerWorkload::builder("worker", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("main", Image::buildpack("main.go").custom_docker_build_command("apk add --no-cache jq")).env("PORT", 8080),
    );
    let reports = MultiContainerWorkload::builder("reports", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(Container::builder(
        "main",
        Image::external_buildpack(".").builder("heroku/builder:24").buildpack("heroku/go").command(["packaging"]),
    ));
    let mailer = MultiContainerWorkload::builder("mailer", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(Container::builder(
        "main",
        Image::nixpacks(".")
            .provider("go")
            .phase(NixpacksPhase::new("setup").nix_pkgs(["...", "jq"]).apt_pkgs(["ca-certificates"]))
            .phase(NixpacksPhase::new("test").cmds(["go test ./..."]))
            .phase(NixpacksPhase::new("build").cmds(["go build -o out main.go"]).cache_directories(["/root/.cache/go-build"]))
            .start_cmd("./out"),
    ));
    stack.add(gateway).add(web).add(worker).add(reports).add(mailer);
}

#[allow(dead_code)] // the tests include this file for `describe`
fn main() -> std::process::ExitCode {
    App::new("packaging").project_directory(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/apps/packaging")).run(describe)
}
