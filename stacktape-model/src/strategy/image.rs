//! Where images come from.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::text::secret_arn;
use crate::container::{CustomDockerfile, Image, PrebuiltImage};
use crate::text::{Fact, Text};

/// Images of registries and, where there are build contexts (directories of the project), images that are built of them.
/// Shrinks to an image of a registry.
pub fn image(build_contexts: &[String]) -> BoxedStrategy<Image> {
    let prebuilt = prebuilt_image().prop_map(Image::Prebuilt).boxed();
    if build_contexts.is_empty() {
        return prebuilt;
    }
    prop_oneof![2 => prebuilt, 1 => custom_dockerfile(build_contexts).prop_map(Image::CustomDockerfile)].boxed()
}

/// Words of a command: a program with some arguments, or nothing.
fn command() -> impl Strategy<Value = Vec<&'static str>> {
    vec(select(vec!["/bin/sh", "-c", "echo \"$HOME\" && sleep 3600", "--größe=1", "a,b"]), 0..3)
}

/// Images of registries: by tag, by digest, of the account's own registry; with and without entry point, command and credentials
/// (the ARN of a secret).
pub fn prebuilt_image() -> impl Strategy<Value = PrebuiltImage> {
    let digest = "0123456789abcdef".repeat(4);
    let own = Text::joined([Fact::AccountId.into(), ".dkr.ecr.".into(), Fact::Region.into(), ".amazonaws.com/team_a/web:v1.2".into()]);
    let image = prop_oneof![
        Just(Text::from("nginx:1.29")),
        Just("public.ecr.aws/docker/library/busybox".into()),
        Just(format!("registry.example.com:5000/side@sha256:{digest}").into()),
        Just(own),
    ];
    (image, command(), command(), option::of(secret_arn())).prop_map(|(image, command, entry_point, credentials)| {
        let image = PrebuiltImage::builder(image).command(command).entry_point(entry_point);
        match credentials {
            Some(arn) => image.repository_credentials_secret_arn(arn).build(),
            None => image.build(),
        }
    })
}

/// Images that are built of one of these directories, each with a `Dockerfile`.
///
/// # Panics
/// Without a build context.
pub fn custom_dockerfile(build_contexts: &[String]) -> BoxedStrategy<CustomDockerfile> {
    let dockerfile = option::of(select(vec!["Dockerfile", "./Dockerfile"]));
    let arguments = subsequence(&["NODE_VERSION", "_a1"][..], 0..=2);
    (select(build_contexts.to_vec()), dockerfile, arguments, command(), command())
        .prop_map(|(context, dockerfile, arguments, command, entry_point)| {
            let image = CustomDockerfile::builder(context).command(command).entry_point(entry_point);
            let image = arguments.into_iter().fold(image, |image, name| image.build_arg(name, "24"));
            match dockerfile {
                Some(path) => image.dockerfile_path(path).build(),
                None => image.build(),
            }
        })
        .boxed()
}
