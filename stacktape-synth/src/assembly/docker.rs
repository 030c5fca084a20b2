//! Images that the deploying tool builds.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::cfn::AssetKey;

/// An image that the deploying tool builds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DockerBuild {
    /// What asks for it: the path of the packaging in the configuration.
    pub key: AssetKey,
    /// What people see while it is built: `workload/container`.
    pub display_name: String,
    /// The build context, relative to the project.
    pub context: PathBuf,
    /// The Dockerfile, relative to the build context.
    pub dockerfile: PathBuf,
    /// Values of the Dockerfile's `ARG`s.
    pub build_args: BTreeMap<String, String>,
    /// The processors that it is built for.
    pub platform: Platform,
}

/// The processors and the system that an image is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Linux on Intel and AMD.
    LinuxAmd64,
    /// Linux on ARM.
    LinuxArm64,
}

impl Platform {
    /// The platform as Docker spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LinuxAmd64 => "linux/amd64",
            Self::LinuxArm64 => "linux/arm64",
        }
    }
}
