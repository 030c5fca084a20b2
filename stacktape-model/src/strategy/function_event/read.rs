//! Events of queues, streams and topics of Kafka, which Lambda reads.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};
use serde_json::{Value, json};

use super::Called;
use super::pushed::around_of;
use crate::dynamo_db_table::DynamoDbTable;
use crate::function::{
    DynamoDbStreamEvent, FailureDestination, FunctionEvent, KafkaAuthentication, KafkaTopicEvent, KinesisStreamEvent, SqsEvent,
    StartingPosition, StreamReading,
};
use crate::kinesis_stream::KinesisStream;
use crate::sns_topic::SnsTopic;
use crate::sqs_queue::SqsQueue;
use crate::strategy::surroundings::{Later, Surroundings, pick};

/// Each kind of them.
pub(super) fn later() -> BoxedStrategy<Called> {
    prop_oneof![sqs(), kinesis_stream(), dynamo_db_stream(), kafka_topic()].boxed()
}

/// How many at once, and for how long they are gathered.
fn batch() -> impl Strategy<Value = (Option<u32>, Option<u32>)> {
    option::of(1..=10_000_u32).prop_flat_map(|size| {
        let needs_window = size.is_some_and(|size| size > 10);
        (Just(size), if needs_window { (1..=300_u32).prop_map(Some).boxed() } else { option::of(0..=300_u32).boxed() })
    })
}

fn filters() -> impl Strategy<Value = Vec<Value>> {
    let filter = select(vec![
        json!({"body": {"state": ["paid", {"prefix": "re"}]}}),
        json!({"data": {"total": [{"numeric": [">", 100]}]}}),
        json!({"eventName": ["INSERT"], "dynamodb": {"NewImage": {"größe": {"N": [{"exists": true}]}}}}),
    ]);
    vec(filter, 0..=5)
}

fn sqs() -> BoxedStrategy<Called> {
    (option::of(any::<Index>()), any::<[bool; 3]>(), batch(), filters())
        .prop_map(|(queue, [by_arn, is_fifo, reports], (size, window), filters)| {
            Later::new(move |around| {
                let queues = around_of::<SqsQueue>(around);
                let queue = queue.and_then(|index| pick(index, &queues));
                let mut event = match queue {
                    Some(queue) if by_arn => SqsEvent::of_arn(queue.arn()),
                    Some(queue) => SqsEvent::new(queue),
                    None if is_fifo => SqsEvent::of_arn("arn:aws:sqs:us-east-1:123456789012:jobs.fifo"),
                    None => SqsEvent::of_arn("arn:aws:sqs:us-east-1:123456789012:jobs"),
                };
                // Lambda takes few messages of a FIFO queue, and at once.
                let is_fifo = queue.map_or(is_fifo, |queue| queue.is_fifo());
                event.batch_size = if is_fifo { size.map(|size| size % 10 + 1) } else { size };
                event.max_batch_window_seconds = window.filter(|_| !is_fifo);
                event.filter_patterns = filters.iter().cloned().map(Into::into).collect();
                event.report_batch_item_failures = reports;
                Some(event.into())
            })
        })
        .boxed()
}

fn kinesis_stream() -> BoxedStrategy<Called> {
    (option::of(any::<Index>()), any::<bool>(), 0..3_u8, reading())
        .prop_map(|(stream, by_arn, consumer, reading)| {
            Later::new(move |around| {
                const OUTSIDE: &str = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks";
                let streams = around_of::<KinesisStream>(around);
                let stream = stream.and_then(|index| pick(index, &streams));
                let mut event = match stream {
                    Some(stream) if by_arn => KinesisStreamEvent::of_arn(stream.arn()),
                    Some(stream) => KinesisStreamEvent::new(stream),
                    None => KinesisStreamEvent::of_arn(OUTSIDE),
                };
                event.reading = reading.within(around);
                Some(match (consumer, stream) {
                    (1, _) => event.auto_create_consumer().into(),
                    (2, Some(stream)) if stream.enable_enhanced_fan_out => event.consumer_arn(stream.consumer_arn()).into(),
                    (2, None) => event.consumer_arn(format!("{OUTSIDE}/consumer/report:1700000000")).into(),
                    _ => event.into(),
                })
            })
        })
        .boxed()
}

fn dynamo_db_stream() -> BoxedStrategy<Called> {
    (option::of(any::<Index>()), reading())
        .prop_map(|(table, reading)| {
            Later::new(move |around| {
                let tables: Vec<_> = around_of::<DynamoDbTable>(around).into_iter().filter(|table| table.stream_type.is_some()).collect();
                let mut event = match table.and_then(|index| pick(index, &tables)) {
                    Some(table) => DynamoDbStreamEvent::new(table),
                    None => {
                        DynamoDbStreamEvent::of_arn("arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000")
                    }
                };
                event.reading = reading.within(around);
                Some(event.into())
            })
        })
        .boxed()
}

