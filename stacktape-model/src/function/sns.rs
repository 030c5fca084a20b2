//! Messages of a topic.

use serde::ser::SerializeMap;
use stacktape_macros::Keyed;

use crate::arn;
use crate::check::Check;
use crate::document::{Decode, Fields, Group, Reader};
use crate::expression::Expression;
use crate::origin::Origin;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::sns_topic::{SnsTopic, SnsTopicParam};
use crate::sqs_queue::{QueueRef, SqsQueue};
use crate::text::{Param, Text};

/// Calls the function with each message of a topic. YAML: `sns`.
///
/// ```
/// use serde_json::json;
/// use stacktape_model::function::SnsEvent;
/// use stacktape_model::sns_topic::SnsTopic;
/// let orders = SnsTopic::builder("orders").build();
/// let paid = SnsEvent::new(&orders).filter_policy(json!({"state": ["paid"]}));
/// ```
///
/// **Creates** an `AWS::SNS::Subscription`, and the permission for the topic to call the function. A queue of the stack that keeps what
/// could not be delivered lets the topic send to it, and no other one.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct SnsEvent {
    /// The topic, which cannot be FIFO. A change replaces the subscription.
    #[group]
    pub topic: TopicRef,
    /// Which messages, by their attributes, in SNS's own JSON: at most 5 keys, each with a list. YAML: `filterPolicy`, default: all.
    /// Changed in place.
    pub filter_policy: Option<Expression>,
    /// Where messages go that could not be delivered. YAML: `onDeliveryFailure`, default: nowhere. Changed in place.
    pub on_delivery_failure: Option<QueueRef>,
    /// Where the event is written.
    pub origin: Origin,
}

/// A topic that messages come from.
#[derive(Clone, Debug, PartialEq)]
pub enum TopicRef {
    /// A topic of the stack. YAML: `snsTopicName`.
    Named(ResourceRef),
    /// A topic outside of the stack, whose own policy must let the account subscribe. YAML: `snsTopicArn`.
    Arn(Text),
}

impl SnsEvent {
    /// The messages of a topic of the stack. YAML: `snsTopicName`.
    #[track_caller]
    pub fn new(topic: &SnsTopic) -> Self {
        Self::of(TopicRef::Named(ResourceRef::new(topic.name(), ResourceKind::SnsTopic)))
    }

    /// The messages of a topic outside of the stack. YAML: `snsTopicArn`.
    #[track_caller]
    pub fn of_arn(arn: impl Into<Text>) -> Self {
        Self::of(TopicRef::Arn(arn.into()))
    }

    #[track_caller]
    fn of(topic: TopicRef) -> Self {
        Self { topic, filter_policy: None, on_delivery_failure: None, origin: Origin::here() }
    }

    /// Only messages with these attributes: at most 5 keys, each with a list. YAML: `filterPolicy`, default: all.
    pub fn filter_policy(mut self, policy: impl Into<Expression>) -> Self {
        self.filter_policy = Some(policy.into());
        self
    }

    /// Keeps what could not be delivered in a queue of the stack. YAML: `onDeliveryFailure.sqsQueueName`.
    #[track_caller]
    pub fn on_delivery_failure(mut self, queue: &SqsQueue) -> Self {
        self.on_delivery_failure = Some(QueueRef::of(queue));
        self
    }

    /// Keeps what could not be delivered in a queue outside of the stack, whose own policy must let the topic send. YAML:
    /// `onDeliveryFailure.sqsQueueArn`.
    pub fn on_delivery_failure_arn(mut self, arn: impl Into<Text>) -> Self {
        self.on_delivery_failure = Some(QueueRef::Arn(arn.into()));
        self
    }
}

const TOPIC_NAME: &str = "snsTopicName";
const TOPIC_ARN: &str = "snsTopicArn";

impl TopicRef {
    /// The topic's name, where it is one of the stack, however it is referred to.
    pub fn in_stack(&self) -> Option<&str> {
        match self {
            Self::Named(topic) => Some(&topic.name),
            Self::Arn(arn) => arn.resource_of(Param::SnsTopic(SnsTopicParam::Arn)),
        }
    }

    /// The key under which it is written.
    pub(crate) const fn key(&self) -> &'static str {
        match self {
            Self::Named(_) => TOPIC_NAME,
            Self::Arn(_) => TOPIC_ARN,
        }
    }
}

