//! How Lambda reads a stream of Kinesis or DynamoDB.

use stacktape_macros::Keyed;

use super::{EventSourceIssue, FailureDestination, check_batch, check_filters};
use crate::check::Check;
use crate::document::words;
use crate::expression::Expression;

/// Where reading of a stream begins. YAML: `startingPosition`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StartingPosition {
    /// With the oldest record that the stream still has. YAML: `TRIM_HORIZON`.
    #[default]
    TrimHorizon,
    /// With what comes after the deployment. YAML: `LATEST`.
    Latest,
}

words!(StartingPosition);

impl StartingPosition {
    /// Both.
    pub const ALL: [Self; 2] = [Self::TrimHorizon, Self::Latest];

    /// The position as YAML and Lambda spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::TrimHorizon => "TRIM_HORIZON",
            Self::Latest => "LATEST",
        }
    }
}

/// How Lambda reads a stream, and what becomes of records that the function fails at.
#[derive(Clone, Debug, Default, PartialEq, Keyed)]
#[group]
pub struct StreamReading {
    /// How many records at most. YAML: `batchSize`.
    pub batch_size: Option<u32>,
    /// For how many seconds records are gathered. YAML: `maxBatchWindowSeconds`.
    pub max_batch_window_seconds: Option<u32>,
    /// Which records. YAML: `filterPatterns`.
    pub filter_patterns: Vec<Expression>,
    /// Where reading begins. YAML: `startingPosition`.
    pub starting_position: StartingPosition,
    /// How often a batch is tried again. YAML: `maximumRetryAttempts`.
    pub maximum_retry_attempts: Option<i32>,
    /// How many batches of a shard are handed over at once. YAML: `parallelizationFactor`.
    pub parallelization_factor: Option<u32>,
    /// Whether a batch that fails is cut in two. YAML: `bisectBatchOnFunctionError`.
    pub bisect_batch_on_function_error: bool,
    /// Whether the function says at which record it failed. YAML: `reportBatchItemFailures`.
    pub report_batch_item_failures: bool,
    /// Who is told of records that Lambda gave up. YAML: `onFailure`.
    pub on_failure: Option<FailureDestination>,
}

const RETRIES_MAX: i32 = 10_000;
const PARALLELIZATION_MAX: u32 = 10;

impl StreamReading {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        check_batch(self.batch_size, self.max_batch_window_seconds, at);
        check_filters(&self.filter_patterns, at);
        if let Some(found) = self.maximum_retry_attempts.filter(|found| !(-1..=RETRIES_MAX).contains(found)) {
            at.field("maximumRetryAttempts").report(&EventSourceIssue::Retries { found });
        }
        if let Some(found) = self.parallelization_factor.filter(|found| !(1..=PARALLELIZATION_MAX).contains(found)) {
            at.field("parallelizationFactor").report(&EventSourceIssue::ParallelizationFactor { found });
        }
        if let Some(destination) = &self.on_failure {
            destination.check(&mut at.field("onFailure"));
        }
    }
}

/// The setters of events that read a stream.
macro_rules! stream_setters {
    ($event:ident) => {
        impl $event {
            /// Calls the function with so many records at most: 1 to 10,000. YAML: `batchSize`, default 100. Changed in place.
            pub fn batch_size(mut self, records: u32) -> Self {
                self.reading.batch_size = Some(records);
                self
            }

            /// Gathers records for so many seconds, until a batch is full: 0 to 300. YAML: `maxBatchWindowSeconds`, default 0.
            /// Changed in place.
            pub fn max_batch_window_seconds(mut self, seconds: u32) -> Self {
                self.reading.max_batch_window_seconds = Some(seconds);
                self
            }

            /// Calls the function with records that match this pattern, or one of several, and passes over all others. At most 10; an
            /// account has 5 until it asks for more. YAML: an entry of `filterPatterns`, a key of this project, default: every record.
            /// Changed in place.
            pub fn filter(mut self, pattern: impl Into<$crate::expression::Expression>) -> Self {
                self.reading.filter_patterns.push(pattern.into());
                self
            }

            /// Begins to read here. YAML: `startingPosition`, default `TRIM_HORIZON`: with the oldest record. Another position needs
            /// another mapping, which Lambda refuses beside the old one: leave the event out of one deployment before.
            pub fn starting_position(mut self, position: $crate::function::StartingPosition) -> Self {
                self.reading.starting_position = position;
                self
            }

            /// Tries a batch that fails so often again: 0 to 10,000; -1 for as long as the stream keeps the records, which holds up all
            /// that comes behind them. YAML: `maximumRetryAttempts`, default -1. Changed in place.
            pub fn maximum_retry_attempts(mut self, attempts: i32) -> Self {
                self.reading.maximum_retry_attempts = Some(attempts);
                self
            }

            /// Hands so many batches of a shard over at once, each of other keys: 1 to 10. YAML: `parallelizationFactor`, default 1.
            /// Changed in place.
            pub fn parallelization_factor(mut self, batches: u32) -> Self {
                self.reading.parallelization_factor = Some(batches);
                self
            }

            /// Cuts a batch that fails in two and tries each, so that a bad record is found. YAML: `bisectBatchOnFunctionError`,
            /// default `false`. Changed in place.
            pub fn bisect_batch_on_function_error(mut self) -> Self {
                self.reading.bisect_batch_on_function_error = true;
                self
            }

            /// Lets the function say at which record it failed, by `batchItemFailures` of its answer; Lambda goes on from there. YAML:
            /// `reportBatchItemFailures`, a key of this project, default `false`: a batch is tried again as a whole. Changed in place.
            pub fn report_batch_item_failures(mut self) -> Self {
                self.reading.report_batch_item_failures = true;
                self
            }

            /// Tells a queue, topic or bucket of records that Lambda gave up: `&queue`, `&topic`, `&bucket`, or a
            /// [`FailureDestination`](crate::function::FailureDestination) outside of the stack. YAML: `onFailure` with `arn` and `type`,
            /// default: nobody. Changed in place.
            #[track_caller]
            pub fn on_failure(mut self, target: impl $crate::function::FailureTarget) -> Self {
                self.reading.on_failure = Some(target.destination());
                self
            }
        }
    };
}

pub(super) use stream_setters;
