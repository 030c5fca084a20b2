//! What is common to everything that Lambda reads for a function: queues, streams and topics of Kafka.

mod dynamo_db_stream;
mod failure_destination;
mod issue;
mod kafka_authentication;
mod kafka_topic;
mod kinesis_stream;
mod sqs;
mod stream_reading;

pub use dynamo_db_stream::DynamoDbStreamEvent;
pub use failure_destination::{FailureDestination, FailureDestinationKind, FailureTarget};
pub use issue::EventSourceIssue;
pub use kafka_authentication::{KafkaAuthentication, KafkaCertificate, KafkaPassword};
pub use kafka_topic::{CustomKafkaConfiguration, KafkaTopicEvent};
pub use kinesis_stream::{EventConsumer, KinesisStreamEvent, StreamRef};
use serde_json::json;
pub use sqs::SqsEvent;
pub use stream_reading::{StartingPosition, StreamReading};

use crate::check::Check;
use crate::document::spelling;
use crate::event_bus::check_pattern;
use crate::expression::Expression;
use crate::text::{Param, Text};

/// Lambda's largest batch.
const BATCH_MAX: u32 = 10_000;
/// Its longest wait.
const WINDOW_MAX: u32 = 300;
/// How many filters an account has without asking for more, and how many it can have.
/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html>
const FILTERS: usize = 5;
const FILTERS_MAX: usize = 10;
const FILTER_SIZE_MAX: usize = 4096;

/// Checks how much is read at once.
fn check_batch(size: Option<u32>, window: Option<u32>, at: &mut Check<'_>) {
    if let Some(found) = size.filter(|found| !(1..=BATCH_MAX).contains(found)) {
        at.field("batchSize").report(&EventSourceIssue::BatchSize { found, most: BATCH_MAX });
    }
    if let Some(found) = window.filter(|found| *found > WINDOW_MAX) {
        at.field("maxBatchWindowSeconds").report(&EventSourceIssue::BatchWindow { found });
    }
}

/// Checks what is read at all.
fn check_filters(filters: &[Expression], at: &mut Check<'_>) {
    // The same filter twice is one.
    let found = filters.iter().enumerate().filter(|(index, filter)| !filters[..*index].contains(filter)).count();
    let mut at = at.field("filterPatterns");
    if found > FILTERS_MAX {
        at.report(&EventSourceIssue::TooManyFilters { found });
    } else if found > FILTERS {
        at.report(&EventSourceIssue::ManyFilters { found });
    }
    at.each(filters, |at, filter| {
        check_pattern(filter, true, at);
        let found = json!(filter).to_string().chars().count();
        if found > FILTER_SIZE_MAX && is_literal(filter) {
            at.report(&EventSourceIssue::FilterSize { found });
        }
    });
}

/// Checks the ARN of a source.
fn check_source(arn: &Text, param: Param, expected: &'static str, is_right: impl FnOnce(&str) -> bool, at: &mut Check<'_>) {
    if !arn.may_be(param, is_right) {
        at.report(&EventSourceIssue::SourceArn { arn: spelling::of_text(arn), expected });
    }
}

/// What tells a source from others: the name of a resource of the stack, however it is referred to, or else the ARN.
fn source_of(in_stack: Option<&str>, arn: &Text) -> String {
    in_stack.map_or_else(|| spelling::of_text(arn), str::to_owned)
}

/// Whether every text is known now.
fn is_literal(expression: &Expression) -> bool {
    match expression {
        Expression::Text(text) => text.as_literal().is_some(),
        Expression::List(items) => items.iter().all(is_literal),
        Expression::Map(entries) => !expression.is_intrinsic() && entries.values().all(is_literal),
        Expression::Null | Expression::Bool(_) | Expression::Number(_) => true,
    }
}
