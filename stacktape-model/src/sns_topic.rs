//! `sns-topic`: a topic of Amazon SNS.

use stacktape_macros::model;

use crate::check::Check;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// A topic: whoever subscribes to it receives each message. YAML: `sns-topic`.
///
/// ```
/// use stacktape_model::sns_topic::SnsTopic;
/// let orders = SnsTopic::builder("orders").sms_display_name("My shop").build();
/// ```
///
/// **Creates** an `AWS::SNS::Topic`.
///
/// **Defaults**: nobody outside the account may publish or subscribe. Messages are not encrypted by a key of the account: with one,
/// other services of AWS cannot publish unless the key's policy names them.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct SnsTopic {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the topic.
    #[argument]
    pub(crate) name: String,
    /// The sender that a text message shows. YAML: `smsDisplayName`, at most 100 characters, of which phones show 11. Changed in
    /// place.
    sms_display_name: Option<String>,
    /// Keeps the order of the messages of a group, for queues that are FIFO. YAML: `fifoEnabled`, default `false`. A change replaces the
    /// topic.
    fifo_enabled: bool,
    /// Takes messages of a FIFO topic with the same body for the same message, for five minutes. YAML: `contentBasedDeduplication`,
    /// default `false`: each message needs a deduplication id. Changed in place.
    content_based_deduplication: bool,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

const DISPLAY_NAME_MAX: usize = 100;
const DISPLAYED_MAX: usize = 11;

impl SnsTopic {
    /// The topic's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the topic keeps the order of messages.
    pub fn is_fifo(&self) -> bool {
        self.fifo_enabled
    }

    /// The topic's ARN, by which programs publish. YAML: `$ResourceParam('..', 'arn')`.
    #[track_caller]
    pub fn arn(&self) -> Text {
        self.param(SnsTopicParam::Arn)
    }

    /// The topic's name in SNS, which ends in `.fifo` where it is FIFO. YAML: `$ResourceParam('..', 'name')`.
    #[track_caller]
    pub fn topic_name(&self) -> Text {
        self.param(SnsTopicParam::Name)
    }

    #[track_caller]
    fn param(&self, param: SnsTopicParam) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::SnsTopic), param: Param::SnsTopic(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        if let Some(name) = &self.sms_display_name {
            match name.chars().count() {
                ..=DISPLAYED_MAX => {}
                found @ ..=DISPLAY_NAME_MAX => at.field("smsDisplayName").report(&SnsTopicIssue::LongDisplayName { found }),
                found => at.field("smsDisplayName").report(&SnsTopicIssue::DisplayName { found }),
            }
        }
        if self.content_based_deduplication && !self.fifo_enabled {
            at.field("contentBasedDeduplication").report(&SnsTopicIssue::FifoOnly);
        }
    }
}

/// What other resources may know of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SnsTopicParam {
    /// `arn`.
    Arn,
    /// `name`.
    Name,
}

impl SnsTopicParam {
    /// Every parameter, in the order in which variables are injected.
    pub const ALL: [Self; 2] = [Self::Arn, Self::Name];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arn => "arn",
            Self::Name => "name",
        }
    }
}

/// Mistakes in topics.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "sns_topic")]
#[non_exhaustive]
pub enum SnsTopicIssue {
    /// SNS's own limit.
    #[error("found a display name of {found} characters, expected at most 100")]
    #[issue(help = "shorten it", docs = "https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html")]
    DisplayName {
        /// Its length.
        found: usize,
    },
    /// A text message has room for a short sender.
    #[error("found a display name of {found} characters, expected at most 11, which is what phones show")]
    #[issue(
        help = "shorten it; as it stands, phones show the beginning",
        docs = "https://docs.aws.amazon.com/sns/latest/dg/sns-create-topic.html",
        warning
    )]
    LongDisplayName {
        /// Its length.
        found: usize,
    },
    /// Only FIFO topics know deduplication.
    #[error("found `contentBasedDeduplication` on a topic that is not FIFO, expected it on a FIFO topic only")]
    #[issue(
        help = "add `.fifo_enabled(true)`, or remove it",
        yaml = "add `fifoEnabled: true`, or remove it",
        docs = "https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html"
    )]
    FifoOnly,
}
