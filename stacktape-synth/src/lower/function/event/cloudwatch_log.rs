//! Lines of a log group become a subscription filter.

use stacktape_model::function::{CloudwatchLogEvent, Function};

use crate::cfn::{Pseudo, Value, concat, lambda, logs, select, split};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::text;
use crate::plan::Plan;

pub(super) fn lower(function: &Function, event: &CloudwatchLogEvent, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let CloudwatchLogEvent { log_group_arn: _, filter, origin: _ } = event;
    let name = function.name();
    let (group, arn) = group(event, plan);
    let is_first = is_first(function, event);
    let permission = logical_id::log_permission(name, event);
    if is_first {
        // CloudWatch calls in the name of the account.
        // <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html#LambdaFunctionExample>
        let resource = lambda::Permission::new("lambda:InvokeFunction", logical_id::function(name).att_arn(), "logs.amazonaws.com");
        fragment.add(&permission, resource.source_account(Pseudo::AccountId).source_arn(arn));
    }
    let subscription = logs::SubscriptionFilter::new(logical_id::function(name).att_arn(), filter.clone(), group);
    // CloudWatch tries to call the function before it takes the filter.
    fragment.add(&logical_id::log_filter(name, event, is_first), subscription).depends_on(&permission);
}

/// Of two events of one log group, the first one is that which is written first in the order of letters.
fn is_first(function: &Function, event: &CloudwatchLogEvent) -> bool {
    let (key, filter) = (logical_id::log_group_key(event), (&event.filter, serde_json::json!(event).to_string()));
    let mut others = function.events_of::<CloudwatchLogEvent>().filter(|other| logical_id::log_group_key(other) == key);
    others.all(|other| (&other.filter, serde_json::json!(other).to_string()) >= filter)
}

/// The name of the log group, and the ARN in whose name it calls, which ends in `:*`.
fn group(event: &CloudwatchLogEvent, plan: &Plan<'_>) -> (Value<String>, Value<String>) {
    if let Some(function) = event.function_in_stack() {
        let id = logical_id::function_log_group(function);
        return (id.reference(), id.att_arn());
    }
    let name = match event.written_log_group() {
        Some(name) => name.to_owned().into(),
        None => select(6, split(":", text::lower(&event.log_group_arn, plan.stack))),
    };
    let arn = concat([
        "arn:".into(),
        Pseudo::Partition.into(),
        ":logs:".into(),
        Pseudo::Region.into(),
        ":".into(),
        Pseudo::AccountId.into(),
        ":log-group:".into(),
        name.clone(),
        ":*".into(),
    ]);
    (name, arn)
}
