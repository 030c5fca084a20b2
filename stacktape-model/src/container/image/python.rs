//! How images of Python are built.

use stacktape_macros::model;

use super::language::choices;

choices! {
    /// A version of Python. YAML: `pythonVersion`; write `'3.10'` in quotes, since the number 3.10 is 3.1.
    PythonVersion {
        V2_7 = "2.7",
        V3_6 = "3.6",
        V3_7 = "3.7",
        V3_8 = "3.8",
        V3_9 = "3.9",
        V3_10 = "3.10",
        V3_11 = "3.11",
        V3_12 = "3.12",
        V3_13 = "3.13",
        V3_14 = "3.14",
    }

    /// What serves the application that an entry file names behind a colon. YAML: `runAppAs`.
    PythonServer {
        /// Gunicorn.
        Wsgi = "WSGI",
        /// Uvicorn.
        Asgi = "ASGI",
    }

    /// What installs packages. YAML: `packageManager`.
    PythonPackageManager {
        /// Needs Python 3.8; before that, `pip` does.
        Uv = "uv",
    }
}

/// How Python is built: packages are installed as `pyproject.toml`, `requirements.txt` or a `Pipfile` name them. YAML:
/// `languageSpecificConfig` of an entry file `.py`. Each change of it builds another image.
#[model]
pub struct PythonConfig {
    /// The `pyproject.toml`, `Pipfile` or list of requirements, relative to the project. YAML: `packageManagerFile`, default: the
    /// nearest `pyproject.toml`, `requirements.txt` or `Pipfile` above the entry file.
    package_manager_file: Option<String>,
    /// What installs packages. YAML: `packageManager`, default `uv`.
    package_manager: Option<PythonPackageManager>,
    /// Optional dependencies of `pyproject.toml` that are installed. YAML: `uvOptionalDependencies`.
    #[each(uv_optional_dependency)]
    uv_optional_dependencies: Vec<String>,
    /// Groups of `pyproject.toml` that are installed, too. YAML: `uvWithGroups`.
    #[each(uv_with_group)]
    uv_with_groups: Vec<String>,
    /// Default groups of `pyproject.toml` that are not installed. YAML: `uvWithoutGroups`.
    #[each(uv_without_group)]
    uv_without_groups: Vec<String>,
    /// Groups of `pyproject.toml` that are installed, and nothing else. YAML: `uvOnlyGroups`.
    #[each(uv_only_group)]
    uv_only_groups: Vec<String>,
    /// The version of Python. YAML: `pythonVersion`, default `3.12`.
    python_version: Option<PythonVersion>,
    /// What serves the application that stands behind a colon in the entry file, on the port in the variable `PORT`, or 8000. YAML:
    /// `runAppAs`, default: the entry file is run as a program.
    run_app_as: Option<PythonServer>,
    /// Whether sources are made smaller. YAML: `minify`, default `false`.
    minify: bool,
}

impl PythonConfig {
    /// The version of Python.
    pub fn version(&self) -> PythonVersion {
        self.python_version.unwrap_or(PythonVersion::V3_12)
    }

    /// Takes a version where none is asked for.
    pub(super) fn default_version(&mut self, version: &str) {
        self.python_version = self.python_version.or_else(|| PythonVersion::of(version));
    }

    /// Whether `uv` installs packages; it does not know Python before 3.8.
    pub fn has_uv(&self) -> bool {
        self.version() >= PythonVersion::V3_8
    }

    /// Whether something was said that only `uv` understands.
    pub(super) fn needs_uv(&self) -> bool {
        self.package_manager.is_some() || self.chooses_groups()
    }

    /// Whether groups or optional dependencies of `pyproject.toml` were named.
    pub fn chooses_groups(&self) -> bool {
        [&self.uv_optional_dependencies, &self.uv_with_groups, &self.uv_without_groups, &self.uv_only_groups]
            .iter()
            .any(|names| !names.is_empty())
    }
}
