//! What a pool sends, and by what.

use stacktape_model::removal_policy::RemovalPolicy;
use stacktape_model::user_auth_pool::{
    EmailConfiguration, EmailConfigurationParts, InviteMessages, InviteMessagesParts, UserVerification, VerificationMessages,
    VerificationMessagesParts,
};

use crate::cfn::cognito::user_pool::{self, AutoVerifiedAttributes};
use crate::cfn::{PropertyType, iam};
use crate::fragment::Fragment;
use crate::lower::{removal, text};
use crate::plan::Plan;
use crate::policy::{self, Grant};
use crate::{logical_id, physical_name};

/// What Cognito proves by itself.
pub(super) fn verified_attributes(by: UserVerification) -> Option<Vec<AutoVerifiedAttributes>> {
    match by {
        UserVerification::EmailLink | UserVerification::EmailCode => Some(vec![AutoVerifiedAttributes::Email]),
        UserVerification::Sms => Some(vec![AutoVerifiedAttributes::PhoneNumber]),
        UserVerification::None => None,
    }
}

pub(super) fn verification(by: UserVerification, messages: Option<&VerificationMessages>) -> user_pool::VerificationMessageTemplate {
    let option = match by {
        UserVerification::EmailLink => user_pool::VerificationMessageTemplateDefaultEmailOption::ConfirmWithLink,
        _ => user_pool::VerificationMessageTemplateDefaultEmailOption::ConfirmWithCode,
    };
    let template = user_pool::VerificationMessageTemplate::new().default_email_option(option);
    let Some(messages) = messages else { return template };
    let VerificationMessagesParts {
        email_message_using_code,
        email_message_using_link,
        email_subject_using_code,
        email_subject_using_link,
        sms_message,
    } = messages.parts();
    template
        .set_some(email_message_using_code.clone(), user_pool::VerificationMessageTemplate::email_message)
        .set_some(email_message_using_link.clone(), user_pool::VerificationMessageTemplate::email_message_by_link)
        .set_some(email_subject_using_code.clone(), user_pool::VerificationMessageTemplate::email_subject)
        .set_some(email_subject_using_link.clone(), user_pool::VerificationMessageTemplate::email_subject_by_link)
        .set_some(sms_message.clone(), user_pool::VerificationMessageTemplate::sms_message)
}

pub(super) fn invite(messages: &InviteMessages) -> user_pool::InviteMessageTemplate {
    let InviteMessagesParts { email_message, email_subject, sms_message } = messages.parts();
    user_pool::InviteMessageTemplate::new()
        .set_some(email_message.clone(), user_pool::InviteMessageTemplate::email_message)
        .set_some(email_subject.clone(), user_pool::InviteMessageTemplate::email_subject)
        .set_some(sms_message.clone(), user_pool::InviteMessageTemplate::sms_message)
}

pub(super) fn email(email: &EmailConfiguration, plan: &Plan<'_>) -> user_pool::EmailConfiguration {
    let EmailConfigurationParts { ses_address_arn, from, reply_to_email_address } = email.parts();
    let configuration = user_pool::EmailConfiguration::new()
        .set_some(reply_to_email_address.clone(), user_pool::EmailConfiguration::reply_to_email_address);
    match ses_address_arn {
        // Cognito itself sends from an address of its own.
        None => configuration.email_sending_account(user_pool::EmailConfigurationEmailSendingAccount::CognitoDefault),
        Some(arn) => configuration
            .email_sending_account(user_pool::EmailConfigurationEmailSendingAccount::Developer)
            .set_some(from.clone(), user_pool::EmailConfiguration::from)
            .source_arn(text::lower(arn, plan.stack)),
    }
}

/// The longest name of a stack, a dash and the longest name of a resource are shorter.
const EXTERNAL_ID_MAX: usize = 256;

/// Lets the pool send messages to phones, which have no ARN that a policy could name. A pool that is kept keeps its role: Cognito refuses
/// each later change of a pool whose role is gone.
/// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-sms-settings.html>
pub(super) fn sms(pool: &str, of_pool: RemovalPolicy, plan: &Plan<'_>, fragment: &mut Fragment) -> user_pool::SmsConfiguration {
    let id = logical_id::user_pool_sms_role(pool);
    let external_id = physical_name::of(plan.stack.name(), pool, EXTERNAL_ID_MAX);
    let trust = policy::trust("cognito-idp.amazonaws.com", Some(policy::pools_of_this_account(external_id.clone())));
    let send = policy::document(vec![Grant::new(["sns:Publish"], ["*".into()])]);
    let role = iam::Role::new(trust).policies([iam::role::Policy::new(send, "send-to-phones")]).tags(plan.tags.list());
    let role = fragment.add(&id, role);
    if of_pool == RemovalPolicy::Retain {
        role.on_removal(removal(of_pool));
    }
    user_pool::SmsConfiguration::new().external_id(external_id).sns_caller_arn(id.att_arn())
}
