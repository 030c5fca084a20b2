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
/// Providers are told the address of the pool, `https://DOMAIN/oauth2/idpresponse`, or `/saml2/idpresponse` of SAML. In Cognito, each is
/// called as its type is. A change of the type replaces it; all else is changed in place.
#[model]
pub struct IdentityProvider {
    /// `kind`: who or what it is. YAML: `type`.
    #[argument]
    #[key("type")]
    pub(crate) kind: ProviderType,
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
        self.attribute_mapping.get_or_insert_with(Table::new).insert(attribute.into(), at_provider.into());
        self
    }

    /// Tells Cognito something about the provider, in Cognito's own words. YAML: an entry of `providerDetails`.
    pub fn provider_detail(mut self, name: impl Into<String>, value: impl Into<ProviderDetail>) -> Self {
        self.provider_details.get_or_insert_with(Table::new).insert(name.into(), value.into());
        self
    }
}

const CLIENT_ID: &str = "client_id";
const CLIENT_SECRET: &str = "client_secret";

impl IdentityProvider {
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
        if providers[..index].iter().any(|other| other.kind == provider.kind) {
            at.index(index).field("type").report(&IdentityProviderIssue::Twice { provider: provider.kind.as_str() });
        }
    }
}

/// Mistakes in identity providers.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
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
    /// A provider is called as its type is, and each name is there once in a pool.
    #[error("found the provider `{provider}` a second time, expected one of each type")]
    #[issue(
        help = "remove one of the two, or write it as a raw resource of the type `AWS::Cognito::UserPoolIdentityProvider`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateIdentityProvider.html"
    )]
    Twice {
        /// Its type.
        provider: &'static str,
    },
}
