//! User pools.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::raw_resource::override_of;
use super::removal_policy;
use super::surroundings::{Named, Surroundings, pick};
use crate::custom_domain::CustomDomain;
use crate::function::Function;
use crate::resource::ResourceType;
use crate::text::{Fact, Secret, Text};
use crate::user_auth_pool::{
    AttributeType, EmailConfiguration, IdentityProvider, InviteMessages, Mfa, MfaStatus, MfaType, OAuthFlow, PasswordPolicy, ProviderType,
    SchemaAttribute, UserAuthPool, UserPoolHooks, UserVerification, VerificationMessages,
};

/// User pools with any of their properties; their hooks are functions of elsewhere. Shrinks to one without any.
pub fn user_auth_pool(name: impl Into<String>) -> BoxedStrategy<UserAuthPool> {
    let name = name.into();
    named().prop_map(move |make| make.named(&name)).boxed()
}

const OVERRIDES: &[(&str, &str, &str)] = &[("UserPool", "DeletionProtection", "\"ACTIVE\""), ("UserPoolClient", "ClientName", "\"web\"")];

pub(super) fn named() -> BoxedStrategy<Named<UserAuthPool>> {
    let sign_up = (any::<bool>(), option::of(0..=365_u16), option::of(any::<bool>()), option::of(any::<bool>()));
    let messages = (select(UserVerification::ALL.to_vec()), option::of(verification_messages()), option::of(invite_messages()));
    let security = (option::of(password_policy()), mfa_configuration(), schema());
    let tokens = (option::of(300..=86_400_u32), option::of(300..=86_400_u32), option::of(1..=3650_u32));
    let whole = (removal_policy(), override_of(OVERRIDES), vec(hook(), 0..3));
    (sign_up, messages, security, tokens, pages(), whole)
        .prop_map(|(sign_up, messages, (mut policy, (mfa, email), schema), tokens, pages, (removal, overrides, hooks))| {
            let (only_admins, unused, emails, numbers) = sign_up;
            if let (Some(policy), Some(_)) = (&mut policy, unused) {
                policy.temporary_password_validity_days = policy.temporary_password_validity_days.and(unused);
            }
            let hooks = hooks_of(&hooks, "arn:aws:lambda:us-east-1:123456789012:function:hook:live");
            Named::new(move |name| {
                let mut pool = UserAuthPool::builder(name)
                    .allow_only_admins_to_create_account(only_admins)
                    .user_verification_type(messages.0)
                    .schema(schema.clone())
                    .removal_policy(removal)
                    .overrides(overrides.iter().map(|role| role.of(name)))
                    .build();
                pool.unused_account_validity_days = unused;
                (pool.allow_email_as_user_name, pool.allow_phone_number_as_user_name) = (emails, numbers);
                pool.user_verification_message_config.clone_from(&messages.1);
                pool.invite_message_config.clone_from(&messages.2);
                pool.email_configuration.clone_from(&email);
                pool.password_policy.clone_from(&policy);
                pool.mfa_configuration.clone_from(&mfa);
                (pool.access_token_validity_seconds, pool.id_token_validity_seconds, pool.refresh_token_validity_days) = tokens;
                pool.hooks.clone_from(&hooks);
                pages.put_into(&mut pool);
                pool
            })
        })
        .boxed()
}

fn verification_messages() -> impl Strategy<Value = VerificationMessages> {
    subsequence(&[0, 1, 2, 3, 4][..], 0..=5).prop_map(|parts| {
        let given = |part: usize, text: &str| parts.contains(&part).then(|| text.to_owned());
        VerificationMessages {
            email_message_using_code: given(0, "{####}"),
            email_message_using_link: given(1, "Dear customer, {##prove it##}"),
            email_subject_using_code: given(2, "Your code"),
            email_subject_using_link: given(3, "?"),
            sms_message: given(4, "Your code: {####}"),
        }
    })
}

fn invite_messages() -> impl Strategy<Value = InviteMessages> {
    subsequence(&[0, 1, 2][..], 0..=3).prop_map(|parts| {
        let given = |part: usize, text: &str| parts.contains(&part).then(|| text.to_owned());
        InviteMessages {
            email_message: given(0, "Welcome, {username}: {####}"),
            email_subject: given(1, "Welcome"),
            sms_message: given(2, "{username}{####}"),
        }
    })
}

fn password_policy() -> impl Strategy<Value = PasswordPolicy> {
    let required = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (option::of(6..=99_u16), required, option::of(0..=365_u16)).prop_map(|(length, (lower, numbers, symbols, upper), days)| {
        let mut policy = PasswordPolicy::builder()
            .require_lowercase(lower)
            .require_numbers(numbers)
            .require_symbols(symbols)
            .require_uppercase(upper)
            .build();
        (policy.minimum_length, policy.temporary_password_validity_days) = (length, days);
        policy
    })
}

