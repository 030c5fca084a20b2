//! User pools.

use stacktape_model::custom_domain::{CustomDomain, CustomDomainBuilder};
use stacktape_model::function::{Function, Package, Runtime};
use stacktape_model::raw_resource::RawResource;
use stacktape_model::stack::Stack;
use stacktape_model::text::{Fact, Text};
use stacktape_model::user_auth_pool::{
    EmailConfiguration, InviteMessages, InviteMessagesBuilder, Mfa, MfaStatus, MfaType, PasswordPolicy, PasswordPolicyBuilder, UserAuthPool,
    UserAuthPoolBuilder, UserPoolHooks, VerificationMessages, VerificationMessagesBuilder,
};

use crate::support::{Rule, rule, stack};

const CERTIFICATE: &str = "arn:aws:acm:us-east-1:123456789012:certificate/5ab1e8e4";
const IDENTITY: &str = "arn:aws:ses:eu-west-1:123456789012:identity/shop@example.com";
const HOOK: &str = "arn:aws:lambda:eu-west-1:123456789012:function:welcome";

#[track_caller]
pub(super) fn pool() -> UserAuthPoolBuilder {
    UserAuthPool::builder("users")
}

#[track_caller]
pub(super) fn of(pool: UserAuthPoolBuilder) -> Stack {
    stack([pool])
}

pub(super) fn at(key: &str) -> String {
    format!("resources.users.{key}")
}

fn policy(policy: PasswordPolicyBuilder) -> Stack {
    of(pool().password_policy(policy))
}

fn days(days: u16) -> PasswordPolicyBuilder {
    PasswordPolicy::builder().temporary_password_validity_days(days)
}

fn mfa(status: MfaStatus, types: &[MfaType]) -> UserAuthPoolBuilder {
    pool().mfa_configuration(Mfa::builder(status).enabled_types(types.iter().copied()))
}

fn proving(messages: VerificationMessagesBuilder) -> Stack {
    of(pool().user_verification_message_config(messages))
}

fn inviting(messages: InviteMessagesBuilder) -> Stack {
    of(pool().invite_message_config(messages))
}

fn verification() -> VerificationMessagesBuilder {
    VerificationMessages::builder()
}

fn domain(name: &str) -> CustomDomainBuilder {
    CustomDomain::builder(name).disable_dns_record_creation(true)
}

fn at_domain(domain: CustomDomainBuilder) -> Stack {
    of(pool().custom_domain(domain))
}

fn two_domains(other: &str) -> Stack {
    let mut stack = at_domain(domain("auth.example.com").custom_certificate_arn(CERTIFICATE));
    stack.add(UserAuthPool::builder("admins").custom_domain(domain(other).custom_certificate_arn(CERTIFICATE)));
    stack
}

fn calling(arn: impl Into<Text>) -> Stack {
    of(pool().hooks(UserPoolHooks::builder().pre_sign_up(arn)))
}

fn calling_a_function() -> Stack {
    let welcome = Function::builder("welcome", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24).build();
    let mut stack = calling(welcome.arn());
    let pool = pool().build();
    stack.add(Function::builder("welcome", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24).connect_to(&pool));
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    [security(), messages(), elsewhere()].into_iter().flatten().collect()
}

