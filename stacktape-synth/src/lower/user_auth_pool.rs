//! `user-auth-pool` becomes a user pool of Cognito, with its client, domain, providers and what else they need.

mod client;
mod domain;
mod hooks;
mod message;
mod provider;

use stacktape_model::stack::ValidStack;
use stacktape_model::user_auth_pool::{
    AttributeType, MfaParts, MfaType, PasswordPolicyParts, SchemaAttribute, SchemaAttributeParts, UserAuthPool, UserAuthPoolParam,
    UserAuthPoolParts,
};

use crate::cfn::cognito::{self, user_pool};
use crate::cfn::{Node, PropertyType, Value};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{once_each, removal};
use crate::plan::Plan;
use crate::policy::Grant;

pub(super) fn lower(pool: &UserAuthPool, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let UserAuthPoolParts {
        name,
        allow_only_admins_to_create_account,
        unused_account_validity_days: _,    // `temporary_password_days` knows which of the two counts
        allow_email_as_user_name: _,        // the model knows the default
        allow_phone_number_as_user_name: _, // the same
        user_verification_type,
        user_verification_message_config,
        invite_message_config,
        email_configuration,
        password_policy: _, // below
        mfa_configuration,
        schema,
        access_token_validity_seconds: _, // of the client, as the next ones
        id_token_validity_seconds: _,
        refresh_token_validity_days: _,
        allowed_oauth_flows: _,
        allowed_oauth_scopes: _,
        callback_urls: _,
        logout_urls: _,
        generate_client_secret: _,
        allow_only_external_identity_providers: _,
        enable_hosted_ui: _,
        hosted_ui_domain_prefix: _, // of the domain
        hosted_ui_css: _,
        custom_domain: _,
        identity_providers,
        hooks,
        removal_policy,
        overrides: _, // applied when the template is merged
    } = pool.parts();
    let id = logical_id::user_pool(name);
    let names = [(pool.takes_emails(), "email"), (pool.takes_phone_numbers(), "phone_number")];
    let names: Vec<_> = names.into_iter().filter(|(is_one, _)| *is_one).map(|(_, name)| Node::literal(name)).collect();
    let attributes: Vec<_> = schema.iter().map(attribute).collect();
    let resource = cognito::UserPool::new()
        .account_recovery_setting(recovery())
        .admin_create_user_config(
            user_pool::AdminCreateUserConfig::new()
                .allow_admin_create_user_only(*allow_only_admins_to_create_account)
                .set_some(invite_message_config.as_ref().map(message::invite), user_pool::AdminCreateUserConfig::invite_message_template),
        )
        .set_some(message::verified_attributes(*user_verification_type), cognito::UserPool::auto_verified_attributes)
        .set_some(email_configuration.as_ref().map(|email| message::email(email, plan)), cognito::UserPool::email_configuration)
        .set_some(hooks.as_ref().and_then(|hooks| hooks::config(hooks, plan)), cognito::UserPool::lambda_config)
        .policies(user_pool::Policies::new().password_policy(password_policy(pool)))
        .set_some((!attributes.is_empty()).then_some(attributes), cognito::UserPool::schema)
        .set_some(pool.sends_sms().then(|| message::sms(name, *removal_policy, plan, fragment)), cognito::UserPool::sms_configuration)
        .user_pool_tags(plan.tags.map().cast())
        .set_some((!names.is_empty()).then(|| Value::from_node(Node::list(names))), cognito::UserPool::username_attributes)
        .verification_message_template(message::verification(*user_verification_type, user_verification_message_config.as_ref()));
    let resource = match mfa_configuration {
        Some(mfa) => {
            let MfaParts { status, enabled_types } = mfa.parts();
            let types = mfa.is_on().then(|| once_each(enabled_types).into_iter().map(mfa_type).collect::<Vec<_>>());
            resource.mfa_configuration(Value::from_node(Node::literal(status.as_str()))).set_some(types, cognito::UserPool::enabled_mfas)
        }
        None => resource,
    };
    fragment.add(&id, resource).on_removal(removal(*removal_policy));
    for of in identity_providers {
        provider::lower(name, of, plan, fragment);
    }
    client::lower(pool, plan, fragment);
    domain::lower(pool, plan, fragment);
    if let Some(hooks) = hooks {
        hooks::permit(name, hooks, plan, fragment);
    }
}