/// Whether people prove themselves a second time, and who sends mail.
fn mfa_configuration() -> impl Strategy<Value = (Option<Mfa>, Option<EmailConfiguration>)> {
    let mfa = option::of((select(MfaStatus::ALL.to_vec()), subsequence(MfaType::ALL.to_vec(), 1..=3)));
    let ses = option::of(select(vec![
        Text::from("arn:aws:ses:us-east-1:123456789012:identity/shop@example.com"),
        Text::joined(["arn:".into(), Fact::Partition.into(), ":ses:us-east-1:123456789012:identity/example.com".into()]),
    ]));
    let email = option::of((ses, option::of(Just("The shop <shop@example.com>")), option::of(Just("help@example.com"))));
    (mfa, email).prop_map(|(mfa, email)| {
        let email = email.map(|(ses, from, reply)| EmailConfiguration {
            from: from.filter(|_| ses.is_some()).map(str::to_owned),
            reply_to_email_address: reply.map(str::to_owned),
            ses_address_arn: ses,
        });
        let by_ses = email.as_ref().is_some_and(|email| email.ses_address_arn.is_some());
        let mfa = mfa.map(|(status, mut types)| {
            types.retain(|kind| status != MfaStatus::Off && (by_ses || *kind != MfaType::EmailOtp));
            let status = if types.is_empty() { MfaStatus::Off } else { status };
            Mfa::builder(status).enabled_types(types).build()
        });
        (mfa, email)
    })
}

fn schema() -> impl Strategy<Value = Vec<SchemaAttribute>> {
    let kind = prop_oneof![
        Just(AttributeType::Boolean),
        Just(AttributeType::DateTime),
        (option::of(0..=100_u32), option::of(100..=2048_u32))
            .prop_map(|(min_length, max_length)| AttributeType::String { min_length, max_length }),
        (option::of(-100..=100_i32), option::of(100..=1_000_000_i32)).prop_map(|(min, max)| AttributeType::Number { min, max }),
    ];
    let settings = vec((kind, any::<bool>(), option::of(any::<bool>())), 3);
    let names = subsequence(vec!["age", "größe", "a-name-of-20-letters"], 0..=3);
    (names, settings, option::of(any::<bool>())).prop_map(|(names, settings, email)| {
        let own = names.into_iter().zip(settings).map(|(name, (kind, developers, mutable))| {
            let attribute = SchemaAttribute::builder(name, kind).developer_only_attribute(developers);
            if let Some(mutable) = mutable { attribute.mutable(mutable).build() } else { attribute.build() }
        });
        let email = email.map(|required| SchemaAttribute::builder("email", AttributeType::string()).required(required).build());
        own.chain(email).collect()
    })
}

/// What a pool says of its pages and their client.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // as the pool has them
struct Pages {
    flows: Vec<OAuthFlow>,
    scopes: Vec<&'static str>,
    callbacks: Vec<&'static str>,
    logouts: Vec<Text>,
    secret: bool,
    enabled: bool,
    prefixed: bool,
    css: Option<&'static str>,
    domain: Option<bool>,
    providers: Vec<ProviderType>,
    only_providers: bool,
    partner: bool,
}

fn pages() -> impl Strategy<Value = Pages> {
    let callbacks = vec!["https://shop.example.com/in?x=1", "http://localhost:3000", "shop://signed-in"];
    let logouts =
        vec![Text::from("https://shop.example.com/out"), Text::joined(["https://".into(), Fact::Region.into(), ".example.com".into()])];
    let lists = (
        subsequence(OAuthFlow::ALL.to_vec(), 0..=2),
        subsequence(vec!["openid", "orders/read"], 0..=2),
        subsequence(callbacks, 0..=3),
        subsequence(logouts, 0..=2),
    );
    let css = option::of(Just(".logo-customizable { max-width: 60%; }"));
    let places = (any::<bool>(), any::<bool>(), any::<bool>(), css, option::of(any::<bool>()));
    (lists, places, subsequence(ProviderType::ALL.to_vec(), 0..=6), any::<[bool; 2]>()).prop_map(
        |((flows, scopes, callbacks, logouts), (secret, enabled, prefixed, css, domain), providers, [only, partner])| Pages {
            flows,
            scopes,
            callbacks,
            logouts,
            secret,
            enabled,
            prefixed,
            css,
            domain,
            only_providers: only && !providers.is_empty(),
            partner,
            providers,
        },
    )
}

