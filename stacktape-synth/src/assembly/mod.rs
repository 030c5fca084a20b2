//! The cloud assembly: what the `cdk` CLI deploys.

mod docker;

pub use docker::{DockerBuild, Platform};
