//! Events that other services push to functions: topics, buses, buckets, log groups, devices and alarms.

use serde_json::{Value as Json, json};
use stacktape_model::bucket::Bucket;
use stacktape_model::event_bus::EventBusEvent;
use stacktape_model::function::{
    CloudwatchAlarmEvent, CloudwatchLogEvent, Function, FunctionBuilder, FunctionEvent, IotEvent, Package, Runtime, S3Event, S3EventType,
    SnsEvent,
};
use stacktape_model::container::ContainerLogs;
use stacktape_model::iam::PolicyStatement;
use stacktape_model::log_forwarding::LogForwarding;
use stacktape_model::resource::Resource;
use stacktape_model::sns_topic::SnsTopic;
use stacktape_model::sqs_queue::SqsQueue;
use stacktape_model::stack::Stack;
use stacktape_model::text::Text;

use crate::support::{Rule, rule, stack};

#[track_caller]
fn function(name: &str) -> FunctionBuilder {
    Function::builder(name, Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24)
}

/// A stack with a function `report` that has this event.
#[track_caller]
fn called(event: impl Into<FunctionEvent>) -> Stack {
    stack([function("report").event(event)])
}

/// The same, with what the event comes from or goes to.
#[track_caller]
fn called_of(event: impl Into<FunctionEvent>, other: impl Into<Resource>) -> Stack {
    stack([function("report").event(event).build().into(), other.into()])
}

#[track_caller]
fn topic(fifo: bool) -> SnsTopic {
    SnsTopic::builder("orders").fifo_enabled(fifo).build()
}

#[track_caller]
fn failed(fifo: bool) -> SqsQueue {
    SqsQueue::builder("failed").fifo_enabled(fifo).build()
}

const TOPIC: &str = "arn:aws:sns:eu-west-1:123456789012:news";
const QUEUE: &str = "arn:aws:sqs:eu-west-1:123456789012:failed";
const GROUP: &str = "arn:aws:logs:eu-west-1:123456789012:log-group:/shop/api";

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = of_topics();
    rules.extend(of_buses());
    rules.extend(of_buckets());
    rules.extend(of_logs());
    rules.extend(of_devices_and_alarms());
    rules
}

