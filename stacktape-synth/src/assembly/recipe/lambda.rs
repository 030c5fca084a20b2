//! Packages of functions: what the recipe of a language builds becomes a `.zip` file, which is all that is left of the image.

use stacktape_model::function::{LambdaBuildpack, LambdaBuildpackParts, Runtime};

use super::super::docker::Platform;
use super::super::issue::Found;
use super::dockerfile::{Dockerfile, Libc, OFFICIAL, words};
use super::{Asked, DOCKERFILE, Files, Recipe, SCRIPT, Sources};

/// Packs what was built, always to the same bytes.
const PACKER: (&str, &str) = (".stacktape/pack.py", include_str!("pack.py"));
/// The finished package, in the last stage and where Docker writes it to.
const PACKAGE: &str = "package.zip";
/// Has Python to pack with, whatever the processor is that is built for.
const PACKING: &str = "python:3.13-alpine";

/// Where a program runs on Lambda.
pub(super) struct Lambda<'a> {
    pub(super) runtime: Runtime,
    pub(super) platform: Platform,
    /// What is called in the entry file.
    pub(super) handler_function: Option<&'a str>,
}

/// How a package comes to be.
pub(in super::super) enum Packed {
    /// The sources are the package.
    Plain,
    /// A script builds it and prints its path.
    Built {
        /// What is staged beside the sources.
        files: Files,
        /// What Lambda calls, where the sources alone tell.
        handler: Option<String>,
    },
}

/// How the package of a function is made.
pub(in super::super) fn package(
    package: &LambdaBuildpack,
    runtime: Runtime,
    platform: Platform,
    sources: &Sources,
    included: &[String],
) -> Result<Packed, Vec<Found>> {
    let LambdaBuildpackParts {
        entryfile_path,
        handler_function,
        include_files: _, // chose the files in `sources`, and those in `included`
        exclude_files: _,
        exclude_dependencies,
        language: _, // `language_for` knows the version
    } = package.parts();
    let asked = Asked {
        entry: entryfile_path,
        application: None,
        libc: Libc::Gnu,
        without: exclude_dependencies,
        included,
        lambda: Some(Lambda { runtime, platform, handler_function: handler_function.as_deref() }),
    };
    let language = package.language_for(runtime);
    let recipe = super::recipe(&asked, package.source_language(), language.as_ref(), sources)?;
    let Some(Recipe { mut dockerfile, last, mut files, handler, plain: false }) = recipe else { return Ok(Packed::Plain) };
    dockerfile.packed(&last.copies);
    files.extend([(PACKER.0, PACKER.1.to_owned()), (DOCKERFILE, dockerfile.into_text()), (SCRIPT, script(platform))]);
    Ok(Packed::Built { files, handler })
}

impl Lambda<'_> {
    /// Begins the stage in which a program is built, on the system that it runs on.
    pub(super) fn build_stage(&self, dockerfile: &mut Dockerfile, tools: &[&str]) {
        let version = self.runtime.version().unwrap_or_default();
        let language = self.runtime.as_str().split(|letter: char| letter.is_ascii_digit()).next().unwrap_or_default();
        dockerfile.build_stage(&format!("public.ecr.aws/lambda/{language}:{version}"));
        let installer = if self.runtime.is_on_amazon_linux_2() { "yum" } else { "dnf" };
        dockerfile.run(&format!("{installer} install -y {} && {installer} clean all", tools.join(" ")));
    }
}

impl Dockerfile {
    /// Ends with a stage that holds nothing but the package.
    fn packed(&mut self, copies: &[(&'static str, &'static str)]) {
        self.blank();
        self.line("FROM", &format!("--platform=$BUILDPLATFORM {OFFICIAL}/{PACKING} AS pack"));
        self.line("WORKDIR", "/package");
        self.line("COPY", &format!("{} /pack.py", PACKER.0));
        for (from, to) in copies {
            self.line("COPY", &format!("--from=build {from} {to}"));
        }
        self.line("RUN", &words(&["python", "/pack.py", "/package", &format!("/{PACKAGE}")]));
        self.blank();
        self.line("FROM", "scratch");
        self.line("COPY", &format!("--from=pack /{PACKAGE} /{PACKAGE}"));
    }
}

/// The script that builds a package and prints its path. The path of what Docker writes is relative, since Docker would read a comma
/// in it.
fn script(platform: Platform) -> String {
    let platform = platform.as_str();
    format!(
        "\
# Builds the package of a function, and prints its path and nothing else. Needs Docker, or what CDK_DOCKER names.
set -eu
docker=\"${{CDK_DOCKER:-docker}}\"
if ! command -v \"$docker\" > /dev/null; then
  echo \"found no program '$docker', which builds the package of a function: install Docker, or name another one in CDK_DOCKER\" >&2
  exit 1
fi
cd \"$(dirname \"$0\")/..\"
asset=\"$(basename \"$PWD\")\"
cd ..
out=\".cache/$asset\"
mkdir -p \"$out\"
rm -f \"$out/{PACKAGE}\"
if ! DOCKER_BUILDKIT=1 \"$docker\" build --platform {platform} --file \"$asset/{DOCKERFILE}\" \\
  --output \"type=local,dest=$out\" \"$asset\" 1>&2; then
  echo \"'$docker' could not build the package for {platform}; for processors that this machine has not, it needs an emulator:\" >&2
  echo \"https://docs.docker.com/build/building/multi-platform/\" >&2
  exit 1
fi
if ! [ -f \"$out/{PACKAGE}\" ]; then
  echo \"'$docker' wrote no package: it must know 'build --output', as Docker with BuildKit does\" >&2
  exit 1
fi
echo \"$PWD/$out/{PACKAGE}\"
"
    )
}

#[cfg(test)]
mod tests;
