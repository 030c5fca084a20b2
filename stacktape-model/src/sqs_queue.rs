//! `sqs-queue`: a queue of Amazon SQS.

mod event;
mod queue_ref;
mod redrive;

pub use event::{QueueEvent, QueueEventType};
pub use queue_ref::QueueRef;
pub use redrive::RedrivePolicy;

use stacktape_macros::model;

use crate::check::Check;
use crate::iam::PolicyStatement;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::removal_policy::RemovalPolicy;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// A queue of messages, each of which one consumer receives. YAML: `sqs-queue`.
///
/// ```
/// use stacktape_model::sqs_queue::SqsQueue;
/// let orders = SqsQueue::builder("orders").visibility_timeout_seconds(120).build();
/// ```
///
/// **Creates** an `AWS::SQS::Queue`, an `AWS::Events::Rule` for each event, and an `AWS::SQS::QueuePolicy` where it has
/// `policy_statements`, or buses or topics send to it.
///
/// **Defaults**: SQS encrypts messages with a key of its own (SSE-SQS). Nobody outside the account may use the queue.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct SqsQueue {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the queue.
    #[argument]
    pub(crate) name: String,
    /// Hides each new message for so many seconds. YAML: `delayMessagesSecond`, 0 to 900, default 0. Changed in place.
    pub(crate) delay_messages_second: Option<u32>,
    /// The largest message in bytes. YAML: `maxMessageSizeBytes`, 1,024 to 1,048,576, default: that of SQS. Changed in place.
    pub(crate) max_message_size_bytes: Option<u32>,
    /// For how many seconds a message is kept that nobody deletes. YAML: `messageRetentionPeriodSeconds`, 60 to 1,209,600 (14 days),
    /// default 345,600 (4 days). Changed in place.
    pub(crate) message_retention_period_seconds: Option<u32>,
    /// For how many seconds a consumer waits for a message where there is none. YAML: `longPollingSeconds`, 0 to 20, default 0.
    /// Changed in place.
    pub(crate) long_polling_seconds: Option<u32>,
    /// For how many seconds a received message is hidden from the other consumers. YAML: `visibilityTimeoutSeconds`, 0 to 43,200
    /// (12 hours), default 30. Changed in place.
    pub(crate) visibility_timeout_seconds: Option<u32>,
    /// Keeps the order of the messages of a group, and delivers each once. YAML: `fifoEnabled`, default `false`. A change replaces
    /// the queue.
    pub(crate) fifo_enabled: bool,
    /// Lets the groups of a FIFO queue be handled beside each other, with more messages a second. YAML: `fifoHighThroughput`, default
    /// `false`. Changed in place.
    pub(crate) fifo_high_throughput: bool,
    /// Takes messages of a FIFO queue with the same body for the same message, for five minutes. YAML: `contentBasedDeduplication`,
    /// default `false`: each message needs a deduplication id. Changed in place.
    pub(crate) content_based_deduplication: bool,
    /// Where messages go that nobody could handle. YAML: `redrivePolicy`. Changed in place.
    pub(crate) redrive_policy: Option<RedrivePolicy>,
    /// Events of buses that the queue receives. YAML: `events`. Changed in place.
    #[each(event)]
    pub(crate) events: Vec<QueueEvent>,
    /// Who else may do what to the queue; workloads that are connected to it need no statement. YAML: `policyStatements`, at most 20,
    /// one fewer where buses send to the queue, and one fewer where topics do. Changed in place.
    #[each(policy_statement)]
    pub(crate) policy_statements: Vec<PolicyStatement>,
    /// What becomes of the queue, with its messages, when it leaves the stack. YAML: `removalPolicy`, default `delete`. Changed in
    /// place.
    pub(crate) removal_policy: RemovalPolicy,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

impl SqsQueue {
    /// The queue's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// For how many seconds a received message is hidden from the other consumers.
    pub fn visibility_seconds(&self) -> u32 {
        const DEFAULT: u32 = 30;
        self.visibility_timeout_seconds.unwrap_or(DEFAULT)
    }

    /// Whether the queue keeps the order of messages.
    pub fn is_fifo(&self) -> bool {
        self.fifo_enabled
    }

    /// The events that the queue receives.
    pub fn events(&self) -> &[QueueEvent] {
        &self.events
    }

