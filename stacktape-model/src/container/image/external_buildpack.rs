//! Images that Cloud Native Buildpacks make.

use stacktape_macros::model;

use super::{Image, ImageIssue};
use crate::check::Check;

/// An image that Cloud Native Buildpacks make of a directory: they find out what is in it, and how that is built. YAML:
/// `external-buildpack`.
///
/// The tool `pack` builds the image, where it is installed; elsewhere Docker runs it.
#[model]
pub struct ExternalBuildpack {
    /// `source_directory_path`: a directory of the project, relative to it. What its `.dockerignore` names stays out. YAML:
    /// `sourceDirectoryPath`.
    #[argument]
    source_directory_path: String,
    /// The image that builds. YAML: `builder`, default `paketobuildpacks/builder-jammy-base`.
    builder: Option<String>,
    /// Buildpacks, in the order in which they are tried, instead of those that the builder has. YAML: `buildpacks`.
    #[each(buildpack)]
    buildpacks: Vec<String>,
    /// Arguments instead of what the image starts by itself. YAML: `command`.
    #[each(command_argument)]
    command: Vec<String>,
}

const BUILDER: &str = "paketobuildpacks/builder-jammy-base";

impl From<ExternalBuildpackBuilder> for Image {
    fn from(builder: ExternalBuildpackBuilder) -> Self {
        Self::ExternalBuildpack(builder.build())
    }
}

impl ExternalBuildpack {
    /// The image that builds.
    pub fn builder_image(&self) -> &str {
        self.builder.as_deref().unwrap_or(BUILDER)
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        if self.source_directory_path.trim().is_empty() {
            at.field("sourceDirectoryPath").report(&ImageIssue::NoContext);
        }
        if !is_one_word(self.builder_image()) {
            at.field("builder").report(&ImageIssue::Buildpack { found: self.builder_image().to_owned() });
        }
        at.field("buildpacks").each(&self.buildpacks, |at, buildpack| {
            if !is_one_word(buildpack) {
                at.report(&ImageIssue::Buildpack { found: buildpack.clone() });
            }
        });
    }
}

fn is_one_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}
