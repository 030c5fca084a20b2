//! Events that other services push: topics, buses, buckets, log groups, devices and alarms.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

use super::Called;
use crate::function::{
    CloudwatchAlarmEvent, CloudwatchLogEvent, Function, FunctionEvent, IotEvent, IotSqlVersion, S3Event, S3EventType, SnsEvent,
};
use crate::raw_resource::RawResource;
use crate::resource::ResourceType;
use crate::sns_topic::SnsTopic;
use crate::strategy::sqs_queue::{event_bus_event_later, failed, failure_queue};
use crate::strategy::surroundings::{Later, Surroundings, pick};
use crate::text::Text;

/// Each kind of them.
pub(super) fn later() -> BoxedStrategy<Called> {
    prop_oneof![sns(), event_bus(), s3(), cloudwatch_log(), iot_event().prop_map(ready), cloudwatch_alarm()].boxed()
}

fn ready(event: impl Into<FunctionEvent>) -> Called {
    Later::ready(Some(event.into()))
}

/// The resources of a kind that are around.
pub(super) fn around_of<T: ResourceType>(around: &Surroundings) -> Vec<&T> {
    around.resources.iter().filter_map(T::of).collect()
}

fn sns() -> BoxedStrategy<Called> {
    let filter = option::of(select(vec![
        json!({"state": ["paid", {"prefix": "re"}, null]}),
        json!({"total": [{"numeric": [">", 100]}], "country": ["de", "at"], "$or": [{"a": ["b"]}, {"c": ["d"]}]}),
    ]));
    (option::of(any::<Index>()), any::<bool>(), filter, failed())
        .prop_map(|(topic, by_arn, filter, failure)| {
            Later::new(move |around| {
                let topics: Vec<_> = around_of::<SnsTopic>(around).into_iter().filter(|topic| !topic.is_fifo()).collect();
                let mut event = match topic.and_then(|index| pick(index, &topics)) {
                    Some(topic) if by_arn => SnsEvent::of_arn(topic.arn()),
                    Some(topic) => SnsEvent::new(topic),
                    None => SnsEvent::of_arn("arn:aws:sns:us-east-1:123456789012:news"),
                };
                event.filter_policy = filter.clone().map(Into::into);
                event.on_delivery_failure = failure_queue(failure, around);
                Some(event.into())
            })
        })
        .boxed()
}

fn event_bus() -> BoxedStrategy<Called> {
    // Only queues know groups.
    event_bus_event_later().prop_map(|event| Later::new(move |around| Some(event.within(around)(false).into()))).boxed()
}

fn s3() -> BoxedStrategy<Called> {
    let sent: Vec<_> = S3EventType::ALL.into_iter().filter(|event_type| event_type.sent().is_some()).collect();
    let keys = select(vec!["", "photos/", "a*\\b", "größe/"]);
    let ends = select(vec!["", "/small.jpg", "\\b.*", "/"]);
    (option::of(any::<Index>()), select(sent), keys, ends)
        .prop_map(|(bucket, event_type, prefix, suffix)| {
            Later::new(move |around| {
                let event = match bucket.and_then(|index| pick(index, &around.buckets)) {
                    Some(bucket) => S3Event::new(bucket, event_type),
                    None => S3Event::of_arn("arn:aws:s3:::my-invoices", event_type),
                };
                Some(event.prefix(prefix).suffix(suffix).into())
            })
        })
        .boxed()
}

fn cloudwatch_log() -> BoxedStrategy<Called> {
    let outside = select(vec![
        Text::from("arn:aws:logs:us-east-1:123456789012:log-group:/shop/api"),
        Text::from("arn:aws:logs:us-east-1:123456789012:log-group:/shop/api:*"),
        Text::joined(["arn:aws:logs:us-east-1:123456789012:log-group:".into(), "/shop/web".into()]),
    ]);
    (option::of(any::<Index>()), outside, select(vec!["", "?ERROR ?WARN", "{ $.seconds > 10 }"]))
        .prop_map(|(function, outside, filter)| {
            Later::new(move |around| {
                let groups: Vec<_> = around_of::<Function>(around).into_iter().filter(|function| has_room(function)).collect();
                let group =
                    function.and_then(|index| pick(index, &groups)).map_or_else(|| outside.clone(), |function| function.log_group_arn());
                Some(CloudwatchLogEvent::new(group).filter(filter).into())
            })
        })
        .boxed()
}

/// Whether the function has a log group that is not forwarded.
fn has_room(function: &Function) -> bool {
    matches!(&function.logging, crate::container::ContainerLogs::Retained(logs) if logs.log_forwarding.is_none())
}

/// Messages of devices, by SQL of each version. Shrinks to all messages of a topic.
pub fn iot_event() -> impl Strategy<Value = IotEvent> {
    let sql = select(vec!["SELECT * FROM 'sensors/#'", "SELECT state, topic(2) AS device FROM 'doors/+' WHERE open = true", "SELECT *"]);
    (sql, select(IotSqlVersion::ALL.to_vec())).prop_map(|(sql, version)| IotEvent::new(sql).sql_version(version))
}

fn cloudwatch_alarm() -> BoxedStrategy<Called> {
    (option::of(any::<Index>()), select(vec!["shop-dev-full", "disk: 90 % ${full}"]))
        .prop_map(|(raw, name)| {
            Later::new(move |around| {
                let name = raw.and_then(|index| pick(index, &around.raw_resources)).map_or_else(|| name.into(), RawResource::reference);
                Some(CloudwatchAlarmEvent::new(name).into())
            })
        })
        .boxed()
}

/// Log groups that functions have events of.
#[derive(Default)]
pub(in crate::strategy) struct Subscribed {
    log_groups: Vec<Text>,
}

impl Subscribed {
    /// Drops what AWS would refuse of a function: a second subscription to a topic, a third one to a log group, and another event of a
    /// queue or stream that it reads already.
    pub(in crate::strategy) fn drop_second(&mut self, events: &mut Vec<FunctionEvent>) {
        let mut topics = Vec::new();
        let mut sources = Vec::new();
        let mut kept: Vec<FunctionEvent> = Vec::new();
        for event in events.drain(..) {
            let fits = kept.contains(&event)
                || match &event {
                    FunctionEvent::Sns(event) => {
                        let key = event.topic.in_stack().map(str::to_owned);
                        let is_new = !topics.contains(&key);
                        topics.push(key);
                        is_new
                    }
                    FunctionEvent::CloudwatchLog(event) => {
                        // With or without `:*` it is the same one.
                        let group = event.written_log_group().map_or_else(|| event.log_group_arn.clone(), Text::from);
                        self.log_groups.push(group.clone());
                        self.log_groups.iter().filter(|other| **other == group).count() <= 2
                    }
                    _ => match event.source() {
                        Some(source) => {
                            let is_new = !sources.contains(&source);
                            sources.push(source);
                            is_new
                        }
                        None => true,
                    },
                };
            if fits {
                kept.push(event);
            }
        }
        *events = kept;
    }
}
