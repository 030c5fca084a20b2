//! Mistakes in user pools.

use super::planting::{Mistake, Planting};
use crate::custom_domain::{CustomDomain, CustomDomainBuilder};
use crate::text::{Secret, Text};
use crate::user_auth_pool::{
    AttributeType, EmailConfiguration, IdentityProvider, InviteMessages, Mfa, MfaStatus, MfaType, PasswordPolicy, ProviderType,
    SchemaAttribute, UserAuthPool, UserAuthPoolBuilder, UserPoolHooks, VerificationMessages,
};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("user_auth_pool::validity_days", |planting| {
        let days = planting.one(&[366, u16::MAX]);
        if planting.one(&[true, false]) {
            add(planting, pool().unused_account_validity_days(days), "unusedAccountValidityDays")
        } else {
            let policy = PasswordPolicy::builder().temporary_password_validity_days(days);
            add(planting, pool().password_policy(policy), "passwordPolicy.temporaryPasswordValidityDays")
        }
    }),
    Mistake::anywhere("user_auth_pool::two_validities", |planting| {
        let days = planting.one(&[0, 30, 365]);
        let policy = PasswordPolicy::builder().temporary_password_validity_days(days);
        let pool = pool().unused_account_validity_days(31).password_policy(policy);
        add(planting, pool, "passwordPolicy.temporaryPasswordValidityDays")
    }),
    Mistake::anywhere("user_auth_pool::password_length", |planting| {
        let length = planting.one(&[5, 100, 0]);
        add(planting, pool().password_policy(PasswordPolicy::builder().minimum_length(length)), "passwordPolicy.minimumLength")
    }),
    Mistake::anywhere("user_auth_pool::no_mfa_type", |planting| {
        let status = planting.one(&[MfaStatus::On, MfaStatus::Optional]);
        add(planting, pool().mfa_configuration(Mfa::builder(status)), "mfaConfiguration.enabledTypes")
    }),
    Mistake::anywhere("user_auth_pool::idle_mfa_types", |planting| {
        let kind = planting.one(&MfaType::ALL);
        add(planting, pool().mfa_configuration(Mfa::builder(MfaStatus::Off).enabled_type(kind)), "mfaConfiguration.enabledTypes")
    }),
    Mistake::anywhere("user_auth_pool::email_mfa_without_ses", |planting| {
        let status = planting.one(&[MfaStatus::On, MfaStatus::Optional]);
        let mfa = Mfa::builder(status).enabled_types([MfaType::SoftwareToken, MfaType::EmailOtp]);
        add(planting, pool().mfa_configuration(mfa), "mfaConfiguration.enabledTypes")
    }),
    Mistake::anywhere("user_auth_pool::message_length", |planting| {
        let message = planting.text(&[&format!("{{####}}{}", "a".repeat(135)), "", "Code?"]);
        let messages = VerificationMessages::builder().sms_message(message);
        add(planting, pool().user_verification_message_config(messages), "userVerificationMessageConfig.smsMessage")
    }),
    Mistake::anywhere("user_auth_pool::placeholder", |planting| {
        let message = planting.text(&["Welcome, {username}", "Your password: {####}", "Welcome to the shop"]);
        add(planting, pool().invite_message_config(InviteMessages::builder().email_message(message)), "inviteMessageConfig.emailMessage")
    }),
    Mistake::anywhere("user_auth_pool::ses_address_arn", |planting| {
        let arn = planting.one(&["shop@example.com", "arn:aws:ses:us-east-1:123456789012:configuration-set/shop", ""]);
        add(planting, pool().email_configuration(EmailConfiguration::builder().ses_address_arn(arn)), "emailConfiguration.sesAddressArn")
    }),
    Mistake::anywhere("user_auth_pool::idle_sender", |planting| {
        let from = planting.one(&["shop@example.com", "The shop <shop@example.com>"]);
        add(planting, pool().email_configuration(EmailConfiguration::builder().from(from)), "emailConfiguration.from")
    }),
    Mistake::anywhere("user_auth_pool::address", |planting| {
        let address = planting.one(&["help", "@example.com", "help@", ""]);
        let email = EmailConfiguration::builder().reply_to_email_address(address);
        add(planting, pool().email_configuration(email), "emailConfiguration.replyToEmailAddress")
    }),
    Mistake::anywhere("user_auth_pool::domain_name", |planting| {
        let name = planting.text(&["*.planted.example.com", &format!("{}.planted.example.com", "a".repeat(60))]);
        add(planting, pool().custom_domain(domain(&name)), "customDomain.domainName")
    }),
    Mistake::anywhere("user_auth_pool::no_certificate", |planting| {
        let domain = CustomDomain::builder("auth.planted.example.com");
        let own_record = planting.one(&[false, true]);
        let domain = if own_record { domain.disable_dns_record_creation(true) } else { domain.hosted_zone_id("Z0123456789ABCDEFGHIJ") };
        add(planting, pool().custom_domain(domain), "customDomain")
    }),
    Mistake::anywhere("user_auth_pool::certificate_region", |planting| {
        let region = planting.one(&["eu-west-1", "us-east-2"]);
        let arn = format!("arn:aws:acm:{region}:123456789012:certificate/5ab1e8e4");
        let domain = domain("auth.planted.example.com").custom_certificate_arn(arn);
        add(planting, pool().custom_domain(domain), "customDomain.customCertificateArn")
    }),
    Mistake::anywhere("user_auth_pool::hook_arn", |planting| {
        let arn = planting.one(&["welcome", "arn:aws:lambda:us-east-1:123456789012:layer:welcome:1", "arn:aws:s3:::welcome", ""]);
        add(planting, pool().hooks(UserPoolHooks::builder().pre_sign_up(arn)), "hooks.preSignUp")
    }),
    Mistake::anywhere("user_attribute::name", |planting| {
        let name = planting.text(&["an age", "", &"a".repeat(21)]);
        attribute(planting, SchemaAttribute::builder(name, AttributeType::string()), "[0].name")
    }),
    Mistake::anywhere("user_attribute::prefix", |planting| {
        let name = planting.one(&["custom:age", "custom:"]);
        attribute(planting, SchemaAttribute::builder(name, AttributeType::string()), "[0].name")
    }),
    Mistake::anywhere("user_attribute::twice", |planting| {
        let kind = planting.one(&[AttributeType::Boolean, AttributeType::string()]);
        let both = [AttributeType::string(), kind].map(|kind| SchemaAttribute::builder("age", kind));
        add(planting, pool().schema(both), "schema[1].name")
    }),
    Mistake::anywhere("user_attribute::too_many", |planting| {
        let number = planting.one(&[51, 60]);
        let all = (0..number).map(|index| SchemaAttribute::builder(format!("a{index}"), AttributeType::Boolean));
        add(planting, pool().schema(all), "schema")
    }),
    Mistake::anywhere("user_attribute::required", |planting| {
        let name = planting.one(&["age", "email_verified"]);
        attribute(planting, SchemaAttribute::builder(name, AttributeType::string()).required(true), "[0].required")
    }),
    Mistake::anywhere("user_attribute::length", |planting| {
        let length = planting.one(&[2049, u32::MAX]);
        attribute(planting, SchemaAttribute::builder("age", AttributeType::string_between(0, length)), "[0].stringMaxLength")
    }),
    Mistake::anywhere("user_attribute::bounds", |planting| {
        let (kind, key) = planting
            .one(&[(AttributeType::string_between(2, 1), "stringMaxLength"), (AttributeType::number_between(0, -1), "numberMaxValue")]);
        attribute(planting, SchemaAttribute::builder("age", kind), &format!("[0].{key}"))
    }),
    Mistake::anywhere("user_pool_client::token_seconds", |planting| {
        let seconds = planting.one(&[299, 86_401, 0]);
        if planting.one(&[true, false]) {
            add(planting, pool().access_token_validity_seconds(seconds), "accessTokenValiditySeconds")
        } else {
            add(planting, pool().id_token_validity_seconds(seconds), "idTokenValiditySeconds")
        }
    }),
    Mistake::anywhere("user_pool_client::refresh_days", |planting| {
        let days = planting.one(&[0, 3651]);
        add(planting, pool().refresh_token_validity_days(days), "refreshTokenValidityDays")
    }),
    Mistake::anywhere("user_pool_client::url", |planting| {
        let url = planting.text(&["http://example.com", "example.com", "https://", "https://a b", "https://example.com/#in", ""]);
        if planting.one(&[true, false]) {
            add(planting, pool().callback_url(url), "callbackURLs[0]")
        } else {
            add(planting, pool().logout_url(url), "logoutURLs[0]")
        }
    }),
    Mistake::anywhere("user_pool_client::too_many_urls", |planting| {
        let number = planting.one(&[101, 150]);
        let urls = (0..number).map(|index| Text::from(format!("https://example.com/{index}")));
        add(planting, pool().callback_urls(urls), "callbackURLs")
    }),
    Mistake::anywhere("user_pool_client::scope", |planting| {
        let scope = planting.text(&["a scope", "", "\"", &"a".repeat(257)]);
        add(planting, pool().allowed_oauth_scope(scope), "allowedOAuthScopes[0]")
    }),
    Mistake::anywhere("user_pool_client::too_many_scopes", |planting| {
        let number = planting.one(&[51, 80]);
        add(planting, pool().allowed_oauth_scopes((0..number).map(|index| format!("orders/{index}"))), "allowedOAuthScopes")
    }),
    Mistake::anywhere("user_pool_client::no_provider", |planting| {
        add(planting, pool().allow_only_external_identity_providers(true), "allowOnlyExternalIdentityProviders")
    }),
    Mistake::anywhere("user_pool_client::long_css", |planting| {
        let css = " ".repeat(planting.one(&[131_073, 140_000]));
        add(planting, pool().hosted_ui_css(css), "hostedUiCSS")
    }),
    Mistake::anywhere("user_pool_client::domain_prefix", |planting| {
        let prefix = planting.text(&["Shop", "-shop", "shop-", "shop.users", "", &"a".repeat(64)]);
        add(planting, pool().hosted_ui_domain_prefix(prefix), "hostedUiDomainPrefix")
    }),
    Mistake::anywhere("user_pool_client::reserved_prefix", |planting| {
        let prefix = planting.one(&["my-aws-shop", "amazonas", "cognito"]);
        add(planting, pool().hosted_ui_domain_prefix(prefix), "hostedUiDomainPrefix")
    }),
    Mistake::anywhere("user_pool_client::prefix_twice", |planting| {
        let prefix = planting.one(&["planted", "planted-users"]);
        planting.stack.add(UserAuthPool::builder("elsewhere").hosted_ui_domain_prefix(prefix));
        add(planting, pool().hosted_ui_domain_prefix(prefix), "hostedUiDomainPrefix")
    }),
    Mistake::anywhere("identity_provider::detail", |planting| {
        let provider = planting.one(&ProviderType::ALL);
        add(planting, pool().identity_provider(IdentityProvider::builder(provider).client_id("1234")), "identityProviders[0]")
    }),
    Mistake::anywhere("identity_provider::name", |planting| {
        let name = planting.text(&["", "ab", "_acme", "ac_me", "a c me", &"a".repeat(33)]);
        let provider =
            IdentityProvider::builder(ProviderType::Saml).provider_detail("MetadataURL", "https://login.example.com/metadata.xml");
        add(planting, pool().identity_provider(provider.provider_name(name)), "identityProviders[0].providerName")
    }),
    Mistake::anywhere("identity_provider::fixed_name", |planting| {
        let kind = planting.one(&[ProviderType::Google, ProviderType::Facebook, ProviderType::LoginWithAmazon]);
        let provider = IdentityProvider::builder(kind).client_id("1234").client_secret(Secret::new("provider")).provider_name("acme");
        add(planting, pool().identity_provider(provider), "identityProviders[0].providerName")
    }),
    Mistake::anywhere("identity_provider::twice", |planting| {
        let kind = planting.one(&[ProviderType::Google, ProviderType::Facebook]);
        let provider = || IdentityProvider::builder(kind).client_id("1234").client_secret(Secret::new("provider"));
        add(planting, pool().identity_providers([provider(), provider()]), "identityProviders[1]")
    }),
];

fn pool() -> UserAuthPoolBuilder {
    UserAuthPool::builder("planted")
}

fn domain(name: &str) -> CustomDomainBuilder {
    let arn = "arn:aws:acm:us-east-1:123456789012:certificate/5ab1e8e4";
    CustomDomain::builder(name).custom_certificate_arn(arn).disable_dns_record_creation(true)
}

fn attribute(planting: &mut Planting<'_>, attribute: impl Into<SchemaAttribute>, field: &str) -> String {
    add(planting, pool().schema_attribute(attribute), &format!("schema{field}"))
}

/// Adds the pool `planted`.
fn add(planting: &mut Planting<'_>, pool: impl Into<UserAuthPool>, field: &str) -> String {
    planting.stack.add(pool.into());
    format!("resources.planted.{field}")
}
