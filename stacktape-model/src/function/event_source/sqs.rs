//! Messages of a queue. YAML: `type: sqs`.

use stacktape_macros::Keyed;

use super::{BATCH_MAX, EventSourceIssue, WINDOW_MAX, check_batch, check_filters, source_of};
use crate::check::Check;
use crate::expression::Expression;
use crate::origin::Origin;
use crate::sqs_queue::{QueueRef, SqsQueue};
use crate::text::Text;

/// Calls the function with messages of a queue. YAML: `sqs`.
///
/// ```
/// use serde_json::json;
/// use stacktape_model::function::SqsEvent;
/// use stacktape_model::sqs_queue::SqsQueue;
/// let orders = SqsQueue::builder("orders").visibility_timeout_seconds(130).build();
/// let large = SqsEvent::new(&orders)
///     .batch_size(100)
///     .max_batch_window_seconds(10)
///     .filter(json!({"body": {"total": [{"numeric": [">", 1000]}]}}))
///     .report_batch_item_failures();
/// ```
///
/// Lambda receives messages, calls the function with several of them, and deletes those that it has handled. What the function fails at
/// comes back when the queue's `visibility_timeout_seconds` are over, which should be six times the function's timeout, and the window
/// of the event. Give the queue a `redrive_policy`, or such messages come back until they expire.
///
/// **Creates** an `AWS::Lambda::EventSourceMapping`. The role of the function may receive and delete messages of this queue. Another
/// queue makes another mapping.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct SqsEvent {
    /// The queue. YAML: `sqsQueueName`, or `sqsQueueArn` of one outside of the stack, which is in the same region.
    #[group]
    pub queue: QueueRef,
    /// How many messages at most. YAML: `batchSize`.
    pub batch_size: Option<u32>,
    /// For how many seconds messages are gathered. YAML: `maxBatchWindowSeconds`.
    pub max_batch_window_seconds: Option<u32>,
    /// Which messages. YAML: `filterPatterns`.
    pub filter_patterns: Vec<Expression>,
    /// Whether the function says which messages it failed at. YAML: `reportBatchItemFailures`.
    pub report_batch_item_failures: bool,
    /// Where the event is written.
    pub origin: Origin,
}

impl SqsEvent {
    /// Messages of a queue of the stack.
    #[track_caller]
    pub fn new(queue: &SqsQueue) -> Self {
        Self::of(QueueRef::of(queue))
    }

    /// Messages of a queue outside of the stack, in the same region. YAML: `sqsQueueArn`.
    #[track_caller]
    pub fn of_arn(arn: impl Into<Text>) -> Self {
        Self::of(QueueRef::Arn(arn.into()))
    }

    #[track_caller]
    fn of(queue: QueueRef) -> Self {
        Self {
            queue,
            batch_size: None,
            max_batch_window_seconds: None,
            filter_patterns: Vec::new(),
            report_batch_item_failures: false,
            origin: Origin::here(),
        }
    }

    /// Calls the function with so many messages at most: 1 to 10,000, of a FIFO queue 1 to 10. More than 10 need a window. YAML:
    /// `batchSize`, default 10. Changed in place.
    pub fn batch_size(mut self, messages: u32) -> Self {
        self.batch_size = Some(messages);
        self
    }

    /// Gathers messages for so many seconds, until a batch is full: 0 to 300; a FIFO queue has no window. YAML:
    /// `maxBatchWindowSeconds`, default 0. Changed in place.
    pub fn max_batch_window_seconds(mut self, seconds: u32) -> Self {
        self.max_batch_window_seconds = Some(seconds);
        self
    }

    /// Calls the function with messages that match this pattern, or one of several; Lambda deletes all others. A pattern such as
    /// `{"body": {"state": ["paid"]}}` reads the body as JSON. At most 10; an account has 5 until it asks for more. YAML: an entry of
    /// `filterPatterns`, a key of this project, default: every message. Changed in place.
    pub fn filter(mut self, pattern: impl Into<Expression>) -> Self {
        self.filter_patterns.push(pattern.into());
        self
    }

    /// Lets the function say which messages of a batch it failed at, by `batchItemFailures` of its answer; only those come back. A
    /// function whose answer does not say so handled all of them. YAML: `reportBatchItemFailures`, a key of this project, default
    /// `false`: one failure brings the whole batch back. Changed in place.
    pub fn report_batch_item_failures(mut self) -> Self {
        self.report_batch_item_failures = true;
        self
    }

    /// What tells the queue from others, however it is referred to: a function reads each source once.
    pub fn source(&self) -> String {
        match &self.queue {
            QueueRef::Named(queue) => queue.name.clone(),
            QueueRef::Arn(arn) => source_of(self.queue.in_stack(), arn),
        }
    }

    pub(in crate::function) fn check(&self, at: &mut Check<'_>) {
        self.queue.check(&mut at.field(self.queue.key()));
        check_batch(self.batch_size, self.max_batch_window_seconds, at);
        check_filters(&self.filter_patterns, at);
    }

    /// Checks what the queue takes, which is given where it is one of the stack, of a function that may take so many seconds.
    pub(crate) fn check_with(&self, queue: Option<&SqsQueue>, timeout: u16, at: &mut Check<'_>) {
        let is_fifo = self.queue.is_fifo(|_| queue).unwrap_or_default();
        let window = self.max_batch_window_seconds.unwrap_or_default();
        if let Some(found) = self.batch_size.filter(|found| (MESSAGES_MAX + 1..=BATCH_MAX).contains(found)) {
            if is_fifo {
                at.field("batchSize").report(&EventSourceIssue::BatchSize { found, most: MESSAGES_MAX });
            } else if window == 0 {
                at.field("batchSize").report(&EventSourceIssue::NoBatchWindow { found });
            }
        }
        if is_fifo && window > 0 {
            at.field("maxBatchWindowSeconds").report(&EventSourceIssue::FifoBatchWindow { found: window });
        }
        let Some(queue) = queue else { return };
        let (found, recommended) = (queue.visibility_seconds(), self.recommended_visibility(queue, timeout));
        let (name, timeout) = (queue.name().to_owned(), u32::from(timeout));
        let mut at = at.field(self.queue.key());
        if found < timeout {
            at.report(&EventSourceIssue::VisibilityTimeout { queue: name, found, timeout, recommended });
        } else if found < recommended {
            at.report(&EventSourceIssue::ShortVisibilityTimeout { queue: name, found, recommended });
        }
    }

    /// For how many seconds the queue should hide a message of a function that may take so many: six times as long, and the window.
    pub(crate) fn recommended_visibility(&self, queue: &SqsQueue, timeout: u16) -> u32 {
        const TIMES: u32 = 6;
        // Of a FIFO queue there is no window, and what is wrong about a window is told elsewhere.
        let window = self.max_batch_window_seconds.filter(|_| !queue.is_fifo()).unwrap_or_default();
        u32::from(timeout) * TIMES + window.min(WINDOW_MAX)
    }
}

/// What Lambda takes of a FIFO queue, or without a window.
const MESSAGES_MAX: u32 = 10;
