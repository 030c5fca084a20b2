//! Mistakes in where images come from.

use super::planting::{Mistake, Planting, WORKLOAD};
use crate::container::Image;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("image::name", WORKLOAD, |planting| {
        let image = planting.text(&["my image", "", "$REGISTRY/web:1", &"a".repeat(256)]);
        packaging(planting, Image::prebuilt(image)) + ".image"
    }),
    Mistake::new("image::digest", WORKLOAD, |planting| {
        let image = planting.text(&["nginx@1.29", "nginx@sha256:abc", &format!("nginx@sha512:{}", "0".repeat(64))]);
        packaging(planting, Image::prebuilt(image)) + ".image"
    }),
    Mistake::new("image::credentials", WORKLOAD, |planting| {
        let arn = planting.one(&["registry", "arn:aws:ssm:eu-west-1:123456789012:parameter/registry", ""]);
        let image = Image::prebuilt("registry.example.com/web:1").repository_credentials_secret_arn(arn);
        packaging(planting, image) + ".repositoryCredentialsSecretArn"
    }),
    Mistake::new("image::no_context", WORKLOAD, |planting| {
        let context = planting.one(&["", " "]);
        match planting.one(&[0, 1, 2]) {
            0 => packaging(planting, Image::dockerfile(context)) + ".buildContextPath",
            1 => packaging(planting, Image::external_buildpack(context)) + ".sourceDirectoryPath",
            _ => packaging(planting, Image::nixpacks(context)) + ".sourceDirectoryPath",
        }
    }),
    Mistake::new("image::buildpack", WORKLOAD, |planting| {
        let name = planting.one(&["", "my builder", "a\n"]);
        if planting.one(&[true, false]) {
            packaging(planting, Image::external_buildpack(".").builder(name)) + ".builder"
        } else {
            packaging(planting, Image::external_buildpack(".").buildpacks(["fine", name])) + ".buildpacks[1]"
        }
    }),
    Mistake::new("image::dockerfile_elsewhere", WORKLOAD, |planting| {
        let path = planting.one(&["../Dockerfile", "/Dockerfile", ""]);
        packaging(planting, Image::dockerfile(".").dockerfile_path(path)) + ".dockerfilePath"
    }),
    Mistake::new("image::build_arg_name", WORKLOAD, |planting| {
        let name = planting.one(&["NODE-VERSION", "2FAST", ""]);
        packaging(planting, Image::dockerfile(".").build_arg("FINE", "1").build_arg(name, "1")) + ".buildArgs[1].argName"
    }),
    Mistake::new("image::duplicate_build_arg", WORKLOAD, |planting| {
        packaging(planting, Image::dockerfile(".").build_arg("A", "1").build_arg("A", "2")) + ".buildArgs[1].argName"
    }),
];

/// Gives a container another image.
pub(super) fn packaging(planting: &mut Planting<'_>, image: impl Into<Image>) -> String {
    let (container, path) = planting.container();
    container.packaging = image.into();
    path + ".packaging"
}
