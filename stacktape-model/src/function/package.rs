//! Where the code of a function comes from.

mod artifact;
mod buildpack;

pub use artifact::{CustomArtifact, CustomArtifactBuilder, CustomArtifactParts};
pub use buildpack::{LambdaBuildpack, LambdaBuildpackBuilder, LambdaBuildpackParts};

use serde::ser::{Serialize, Serializer};

use super::Runtime;
use crate::check::Check;
use crate::document::{Decode, Reader, Tagged, Tree};

/// Where the code of a function comes from. YAML: `packaging`.
#[derive(Clone, Debug, PartialEq)]
pub enum Package {
    /// Packaged already: a directory, or a `.zip` file. YAML: `custom-artifact`.
    Artifact(CustomArtifact),
    /// Packaged from the sources of a program. YAML: `stacktape-lambda-buildpack`.
    Buildpack(Box<LambdaBuildpack>),
    /// JavaScript that stands in the template, whose `handler` is called: that of what starts jobs. No document has it.
    Inline(&'static str),
}

const CUSTOM_ARTIFACT: &str = "custom-artifact";
const LAMBDA_BUILDPACK: &str = "stacktape-lambda-buildpack";

impl Package {
    /// Code that is ready to run: a directory of the project, or a `.zip` file, and what Lambda calls in it.
    ///
    /// ```
    /// use stacktape_model::function::Package;
    /// let report = Package::artifact("dist/report", "index:handler").exclude_file("**/*.map");
    /// ```
    pub fn artifact(package_path: impl Into<String>, handler: impl Into<String>) -> CustomArtifactBuilder {
        CustomArtifact::builder(package_path, handler)
    }

    /// Code that is packaged from the sources of a program, in a language that the extension of its entry file tells: JavaScript and
    /// TypeScript, Python, Java, Go, Ruby, PHP or .NET.
    ///
    /// ```
    /// use stacktape_model::container::PythonConfig;
    /// use stacktape_model::function::Package;
    /// let report = Package::buildpack("src/report.py").handler_function("run").language(PythonConfig::builder().minify(true));
    /// ```
    pub fn buildpack(entryfile_path: impl Into<String>) -> LambdaBuildpackBuilder {
        LambdaBuildpack::builder(entryfile_path)
    }

    /// The runtime that the code tells by itself.
    pub(crate) fn runtime(&self) -> Option<Runtime> {
        match self {
            Self::Artifact(_) => None,
            Self::Buildpack(buildpack) => buildpack.runtime(),
            Self::Inline(_) => Some(Runtime::NodeJs24),
        }
    }

    /// What Lambda calls, as Lambda spells it; none where the sources alone tell.
    pub fn handler(&self) -> Option<String> {
        match self {
            Self::Artifact(artifact) => Some(artifact.lambda_handler()),
            Self::Buildpack(buildpack) => buildpack.handler(),
            Self::Inline(_) => Some("index.handler".to_owned()),
        }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        match self {
            Self::Artifact(artifact) => artifact.check(at),
            Self::Buildpack(buildpack) => buildpack.check(at),
            Self::Inline(_) => {}
        }
    }
}

#[cfg(feature = "yaml")]
impl Decode for Package {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let (kind, properties) = at.tagged(tree, &[CUSTOM_ARTIFACT, LAMBDA_BUILDPACK])?;
        match kind {
            CUSTOM_ARTIFACT => CustomArtifact::decode(&properties, at).map(Self::Artifact),
            _ => LambdaBuildpack::decode(&properties, at).map(Box::new).map(Self::Buildpack),
        }
    }
}

impl Serialize for Package {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Artifact(properties) => Tagged { kind: CUSTOM_ARTIFACT, properties }.serialize(serializer),
            Self::Buildpack(properties) => Tagged { kind: LAMBDA_BUILDPACK, properties: properties.as_ref() }.serialize(serializer),
            Self::Inline(properties) => Tagged { kind: "inline", properties }.serialize(serializer),
        }
    }
}

