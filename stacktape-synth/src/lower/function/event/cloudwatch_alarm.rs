//! Alarms that go off become a rule of the default bus.

use stacktape_model::function::{CloudwatchAlarmEvent, Function};

use super::{permit_rule, target};
use crate::cfn::{Node, Pseudo, concat};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{event_rule, text};
use crate::plan::Plan;

pub(super) fn lower(function: &Function, event: &CloudwatchAlarmEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let CloudwatchAlarmEvent { alarm_name, origin: _ } = event;
    let arn = concat([
        "arn:".into(),
        Pseudo::Partition.into(),
        ":cloudwatch:".into(),
        Pseudo::Region.into(),
        ":".into(),
        Pseudo::AccountId.into(),
        ":alarm:".into(),
        text::lower(alarm_name, plan.stack),
    ]);
    let one = |text: &'static str| Node::list([Node::literal(text)]);
    let pattern = Node::object([
        ("source", one("aws.cloudwatch")),
        ("detail-type", one("CloudWatch Alarm State Change")),
        ("resources", Node::list([arn.into_node()])),
        ("detail", Node::object([("state", Node::object([("value", one("ALARM"))]))])),
    ]);
    let name = function.name();
    let id = logical_id::alarm_rule(name, event);
    permit_rule(&logical_id::alarm_permission(name, event), name, &id, fragment);
    fragment.add(&id, event_rule::matching(pattern, target(name), plan));
}