impl Pages {
    #[track_caller]
    fn put_into(&self, pool: &mut UserAuthPool) {
        pool.allowed_oauth_flows.clone_from(&self.flows);
        pool.allowed_oauth_scopes = self.scopes.iter().map(|scope| (*scope).to_owned()).collect();
        pool.callback_urls = self.callbacks.iter().map(|url| Text::from(*url)).collect();
        pool.logout_urls.clone_from(&self.logouts);
        pool.generate_client_secret = self.secret;
        pool.enable_hosted_ui = self.enabled;
        pool.hosted_ui_css = self.css.map(str::to_owned);
        pool.identity_providers = self.providers.iter().map(|kind| provider(*kind)).collect();
        if self.partner {
            let [oidc, saml] = [ProviderType::Oidc, ProviderType::Saml].map(provider);
            pool.identity_providers.push(IdentityProvider { provider_name: Some("a_größe".to_owned()), ..oidc });
            pool.identity_providers.push(IdentityProvider { provider_name: Some("acme-32-letters-long-acme-32-let".to_owned()), ..saml });
        }
        pool.allow_only_external_identity_providers = self.only_providers;
        // The end of a name tells pools apart, and has none of the words that Cognito keeps for itself.
        let end: String = pool.name[pool.name.len().saturating_sub(8)..].to_lowercase();
        pool.hosted_ui_domain_prefix = self.prefixed.then(|| format!("shop-{end}"));
        pool.custom_domain = self.domain.map(|own_record| {
            let arn = "arn:aws:acm:us-east-1:123456789012:certificate/5ab1e8e4";
            let domain = CustomDomain::builder(format!("auth-{end}.Example.com")).custom_certificate_arn(arn);
            let domain = if own_record { domain } else { domain.hosted_zone_id("Z0123456789ABCDEFGHIJ") };
            domain.disable_dns_record_creation(own_record).build()
        });
    }
}

#[track_caller]
fn provider(kind: ProviderType) -> IdentityProvider {
    let provider = IdentityProvider::builder(kind);
    let known = || IdentityProvider::builder(kind).client_id("1234");
    let secret = Secret::new("provider").key("secret");
    match kind {
        ProviderType::Facebook => known().client_secret(secret).provider_detail("api_version", "v17.0").build(),
        ProviderType::Google => known().client_secret(secret).map_attribute("email", "email").map_attribute("name", "names").build(),
        ProviderType::LoginWithAmazon => known().client_secret(secret).authorize_scopes(["profile", "postal_code"]).build(),
        ProviderType::Oidc => known().provider_detail("oidc_issuer", "https://login.example.com").build(),
        ProviderType::Saml => provider.provider_detail("MetadataURL", "https://login.example.com/metadata.xml").build(),
        ProviderType::SignInWithApple => {
            known().provider_detail("team_id", "T").provider_detail("key_id", "K").provider_detail("private_key", secret).build()
        }
    }
}

/// Which of the hooks, and which function.
pub(super) type Hook = (usize, Index);

fn hook() -> impl Strategy<Value = Hook> {
    (0..10_usize, any::<Index>())
}

fn hooks_of(chosen: &[Hook], function: &str) -> Option<Box<UserPoolHooks>> {
    set(&chosen.iter().map(|(which, _)| (*which, Text::from(function))).collect::<Vec<_>>())
}

fn set(hooks: &[(usize, Text)]) -> Option<Box<UserPoolHooks>> {
    let mut all = UserPoolHooks::builder().build();
    for (which, arn) in hooks {
        let hook = match which {
            0 => &mut all.custom_message,
            1 => &mut all.post_authentication,
            2 => &mut all.post_confirmation,
            3 => &mut all.pre_authentication,
            4 => &mut all.pre_sign_up,
            5 => &mut all.pre_token_generation,
            6 => &mut all.user_migration,
            7 => &mut all.create_auth_challenge,
            8 => &mut all.define_auth_challenge,
            _ => &mut all.verify_auth_challenge_response,
        };
        *hook = Some(arn.clone());
    }
    (!hooks.is_empty()).then(|| Box::new(all))
}

/// Lets pools call functions that are around, which may know the pools.
pub(super) fn call_functions(around: &mut Surroundings, chosen: &[Hook]) {
    let functions: Vec<_> = around.resources.iter().filter_map(Function::of).map(Function::arn).collect();
    let hooks: Vec<_> = chosen.iter().filter_map(|(which, index)| Some((*which, pick(*index, &functions)?.clone()))).collect();
    let Some(hooks) = set(&hooks) else { return };
    for resource in &mut around.resources {
        if let crate::resource::Resource::UserAuthPool(pool) = resource {
            pool.hooks = Some(hooks.clone());
        }
    }
}

/// Hooks for [`call_functions`].
pub(super) fn hooks() -> impl Strategy<Value = Vec<Hook>> {
    vec(hook(), 0..4)
}
