//! CORS of an HTTP API.

use stacktape_macros::model;

use crate::check::Check;
use crate::container::Method;
use crate::text::Text;

/// Which pages of other origins may call the API. YAML: `cors`.
///
/// API Gateway answers preflight requests itself, and replaces CORS headers that a container sends.
///
/// ```
/// use stacktape_model::http_api_gateway::{HttpApiCors, HttpApiGateway};
/// use stacktape_model::application_load_balancer::ApplicationLoadBalancer;
/// let pages = ApplicationLoadBalancer::builder("pages").build();
/// let api = HttpApiGateway::builder("api").cors(HttpApiCors::builder().allowed_origin(pages.url()));
/// ```
#[model(switch)]
pub struct HttpApiCors {
    /// Origins: `*`, `https://*`, or `https://host:port`, or the URL of another resource: `shop.url()`. YAML: `allowedOrigins`, default
    /// `*`.
    #[each(allowed_origin)]
    pub(crate) allowed_origins: Vec<Text>,
    /// Headers of a request. YAML: `allowedHeaders`, default `Content-Type`, `X-Amz-Date`, `Authorization`, `X-Api-Key`,
    /// `X-Amz-Security-Token`, `X-Amz-User-Agent`.
    #[each(allowed_header)]
    allowed_headers: Vec<String>,
    /// Methods. YAML: `allowedMethods`, default: those of the gateway's routes and `OPTIONS`.
    #[each(allowed_method)]
    allowed_methods: Vec<Method>,
    /// Lets browsers send cookies. YAML: `allowCredentials`, default `false`.
    pub(crate) allow_credentials: Option<bool>,
    /// Headers that scripts may read. YAML: `exposedResponseHeaders`.
    #[each(exposed_response_header)]
    exposed_response_headers: Vec<String>,
    /// For how many seconds a browser may keep the answer: -1 (never) to 86400. YAML: `maxAge`.
    pub(crate) max_age: Option<i32>,
}

impl HttpApiCors {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        let every_origin = self.allowed_origins.is_empty() || self.allowed_origins.iter().any(|origin| origin.as_literal() == Some("*"));
        if self.allow_credentials == Some(true) && every_origin {
            at.field("allowCredentials").report(&HttpApiCorsIssue::CredentialsForAll);
        }
        at.field("allowedOrigins").each(&self.allowed_origins, |at, origin| {
            // What only the deployment knows is not looked into.
            if let Some(origin) = origin.as_literal().filter(|origin| !is_origin(origin)) {
                at.report(&HttpApiCorsIssue::Origin { origin: origin.to_owned() });
            }
        });
        if let Some(found) = self.max_age
            && !(-1..=86400).contains(&found)
        {
            at.field("maxAge").report(&HttpApiCorsIssue::MaxAge { found });
        }
    }
}

/// `*`, or `http` or `https` and a host with an optional port, and no path. API Gateway takes neither other schemes, such as
/// `capacitor://`, nor a wildcard for a part of the host.
fn is_origin(origin: &str) -> bool {
    let Some(host) = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")) else {
        return origin == "*";
    };
    let (host, port) = host.split_once(':').map_or((host, None), |(host, port)| (host, Some(port)));
    let host_fits =
        host == "*" || (!host.is_empty() && host.chars().all(|letter| letter.is_ascii_alphanumeric() || ".-_".contains(letter)));
    host_fits && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

/// Mistakes in a gateway's CORS.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "http_api_cors")]
#[non_exhaustive]
pub enum HttpApiCorsIssue {
    /// Browsers and API Gateway refuse credentials for every origin.
    #[error("found credentials allowed for every origin, expected named origins")]
    #[issue(
        help = "call `.allowed_origin(\"https://your.domain\")`, or leave out `.allow_credentials(true)`",
        yaml = "write `allowedOrigins: ['https://your.domain']`, or leave out `allowCredentials: true`",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html"
    )]
    CredentialsForAll,
    /// API Gateway's spelling of an origin.
    #[error("found the origin `{origin}`, expected `*`, `https://*`, or `http://` or `https://` with a whole host and at most a port")]
    #[issue(
        help = "write an origin such as `https://example.com`, without a path or a `/` at its end, or `*` for every origin",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html"
    )]
    Origin {
        /// What was found.
        origin: String,
    },
    /// API Gateway's limit.
    #[error("found a maximum age of {found} s, expected -1 to 86400 s")]
    #[issue(
        help = "write at most 86400, a day",
        docs = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html#apis-apiid-model-cors"
    )]
    MaxAge {
        /// What was found.
        found: i32,
    },
}
