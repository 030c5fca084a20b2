//! CORS of a bucket.

use stacktape_macros::model;

use crate::check::Check;
use crate::document::words;

/// Which pages of other origins may read and write a bucket. YAML: `cors`.
///
/// Without rules, every origin may `GET`, `PUT`, `HEAD`, `POST` and `DELETE`.
#[model(switch)]
pub struct BucketCors {
    /// The rules; the first one that matches a request is applied. YAML: `corsRules`. At most 100.
    #[each(rule)]
    #[key("corsRules")]
    pub(crate) rules: Vec<CorsRule>,
}

/// One rule of a bucket's CORS. YAML: an entry of `corsRules`.
#[model]
pub struct CorsRule {
    /// Origins, with at most one `*` each. YAML: `allowedOrigins`, default `*`.
    #[each(allowed_origin)]
    pub(crate) allowed_origins: Vec<String>,
    /// Headers of a preflight request, with at most one `*` each. YAML: `allowedHeaders`, default: none.
    #[each(allowed_header)]
    pub(crate) allowed_headers: Vec<String>,
    /// Methods. YAML: `allowedMethods`, default: all that S3 knows.
    #[each(allowed_method)]
    allowed_methods: Vec<S3Method>,
    /// Headers that scripts may read. YAML: `exposedResponseHeaders`.
    #[each(exposed_response_header)]
    pub(crate) exposed_response_headers: Vec<String>,
    /// For how many seconds a browser may keep the answer. YAML: `maxAge`.
    max_age: Option<u32>,
}

/// A method that S3's CORS knows. It has no `PATCH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum S3Method {
    /// `GET`.
    Get,
    /// `PUT`.
    Put,
    /// `HEAD`.
    Head,
    /// `POST`.
    Post,
    /// `DELETE`.
    Delete,
    /// All of them. YAML: `*`.
    Any,
}

words!(S3Method);

impl S3Method {
    /// Every method.
    pub const ALL: [Self; 6] = [Self::Get, Self::Put, Self::Head, Self::Post, Self::Delete, Self::Any];

    /// The method as HTTP spells it, or `*`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Any => "*",
        }
    }
}

const RULES_MAX: usize = 100;

impl BucketCors {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        let mut at = at.field("corsRules");
        if self.rules.len() > RULES_MAX {
            at.report(&CorsRuleIssue::TooMany { found: self.rules.len() });
        }
        at.each(&self.rules, |at, rule| {
            for (field, values) in [("allowedOrigins", &rule.allowed_origins), ("allowedHeaders", &rule.allowed_headers)] {
                at.field(field).each(values, |at, value| {
                    if value.is_empty() || value.matches('*').count() > 1 {
                        at.report(&CorsRuleIssue::Wildcards { value: value.clone() });
                    }
                });
            }
            at.field("exposedResponseHeaders").each(&rule.exposed_response_headers, |at, header| {
                if header.is_empty() || header.contains('*') {
                    at.report(&CorsRuleIssue::ExposedHeader { header: header.clone() });
                }
            });
        });
    }
}

/// Mistakes in a bucket's CORS.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "bucket_cors")]
#[non_exhaustive]
pub enum CorsRuleIssue {
    /// S3's limit of rules.
    #[error("found {found} rules, expected at most 100")]
    #[issue(
        help = "join rules that differ only in their origins",
        docs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html"
    )]
    TooMany {
        /// How many there are.
        found: usize,
    },
    /// S3 takes one wildcard in an origin or a header.
    #[error("found `{value}`, expected some text with at most one `*`")]
    #[issue(help = "write one entry for each pattern", docs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html")]
    Wildcards {
        /// What was found.
        value: String,
    },
    /// S3 takes no wildcard in a header that scripts may read.
    #[error("found the exposed header `{header}`, expected a header's whole name")]
    #[issue(
        help = "name each header that scripts read, for example `ETag`",
        docs = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html"
    )]
    ExposedHeader {
        /// What was found.
        header: String,
    },
}
