//! Where log lines go beside CloudWatch Logs. YAML: `logForwarding`.

use serde::ser::{Serialize, Serializer};
use stacktape_macros::model;

use crate::check::Check;
use crate::document::{Decode, DocumentIssue, Fields, Reader, Tagged, Tree};
use crate::table::Table;
use crate::text::{Secret, Text};

/// Sends what a log group receives to another service as well. YAML: `logForwarding`.
///
/// ```
/// use stacktape_model::container::ContainerLogs;
/// use stacktape_model::log_forwarding::LogForwarding;
/// use stacktape_model::text::Secret;
/// let logs = ContainerLogs::retained(30).forward_to(LogForwarding::datadog(Secret::new("datadog").key("apiKey")));
/// ```
///
/// **Creates** a delivery stream of Amazon Data Firehose and a subscription filter for each log group and, once for the resource whose
/// logs they are, two roles and a bucket for what could not be delivered. The bucket is encrypted and closed to the public, keeps an
/// object for as long as the log group keeps its lines, and goes with the stack; S3 deletes no bucket that still has objects, so empty
/// it first.
///
/// # Keys
///
/// A key is a [`Secret`], and stands in no template. The secret `Secret::new(arn).key("api_key")`, named by its whole ARN, is read by
/// Firehose itself, and a new value is used within ten minutes. Any other one is read by CloudFormation (a dynamic reference) when the
/// delivery stream is created or changed; a new value is used after a deployment that changes the stream.
#[derive(Clone, Debug, PartialEq)]
pub enum LogForwarding {
    /// To any service that takes requests of Firehose. YAML: `http-endpoint`.
    HttpEndpoint(HttpEndpointForwarding),
    /// To Highlight. YAML: `highlight`.
    Highlight(HighlightForwarding),
    /// To Datadog. YAML: `datadog`.
    Datadog(DatadogForwarding),
}

const HTTP_ENDPOINT: &str = "http-endpoint";
const HIGHLIGHT: &str = "highlight";
const DATADOG: &str = "datadog";

/// To any service that takes requests of Firehose. YAML: `http-endpoint`.
///
/// ```
/// use stacktape_model::log_forwarding::LogForwarding;
/// use stacktape_model::text::Secret;
/// let collector = LogForwarding::http_endpoint("https://logs.example.com/firehose")
///     .access_key(Secret::new("collectorKey"))
///     .gzip_encoding_enabled(true)
///     .parameter("team", "platform")
///     .retry_duration(600);
/// ```
#[model]
pub struct HttpEndpointForwarding {
    /// `endpoint_url`: an address with `https://` at port 443, up to 1000 characters. YAML: `endpointUrl`. Changed in place.
    #[argument]
    pub(crate) endpoint_url: Text,
    /// Goes with each request, as `X-Amz-Firehose-Access-Key`. YAML: `accessKey`, default: none. Changed in place.
    pub(crate) access_key: Option<Secret>,
    /// Compresses requests. YAML: `gzipEncodingEnabled`, default `false`. Changed in place.
    pub(crate) gzip_encoding_enabled: bool,
    /// Goes with each request, as `X-Amz-Firehose-Common-Attributes`: up to 50 values of up to 1024 characters, by names of 1 to 256. No
    /// place for secrets. YAML: `parameters`, default: none. Changed in place.
    #[own]
    pub(crate) parameters: Table<String, Text>,
    /// For how many seconds a request is tried again before it goes to the bucket: 0 to 7200. YAML: `retryDuration`, default 300.
    /// Changed in place.
    pub(crate) retry_duration: Option<u16>,
}

/// To Highlight. YAML: `highlight`.
#[model]
pub struct HighlightForwarding {
    /// `project_id`: the project at Highlight. YAML: `projectId`. Changed in place.
    #[argument]
    pub(crate) project_id: Text,
    /// An address with `https://` at port 443, up to 1000 characters. YAML: `endpointUrl`, default
    /// `https://pub.highlight.io/v1/logs/firehose`. Changed in place.
    pub(crate) endpoint_url: Option<Text>,
}

/// To Datadog. YAML: `datadog`.
#[model]
pub struct DatadogForwarding {
    /// `api_key`: a key of the Datadog organization. YAML: `apiKey`. Changed in place.
    #[argument]
    pub(crate) api_key: Secret,
    /// An address with `https://` at port 443, up to 1000 characters; each site of Datadog has its own. YAML: `endpointUrl`, default
    /// `https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input`, that of the site US1. Changed in place.
    pub(crate) endpoint_url: Option<Text>,
}

