//! Cloud Native Buildpacks: the tool `pack` knows how builder, buildpacks and the image to run on belong together, so it builds the
//! image, and no Dockerfile of ours.

use stacktape_model::container::{ExternalBuildpack, ExternalBuildpackParts};

use super::super::docker::Platform;
use super::dockerfile::shell;

/// Docker runs this one where `pack` is not installed.
const PACK: &str = "buildpacksio/pack:0.36.4";

/// The script that builds an image and prints its name.
pub(in super::super) fn script(image: &ExternalBuildpack, platform: Platform) -> String {
    let ExternalBuildpackParts { source_directory_path: _, builder: _, buildpacks, command: _ } = image.parts();
    let mut arguments = vec![format!("--builder={}", image.builder_image())];
    arguments.extend(buildpacks.iter().map(|buildpack| format!("--buildpack={buildpack}")));
    arguments.push(format!("--platform={}", platform.as_str()));
    // Without it, the memory that the buildpack of Java plans for classes is more than small tasks have.
    arguments.push("--env=BPE_JAVA_TOOL_OPTIONS=-XX:MaxMetaspaceSize=512M".to_owned());
    let arguments: Vec<_> = arguments.iter().map(|argument| shell(argument)).collect();
    format!(
        "\
# Builds an image with Cloud Native Buildpacks, and prints its name and nothing else. Needs Docker, and `pack` if it is there.
set -eu
cd \"$(dirname \"$0\")/..\"
name=\"stacktape/$(basename \"$PWD\")\"
set -- build \"$name\" --path=. {}
if command -v pack > /dev/null; then
  pack \"$@\" 1>&2
else
  \"${{CDK_DOCKER:-docker}}\" run --rm --user root --workdir /workspace --volume \"$PWD:/workspace\" \\
    --volume /var/run/docker.sock:/var/run/docker.sock {PACK} \"$@\" 1>&2
fi
echo \"$name\"
",
        arguments.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use stacktape_model::container::Image;

    use super::*;

    /// Runs the script with a `pack` or a `docker` that writes down what it is told.
    #[cfg(unix)]
    fn told(tool: &str) -> (String, String) {
        use std::os::unix::fs::PermissionsExt;
        let image = Image::external_buildpack("api").builder("heroku/builder:24").buildpacks(["heroku/nodejs", "it's mine"]).build();
        let home = tempfile::tempdir().expect("a directory");
        let (asset, bin) = (home.path().join("asset.abc/.stacktape"), home.path().join("bin"));
        std::fs::create_dir_all(&asset).expect("made");
        std::fs::create_dir_all(&bin).expect("made");
        std::fs::write(asset.join("build.sh"), script(&image, Platform::LinuxArm64)).expect("written");
        std::fs::write(bin.join(tool), "#!/bin/sh\nprintf '%s|' \"$@\"").expect("written");
        std::fs::set_permissions(bin.join(tool), std::fs::Permissions::from_mode(0o755)).expect("set");
        let path = format!("{}:/usr/bin:/bin", bin.display());
        let output = Command::new("sh").arg(asset.join("build.sh")).env("PATH", path).env_remove("CDK_DOCKER").output().expect("it runs");
        assert!(output.status.success(), "{output:?}");
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (text(output.stdout), text(output.stderr))
    }

    #[cfg(unix)]
    #[test]
    fn the_script_prints_the_name_and_nothing_else() {
        let arguments = "build|stacktape/asset.abc|--path=.|--builder=heroku/builder:24|--buildpack=heroku/nodejs|--buildpack=it's mine|\
                         --platform=linux/arm64|--env=BPE_JAVA_TOOL_OPTIONS=-XX:MaxMetaspaceSize=512M|";
        assert_eq!(told("pack"), ("stacktape/asset.abc\n".to_owned(), arguments.to_owned()));
        let (name, told) = told("docker");
        assert_eq!(name, "stacktape/asset.abc\n");
        assert!(told.starts_with("run|--rm|--user|root|--workdir|/workspace|") && told.ends_with(arguments), "{told}");
    }
}
