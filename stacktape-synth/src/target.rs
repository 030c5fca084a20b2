//! The facts from outside the stack.

use std::path::PathBuf;

/// Where a stack is deployed to, and where its sources are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Target {
    /// The project. A stack's name is `{project}-{stage}`.
    pub project: String,
    /// The stage.
    pub stage: String,
    /// The region, where the stack is pinned to one.
    pub region: Option<String>,
    /// The directory that build contexts are relative to, and must lie in.
    pub project_directory: PathBuf,
}

impl Target {
    /// A target in any region, with sources in the current directory.
    pub fn new(project: impl Into<String>, stage: impl Into<String>) -> Self {
        Self { project: project.into(), stage: stage.into(), region: None, project_directory: PathBuf::from(".") }
    }

    /// Pins the region.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Says which directory build contexts are relative to.
    pub fn project_directory(mut self, directory: impl Into<PathBuf>) -> Self {
        self.project_directory = directory.into();
        self
    }
}
