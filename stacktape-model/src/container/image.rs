//! Where the image of a container comes from.

use std::path::{Component, Path};

use serde::ser::{Serialize, Serializer};
use stacktape_macros::{Keyed, model};

use crate::check::Check;
use crate::document::{Decode, Reader, Tagged, Tree};
use crate::table::Set;
use crate::text::{Text, is_secret_arn};

/// Where the image of a container comes from. YAML: `packaging`.
#[derive(Clone, Debug, PartialEq)]
pub enum Image {
    /// From a registry, as it is. YAML: `prebuilt-image`.
    Prebuilt(PrebuiltImage),
    /// Built from a Dockerfile by the deploying tool. YAML: `custom-dockerfile`.
    CustomDockerfile(CustomDockerfile),
}

const PREBUILT_IMAGE: &str = "prebuilt-image";
const CUSTOM_DOCKERFILE: &str = "custom-dockerfile";

impl Decode for Image {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let (kind, properties) = at.tagged(tree, &[PREBUILT_IMAGE, CUSTOM_DOCKERFILE])?;
        match kind {
            PREBUILT_IMAGE => PrebuiltImage::decode(&properties, at).map(Self::Prebuilt),
            _ => CustomDockerfile::decode(&properties, at).map(Self::CustomDockerfile),
        }
    }
}

impl Serialize for Image {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Prebuilt(properties) => Tagged { kind: PREBUILT_IMAGE, properties }.serialize(serializer),
            Self::CustomDockerfile(properties) => Tagged { kind: CUSTOM_DOCKERFILE, properties }.serialize(serializer),
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

    /// What is written out of entry point and command.
    pub(crate) fn words(&self) -> impl Iterator<Item = &String> {
        match self {
            Self::Prebuilt(image) => image.entry_point.iter().chain(&image.command),
            Self::CustomDockerfile(image) => image.entry_point.iter().chain(&image.command),
        }
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

    pub(super) fn check(&self, at: &mut Check<'_>) {
        match self {
            Self::Prebuilt(image) => image.check(at),
            Self::CustomDockerfile(image) => image.check(at),
        }
    }
}

/// An image of a registry. YAML: `prebuilt-image`.
#[model]
pub struct PrebuiltImage {
    /// `image`: its name, with a tag or a digest. YAML: `image`.
    #[argument]
    image: Text,
    /// Arguments instead of the image's `CMD`. YAML: `command`.
    #[each(command_argument)]
    command: Vec<String>,
    /// Program and arguments instead of the image's `ENTRYPOINT`. YAML: `entryPoint`.
    #[each(entry_point_argument)]
    entry_point: Vec<String>,
    /// ARN of the secret with `username` and `password` of a private registry. YAML: `repositoryCredentialsSecretArn`.
    repository_credentials_secret_arn: Option<Text>,
}

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
        self.build_args.get_or_insert_with(Vec::new).push(BuildArg { name: name.into(), value: value.into() });
        self
    }
}

impl From<PrebuiltImageBuilder> for Image {
    fn from(builder: PrebuiltImageBuilder) -> Self {
        Self::Prebuilt(builder.build())
    }
}

impl From<CustomDockerfileBuilder> for Image {
    fn from(builder: CustomDockerfileBuilder) -> Self {
        Self::CustomDockerfile(builder.build())
    }
}

impl PrebuiltImage {
    fn check(&self, at: &mut Check<'_>) {
        if let Some(image) = self.image.as_literal() {
            check_name(image, &mut at.field("image"));
        }
        if let Some(arn) = self.repository_credentials_secret_arn.as_ref().and_then(Text::as_literal)
            && !is_secret_arn(arn)
        {
            at.field("repositoryCredentialsSecretArn").report(&ImageIssue::Credentials { arn: arn.to_owned() });
        }
    }
}

/// Checks `repository:tag` or `repository@digest`; the limit of characters leaves the digest out.
fn check_name(image: &str, at: &mut Check<'_>) {
    let (name, digest) = image.split_once('@').map_or((image, None), |(name, digest)| (name, Some(digest)));
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_:./#".contains(letter);
    if !(1..=255).contains(&name.len()) || !name.chars().all(allowed) {
        at.report(&ImageIssue::Name { image: image.to_owned() });
    }
    let is_sha256 = |hash: &str| hash.len() == 64 && hash.chars().all(|letter| letter.is_ascii_hexdigit());
    if let Some(digest) = digest
        && !digest.strip_prefix("sha256:").is_some_and(is_sha256)
    {
        at.report(&ImageIssue::Digest { digest: digest.to_owned() });
    }
}

impl CustomDockerfile {
    /// The Dockerfile, relative to the build context.
    pub fn dockerfile(&self) -> &str {
        self.dockerfile_path.as_deref().unwrap_or("Dockerfile")
    }

    fn check(&self, at: &mut Check<'_>) {
        if self.build_context_path.trim().is_empty() {
            at.field("buildContextPath").report(&ImageIssue::NoContext);
        }
        let dockerfile = self.dockerfile();
        let leaves = Path::new(dockerfile).components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir));
        if dockerfile.trim().is_empty() || leaves {
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

/// Mistakes in where an image comes from.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
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