fn kafka_topic() -> BoxedStrategy<Called> {
    const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kafka-AbCdEf";
    let secret = || {
        (option::of(any::<Index>())).prop_map(|raw| {
            Later::new(move |around| match raw.and_then(|index| pick(index, &around.raw_resources)) {
                Some(raw) => raw.reference(),
                None => SECRET.into(),
            })
        })
    };
    let servers = subsequence(&["b1.example.com:9096", "b2.example.com:9096", "10.0.0.1:9092"][..], 1..=3);
    let topic = select(vec!["orders", "a_-.b"]);
    let group = option::of(select(vec!["report", "a/b:c=*"]));
    (servers, topic, (secret(), 0..5_u8), (batch(), filters(), group), (select(StartingPosition::ALL.to_vec()), failure()))
        .prop_map(|(servers, topic, (secret, kind), ((size, window), filters, group), (position, failure))| {
            Later::new(move |around| {
                let secret = secret.within(around);
                let authentication = match kind {
                    0 => KafkaAuthentication::basic(secret),
                    1 => KafkaAuthentication::sasl_scram_256(secret),
                    2 => KafkaAuthentication::sasl_scram_512(secret),
                    3 => KafkaAuthentication::mtls(secret),
                    _ => KafkaAuthentication::mtls_with_root(secret, SECRET),
                };
                let mut event = KafkaTopicEvent::new(servers.iter().copied(), topic, authentication).starting_position(position);
                (event.batch_size, event.max_batch_window_seconds) = (size, window);
                event.filter_patterns = filters.iter().cloned().map(Into::into).collect();
                event.consumer_group_id = group.map(Into::into);
                event.on_failure = failure.and_then(|which| destination(which, around));
                Some(event.into())
            })
        })
        .boxed()
}

fn failure() -> impl Strategy<Value = Option<(Index, Index)>> {
    option::of((any::<Index>(), any::<Index>()))
}

fn reading() -> BoxedStrategy<Later<StreamReading>> {
    let limits = (option::of(-1..=10_000_i32), option::of(1..=10_u32), select(StartingPosition::ALL.to_vec()));
    (batch(), filters(), limits, any::<[bool; 2]>(), failure())
        .prop_map(|((size, window), filters, (retries, parallel, position), [bisects, reports], failure)| {
            Later::new(move |around| StreamReading {
                batch_size: size,
                max_batch_window_seconds: window,
                filter_patterns: filters.iter().cloned().map(Into::into).collect(),
                starting_position: position,
                maximum_retry_attempts: retries,
                parallelization_factor: parallel,
                bisect_batch_on_function_error: bisects,
                report_batch_item_failures: reports,
                on_failure: failure.and_then(|which| destination(which, around)),
            })
        })
        .boxed()
}

/// A queue, topic or bucket that is around, or one outside.
#[track_caller]
fn destination((kind, index): (Index, Index), around: &Surroundings) -> Option<FailureDestination> {
    let queues = around_of::<SqsQueue>(around).into_iter().map(|queue| FailureDestination::queue_arn(queue.arn()));
    let topics = around_of::<SnsTopic>(around).into_iter().map(|topic| FailureDestination::topic_arn(topic.arn()));
    let buckets = around.buckets.iter().map(|bucket| FailureDestination::bucket_arn(bucket.arn()));
    let outside = vec![
        FailureDestination::queue_arn("arn:aws:sqs:us-east-1:123456789012:failed"),
        FailureDestination::topic_arn("arn:aws:sns:us-east-1:123456789012:failed"),
        FailureDestination::bucket_arn("arn:aws:s3:::my-failed-records"),
    ];
    let kinds = [queues.collect::<Vec<_>>(), topics.collect(), buckets.collect(), outside];
    let kinds: Vec<_> = kinds.into_iter().filter(|all| !all.is_empty()).collect();
    pick(index, pick(kind, &kinds)?).cloned()
}

/// Drops events of queues that hide messages for a shorter time than AWS recommends.
pub(in crate::strategy) fn drop_hasty(events: &mut Vec<FunctionEvent>, timeout: u16, around: &Surroundings) {
    let queues = around_of::<SqsQueue>(around);
    events.retain(|event| {
        let FunctionEvent::Sqs(event) = event else { return true };
        let mut own = queues.iter().filter(|queue| event.queue.in_stack() == Some(queue.name()));
        own.all(|queue| queue.visibility_seconds() >= event.recommended_visibility(queue, timeout))
    });
}
