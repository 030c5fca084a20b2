//! Queues, streams and topics of Kafka that Lambda reads for functions.

use serde_json::json;
use stacktape_model::dynamo_db_table::{DynamoDbTable, KeyAttribute, StreamType};
use stacktape_model::function::{
    DynamoDbStreamEvent, FailureDestination, Function, FunctionBuilder, FunctionEvent, KafkaAuthentication, KafkaTopicEvent, KinesisStreamEvent, Package, Runtime, SqsEvent,
};
use stacktape_model::sqs_queue::SqsQueue;
use stacktape_model::stack::Stack;
use stacktape_model::text::Text;

use crate::support::{Rule, rule, stack};

const QUEUE: &str = "arn:aws:sqs:eu-west-1:123456789012:jobs";
const STREAM: &str = "arn:aws:kinesis:eu-west-1:123456789012:stream/clicks";

#[track_caller]
fn function() -> FunctionBuilder {
    Function::builder("report", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24).timeout(10)
}

#[track_caller]
fn called_by(event: impl Into<FunctionEvent>) -> Stack {
    stack([function().event(event.into())])
}

#[track_caller]
fn jobs(fifo: bool, seconds: u32) -> SqsQueue {
    SqsQueue::builder("jobs").fifo_enabled(fifo).visibility_timeout_seconds(seconds).build()
}

/// A function that gets messages of a queue of the stack.
#[track_caller]
fn reading(fifo: bool, seconds: u32, event: impl FnOnce(SqsEvent) -> SqsEvent) -> Stack {
    let queue = jobs(fifo, seconds);
    let mut stack = called_by(event(SqsEvent::new(&queue)));
    stack.add(queue);
    stack
}

#[track_caller]
fn of_queue() -> SqsEvent {
    SqsEvent::of_arn(QUEUE)
}

#[track_caller]
fn of_stream() -> KinesisStreamEvent {
    KinesisStreamEvent::of_arn(STREAM)
}

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = of_batches();
    rules.extend(of_sources());
    rules.extend(of_kafka());
    rules
}

fn of_batches() -> Vec<Rule> {
    const SIZE: &str = "resources.report.events[0].batchSize";
    const WINDOW: &str = "resources.report.events[0].maxBatchWindowSeconds";
    const FILTERS: &str = "resources.report.events[0].filterPatterns";
    let filtered = |number: u32| called_by((0..number).fold(of_queue(), |event, number| event.filter(json!({"body": {"id": [number]}}))));
    let long = |size: usize| called_by(of_queue().filter(json!({"body": {"id": ["x".repeat(size)]}})));
    vec![
        rule("event_source::batch_size")
            .refuses(SIZE, called_by(of_queue().batch_size(0)))
            .saying("found batches of 0, expected 1 to 10000", "write a number from 1 to 10000")
            .refuses(SIZE, called_by(of_stream().batch_size(10_001)))
            .refuses(SIZE, reading(true, 60, |event| event.batch_size(11)))
            .takes(reading(true, 60, |event| event.batch_size(10)))
            .takes(called_by(of_stream().batch_size(10_000)))
            .takes(called_by(of_queue().batch_size(10_000).max_batch_window_seconds(1))),
        rule("event_source::batch_window")
            .refuses(WINDOW, called_by(of_stream().max_batch_window_seconds(301)))
            .saying("found a window of 301 s, expected 0 to 300 s", "write a number from 0 to 300")
            .takes(called_by(of_stream().max_batch_window_seconds(300))),
        rule("event_source::no_batch_window")
            .refuses(SIZE, called_by(of_queue().batch_size(11)))
            .saying(
                "found batches of 11 messages without a window, expected at most 10, or a window of at least 1 s",
                "add `.max_batch_window_seconds(1)`",
            )
            .takes(called_by(of_queue().batch_size(10)))
            .takes(called_by(of_queue().batch_size(11).max_batch_window_seconds(1))),
        rule("event_source::fifo_batch_window")
            .refuses(WINDOW, reading(true, 60, |event| event.max_batch_window_seconds(1)))
            .saying("found a window of 1 s for a FIFO queue, expected none", "remove `.max_batch_window_seconds(..)`")
            .takes(reading(true, 60, |event| event.max_batch_window_seconds(0))),
        rule("event_source::too_many_filters")
            .refuses(FILTERS, filtered(11))
            .saying(
                "found 11 filters, expected at most 10",
                "join some of them: a list of a pattern has several values, and `$or` several patterns",
            )
            .takes(filtered(5)),
        rule("event_source::many_filters")
            .warns(FILTERS, filtered(6))
            .saying(
                "found 6 filters, expected at most 5, which is the quota of an account that has not asked for more",
                "join some of them, or ask AWS for up to 10 filters of an event source",
            )
            .warns(FILTERS, filtered(10))
            .takes(filtered(5)),
        rule("event_source::filter_size")
            .refuses("resources.report.events[0].filterPatterns[0]", long(4096))
            .saying("found a filter of 4116 characters as JSON, expected at most 4,096", "match fewer values")
            .takes(long(4076)),
        rule("event_source::retries")
            .refuses("resources.report.events[0].maximumRetryAttempts", called_by(of_stream().maximum_retry_attempts(-2)))
            .saying(
                "found -2 further attempts, expected 0 to 10,000, or -1 for as long as the stream keeps the records",
                "write a number from -1 to 10000",
            )
            .refuses("resources.report.events[0].maximumRetryAttempts", called_by(of_stream().maximum_retry_attempts(10_001)))
            .takes(called_by(of_stream().maximum_retry_attempts(-1)))
            .takes(called_by(of_stream().maximum_retry_attempts(10_000))),
        rule("event_source::parallelization_factor")
            .refuses("resources.report.events[0].parallelizationFactor", called_by(of_stream().parallelization_factor(11)))
            .saying("found 11 batches of a shard at once, expected 1 to 10", "write a number from 1 to 10")
            .refuses("resources.report.events[0].parallelizationFactor", called_by(of_stream().parallelization_factor(0)))
            .takes(called_by(of_stream().parallelization_factor(10))),
    ]
}

