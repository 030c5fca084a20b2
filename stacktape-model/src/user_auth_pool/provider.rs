//! Others that know who somebody is.

use serde::ser::{Serialize, Serializer};
use stacktape_macros::model;

use crate::check::Check;
use crate::document::{Decode, Kind, Reader, Tree, words};
use crate::table::Table;
use crate::text::{Secret, Text};

/// Another one that knows who somebody is. YAML: an entry of `identityProviders`.
///
/// ```
/// use stacktape_model::text::Secret;
/// use stacktape_model::user_auth_pool::{IdentityProvider, ProviderType, UserAuthPool};
/// let users = UserAuthPool::builder("users")
///     .identity_provider(
///         IdentityProvider::builder(ProviderType::Google)
///             .client_id("1234.apps.googleusercontent.com")
///             .client_secret(Secret::new("google").key("clientSecret")),
///     )
///     .identity_provider(
///         IdentityProvider::builder(ProviderType::Saml).provider_detail("MetadataURL", "https://login.example.com/metadata.xml"),
///     );
/// ```
///
/// Providers are told the address of the pool, `https://DOMAIN/oauth2/idpresponse`, or `/saml2/idpresponse` of SAML. Several of OIDC or
/// SAML have names of their own. A change of the type or the name replaces the provider; all else is changed in place.
#[model]
pub struct IdentityProvider {
    /// `kind`: who or what it is. YAML: `type`.
    #[argument]
    #[key("type")]
    pub(crate) kind: ProviderType,
    /// How it is called in the pool, of OIDC or SAML: 3 to 32 characters, without spaces, and `_` at most as the second one. YAML:
    /// `providerName`, a key of this project, default: its type, as which Cognito wants all others called.
    pub(crate) provider_name: Option<String>,
    /// How the provider calls the pool. YAML: `clientId`; all but SAML have one.
    pub(crate) client_id: Option<Text>,
    /// By what the provider knows the pool; no template shows it. YAML: `clientSecret`, `$Secret('name.key')`.
    pub(crate) client_secret: Option<Secret>,
    /// What attributes are called at the provider. YAML: `attributeMapping`, default: `email` is called `email`.
    #[own]
    pub(crate) attribute_mapping: Table<String, String>,
    /// What is asked of the provider. YAML: `authorizeScopes`, default: what is needed for a name and an address.
    #[each(authorize_scope)]
    pub(crate) authorize_scopes: Vec<String>,
    /// What else Cognito must know of it, such as `oidc_issuer`, `team_id` or `MetadataURL`, in Cognito's own words. YAML:
    /// `providerDetails`; a value that nobody is to see is a secret.
    #[own]
    pub(crate) provider_details: Table<String, ProviderDetail>,
}

/// Who or what a provider is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProviderType {
    /// Facebook. YAML: `Facebook`.
    Facebook,
    /// Google. YAML: `Google`.
    Google,
    /// Amazon, the shop. YAML: `LoginWithAmazon`.
    LoginWithAmazon,
    /// Whoever speaks `OpenID` Connect. YAML: `OIDC`.
    Oidc,
    /// Whoever speaks SAML 2.0. YAML: `SAML`.
    Saml,
    /// Apple. YAML: `SignInWithApple`.
    SignInWithApple,
}

words!(ProviderType);

impl ProviderType {
    /// Every type.
    pub const ALL: [Self; 6] = [Self::Facebook, Self::Google, Self::LoginWithAmazon, Self::Oidc, Self::Saml, Self::SignInWithApple];

    /// The type as Cognito spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Facebook => "Facebook",
            Self::Google => "Google",
            Self::LoginWithAmazon => "LoginWithAmazon",
            Self::Oidc => "OIDC",
            Self::Saml => "SAML",
            Self::SignInWithApple => "SignInWithApple",
        }
    }

    /// What Cognito must know, each by one of these words.
    const fn needed(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::Facebook | Self::Google | Self::LoginWithAmazon => &[&[CLIENT_ID], &[CLIENT_SECRET]],
            Self::Oidc => &[&[CLIENT_ID], &["oidc_issuer"]],
            Self::Saml => &[&["MetadataURL", "MetadataFile"]],
            Self::SignInWithApple => &[&[CLIENT_ID], &["team_id"], &["key_id"], &["private_key"]],
        }
    }
}

/// Something that Cognito must know of a provider.
#[derive(Clone, Debug, PartialEq)]
pub enum ProviderDetail {
    /// Written out, or known at deployment.
    Text(Text),
    /// A secret, which `CloudFormation` reads when it deploys.
    Secret(Secret),
}

impl<T: Into<Text>> From<T> for ProviderDetail {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

impl From<Secret> for ProviderDetail {
    fn from(secret: Secret) -> Self {
        Self::Secret(secret)
    }
}

#[cfg(feature = "yaml")]
impl Decode for ProviderDetail {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        match &tree.kind {
            Kind::Secret(secret) => Some(Self::Secret(secret.clone())),
            _ => Text::decode(tree, at).map(Self::Text),
        }
    }
}

impl Serialize for ProviderDetail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => text.serialize(serializer),
            Self::Secret(secret) => secret.serialize(serializer),
        }
    }
}