impl Group for TopicRef {
    const KEYS: &'static [&'static str] = &[TOPIC_NAME, TOPIC_ARN];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        match fields.one_of(Self::KEYS, at)? {
            (TOPIC_NAME, name) => ResourceRef::decode(name, ResourceKind::SnsTopic, &mut at.field(TOPIC_NAME)).map(Self::Named),
            (key, arn) => Text::decode(arn, &mut at.field(key)).map(Self::Arn),
        }
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Named(name) => map.serialize_entry(TOPIC_NAME, name),
            Self::Arn(arn) => map.serialize_entry(TOPIC_ARN, arn),
        }
    }
}

/// <https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html>
const KEYS_MAX: usize = 5;
const COMBINATIONS_MAX: usize = 150;

impl SnsEvent {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        if let TopicRef::Arn(arn) = &self.topic
            && !arn.may_be(Param::SnsTopic(SnsTopicParam::Arn), |arn| arn::is_of("sns", arn))
        {
            at.field(TOPIC_ARN).report(&SnsEventIssue::Topic);
        }
        if let Some(policy) = &self.filter_policy {
            check_filter(policy, &mut at.field("filterPolicy"));
        }
        if let Some(queue) = &self.on_delivery_failure {
            queue.check(&mut at.field("onDeliveryFailure").field(queue.key()));
        }
    }
}

/// A policy by attributes has lists at its keys, and no maps.
fn check_filter(policy: &Expression, at: &mut Check<'_>) {
    let Expression::Map(entries) = policy else { return at.report(&SnsEventIssue::FilterPolicy) };
    if entries.is_empty() {
        at.report(&SnsEventIssue::FilterPolicy);
    }
    let mut combinations: usize = 1;
    for (key, entry) in entries {
        match entry {
            Expression::List(items) if !items.is_empty() => combinations = combinations.saturating_mul(items.len()),
            _ => at.field(key).report(&SnsEventIssue::FilterPolicy),
        }
    }
    if entries.len() > KEYS_MAX || combinations > COMBINATIONS_MAX {
        at.report(&SnsEventIssue::LargeFilter { keys: entries.len(), combinations });
    }
}

/// Mistakes in messages of topics.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "sns_event")]
#[non_exhaustive]
pub enum SnsEventIssue {
    /// A subscription is made to the ARN of a topic.
    #[error("found something else than the ARN of a topic, expected `arn:..:sns:..` and the topic's name")]
    #[issue(
        help = "write an ARN such as `arn:aws:sns:eu-west-1:123456789012:orders`, or name a topic of the stack: `SnsEvent::new(&orders)`",
        yaml = "write an ARN such as `arn:aws:sns:eu-west-1:123456789012:orders`, or name a topic of the stack by `snsTopicName`",
        docs = "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html"
    )]
    Topic,
    /// FIFO topics deliver to queues alone.
    #[error("found a FIFO topic, expected one that is not FIFO, since FIFO topics deliver to queues alone")]
    #[issue(
        help = "take a topic that is not FIFO, or remove `.fifo_enabled(true)` of this one",
        yaml = "take a topic that is not FIFO, or remove `fifoEnabled: true` of this one",
        docs = "https://docs.aws.amazon.com/sns/latest/dg/fifo-message-delivery.html"
    )]
    FifoTopic,
    /// SNS keeps one subscription of a function to a topic.
    #[error("found the topic `{name}` a second time, expected one event for each topic")]
    #[issue(
        help = "join the two filters into one, whose lists have the values of both",
        docs = "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html"
    )]
    TopicTwice {
        /// The topic.
        name: String,
    },
    /// SNS matches lists of values of attributes.
    #[error("found another value than a map with a list at each key, expected lists with something in them")]
    #[issue(
        help = "write a policy such as `json!({{\"state\": [\"paid\", {{\"prefix\": \"re\"}}]}})`",
        yaml = "write a policy such as `{{state: [paid, {{prefix: re}}]}}`",
        docs = "https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html"
    )]
    FilterPolicy,
    /// SNS's limits of a policy.
    #[error("found a policy of {keys} keys and {combinations} combinations of values, expected at most 5 keys and 150 combinations")]
    #[issue(
        help = "leave some out: combinations are the lengths of all lists, multiplied",
        docs = "https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html"
    )]
    LargeFilter {
        /// How many keys there are.
        keys: usize,
        /// How many combinations there are.
        combinations: usize,
    },
    /// What is no FIFO topic leaves its messages in no FIFO queue.
    #[error("found a FIFO queue for what could not be delivered, expected one that is not FIFO")]
    #[issue(help = "name another queue", docs = "https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html")]
    FifoFailure,
}