fn of_sources() -> Vec<Rule> {
    let failing = |to: FailureDestination| called_by(of_stream().on_failure(to));
    let orders = DynamoDbTable::builder("orders", KeyAttribute::string("id")).stream_type(StreamType::KeysOnly).build();
    let twice = |other: FunctionEvent| {
        let mut stack = stack([function().event(DynamoDbStreamEvent::new(&orders)).event(other)]);
        stack.add(orders.clone());
        stack
    };
    vec![
        rule("event_source::source_arn")
            .refuses("resources.report.events[0].streamArn", called_by(KinesisStreamEvent::of_arn(QUEUE)))
            .saying(
                "found `arn:aws:sqs:eu-west-1:123456789012:jobs`, expected the ARN of a stream of Kinesis",
                "write the whole ARN, or let the event name a resource of the stack",
            )
            .refuses("resources.report.events[0].consumerArn", called_by(of_stream().consumer_arn(STREAM)))
            .refuses(
                "resources.report.events[0].streamArn",
                called_by(DynamoDbStreamEvent::of_arn("arn:aws:dynamodb:eu-west-1:123456789012:table/orders")),
            )
            .takes(called_by(DynamoDbStreamEvent::of_arn(
                "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/2026-01-01T00:00:00.000",
            )))
            .takes(called_by(of_stream().consumer_arn(format!("{STREAM}/consumer/report:1700000000"))))
            // Only the deployment knows it.
            .takes(called_by(KinesisStreamEvent::of_arn(Text::joined(["clicks".into()])))),
        rule("event_source::failure_destination")
            .refuses("resources.report.events[0].onFailure.arn", failing(FailureDestination::topic_arn(QUEUE)))
            .saying(
                "found `arn:aws:sqs:eu-west-1:123456789012:jobs` as the destination of what fails, expected an ARN of `sns`",
                "write `.on_failure(&queue)`, `.on_failure(&topic)` or `.on_failure(&bucket)`",
            )
            .takes(failing(FailureDestination::queue_arn(QUEUE))),
        rule("event_source::source_twice")
            .refuses("resources.report.events[1]", twice(DynamoDbStreamEvent::new(&orders).batch_size(5).into()))
            .saying(
                "found a source that the function reads already, expected each source once",
                "leave one of the two events out, or let another function read the source too",
            )
            .takes(twice(of_queue().into())),
        rule("event_source::visibility_timeout")
            .refuses("resources.report.events[0].sqsQueueName", reading(false, 9, |event| event))
            .saying(
                "found the queue `jobs`, which hides a message for 9 s, and a function that may take 10 s, expected a queue that hides it for longer",
                "let the queue have `.visibility_timeout_seconds(60)`, or the function a shorter `.timeout(..)`",
            )
            .takes(reading(false, 60, |event| event)),
        rule("event_source::short_visibility_timeout")
            .warns("resources.report.events[0].sqsQueueName", reading(false, 64, |event| event.max_batch_window_seconds(5)))
            .saying(
                "found the queue `jobs`, which hides a message for 64 s, expected at least 65 s: six times what the function may take, and its window",
                "let the queue have `.visibility_timeout_seconds(65)`, or the function a shorter `.timeout(..)`",
            )
            .warns("resources.report.events[0].sqsQueueName", reading(false, 10, |event| event))
            .takes(reading(false, 65, |event| event.max_batch_window_seconds(5))),
    ]
}

