//! Mistakes in queues and streams that Lambda reads for functions.

use serde_json::json;

use super::planting::{Mistake, Planting};
use crate::dynamo_db_table::{DynamoDbTable, KeyAttribute, StreamType};
use crate::function::{
    DynamoDbStreamEvent, FailureDestination, Function, FunctionBuilder, FunctionEvent, KafkaAuthentication, KafkaTopicEvent,
    KinesisStreamEvent, Package, Runtime, SqsEvent,
};
use crate::sqs_queue::SqsQueue;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("event_source::batch_size", |planting| {
        let size = planting.one(&[0, 10_001]);
        if planting.one(&[true, false]) {
            called(planting, KinesisStreamEvent::of_arn(STREAM).batch_size(size), "batchSize")
        } else {
            called(planting, SqsEvent::of_arn(QUEUE).batch_size(size), "batchSize")
        }
    }),
    Mistake::anywhere("event_source::batch_window", |planting| {
        let seconds = planting.one(&[301, u32::MAX]);
        if planting.one(&[true, false]) {
            called(planting, DynamoDbStreamEvent::of_arn(CHANGES).max_batch_window_seconds(seconds), "maxBatchWindowSeconds")
        } else {
            called(planting, SqsEvent::of_arn(QUEUE).max_batch_window_seconds(seconds), "maxBatchWindowSeconds")
        }
    }),
    Mistake::anywhere("event_source::no_batch_window", |planting| {
        let size = planting.one(&[11, 10_000]);
        called(planting, SqsEvent::of_arn(QUEUE).batch_size(size), "batchSize")
    }),
    Mistake::anywhere("event_source::fifo_batch_window", |planting| {
        let queue = SqsQueue::builder("plantedJobs").fifo_enabled(true).visibility_timeout_seconds(600).build();
        let (event, field) = match planting.one(&[0, 1, 2]) {
            0 => (SqsEvent::new(&queue), "maxBatchWindowSeconds"),
            1 => (SqsEvent::of_arn(queue.arn()), "maxBatchWindowSeconds"),
            _ => (SqsEvent::of_arn(format!("{QUEUE}.fifo")), "maxBatchWindowSeconds"),
        };
        planting.stack.add(queue);
        called(planting, event.max_batch_window_seconds(5), field)
    }),
    Mistake::anywhere("event_source::too_many_filters", |planting| {
        let many = planting.one(&[11, 50]);
        let event = (0..many).fold(SqsEvent::of_arn(QUEUE), |event, id| event.filter(json!({"body": {"id": [id]}})));
        called(planting, event, "filterPatterns")
    }),
    Mistake::anywhere("event_source::many_filters", |planting| {
        let many = planting.one(&[6, 10]);
        let event = (0..many).fold(KinesisStreamEvent::of_arn(STREAM), |event, id| event.filter(json!({"data": {"id": [id]}})));
        called(planting, event, "filterPatterns")
    }),
    Mistake::anywhere("event_source::filter_size", |planting| {
        let long = planting.one(&["a", "ä"]).repeat(4096);
        called(planting, KinesisStreamEvent::of_arn(STREAM).filter(json!({"data": {"id": [long]}})), "filterPatterns[0]")
    }),
    Mistake::anywhere("event_source::retries", |planting| {
        let attempts = planting.one(&[-2, i32::MIN, 10_001]);
        called(planting, KinesisStreamEvent::of_arn(STREAM).maximum_retry_attempts(attempts), "maximumRetryAttempts")
    }),
    Mistake::anywhere("event_source::parallelization_factor", |planting| {
        let batches = planting.one(&[0, 11]);
        called(planting, DynamoDbStreamEvent::of_arn(CHANGES).parallelization_factor(batches), "parallelizationFactor")
    }),
    Mistake::anywhere("event_source::source_arn", |planting| {
        let arn = planting.text(&["", "clicks", QUEUE, "arn:aws:kinesis:us-east-1:123456789012:stream/"]);
        match planting.one(&[0, 1, 2]) {
            0 => called(planting, KinesisStreamEvent::of_arn(arn), "streamArn"),
            1 => called(planting, KinesisStreamEvent::of_arn(STREAM).consumer_arn(arn), "consumerArn"),
            _ => called(planting, DynamoDbStreamEvent::of_arn(arn), "streamArn"),
        }
    }),
    Mistake::anywhere("event_source::bootstrap_servers", |planting| {
        let many = planting.one(&[0, 11]);
        let servers = (0..many).map(|number| format!("b{number}.example.com:9096"));
        let event = KafkaTopicEvent::new(servers, "orders", KafkaAuthentication::basic(SECRET));
        called(planting, event, "customKafkaConfiguration.bootstrapServers")
    }),
    Mistake::anywhere("event_source::bootstrap_server", |planting| {
        let server =
            planting.text(&["", "b1.example.com", "b1.example.com:", "b1:0", "-b1:9096", "a..b:9096", "http://b1:9096", "b1:99999"]);
        let event = KafkaTopicEvent::new([server], "orders", KafkaAuthentication::basic(SECRET));
        called(planting, event, "customKafkaConfiguration.bootstrapServers[0]")
    }),
    Mistake::anywhere("event_source::topic_name", |planting| {
        let topic = planting.text(&["", "a", ".orders", "new orders", &"a".repeat(250)]);
        let event = KafkaTopicEvent::new(["b1.example.com:9096"], topic, KafkaAuthentication::basic(SECRET));
        called(planting, event, "customKafkaConfiguration.topicName")
    }),
    Mistake::anywhere("event_source::consumer_group", |planting| {
        let group = planting.text(&["", "a group", &"a".repeat(201)]);
        let event = KafkaTopicEvent::new(["b1.example.com:9096"], "orders", KafkaAuthentication::basic(SECRET));
        called(planting, event.consumer_group_id(group), "consumerGroupId")
    }),
    Mistake::anywhere("event_source::secret_arn", |planting| {
        let arn = planting.text(&["", "kafka", "arn:aws:secretsmanager:us-east-1:123456789012:secret:", QUEUE]);
        let (authentication, field) = match planting.one(&[0, 1, 2]) {
            0 => (KafkaAuthentication::sasl_scram_256(arn), "authenticationSecretArn"),
            1 => (KafkaAuthentication::mtls(arn), "clientCertificate"),
            _ => (KafkaAuthentication::mtls_with_root(SECRET, arn), "serverRootCaCertificate"),
        };
        let event = KafkaTopicEvent::new(["b1.example.com:9096"], "orders", authentication);
        called(planting, event, &format!("customKafkaConfiguration.authentication.{field}"))
    }),
    Mistake::anywhere("event_source::failure_destination", |planting| {
        let arn = planting.text(&["failed", "", "arn:aws:events:us-east-1:123456789012:event-bus/failed"]);
        let event = KinesisStreamEvent::of_arn(STREAM);
        let to = match planting.one(&[0, 1, 2, 3]) {
            0 => FailureDestination::queue_arn(arn),
            1 => FailureDestination::topic_arn(arn),
            2 => FailureDestination::bucket_arn(arn),
            _ => FailureDestination::topic_arn(QUEUE),
        };
        called(planting, event.on_failure(to), "onFailure.arn")
    }),
    Mistake::anywhere("event_source::source_twice", |planting| {
        let key = KeyAttribute::string("id");
        let table = DynamoDbTable::builder("plantedOrders", key).stream_type(StreamType::KeysOnly).build();
        let queue = SqsQueue::builder("plantedJobs").visibility_timeout_seconds(600).build();
        let events: [FunctionEvent; 2] = match planting.one(&[0, 1, 2]) {
            0 => [SqsEvent::new(&queue).into(), SqsEvent::of_arn(queue.arn()).batch_size(1).into()],
            1 => [DynamoDbStreamEvent::new(&table).into(), DynamoDbStreamEvent::new(&table).batch_size(1).into()],
            _ => [KinesisStreamEvent::of_arn(STREAM).into(), KinesisStreamEvent::of_arn(STREAM).batch_size(1).into()],
        };
        planting.stack.add(function().events(events));
        planting.stack.add(table);
        planting.stack.add(queue);
        "resources.planted.events[1]".to_owned()
    }),
    Mistake::anywhere("event_source::visibility_timeout", |planting| {
        let queue = SqsQueue::builder("plantedJobs").visibility_timeout_seconds(planting.one(&[0, 59])).build();
        let (event, field) = if planting.one(&[true, false]) {
            (SqsEvent::new(&queue), "sqsQueueName")
        } else {
            (SqsEvent::of_arn(queue.arn()), "sqsQueueArn")
        };
        planting.stack.add(queue);
        planting.stack.add(function().timeout(60).event(event));
        format!("resources.planted.events[0].{field}")
    }),
    Mistake::anywhere("event_source::short_visibility_timeout", |planting| {
        let (seconds, window) = planting.one(&[(60, 0), (359, 0), (360, 1)]);
        let queue = SqsQueue::builder("plantedJobs").visibility_timeout_seconds(seconds).build();
        planting.stack.add(function().timeout(60).event(SqsEvent::new(&queue).max_batch_window_seconds(window)));
        planting.stack.add(queue);
        "resources.planted.events[0].sqsQueueName".to_owned()
    }),
];

const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:plantedJobs";
const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kafka-AbCdEf";
const STREAM: &str = "arn:aws:kinesis:us-east-1:123456789012:stream/planted";
const CHANGES: &str = "arn:aws:dynamodb:us-east-1:123456789012:table/planted/stream/2026-01-01T00:00:00.000";

fn function() -> FunctionBuilder {
    Function::builder("planted", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24)
}

/// Adds the function `planted` with an event; the path is below it.
fn called(planting: &mut Planting<'_>, event: impl Into<FunctionEvent>, field: &str) -> String {
    planting.stack.add(function().event(event));
    format!("resources.planted.events[0].{field}")
}
