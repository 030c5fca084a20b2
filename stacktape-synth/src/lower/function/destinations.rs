//! Where asynchronous invocations of a function leave their results.

use stacktape_model::function::Destinations;
use stacktape_model::text::{Param, Text};

use crate::cfn::lambda::event_invoke_config::{DestinationConfig, OnFailure, OnSuccess};
use crate::cfn::{Id, PropertyType, Value, lambda};
use crate::lower::{bucket, text};
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
/// <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#async-destinations-permissions>
pub(super) fn grants(destinations: &Destinations, plan: &Plan<'_>) -> Vec<Grant> {
    let Destinations { on_success, on_failure } = destinations;
    let to = |destination: &Text, failed| to(text::lower(destination, plan.stack), service_of(destination), failed);
    let success = on_success.iter().flat_map(|destination| to(destination, false));
    success.chain(on_failure.iter().flat_map(|destination| to(destination, true))).collect()
}

/// What Lambda does at a destination. Of an ARN that nobody knows yet, it is not known either what receives there.
pub(super) fn to(arn: Value<String>, service: Option<&str>, failed: bool) -> Vec<Grant> {
    let is = |of: &str| service.is_none_or(|service| service == of);
    let mut grants = Vec::new();
    let actions: Vec<_> = SENDS.iter().filter(|(of, _)| is(of)).map(|(_, action)| *action).collect();
    if !actions.is_empty() {
        grants.push(Grant::new(actions, [arn.clone()]));
    }
    if failed && is("s3") {
        grants.push(Grant::new(["s3:ListBucket"], [arn.clone()]));
        grants.push(Grant::new(["s3:PutObject"], [bucket::objects(arn)]));
    }
    grants
}

fn service_of(arn: &Text) -> Option<&str> {
    match arn {
        Text::Literal(arn) => arn.split(':').nth(2),
        Text::Param(param) => match param.param {
            Param::Bucket(_) => Some("s3"),
            Param::SqsQueue(_) => Some("sqs"),
            Param::SnsTopic(_) => Some("sns"),
            Param::EventBus(_) => Some("events"),
            Param::Function(_) => Some("lambda"),
            _ => None,
        },
        Text::Raw(_) | Text::Fact(_) | Text::Joined(_) | Text::Intrinsic(_) => None,
    }
}
