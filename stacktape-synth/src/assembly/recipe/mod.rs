//! What is written beside sources so that Docker builds an image of them: a Dockerfile, and what its commands read.
//!
//! A recipe is a pure function of what the user said and of the files that lie in the sources. Everything else happens while Docker
//! builds: nobody needs Node.js, Python or Java to deploy, and what was built for the processor at hand is never sent.

mod dockerfile;
mod dot_net;
mod external_buildpack;
mod go;
mod java;
mod lambda;
mod nixpacks;
mod node;
mod php;
mod python;
mod ruby;
mod script;
mod sources;
#[cfg(test)]
mod tests;

pub(super) use external_buildpack::files as external_buildpack;
pub(super) use lambda::{Packed, package};
pub(super) use nixpacks::files as nixpacks;
pub(super) use sources::Sources;

use stacktape_model::container::{
    DotNetConfig, ImageBuildpack, ImageBuildpackParts, JavaConfig, Language, LanguageConfig, NodeConfig, PhpConfig, PythonConfig,
    RubyConfig,
};

use super::issue::{AssetIssue, Found};
use dockerfile::{Dockerfile, Last, Libc};
use lambda::Lambda;

/// Where the Dockerfile lies: in a directory of generated files, where nobody's sources are.
pub(super) const DOCKERFILE: &str = ".stacktape/Dockerfile";

/// Where a script lies that builds an image in another way, and prints the image's name.
pub(super) const SCRIPT: &str = ".stacktape/build.sh";

/// The list of files that are wanted beside what is built, a line each.
const INCLUDED: &str = ".stacktape/included";

/// Files that are generated, by their path in the build context.
pub(super) type Files = Vec<(&'static str, String)>;

/// What Docker leaves out when a whole directory is copied: what only tells it how.
fn ignore() -> (&'static str, String) {
    (".dockerignore", format!(".dockerignore\n{DOCKERFILE}\n"))
}

/// What a recipe for one language makes.
struct Recipe {
    dockerfile: Dockerfile,
    last: Last,
    files: Files,
    /// What Lambda calls, where the sources alone tell.
    handler: Option<String>,
    /// Whether nothing is built: the program is its sources.
    plain: bool,
}

/// What recipes ask of the user's words, whatever the language.
struct Asked<'a> {
    entry: &'a str,
    application: Option<&'a str>,
    libc: Libc,
    /// Packages that stay out.
    without: &'a [String],
    /// Files that are wanted beside what is built.
    included: &'a [String],
    /// Where the program runs, if in no container.
    lambda: Option<Lambda<'a>>,
}

/// The files that build the image of a program.
pub(super) fn buildpack(image: &ImageBuildpack, sources: &Sources, included: &[String]) -> Result<Files, Vec<Found>> {
    let ImageBuildpackParts {
        entryfile_path: _,
        include_files: _, // chose the files in `sources`, and those in `included`
        exclude_files: _,
        exclude_dependencies,
        language,
        requires_glibc_binaries,
        custom_docker_build_commands,
        run_as_root,
    } = image.parts();
    let asked = Asked {
        entry: image.entry_file(),
        application: image.application(),
        libc: if *requires_glibc_binaries { Libc::Gnu } else { Libc::Musl },
        without: exclude_dependencies,
        included,
        lambda: None,
    };
    let Some(recipe) = recipe(&asked, image.source_language(), language.as_ref(), sources)? else { return Ok(Vec::new()) };
    let Recipe { mut dockerfile, last, mut files, handler: _, plain: _ } = recipe;
    dockerfile.last(last, custom_docker_build_commands, *run_as_root);
    files.push((DOCKERFILE, dockerfile.into_text()));
    Ok(files)
}

/// The recipe of a language; options of another one were refused before.
fn recipe(
    asked: &Asked<'_>,
    language: Option<Language>,
    config: Option<&LanguageConfig>,
    sources: &Sources,
) -> Result<Option<Recipe>, Vec<Found>> {
    let recipe = match (language, config) {
        (None, _) => return Ok(None),
        (Some(Language::Node), Some(LanguageConfig::Node(config))) => node::recipe(asked, config, sources),
        (Some(Language::Node), _) => node::recipe(asked, &NodeConfig::builder().build(), sources),
        (Some(Language::Python), Some(LanguageConfig::Python(config))) => python::recipe(asked, config, sources),
        (Some(Language::Python), _) => python::recipe(asked, &PythonConfig::builder().build(), sources),
        (Some(Language::Java), Some(LanguageConfig::Java(config))) => java::recipe(asked, config, sources),
        (Some(Language::Java), _) => java::recipe(asked, &JavaConfig::builder().build(), sources),
        (Some(Language::Go), _) => Ok(go::recipe(asked, sources)),
        (Some(Language::Ruby), Some(LanguageConfig::Ruby(config))) => Ok(ruby::recipe(asked, *config, sources)),
        (Some(Language::Ruby), _) => Ok(ruby::recipe(asked, RubyConfig::default(), sources)),
        (Some(Language::Php), Some(LanguageConfig::Php(config))) => Ok(php::recipe(asked, *config, sources)),
        (Some(Language::Php), _) => Ok(php::recipe(asked, PhpConfig::default(), sources)),
        (Some(Language::DotNet), Some(LanguageConfig::DotNet(config))) => dot_net::recipe(asked, config, sources),
        (Some(Language::DotNet), _) => dot_net::recipe(asked, &DotNetConfig::builder().build(), sources),
    };
    recipe.map(Some)
}

impl Asked<'_> {
    /// Begins the stage in which the program is built: for Lambda on its own system, with what packages with native parts are
    /// compiled by.
    fn build_stage(&self, dockerfile: &mut Dockerfile, image: &str, tools: &[&str]) {
        match &self.lambda {
            Some(lambda) => lambda.build_stage(dockerfile, tools),
            None => dockerfile.build_stage(image),
        }
    }

    /// The file that lists what is wanted beside what is built, if anything is.
    fn list_of_included(&self) -> Option<(&'static str, String)> {
        let lines = self.included.iter().map(|path| format!("./{path}\n"));
        (!self.included.is_empty()).then(|| (INCLUDED, lines.collect()))
    }

    /// The command that puts what is wanted into a directory.
    fn copy_included(&self, dockerfile: &mut Dockerfile, to: &str) {
        if !self.included.is_empty() {
            dockerfile.run(&format!("tar -cf - -T {INCLUDED} | tar -xf - -C {to}"));
        }
    }
}

/// A file that the user named must be there.
fn named<'a>(path: Option<&'a str>, key: &str, sources: &Sources) -> Result<Option<&'a str>, Vec<Found>> {
    match path {
        Some(path) if !sources.has(&sources::cleaned(path)) => {
            let issue = AssetIssue::FileMissing { file: path.to_owned() };
            Err(vec![Found::new(issue, format!("languageSpecificConfig.{key}"))])
        }
        path => Ok(path),
    }
}