fn of_topics() -> Vec<Rule> {
    const ARN: &str = "resources.report.events[0].snsTopicArn";
    const FILTER: &str = "resources.report.events[0].filterPolicy";
    let like = |policy: Json| called(SnsEvent::of_arn(TOPIC).filter_policy(policy));
    let values = |number: usize| (0..number).map(|index| format!("v{index}")).collect::<Vec<_>>();
    let twice = |one: SnsEvent, other: SnsEvent| stack::<Resource>([function("report").event(one).event(other).build().into(), topic(false).into()]);
    let failing = |fifo| called_of(SnsEvent::of_arn(TOPIC).on_delivery_failure(&failed(fifo)), failed(fifo));
    vec![
        rule("sns_event::topic")
            .refuses(ARN, called(SnsEvent::of_arn("orders")))
            .saying(
                "found something else than the ARN of a topic, expected `arn:..:sns:..` and the topic's name",
                "write an ARN such as `arn:aws:sns:eu-west-1:123456789012:orders`, or name a topic of the stack: `SnsEvent::new(&orders)`",
            )
            .refuses(ARN, called(SnsEvent::of_arn(QUEUE)))
            .refuses(ARN, called(SnsEvent::of_arn("arn:aws:sns:eu-west-1:123456789012:")))
            .refuses(ARN, called_of(SnsEvent::of_arn(topic(false).topic_name()), topic(false)))
            .takes(called(SnsEvent::of_arn(TOPIC)))
            .takes(called_of(SnsEvent::of_arn(topic(false).arn()), topic(false)))
            // Only the deployment knows it.
            .takes(called(SnsEvent::of_arn(Text::joined(["news".into()])))),
        rule("sns_event::fifo_topic")
            .refuses("resources.report.events[0].snsTopicName", called_of(SnsEvent::new(&topic(true)), topic(true)))
            .saying(
                "found a FIFO topic, expected one that is not FIFO, since FIFO topics deliver to queues alone",
                "take a topic that is not FIFO, or remove `.fifo_enabled(true)` of this one",
            )
            .refuses(ARN, called_of(SnsEvent::of_arn(topic(true).arn()), topic(true)))
            .refuses(ARN, called(SnsEvent::of_arn(format!("{TOPIC}.fifo"))))
            .takes(called_of(SnsEvent::new(&topic(false)), topic(false))),
        rule("sns_event::topic_twice")
            .refuses(
                "resources.report.events[1].snsTopicName",
                twice(SnsEvent::new(&topic(false)), SnsEvent::new(&topic(false)).filter_policy(json!({"state": ["paid"]}))),
            )
            .saying(
                "found the topic `orders` a second time, expected one event for each topic",
                "join the two filters into one, whose lists have the values of both",
            )
            .refuses("resources.report.events[1].snsTopicArn", twice(SnsEvent::new(&topic(false)), SnsEvent::of_arn(topic(false).arn())))
            .refuses(
                "resources.report.events[1].snsTopicArn",
                stack([function("report")
                    .event(SnsEvent::of_arn(TOPIC))
                    .event(SnsEvent::of_arn(TOPIC).on_delivery_failure_arn(QUEUE))]),
            )
            // The same event is one.
            .takes(twice(SnsEvent::new(&topic(false)), SnsEvent::new(&topic(false))))
            .takes(twice(SnsEvent::new(&topic(false)), SnsEvent::of_arn(TOPIC)))
            .takes(stack([function("report").event(SnsEvent::of_arn(TOPIC)), function("archive").event(SnsEvent::of_arn(TOPIC))])),
        rule("sns_event::filter_policy")
            .refuses("resources.report.events[0].filterPolicy.state", like(json!({"state": "paid"})))
            .saying(
                "found another value than a map with a list at each key, expected lists with something in them",
                "write a policy such as `json!({\"state\": [\"paid\", {\"prefix\": \"re\"}]})`",
            )
            .refuses("resources.report.events[0].filterPolicy.state", like(json!({"state": []})))
            .refuses("resources.report.events[0].filterPolicy.order", like(json!({"order": {"state": ["paid"]}})))
            .refuses(FILTER, like(json!({})))
            .refuses(FILTER, like(json!(["paid"])))
            .takes(like(json!({"state": ["paid", {"anything-but": ["lost"]}, null], "total": [{"numeric": [">", 100]}]}))),
        rule("sns_event::large_filter")
            .refuses(FILTER, like(json!({"a": [1], "b": [1], "c": [1], "d": [1], "e": [1], "f": [1]})))
            .saying(
                "found a policy of 6 keys and 1 combinations of values, expected at most 5 keys and 150 combinations",
                "leave some out: combinations are the lengths of all lists, multiplied",
            )
            .refuses(FILTER, like(json!({"a": values(151)})))
            .refuses(FILTER, like(json!({"a": values(13), "b": values(12)})))
            .takes(like(json!({"a": values(2), "b": values(5), "c": values(15), "d": [1], "e": [1]}))),
        rule("sns_event::fifo_failure")
            .refuses("resources.report.events[0].onDeliveryFailure.sqsQueueName", failing(true))
            .saying("found a FIFO queue for what could not be delivered, expected one that is not FIFO", "name another queue")
            .refuses(
                "resources.report.events[0].onDeliveryFailure.sqsQueueArn",
                called(SnsEvent::of_arn(TOPIC).on_delivery_failure_arn(format!("{QUEUE}.fifo"))),
            )
            .refuses(
                "resources.report.events[0].onDeliveryFailure.sqsQueueArn",
                called_of(SnsEvent::of_arn(TOPIC).on_delivery_failure_arn(failed(true).arn()), failed(true)),
            )
            .takes(failing(false))
            .takes(called(SnsEvent::of_arn(TOPIC).on_delivery_failure_arn(QUEUE))),
    ]
}

fn of_buses() -> Vec<Rule> {
    let placed = || EventBusEvent::of_default_bus(json!({"detail-type": ["OrderPlaced"]}));
    let failing = |fifo| called_of(placed().on_delivery_failure(&failed(fifo)), failed(fifo));
    let statements = |number: usize| (0..number).map(|_| PolicyStatement::allow(["sqs:SendMessage"], "*"));
    let busy = |number, events: Vec<FunctionEvent>| {
        let queue = SqsQueue::builder("failed").policy_statements(statements(number)).build();
        stack::<Resource>([function("report").events(events).build().into(), queue.into()])
    };
    let by_bus = || placed().on_delivery_failure(&failed(false)).into();
    let by_topic = || SnsEvent::of_arn(TOPIC).on_delivery_failure(&failed(false)).into();
    vec![
        rule("event_bus_event::message_group")
            .refuses("resources.report.events[0].messageGroupId", called(placed().message_group_id("orders")))
            .saying(
                "found a group of messages on an event of a function, expected it on that of a queue",
                "remove `.message_group_id(..)`, or let a FIFO queue receive the event",
            )
            .takes(called(placed())),
        // The same rules as those of a queue's events.
        rule("event_bus_event::pattern")
            .refuses("resources.report.events[0].eventPattern", called(EventBusEvent::of_default_bus(json!({}))))
            .takes(called(placed())),
        rule("event_bus_event::input_path")
            .refuses("resources.report.events[0].inputPath", called(placed().input_path("detail")))
            .takes(called(placed().input_path("$.detail"))),
        rule("event_bus_event::fifo_failure")
            .refuses("resources.report.events[0].onDeliveryFailure.sqsQueueName", failing(true))
            .refuses(
                "resources.report.events[0].onDeliveryFailure.sqsQueueArn",
                called(placed().on_delivery_failure_arn(format!("{QUEUE}.fifo"))),
            )
            .takes(failing(false)),
        // The same rule as that of a redrive.
        rule("sqs_queue::arn")
            .refuses("resources.report.events[0].onDeliveryFailure.sqsQueueArn", called(placed().on_delivery_failure_arn("failed")))
            .refuses(
                "resources.report.events[0].onDeliveryFailure.sqsQueueArn",
                called(SnsEvent::of_arn(TOPIC).on_delivery_failure_arn(TOPIC)),
            )
            .takes(called_of(placed().on_delivery_failure_arn(failed(false).arn()), failed(false)))
            .takes(called(placed().on_delivery_failure_arn(QUEUE))),
        rule("sqs_queue::too_many_statements")
            .refuses("resources.failed.policyStatements", busy(20, vec![by_bus()]))
            .refuses("resources.failed.policyStatements", busy(20, vec![by_topic()]))
            .refuses("resources.failed.policyStatements", busy(19, vec![by_bus(), by_topic()]))
            .takes(busy(18, vec![by_bus(), by_topic()])),
    ]
}

