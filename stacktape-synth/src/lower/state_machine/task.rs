//! What the tasks of a state machine need, where they name a resource of the stack by an optimized integration.

use stacktape_model::bucket::BucketParam;
use stacktape_model::dynamo_db_table::DynamoDbTableParam;
use stacktape_model::event_bus::EventBusParam;
use stacktape_model::expression::Expression;
use stacktape_model::function::FunctionParam;
use stacktape_model::sns_topic::SnsTopicParam;
use stacktape_model::sqs_queue::SqsQueueParam;
use stacktape_model::state_machine::{StateMachine, StateMachineParam, Task};
use stacktape_model::text::{Param, Text};

use super::executions;
use crate::cfn::{Value, sub};
use crate::lower::{bucket, dynamo_db_table, event_bus, function, sns_topic, sqs_queue};
use crate::plan::Plan;
use crate::policy::{Grant, merge};

/// The grants of all tasks.
pub(super) fn grants(machine: &StateMachine, plan: &Plan<'_>) -> Vec<Grant> {
    merge(machine.tasks().iter().flat_map(|task| of_task(task, plan)))
}

/// What a task needs. What it names by an ARN of its own, or only while it runs, is left to the user's statements.
fn of_task(task: &Task<'_>, plan: &Plan<'_>) -> Vec<Grant> {
    let Some(integration) = task.resource.split_once(":states:::").map(|(_, integration)| integration) else { return Vec::new() };
    // How it waits comes behind what it does.
    let (call, waits) = integration.split_once('.').unwrap_or((integration, ""));
    let named = |key: &str| arguments(task, key);
    let one = |action: &'static str, on: Option<Value<String>>| on.map(|on| Grant::new([action], [on])).into_iter().collect();
    match call {
        "sqs:sendMessage" => one("sqs:SendMessage", named("QueueUrl").and_then(queue)),
        "sns:publish" => one("sns:Publish", named("TopicArn").and_then(topic)),
        "dynamodb:getItem" => one("dynamodb:GetItem", named("TableName").and_then(table)),
        "dynamodb:putItem" => one("dynamodb:PutItem", named("TableName").and_then(table)),
        "dynamodb:updateItem" => one("dynamodb:UpdateItem", named("TableName").and_then(table)),
        "dynamodb:deleteItem" => one("dynamodb:DeleteItem", named("TableName").and_then(table)),
        "lambda:invoke" => one("lambda:InvokeFunction", named("FunctionName").and_then(called)),
        "s3:getObject" => one("s3:GetObject", named("Bucket").and_then(objects)),
        "s3:putObject" => one("s3:PutObject", named("Bucket").and_then(objects)),
        "s3:listObjectsV2" => one("s3:ListBucket", named("Bucket").and_then(whole_bucket)),
        "events:putEvents" => buses(task).map(|bus| Grant::new(["events:PutEvents"], [bus])).collect(),
        "states:startExecution" => named("StateMachineArn").map(|arn| executes(arn, waits, plan)).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// What starts executions of a state machine of the stack, and watches over them where it waits for their end.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html>
fn executes(text: &Text, waits: &str, plan: &Plan<'_>) -> Vec<Grant> {
    let Some((name, Param::StateMachine(StateMachineParam::Arn))) = param(text) else { return Vec::new() };
    let mut grants = vec![Grant::new(["states:StartExecution"], [super::param(name, StateMachineParam::Arn)])];
    let express = plan.stack.get::<StateMachine>(name).is_some_and(StateMachine::is_express);
    if waits.starts_with("sync") && !express {
        let rule = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule";
        grants.push(Grant::new(["states:DescribeExecution", "states:StopExecution"], [executions(name)]));
        grants.push(Grant::new(["events:PutTargets", "events:PutRule", "events:DescribeRule"], [sub(rule)]));
    }
    grants
}

/// An argument of a task.
fn arguments<'a>(task: &Task<'a>, key: &str) -> Option<&'a Text> {
    entry(task.arguments?, key)
}

fn entry<'a>(value: &'a Expression, key: &str) -> Option<&'a Text> {
    match value {
        Expression::Map(entries) => match entries.get(key)? {
            Expression::Text(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The parameter of a resource of the stack that a text is.
fn param(text: &Text) -> Option<(&str, Param)> {
    if let Text::Param(param) = text { Some((&param.resource.name, param.param)) } else { None }
}

fn queue(text: &Text) -> Option<Value<String>> {
    match param(text)? {
        (queue, Param::SqsQueue(SqsQueueParam::Url)) => Some(sqs_queue::param(queue, SqsQueueParam::Arn)),
        _ => None,
    }
}

fn topic(text: &Text) -> Option<Value<String>> {
    match param(text)? {
        (topic, Param::SnsTopic(SnsTopicParam::Arn)) => Some(sns_topic::param(topic, SnsTopicParam::Arn)),
        _ => None,
    }
}

fn called(text: &Text) -> Option<Value<String>> {
    match param(text)? {
        (name, Param::Function(FunctionParam::Arn)) => Some(function::param(name, FunctionParam::Arn)),
        _ => None,
    }
}

fn table(text: &Text) -> Option<Value<String>> {
    match param(text)? {
        (table, Param::DynamoDbTable(DynamoDbTableParam::Name | DynamoDbTableParam::Arn)) => {
            Some(dynamo_db_table::param(table, DynamoDbTableParam::Arn))
        }
        _ => None,
    }
}

fn whole_bucket(text: &Text) -> Option<Value<String>> {
    match param(text)? {
        (bucket, Param::Bucket(BucketParam::Name)) => Some(bucket::param(bucket, BucketParam::Arn)),
        _ => None,
    }
}

fn objects(text: &Text) -> Option<Value<String>> {
    whole_bucket(text).map(bucket::objects)
}

/// The buses of the entries that a task puts, each of which may name another one.
fn buses<'a>(task: &Task<'a>) -> impl Iterator<Item = Value<String>> + use<'a> {
    let entries = match task.arguments {
        Some(Expression::Map(arguments)) => arguments.get("Entries"),
        _ => None,
    };
    let entries = if let Some(Expression::List(entries)) = entries { entries.as_slice() } else { &[] };
    entries.iter().filter_map(|put| match param(entry(put, "EventBusName")?)? {
        (bus, Param::EventBus(EventBusParam::Arn)) => Some(event_bus::param(bus, EventBusParam::Arn)),
        _ => None,
    })
}