const SECRET: &str = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka-AbCdEf";

fn of_kafka() -> Vec<Rule> {
    const CONFIGURATION: &str = "resources.report.events[0].customKafkaConfiguration";
    let of = |servers: &[String], topic: &str| called_by(KafkaTopicEvent::new(servers.to_vec(), topic, KafkaAuthentication::basic(SECRET)));
    let brokers = |number: u32| of(&(0..number).map(|number| format!("b{number}.example.com:9096")).collect::<Vec<_>>(), "orders");
    let broker = |broker: &str| of(&[broker.to_owned()], "orders");
    let topic = |topic: &str| of(&["b1:9096".to_owned()], topic);
    let by = |authentication| called_by(KafkaTopicEvent::new(["b1:9096"], "orders", authentication));
    let group = |id: &str| called_by(KafkaTopicEvent::new(["b1:9096"], "orders", KafkaAuthentication::basic(SECRET)).consumer_group_id(id));
    let servers = format!("{CONFIGURATION}.bootstrapServers");
    let first = format!("{servers}[0]");
    let name = format!("{CONFIGURATION}.topicName");
    vec![
        rule("event_source::bootstrap_servers")
            .refuses(&servers, brokers(0))
            .saying("found 0 brokers, expected 1 to 10", "give one to ten brokers; they know the others")
            .refuses(&servers, brokers(11))
            .takes(brokers(10)),
        rule("event_source::bootstrap_server")
            .refuses(&first, broker("b1.example.com"))
            .saying(
                "found the broker `b1.example.com`, expected a host, `:` and its port, at most 300 characters",
                "write a broker such as `b1.example.com:9096`",
            )
            .refuses(&first, broker("b1:65536"))
            .refuses(&first, broker(&format!("{}:9096", "b.".repeat(148))))
            .takes(broker("b1:65535"))
            .takes(broker("10.0.0.1:9092"))
            .takes(broker(&format!("{}b:9096", "b.".repeat(147)))),
        rule("event_source::topic_name")
            .refuses(&name, topic("a"))
            .saying(
                "found the topic `a`, expected 2 to 249 letters, digits and `._-`, of which the first is no `.`",
                "write the name of a topic such as `orders`",
            )
            .refuses(&name, topic(".orders"))
            .refuses(&name, topic(&"a".repeat(250)))
            .takes(topic("_a"))
            .takes(topic(&"a".repeat(249))),
        rule("event_source::consumer_group")
            .refuses("resources.report.events[0].consumerGroupId", group("a group"))
            .saying(
                "found the group `a group`, expected 1 to 200 letters, digits and `-/*:_+=.@`",
                "write a group such as `report`",
            )
            .refuses("resources.report.events[0].consumerGroupId", group(&"a".repeat(201)))
            .takes(group(&"a".repeat(200))),
        rule("event_source::secret_arn")
            .refuses(&format!("{CONFIGURATION}.authentication.authenticationSecretArn"), by(KafkaAuthentication::basic("kafka")))
            .saying(
                "found `kafka`, expected the ARN of a secret",
                "write the whole ARN, such as `arn:aws:secretsmanager:eu-west-1:123456789012:secret:kafka-AbCdEf`",
            )
            .refuses(
                &format!("{CONFIGURATION}.authentication.serverRootCaCertificate"),
                by(KafkaAuthentication::mtls_with_root(SECRET, QUEUE)),
            )
            .takes(by(KafkaAuthentication::mtls(Text::joined([SECRET.into()])))),
    ]
}