fn security() -> Vec<Rule> {
    let email = EmailConfiguration::builder;
    vec![
        rule("user_auth_pool::validity_days")
            .refuses(&at("unusedAccountValidityDays"), of(pool().unused_account_validity_days(366)))
            .saying("found 366 days, expected 0 to 365", "write a number from 0 to 365")
            .refuses(&at("passwordPolicy.temporaryPasswordValidityDays"), policy(days(366)))
            .takes(of(pool().unused_account_validity_days(365)))
            .takes(of(pool().unused_account_validity_days(0)))
            .takes(policy(days(365))),
        rule("user_auth_pool::two_validities")
            .refuses(
                &at("passwordPolicy.temporaryPasswordValidityDays"),
                of(pool().unused_account_validity_days(31).password_policy(days(7))),
            )
            .saying(
                "found 7 days, and 31 days as `unusedAccountValidityDays`, expected the same, since Cognito knows one of the two",
                "leave out one of the two",
            )
            .takes(of(pool().unused_account_validity_days(7).password_policy(days(7))))
            .takes(of(pool().unused_account_validity_days(31).password_policy(PasswordPolicy::builder()))),
        rule("user_auth_pool::password_length")
            .refuses(&at("passwordPolicy.minimumLength"), policy(PasswordPolicy::builder().minimum_length(5)))
            .saying("found 5 characters, expected 6 to 99", "write a number from 6 to 99")
            .refuses(&at("passwordPolicy.minimumLength"), policy(PasswordPolicy::builder().minimum_length(100)))
            .takes(policy(PasswordPolicy::builder().minimum_length(6)))
            .takes(policy(PasswordPolicy::builder().minimum_length(99))),
        rule("user_auth_pool::no_mfa_type")
            .refuses(&at("mfaConfiguration.enabledTypes"), of(mfa(MfaStatus::Optional, &[])))
            .saying(
                "found the status `OPTIONAL` and nothing to prove oneself by, expected at least one type",
                "add `.enabled_type(MfaType::SoftwareToken)`",
            )
            .refuses(&at("mfaConfiguration.enabledTypes"), of(mfa(MfaStatus::On, &[])))
            .takes(of(mfa(MfaStatus::On, &[MfaType::Sms])))
            .takes(of(mfa(MfaStatus::Off, &[]))),
        rule("user_auth_pool::idle_mfa_types")
            .warns(&at("mfaConfiguration.enabledTypes"), of(mfa(MfaStatus::Off, &[MfaType::SoftwareToken])))
            .saying(
                "found types, which nobody can use, expected none beside the status `OFF`",
                "write `MfaStatus::Optional`, or leave the types out",
            )
            .takes(of(mfa(MfaStatus::Optional, &[MfaType::SoftwareToken]))),
        rule("user_auth_pool::email_mfa_without_ses")
            .refuses(&at("mfaConfiguration.enabledTypes"), of(mfa(MfaStatus::On, &[MfaType::EmailOtp])))
            .saying(
                "found `EMAIL_OTP` and mail that Cognito sends, expected mail that SES sends",
                "write `.email_configuration(EmailConfiguration::builder().ses_address_arn(arn))`, or use `MfaType::SoftwareToken`",
            )
            .takes(of(mfa(MfaStatus::On, &[MfaType::EmailOtp]).email_configuration(email().ses_address_arn(IDENTITY)))),
    ]
}

fn messages() -> Vec<Rule> {
    let email = EmailConfiguration::builder;
    vec![
        rule("user_auth_pool::message_length")
            .refuses(&at("userVerificationMessageConfig.smsMessage"), proving(verification().sms_message(format!("{{####}}{}", "é".repeat(135)))))
            .saying("found 141 characters, expected 6 to 140", "write a message of that length")
            .refuses(&at("userVerificationMessageConfig.emailSubjectUsingCode"), proving(verification().email_subject_using_code("")))
            .refuses(&at("userVerificationMessageConfig.emailSubjectUsingLink"), proving(verification().email_subject_using_link("a".repeat(141))))
            .refuses(&at("inviteMessageConfig.emailMessage"), inviting(InviteMessages::builder().email_message("a".repeat(20_001))))
            .refuses(&at("inviteMessageConfig.emailSubject"), inviting(InviteMessages::builder().email_subject("a".repeat(141))))
            .takes(proving(verification().sms_message(format!("{{####}}{}", "é".repeat(134)))))
            .takes(proving(verification().email_message_using_code("{####}")))
            .takes(inviting(InviteMessages::builder().email_subject("a".repeat(140)))),
        rule("user_auth_pool::placeholder")
            .refuses(&at("userVerificationMessageConfig.emailMessageUsingCode"), proving(verification().email_message_using_code("Your code")))
            .saying("found a message without `{####}`, expected the place of what Cognito puts in", "write `{####}` in the message")
            .refuses(
                &at("userVerificationMessageConfig.emailMessageUsingLink"),
                proving(verification().email_message_using_link("Please, {##prove it.")),
            )
            .refuses(&at("inviteMessageConfig.smsMessage"), inviting(InviteMessages::builder().sms_message("Welcome, {username}")))
            .refuses(&at("inviteMessageConfig.emailMessage"), inviting(InviteMessages::builder().email_message("Welcome: {####}")))
            .takes(proving(verification().email_message_using_link("Please, {##prove it##}.")))
            .takes(inviting(InviteMessages::builder().sms_message("{username} {####}"))),
        rule("user_auth_pool::ses_address_arn")
            .refuses(&at("emailConfiguration.sesAddressArn"), of(pool().email_configuration(email().ses_address_arn("shop@example.com"))))
            .saying(
                "found `shop@example.com`, expected the ARN of an identity in SES",
                "write an ARN such as `arn:aws:ses:eu-west-1:123456789012:identity/shop@example.com`",
            )
            .takes(of(pool().email_configuration(email().ses_address_arn(IDENTITY))))
            .takes(of(pool().email_configuration(email().ses_address_arn(Text::joined(["arn:aws:ses:".into(), Fact::Region.into()]))))),
        rule("user_auth_pool::idle_sender")
            .warns(&at("emailConfiguration.from"), of(pool().email_configuration(email().from("shop@example.com"))))
            .saying(
                "found a sender of mail that Cognito sends from an address of its own, expected mail that SES sends",
                "write `.ses_address_arn(arn)`, or leave the sender out",
            )
            .takes(of(pool().email_configuration(email().from("shop@example.com").ses_address_arn(IDENTITY)))),
        rule("user_auth_pool::address")
            .refuses(&at("emailConfiguration.replyToEmailAddress"), of(pool().email_configuration(email().reply_to_email_address("help"))))
            .saying("found `help`, expected an address of mail", "write an address such as `shop@example.com`")
            .refuses(&at("emailConfiguration.from"), of(pool().email_configuration(email().from("@shop").ses_address_arn(IDENTITY))))
            .takes(of(pool().email_configuration(email().reply_to_email_address("help@example.com"))))
            .takes(of(pool().email_configuration(email().from("The shop <shop@example.com>").ses_address_arn(IDENTITY)))),
    ]
}

