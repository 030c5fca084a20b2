//! The client of a pool: tokens, pages and their domain.

use super::{UserAuthPool, UserAuthPoolIssue};
use crate::certificate;
use crate::check::Check;
use crate::custom_domain::CertificateUse;
use crate::document::words;
use crate::text::Text;

/// How the pages hand tokens over to a program. YAML: an entry of `allowedOAuthFlows`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OAuthFlow {
    /// By a code, for which the program gets them. YAML: `code`.
    Code,
    /// In the URL. YAML: `implicit`.
    Implicit,
}

words!(OAuthFlow);

impl OAuthFlow {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Code, Self::Implicit];

    /// The flow as Cognito spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Implicit => "implicit",
        }
    }
}

/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html>
const TOKEN_SECONDS: std::ops::RangeInclusive<u32> = 300..=86_400;
const REFRESH_DAYS: std::ops::RangeInclusive<u32> = 1..=3650;
const URLS_MAX: usize = 100;
const URL_MAX: usize = 1024;
const SCOPES_MAX: usize = 50;
const SCOPE_MAX: usize = 256;
const CSS_MAX: usize = 131_072;
/// <https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html>
const DOMAIN_MAX: usize = 63;
/// <https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html>
const RESERVED: [&str; 3] = ["amazon", "aws", "cognito"];
/// Where certificates of `CloudFront` are, by which Cognito shows the pages.
const CERTIFICATE_REGION: &str = "us-east-1";

impl UserAuthPool {
    pub(super) fn check_client(&self, at: &mut Check<'_>) {
        let tokens = [
            ("accessTokenValiditySeconds", self.access_token_validity_seconds),
            ("idTokenValiditySeconds", self.id_token_validity_seconds),
        ];
        for (key, seconds) in tokens {
            if let Some(found) = seconds.filter(|seconds| !TOKEN_SECONDS.contains(seconds)) {
                at.field(key).report(&UserPoolClientIssue::TokenSeconds { found });
            }
        }
        if let Some(found) = self.refresh_token_validity_days.filter(|days| !REFRESH_DAYS.contains(days)) {
            at.field("refreshTokenValidityDays").report(&UserPoolClientIssue::RefreshDays { found });
        }
        check_urls(&self.callback_urls, &mut at.field("callbackURLs"));
        check_urls(&self.logout_urls, &mut at.field("logoutURLs"));
        check_scopes(&self.allowed_oauth_scopes, &mut at.field("allowedOAuthScopes"));
        if self.allow_only_external_identity_providers && self.identity_providers.is_empty() {
            at.field("allowOnlyExternalIdentityProviders").report(&UserPoolClientIssue::NoProvider);
        }
        if let Some(found) = self.hosted_ui_css.as_ref().map(|css| css.chars().count()).filter(|length| *length > CSS_MAX) {
            at.field("hostedUiCSS").report(&UserPoolClientIssue::LongCss { found });
        }
        if let Some(prefix) = &self.hosted_ui_domain_prefix {
            check_prefix(prefix, &mut at.field("hostedUiDomainPrefix"));
        }
        self.check_domain(at);
    }

    fn check_domain(&self, at: &mut Check<'_>) {
        let Some(domain) = &self.custom_domain else { return };
        let mut at = at.field("customDomain");
        let mut at = at.written_here(domain.origin);
        let certificates = if domain.custom_certificate_arn.is_some() { CertificateUse::Gateway } else { CertificateUse::None };
        domain.check(certificates, &mut at);
        if domain.is_wildcard() || domain.domain_name.len() > DOMAIN_MAX {
            at.field("domainName").report(&UserAuthPoolIssue::DomainName { name: domain.domain_name.clone() });
        }
        let Some(arn) = &domain.custom_certificate_arn else {
            return at.report(&UserAuthPoolIssue::NoCertificate { name: domain.domain_name.clone() });
        };
        let region = arn.as_literal().filter(|arn| certificate::is_arn(arn, false)).and_then(|arn| arn.split(':').nth(3));
        if let Some(region) = region.filter(|region| *region != CERTIFICATE_REGION) {
            at.field("customCertificateArn").report(&UserAuthPoolIssue::CertificateRegion { region: region.to_owned() });
        }
    }
}

fn check_urls(urls: &[Text], at: &mut Check<'_>) {
    if urls.len() > URLS_MAX {
        at.report(&UserPoolClientIssue::TooManyUrls { found: urls.len() });
    }
    at.each(urls, |at, url| {
        if let Some(url) = url.as_literal().filter(|url| !is_url(url)) {
            at.report(&UserPoolClientIssue::Url { url: url.to_owned() });
        }
    });
}

/// `https://..`, `http://localhost..`, or one of an app's own scheme, `shop://..`; without a fragment.
fn is_url(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    let host = rest.strip_prefix("//").map(|rest| rest.split(['/', '?', ':']).next().unwrap_or_default());
    let is_there = match scheme {
        "https" => host.is_some_and(|host| !host.is_empty()),
        "http" => host == Some("localhost"),
        _ => is_scheme && !rest.is_empty(),
    };
    is_there
        && url.chars().count() <= URL_MAX
        && !url.contains(|letter: char| letter == '#' || letter.is_whitespace() || letter.is_control())
}

