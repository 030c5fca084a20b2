//! Code that is packaged from the sources of a program.

use stacktape_macros::model;

use super::super::Runtime;
use super::{Package, PackageIssue};
use crate::check::Check;
use crate::container::{Language, LanguageConfig, Program, leads_out};
use crate::document::listed;
use crate::text::Text;

/// Code that is packaged from the sources of a program. YAML: `stacktape-lambda-buildpack`.
///
/// What a program needs is put together by Docker when the stack is deployed, on the system that Lambda runs it on, and for the
/// function's processors. Nothing else is needed on the deploying machine. Docker is not asked where there is nothing to build: of
/// Python, Ruby and PHP without a file that names packages, the sources are the package.
///
/// | language | what Lambda calls |
/// |---|---|
/// | JavaScript, TypeScript | the default export of the entry file, or the export `handler_function`; one file is bundled |
/// | Python, Ruby | `handler`, or `handler_function`, of the entry file |
/// | Java | the class of the entry file, which implements an interface of Lambda's, or its method `handler_function` |
/// | .NET | the method `FunctionHandler`, or `handler_function`, of the class in the entry file; of a project, or a file without a class, the program itself |
/// | Go | the program itself |
/// | PHP | the entry file, as [Bref](https://bref.sh) does, which must be among the function's layers |
///
/// Sources stay out of the package as they stay out of an [image](crate::container::ImageBuildpack).
#[model]
pub struct LambdaBuildpack {
    /// `entryfile_path`: the file that holds what Lambda calls, relative to the project. YAML: `entryfilePath`.
    #[argument]
    entryfile_path: String,
    /// What Lambda calls in the entry file. YAML: `handlerFunction`, default: as the table above says.
    handler_function: Option<String>,
    /// Patterns of files, relative to the project, that belong into the package beside the program. They reach what is left out
    /// otherwise. YAML: `includeFiles`.
    #[each(include_file)]
    include_files: Vec<String>,
    /// Patterns of files, relative to the project, that stay out; they win over the others. YAML: `excludeFiles`.
    #[each(exclude_file)]
    exclude_files: Vec<String>,
    /// Packages of JavaScript or Python that stay out, such as those in a layer. YAML: `excludeDependencies`.
    #[each(exclude_dependency)]
    exclude_dependencies: Vec<String>,
    /// How the sources are built: [`NodeConfig`](crate::container::NodeConfig), [`PythonConfig`](crate::container::PythonConfig) and so
    /// on. A version in it chooses the function's runtime. YAML: `languageSpecificConfig`; default versions: Node.js 24, Python 3.13,
    /// Java 25, Ruby 3.3, .NET 10.
    #[key("languageSpecificConfig")]
    #[read_by(LanguageConfig::read)]
    language: Option<LanguageConfig>,
}

impl From<LambdaBuildpackBuilder> for Package {
    fn from(builder: LambdaBuildpackBuilder) -> Self {
        Self::Buildpack(Box::new(builder.build()))
    }
}

impl From<LambdaBuildpack> for Package {
    fn from(buildpack: LambdaBuildpack) -> Self {
        Self::Buildpack(Box::new(buildpack))
    }
}

const HANDLER_MAX: usize = 128;

impl LambdaBuildpack {
    /// The language of the entry file; `None` where its extension is none that is known, which no valid stack has.
    pub fn source_language(&self) -> Option<Language> {
        Language::of(&self.entryfile_path)
    }

    /// The runtime that the entry file and its options tell.
    pub(super) fn runtime(&self) -> Option<Runtime> {
        Runtime::of(self.source_language()?, self.asked_version().as_deref())
    }

    fn asked_version(&self) -> Option<String> {
        self.language.as_ref().and_then(LanguageConfig::asked_version)
    }

    /// How the sources are built for a runtime: in its version. Go has no options.
    pub fn language_for(&self, runtime: Runtime) -> Option<LanguageConfig> {
        LanguageConfig::with_version(self.language.as_ref(), self.source_language()?, runtime.version().unwrap_or_default())
    }

    /// The entry file without `.` parts.
    fn entry(&self) -> String {
        self.entryfile_path.split('/').filter(|part| !matches!(*part, "" | ".")).collect::<Vec<_>>().join("/")
    }

    /// The directory of the entry file, empty for that of the project.
    pub fn directory(&self) -> String {
        self.entry().rsplit_once('/').map_or_else(String::new, |(directory, _)| directory.to_owned())
    }

