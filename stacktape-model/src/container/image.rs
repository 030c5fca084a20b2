//! Where the image of a container comes from.

mod buildpack;
mod buildpack_issue;
mod dockerfile;
mod external_buildpack;
mod language;
mod nixpacks;
mod nixpacks_issue;
mod prebuilt;
mod program;
mod python;

pub use buildpack::{ImageBuildpack, ImageBuildpackBuilder, ImageBuildpackParts};
pub use buildpack_issue::BuildpackIssue;
pub use dockerfile::{BuildArg, CustomDockerfile, CustomDockerfileBuilder, CustomDockerfileParts};
pub use external_buildpack::{ExternalBuildpack, ExternalBuildpackBuilder, ExternalBuildpackParts};
pub use language::{
    DotNetConfig, DotNetConfigBuilder, DotNetConfigParts, DotNetVersion, JavaConfig, JavaConfigBuilder, JavaConfigParts, JavaVersion,
    Language, LanguageConfig, ModuleFormat, NodeConfig, NodeConfigBuilder, NodeConfigParts, PhpConfig, PhpVersion, RubyConfig, RubyVersion,
};
pub use nixpacks::{Nixpacks, NixpacksBuilder, NixpacksParts, NixpacksPhase};
pub use nixpacks_issue::NixpacksIssue;
pub use prebuilt::{PrebuiltImage, PrebuiltImageBuilder, PrebuiltImageParts};
pub(crate) use program::Program;
pub use python::{PythonConfig, PythonConfigBuilder, PythonConfigParts, PythonPackageManager, PythonServer, PythonVersion};

use std::path::{Component, Path};

use serde::ser::{Serialize, Serializer};

use crate::check::Check;
use crate::document::{Decode, Reader, Tagged, Tree};

/// Where the image of a container comes from. YAML: `packaging`.
#[derive(Clone, Debug, PartialEq)]
pub enum Image {
    /// From a registry, as it is. YAML: `prebuilt-image`.
    Prebuilt(PrebuiltImage),
    /// Built from a Dockerfile by the deploying tool. YAML: `custom-dockerfile`.
    CustomDockerfile(CustomDockerfile),
    /// Built from sources, without a Dockerfile of one's own. YAML: `stacktape-image-buildpack`.
    Buildpack(Box<ImageBuildpack>),
    /// Built by Cloud Native Buildpacks. YAML: `external-buildpack`.
    ExternalBuildpack(ExternalBuildpack),
    /// Built by Nixpacks. YAML: `nixpacks`.
    Nixpacks(Box<Nixpacks>),
}

const PREBUILT_IMAGE: &str = "prebuilt-image";
const CUSTOM_DOCKERFILE: &str = "custom-dockerfile";
const IMAGE_BUILDPACK: &str = "stacktape-image-buildpack";
const EXTERNAL_BUILDPACK: &str = "external-buildpack";
const NIXPACKS: &str = "nixpacks";

#[cfg(feature = "yaml")]
impl Decode for Image {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let (kind, properties) = at.tagged(tree, &[PREBUILT_IMAGE, CUSTOM_DOCKERFILE, IMAGE_BUILDPACK, EXTERNAL_BUILDPACK, NIXPACKS])?;
        match kind {
            PREBUILT_IMAGE => PrebuiltImage::decode(&properties, at).map(Self::Prebuilt),
            CUSTOM_DOCKERFILE => CustomDockerfile::decode(&properties, at).map(Self::CustomDockerfile),
            IMAGE_BUILDPACK => ImageBuildpack::decode(&properties, at).map(Box::new).map(Self::Buildpack),
            EXTERNAL_BUILDPACK => ExternalBuildpack::decode(&properties, at).map(Self::ExternalBuildpack),
            _ => Nixpacks::decode(&properties, at).map(Box::new).map(Self::Nixpacks),
        }
    }
}

impl Serialize for Image {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Prebuilt(properties) => Tagged { kind: PREBUILT_IMAGE, properties }.serialize(serializer),
            Self::CustomDockerfile(properties) => Tagged { kind: CUSTOM_DOCKERFILE, properties }.serialize(serializer),
            Self::Buildpack(properties) => Tagged { kind: IMAGE_BUILDPACK, properties: properties.as_ref() }.serialize(serializer),
            Self::ExternalBuildpack(properties) => Tagged { kind: EXTERNAL_BUILDPACK, properties }.serialize(serializer),
            Self::Nixpacks(properties) => Tagged { kind: NIXPACKS, properties: properties.as_ref() }.serialize(serializer),
        }
    }
}

impl Image {
    /// An image of a registry: `nginx:1.29`, `public.ecr.aws/nginx/nginx@sha256:..`.
    ///
    /// ```
    /// use stacktape_model::container::Image;
    /// let nginx = Image::prebuilt("public.ecr.aws/nginx/nginx:1.29").command(["nginx", "-g", "daemon off;"]);
    /// ```
    pub fn prebuilt(image: impl Into<String>) -> PrebuiltImageBuilder {
        PrebuiltImage::builder(image.into())
    }

    /// An image that is built from the `Dockerfile` of a directory of the project.
    ///
    /// ```
    /// use stacktape_model::container::Image;
    /// let api = Image::dockerfile("services/api").dockerfile_path("docker/Dockerfile").build_arg("NODE_VERSION", "24");
    /// ```
    pub fn dockerfile(build_context_path: impl Into<String>) -> CustomDockerfileBuilder {
        CustomDockerfile::builder(build_context_path.into())
    }

