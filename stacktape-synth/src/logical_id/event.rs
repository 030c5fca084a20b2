//! Ids of what events of functions and queues need.

use serde_json::Value as Json;
use stacktape_model::event_bus::EventBusEvent;
use stacktape_model::function::{CloudwatchAlarmEvent, CloudwatchLogEvent, IotEvent, S3Event, ScheduleEvent, TopicRef};
use stacktape_model::nested::written_name;

use super::{named, unique};
use crate::cfn::{self, Id, LogicalId};

/// The rule that sends events of a bus to a queue or a function.
pub(crate) fn event_rule(receiver: &str, event: &EventBusEvent) -> Id<cfn::events::Rule> {
    // Of a queue, in the words of all its events.
    of_event(receiver, "EventRule", &serde_json::json!({"type": "event-bus", "properties": event})).into()
}

/// The permission of such a rule to call its function.
pub(crate) fn event_permission(function: &str, event: &EventBusEvent) -> Id<cfn::lambda::Permission> {
    of_event(function, "EventPermission", &serde_json::json!(event)).into()
}

/// The rule that sends what happens to the objects of a bucket to a function.
pub(crate) fn bucket_event_rule(function: &str, event: &S3Event) -> Id<cfn::events::Rule> {
    of_event(function, "BucketEventRule", &serde_json::json!(event)).into()
}

/// The permission of such a rule to call its function.
pub(crate) fn bucket_event_permission(function: &str, event: &S3Event) -> Id<cfn::lambda::Permission> {
    of_event(function, "BucketEventPermission", &serde_json::json!(event)).into()
}

/// The rule that tells a function of an alarm.
pub(crate) fn alarm_rule(function: &str, event: &CloudwatchAlarmEvent) -> Id<cfn::events::Rule> {
    of_event(function, "AlarmRule", &serde_json::json!(event)).into()
}

/// The permission of such a rule to call its function.
pub(crate) fn alarm_permission(function: &str, event: &CloudwatchAlarmEvent) -> Id<cfn::lambda::Permission> {
    of_event(function, "AlarmPermission", &serde_json::json!(event)).into()
}

/// The rule that sends messages of devices to a function.
pub(crate) fn device_rule(function: &str, event: &IotEvent) -> Id<cfn::iot::TopicRule> {
    of_event(function, "DeviceRule", &serde_json::json!(event)).into()
}

/// The permission of such a rule to call its function.
pub(crate) fn device_permission(function: &str, event: &IotEvent) -> Id<cfn::lambda::Permission> {
    of_event(function, "DevicePermission", &serde_json::json!(event)).into()
}

/// The subscription of a function to a topic. Nothing else of the event takes part: SNS refuses a second subscription of the function, so
/// a change must not make a new one before the old one is gone.
pub(crate) fn topic_subscription(function: &str, topic: &TopicRef) -> Id<cfn::sns::Subscription> {
    of_event(function, "TopicSubscription", &topic_key(topic)).into()
}

/// The permission of a topic to call a function.
pub(crate) fn topic_permission(function: &str, topic: &TopicRef) -> Id<cfn::lambda::Permission> {
    of_event(function, "TopicPermission", &topic_key(topic)).into()
}

/// However a topic of the stack is referred to, it is the same one.
pub(crate) fn topic_key(topic: &TopicRef) -> Json {
    match (topic, topic.in_stack()) {
        (_, Some(name)) => serde_json::json!({"name": name}),
        (TopicRef::Named(topic), None) => serde_json::json!({"name": topic.name}),
        (TopicRef::Arn(arn), None) => serde_json::json!(arn),
    }
}

/// What sends the lines of a log group to a function: the first filter of the two that it can have there, or the second one. Which lines
/// takes no part: a log group may have no room for a new filter before the old one is gone.
pub(crate) fn log_filter(function: &str, event: &CloudwatchLogEvent, is_first: bool) -> Id<cfn::logs::SubscriptionFilter> {
    let role = if is_first { "LogFilter" } else { "SecondLogFilter" };
    of_event(function, role, &log_group_key(event)).into()
}

/// The permission of a log group to call a function.
pub(crate) fn log_permission(function: &str, event: &CloudwatchLogEvent) -> Id<cfn::lambda::Permission> {
    of_event(function, "LogPermission", &log_group_key(event)).into()
}

/// What tells a log group from the others, with or without `:*` at the end of its ARN.
pub(crate) fn log_group_key(event: &CloudwatchLogEvent) -> Json {
    match event.written_log_group() {
        Some(name) => serde_json::json!({"name": name}),
        None => serde_json::json!(event.log_group_arn),
    }
}

/// The rule of a schedule.
pub(crate) fn schedule_rule(function: &str, event: &ScheduleEvent) -> Id<cfn::events::Rule> {
    of_event(function, "ScheduleRule", &serde_json::json!(event)).into()
}

/// The permission of a schedule to call its function.
pub(crate) fn schedule_permission(function: &str, event: &ScheduleEvent) -> Id<cfn::lambda::Permission> {
    of_event(function, "SchedulePermission", &serde_json::json!(event)).into()
}

/// What reads a source for a function. Its settings change in place, so the source alone tells it from others.
pub(crate) fn event_source_mapping(function: &str, source: &str) -> Id<cfn::lambda::EventSourceMapping> {
    of_event(function, "EventSourceMapping", &Json::from(source)).into()
}

/// The consumer by which a function reads a stream.
pub(crate) fn event_consumer(function: &str, source: &str) -> Id<cfn::kinesis::StreamConsumer> {
    of_event(function, "EventConsumer", &Json::from(source)).into()
}

/// Something that an event of a function or queue needs. Events have no names: how one is written stands for it.
fn of_event(receiver: &str, role: &str, written: &Json) -> LogicalId {
    unique(format!("{}{role}", named(receiver)), &[written_name(receiver), &written.to_string()])
}