/// By an address first, else by a phone number. An address or a number that proves people a second time recovers nothing, so both are said.
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountRecoverySettingType.html>
fn recovery() -> user_pool::AccountRecoverySetting {
    let option = |name, priority: u16| user_pool::RecoveryOption::new().name(name).priority(priority);
    user_pool::AccountRecoverySetting::new().recovery_mechanisms([
        option(user_pool::RecoveryOptionName::VerifiedEmail, 1),
        option(user_pool::RecoveryOptionName::VerifiedPhoneNumber, 2),
    ])
}

/// What passwords must have; where nothing is said, it is what Cognito's own default is, lest that changes.
fn password_policy(pool: &UserAuthPool) -> user_pool::PasswordPolicy {
    const LENGTH: u16 = 8;
    let (length, [lowercase, numbers, symbols, uppercase]) = match &pool.parts().password_policy {
        Some(policy) => {
            let PasswordPolicyParts {
                minimum_length,
                require_lowercase,
                require_numbers,
                require_symbols,
                require_uppercase,
                temporary_password_validity_days: _, // `temporary_password_days` knows
            } = policy.parts();
            (minimum_length.unwrap_or(LENGTH), [*require_lowercase, *require_numbers, *require_symbols, *require_uppercase])
        }
        None => (LENGTH, [true; 4]),
    };
    user_pool::PasswordPolicy::new()
        .minimum_length(length)
        .require_lowercase(lowercase)
        .require_numbers(numbers)
        .require_symbols(symbols)
        .require_uppercase(uppercase)
        .temporary_password_validity_days(pool.temporary_password_days())
}

const fn mfa_type(kind: MfaType) -> &'static str {
    match kind {
        MfaType::Sms => "SMS_MFA",
        MfaType::SoftwareToken => "SOFTWARE_TOKEN_MFA",
        MfaType::EmailOtp => "EMAIL_OTP",
    }
}

fn attribute(of: &SchemaAttribute) -> user_pool::SchemaAttribute {
    let SchemaAttributeParts {
        name,
        attribute_type,
        developer_only_attribute,
        mutable: _, // the model knows the default
        required,
    } = of.parts();
    let attribute = user_pool::SchemaAttribute::new()
        .attribute_data_type(Value::from_node(Node::literal(attribute_type.as_str())))
        .developer_only_attribute(*developer_only_attribute)
        .mutable(of.is_mutable())
        .name(name.clone())
        .required(*required);
    match *attribute_type {
        AttributeType::String { min_length, max_length } if min_length.or(max_length).is_some() => {
            let bounds = user_pool::StringAttributeConstraints::new()
                .set_some(max_length.map(|length| length.to_string()), user_pool::StringAttributeConstraints::max_length)
                .set_some(min_length.map(|length| length.to_string()), user_pool::StringAttributeConstraints::min_length);
            attribute.string_attribute_constraints(bounds)
        }
        AttributeType::Number { min, max } if min.or(max).is_some() => {
            let bounds = user_pool::NumberAttributeConstraints::new()
                .set_some(max.map(|number| number.to_string()), user_pool::NumberAttributeConstraints::max_value)
                .set_some(min.map(|number| number.to_string()), user_pool::NumberAttributeConstraints::min_value);
            attribute.number_attribute_constraints(bounds)
        }
        AttributeType::String { .. } | AttributeType::Number { .. } | AttributeType::Boolean | AttributeType::DateTime => attribute,
    }
}

/// A parameter of a pool.
pub(super) fn param(pool: &str, param: UserAuthPoolParam, stack: &ValidStack) -> Value<String> {
    let (id, client) = (logical_id::user_pool(pool), logical_id::user_pool_client(pool));
    match param {
        UserAuthPoolParam::Id => id.reference(),
        UserAuthPoolParam::ClientId => client.reference(),
        UserAuthPoolParam::Arn => id.att_arn(),
        UserAuthPoolParam::ProviderUrl => id.att_provider_url(),
        UserAuthPoolParam::Domain => match stack.get(pool) {
            Some(pool) => domain::name(pool, stack),
            None => unreachable!("a valid stack has what it refers to"),
        },
        // Programs that can read a secret by themselves get it from elsewhere: see `plan::Told`.
        UserAuthPoolParam::ClientSecret => client.att_client_secret(),
    }
}

/// What a program that is connected to the pool may do: all that there is to do with this one.
pub(super) fn grants(pool: &UserAuthPool) -> Vec<Grant> {
    vec![Grant::new(["cognito-idp:*"], [logical_id::user_pool(pool.name()).att_arn()])]
}