    /// An image that is built from the sources of a program, in a language that its extension tells: JavaScript and TypeScript,
    /// Python, Java, Go, Ruby, PHP or .NET. Docker is all that the deploying machine needs.
    ///
    /// ```
    /// use stacktape_model::container::{Image, NodeConfig};
    /// let api = Image::buildpack("src/main.ts").language(NodeConfig::builder().node_version(22));
    /// ```
    pub fn buildpack(entryfile_path: impl Into<String>) -> ImageBuildpackBuilder {
        ImageBuildpack::builder(entryfile_path.into())
    }

    /// An image that Cloud Native Buildpacks make of a directory of the project.
    ///
    /// ```
    /// use stacktape_model::container::Image;
    /// let api = Image::external_buildpack("services/api").builder("heroku/builder:24").buildpack("heroku/nodejs");
    /// ```
    pub fn external_buildpack(source_directory_path: impl Into<String>) -> ExternalBuildpackBuilder {
        ExternalBuildpack::builder(source_directory_path.into())
    }

    /// An image that Nixpacks makes of a directory of the project.
    ///
    /// ```
    /// use stacktape_model::container::{Image, NixpacksPhase};
    /// let api = Image::nixpacks("services/api").phase(NixpacksPhase::new("setup").nix_pkgs(["...", "ffmpeg"])).start_cmd("node api.js");
    /// ```
    pub fn nixpacks(source_directory_path: impl Into<String>) -> NixpacksBuilder {
        Nixpacks::builder(source_directory_path.into())
    }

    /// What is written out of entry point and command.
    pub(crate) fn words(&self) -> impl Iterator<Item = &String> {
        let (entry_point, command): (&[String], &[String]) = match self {
            Self::Prebuilt(image) => (image.parts().entry_point, image.parts().command),
            Self::CustomDockerfile(image) => (image.parts().entry_point, image.parts().command),
            Self::Buildpack(_) | Self::Nixpacks(_) => (&[], &[]),
            Self::ExternalBuildpack(image) => (&[], image.parts().command),
        };
        entry_point.iter().chain(command)
    }

    /// Whether another program is started than the image says.
    pub(crate) fn has_entry_point(&self) -> bool {
        match self {
            Self::Prebuilt(image) => !image.parts().entry_point.is_empty(),
            Self::CustomDockerfile(image) => !image.parts().entry_point.is_empty(),
            Self::Buildpack(_) | Self::ExternalBuildpack(_) | Self::Nixpacks(_) => false,
        }
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        match self {
            Self::Prebuilt(image) => image.check(at),
            Self::CustomDockerfile(image) => image.check(at),
            Self::Buildpack(image) => image.check(at),
            Self::ExternalBuildpack(image) => image.check(at),
            Self::Nixpacks(image) => image.check(at),
        }
    }
}

/// Whether a path names nothing, or leads out of the directory that it is relative to.
pub(crate) fn leads_out(path: &str) -> bool {
    path.trim().is_empty() || Path::new(path).components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir))
}

/// Mistakes in where an image comes from.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "image")]
#[non_exhaustive]
pub enum ImageIssue {
    /// ECS's spelling of an image.
    #[error("found the image `{image}`, expected 1 to 255 letters, digits and `-_:./#`, and at most a digest behind them")]
    #[issue(
        help = "write an image such as `public.ecr.aws/nginx/nginx:1.29`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    )]
    Name {
        /// What was found.
        image: String,
    },
    /// The one digest that ECS knows.
    #[error("found the digest `{digest}`, expected `sha256:` and 64 hexadecimal digits")]
    #[issue(
        help = "copy the digest from the registry, or write a tag: `nginx:1.29`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    )]
    Digest {
        /// What was found.
        digest: String,
    },
    /// ECS reads a private registry's user and password from Secrets Manager.
    #[error("found `{arn}`, expected the ARN of a secret in Secrets Manager")]
    #[issue(
        help = "write an ARN such as `arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html"
    )]
    Credentials {
        /// What was found.
        arn: String,
    },
    /// An image is built from a directory.
    #[error("found no build context, expected a directory of the project")]
    #[issue(help = "write a path such as `.` or `services/api`", docs = "https://docs.docker.com/build/concepts/context/")]
    NoContext,
    /// Builders and buildpacks are named by one word each.
    #[error("found `{found}`, expected the name of a builder or buildpack")]
    #[issue(help = "write a name such as `paketobuildpacks/builder-jammy-base` or `paketo-buildpacks/nodejs`")]
    Buildpack {
        /// What was found.
        found: String,
    },
    /// The deploying tool builds with what is in the context, and with nothing else.
    #[error("found the Dockerfile `{path}`, expected a path inside the build context")]
    #[issue(
        help = "move the Dockerfile into the build context, and write its path relative to that",
        docs = "https://docs.docker.com/build/concepts/context/"
    )]
    DockerfileElsewhere {
        /// What was found.
        path: String,
    },
    /// Docker's spelling of a build argument.
    #[error("found the build argument `{name}`, expected letters, digits and `_`, the first one no digit")]
    #[issue(help = "write the name of an `ARG` of the Dockerfile", docs = "https://docs.docker.com/reference/dockerfile/#arg")]
    BuildArgName {
        /// What was found.
        name: String,
    },
    /// An argument has one value.
    #[error("found the build argument `{name}` a second time, expected each name once")]
    #[issue(help = "leave one of the two out", docs = "https://docs.docker.com/reference/dockerfile/#arg")]
    DuplicateBuildArg {
        /// The name.
        name: String,
    },
}
