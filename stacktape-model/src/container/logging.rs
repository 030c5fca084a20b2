//! Where the output of containers goes.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::check::Check;
use crate::document::{Decode, Reader, Tree};
use crate::log_forwarding::LogForwarding;

/// Every number of days for which CloudWatch Logs keeps events.
/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html>
pub const RETENTION_DAYS: [u16; 22] =
    [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

const RETENTION_DAYS_DEFAULT: u16 = 90;

/// Where the output of a container goes. YAML: `logging`.
#[derive(Clone, Debug, PartialEq)]
pub enum ContainerLogs {
    /// Nowhere. YAML: `disabled: true`.
    Disabled,
    /// To a log group of CloudWatch Logs.
    Retained(RetainedLogs),
}

/// Logs of a container that are kept, and forwarded where that is wanted.
///
/// ```
/// use stacktape_model::container::{Container, ContainerLogs, Image};
/// use stacktape_model::log_forwarding::LogForwarding;
/// let logs = ContainerLogs::retained(30).forward_to(LogForwarding::highlight("ab12cd34"));
/// let api = Container::builder("api", Image::dockerfile("api")).logging(logs).build();
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RetainedLogs {
    /// For how many days lines are kept: one of [`RETENTION_DAYS`]. YAML: `retentionDays`, default 90. Changed in place.
    pub retention_days: u16,
    /// Where lines go beside CloudWatch Logs. YAML: `logForwarding`, default: nowhere. Changed in place.
    pub log_forwarding: Option<LogForwarding>,
}

impl ContainerLogs {
    /// Keeps lines for so many days: one of [`RETENTION_DAYS`].
    pub const fn retained(retention_days: u16) -> RetainedLogs {
        RetainedLogs { retention_days, log_forwarding: None }
    }

    /// Where lines go beside CloudWatch Logs.
    pub const fn log_forwarding(&self) -> Option<&LogForwarding> {
        match self {
            Self::Disabled => None,
            Self::Retained(logs) => logs.log_forwarding.as_ref(),
        }
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        let Self::Retained(RetainedLogs { retention_days, log_forwarding }) = self else { return };
        check_retention(*retention_days, at);
        if let Some(forwarding) = log_forwarding {
            forwarding.check(&mut at.field("logForwarding"));
        }
    }
}

impl RetainedLogs {
    /// Sends lines to another service as well. YAML: `logForwarding`.
    pub fn forward_to(mut self, forwarding: impl Into<LogForwarding>) -> Self {
        self.log_forwarding = Some(forwarding.into());
        self
    }
}

impl From<RetainedLogs> for ContainerLogs {
    fn from(logs: RetainedLogs) -> Self {
        Self::Retained(logs)
    }
}

#[cfg(feature = "yaml")]
impl Decode for ContainerLogs {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let fields = at.fields(tree, &["disabled", "retentionDays", "logForwarding"])?;
        let retention_days = fields.optional("retentionDays", at).unwrap_or(RETENTION_DAYS_DEFAULT);
        let disabled = fields.optional("disabled", at).unwrap_or(false);
        let log_forwarding = LogForwarding::decode_beside(disabled, &fields, at);
        Some(if disabled { Self::Disabled } else { Self::Retained(RetainedLogs { retention_days, log_forwarding }) })
    }
}

impl Serialize for ContainerLogs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::Disabled => map.serialize_entry("disabled", &true)?,
            Self::Retained(RetainedLogs { retention_days, log_forwarding }) => {
                map.serialize_entry("retentionDays", retention_days)?;
                if let Some(forwarding) = log_forwarding {
                    map.serialize_entry("logForwarding", forwarding)?;
                }
            }
        }
        map.end()
    }
}

impl Default for ContainerLogs {
    fn default() -> Self {
        Self::retained(RETENTION_DAYS_DEFAULT).into()
    }
}

/// Checks `retentionDays` of a `logging` section.
pub(crate) fn check_retention(found: u16, at: &mut Check<'_>) {
    if !RETENTION_DAYS.contains(&found) {
        let nearest = RETENTION_DAYS.into_iter().min_by_key(|days| days.abs_diff(found)).unwrap_or(90);
        at.field("retentionDays").report(&LoggingIssue::RetentionDays { found, nearest });
    }
}

/// Mistakes in logging.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "logging")]
#[non_exhaustive]
pub enum LoggingIssue {
    /// CloudWatch Logs keeps events for certain numbers of days only.
    #[error(
        "found a retention of {found} days, expected one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653"
    )]
    #[issue(
        help = "write {nearest}",
        docs = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html"
    )]
    RetentionDays {
        /// What was found.
        found: u16,
        /// The number next to it.
        nearest: u16,
    },
}
