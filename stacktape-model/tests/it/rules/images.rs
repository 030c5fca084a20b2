//! Where images come from.

use stacktape_model::container::{Container, Image, NixpacksPhase};
use stacktape_model::stack::Stack;
use stacktape_model::text::{Fact, Text};

use crate::support::{Rule, rule, running};

#[track_caller]
fn from(image: impl Into<Image>) -> Stack {
    running([Container::builder("web", image)])
}

#[track_caller]
fn private(arn: &str) -> Stack {
    from(Image::prebuilt("registry.example.com/web:1").repository_credentials_secret_arn(arn))
}

#[track_caller]
fn dockerfile(path: &str) -> Stack {
    from(Image::dockerfile("services/api").dockerfile_path(path))
}

#[track_caller]
fn phase(phase: NixpacksPhase) -> Stack {
    from(Image::nixpacks("services/api").phase(phase))
}

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = of_images();
    rules.extend(of_nixpacks());
    rules
}

fn of_nixpacks() -> [Rule; 5] {
    const START: &str = "resources.api.containers[0].packaging.startCmd";
    const COMMAND: &str = "resources.api.containers[0].packaging.phases[0].cmds[0]";
    const NAME: &str = "resources.api.containers[0].packaging.phases[0].name";
    const TWICE: &str = "resources.api.containers[0].packaging.phases[1].name";
    const ARCHIVE: &str = "resources.api.containers[0].packaging.phases[0].nixpkgsArchive";
    let of = |name: &str| NixpacksPhase::new(name);
    let build = |command: &str| phase(of("build").cmds([command]));
    let archive = |archive: &str| phase(of("setup").nixpkgs_archive(archive));
    let image = || Image::nixpacks(".");
    [
        rule("nixpacks::image")
            .refuses("resources.api.containers[0].packaging.buildImage", from(image().build_image("ubuntu jammy")))
            .saying(
                "found `ubuntu jammy`, expected the name of an image",
                "write a name such as `ubuntu:jammy`, or leave it out, so that Nixpacks chooses",
            )
            .refuses("resources.api.containers[0].packaging.startRunImage", from(image().start_run_image("")))
            .takes(from(image().build_image("ghcr.io/railwayapp/nixpacks:ubuntu-1745885067").start_run_image("debian"))),
        rule("nixpacks::command")
            .refuses(START, from(image().start_cmd(" ")))
            .refuses(START, from(image().start_cmd("cd api\nnode api.js")))
            .saying(
                "found the command `cd api\nnode api.js`, expected one line that a shell runs",
                "join lines with ` && `, or put a longer program into a file of its own and run that",
            )
            .refuses(COMMAND, build(""))
            .refuses(COMMAND, build("npm ci\rnpm test"))
            // What a block of YAML ends with.
            .takes(build("npm ci && npm test\n"))
            .takes(from(image().start_cmd("node api.js\n"))),
        rule("nixpacks::phase_name")
            .refuses(NAME, phase(of("")))
            .refuses(NAME, phase(of("a\nb")))
            .takes(phase(of("python:install")))
            .takes(phase(of("Größe 1"))),
        rule("nixpacks::phase_twice")
            .refuses(TWICE, from(image().phases([of("build"), of("build")])))
            .takes(from(image().phases([of("build"), of("Build")]))),
        rule("nixpacks::archive")
            .refuses(ARCHIVE, archive(""))
            .refuses(ARCHIVE, archive("https://github.com/NixOS/nixpkgs"))
            .takes(archive("ba913eda2df8eb72147259189d55932012df6301"))
            .takes(archive("nixos-24.05")),
    ]
}