fn of_buckets() -> Vec<Rule> {
    const ARN: &str = "resources.report.events[0].bucketArn";
    const RULE: &str = "resources.report.events[0].filterRule";
    let photos = || Bucket::builder("photos").build();
    let made = |arn: &str| S3Event::of_arn(arn, S3EventType::ObjectCreated);
    let of_photos = || made("arn:aws:s3:::photos");
    let like = |prefix: String, suffix: String| called(of_photos().prefix(prefix).suffix(suffix));
    let of_type = |event_type| called(S3Event::of_arn("arn:aws:s3:::photos", event_type));
    vec![
        rule("s3_event::bucket")
            .refuses(ARN, called(made("photos")))
            .saying(
                "found something else than the ARN of a bucket, expected `arn:..:s3:::` and the bucket's name",
                "write an ARN such as `arn:aws:s3:::my-photos`, or use a bucket of the stack: `S3Event::new(&photos, ..)`",
            )
            .refuses(ARN, called(made(TOPIC)))
            .refuses(ARN, called(made("arn:aws:s3:::photos/*")))
            .refuses(ARN, called_of(S3Event::of_arn(photos().bucket_name(), S3EventType::ObjectCreated), photos()))
            .takes(called(made("arn:aws-cn:s3:::photos")))
            .takes(called_of(S3Event::new(&photos(), S3EventType::ObjectCreated), photos()))
            // Only the deployment knows it.
            .takes(called(S3Event::of_arn(Text::joined(["photos".into()]), S3EventType::ObjectCreated))),
        rule("s3_event::not_sent")
            .refuses("resources.report.events[0].s3EventType", of_type(S3EventType::ReducedRedundancyLostObject))
            .saying(
                "found the event type `s3:ReducedRedundancyLostObject`, expected one that S3 sends to EventBridge, by which events come",
                "take another event type, such as `S3EventType::ObjectCreated`",
            )
            .refuses("resources.report.events[0].s3EventType", of_type(S3EventType::ReplicationFailed))
            .takes(stack([function("report")
                .events(S3EventType::ALL.into_iter().filter(|kind| kind.sent().is_some()).map(|kind| S3Event::of_arn("arn:aws:s3:::photos", kind)))])),
        rule("s3_event::long_key")
            .refuses("resources.report.events[0].filterRule.prefix", like("p".repeat(1025), String::new()))
            .saying("found 1025 bytes, expected at most 1,024, the longest key of an object", "shorten it")
            .refuses("resources.report.events[0].filterRule.suffix", like(String::new(), "ä".repeat(513)))
            .takes(like("p".repeat(1024), ".jpg".to_owned()))
            .takes(like(String::new(), "ä".repeat(512))),
        rule("s3_event::long_pattern")
            .refuses(RULE, like("*".repeat(1024), "\\".repeat(1024)))
            .saying(
                "found a prefix and suffix that make a pattern of 7171 characters, expected at most 3,500",
                "shorten one of them, or leave it out",
            )
            // Each way to lay the two over each other is a key.
            .refuses(RULE, like("a".repeat(100), "a".repeat(100)))
            .takes(like("p".repeat(1024), "s".repeat(1024))),
    ]
}

