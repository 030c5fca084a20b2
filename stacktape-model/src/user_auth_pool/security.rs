//! Passwords, and what people prove themselves by beside them.

use stacktape_macros::model;

use super::{UserAuthPool, UserAuthPoolIssue};
use crate::check::Check;
use crate::document::words;

/// What passwords must have. YAML: `passwordPolicy`.
///
/// What is left out of a policy is not required.
#[model]
#[allow(clippy::struct_excessive_bools)] // each is a key of documents
pub struct PasswordPolicy {
    /// How long a password must be: 6 to 99 characters. YAML: `minimumLength`, default 8.
    pub(crate) minimum_length: Option<u16>,
    /// Whether it must have small letters. YAML: `requireLowercase`, default `false`.
    require_lowercase: bool,
    /// Whether it must have digits. YAML: `requireNumbers`, default `false`.
    require_numbers: bool,
    /// Whether it must have symbols. YAML: `requireSymbols`, default `false`.
    require_symbols: bool,
    /// Whether it must have capital letters. YAML: `requireUppercase`, default `false`.
    require_uppercase: bool,
    /// For how many days a temporary password counts: 0 to 365. YAML: `temporaryPasswordValidityDays`, default: what
    /// `unusedAccountValidityDays` of the pool says, or else 31.
    pub(crate) temporary_password_validity_days: Option<u16>,
}

/// Whether people prove themselves a second time. YAML: `mfaConfiguration`.
///
/// ```
/// use stacktape_model::user_auth_pool::{Mfa, MfaStatus, MfaType, UserAuthPool};
/// let users = UserAuthPool::builder("users").mfa_configuration(Mfa::builder(MfaStatus::Optional).enabled_type(MfaType::SoftwareToken));
/// ```
#[model]
pub struct Mfa {
    /// `status`: whether they must. YAML: `status`.
    #[argument]
    pub(crate) status: MfaStatus,
    /// By what they may; at least one, unless the status is `OFF`. YAML: `enabledTypes`.
    #[each(enabled_type)]
    pub(crate) enabled_types: Vec<MfaType>,
}

/// Whether people must prove themselves a second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaStatus {
    /// All must. YAML: `ON`.
    On,
    /// Nobody can. YAML: `OFF`.
    Off,
    /// Each may choose to. YAML: `OPTIONAL`.
    Optional,
}

/// By what people prove themselves a second time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MfaType {
    /// A code that is sent to a phone. YAML: `SMS`.
    Sms,
    /// A code of an app. YAML: `SOFTWARE_TOKEN`.
    SoftwareToken,
    /// A code that is sent to an address, by SES. YAML: `EMAIL_OTP`.
    EmailOtp,
}

words!(MfaStatus, MfaType);

impl MfaStatus {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::On, Self::Off, Self::Optional];

    /// The status as Cognito spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::On => "ON",
            Self::Off => "OFF",
            Self::Optional => "OPTIONAL",
        }
    }
}

impl MfaType {
    /// Every type.
    pub const ALL: [Self; 3] = [Self::Sms, Self::SoftwareToken, Self::EmailOtp];

    /// The type as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sms => "SMS",
            Self::SoftwareToken => "SOFTWARE_TOKEN",
            Self::EmailOtp => "EMAIL_OTP",
        }
    }
}

impl Mfa {
    /// Whether anybody can prove themselves a second time.
    pub fn is_on(&self) -> bool {
        self.status != MfaStatus::Off
    }

    /// Whether anybody can by this.
    pub fn uses(&self, kind: MfaType) -> bool {
        self.is_on() && self.enabled_types.contains(&kind)
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html>
const PASSWORD_LENGTHS: std::ops::RangeInclusive<u16> = 6..=99;
const DAYS_MAX: u16 = 365;

impl UserAuthPool {
    pub(super) fn check_security(&self, at: &mut Check<'_>) {
        let too_long = |days: Option<u16>| days.filter(|days| *days > DAYS_MAX);
        if let Some(found) = too_long(self.unused_account_validity_days) {
            at.field("unusedAccountValidityDays").report(&UserAuthPoolIssue::ValidityDays { found });
        }
        if let Some(policy) = &self.password_policy {
            let mut at = at.field("passwordPolicy");
            if let Some(found) = policy.minimum_length.filter(|length| !PASSWORD_LENGTHS.contains(length)) {
                at.field("minimumLength").report(&UserAuthPoolIssue::PasswordLength { found });
            }
            let mut at = at.field("temporaryPasswordValidityDays");
            if let Some(found) = too_long(policy.temporary_password_validity_days) {
                at.report(&UserAuthPoolIssue::ValidityDays { found });
            } else if let (Some(found), Some(other)) = (policy.temporary_password_validity_days, self.unused_account_validity_days)
                && found != other
            {
                at.report(&UserAuthPoolIssue::TwoValidities { found, other });
            }
        }
        let Some(mfa) = &self.mfa_configuration else { return };
        let mut at = at.field("mfaConfiguration");
        let mut at = at.field("enabledTypes");
        if mfa.is_on() && mfa.enabled_types.is_empty() {
            at.report(&UserAuthPoolIssue::NoMfaType { status: mfa.status.as_str() });
        }
        if !mfa.is_on() && !mfa.enabled_types.is_empty() {
            at.report(&UserAuthPoolIssue::IdleMfaTypes);
        }
        let by_ses = self.email_configuration.as_ref().is_some_and(|email| email.ses_address_arn.is_some());
        if mfa.uses(MfaType::EmailOtp) && !by_ses {
            at.report(&UserAuthPoolIssue::EmailMfaWithoutSes);
        }
    }
}
