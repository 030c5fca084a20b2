//! `http-api-gateway`: an HTTP API of Amazon API Gateway.

mod cors;

pub use cors::{HttpApiCors, HttpApiCorsBuilder, HttpApiCorsIssue, HttpApiCorsParts};

use serde::ser::{Serialize, SerializeMap, Serializer};
use stacktape_macros::model;

use crate::check::Check;
use crate::container::check_retention;
use crate::document::{Decode, Reader, Tree, words};
use crate::nested;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// An HTTP API of Amazon API Gateway: HTTPS for containers, without a certificate of one's own.
/// YAML: `http-api-gateway`.
///
/// ```
/// use stacktape_model::http_api_gateway::{AccessLogs, HttpApiCors, HttpApiGateway};
/// let gateway = HttpApiGateway::builder("mainGateway")
///     .cors(HttpApiCors::builder().allowed_origin("https://example.com").max_age(600))
///     .logging(AccessLogs::retained(90))
///     .build();
/// ```
///
/// **Creates** an `AWS::ApiGatewayV2::Api` with a stage and an access log group and, where a container has
/// an event on it, a VPC link with its security group.
///
/// API Gateway gives a request 30 seconds and 10 MB; longer or larger ones need a load balancer.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct HttpApiGateway {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the API and its URL.
    #[argument]
    pub(crate) name: String,
    /// Answers browsers of other origins. YAML: `cors`, default: off. Changed in place.
    pub(crate) cors: Option<HttpApiCors>,
    /// What is logged of each request, and for how long. YAML: `logging`, default: JSON, 30 days. Changed in place.
    pub(crate) logging: AccessLogs,
    /// How requests are described to integrations. YAML: `payloadFormat`, default `1.0`, which is the only one that
    /// containers take. Changed in place.
    pub(crate) payload_format: PayloadFormat,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

const RETENTION_DAYS_DEFAULT: u16 = 30;

/// Access logs of an HTTP API. YAML: `logging`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessLogs {
    /// Nothing is logged. YAML: `disabled: true`.
    Disabled,
    /// One line a request.
    Retained {
        /// The shape of a line. YAML: `format`, default `JSON`.
        format: AccessLogFormat,
        /// For how many days lines are kept. YAML: `retentionDays`, default 30.
        retention_days: u16,
    },
}

impl AccessLogs {
    /// JSON lines, kept for so many days; CloudWatch Logs takes certain numbers only.
    pub const fn retained(retention_days: u16) -> Self {
        Self::Retained { format: AccessLogFormat::Json, retention_days }
    }
}

impl Default for AccessLogs {
    fn default() -> Self {
        Self::retained(RETENTION_DAYS_DEFAULT)
    }
}

impl Decode for AccessLogs {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let fields = at.fields(tree, &["disabled", "format", "retentionDays"])?;
        let format = fields.optional("format", at).unwrap_or_default();
        let retention_days = fields.optional("retentionDays", at).unwrap_or(RETENTION_DAYS_DEFAULT);
        let disabled = fields.optional("disabled", at).unwrap_or(false);
        Some(if disabled { Self::Disabled } else { Self::Retained { format, retention_days } })
    }
}

impl Serialize for AccessLogs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Disabled => map.serialize_entry("disabled", &true)?,
            Self::Retained { format, retention_days } => {
                map.serialize_entry("format", format)?;
                map.serialize_entry("retentionDays", retention_days)?;
            }
        }
        map.end()
    }
}

/// The shape of a line of an access log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AccessLogFormat {
    /// A JSON object.
    #[default]
    Json,
    /// The common log format of web servers.
    Clf,
    /// Comma-separated values.
    Csv,
    /// An XML element.
    Xml,
}

words!(AccessLogFormat, PayloadFormat);

impl AccessLogFormat {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Json, Self::Clf, Self::Csv, Self::Xml];

    /// The format as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Clf => "CLF",
            Self::Csv => "CSV",
            Self::Xml => "XML",
        }
    }
}

impl PayloadFormat {
    /// Both.
    pub const ALL: [Self; 2] = [Self::V1, Self::V2];

    /// The version as API Gateway spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "1.0",
            Self::V2 => "2.0",
        }
    }
}

/// How API Gateway describes a request to an integration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PayloadFormat {
    /// `1.0`.
    #[default]
    V1,
    /// `2.0`: for functions only.
    V2,
}

impl HttpApiGateway {
    /// The gateway's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The gateway's URL, with `https://`. YAML: `$ResourceParam('..', 'url')`.
    #[track_caller]
    pub fn url(&self) -> Text {
        self.param(HttpApiGatewayParam::Url)
    }

    /// The gateway's domain. YAML: `$ResourceParam('..', 'domain')`.
    #[track_caller]
    pub fn domain(&self) -> Text {
        self.param(HttpApiGatewayParam::Domain)
    }

    #[track_caller]
    fn param(&self, param: HttpApiGatewayParam) -> Text {
        let resource = ResourceRef::new(self.name(), ResourceKind::HttpApiGateway);
        Text::Param(ParamRef { resource, param: Param::HttpApiGateway(param) })
    }

    pub(crate) fn takes_containers(&self) -> bool {
        self.payload_format == PayloadFormat::V1
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if let Some(cors) = &self.cors {
            cors.check(&mut at.field("cors"));
        }
        // Those of a service are kept as long as its own logs, and these are checked.
        if let AccessLogs::Retained { retention_days, .. } = self.logging
            && nested::service_of(&self.name).is_none()
        {
            check_retention(retention_days, &mut at.field("logging"));
        }
    }
}

/// What other resources may know of a gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HttpApiGatewayParam {
    /// `domain`.
    Domain,
    /// `url`.
    Url,
}

impl HttpApiGatewayParam {
    /// Every parameter.
    pub const ALL: [Self; 2] = [Self::Domain, Self::Url];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::Url => "url",
        }
    }
}
