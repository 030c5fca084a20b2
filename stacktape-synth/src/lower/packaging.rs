//! The image that a container runs, how it starts, and what it is built of.

use std::path::PathBuf;

use stacktape_model::container::{BuildArg, CustomDockerfileParts, ExternalBuildpackParts, Image, PrebuiltImageParts};
use stacktape_model::stack::ValidStack;

use crate::assembly::ImageSource;
use crate::cfn::{AssetHole, AssetKey, Value};
use crate::lower::text;

/// An image as a container runs it.
pub(super) struct Packaging {
    pub(super) image: Value<String>,
    /// Empty where the image knows it.
    pub(super) command: Vec<String>,
    /// Empty where the image knows it.
    pub(super) entry_point: Vec<String>,
    /// The ARN of the secret by which ECS logs in to the registry.
    pub(super) credentials: Option<Value<String>>,
}

/// Lowers an image; one that is built is known by the key of its asset.
pub(super) fn lower(image: &Image, key: AssetKey, stack: &ValidStack) -> Packaging {
    let built = |command: &[String], entry_point: &[String]| Packaging {
        image: AssetHole::ImageUri(key).into(),
        command: command.to_vec(),
        entry_point: entry_point.to_vec(),
        credentials: None,
    };
    // No `..`: a new field of the model must not compile until it is lowered here. What is left out makes the image: see `source`.
    match image {
        Image::Prebuilt(prebuilt) => {
            let PrebuiltImageParts { image, command, entry_point, repository_credentials_secret_arn } = prebuilt.parts();
            Packaging {
                image: text::lower(image, stack),
                command: command.clone(),
                entry_point: entry_point.clone(),
                credentials: repository_credentials_secret_arn.as_ref().map(|arn| text::lower(arn, stack)),
            }
        }
        Image::CustomDockerfile(custom) => {
            let CustomDockerfileParts { build_context_path: _, dockerfile_path: _, build_args: _, command, entry_point } = custom.parts();
            built(command, entry_point)
        }
        Image::ExternalBuildpack(image) => {
            let ExternalBuildpackParts { source_directory_path: _, builder: _, buildpacks: _, command } = image.parts();
            built(command, &[])
        }
        Image::Buildpack(_) | Image::Nixpacks(_) => built(&[], &[]),
    }
}

/// What an image is built of, if it is built.
pub(super) fn source(image: &Image) -> Option<ImageSource> {
    Some(match image {
        Image::Prebuilt(_) => return None,
        Image::CustomDockerfile(custom) => {
            let CustomDockerfileParts { build_context_path, dockerfile_path: _, build_args, command: _, entry_point: _ } = custom.parts();
            ImageSource::Dockerfile {
                context: PathBuf::from(build_context_path),
                dockerfile: PathBuf::from(custom.dockerfile()),
                build_args: build_args.iter().map(|BuildArg { name, value }| (name.clone(), value.clone())).collect(),
            }
        }
        Image::Buildpack(image) => ImageSource::Buildpack(image.clone()),
        Image::ExternalBuildpack(image) => ImageSource::ExternalBuildpack(image.clone()),
        Image::Nixpacks(image) => ImageSource::Nixpacks(image.clone()),
    })
}
