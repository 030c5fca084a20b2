//! Messages of devices become a rule of AWS `IoT`.

use stacktape_model::function::{Function, IotEvent};

use super::permit;
use crate::cfn::iot::{self, topic_rule};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::plan::Plan;

pub(super) fn lower(function: &Function, event: &IotEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let IotEvent { sql, sql_version, origin: _ } = event;
    let name = function.name();
    let call = topic_rule::LambdaAction::new().function_arn(logical_id::function(name).att_arn());
    let payload = topic_rule::TopicRulePayload::new(vec![topic_rule::Action::new().lambda(call)], sql.clone())
        .aws_iot_sql_version(sql_version.as_str())
        .rule_disabled(false);
    let id = logical_id::device_rule(name, event);
    permit(&logical_id::device_permission(name, event), name, "iot.amazonaws.com", id.att_arn(), fragment);
    fragment.add(&id, iot::TopicRule::new(payload).tags(plan.tags.list()));
}
