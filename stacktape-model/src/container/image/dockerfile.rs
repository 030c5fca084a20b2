//! Images of a Dockerfile that the user wrote.

use stacktape_macros::{Keyed, model};

use super::{Image, ImageIssue, leads_out};
use crate::check::Check;
use crate::table::Set;

/// An image that the deploying tool builds. YAML: `custom-dockerfile`.
#[model]
pub struct CustomDockerfile {
    /// `build_context_path`: a directory of the project, relative to it. What its `.dockerignore` names stays out. YAML:
    /// `buildContextPath`.
    #[argument]
    build_context_path: String,
    /// The Dockerfile, relative to the build context. YAML: `dockerfilePath`, default `Dockerfile`.
    dockerfile_path: Option<String>,
    /// Values of the Dockerfile's `ARG`s; no place for secrets, since they stay in the image's history. YAML: `buildArgs`.
    #[own]
    build_args: Vec<BuildArg>,
    /// Arguments instead of the image's `CMD`. YAML: `command`.
    #[each(command_argument)]
    command: Vec<String>,
    /// Program and arguments instead of the image's `ENTRYPOINT`. YAML: `entryPoint`.
    #[each(entry_point_argument)]
    entry_point: Vec<String>,
}

/// The value of an `ARG` of a Dockerfile. YAML: an entry of `buildArgs`.
#[derive(Clone, Debug, PartialEq, Eq, Keyed)]
pub struct BuildArg {
    /// YAML: `argName`.
    #[required]
    #[key("argName")]
    pub name: String,
    /// YAML: `value`.
    #[required]
    pub value: String,
}

impl CustomDockerfileBuilder {
    /// Sets an `ARG` of the Dockerfile. YAML: an entry of `buildArgs`.
    pub fn build_arg(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.build_args.push(BuildArg { name: name.into(), value: value.into() });
        self
    }
}

impl From<CustomDockerfileBuilder> for Image {
    fn from(builder: CustomDockerfileBuilder) -> Self {
        Self::CustomDockerfile(builder.build())
    }
}

impl CustomDockerfile {
    /// The Dockerfile, relative to the build context.
    pub fn dockerfile(&self) -> &str {
        self.dockerfile_path.as_deref().unwrap_or("Dockerfile")
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        if self.build_context_path.trim().is_empty() {
            at.field("buildContextPath").report(&ImageIssue::NoContext);
        }
        let dockerfile = self.dockerfile();
        if leads_out(dockerfile) {
            at.field("dockerfilePath").report(&ImageIssue::DockerfileElsewhere { path: dockerfile.to_owned() });
        }
        let mut names = Set::new();
        at.field("buildArgs").each(&self.build_args, |at, BuildArg { name, .. }| {
            let begins = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
            if !begins || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_') {
                at.field("argName").report(&ImageIssue::BuildArgName { name: name.clone() });
            }
            if !names.insert(name) {
                at.field("argName").report(&ImageIssue::DuplicateBuildArg { name: name.clone() });
            }
        });
    }
}
