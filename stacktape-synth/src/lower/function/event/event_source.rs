//! Queues and streams that Lambda reads, in the name of the function's role, and what is common to these and topics of Kafka.
//!
//! A mapping names the function, which waits for its role, whose policies stand in it: so Lambda finds the permission to read.

use stacktape_model::expression::Expression;
use stacktape_model::function::{
    DynamoDbStreamEvent, EventConsumer, FailureDestination, Function, FunctionEvent, KinesisStreamEvent, SqsEvent, StreamReading, StreamRef,
};
use stacktape_model::kinesis_stream::{KinesisStream, KinesisStreamParam};
use stacktape_model::nested::written_name;

use super::kafka_topic;
use crate::cfn::lambda::EventSourceMapping;
use crate::cfn::lambda::event_source_mapping::{DestinationConfig, Filter, FilterCriteria, FunctionResponseTypes, OnFailure};
use crate::cfn::{PropertyType, Value, kinesis};
use crate::fragment::Fragment;
use crate::hash;
use crate::logical_id;
use crate::lower::function::destinations;
use crate::lower::{expression, kinesis_stream, once_each, sqs_queue, text};
use crate::physical_name;
use crate::plan::Plan;
use crate::policy::Grant;

/// Kinesis' longest name of a consumer.
const CONSUMER_NAME_MAX: usize = 128;

pub(super) fn lower_queue(function: &Function, event: &SqsEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let SqsEvent { queue, batch_size, max_batch_window_seconds, filter_patterns, report_batch_item_failures, origin: _ } = event;
    let mapping = mapping(function, filter_patterns, plan)
        .event_source_arn(sqs_queue::arn(queue, plan.stack))
        .set_some(responses(*report_batch_item_failures), EventSourceMapping::function_response_types)
        .set_some(*batch_size, EventSourceMapping::batch_size)
        .set_some(*max_batch_window_seconds, EventSourceMapping::maximum_batching_window_in_seconds);
    fragment.add(&logical_id::event_source_mapping(function.name(), &event.source()), mapping);
}

pub(super) fn lower_table(function: &Function, event: &DynamoDbStreamEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    let DynamoDbStreamEvent { stream_arn, reading, origin: _ } = event;
    let mapping = read(function, text::lower(stream_arn, plan.stack), reading, plan);
    fragment.add(&logical_id::event_source_mapping(function.name(), &event.source()), mapping);
}

pub(super) fn lower_stream(function: &Function, event: &KinesisStreamEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    let KinesisStreamEvent { stream, consumer: _, reading, origin: _ } = event;
    if event.consumer == EventConsumer::Own {
        // However else the stream is referred to later, the old consumer is there until the new one is. Without tags: a change of them
        // would replace the consumer by one of the same name, which Kinesis refuses.
        let rest = format!("{}-{}", written_name(function.name()), hash::short(&event.source(), 6));
        let name = physical_name::of(plan.stack.name(), &rest, CONSUMER_NAME_MAX);
        let own = kinesis::StreamConsumer::new(name, stream_arn(stream, plan));
        fragment.add(&logical_id::event_consumer(function.name(), &event.source()), own);
    }
    let mapping = read(function, source_of(function, event, plan), reading, plan);
    fragment.add(&logical_id::event_source_mapping(function.name(), &event.source()), mapping);
}

/// What is read of a stream: the stream itself, or the consumer.
fn source_of(function: &Function, event: &KinesisStreamEvent, plan: &Plan<'_>) -> Value<String> {
    match &event.consumer {
        EventConsumer::Shared => stream_arn(&event.stream, plan),
        EventConsumer::Arn(arn) => text::lower(arn, plan.stack),
        EventConsumer::Own => logical_id::event_consumer(function.name(), &event.source()).att_consumer_arn(),
    }
}

/// What is common to all sources.
pub(super) fn mapping(function: &Function, filters: &[Expression], plan: &Plan<'_>) -> EventSourceMapping {
    let filters: Vec<_> =
        once_each(filters).iter().map(|filter| Filter::new().pattern(expression::stringified(filter, plan.stack))).collect();
    EventSourceMapping::new(logical_id::function(function.name()).att_arn())
        .set_some((!filters.is_empty()).then(|| FilterCriteria::new().filters(filters)), EventSourceMapping::filter_criteria)
        .tags(plan.tags.list())
}

/// Whether the function says what it failed at.
fn responses(reports: bool) -> Option<[FunctionResponseTypes; 1]> {
    reports.then_some([FunctionResponseTypes::ReportBatchItemFailures])
}

