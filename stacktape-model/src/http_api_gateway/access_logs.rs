//! What is logged of the requests of an HTTP API. YAML: `logging`.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::check::Check;
use crate::container::check_retention;
use crate::document::{Decode, Reader, Tree, words};
use crate::log_forwarding::LogForwarding;

const RETENTION_DAYS_DEFAULT: u16 = 30;

/// Access logs of an HTTP API. YAML: `logging`.
#[derive(Clone, Debug, PartialEq)]
pub enum AccessLogs {
    /// Nothing is logged. YAML: `disabled: true`.
    Disabled,
    /// One line a request.
    Retained(RetainedAccessLogs),
}

/// Access logs that are kept, and forwarded where that is wanted.
///
/// ```
/// use stacktape_model::http_api_gateway::{AccessLogFormat, AccessLogs, HttpApiGateway};
/// let gateway = HttpApiGateway::builder("mainGateway").logging(AccessLogs::retained(90).format(AccessLogFormat::Csv)).build();
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RetainedAccessLogs {
    /// The shape of a line. YAML: `format`, default `JSON`. Changed in place.
    pub format: AccessLogFormat,
    /// For how many days lines are kept; CloudWatch Logs takes certain numbers only. YAML: `retentionDays`, default 30. Changed in
    /// place.
    pub retention_days: u16,
    /// Where lines go beside CloudWatch Logs. YAML: `logForwarding`, default: nowhere. Changed in place.
    pub log_forwarding: Option<LogForwarding>,
}

impl AccessLogs {
    /// JSON lines, kept for so many days; CloudWatch Logs takes certain numbers only.
    pub const fn retained(retention_days: u16) -> RetainedAccessLogs {
        RetainedAccessLogs { format: AccessLogFormat::Json, retention_days, log_forwarding: None }
    }

    /// Where lines go beside CloudWatch Logs.
    pub const fn log_forwarding(&self) -> Option<&LogForwarding> {
        match self {
            Self::Disabled => None,
            Self::Retained(logs) => logs.log_forwarding.as_ref(),
        }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let Self::Retained(RetainedAccessLogs { format: _, retention_days, log_forwarding }) = self else { return };
        check_retention(*retention_days, at);
        if let Some(forwarding) = log_forwarding {
            forwarding.check(&mut at.field("logForwarding"));
        }
    }
}

impl RetainedAccessLogs {
    /// Gives lines another shape. YAML: `format`.
    pub const fn format(mut self, format: AccessLogFormat) -> Self {
        self.format = format;
        self
    }

    /// Sends lines to another service as well. YAML: `logForwarding`.
    pub fn forward_to(mut self, forwarding: impl Into<LogForwarding>) -> Self {
        self.log_forwarding = Some(forwarding.into());
        self
    }
}

impl From<RetainedAccessLogs> for AccessLogs {
    fn from(logs: RetainedAccessLogs) -> Self {
        Self::Retained(logs)
    }
}

impl Default for AccessLogs {
    fn default() -> Self {
        Self::retained(RETENTION_DAYS_DEFAULT).into()
    }
}

#[cfg(feature = "yaml")]
impl Decode for AccessLogs {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let fields = at.fields(tree, &["disabled", "format", "retentionDays", "logForwarding"])?;
        let format = fields.optional("format", at).unwrap_or_default();
        let retention_days = fields.optional("retentionDays", at).unwrap_or(RETENTION_DAYS_DEFAULT);
        let disabled = fields.optional("disabled", at).unwrap_or(false);
        let log_forwarding = LogForwarding::decode_beside(disabled, &fields, at);
        Some(if disabled { Self::Disabled } else { Self::Retained(RetainedAccessLogs { format, retention_days, log_forwarding }) })
    }
}

impl Serialize for AccessLogs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Disabled => map.serialize_entry("disabled", &true)?,
            Self::Retained(RetainedAccessLogs { format, retention_days, log_forwarding }) => {
                map.serialize_entry("format", format)?;
                map.serialize_entry("retentionDays", retention_days)?;
                if let Some(forwarding) = log_forwarding {
                    map.serialize_entry("logForwarding", forwarding)?;
                }
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

words!(AccessLogFormat);

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