impl HttpEndpointForwardingBuilder {
    /// Sends a value with each request; a later value for the same name wins. YAML: an entry of `parameters`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Text>) -> Self {
        self.parameters.insert(name.into(), value.into());
        self
    }
}

impl LogForwarding {
    /// To any service that takes requests of Firehose, at an address with `https://`. YAML: `http-endpoint`.
    pub fn http_endpoint(endpoint_url: impl Into<Text>) -> HttpEndpointForwardingBuilder {
        HttpEndpointForwarding::builder(endpoint_url)
    }

    /// To a project of Highlight. YAML: `highlight`.
    pub fn highlight(project_id: impl Into<Text>) -> HighlightForwardingBuilder {
        HighlightForwarding::builder(project_id)
    }

    /// To Datadog, with a key of the organization. YAML: `datadog`.
    pub fn datadog(api_key: Secret) -> DatadogForwardingBuilder {
        DatadogForwarding::builder(api_key)
    }

    /// Reads the value of `logForwarding`, which makes no sense beside `disabled`.
    #[cfg(feature = "yaml")]
    #[inline]
    pub(crate) fn decode_beside(disabled: bool, fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        const KEY: &str = "logForwarding";
        match fields.get(KEY) {
            Some(tree) if disabled => at.field(KEY).tell(tree.place, &DocumentIssue::ForwardedNowhere),
            _ => fields.optional(KEY, at),
        }
    }

    /// Every text, and the key at which it stands.
    pub(crate) fn texts(&self) -> Vec<(&'static str, &Text)> {
        match self {
            Self::HttpEndpoint(HttpEndpointForwarding { endpoint_url, parameters, .. }) => {
                let parameters = parameters.values().map(|value| ("parameters", value));
                std::iter::once(("endpointUrl", endpoint_url)).chain(parameters).collect()
            }
            Self::Highlight(HighlightForwarding { project_id, endpoint_url }) => {
                let url = endpoint_url.iter().map(|url| ("endpointUrl", url));
                std::iter::once(("projectId", project_id)).chain(url).collect()
            }
            Self::Datadog(DatadogForwarding { api_key: _, endpoint_url }) => endpoint_url.iter().map(|url| ("endpointUrl", url)).collect(),
        }
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        match self {
            Self::HttpEndpoint(forwarding) => forwarding.check(at),
            Self::Highlight(HighlightForwarding { project_id, endpoint_url }) => {
                check_url(endpoint_url.as_ref(), at);
                if let Some(found) = project_id.as_literal().map(size).filter(|size| !(1..=VALUE_MAX).contains(size)) {
                    at.field("projectId").report(&LogForwardingIssue::ProjectId { found });
                }
            }
            Self::Datadog(DatadogForwarding { api_key, endpoint_url }) => {
                check_url(endpoint_url.as_ref(), at);
                api_key.check_in_template(&mut at.field("apiKey"));
            }
        }
    }
}

/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointConfiguration.html>
const URL_MAX: usize = 1000;
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointRequestConfiguration.html>
const PARAMETERS_MAX: usize = 50;
const NAME_MAX: usize = 256;
const VALUE_MAX: usize = 1024;
/// <https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointRetryOptions.html>
const RETRY_MAX: u16 = 7200;

impl HttpEndpointForwarding {
    fn check(&self, at: &mut Check<'_>) {
        check_url(Some(&self.endpoint_url), at);
        if let Some(key) = &self.access_key {
            key.check_in_template(&mut at.field("accessKey"));
        }
        if let Some(found) = self.retry_duration.filter(|seconds| *seconds > RETRY_MAX) {
            at.field("retryDuration").report(&LogForwardingIssue::RetryDuration { found });
        }
        let mut at = at.field("parameters");
        if self.parameters.len() > PARAMETERS_MAX {
            at.report(&LogForwardingIssue::TooManyParameters { found: self.parameters.len() });
        }
        for (name, value) in &self.parameters {
            let mut at = at.field(name);
            if name.trim().is_empty() || size(name) > NAME_MAX {
                at.report(&LogForwardingIssue::ParameterName { name: name.clone() });
            }
            if let Some(found) = value.as_literal().map(size).filter(|size| *size > VALUE_MAX) {
                at.report(&LogForwardingIssue::ParameterValue { found });
            }
        }
    }
}

/// Firehose counts characters.
fn size(text: &str) -> usize {
    text.chars().count()
}

