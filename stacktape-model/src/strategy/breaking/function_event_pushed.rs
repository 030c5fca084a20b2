//! Mistakes in events that other services push to functions.

use serde_json::json;

use super::planting::{Mistake, Planting};
use crate::event_bus::EventBusEvent;
use crate::function::{
    CloudwatchAlarmEvent, CloudwatchLogEvent, Function, FunctionBuilder, FunctionEvent, IotEvent, Package, Runtime, S3Event, S3EventType,
    SnsEvent,
};
use crate::sns_topic::SnsTopic;
use crate::sqs_queue::SqsQueue;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("sns_event::topic", |planting| {
        let arn = planting.text(&["orders", "", "arn:aws:sqs:us-east-1:123456789012:orders", "arn:aws:sns:us-east-1:123456789012:"]);
        called(planting, SnsEvent::of_arn(arn), "snsTopicArn")
    }),
    Mistake::anywhere("sns_event::fifo_topic", |planting| {
        let topic = SnsTopic::builder("plantedTopic").fifo_enabled(true).build();
        let (event, field) = match planting.one(&[0, 1, 2]) {
            0 => (SnsEvent::new(&topic), "snsTopicName"),
            1 => (SnsEvent::of_arn(topic.arn()), "snsTopicArn"),
            _ => (SnsEvent::of_arn(format!("{TOPIC}.fifo")), "snsTopicArn"),
        };
        planting.stack.add(topic);
        called(planting, event, field)
    }),
    Mistake::anywhere("sns_event::topic_twice", |planting| {
        let second = SnsEvent::of_arn(TOPIC).filter_policy(json!({"state": ["paid"]}));
        let events = if planting.one(&[true, false]) { [SnsEvent::of_arn(TOPIC), second] } else { [second, SnsEvent::of_arn(TOPIC)] };
        planting.stack.add(function("planted").events(events));
        "resources.planted.events[1].snsTopicArn".to_owned()
    }),
    Mistake::anywhere("sns_event::filter_policy", |planting| {
        let (policy, field) = planting.one(&[
            (json!({"state": "paid"}), "filterPolicy.state"),
            (json!({"state": []}), "filterPolicy.state"),
            (json!({"order": {"state": ["paid"]}}), "filterPolicy.order"),
            (json!({}), "filterPolicy"),
            (json!("paid"), "filterPolicy"),
        ]);
        called(planting, SnsEvent::of_arn(TOPIC).filter_policy(policy), field)
    }),
    Mistake::anywhere("sns_event::large_filter", |planting| {
        let many: Vec<_> = (0..151).collect();
        let policy = planting.one(&[json!({"a": many}), json!({"a": [1], "b": [1], "c": [1], "d": [1], "e": [1], "f": [1]})]);
        called(planting, SnsEvent::of_arn(TOPIC).filter_policy(policy), "filterPolicy")
    }),
    Mistake::anywhere("sns_event::fifo_failure", |planting| {
        if planting.one(&[true, false]) {
            let failed = SqsQueue::builder("plantedFailed").fifo_enabled(true).build();
            let event = SnsEvent::of_arn(TOPIC).on_delivery_failure(&failed);
            planting.stack.add(failed);
            called(planting, event, "onDeliveryFailure.sqsQueueName")
        } else {
            let failed = "arn:aws:sqs:us-east-1:123456789012:failed.fifo";
            called(planting, SnsEvent::of_arn(TOPIC).on_delivery_failure_arn(failed), "onDeliveryFailure.sqsQueueArn")
        }
    }),
    Mistake::anywhere("event_bus_event::message_group", |planting| {
        let group = planting.text(&["orders", ""]);
        let event = EventBusEvent::of_default_bus(json!({"source": ["my.shop"]})).message_group_id(group);
        called(planting, event, "messageGroupId")
    }),
    Mistake::anywhere("s3_event::bucket", |planting| {
        let arn = planting.text(&["photos", "", "arn:aws:s3:::", "arn:aws:s3:::photos/*", TOPIC]);
        called(planting, S3Event::of_arn(arn, S3EventType::ObjectCreated), "bucketArn")
    }),
    Mistake::anywhere("s3_event::not_sent", |planting| {
        let unsent: Vec<_> = S3EventType::ALL.into_iter().filter(|kind| kind.sent().is_none()).collect();
        let event_type = planting.one(&unsent);
        called(planting, S3Event::of_arn(BUCKET, event_type), "s3EventType")
    }),
    Mistake::anywhere("s3_event::long_key", |planting| {
        let (key, event) = (planting.one(&["a", "*"]).repeat(1025), S3Event::of_arn(BUCKET, S3EventType::ObjectRemoved));
        if planting.one(&[true, false]) {
            called(planting, event.prefix(key), "filterRule.prefix")
        } else {
            called(planting, event.suffix(key), "filterRule.suffix")
        }
    }),
    Mistake::anywhere("s3_event::long_pattern", |planting| {
        let (letter, number) = planting.one(&[("a", 100), ("\\", 1024)]);
        let event = S3Event::of_arn(BUCKET, S3EventType::ObjectCreated).prefix(letter.repeat(number)).suffix(letter.repeat(number));
        called(planting, event, "filterRule")
    }),
    Mistake::anywhere("cloudwatch_log_event::log_group", |planting| {
        let arn = planting.text(&["/shop/api", "", TOPIC, "arn:aws:logs:us-east-1:123456789012:log-group:"]);
        called(planting, CloudwatchLogEvent::new(arn), "logGroupArn")
    }),
    Mistake::anywhere("cloudwatch_log_event::own_log_group", |planting| {
        let filter = planting.text(&["", "ERROR"]);
        let own = function("planted").build().log_group_arn();
        called(planting, CloudwatchLogEvent::new(own).filter(filter), "logGroupArn")
    }),
    Mistake::anywhere("cloudwatch_log_event::long_filter", |planting| {
        let filter = planting.one(&["x", "ä"]).repeat(1025);
        called(planting, CloudwatchLogEvent::new(GROUP).filter(filter), "filter")
    }),
    Mistake::anywhere("cloudwatch_log_event::too_many_filters", |planting| {
        let own = if planting.one(&[true, false]) { GROUP.to_owned() } else { format!("{GROUP}:*") };
        let events = ["a", "b", "c"].map(|filter| CloudwatchLogEvent::new(own.clone()).filter(filter));
        planting.stack.add(function("planted").events(events));
        "resources.planted.events[2].logGroupArn".to_owned()
    }),
    Mistake::anywhere("iot_event::sql", |planting| {
        let sql = planting.text(&["", "'sensors/+/temperature'", "selected"]);
        called(planting, IotEvent::new(sql), "sql")
    }),
    Mistake::anywhere("cloudwatch_alarm_event::alarm_name", |planting| {
        let name = planting.text(&["", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:full", &"a".repeat(256)]);
        called(planting, CloudwatchAlarmEvent::new(name), "alarmName")
    }),
];

const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:planted";
const BUCKET: &str = "arn:aws:s3:::planted-photos";
const GROUP: &str = "arn:aws:logs:us-east-1:123456789012:log-group:/planted/api";

fn function(name: &str) -> FunctionBuilder {
    Function::builder(name, Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24)
}

/// Adds the function `planted` with an event; the path is below it.
fn called(planting: &mut Planting<'_>, event: impl Into<FunctionEvent>, field: &str) -> String {
    planting.stack.add(function("planted").event(event));
    format!("resources.planted.events[0].{field}")
}