/// Where Lambda tells of what it gave up.
pub(super) fn failure_destination(FailureDestination { arn, kind: _ }: &FailureDestination, plan: &Plan<'_>) -> DestinationConfig {
    DestinationConfig::new().on_failure(OnFailure::new().destination(text::lower(arn, plan.stack)))
}

fn read(function: &Function, source: Value<String>, reading: &StreamReading, plan: &Plan<'_>) -> EventSourceMapping {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let StreamReading {
        batch_size,
        max_batch_window_seconds,
        filter_patterns,
        starting_position,
        maximum_retry_attempts,
        parallelization_factor,
        bisect_batch_on_function_error,
        report_batch_item_failures,
        on_failure,
    } = reading;
    mapping(function, filter_patterns, plan)
        .event_source_arn(source)
        .set_some(responses(*report_batch_item_failures), EventSourceMapping::function_response_types)
        .starting_position(starting_position.as_str().to_owned())
        .set_some(*batch_size, EventSourceMapping::batch_size)
        .set_some(*max_batch_window_seconds, EventSourceMapping::maximum_batching_window_in_seconds)
        .set_some(*maximum_retry_attempts, EventSourceMapping::maximum_retry_attempts)
        .set_some(*parallelization_factor, EventSourceMapping::parallelization_factor)
        .set_some(bisect_batch_on_function_error.then_some(true), EventSourceMapping::bisect_batch_on_function_error)
        .set_some(on_failure.as_ref().map(|to| failure_destination(to, plan)), EventSourceMapping::destination_config)
}

/// What the role of a function must be allowed for its events.
pub(in crate::lower::function) fn grants(function: &Function, plan: &Plan<'_>) -> Vec<Grant> {
    let grants = function.events().iter().flat_map(|event| match event {
        FunctionEvent::DynamoDbStream(event) => of_table(event, plan),
        FunctionEvent::KafkaTopic(event) => kafka_topic::grants(event, plan),
        FunctionEvent::KinesisStream(event) => of_stream(function, event, plan),
        FunctionEvent::Sqs(event) => of_queue(event, plan),
        // What calls the function by itself has a permission instead.
        FunctionEvent::ApplicationLoadBalancer(_)
        | FunctionEvent::CloudwatchAlarm(_)
        | FunctionEvent::CloudwatchLog(_)
        | FunctionEvent::EventBus(_)
        | FunctionEvent::HttpApi(_)
        | FunctionEvent::Iot(_)
        | FunctionEvent::S3(_)
        | FunctionEvent::Schedule(_)
        | FunctionEvent::Sns(_) => Vec::new(),
    });
    grants.collect()
}

/// What Lambda does with a queue.
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions>
fn of_queue(event: &SqsEvent, plan: &Plan<'_>) -> Vec<Grant> {
    let actions = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"];
    vec![Grant::new(actions, [sqs_queue::arn(&event.queue, plan.stack)])]
}

/// What Lambda does with the stream of a table.
/// <https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html>
fn of_table(event: &DynamoDbStreamEvent, plan: &Plan<'_>) -> Vec<Grant> {
    let actions = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"];
    let read = Grant::new(actions, [text::lower(&event.stream_arn, plan.stack)]);
    std::iter::once(read).chain(failures(event.reading.on_failure.as_ref(), plan)).collect()
}

/// What Lambda does with a stream of Kinesis, or with a consumer of it.
/// <https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-create.html>
fn of_stream(function: &Function, event: &KinesisStreamEvent, plan: &Plan<'_>) -> Vec<Grant> {
    let stream = stream_arn(&event.stream, plan);
    let read =
        ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"];
    let mut grants = vec![Grant::new(read, [stream])];
    if event.consumer != EventConsumer::Shared {
        let consumer = source_of(function, event, plan);
        grants.push(Grant::new(["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"], [consumer]));
    }
    if let Some(stream) = event.stream.in_stack().and_then(|name| plan.stack.get::<KinesisStream>(name)) {
        grants.extend(kinesis_stream::key_to_read(stream, plan.stack));
    }
    grants.extend(failures(event.reading.on_failure.as_ref(), plan));
    grants
}

/// What Lambda does where it tells of what was given up.
pub(super) fn failures(destination: Option<&FailureDestination>, plan: &Plan<'_>) -> Vec<Grant> {
    let to =
        |FailureDestination { arn, kind }: &FailureDestination| destinations::to(text::lower(arn, plan.stack), Some(kind.as_str()), true);
    destination.map(to).unwrap_or_default()
}

fn stream_arn(stream: &StreamRef, plan: &Plan<'_>) -> Value<String> {
    match stream {
        StreamRef::Named(stream) => kinesis_stream::param(&stream.name, KinesisStreamParam::Arn),
        StreamRef::Arn(arn) => text::lower(arn, plan.stack),
    }
}