fn of_images() -> Vec<Rule> {
    const IMAGE: &str = "resources.api.containers[0].packaging.image";
    let digest = "0123456789abcdefABCDEF0123456789abcdef0123456789abcdef0123456789";
    let long = "a".repeat(256);
    vec![
        rule("image::name")
            .refuses(IMAGE, from(Image::prebuilt("my image")))
            .saying(
                "found the image `my image`, expected 1 to 255 letters, digits and `-_:./#`, and at most a digest behind them",
                "write an image such as `public.ecr.aws/nginx/nginx:1.29`",
            )
            .refuses(IMAGE, from(Image::prebuilt("")))
            .refuses(IMAGE, from(Image::prebuilt("$REGISTRY/web:1")))
            .refuses(IMAGE, from(Image::prebuilt(&long)))
            .takes(from(Image::prebuilt(&long[..255])))
            .takes(from(Image::prebuilt("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team_a/web-app:v1.2")))
            .refuses(IMAGE, from(Image::prebuilt("{{resolve:secretsmanager:image}}")))
            // Parameters, known at deployment only.
            .takes(from(Image::prebuilt("{{resolve:ssm:/web/image}}")))
            .takes(from(Image::prebuilt("nginx:{{resolve:ssm:/web/version:3}}")))
            // Only what stands before the digest is counted.
            .takes(from(Image::prebuilt(format!("{}@sha256:{digest}", &long[..255])))),
        rule("image::digest")
            .refuses(IMAGE, from(Image::prebuilt(format!("nginx@sha256:{}", &digest[..63]))))
            .refuses(IMAGE, from(Image::prebuilt("nginx@1.29")))
            .saying(
                "found the digest `1.29`, expected `sha256:` and 64 hexadecimal digits",
                "copy the digest from the registry, or write a tag: `nginx:1.29`",
            )
            .refuses(IMAGE, from(Image::prebuilt(format!("nginx@sha512:{digest}"))))
            .takes(from(Image::prebuilt(format!("nginx@sha256:{digest}")))),
        rule("image::credentials")
            .refuses("resources.api.containers[0].packaging.repositoryCredentialsSecretArn", private("registry"))
            .saying(
                "found `registry`, expected the ARN of a secret in Secrets Manager",
                "write an ARN such as `arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf`",
            )
            .refuses(
                "resources.api.containers[0].packaging.repositoryCredentialsSecretArn",
                private("arn:aws:ssm:eu-west-1:123456789012:parameter/registry"),
            )
            .takes(private("arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:registry-AbCdEf"))
            .takes(private("{{resolve:ssm:/registry/secret}}"))
            // Known at deployment only.
            .takes(from(Image::prebuilt("web").repository_credentials_secret_arn(Text::from(Fact::Region)))),
        rule("image::no_context")
            .refuses("resources.api.containers[0].packaging.buildContextPath", from(Image::dockerfile("")))
            .saying("found no build context, expected a directory of the project", "write a path such as `.` or `services/api`")
            .refuses("resources.api.containers[0].packaging.buildContextPath", from(Image::dockerfile(" ")))
            .refuses("resources.api.containers[0].packaging.sourceDirectoryPath", from(Image::external_buildpack("")))
            .refuses("resources.api.containers[0].packaging.sourceDirectoryPath", from(Image::nixpacks(" ")))
            .takes(from(Image::external_buildpack("services/api")))
            .takes(from(Image::nixpacks("services/api")))
            .takes(from(Image::dockerfile("."))),
        rule("image::buildpack")
            .refuses("resources.api.containers[0].packaging.builder", from(Image::external_buildpack(".").builder("my builder")))
            .saying(
                "found `my builder`, expected the name of a builder or buildpack",
                "write a name such as `paketobuildpacks/builder-jammy-base` or `paketo-buildpacks/nodejs`",
            )
            .refuses("resources.api.containers[0].packaging.builder", from(Image::external_buildpack(".").builder("")))
            .refuses("resources.api.containers[0].packaging.buildpacks[1]", from(Image::external_buildpack(".").buildpacks(["a", ""])))
            .takes(from(Image::external_buildpack(".").builder("heroku/builder:24").buildpack("urn:cnb:registry:heroku/nodejs@4.0.1"))),
        rule("image::dockerfile_elsewhere")
            .refuses("resources.api.containers[0].packaging.dockerfilePath", dockerfile("../Dockerfile"))
            .saying(
                "found the Dockerfile `../Dockerfile`, expected a path inside the build context",
                "move the Dockerfile into the build context, and write its path relative to that",
            )
            .refuses("resources.api.containers[0].packaging.dockerfilePath", dockerfile("/Dockerfile"))
            .refuses("resources.api.containers[0].packaging.dockerfilePath", dockerfile(""))
            .takes(dockerfile("./docker/web.Dockerfile")),
        rule("image::build_arg_name")
            .refuses(
                "resources.api.containers[0].packaging.buildArgs[0].argName",
                from(Image::dockerfile(".").build_arg("NODE-VERSION", "24")),
            )
            .saying(
                "found the build argument `NODE-VERSION`, expected letters, digits and `_`, the first one no digit",
                "write the name of an `ARG` of the Dockerfile",
            )
            .refuses("resources.api.containers[0].packaging.buildArgs[0].argName", from(Image::dockerfile(".").build_arg("2FAST", "1")))
            .refuses("resources.api.containers[0].packaging.buildArgs[0].argName", from(Image::dockerfile(".").build_arg("", "1")))
            .takes(from(Image::dockerfile(".").build_arg("_node_2", ""))),
        rule("image::duplicate_build_arg")
            .refuses(
                "resources.api.containers[0].packaging.buildArgs[1].argName",
                from(Image::dockerfile(".").build_arg("A", "1").build_arg("A", "2")),
            )
            .saying("found the build argument `A` a second time, expected each name once", "leave one of the two out")
            .takes(from(Image::dockerfile(".").build_arg("A", "1").build_arg("a", "2"))),
    ]
}