impl IdentityProviderBuilder {
    /// Takes an attribute of the pool from what the provider calls so. YAML: an entry of `attributeMapping`.
    pub fn map_attribute(mut self, attribute: impl Into<String>, at_provider: impl Into<String>) -> Self {
        self.attribute_mapping.insert(attribute.into(), at_provider.into());
        self
    }

    /// Tells Cognito something about the provider, in Cognito's own words. YAML: an entry of `providerDetails`.
    pub fn provider_detail(mut self, name: impl Into<String>, value: impl Into<ProviderDetail>) -> Self {
        self.provider_details.insert(name.into(), value.into());
        self
    }
}

const CLIENT_ID: &str = "client_id";
const CLIENT_SECRET: &str = "client_secret";

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html>
fn is_name(name: &str) -> bool {
    const LENGTHS: std::ops::RangeInclusive<usize> = 3..=32;
    let is_visible = |letter: char| !letter.is_whitespace() && !letter.is_control();
    let has_line = name.chars().enumerate().any(|(index, letter)| letter == '_' && index != 1);
    LENGTHS.contains(&name.chars().count()) && name.chars().all(is_visible) && !has_line
}

impl IdentityProvider {
    /// How it is called in the pool.
    pub fn name(&self) -> &str {
        self.provider_name.as_deref().unwrap_or(self.kind.as_str())
    }

    /// Every text, and the key at which it stands.
    pub(crate) fn texts(&self) -> Vec<(&str, &Text)> {
        let details = self.provider_details.iter().filter_map(|(key, detail)| match detail {
            ProviderDetail::Text(text) => Some((key.as_str(), text)),
            ProviderDetail::Secret(_) => None,
        });
        self.client_id.iter().map(|id| ("clientId", id)).chain(details).collect()
    }

    fn has(&self, detail: &str) -> bool {
        self.provider_details.contains_key(detail)
            || match detail {
                CLIENT_ID => self.client_id.is_some(),
                CLIENT_SECRET => self.client_secret.is_some(),
                _ => false,
            }
    }

    fn check(&self, at: &mut Check<'_>) {
        if let Some(name) = &self.provider_name {
            let mut at = at.field("providerName");
            if !matches!(self.kind, ProviderType::Oidc | ProviderType::Saml) {
                at.report(&IdentityProviderIssue::FixedName { provider: self.kind.as_str() });
            } else if !is_name(name) {
                at.report(&IdentityProviderIssue::Name { name: name.clone() });
            }
        }
        if let Some(secret) = &self.client_secret {
            secret.check_in_template(&mut at.field("clientSecret"));
        }
        for (key, detail) in &self.provider_details {
            if let ProviderDetail::Secret(secret) = detail {
                secret.check_in_template(&mut at.field("providerDetails").field(key));
            }
        }
        if let Some(missing) = self.kind.needed().iter().find(|words| words.iter().all(|word| !self.has(word))) {
            let (provider, detail) = (self.kind.as_str(), missing[0]);
            at.report(&IdentityProviderIssue::Detail { provider, detail });
        }
    }
}

pub(super) fn check(providers: &[IdentityProvider], at: &mut Check<'_>) {
    at.each(providers, |at, provider| provider.check(at));
    for (index, provider) in providers.iter().enumerate() {
        if providers[..index].iter().any(|other| other.name() == provider.name()) {
            at.index(index).report(&IdentityProviderIssue::Twice { name: provider.name().to_owned() });
        }
    }
}

/// Mistakes in identity providers.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "identity_provider")]
#[non_exhaustive]
pub enum IdentityProviderIssue {
    /// What Cognito must know of a provider.
    #[error("found the provider `{provider}` without `{detail}`, expected what Cognito must know of it")]
    #[issue(
        help = "write `.client_id(id)`, `.client_secret(secret)`, or `.provider_detail(\"{detail}\", ..)`",
        yaml = "write `clientId`, `clientSecret`, or `{detail}` in `providerDetails`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html"
    )]
    Detail {
        /// Its type.
        provider: &'static str,
        /// What is missing.
        detail: &'static str,
    },
    /// Cognito's spelling of a provider's name.
    #[error("found the name `{name}`, expected 3 to 32 characters without spaces, and `_` at most as the second one")]
    #[issue(
        help = "write a name such as `acme`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html"
    )]
    Name {
        /// What was found.
        name: String,
    },
    /// There is one Google, and Cognito knows how it is called.
    #[error("found a name of the provider `{provider}`, expected none, since Cognito wants it called as its type")]
    #[issue(
        help = "leave `.provider_name(..)` out",
        yaml = "leave `providerName` out",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html"
    )]
    FixedName {
        /// Its type.
        provider: &'static str,
    },
    /// Each name is there once in a pool.
    #[error("found the provider `{name}` a second time, expected each name once")]
    #[issue(
        help = "remove one of the two, or give it a name of its own, of OIDC or SAML: `.provider_name(\"acme\")`",
        yaml = "remove one of the two, or give it a name of its own, of OIDC or SAML: `providerName: acme`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html"
    )]
    Twice {
        /// The name.
        name: String,
    },
}