fn elsewhere() -> Vec<Rule> {
    vec![
        rule("user_auth_pool::domain_name")
            .refuses(&at("customDomain.domainName"), at_domain(domain("*.example.com").custom_certificate_arn(CERTIFICATE)))
            .saying(
                "found the domain `*.example.com`, expected at most 63 characters, and one that stands for itself alone",
                "write a domain such as `auth.example.com`",
            )
            .refuses(
                &at("customDomain.domainName"),
                at_domain(domain(&format!("{}.example.com", "a".repeat(52))).custom_certificate_arn(CERTIFICATE)),
            )
            .takes(at_domain(domain(&format!("{}.example.com", "a".repeat(51))).custom_certificate_arn(CERTIFICATE))),
        rule("user_auth_pool::no_certificate")
            .refuses(&at("customDomain"), at_domain(domain("auth.example.com")))
            .saying(
                "found no certificate of `auth.example.com`, expected the ARN of one in `us-east-1`",
                "have one issued by ACM in `us-east-1`, and write `.custom_certificate_arn(arn)`",
            )
            .refuses(&at("customDomain"), at_domain(CustomDomain::builder("auth.example.com").hosted_zone_id("Z0123456789ABCDEFGHIJ")))
            .takes(at_domain(domain("auth.example.com").custom_certificate_arn(CERTIFICATE))),
        rule("user_auth_pool::certificate_region")
            .refuses(
                &at("customDomain.customCertificateArn"),
                at_domain(domain("auth.example.com").custom_certificate_arn(CERTIFICATE.replace("us-east-1", "eu-west-1"))),
            )
            .saying(
                "found a certificate in `eu-west-1`, expected one in `us-east-1`, wherever the pool is",
                "have one issued by ACM in `us-east-1`",
            )
            .takes(at_domain(domain("auth.example.com").custom_certificate_arn(CERTIFICATE)))
            .takes(at_domain(domain("auth.example.com").custom_certificate_arn(RawResource::new("Imported", "Custom::Certificate").reference()))),
        rule("custom_domain::twice")
            .refuses(&at("customDomain.domainName"), two_domains("Auth.example.com"))
            .saying("found the domain `auth.example.com` a second time, expected each domain once", "remove one of the two; the other one belongs to `admins`")
            .takes(two_domains("admin.example.com")),
        rule("user_auth_pool::hook_arn")
            .refuses(&at("hooks.preSignUp"), calling("welcome"))
            .saying(
                "found `welcome`, expected the ARN of a function of AWS Lambda",
                "write `.arn()` of a function of the stack, or an ARN such as `arn:aws:lambda:eu-west-1:123456789012:function:welcome`",
            )
            .refuses(&at("hooks.preSignUp"), calling("arn:aws:s3:::welcome"))
            .refuses(&at("hooks.preSignUp"), calling(Fact::Region))
            .takes(calling(HOOK))
            .takes(calling(format!("{HOOK}:live")))
            .takes(calling(RawResource::new("Welcome", "AWS::Lambda::Function").get_att("Arn")))
            .takes(calling_a_function()),
    ]
}
