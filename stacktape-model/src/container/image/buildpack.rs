//! Images that are built of sources alone.

use stacktape_macros::model;

use super::language::{JavaConfigParts, Language, LanguageConfig, NodeConfigParts};
use super::python::PythonConfigParts;
use super::{BuildpackIssue, DotNetConfigParts, Image, leads_out};
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

/// Packages of these languages can be left out.
const EXCLUDING: [Language; 2] = [Language::Node, Language::Python];

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
        check_inside(Some(self.entry_file()), "entryfilePath", at);
        let language = self.source_language();
        match language {
            None => at.field("entryfilePath").report(&BuildpackIssue::extension(&self.entryfile_path)),
            Some(language) => self.check_language(language, at),
        }
        for (key, patterns) in [("includeFiles", &self.include_files), ("excludeFiles", &self.exclude_files)] {
            at.field(key).each(patterns, |at, pattern| {
                if leads_out(pattern) {
                    at.report(&BuildpackIssue::Outside { path: pattern.clone() });
                }
            });
        }
        at.field("customDockerBuildCommands").each(&self.custom_docker_build_commands, |at, command| {
            if command.trim().is_empty() {
                at.report(&BuildpackIssue::EmptyCommand);
            }
        });
    }

    fn check_language(&self, language: Language, at: &mut Check<'_>) {
        if !self.exclude_dependencies.is_empty() && !EXCLUDING.contains(&language) {
            at.field("excludeDependencies").report(&BuildpackIssue::ExcludedDependencies { language: language.as_str() });
        }
        if let Some(config) = &self.language
            && config.language() != language
        {
            at.field("languageSpecificConfig").report(&BuildpackIssue::language(config.language().as_str(), self.entry_file(), language));
            return;
        }
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
        if let Some(config) = &self.language {
            check_config(config, &mut at.field("languageSpecificConfig"));
        }
    }
}

/// Checks that a path stays in the project.
fn check_inside(path: Option<&str>, key: &str, at: &mut Check<'_>) {
    if let Some(path) = path.filter(|path| leads_out(path)) {
        at.field(key).report(&BuildpackIssue::Outside { path: path.to_owned() });
    }
}

const PYTHON_FILES: &str = "a `pyproject.toml`, a `Pipfile` or a list of requirements such as `requirements.txt`";

fn check_config(config: &LanguageConfig, at: &mut Check<'_>) {
    match config {
        LanguageConfig::Node(config) => {
            let NodeConfigParts {
                ts_config_path,
                emit_ts_decorator_metadata: _,
                dependencies_to_exclude_from_bundle: _,
                dependencies_to_exclude_from_deployment_package: _,
                output_module_format: _,
                node_version: _,
                disable_source_maps,
                output_source_maps_to,
            } = config.parts();
            check_inside(ts_config_path.as_deref(), "tsConfigPath", at);
            check_inside(output_source_maps_to.as_deref(), "outputSourceMapsTo", at);
            if !(16..=24).contains(&config.version()) {
                at.field("nodeVersion").report(&BuildpackIssue::NodeVersion { found: config.version() });
            }
            if *disable_source_maps && output_source_maps_to.is_some() {
                at.field("outputSourceMapsTo").report(&BuildpackIssue::NoSourceMaps);
            }
        }
        LanguageConfig::Python(config) => {
            let PythonConfigParts { package_manager_file, .. } = config.parts();
            check_inside(package_manager_file.as_deref(), "packageManagerFile", at);
            check_package_manager_file(package_manager_file.as_deref(), &["pyproject.toml", "Pipfile", ".txt"], PYTHON_FILES, at);
            if config.needs_uv() && !config.has_uv() {
                at.field("pythonVersion").report(&BuildpackIssue::OldPython { version: config.version().as_str() });
            }
        }
        LanguageConfig::Java(config) => {
            let JavaConfigParts { use_maven, package_manager_file, java_version: _ } = config.parts();
            check_inside(package_manager_file.as_deref(), "packageManagerFile", at);
            let (ends, expected): (&[&str], _) = if *use_maven {
                (&["pom.xml"], "a `pom.xml`, since Maven is to build it")
            } else {
                (&["pom.xml", ".gradle", ".gradle.kts"], "a `build.gradle`, `build.gradle.kts` or `pom.xml`")
            };
            check_package_manager_file(package_manager_file.as_deref(), ends, expected, at);
        }
        LanguageConfig::DotNet(config) => {
            let DotNetConfigParts { project_file, dotnet_version: _ } = config.parts();
            check_inside(project_file.as_deref(), "projectFile", at);
            if let Some(file) = project_file.as_ref().filter(|file| !file.ends_with(".csproj")) {
                at.field("projectFile").report(&BuildpackIssue::PackageManagerFile { file: file.clone(), expected: "a `.csproj`" });
            }
        }
        LanguageConfig::Ruby(_) | LanguageConfig::Php(_) => {}
    }
}

fn check_package_manager_file(file: Option<&str>, ends: &[&str], expected: &'static str, at: &mut Check<'_>) {
    let name = |file: &str| file.rsplit('/').next().unwrap_or(file).to_owned();
    let fits = |file: &str| ends.iter().any(|end| if end.starts_with('.') { name(file).ends_with(end) } else { name(file) == *end });
    if let Some(file) = file.filter(|file| !leads_out(file) && !fits(file)) {
        at.field("packageManagerFile").report(&BuildpackIssue::PackageManagerFile { file: file.to_owned(), expected });
    }
}