fn of_logs() -> Vec<Rule> {
    const ARN: &str = "resources.report.events[0].logGroupArn";
    let api = || function("api").build();
    let filtered = |filter: String| called(CloudwatchLogEvent::new(GROUP).filter(filter));
    let forwarding = || {
        function("api").logging(ContainerLogs::retained(30).forward_to(LogForwarding::http_endpoint("https://logs.example.com/")))
    };
    let readers = |watched: FunctionBuilder, number: usize| {
        let arn = api().log_group_arn();
        let readers = (0..number).map(|index| function(&format!("reader{index}")).event(CloudwatchLogEvent::new(arn.clone())));
        stack(readers.chain([watched]))
    };
    let filters = |events: &[&str]| {
        let events = events.iter().map(|filter| CloudwatchLogEvent::new(GROUP).filter(*filter));
        stack([function("report").events(events)])
    };
    vec![
        rule("cloudwatch_log_event::log_group")
            .refuses(ARN, called(CloudwatchLogEvent::new("/shop/api")))
            .saying(
                "found something else than the ARN of a log group, expected `arn:..:logs:..:log-group:` and the group's name",
                "write `function.log_group_arn()`, or an ARN such as `arn:aws:logs:eu-west-1:123456789012:log-group:/shop/api`",
            )
            .refuses(ARN, called(CloudwatchLogEvent::new(TOPIC)))
            .refuses(ARN, called(CloudwatchLogEvent::new(format!("{GROUP}:log-stream:one"))))
            .refuses(ARN, called(CloudwatchLogEvent::new("arn:aws:logs:eu-west-1:123456789012:log-group:with blank")))
            .refuses(ARN, called_of(CloudwatchLogEvent::new(api().arn()), api()))
            .takes(called(CloudwatchLogEvent::new(GROUP)))
            .takes(called(CloudwatchLogEvent::new(format!("{GROUP}:*"))))
            .takes(called_of(CloudwatchLogEvent::new(api().log_group_arn()), api())),
        rule("cloudwatch_log_event::own_log_group")
            .warns(ARN, called(CloudwatchLogEvent::new(function("report").build().log_group_arn())))
            .saying(
                "found the function's own log group, expected that of something else, since each call logs and thereby makes the next one",
                "take the log group of another function, or a filter that fits nothing which the function logs; as it stands, it never rests",
            )
            .takes(called_of(CloudwatchLogEvent::new(api().log_group_arn()), api())),
        rule("cloudwatch_log_event::long_filter")
            .refuses("resources.report.events[0].filter", filtered("x".repeat(1025)))
            .saying("found a filter of 1025 characters, expected at most 1,024", "shorten it, or let the function leave out what it does not need")
            .takes(filtered("x".repeat(1024)))
            .takes(filtered(String::new())),
        rule("cloudwatch_log_event::too_many_filters")
            .refuses("resources.reader2.events[0].logGroupArn", readers(function("api"), 3))
            .saying(
                "found 3 subscriptions of the log group `api`, expected at most 2, with that of its log forwarding",
                "let one function hand the lines on, or forward them to a stream that several read",
            )
            .refuses("resources.reader1.events[0].logGroupArn", readers(forwarding(), 2))
            .refuses("resources.report.events[3].logGroupArn", filters(&["a", "b", "a", "c"]))
            .takes(readers(function("api"), 2))
            .takes(readers(forwarding(), 1))
            .takes(filters(&["a", "b"]))
            // The same event is one.
            .takes(filters(&["a", "b", "a"])),
    ]
}

fn of_devices_and_alarms() -> Vec<Rule> {
    const ALARM: &str = "resources.report.events[0].alarmName";
    vec![
        rule("iot_event::sql")
            .refuses("resources.report.events[0].sql", called(IotEvent::new("")))
            .saying(
                "found SQL without a `SELECT`, expected a statement that selects something of a topic",
                "write a statement such as `SELECT * FROM 'sensors/+/temperature'`",
            )
            .refuses("resources.report.events[0].sql", called(IotEvent::new("'sensors/selected'")))
            .takes(called(IotEvent::new("select *, topic(2) AS device FROM 'sensors/+/temperature' WHERE celsius > 60")))
            .takes(called(IotEvent::new("SELECT *"))),
        rule("cloudwatch_alarm_event::alarm_name")
            .refuses(ALARM, called(CloudwatchAlarmEvent::new("")))
            .saying(
                "found the alarm ``, expected a name of 1 to 255 characters, and no ARN",
                "write the alarm's name, such as `shop-dev-disk-full`",
            )
            .refuses(ALARM, called(CloudwatchAlarmEvent::new("a".repeat(256))))
            .refuses(ALARM, called(CloudwatchAlarmEvent::new("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:full")))
            .takes(called(CloudwatchAlarmEvent::new("a".repeat(255))))
            .takes(called(CloudwatchAlarmEvent::new("disk full: 90 %"))),
    ]
}
