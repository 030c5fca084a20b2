//! What calls a function: each kind of event in a file of its own.

mod application_load_balancer;
mod cloudwatch_alarm;
mod cloudwatch_log;
mod event_bus;
pub(super) mod event_source;
mod iot;
mod kafka_topic;
mod s3;
mod schedule;
mod sns;

use stacktape_model::function::{Function, FunctionEvent};

use crate::cfn::events::{self, rule};
use crate::cfn::{Id, Value, lambda};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::once_each;
use crate::plan::Plan;

/// What the events of a function need, each once.
pub(super) fn lower(function: &Function, plan: &Plan<'_>, fragment: &mut Fragment) {
    application_load_balancer::lower(function, plan, fragment);
    for event in once_each(function.events()) {
        match &event {
            // Events of a load balancer share one target group, and those of a gateway the integration that it has.
            FunctionEvent::ApplicationLoadBalancer(_) | FunctionEvent::HttpApi(_) => {}
            FunctionEvent::CloudwatchAlarm(event) => cloudwatch_alarm::lower(function, event, plan, fragment),
            FunctionEvent::CloudwatchLog(event) => cloudwatch_log::lower(function, event, plan, fragment),
            FunctionEvent::DynamoDbStream(event) => event_source::lower_table(function, event, plan, fragment),
            FunctionEvent::EventBus(event) => event_bus::lower(function, event, plan, fragment),
            FunctionEvent::Iot(event) => iot::lower(function, event, plan, fragment),
            FunctionEvent::KafkaTopic(event) => kafka_topic::lower(function, event, plan, fragment),
            FunctionEvent::KinesisStream(event) => event_source::lower_stream(function, event, plan, fragment),
            FunctionEvent::S3(event) => s3::lower(function, event, plan, fragment),
            FunctionEvent::Schedule(event) => schedule::lower(function, event, plan, fragment),
            FunctionEvent::Sns(event) => sns::lower(function, event, plan, fragment),
            FunctionEvent::Sqs(event) => event_source::lower_queue(function, event, plan, fragment),
        }
    }
}

/// The function as the target of a rule.
fn target(function: &str) -> rule::Target {
    rule::Target::new(logical_id::function(function).att_arn(), "function")
}

/// Lets a rule of a bus call a function.
fn permit_rule(id: &Id<lambda::Permission>, function: &str, rule: &Id<events::Rule>, fragment: &mut Fragment) {
    permit(id, function, "events.amazonaws.com", rule.att_arn(), fragment);
}

/// Lets a service of AWS call a function, for one source alone.
pub(in crate::lower) fn permit(
    id: &Id<lambda::Permission>,
    function: &str,
    service: &'static str,
    source_arn: Value<String>,
    fragment: &mut Fragment,
) {
    let permission = lambda::Permission::new("lambda:InvokeFunction", logical_id::function(function).att_arn(), service);
    fragment.add(id, permission.source_arn(source_arn));
}