fn check_scopes(scopes: &[String], at: &mut Check<'_>) {
    if scopes.len() > SCOPES_MAX {
        at.report(&UserPoolClientIssue::TooManyScopes { found: scopes.len() });
    }
    at.each(scopes, |at, scope| {
        let allowed = |letter: u8| matches!(letter, 0x21 | 0x23..=0x5B | 0x5D..=0x7E);
        if !(1..=SCOPE_MAX).contains(&scope.len()) || !scope.bytes().all(allowed) {
            at.report(&UserPoolClientIssue::Scope { scope: scope.clone() });
        }
    });
}

fn check_prefix(prefix: &str, at: &mut Check<'_>) {
    let allowed = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'-';
    if !(1..=DOMAIN_MAX).contains(&prefix.len()) || !prefix.bytes().all(allowed) || prefix.starts_with('-') || prefix.ends_with('-') {
        at.report(&UserPoolClientIssue::DomainPrefix { prefix: prefix.to_owned() });
    } else if let Some(word) = reserved_word(prefix) {
        at.report(&UserPoolClientIssue::ReservedPrefix { prefix: prefix.to_owned(), word });
    }
}

/// The word that Cognito keeps for itself, if the beginning of a domain has one.
pub fn reserved_word(prefix: &str) -> Option<&'static str> {
    RESERVED.into_iter().find(|word| prefix.contains(word))
}

/// Mistakes in clients of pools.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "user_pool_client")]
#[non_exhaustive]
pub enum UserPoolClientIssue {
    /// Cognito's limits of access and ID tokens.
    #[error("found {found} s, expected 300 to 86,400 s")]
    #[issue(
        help = "write 300 to 86400; who has a refresh token gets new ones",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html"
    )]
    TokenSeconds {
        /// What was found.
        found: u32,
    },
    /// Cognito's limits of refresh tokens.
    #[error("found {found} days, expected 1 to 3650")]
    #[issue(
        help = "write a number from 1 to 3650",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html"
    )]
    RefreshDays {
        /// What was found.
        found: u32,
    },
    /// Tokens go over encrypted ways alone.
    #[error(
        "found the URL `{url}`, expected `https://`, `http://localhost` or an app's own scheme, at most 1024 characters, no space and no `#`"
    )]
    #[issue(
        help = "write a URL such as `https://shop.example.com/signed-in`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html"
    )]
    Url {
        /// What was found.
        url: String,
    },
    /// Cognito's limit of URLs.
    #[error("found {found} URLs, expected at most 100")]
    #[issue(
        help = "lead several programs to one URL, which tells them apart by the parameter `state`",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html"
    )]
    TooManyUrls {
        /// How many there are.
        found: usize,
    },
    /// Cognito's spelling of a scope.
    #[error("found the scope `{scope}`, expected 1 to 256 characters without spaces, `\"` and `\\`")]
    #[issue(
        help = "write a scope such as `openid`, or `orders/read` of a resource server",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html"
    )]
    Scope {
        /// What was found.
        scope: String,
    },
    /// Cognito's limit of scopes.
    #[error("found {found} scopes, expected at most 50")]
    #[issue(help = "let a scope stand for several", docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html")]
    TooManyScopes {
        /// How many there are.
        found: usize,
    },
    /// Without passwords of the pool and without providers, nobody can sign in at the pages.
    #[error("found identity providers alone to sign in by, and none of them, expected at least one")]
    #[issue(
        help = "add `.identity_provider(..)`, or leave `.allow_only_external_identity_providers(true)` out",
        yaml = "add one to `identityProviders`, or leave `allowOnlyExternalIdentityProviders` out",
        warning,
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation.html"
    )]
    NoProvider,
    /// Cognito's longest style sheet.
    #[error("found a style sheet of {found} characters, expected at most 131072")]
    #[issue(
        help = "leave out what the pages do not have",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUICustomization.html"
    )]
    LongCss {
        /// How many there are.
        found: usize,
    },
    /// The beginning of a domain is a word of DNS.
    #[error("found the beginning `{prefix}` of a domain, expected 1 to 63 small letters, digits and `-`, and none of these at an end")]
    #[issue(
        help = "write a word such as `shop-users`; for a domain of your own, `.custom_domain(..)`",
        yaml = "write a word such as `shop-users`; for a domain of your own, `customDomain`",
        docs = "https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolDomain.html"
    )]
    DomainPrefix {
        /// What was found.
        prefix: String,
    },
    /// A domain is that of one pool.
    #[error("found the beginning `{prefix}` of a domain a second time, expected one for each pool")]
    #[issue(
        help = "write another word; the other one belongs to `{other}`",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html"
    )]
    PrefixTwice {
        /// What was found.
        prefix: String,
        /// The pool that has it too.
        other: String,
    },
    /// Cognito keeps some words for itself.
    #[error("found the beginning `{prefix}` of a domain, which has `{word}` in it, expected one without `amazon`, `aws` and `cognito`")]
    #[issue(
        help = "write another word",
        docs = "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html"
    )]
    ReservedPrefix {
        /// What was found.
        prefix: String,
        /// The word.
        word: &'static str,
    },
}
