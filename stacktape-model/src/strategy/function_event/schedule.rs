//! Schedules.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use super::Called;
use crate::event_bus::EventInput;
use crate::function::ScheduleEvent;
use crate::strategy::surroundings::Later;

/// Schedules of both forms, with everything that they can send. Shrinks to the event as it is.
pub fn schedule_event() -> impl Strategy<Value = ScheduleEvent> {
    let rate = select(vec![
        "rate(1 minute)",
        "rate(5 minutes)",
        "rate(12 hours)",
        "rate(1 day)",
        "cron(0 2 * * ? *)",
        "cron(0/15 8-18 ? * MON-FRI *)",
        "cron(30 4 L 1,7 ? 2027)",
        "cron(0 0 1W * ? *)",
        "cron(0 9 ? * 2#1 *)",
    ]);
    (rate, input()).prop_map(|(rate, input)| ScheduleEvent { input, ..ScheduleEvent::new(rate) })
}

pub(super) fn later() -> BoxedStrategy<Called> {
    schedule_event().prop_map(|event| Later::ready(Some(event.into()))).boxed()
}

/// What is sent for an event.
pub(in crate::strategy) fn input() -> impl Strategy<Value = EventInput> {
    select(vec![
        EventInput::Whole,
        EventInput::Fixed(json!({"kind": "order", "list": [1, 0.5, true, null, "a \"b\" ${c}"]}).into()),
        EventInput::Fixed(json!({"region": {"Ref": "AWS::Region"}, "name": {"Fn::Join": ["-", ["a", {"Ref": "AWS::StackName"}]]}}).into()),
        EventInput::Path("$.detail".to_owned()),
        EventInput::Transformer { paths: [("id".to_owned(), "$.detail.id".to_owned())].into(), template: "\"order <id>\"".to_owned() },
    ])
}
