//! Where asynchronous invocations of a function leave their results.

use stacktape_model::function::Destinations;
use stacktape_model::text::{Param, Text};

use crate::cfn::lambda::event_invoke_config::{DestinationConfig, OnFailure, OnSuccess};
use crate::cfn::{Id, PropertyType, lambda};
use crate::lower::text;
use crate::plan::Plan;
use crate::policy::Grant;

pub(super) fn lower(function: &Id<lambda::Function>, destinations: &Destinations, plan: &Plan<'_>) -> lambda::EventInvokeConfig {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let Destinations { on_success, on_failure } = destinations;
    let arn = |arn: &Text| text::lower(arn, plan.stack);
    let config = DestinationConfig::new()
        .set_some(on_success.as_ref().map(|to| OnSuccess::new(arn(to))), DestinationConfig::on_success)
        .set_some(on_failure.as_ref().map(|to| OnFailure::new(arn(to))), DestinationConfig::on_failure);
    lambda::EventInvokeConfig::new(function.reference(), "$LATEST").destination_config(config)
}

/// What Lambda does with a destination of each service.
const SENDS: [(&str, &str); 4] =
    [("sqs", "sqs:SendMessage"), ("sns", "sns:Publish"), ("events", "events:PutEvents"), ("lambda", "lambda:InvokeFunction")];

/// What the role of the function must be allowed: to send, and to no other place.
pub(super) fn grants(destinations: &Destinations, plan: &Plan<'_>) -> Vec<Grant> {
    let grant = |arn: &Text| {
        let service = service_of(arn);
        // Of an ARN that nobody knows yet, it is not known either what receives there.
        let actions: Vec<_> =
            SENDS.iter().filter(|(of, _)| service.is_none_or(|service| service == *of)).map(|(_, action)| *action).collect();
        Grant::new(actions, [text::lower(arn, plan.stack)])
    };
    destinations.texts().map(|(_, arn)| grant(arn)).collect()
}

fn service_of(arn: &Text) -> Option<&str> {
    match arn {
        Text::Literal(arn) => arn.split(':').nth(2),
        Text::Param(param) => match param.param {
            Param::SqsQueue(_) => Some("sqs"),
            Param::SnsTopic(_) => Some("sns"),
            Param::EventBus(_) => Some("events"),
            Param::Function(_) => Some("lambda"),
            _ => None,
        },
        Text::Raw(_) | Text::Fact(_) | Text::Joined(_) | Text::Intrinsic(_) => None,
    }
}
