//! A script that has a tool build an image, and prints the image's name and nothing else.

use super::dockerfile::shell;

/// A tool that builds images.
pub(super) struct Tool<'a> {
    pub(super) name: &'a str,
    /// What makes the image, as people call it.
    pub(super) title: &'a str,
    /// What it is told, behind `build` and the name of the image, as a shell reads it.
    pub(super) arguments: &'a [String],
    /// How Docker runs it where it is not installed: options, and the image with what stands before the tool's own words.
    pub(super) docker: (&'a str, &'a str),
}

impl Tool<'_> {
    /// The script. It lies in a directory of its own, in that of the sources.
    pub(super) fn script(&self) -> String {
        let Self { name, title, arguments, docker: (options, image) } = self;
        format!(
            "\
# Builds an image with {title}, and prints its name and nothing else. Needs Docker, and `{name}` if it is there.
set -eu
cd \"$(dirname \"$0\")/..\"
name=\"stacktape/$(basename \"$PWD\")\"
set -- build {}
if command -v {name} > /dev/null; then
  {name} \"$@\" 1>&2
else
  \"${{CDK_DOCKER:-docker}}\" run --rm {options} --workdir /workspace --volume \"$PWD:/workspace\" \\
    --volume /var/run/docker.sock:/var/run/docker.sock {image} \"$@\" 1>&2
fi
echo \"$name\"
",
            arguments.join(" ")
        )
    }
}

/// An argument as a shell reads it.
pub(super) fn quoted(argument: impl AsRef<str>) -> String {
    shell(argument.as_ref()).into_owned()
}

#[cfg(all(test, unix))]
pub(super) mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    /// Runs the script of these files in the directory `asset.abc`, with a tool that writes down what it is told. What the script
    /// prints, and what the tool was told.
    pub(in super::super) fn told(files: &[(&str, String)], tool: &str) -> (String, String) {
        let home = tempfile::tempdir().expect("a directory");
        let (asset, bin) = (home.path().join("asset.abc"), home.path().join("bin"));
        std::fs::create_dir_all(asset.join(".stacktape")).expect("made");
        std::fs::create_dir_all(&bin).expect("made");
        for (path, text) in files {
            std::fs::write(asset.join(path), text).expect("written");
        }
        std::fs::write(bin.join(tool), "#!/bin/sh\nprintf '%s|' \"$@\"").expect("written");
        std::fs::set_permissions(bin.join(tool), std::fs::Permissions::from_mode(0o755)).expect("set");
        let path = format!("{}:/usr/bin:/bin", bin.display());
        let mut script = Command::new("sh");
        let output = script.arg(asset.join(super::super::SCRIPT)).env("PATH", path).env_remove("CDK_DOCKER").output().expect("it runs");
        assert!(output.status.success(), "{output:?}");
        let text = |bytes| String::from_utf8(bytes).expect("text").replace(&home.path().display().to_string(), "~");
        (text(output.stdout), text(output.stderr))
    }
}
