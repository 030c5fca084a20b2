//! Where the code of a function comes from.

mod artifact;

pub use artifact::{CustomArtifact, CustomArtifactBuilder, CustomArtifactParts};

use serde::ser::{Serialize, Serializer};

use super::Runtime;
use crate::check::Check;
use crate::document::{Decode, Reader, Tagged, Tree};

/// Where the code of a function comes from. YAML: `packaging`.
#[derive(Clone, Debug, PartialEq)]
pub enum Package {
    /// Packaged already: a directory, or a `.zip` file. YAML: `custom-artifact`.
    Artifact(CustomArtifact),
}

const CUSTOM_ARTIFACT: &str = "custom-artifact";

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

    /// The runtime that the code tells by itself.
    pub(super) const fn runtime(&self) -> Option<Runtime> {
        match self {
            Self::Artifact(_) => None,
        }
    }

    /// What Lambda calls, as Lambda spells it.
    pub fn handler(&self) -> String {
        match self {
            Self::Artifact(artifact) => artifact.lambda_handler(),
        }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        match self {
            Self::Artifact(artifact) => artifact.check(at),
        }
    }
}

impl Decode for Package {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let (_, properties) = at.tagged(tree, &[CUSTOM_ARTIFACT])?;
        CustomArtifact::decode(&properties, at).map(Self::Artifact)
    }
}

impl Serialize for Package {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Artifact(properties) => Tagged { kind: CUSTOM_ARTIFACT, properties }.serialize(serializer),
        }
    }
}

/// Mistakes in where the code of a function comes from.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
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
}
