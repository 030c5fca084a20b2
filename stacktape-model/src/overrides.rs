//! The last word of the user over the properties that we render.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::check::Check;
use crate::document::{Decode, Kind, Reader, Tree};
use crate::expression::Expression;
use crate::origin::Origin;

/// One property of one CloudFormation resource, set over whatever we render. YAML: an entry of
/// `overrides: {LogicalId: {Some.Path: value}}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// The logical id of the resource.
    pub logical_id: String,
    /// The path inside `Properties`: keys and indices, split by dots; an index may stand in brackets, `Rules[0].Name`.
    pub path: String,
    /// The value; `null` removes the property. An object at a path of one key is merged into the object that is there; further down, it
    /// takes its place.
    pub value: Expression,
    /// Where the override is written.
    pub origin: Origin,
}

impl Override {
    /// Sets the property at `path` of the resource `logical_id`.
    #[track_caller]
    pub fn new(logical_id: impl Into<String>, path: impl Into<String>, value: impl Into<Expression>) -> Self {
        Self { logical_id: logical_id.into(), path: path.into(), value: value.into(), origin: Origin::here() }
    }

    /// Checks what needs no template.
    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if !self.path.split('.').all(is_segment) {
            at.field(&self.logical_id).report(&OverrideIssue::Path { path: self.path.clone() });
        } else if let Some(attribute) = ATTRIBUTES.iter().find(|attribute| self.path.split(['.', '[']).next() == Some(attribute)) {
            at.field(&self.logical_id).report(&OverrideIssue::Attribute { attribute });
        }
    }
}

/// What stands beside `Properties`, and is the name of no property.
const ATTRIBUTES: [&str; 4] = ["CreationPolicy", "DeletionPolicy", "DependsOn", "UpdateReplacePolicy"];

/// A key or an index, with indices in brackets behind it.
fn is_segment(segment: &str) -> bool {
    let (key, indices) = segment.split_at(segment.find('[').unwrap_or(segment.len()));
    let is_index = |text: &str| text.strip_prefix('[').is_some_and(|index| index.parse::<usize>().is_ok());
    !key.trim().is_empty()
        && !key.contains(']')
        && (indices.is_empty() || indices.ends_with(']') && indices[..indices.len() - 1].split(']').all(is_index))
}

/// In a document, overrides are a map of logical ids, each with a map of paths.
#[cfg(feature = "yaml")]
impl Decode for Override {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        at.wrong(tree, "a map of logical ids, each with a map of paths and values")
    }

    #[inline]
    fn decode_list(tree: &Tree, at: &mut Reader<'_>) -> Option<Vec<Self>> {
        let Kind::Map(ids) = &tree.kind else { return Self::decode(tree, at).map(|one| vec![one]) };
        let mut overrides = Vec::new();
        for id in ids {
            let mut at = at.field(&id.key);
            let Kind::Map(paths) = &id.value.kind else { return at.wrong(&id.value, "a map of paths and values") };
            for path in paths {
                let value = Expression::decode(&path.value, &mut at)?;
                overrides.push(Self { logical_id: id.key.clone(), path: path.key.clone(), value, origin: path.key_place.origin() });
            }
        }
        Some(overrides)
    }
}

/// Overrides as a document has them.
pub(crate) struct ById<'a>(pub(crate) &'a [Override]);

impl Serialize for ById<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (index, value) in self.0.iter().enumerate() {
            let id = value.logical_id.as_str();
            if self.0[..index].iter().all(|earlier| earlier.logical_id != id) {
                map.serialize_entry(id, &Paths { overrides: &self.0[index..], id })?;
            }
        }
        map.end()
    }
}

/// The overrides of one logical id; of a path that is set twice, the last value is the one that counts.
struct Paths<'a> {
    overrides: &'a [Override],
    id: &'a str,
}

impl Serialize for Paths<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let own: Vec<_> = self.overrides.iter().filter(|value| value.logical_id == self.id).collect();
        let mut map = serializer.serialize_map(None)?;
        for (index, value) in own.iter().enumerate() {
            if own[index + 1..].iter().all(|later| later.path != value.path) {
                map.serialize_entry(&value.path, &value.value)?;
            }
        }
        map.end()
    }
}

/// Mistakes in overrides that are seen without a template.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "overrides")]
#[non_exhaustive]
pub enum OverrideIssue {
    /// A path without keys leads nowhere.
    #[error("found the path `{path}`, expected keys and indices split by single dots, or indices in brackets")]
    #[issue(help = "write a path such as `VersioningConfiguration.Status`")]
    Path {
        /// What was found.
        path: String,
    },
    /// Overrides are of properties.
    #[error("found `{attribute}`, which stands beside the properties of a resource, expected the path of a property")]
    #[issue(
        help = "leave it out: what becomes of data is said by `removal_policy`, and what waits for what follows from references",
        yaml = "leave it out: what becomes of data is said by `removalPolicy`, and what waits for what follows from references",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-product-attribute-reference.html"
    )]
    Attribute {
        /// The attribute.
        attribute: &'static str,
    },
}