/// Mistakes in where the code of a function comes from.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "package")]
#[non_exhaustive]
pub enum PackageIssue {
    /// Code lies in the project.
    #[error("found the path `{path}`, expected a directory or a `.zip` file of the project")]
    #[issue(
        help = "write a path such as `dist/report` or `dist/report.zip`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html"
    )]
    Path {
        /// What was found.
        path: String,
    },
    /// Patterns of files reach what lies in the package.
    #[error("found the pattern `{pattern}`, expected one of files below the directory that is packaged")]
    #[issue(
        help = "write a path relative to that directory, such as `lib/**`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html"
    )]
    Outside {
        /// What was found.
        pattern: String,
    },
    /// A ready package is taken as it is.
    #[error("found `{key}` beside the file `{path}`, expected it beside a directory")]
    #[issue(
        help = "leave it out, or write the directory that the file was made of",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html"
    )]
    PatternsOfFile {
        /// The key.
        key: &'static str,
        /// The file.
        path: String,
    },
    /// Lambda's spelling of what it calls.
    #[error("found the handler `{handler}`, expected {expected}")]
    #[issue(
        help = "write what Lambda calls, for example `index:handler` for the function `handler` of `index.js`",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html#lambda-CreateFunction-request-Handler"
    )]
    Handler {
        /// What was found.
        handler: String,
        /// What was expected.
        expected: &'static str,
    },
    /// Lambda has runtimes of some versions of each language.
    #[error("found {language} {version}, expected a version that Lambda runs: {expected}")]
    #[issue(
        help = "write one of them, or leave the version out",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"
    )]
    LanguageVersion {
        /// The language.
        language: &'static str,
        /// What was found.
        version: String,
        /// What there is.
        expected: String,
    },
    /// A runtime runs one language, or programs that need no runtime.
    #[error("found the runtime `{runtime}` with the entry file `{file}`, expected one of {language}")]
    #[issue(
        help = "leave `.runtime(..)` out: the entry file tells it",
        yaml = "leave `runtime` out: the entry file tells it",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"
    )]
    Runtime {
        /// What was found.
        runtime: &'static str,
        /// The entry file.
        file: String,
        /// Its language.
        language: &'static str,
    },
    /// What is built for one version may not run on another one.
    #[error("found the runtime `{runtime}` beside {language} {version}, expected both to be of one version")]
    #[issue(help = "leave one of the two out", docs = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html")]
    RuntimeVersion {
        /// What was found.
        runtime: &'static str,
        /// The language.
        language: &'static str,
        /// The version that is asked for beside it.
        version: String,
    },
    /// Lambda calls a function, and nothing listens on a port.
    #[error("found the server {server}, expected none, since Lambda calls a function of the entry file")]
    #[issue(
        help = "leave `.run_app_as(..)` out, or run the application in a container",
        yaml = "leave `runAppAs` out, or run the application in a container",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html"
    )]
    Server {
        /// What was found.
        server: &'static str,
    },
    /// What Lambda calls is a name in the entry file.
    #[error("found the handler function `{function}`, expected the name of a function in the entry file")]
    #[issue(
        help = "write at most 64 letters, digits and `_`, the first one no digit",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html#lambda-CreateFunction-request-Handler"
    )]
    HandlerFunction {
        /// What was found.
        function: String,
    },
    /// These programs decide themselves what happens when Lambda calls them.
    #[error("found a handler function in a program of {language}, expected none, since Lambda runs the program itself")]
    #[issue(
        help = "leave `.handler_function(..)` out",
        yaml = "leave `handlerFunction` out",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/runtimes-provided.html"
    )]
    IdleHandlerFunction {
        /// The language.
        language: &'static str,
    },
    /// Lambda takes what stands behind a dot for a function.
    #[error("found a dot in the path `{path}`, expected none but that of the extension, since Lambda looks for a function behind it")]
    #[issue(help = "rename the file or its directory", docs = "https://docs.aws.amazon.com/lambda/latest/dg/python-handler.html")]
    DotInPath {
        /// What was found.
        path: String,
    },
    /// Lambda's limit of what it calls, which has the path of the file in it.
    #[error("found the entry file `{path}`, expected a path and a function of at most 128 characters without blanks")]
    #[issue(
        help = "move or rename the file",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html#lambda-CreateFunction-request-Handler"
    )]
    LongEntry {
        /// What was found.
        path: String,
    },
    /// Lambda has no runtime of PHP.
    #[error("found the entry file `{file}`, expected a layer that runs PHP, since Lambda has no runtime of it")]
    #[issue(
        help = "write `.layer(\"..\")` with the ARN of a layer of Bref, or run the program in a container",
        yaml = "write `layers` with the ARN of a layer of Bref, or run the program in a container",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html"
    )]
    NoPhp {
        /// The entry file.
        file: String,
    },
}
