//! The last word of the user over the properties that we render.

use serde_json::Value as Json;

use crate::check::Check;
use crate::origin::Origin;

/// One property of one CloudFormation resource, set over whatever we render. YAML: an entry of
/// `overrides: {LogicalId: {Some.Path: value}}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Override {
    /// The logical id of the resource.
    pub logical_id: String,
    /// The path inside `Properties`: keys and indices, split by dots.
    pub path: String,
    /// The value; `null` removes the property.
    pub value: Json,
    /// Where the override is written.
    pub origin: Origin,
}

impl Override {
    /// Sets the property at `path` of the resource `logical_id`.
    #[track_caller]
    pub fn new(logical_id: impl Into<String>, path: impl Into<String>, value: impl Into<Json>) -> Self {
        Self { logical_id: logical_id.into(), path: path.into(), value: value.into(), origin: Origin::here() }
    }

    /// Checks what needs no template.
    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if self.path.is_empty() || self.path.split('.').any(|segment| segment.trim().is_empty()) {
            at.field(&self.logical_id).report(&OverrideIssue::Path { path: self.path.clone() });
        }
    }
}

/// Mistakes in overrides that are seen without a template.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "overrides")]
#[non_exhaustive]
pub enum OverrideIssue {
    /// A path without keys leads nowhere.
    #[error("found the path `{path}`, expected keys and indices split by single dots")]
    #[issue(help = "write a path such as `VersioningConfiguration.Status`")]
    Path {
        /// What was found.
        path: String,
    },
}
