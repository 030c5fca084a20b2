//! Mistakes in pools.

/// Mistakes in pools.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "user_auth_pool")]
#[non_exhaustive]
pub enum UserAuthPoolIssue {
    /// Cognito's longest validity of an account or a password that nobody has used.
    #[error("found {found} days, expected 0 to 365")]
    #[issue(
        help = "write a number from 0 to 365",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html"
    )]
    ValidityDays {
        /// What was found.
        found: u16,
    },
    /// An account that nobody has used counts for as long as its temporary password.
    #[error("found {found} days, and {other} days as `unusedAccountValidityDays`, expected the same, since Cognito knows one of the two")]
    #[issue(
        help = "leave out one of the two",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUserConfigType.html"
    )]
    TwoValidities {
        /// What was found.
        found: u16,
        /// What the pool says.
        other: u16,
    },
    /// Cognito's limits of passwords.
    #[error("found {found} characters, expected 6 to 99")]
    #[issue(
        help = "write a number from 6 to 99",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html"
    )]
    PasswordLength {
        /// What was found.
        found: u16,
    },
    /// Who is to prove themselves a second time does so by something.
    #[error("found the status `{status}` and nothing to prove oneself by, expected at least one type")]
    #[issue(
        help = "add `.enabled_type(MfaType::SoftwareToken)`",
        yaml = "write `enabledTypes: [SOFTWARE_TOKEN]`",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html"
    )]
    NoMfaType {
        /// The status.
        status: &'static str,
    },
    /// Nobody proves themselves a second time where that is off.
    #[error("found types, which nobody can use, expected none beside the status `OFF`")]
    #[issue(
        help = "write `MfaStatus::Optional`, or leave the types out",
        yaml = "write `status: OPTIONAL`, or leave `enabledTypes` out",
        warning,
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html"
    )]
    IdleMfaTypes,
    /// Cognito sends codes to sign in by SES, and not by itself.
    #[error("found `EMAIL_OTP` and mail that Cognito sends, expected mail that SES sends")]
    #[issue(
        help = "write `.email_configuration(EmailConfiguration::builder().ses_address_arn(arn))`, or use `MfaType::SoftwareToken`",
        yaml = "write `sesAddressArn` in `emailConfiguration`, or use `SOFTWARE_TOKEN`",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-sms-email-message.html"
    )]
    EmailMfaWithoutSes,
    /// Cognito's limits of messages.
    #[error("found {found} characters, expected {min} to {max}")]
    #[issue(
        help = "write a message of that length",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerificationMessageTemplateType.html"
    )]
    MessageLength {
        /// How many there are.
        found: usize,
        /// How many there must be.
        min: usize,
        /// How many there may be.
        max: usize,
    },
    /// Without its code, link or password, a message is of no use to anybody.
    #[error("found a message without `{placeholder}`, expected the place of what Cognito puts in")]
    #[issue(
        help = "write `{placeholder}` in the message",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-message-customizations.html"
    )]
    Placeholder {
        /// What is missing.
        placeholder: &'static str,
    },
    /// Cognito sends mail by a verified address or domain of SES.
    #[error("found `{arn}`, expected the ARN of an identity in SES")]
    #[issue(
        help = "write an ARN such as `arn:aws:ses:eu-west-1:123456789012:identity/shop@example.com`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_EmailConfigurationType.html"
    )]
    SesAddressArn {
        /// What was found.
        arn: String,
    },
    /// Mail comes from Cognito's own address, unless SES sends it.
    #[error("found a sender of mail that Cognito sends from an address of its own, expected mail that SES sends")]
    #[issue(
        help = "write `.ses_address_arn(arn)`, or leave the sender out",
        yaml = "write `sesAddressArn`, or leave the sender out",
        warning,
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html"
    )]
    IdleSender,
    /// Mail comes from and goes to an address.
    #[error("found `{found}`, expected an address of mail")]
    #[issue(
        help = "write an address such as `shop@example.com`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_EmailConfigurationType.html"
    )]
    Address {
        /// What was found.
        found: String,
    },
    /// Cognito shows its pages at one domain of this length.
    #[error("found the domain `{name}`, expected at most 63 characters, and one that stands for itself alone")]
    #[issue(
        help = "write a domain such as `auth.example.com`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html"
    )]
    DomainName {
        /// What was found.
        name: String,
    },
    /// Certificates of `us-east-1` cannot be issued by a stack of another region, and a stack does not know its region.
    #[error("found no certificate of `{name}`, expected the ARN of one in `us-east-1`")]
    #[issue(
        help = "have one issued by ACM in `us-east-1`, and write `.custom_certificate_arn(arn)`",
        yaml = "have one issued by ACM in `us-east-1`, and write `customCertificateArn`",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html"
    )]
    NoCertificate {
        /// The domain.
        name: String,
    },
    /// Cognito shows its pages by `CloudFront`, whose certificates are in one region.
    #[error("found a certificate in `{region}`, expected one in `us-east-1`, wherever the pool is")]
    #[issue(
        help = "have one issued by ACM in `us-east-1`",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-add-custom-domain.html"
    )]
    CertificateRegion {
        /// Where it is.
        region: String,
    },
    /// Cognito calls functions.
    #[error("found `{found}`, expected the ARN of a function of AWS Lambda")]
    #[issue(
        help = "write `.arn()` of a function of the stack, or an ARN such as `arn:aws:lambda:eu-west-1:123456789012:function:welcome`",
        yaml = "write `$ResourceParam('welcome', 'arn')`, or an ARN such as `arn:aws:lambda:eu-west-1:123456789012:function:welcome`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html"
    )]
    HookArn {
        /// What was found.
        found: String,
    },
}
