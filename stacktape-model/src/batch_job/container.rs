//! The container of a job.

use stacktape_macros::model;

use super::BatchJobIssue;
use crate::check::Check;
use crate::container::{EnvValue, EnvironmentVariable, Image, check_environment};

/// The container of a job: its image and its environment. YAML: `container`.
///
/// ```
/// use stacktape_model::batch_job::JobContainer;
/// use stacktape_model::container::Image;
/// let resize = JobContainer::builder(Image::buildpack("jobs/resize.py")).env("WIDTH", 640);
/// ```
///
/// Images that are built are built for Intel and AMD processors.
#[model(group)]
pub struct JobContainer {
    /// `packaging`: where the image comes from. AWS Batch takes a `command`, and no `entryPoint`. YAML: `packaging`.
    #[argument]
    pub(crate) packaging: Image,
    /// What the container finds in its environment. YAML: `environment`.
    #[own]
    pub(crate) environment: Vec<EnvironmentVariable>,
}

impl JobContainerBuilder {
    /// Sets a variable of the environment: a text, a number, a boolean, a parameter of another resource or a
    /// [`Secret`](crate::text::Secret). YAML: `environment`.
    #[track_caller]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<EnvValue>) -> Self {
        self.environment.push(EnvironmentVariable::new(name, value));
        self
    }
}

/// What names of variables of AWS Batch itself begin with.
const RESERVED: &str = "AWS_BATCH";

impl JobContainer {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        self.packaging.check(&mut at.field("packaging"));
        if self.packaging.has_entry_point() {
            at.field("packaging").field("entryPoint").report(&BatchJobIssue::EntryPoint);
        }
        check_environment(&self.environment, &mut at.field("environment"));
        at.field("environment").each(&self.environment, |at, variable| {
            if variable.name.starts_with(RESERVED) {
                let issue = BatchJobIssue::ReservedVariable { name: variable.name.clone() };
                at.written_here(variable.origin).field("name").report(&issue);
            }
        });
    }
}
