//! Images that are built of sources alone.

use stacktape_macros::model;

use super::language::{Language, LanguageConfig};
use super::program::Program;
use super::{BuildpackIssue, Image};
use crate::check::Check;

/// An image that is built of the sources of a program. YAML: `stacktape-image-buildpack`.
///
/// The image is built of the whole project, but for what no program needs: version control, installed packages, build outputs,
/// caches, files of infrastructure and `.env` files, and what `.dockerignore` in the project names. The program runs as a user
/// without rights, in a small image with `curl`; Alpine Linux, or with `requires_glibc_binaries` Debian.
#[model]
pub struct ImageBuildpack {
    /// `entryfile_path`: the file that starts the program, relative to the project. For Python with `run_app_as`, the application
    /// stands behind a colon: `app/main.py:app`. YAML: `entryfilePath`.
    #[argument]
    entryfile_path: String,
    /// Patterns of files, relative to the project, that belong into the image beside the program. They reach what is left out
    /// otherwise. YAML: `includeFiles`.
    #[each(include_file)]
    include_files: Vec<String>,
    /// Patterns of files, relative to the project, that stay out; they win over the others. YAML: `excludeFiles`.
    #[each(exclude_file)]
    exclude_files: Vec<String>,
    /// Packages of JavaScript or Python that stay out of the image. YAML: `excludeDependencies`.
    #[each(exclude_dependency)]
    exclude_dependencies: Vec<String>,
    /// How the sources are built: [`NodeConfig`](super::NodeConfig), [`PythonConfig`](super::PythonConfig) and so on. YAML:
    /// `languageSpecificConfig`.
    #[key("languageSpecificConfig")]
    #[read_by(LanguageConfig::read)]
    language: Option<LanguageConfig>,
    /// Whether the image has the GNU C library, which some prebuilt packages need. YAML: `requiresGlibcBinaries`, default `false`.
    requires_glibc_binaries: bool,
    /// Commands that the root user runs when the image is nearly ready, such as `apk add ffmpeg`. YAML:
    /// `customDockerBuildCommands`.
    #[each(custom_docker_build_command)]
    custom_docker_build_commands: Vec<String>,
    /// Whether the program runs as the root user. YAML: `runAsRoot`, default `false`.
    run_as_root: bool,
}

impl From<ImageBuildpackBuilder> for Image {
    fn from(builder: ImageBuildpackBuilder) -> Self {
        Self::Buildpack(Box::new(builder.build()))
    }
}

/// The file of an entry, and the application behind it: `main.py:app`.
pub(super) fn split(path: &str) -> (&str, Option<&str>) {
    match path.rsplit_once(':') {
        Some((file, application)) if Language::of(file) == Some(Language::Python) => (file, Some(application)),
        _ => (path, None),
    }
}

impl ImageBuildpack {
    /// The entry file, without the application behind it.
    pub fn entry_file(&self) -> &str {
        split(&self.entryfile_path).0
    }

    /// The application behind the entry file.
    pub fn application(&self) -> Option<&str> {
        split(&self.entryfile_path).1
    }

    /// The language of the entry file; `None` where its extension is none that is known, which no valid stack has.
    pub fn source_language(&self) -> Option<Language> {
        Language::of(self.entry_file())
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let program = Program {
            entryfile_path: &self.entryfile_path,
            entry_file: self.entry_file(),
            include_files: &self.include_files,
            exclude_files: &self.exclude_files,
            exclude_dependencies: &self.exclude_dependencies,
            language: self.language.as_ref(),
        };
        if program.check(at) {
            self.check_application(at);
        }
        at.field("customDockerBuildCommands").each(&self.custom_docker_build_commands, |at, command| {
            if command.trim().is_empty() {
                at.report(&BuildpackIssue::EmptyCommand);
            }
        });
    }

    fn check_application(&self, at: &mut Check<'_>) {
        let served = match &self.language {
            Some(LanguageConfig::Python(config)) => config.parts().run_app_as.map(super::PythonServer::as_str),
            _ => None,
        };
        match (served, self.application()) {
            (Some(by), None | Some("")) => {
                let file = self.entry_file().to_owned();
                at.field("entryfilePath").report(&BuildpackIssue::NoApplication { file, server: by });
            }
            (None, Some(application)) => {
                at.field("entryfilePath").report(&BuildpackIssue::NoServer { application: application.to_owned() });
            }
            _ => {}
        }
    }
}
