//! The sources of a program, whatever they are built into.

use super::language::{JavaConfigParts, Language, LanguageConfig, NodeConfigParts};
use super::python::PythonConfigParts;
use super::{BuildpackIssue, DotNetConfigParts, leads_out};
use crate::check::Check;

/// What is said about the sources of a program.
pub(crate) struct Program<'a> {
    /// As it is written.
    pub(crate) entryfile_path: &'a str,
    /// Without what stands behind the file.
    pub(crate) entry_file: &'a str,
    pub(crate) include_files: &'a [String],
    pub(crate) exclude_files: &'a [String],
    pub(crate) exclude_dependencies: &'a [String],
    pub(crate) language: Option<&'a LanguageConfig>,
}

/// Packages of these languages can be left out.
const EXCLUDING: [Language; 2] = [Language::Node, Language::Python];

impl Program<'_> {
    /// Checks it, and says whether the language is known and what is said about it fits.
    pub(crate) fn check(&self, at: &mut Check<'_>) -> bool {
        check_inside(Some(self.entry_file), "entryfilePath", at);
        for (key, patterns) in [("includeFiles", self.include_files), ("excludeFiles", self.exclude_files)] {
            at.field(key).each(patterns, |at, pattern| {
                if leads_out(pattern) {
                    at.report(&BuildpackIssue::Outside { path: pattern.clone() });
                }
            });
        }
        let Some(language) = Language::of(self.entry_file) else {
            at.field("entryfilePath").report(&BuildpackIssue::extension(self.entryfile_path));
            return false;
        };
        if !self.exclude_dependencies.is_empty() && !EXCLUDING.contains(&language) {
            at.field("excludeDependencies").report(&BuildpackIssue::ExcludedDependencies { language: language.as_str() });
        }
        let Some(config) = self.language else { return true };
        if config.language() != language {
            let issue = BuildpackIssue::language(config.language().as_str(), self.entry_file, language);
            at.field("languageSpecificConfig").report(&issue);
            return false;
        }
        check_config(config, &mut at.field("languageSpecificConfig"));
        true
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
