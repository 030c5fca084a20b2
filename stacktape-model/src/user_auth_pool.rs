//! `user-auth-pool`: a user pool of Amazon Cognito.

mod attribute;
mod client;
mod hooks;
mod issue;
mod message;
mod provider;
mod security;

pub use attribute::{AttributeType, SchemaAttribute, SchemaAttributeBuilder, SchemaAttributeParts, UserAttributeIssue};
pub use client::{OAuthFlow, UserPoolClientIssue, reserved_word};
pub use hooks::{UserPoolHooks, UserPoolHooksBuilder, UserPoolHooksParts};
pub use issue::UserAuthPoolIssue;
pub use message::{
    EmailConfiguration, EmailConfigurationBuilder, EmailConfigurationParts, InviteMessages, InviteMessagesBuilder, InviteMessagesParts,
    UserVerification, VerificationMessages, VerificationMessagesBuilder, VerificationMessagesParts,
};
pub use provider::{IdentityProvider, IdentityProviderBuilder, IdentityProviderIssue, IdentityProviderParts, ProviderDetail, ProviderType};
pub use security::{Mfa, MfaBuilder, MfaParts, MfaStatus, MfaType, PasswordPolicy, PasswordPolicyBuilder, PasswordPolicyParts};

use stacktape_macros::model;