fn check_url(url: Option<&Text>, at: &mut Check<'_>) {
    let Some(url) = url.and_then(Text::as_literal) else { return };
    let host = url.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, "443"));
    if host.is_empty() || port != "443" || url.contains(char::is_whitespace) || size(url) > URL_MAX {
        at.field("endpointUrl").report(&LogForwardingIssue::EndpointUrl { url: url.to_owned() });
    }
}

#[cfg(feature = "yaml")]
impl Decode for LogForwarding {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let (kind, properties) = at.tagged(tree, &[HTTP_ENDPOINT, HIGHLIGHT, DATADOG])?;
        match kind {
            HTTP_ENDPOINT => HttpEndpointForwarding::decode(&properties, at).map(Self::HttpEndpoint),
            HIGHLIGHT => HighlightForwarding::decode(&properties, at).map(Self::Highlight),
            _ => DatadogForwarding::decode(&properties, at).map(Self::Datadog),
        }
    }
}

impl Serialize for LogForwarding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::HttpEndpoint(properties) => Tagged { kind: HTTP_ENDPOINT, properties }.serialize(serializer),
            Self::Highlight(properties) => Tagged { kind: HIGHLIGHT, properties }.serialize(serializer),
            Self::Datadog(properties) => Tagged { kind: DATADOG, properties }.serialize(serializer),
        }
    }
}

macro_rules! from {
    ($($variant:ident: $forwarding:ident, $builder:ident;)*) => {$(
        impl From<$forwarding> for LogForwarding {
            fn from(forwarding: $forwarding) -> Self {
                Self::$variant(forwarding)
            }
        }

        impl From<$builder> for LogForwarding {
            fn from(builder: $builder) -> Self {
                Self::$variant(builder.build())
            }
        }
    )*};
}

from! {
    HttpEndpoint: HttpEndpointForwarding, HttpEndpointForwardingBuilder;
    Highlight: HighlightForwarding, HighlightForwardingBuilder;
    Datadog: DatadogForwarding, DatadogForwardingBuilder;
}

/// Mistakes in where logs are forwarded to.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "log_forwarding")]
#[non_exhaustive]
pub enum LogForwardingIssue {
    /// Firehose delivers by HTTPS to port 443 only.
    #[error("found the endpoint `{url}`, expected `https://`, a host and at most the port 443, in up to 1000 characters")]
    #[issue(
        help = "write an address such as `https://logs.example.com/firehose`",
        docs = "https://docs.aws.amazon.com/firehose/latest/dev/httpdeliveryrequestresponse.html"
    )]
    EndpointUrl {
        /// What was found.
        url: String,
    },
    /// Firehose tries again for two hours at most.
    #[error("found a retry duration of {found} s, expected 0 to 7200 s")]
    #[issue(
        help = "write `.retry_duration(7200)` for the longest one; what is not delivered by then goes to the bucket",
        yaml = "write `retryDuration: 7200` for the longest one; what is not delivered by then goes to the bucket",
        docs = "https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointRetryOptions.html"
    )]
    RetryDuration {
        /// What was found.
        found: u16,
    },
    /// Firehose sends so many attributes with a request.
    #[error("found {found} parameters, expected at most 50")]
    #[issue(
        help = "join some of them",
        docs = "https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointRequestConfiguration.html"
    )]
    TooManyParameters {
        /// How many there are.
        found: usize,
    },
    /// Firehose's spelling of an attribute's name.
    #[error("found the parameter `{name}`, expected a name of 1 to 256 characters, not all of them spaces")]
    #[issue(
        help = "write another name",
        docs = "https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointCommonAttribute.html"
    )]
    ParameterName {
        /// What was found.
        name: String,
    },
    /// Firehose's limit for an attribute's value.
    #[error("found a value of {found} characters, expected at most 1024")]
    #[issue(
        help = "shorten the value",
        docs = "https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointCommonAttribute.html"
    )]
    ParameterValue {
        /// How long it is.
        found: usize,
    },
    /// Highlight tells projects apart by an id, which Firehose sends as an attribute.
    #[error("found a project id of {found} characters, expected 1 to 1024")]
    #[issue(
        help = "copy the id from the settings of the project at Highlight",
        docs = "https://docs.aws.amazon.com/firehose/latest/APIReference/API_HttpEndpointCommonAttribute.html"
    )]
    ProjectId {
        /// How long it is.
        found: usize,
    },
}
