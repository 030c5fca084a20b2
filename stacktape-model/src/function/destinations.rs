//! Where asynchronous invocations leave their results.

use stacktape_macros::Keyed;

use crate::arn;
use crate::check::Check;
use crate::text::Text;

use super::FunctionIssue;

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
    /// The ARN of a queue, topic, bus or function that is told what failed, after two further attempts. YAML: `onFailure`.
    pub on_failure: Option<Text>,
}

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

    /// Tells the queue, topic, bus or function with this ARN what failed. YAML: `onFailure`.
    pub fn on_failure(mut self, arn: impl Into<Text>) -> Self {
        self.on_failure = Some(arn.into());
        self
    }

    /// Every destination, with its key.
    pub fn texts(&self) -> impl Iterator<Item = (&'static str, &Text)> {
        let success = self.on_success.as_ref().map(|arn| ("onSuccess", arn));
        success.into_iter().chain(self.on_failure.as_ref().map(|arn| ("onFailure", arn)))
    }
}

impl Destinations {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        for (key, arn) in self.texts() {
            if let Some(arn) = arn.as_literal().filter(|arn| !is_destination(arn)) {
                at.field(key).report(&FunctionIssue::Destination { arn: arn.to_owned() });
            }
        }
    }
}

/// Lambda sends to no FIFO queue or topic.
fn is_destination(arn: &str) -> bool {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    matches!(parts.as_slice(), ["arn", _, "sqs" | "sns" | "events" | "lambda", region, account, name]
        if ![region, account, name].iter().any(|part| part.is_empty()) && !arn::is_fifo(name))
}