use crate::check::Check;
use crate::custom_domain::CustomDomain;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::removal_policy::RemovalPolicy;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// People who sign up and sign in, and the tokens by which programs know them. YAML: `user-auth-pool`.
///
/// ```
/// use stacktape_model::container::{Authorizer, HttpApiEvent, Method};
/// use stacktape_model::http_api_gateway::HttpApiGateway;
/// use stacktape_model::user_auth_pool::{PasswordPolicy, UserAuthPool};
/// let users = UserAuthPool::builder("users")
///     .enable_hosted_ui(true)
///     .callback_url("https://shop.example.com/signed-in")
///     .password_policy(PasswordPolicy::builder().minimum_length(12))
///     .build();
/// let gateway = HttpApiGateway::builder("main").build();
/// let orders = HttpApiEvent::new(&gateway, Method::Get, "/orders", 3000).authorizer(Authorizer::cognito(&users));
/// ```
///
/// **Creates** an `AWS::Cognito::UserPool`, an `AWS::Cognito::UserPoolClient` and an `AWS::Cognito::UserPoolDomain`; an
/// `AWS::Cognito::UserPoolIdentityProvider` for each provider, an `AWS::Cognito::UserPoolUICustomizationAttachment` where pages have a
/// style, an `AWS::Lambda::Permission` for each function among the hooks, an `AWS::IAM::Role` where messages go to phones, and an
/// `AWS::SecretsManager::Secret` for the secret of the client where it has one.
///
/// **Defaults**: everybody may sign up, by an address or a phone number; a code that is sent to the address proves it; access and ID
/// tokens count for an hour, refresh tokens for 30 days. The client takes passwords, SRP, challenges of your own and refresh tokens, and
/// does not tell whether a user exists.
///
/// # What cannot change
///
/// Cognito refuses to change by what people sign in (`allowEmailAsUserName`, `allowPhoneNumberAsUserName`), and to change or remove
/// attributes of `schema`, of a pool that is there. To change them, write a pool of another name beside it, and move the users.
#[model(resource)]
#[allow(clippy::struct_excessive_bools)] // each is a key of documents
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct UserAuthPool {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the pool, with its users.
    #[argument]
    pub(crate) name: String,
    /// Whether people cannot sign up by themselves. YAML: `allowOnlyAdminsToCreateAccount`, default `false`. Changed in place.
    allow_only_admins_to_create_account: bool,
    /// For how many days a user whom an administrator has made may sign in for the first time: 0 to 365. YAML:
    /// `unusedAccountValidityDays`, default 31. Changed in place. It is the same as `temporaryPasswordValidityDays` of the password
    /// policy, by which Cognito has replaced it.
    pub(crate) unused_account_validity_days: Option<u16>,
    /// Whether people may sign up and in by an address. YAML: `allowEmailAsUserName`, default `true`. Cannot be changed.
    pub(crate) allow_email_as_user_name: Option<bool>,
    /// Whether people may sign up and in by a phone number. YAML: `allowPhoneNumberAsUserName`, default `true`. Cannot be changed.
    pub(crate) allow_phone_number_as_user_name: Option<bool>,
    /// How people prove that an address or a number is theirs. YAML: `userVerificationType`, default `email-code`. Changed in place.
    pub(crate) user_verification_type: UserVerification,
    /// What is sent to who has signed up. YAML: `userVerificationMessageConfig`, default: Cognito's own messages. Changed in place.
    pub(crate) user_verification_message_config: Option<VerificationMessages>,
    /// What is sent to whom an administrator has made. YAML: `inviteMessageConfig`, default: Cognito's own messages. Changed in place.
    pub(crate) invite_message_config: Option<InviteMessages>,
    /// Who sends mail. YAML: `emailConfiguration`, default: Cognito, at most 50 a day. Changed in place.
    pub(crate) email_configuration: Option<EmailConfiguration>,
    /// What passwords must have. YAML: `passwordPolicy`, default: 8 letters, capital letters, digits and symbols, as Cognito says.
    /// Changed in place.
    pub(crate) password_policy: Option<PasswordPolicy>,
    /// Whether people prove themselves a second time. YAML: `mfaConfiguration`, default: off. Changed in place.
    pub(crate) mfa_configuration: Option<Mfa>,
    /// What is kept of each user beside the standard attributes, or is required of them; at most 50. YAML: `schema`. Attributes can be
    /// added in place; Cognito refuses to change or remove them.
    #[each(schema_attribute)]
    pub(crate) schema: Vec<SchemaAttribute>,
    /// For how many seconds an access token counts: 300 to 86,400. YAML: `accessTokenValiditySeconds`, default 3600. Changed in place.
    pub(crate) access_token_validity_seconds: Option<u32>,
    /// For how many seconds an ID token counts: 300 to 86,400. YAML: `idTokenValiditySeconds`, default 3600. Changed in place.
    pub(crate) id_token_validity_seconds: Option<u32>,
    /// For how many days a refresh token counts: 1 to 3650. YAML: `refreshTokenValidityDays`, default 30. Changed in place.
    pub(crate) refresh_token_validity_days: Option<u32>,
    /// How the pages hand tokens over. YAML: `allowedOAuthFlows`, default: `code` and `implicit`. Changed in place.
    #[each(allowed_oauth_flow)]
    #[key("allowedOAuthFlows")]
    pub(crate) allowed_oauth_flows: Vec<OAuthFlow>,
    /// What tokens of the pages may be used for; at most 50. YAML: `allowedOAuthScopes`, default: `email`, `openid` and `profile`.
    /// Changed in place.
    #[each(allowed_oauth_scope)]
    #[key("allowedOAuthScopes")]
    pub(crate) allowed_oauth_scopes: Vec<String>,
    /// Where the pages may lead who has signed in; at most 100. YAML: `callbackURLs`, default `http://localhost:3000`. Changed in place.
    #[each(callback_url)]
    #[key("callbackURLs")]
    pub(crate) callback_urls: Vec<Text>,
    /// Where the pages may lead who has signed out; at most 100. YAML: `logoutURLs`, default: nowhere. Changed in place.
    #[each(logout_url)]
    #[key("logoutURLs")]
    pub(crate) logout_urls: Vec<Text>,
    /// Whether the client has a secret, for programs that can keep one. YAML: `generateClientSecret`, default `false`. A change replaces
    /// the client, and its id.
    pub(crate) generate_client_secret: bool,
    /// Whether people sign in by identity providers alone, and not by a password of the pool. YAML:
    /// `allowOnlyExternalIdentityProviders`, default `false`. Changed in place.
    pub(crate) allow_only_external_identity_providers: bool,
    /// Whether there are pages to sign up and sign in, and the endpoints of OAuth 2.0. YAML: `enableHostedUi`, default: where anything
    /// is said of them (flows, scopes, URLs, a style, a domain of your own, identity providers). Changed in place.
    pub(crate) enable_hosted_ui: bool,
    /// With what the domain of the pages begins, in front of `.auth.REGION.amazoncognito.com`: 1 to 63 small letters, digits and `-`,
    /// unlike that of anyone else in the region. YAML: `hostedUiDomainPrefix`, default: the names of stack and pool and the account's id.
    /// Cognito keeps one such domain a pool, and refuses another one as long as the old one is there.
    pub(crate) hosted_ui_domain_prefix: Option<String>,
    /// A style sheet for the pages, with the classes that Cognito knows, at most 131,072 characters. YAML: `hostedUiCSS`, default:
    /// Cognito's own. Changed in place.
    #[key("hostedUiCSS")]
    pub(crate) hosted_ui_css: Option<String>,
    /// A domain of your own for the pages, at most 63 characters, with a certificate in the region `us-east-1`. YAML: `customDomain`,
    /// default: none. Cognito wants the domain above it to have an address: for `auth.example.com`, an `A` record of `example.com`. A
    /// change of its name replaces the domain.
    pub(crate) custom_domain: Option<CustomDomain>,
    /// Others that know who somebody is; one of each type. YAML: `identityProviders`. Changed in place.
    #[each(identity_provider)]
    pub(crate) identity_providers: Vec<IdentityProvider>,
    /// Functions that Cognito calls on the way. YAML: `hooks`. Changed in place.
    pub(crate) hooks: Option<Box<UserPoolHooks>>,
    /// What becomes of the pool, with its users and the role by which it sends to phones, when it leaves the stack. YAML:
    /// `removalPolicy`, default `delete`. Changed in place.
    removal_policy: RemovalPolicy,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

impl UserAuthPool {
    /// The pool's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The pool's id. YAML: `$ResourceParam('..', 'id')`.
    #[track_caller]
    pub fn id(&self) -> Text {
        self.param(UserAuthPoolParam::Id)
    }

    /// The id of the pool's client, which programs send with every request. YAML: `$ResourceParam('..', 'clientId')`.
    #[track_caller]
    pub fn client_id(&self) -> Text {
        self.param(UserAuthPoolParam::ClientId)
    }

    /// The pool's ARN. YAML: `$ResourceParam('..', 'arn')`.
    #[track_caller]
    pub fn arn(&self) -> Text {
        self.param(UserAuthPoolParam::Arn)
    }

    /// The pool as an identity provider: the issuer of its tokens, without `https://`. YAML: `$ResourceParam('..', 'providerUrl')`.
    #[track_caller]
    pub fn provider_url(&self) -> Text {
        self.param(UserAuthPoolParam::ProviderUrl)
    }

    /// The domain of the pages, without `https://`: your own, or that of Cognito. YAML: `$ResourceParam('..', 'domain')`.
    #[track_caller]
    pub fn domain(&self) -> Text {
        self.param(UserAuthPoolParam::Domain)
    }

    /// The secret of the client, of a pool that generates one. It goes into the environment of a program and nowhere else: to containers
    /// ECS and Batch hand it over, and the configuration of a function shows it. YAML: `$ResourceParam('..', 'clientSecret')`.
    #[track_caller]
    pub fn client_secret(&self) -> Text {
        self.param(UserAuthPoolParam::ClientSecret)
    }

    #[track_caller]
    fn param(&self, param: UserAuthPoolParam) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::UserAuthPool), param: Param::UserAuthPool(param) })
    }

    /// For how many days a temporary password counts.
    pub fn temporary_password_days(&self) -> u16 {
        const DEFAULT: u16 = 31;
        let of_policy = self.password_policy.as_ref().and_then(|policy| policy.temporary_password_validity_days);
        of_policy.or(self.unused_account_validity_days).unwrap_or(DEFAULT)
    }

    /// Whether people may sign up and in by an address.
    pub fn takes_emails(&self) -> bool {
        self.allow_email_as_user_name.unwrap_or(true)
    }

    /// Whether people may sign up and in by a phone number.
    pub fn takes_phone_numbers(&self) -> bool {
        self.allow_phone_number_as_user_name.unwrap_or(true)
    }

    /// Whether the pool has pages, and the endpoints of OAuth 2.0.
    pub fn has_hosted_ui(&self) -> bool {
        self.enable_hosted_ui
            || self.allow_only_external_identity_providers
            || !self.allowed_oauth_flows.is_empty()
            || !self.allowed_oauth_scopes.is_empty()
            || !self.callback_urls.is_empty()
            || !self.logout_urls.is_empty()
            || !self.identity_providers.is_empty()
            || self.hosted_ui_domain_prefix.is_some()
            || self.hosted_ui_css.is_some()
            || self.custom_domain.is_some()
    }

    /// Whether the pool sends messages to phones.
    pub fn sends_sms(&self) -> bool {
        let second = self.mfa_configuration.as_ref().is_some_and(|mfa| mfa.uses(MfaType::Sms));
        let invites = self.invite_message_config.as_ref().is_some_and(|messages| messages.sms_message.is_some());
        self.user_verification_type == UserVerification::Sms || second || invites
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        self.check_security(at);
        self.check_messages(at);
        attribute::check(&self.schema, &mut at.field("schema"));
        self.check_client(at);
        provider::check(&self.identity_providers, &mut at.field("identityProviders"));
        if let Some(hooks) = &self.hooks {
            hooks.check(&mut at.field("hooks"));
        }
    }
}

/// What other resources may know of a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserAuthPoolParam {
    /// `id`.
    Id,
    /// `clientId`.
    ClientId,
    /// `arn`.
    Arn,
    /// `providerUrl`.
    ProviderUrl,
    /// `domain`.
    Domain,
    /// `clientSecret`, of a pool that generates one.
    ClientSecret,
}

impl UserAuthPoolParam {
    /// Every parameter, in the order in which variables are injected.
    pub const ALL: [Self; 6] = [Self::Id, Self::ClientId, Self::Arn, Self::ProviderUrl, Self::Domain, Self::ClientSecret];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::ClientId => "clientId",
            Self::Arn => "arn",
            Self::ProviderUrl => "providerUrl",
            Self::Domain => "domain",
            Self::ClientSecret => "clientSecret",
        }
    }
}
