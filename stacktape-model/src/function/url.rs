//! The address of a function.

use stacktape_macros::model;

use super::FunctionIssue;
use crate::check::Check;
use crate::container::Method;
use crate::document::words;

/// An address of a function's own, by HTTPS. YAML: `url`.
///
/// ```
/// use stacktape_model::function::{FunctionUrl, FunctionUrlCors, UrlAuthMode};
/// let open = FunctionUrl::builder().cors(FunctionUrlCors::builder().allowed_origin("https://example.com"));
/// let closed = FunctionUrl::builder().auth_mode(UrlAuthMode::AwsIam);
/// ```
#[model(switch)]
pub struct FunctionUrl {
    /// Who may call it. YAML: `authMode`, default `NONE`: everybody. Changed in place.
    pub(crate) auth_mode: UrlAuthMode,
    /// Sends the answer while it is made, up to 200 MB instead of 6. YAML: `responseStreamEnabled`, default `false`. Changed in place.
    pub(crate) response_stream_enabled: bool,
    /// Answers browsers of other origins. YAML: `cors`, default: off. Changed in place.
    pub(crate) cors: Option<FunctionUrlCors>,
}

/// Who may call the address of a function. YAML: `authMode`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UrlAuthMode {
    /// Everybody. YAML: `NONE`.
    #[default]
    None,
    /// Whoever signs requests, and may call the function. YAML: `AWS_IAM`.
    AwsIam,
}

words!(UrlAuthMode);

impl UrlAuthMode {
    /// Both.
    pub const ALL: [Self; 2] = [Self::None, Self::AwsIam];

    /// The mode as YAML and Lambda spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "NONE",
            Self::AwsIam => "AWS_IAM",
        }
    }
}

/// Which pages of other origins may call the address. YAML: `cors`.
///
/// Lambda answers preflight requests itself, and replaces CORS headers that the function sends.
#[model(switch)]
pub struct FunctionUrlCors {
    /// Origins: `*`, or `https://host:port`. YAML: `allowedOrigins`, default `*`.
    #[each(allowed_origin)]
    allowed_origins: Vec<String>,
    /// Headers of a request. YAML: `allowedHeaders`, default: all.
    #[each(allowed_header)]
    allowed_headers: Vec<String>,
    /// Methods. YAML: `allowedMethods`, default: all.
    #[each(allowed_method)]
    allowed_methods: Vec<Method>,
    /// Lets browsers send cookies. YAML: `allowCredentials`, default `false`.
    allow_credentials: Option<bool>,
    /// Headers that scripts may read. YAML: `exposedResponseHeaders`.
    #[each(exposed_response_header)]
    exposed_response_headers: Vec<String>,
    /// For how many seconds a browser may keep the answer: 0 to 86400. YAML: `maxAge`, default: not at all.
    max_age: Option<u32>,
}

const MAX_AGE_MAX: u32 = 86_400;
const VALUES_MAX: usize = 100;

impl FunctionUrl {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        let Some(cors) = &self.cors else { return };
        let mut at = at.field("cors");
        if let Some(found) = cors.max_age.filter(|found| *found > MAX_AGE_MAX) {
            at.field("maxAge").report(&FunctionIssue::CorsMaxAge { found });
        }
        let lists = [
            ("allowedOrigins", &cors.allowed_origins),
            ("allowedHeaders", &cors.allowed_headers),
            ("exposedResponseHeaders", &cors.exposed_response_headers),
        ];
        for (key, values) in lists {
            if values.len() > VALUES_MAX {
                at.field(key).report(&FunctionIssue::CorsValues { found: values.len() });
            }
        }
        let every_origin = cors.allowed_origins.is_empty() || cors.allowed_origins.iter().any(|origin| origin == "*");
        if cors.allow_credentials == Some(true) && every_origin {
            at.field("allowCredentials").report(&FunctionIssue::CorsCredentials);
        }
        at.field("allowedMethods").each(&cors.allowed_methods, |at, method| {
            // Lambda answers those itself, and its list does not know the word.
            if *method == Method::Options {
                at.report(&FunctionIssue::CorsMethod);
            }
        });
    }
}
