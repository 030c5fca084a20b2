//! What a pool sends to its users, and who sends it.

use stacktape_macros::model;

use super::{UserAuthPool, UserAuthPoolIssue};
use crate::arn;
use crate::check::Check;
use crate::document::words;
use crate::text::Text;

/// How people prove that an address or a number is theirs. YAML: `userVerificationType`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserVerification {
    /// By a link that is sent to the address; it leads to the pages of the pool. YAML: `email-link`.
    EmailLink,
    /// By a code that is sent to the address. YAML: `email-code`.
    #[default]
    EmailCode,
    /// By a code that is sent to the phone. YAML: `sms`.
    Sms,
    /// Not at all: an administrator confirms them. YAML: `none`.
    None,
}

words!(UserVerification);

impl UserVerification {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::EmailLink, Self::EmailCode, Self::Sms, Self::None];

    /// The way as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EmailLink => "email-link",
            Self::EmailCode => "email-code",
            Self::Sms => "sms",
            Self::None => "none",
        }
    }
}

/// What is sent to who has signed up. YAML: `userVerificationMessageConfig`. What is left out is as Cognito says it.
#[model]
pub struct VerificationMessages {
    /// The mail with a code, which stands for `{####}`: 6 to 20,000 characters. YAML: `emailMessageUsingCode`.
    pub(crate) email_message_using_code: Option<String>,
    /// The mail with a link, whose text stands in `{##Prove it##}`: 6 to 20,000 characters. YAML: `emailMessageUsingLink`.
    pub(crate) email_message_using_link: Option<String>,
    /// The subject of the mail with a code: 1 to 140 characters. YAML: `emailSubjectUsingCode`.
    pub(crate) email_subject_using_code: Option<String>,
    /// The subject of the mail with a link: 1 to 140 characters. YAML: `emailSubjectUsingLink`.
    pub(crate) email_subject_using_link: Option<String>,
    /// The message to a phone with a code, which stands for `{####}`: 6 to 140 characters. YAML: `smsMessage`.
    pub(crate) sms_message: Option<String>,
}

/// What is sent to whom an administrator has made. YAML: `inviteMessageConfig`. What is left out is as Cognito says it.
#[model]
pub struct InviteMessages {
    /// The mail, with the name for `{username}` and the temporary password for `{####}`: 6 to 20,000 characters. YAML: `emailMessage`.
    pub(crate) email_message: Option<String>,
    /// Its subject: 1 to 140 characters. YAML: `emailSubject`.
    pub(crate) email_subject: Option<String>,
    /// The message to a phone, with the same two: 6 to 140 characters. YAML: `smsMessage`, default: none is sent unless the pool sends
    /// others.
    pub(crate) sms_message: Option<String>,
}

/// Who sends mail. YAML: `emailConfiguration`.
#[model]
pub struct EmailConfiguration {
    /// ARN of an address or domain that is verified in SES, by which mail is sent then. YAML: `sesAddressArn`, default: Cognito sends it.
    pub(crate) ses_address_arn: Option<Text>,
    /// From whom mail comes, `shop@example.com` or `The shop <shop@example.com>`, of what is verified. YAML: `from`, default: the
    /// address that is verified.
    pub(crate) from: Option<String>,
    /// To whom answers go. YAML: `replyToEmailAddress`, default: to who has sent it.
    pub(crate) reply_to_email_address: Option<String>,
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerificationMessageTemplateType.html>
const MAIL: (usize, usize) = (6, 20_000);
const SUBJECT: (usize, usize) = (1, 140);
const SMS: (usize, usize) = (6, 140);
const CODE: &str = "{####}";
const USER_NAME: &str = "{username}";
const LINK: &str = "{##Prove it##}";

impl UserAuthPool {
    pub(super) fn check_messages(&self, at: &mut Check<'_>) {
        if let Some(messages) = &self.user_verification_message_config {
            let mut at = at.field("userVerificationMessageConfig");
            check_message(messages.email_message_using_code.as_ref(), MAIL, &[CODE], &mut at.field("emailMessageUsingCode"));
            check_message(messages.email_message_using_link.as_ref(), MAIL, &[LINK], &mut at.field("emailMessageUsingLink"));
            check_message(messages.email_subject_using_code.as_ref(), SUBJECT, &[], &mut at.field("emailSubjectUsingCode"));
            check_message(messages.email_subject_using_link.as_ref(), SUBJECT, &[], &mut at.field("emailSubjectUsingLink"));
            check_message(messages.sms_message.as_ref(), SMS, &[CODE], &mut at.field("smsMessage"));
        }
        if let Some(messages) = &self.invite_message_config {
            let mut at = at.field("inviteMessageConfig");
            check_message(messages.email_message.as_ref(), MAIL, &[USER_NAME, CODE], &mut at.field("emailMessage"));
            check_message(messages.email_subject.as_ref(), SUBJECT, &[], &mut at.field("emailSubject"));
            check_message(messages.sms_message.as_ref(), SMS, &[USER_NAME, CODE], &mut at.field("smsMessage"));
        }
        if let Some(email) = &self.email_configuration {
            email.check(&mut at.field("emailConfiguration"));
        }
    }
}

fn check_message(message: Option<&String>, (min, max): (usize, usize), needed: &[&'static str], at: &mut Check<'_>) {
    let Some(message) = message else { return };
    let found = message.chars().count();
    if !(min..=max).contains(&found) {
        return at.report(&UserAuthPoolIssue::MessageLength { found, min, max });
    }
    let has = |placeholder: &str| if placeholder == LINK { has_link(message) } else { message.contains(placeholder) };
    if let Some(placeholder) = needed.iter().copied().find(|placeholder| !has(placeholder)) {
        at.report(&UserAuthPoolIssue::Placeholder { placeholder });
    }
}

fn has_link(message: &str) -> bool {
    message.split_once("{##").is_some_and(|(_, rest)| rest.contains("##}"))
}

impl EmailConfiguration {
    fn check(&self, at: &mut Check<'_>) {
        if let Some(arn) = self.ses_address_arn.as_ref().and_then(Text::as_literal).filter(|arn| !is_identity_arn(arn)) {
            at.field("sesAddressArn").report(&UserAuthPoolIssue::SesAddressArn { arn: arn.to_owned() });
        }
        if self.from.is_some() && self.ses_address_arn.is_none() {
            at.field("from").report(&UserAuthPoolIssue::IdleSender);
        }
        for (key, address) in [("from", &self.from), ("replyToEmailAddress", &self.reply_to_email_address)] {
            if let Some(address) = address.as_ref().filter(|address| !has_address(address)) {
                at.field(key).report(&UserAuthPoolIssue::Address { found: address.clone() });
            }
        }
    }
}

/// `arn:partition:ses:region:account:identity/address`.
fn is_identity_arn(arn: &str) -> bool {
    arn::resource("ses", arn).and_then(|identity| identity.strip_prefix("identity/")).is_some_and(|name| !name.is_empty())
}

/// Whether there is something before and behind an `@`.
fn has_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(before, behind)| !before.is_empty() && !behind.is_empty())
}
