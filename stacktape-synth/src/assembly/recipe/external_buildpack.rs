//! Cloud Native Buildpacks: the tool `pack` knows how builder, buildpacks and the image to run on belong together, so it builds the
//! image, and no Dockerfile of ours.

use stacktape_model::container::{ExternalBuildpack, ExternalBuildpackParts};

use super::super::docker::Platform;
use super::script::{Tool, quoted};
use super::{Files, SCRIPT};

/// Docker runs this one where `pack` is not installed.
const PACK: &str = "buildpacksio/pack:0.36.4";

/// The script that builds an image and prints its name.
pub(in super::super) fn files(image: &ExternalBuildpack, platform: Platform) -> Files {
    let ExternalBuildpackParts { source_directory_path: _, builder: _, buildpacks, command: _ } = image.parts();
    let mut arguments = vec!["\"$name\"".to_owned(), "--path=.".to_owned()];
    arguments.push(quoted(format!("--builder={}", image.builder_image())));
    arguments.extend(buildpacks.iter().map(|buildpack| quoted(format!("--buildpack={buildpack}"))));
    arguments.push(quoted(format!("--platform={}", platform.as_str())));
    // Without it, the memory that the buildpack of Java plans for classes is more than small tasks have.
    arguments.push(quoted("--env=BPE_JAVA_TOOL_OPTIONS=-XX:MaxMetaspaceSize=512M"));
    let pack = Tool { name: "pack", title: "Cloud Native Buildpacks", arguments: &arguments, docker: ("--user root", PACK) };
    vec![(SCRIPT, pack.script())]
}

#[cfg(all(test, unix))]
mod tests {
    use stacktape_model::container::Image;

    use super::super::script::tests::told;
    use super::*;

    #[test]
    fn the_script_prints_the_name_and_nothing_else() {
        let image = Image::external_buildpack("api").builder("heroku/builder:24").buildpacks(["heroku/nodejs", "it's mine"]).build();
        let files = files(&image, Platform::LinuxArm64);
        let arguments = "build|stacktape/asset.abc|--path=.|--builder=heroku/builder:24|--buildpack=heroku/nodejs|--buildpack=it's mine|\
                         --platform=linux/arm64|--env=BPE_JAVA_TOOL_OPTIONS=-XX:MaxMetaspaceSize=512M|";
        assert_eq!(told(&files, "pack"), ("stacktape/asset.abc\n".to_owned(), arguments.to_owned()));
        let (name, told) = told(&files, "docker");
        assert_eq!(name, "stacktape/asset.abc\n");
        assert!(told.starts_with("run|--rm|--user|root|--workdir|/workspace|") && told.ends_with(arguments), "{told}");
    }
}
