//! Where asynchronous invocations leave their results.

use stacktape_macros::Keyed;

use super::{FunctionIssue, FunctionParam};
use crate::arn;
use crate::bucket::BucketParam;
use crate::check::Check;
use crate::document::spelling;
use crate::event_bus::EventBusParam;
use crate::sns_topic::SnsTopicParam;
use crate::sqs_queue::SqsQueueParam;
use crate::text::{Param, Text};

/// Where asynchronous invocations leave their results: those of buses, topics, buckets, schedules and of programs that do not wait.
/// YAML: `destinations`.
///
/// ```
/// use stacktape_model::function::Destinations;
/// use stacktape_model::sqs_queue::SqsQueue;
/// let failed = SqsQueue::builder("failed").build();
/// let destinations = Destinations::new().on_failure(failed.arn());
/// ```
///
/// The role of the function may send there.
#[derive(Clone, Debug, Default, PartialEq, Keyed)]
pub struct Destinations {
    /// The ARN of a queue, topic, bus or function that is told what came out. YAML: `onSuccess`.
    pub on_success: Option<Text>,
    /// The ARN of a queue, topic, bus, function or bucket that is told what failed, after two further attempts. YAML: `onFailure`.
    pub on_failure: Option<Text>,
}

const ON_FAILURE: &str = "onFailure";

impl Destinations {
    /// Nowhere.
    pub const fn new() -> Self {
        Self { on_success: None, on_failure: None }
    }

    /// Tells the queue, topic, bus or function with this ARN what came out. YAML: `onSuccess`.
    pub fn on_success(mut self, arn: impl Into<Text>) -> Self {
        self.on_success = Some(arn.into());
        self
    }

    /// Tells the queue, topic, bus, function or bucket with this ARN what failed. YAML: `onFailure`.
    pub fn on_failure(mut self, arn: impl Into<Text>) -> Self {
        self.on_failure = Some(arn.into());
        self
    }

    /// Every destination, with its key.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        let success = self.on_success.as_ref().map(|arn| ("onSuccess", arn));
        success.into_iter().chain(self.on_failure.as_ref().map(|arn| (ON_FAILURE, arn)))
    }
}

impl Destinations {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        for (key, arn) in self.texts() {
            if !may_receive(arn, key == ON_FAILURE) {
                at.field(key).report(&FunctionIssue::Destination { arn: spelling::of_text(arn) });
            }
        }
    }
}

/// Whether Lambda can send there, or only the deployment knows. Buckets take what failed alone.
/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html>
fn may_receive(arn: &Text, failed: bool) -> bool {
    match arn {
        Text::Literal(arn) => is_destination(arn) || (failed && arn::is_bucket(arn)),
        Text::Param(param) => match param.param {
            Param::EventBus(EventBusParam::Arn)
            | Param::Function(FunctionParam::Arn)
            | Param::SnsTopic(SnsTopicParam::Arn)
            | Param::SqsQueue(SqsQueueParam::Arn) => true,
            Param::Bucket(BucketParam::Arn) => failed,
            _ => false,
        },
        Text::Raw(_) | Text::Joined(_) | Text::Intrinsic(_) => true,
        Text::Fact(_) => false,
    }
}

/// Lambda sends to no FIFO queue or topic.
fn is_destination(arn: &str) -> bool {
    let name = ["sqs", "sns", "events", "lambda"].iter().find_map(|service| arn::resource(service, arn));
    name.is_some_and(|name| !name.is_empty() && !arn::is_fifo(name))
}