    /// The queue's ARN. YAML: `$ResourceParam('..', 'arn')`.
    #[track_caller]
    pub fn arn(&self) -> Text {
        self.param(SqsQueueParam::Arn)
    }

    /// The queue's name in SQS, which ends in `.fifo` where it is FIFO. YAML: `$ResourceParam('..', 'name')`.
    #[track_caller]
    pub fn queue_name(&self) -> Text {
        self.param(SqsQueueParam::Name)
    }

    /// The queue's URL, by which programs send and receive. YAML: `$ResourceParam('..', 'url')`.
    #[track_caller]
    pub fn url(&self) -> Text {
        self.param(SqsQueueParam::Url)
    }

    #[track_caller]
    fn param(&self, param: SqsQueueParam) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::SqsQueue), param: Param::SqsQueue(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        for (field, found, least, most) in [
            ("delayMessagesSecond", self.delay_messages_second, 0, 900),
            ("maxMessageSizeBytes", self.max_message_size_bytes, 1024, 1_048_576),
            ("messageRetentionPeriodSeconds", self.message_retention_period_seconds, 60, 1_209_600),
            ("longPollingSeconds", self.long_polling_seconds, 0, 20),
            ("visibilityTimeoutSeconds", self.visibility_timeout_seconds, 0, 43_200),
        ] {
            check_range(found, least, most, &mut at.field(field));
        }
        if !self.fifo_enabled {
            for (key, set) in
                [("fifoHighThroughput", self.fifo_high_throughput), ("contentBasedDeduplication", self.content_based_deduplication)]
            {
                if set {
                    at.field(key).report(&SqsQueueIssue::FifoOnly { key });
                }
            }
        }
        if let Some(redrive) = &self.redrive_policy {
            let mut at = at.field("redrivePolicy");
            check_range(Some(redrive.max_receive_count), 1, 1000, &mut at.field("maxReceiveCount"));
            redrive.target.check(&mut at.field(redrive.target_key()));
        }
        at.field("policyStatements").each(&self.policy_statements, |at, statement| statement.check(at));
        at.field("events").each(&self.events, |at, event| match event {
            QueueEvent::EventBus(event) => event.check_of_queue(self.fifo_enabled, &mut at.written_here(event.origin)),
        });
    }
}

fn check_range(found: Option<u32>, least: u32, most: u32, at: &mut Check<'_>) {
    if let Some(found) = found.filter(|found| !(least..=most).contains(found)) {
        at.report(&SqsQueueIssue::Range { found, least, most });
    }
}

/// What other resources may know of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqsQueueParam {
    /// `arn`.
    Arn,
    /// `name`.
    Name,
    /// `url`.
    Url,
}

impl SqsQueueParam {
    /// Every parameter, in the order in which variables are injected.
    pub const ALL: [Self; 3] = [Self::Arn, Self::Name, Self::Url];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arn => "arn",
            Self::Name => "name",
            Self::Url => "url",
        }
    }
}

/// Mistakes in queues.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "sqs_queue")]
#[non_exhaustive]
pub enum SqsQueueIssue {
    /// SQS's own limits.
    #[error("found {found}, expected {least} to {most}")]
    #[issue(
        help = "write a number from {least} to {most}",
        docs = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html"
    )]
    Range {
        /// What was found.
        found: u32,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Only FIFO queues know groups and deduplication.
    #[error("found `{key}` on a queue that is not FIFO, expected it on a FIFO queue only")]
    #[issue(
        help = "add `.fifo_enabled(true)`, or remove it",
        yaml = "add `fifoEnabled: true`, or remove it",
        docs = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html"
    )]
    FifoOnly {
        /// The key.
        key: &'static str,
    },
    /// Messages go to a queue.
    #[error("found `{found}`, expected the ARN of a queue")]
    #[issue(
        help = "write an ARN such as `arn:aws:sqs:eu-west-1:123456789012:failed`, or give the queue of the stack itself: `&failed`",
        yaml = "write an ARN such as `arn:aws:sqs:eu-west-1:123456789012:failed`, or name a queue of the stack by the key that ends in `Name`",
        docs = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html"
    )]
    Arn {
        /// What was found.
        found: String,
    },
    /// SQS's limit of statements.
    #[error("found {found} statements, expected at most 20, with those that let buses and topics send")]
    #[issue(
        help = "join statements that differ only in their actions or principals",
        docs = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html"
    )]
    TooManyStatements {
        /// How many there are.
        found: usize,
    },
}
