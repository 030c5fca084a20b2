//! The second door to a stack: a document in the shape of Stacktape's YAML, read with the place of everything, and written again.
//!
//! ```yaml
//! resources:
//!   photosBucket:
//!     type: bucket
//!   apiServer:
//!     type: multi-container-workload
//!     properties:
//!       resources: { cpu: 0.5, memory: 1024 }
//!       containers:
//!         - name: api
//!           packaging:
//!             type: prebuilt-image
//!             properties: { image: 'nginx:1.29' }
//!           environment: { PORT: 80, BUCKET: "$ResourceParam('photosBucket', 'name')" }
//!       connectTo: [photosBucket]
//! ```
//!
//! The root has the keys `resources`, `cloudformationResources` (raw resources), `stackConfig` (`outputs`, `tags`, `vpc`),
//! `overrides` (of what belongs to no single resource) and `variables` (values for `$Var`). The keys of each type are named by its
//! fields. A [stack](crate::stack::Stack) serializes in the same shape with any format of `serde`.
//!
//! # Directives
//!
//! A directive fills a whole text: `$Name(parameters).path`. Parameters are texts in single or double quotes (nothing is escaped in
//! them), numbers, `true`, `false`, bare words, or directives. A text that only looks like a directive is written with a blank at its
//! end, or as `$Format('{}', ..)`.
//!
//! | directive | stands for |
//! |---|---|
//! | `$ResourceParam('name', 'param')` | a parameter of a resource of the stack |
//! | `$CfResourceParam('Id', 'Attribute')` | an attribute of a CloudFormation resource, or its `Ref` where the type has no such attribute; with one parameter, its `Ref` |
//! | `$Secret('name.key')` | a secret, in a container's environment, as a key of `logForwarding` or of an identity provider alone; a name with dots has its key as a second parameter |
//! | `$CfFormat('{}/*', ..)` | texts put together at deployment |
//! | `$CfIntrinsic('{"Ref": ".."}')` | any intrinsic function as JSON, as a parameter of `$CfFormat`; alone it is written as a map |
//! | `$Region()`, `$AwsAccountId()`, `$AwsPartition()` | facts about the place of deployment |
//! | `$Stage()` | the stage |
//! | `$Var().path` | a value of `variables` |
//! | `$This().path` | a value of the document |
//! | `$Format('{}-{}', ..)` | texts put together now |

mod decode;
mod directive;
mod issue;
#[cfg(feature = "yaml")]
mod parse;
mod places;
#[cfg(feature = "yaml")]
mod resolve;
#[cfg(feature = "yaml")]
mod root;
pub(crate) mod spelling;
mod tree;
mod written;

pub use issue::{DirectiveIssue, DocumentIssue};

pub(crate) use crate::nearest::{listed, or_nearest};
pub(crate) use decode::{Decode, Fields, Group, Reader, word, words};
pub(crate) use spelling::Tagged;
pub(crate) use tree::{Kind, Tree};

#[cfg(feature = "yaml")]
use serde::de::{Deserialize, Deserializer};

use crate::origin::Origin;
use crate::report::Report;
#[cfg(feature = "yaml")]
use crate::stack::Stack;

/// A document that describes a stack: YAML or JSON that has been read, with the feature `yaml`.
///
#[cfg_attr(feature = "yaml", doc = "```")]
#[cfg_attr(not(feature = "yaml"), doc = "```text")]
/// use stacktape_model::document::{ Document, Facts };
///
/// let document = Document::parse("resources: {photos: {type: bucket}}").expect("YAML");
/// let stack = document.stack(&Facts::new("shop", "dev")).expect("a stack");
/// let valid = stack.validate().map_err(|report| document.place(report)).expect("a valid stack");
/// assert_eq!(valid.resources().len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    root: Tree,
}

/// What a document does not say itself.
#[derive(Clone, Debug)]
pub struct Facts {
    project: String,
    stage: String,
    region: Option<String>,
    attributes: Option<Attributes>,
}

/// What `Fn::GetAtt` may take of a type of CloudFormation resources, where the type is known.
pub type Attributes = fn(resource_type: &str) -> Option<&'static [&'static str]>;

impl Facts {
    /// The project and the stage, which make the stack's name.
    pub fn new(project: impl Into<String>, stage: impl Into<String>) -> Self {
        Self { project: project.into(), stage: stage.into(), region: None, attributes: None }
    }

    /// The region, where the stack is pinned to one. `$Region()` can then stand where a text must be known now.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// What is known of CloudFormation's types. With it, `$CfResourceParam` takes a name that the type does not have for its `Ref`.
    pub fn attributes(mut self, attributes: Attributes) -> Self {
        self.attributes = Some(attributes);
        self
    }
}

impl Document {
    /// Reads YAML, of which JSON is a part.
    ///
    /// # Errors
    /// The report of what is no YAML, or YAML that a document cannot be: duplicate keys, several documents, tags, huge numbers.
    #[cfg(feature = "yaml")]
    pub fn parse(text: &str) -> Result<Self, Report> {
        parse::parse(text).map(|root| Self { root })
    }

    /// The stack that the document describes, not yet validated.
    ///
    /// # Errors
    /// The report of every unknown key and word, wrong type and directive that cannot be resolved.
    #[cfg(feature = "yaml")]
    pub fn stack(&self, facts: &Facts) -> Result<Stack, Report> {
        root::stack(&self.root, facts)
    }

    /// The report with each finding at its line and column in the document.
    pub fn place(&self, report: Report) -> Report {
        report.placed(|path| places::find(&self.root, path))
    }

    /// The place of a path, or of what is nearest above it.
    pub fn place_of(&self, path: &str) -> Option<Origin> {
        places::find(&self.root, path)
    }
}

/// A document of any format of `serde`; it has no lines and columns.
#[cfg(feature = "yaml")]
impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Tree::deserialize(deserializer).map(|root| Self { root })
    }
}