    /// What Lambda calls, as it spells it; none where the sources alone tell: the package of a class of Java, or what a project of .NET
    /// is named.
    pub fn handler(&self) -> Option<String> {
        let function = self.handler_function.as_deref();
        let entry = self.entry();
        Some(match self.source_language()? {
            Language::Node => format!("index.{}", function.unwrap_or("default")),
            Language::Python | Language::Ruby => format!("{}.{}", module(&entry), function.unwrap_or("handler")),
            Language::Go => "bootstrap".to_owned(),
            Language::Php => entry,
            Language::Java | Language::DotNet => return None,
        })
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let program = Program {
            entryfile_path: &self.entryfile_path,
            entry_file: &self.entryfile_path,
            include_files: &self.include_files,
            exclude_files: &self.exclude_files,
            exclude_dependencies: &self.exclude_dependencies,
            language: self.language.as_ref(),
        };
        let fits = program.check(at);
        let Some(language) = self.source_language() else { return };
        self.check_handler(language, at);
        let Some(config) = self.language.as_ref().filter(|_| fits) else { return };
        let mut at = at.field("languageSpecificConfig");
        if let LanguageConfig::Python(config) = config
            && let Some(server) = config.parts().run_app_as
        {
            at.field("runAppAs").report(&PackageIssue::Server { server: server.as_str() });
        }
        // Versions that are none at all are told of already.
        let version = self.asked_version();
        let exists = !matches!(config, LanguageConfig::Node(config) if !(16..=24).contains(&config.version()));
        if let Some(version) = version.filter(|_| exists && self.runtime().is_none()) {
            let known: Vec<_> = Runtime::ALL.into_iter().filter(|runtime| runtime.runs(language)).filter_map(Runtime::version).collect();
            let (language, expected) = (language.as_str(), listed(&known));
            at.field(version_key(config)).report(&PackageIssue::LanguageVersion { language, version, expected });
        }
    }

    fn check_handler(&self, language: Language, at: &mut Check<'_>) {
        // Lambda takes what stands behind the first dot for the function.
        if matches!(language, Language::Python | Language::Ruby) && module(&self.entry()).contains('.') && !leads_out(&self.entryfile_path)
        {
            at.field("entryfilePath").report(&PackageIssue::DotInPath { path: self.entryfile_path.clone() });
        }
        let wrong = self.handler_function.as_ref().is_some_and(|function| Self::check_function_name(function, language, at));
        let long = |handler: String| handler.len() > HANDLER_MAX || handler.contains(char::is_whitespace);
        if !wrong && self.handler().is_some_and(long) {
            at.field("entryfilePath").report(&PackageIssue::LongEntry { path: self.entryfile_path.clone() });
        }
    }

    /// Checks the name of what is called, and says whether something is wrong with it.
    fn check_function_name(function: &str, language: Language, at: &mut Check<'_>) -> bool {
        let mut at = at.field("handlerFunction");
        let is_idle = matches!(language, Language::Go | Language::Php);
        let is_wrong = is_idle || !is_name(function, language);
        if is_idle {
            at.report(&PackageIssue::IdleHandlerFunction { language: language.as_str() });
        } else if is_wrong {
            at.report(&PackageIssue::HandlerFunction { function: function.to_owned() });
        }
        is_wrong
    }

    /// Checks what is said about the function beside the code.
    pub(in super::super) fn check_function(&self, runtime: Option<Runtime>, layers: &[Text], at: &mut Check<'_>) {
        let Some(language) = self.source_language() else { return };
        if let Some(runtime) = runtime {
            let (found, file) = (runtime.as_str(), self.entryfile_path.clone());
            if !runtime.runs(language) {
                at.field("runtime").report(&PackageIssue::Runtime { runtime: found, file, language: language.as_str() });
            } else if let (Some(version), Some(has)) = (self.asked_version(), runtime.version())
                && version != has
            {
                at.field("runtime").report(&PackageIssue::RuntimeVersion { runtime: found, language: language.as_str(), version });
            }
        }
        if language == Language::Php && layers.is_empty() {
            at.field("layers").report(&PackageIssue::NoPhp { file: self.entryfile_path.clone() });
        }
    }
}

/// The path of a file without its extension.
fn module(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(module, _)| module)
}

/// The key of the version among the options of a language.
const fn version_key(config: &LanguageConfig) -> &'static str {
    match config {
        LanguageConfig::Node(_) => "nodeVersion",
        LanguageConfig::Python(_) => "pythonVersion",
        LanguageConfig::Java(_) => "javaVersion",
        LanguageConfig::Ruby(_) => "rubyVersion",
        LanguageConfig::Php(_) => "phpVersion",
        LanguageConfig::DotNet(_) => "dotnetVersion",
    }
}

/// Whether a word names a function; in Ruby, it may be one of a class.
fn is_name(function: &str, language: Language) -> bool {
    let between: &[char] = if language == Language::Ruby { &['.', ':'] } else { &[] };
    let part = |part: &str| {
        part.chars().all(|letter| letter.is_alphanumeric() || "_$".contains(letter))
            && !part.starts_with(|first: char| first.is_ascii_digit())
    };
    !function.is_empty()
        && function.len() <= HANDLER_MAX / 2
        && function.split(between).all(part)
        && !function.starts_with(between)
        && !function.ends_with(between)
}
