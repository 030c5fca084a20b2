//! Images of registries.

use stacktape_macros::model;

use super::{Image, ImageIssue};
use crate::check::Check;
use crate::text::{Text, is_secret_arn};

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

impl From<PrebuiltImageBuilder> for Image {
    fn from(builder: PrebuiltImageBuilder) -> Self {
        Self::Prebuilt(builder.build())
    }
}

impl PrebuiltImage {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        if let Some(image) = self.image.as_known() {
            check_name(image, &mut at.field("image"));
        }
        if let Some(arn) = self.repository_credentials_secret_arn.as_ref().and_then(Text::as_known)
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
