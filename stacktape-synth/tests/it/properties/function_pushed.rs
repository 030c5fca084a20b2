//! What other services push to functions: each source calls the function that it was given, and nothing else may.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::function::{Function, FunctionEvent};
use stacktape_model::resource::ResourceKind;
use stacktape_model::stack::{Stack, ValidStack};

use super::wiring::{properties, target};
use super::{cases, items, of_type, stacks, template, text, validated};

fn called() -> impl Strategy<Value = Stack> {
    let kinds = [
        ResourceKind::BatchJob,
        ResourceKind::Function,
        ResourceKind::Bucket,
        ResourceKind::SqsQueue,
        ResourceKind::SnsTopic,
        ResourceKind::EventBus,
    ];
    stacks().kinds(&kinds).functions(1..=3)
}

/// Who calls a function: its id, the service, and the source as it is printed.
type Call = (String, &'static str, String);

const SERVICES: [&str; 4] = ["events.amazonaws.com", "iot.amazonaws.com", "logs.amazonaws.com", "sns.amazonaws.com"];

fn arn_of(id: &str) -> Json {
    json!({"Fn::GetAtt": [id, "Arn"]})
}

/// The function of the stack with this ARN, if it is one.
fn function_of(template: &Json, arn: &Json) -> Option<String> {
    let id = arn["Fn::GetAtt"][0].as_str()?;
    (template["Resources"][id]["Type"] == "AWS::Lambda::Function" && arn["Fn::GetAtt"][1] == "Arn").then(|| id.to_owned())
}

/// The ARN in whose name a log group calls.
fn source_of_logs(group: &Json) -> Json {
    let before = ["arn:", "${AWS::Partition}", ":logs:", "${AWS::Region}", ":", "${AWS::AccountId}", ":log-group:"];
    match (group["Ref"].as_str(), group.as_str()) {
        (Some(id), _) => arn_of(id),
        (None, Some(name)) => json!({"Fn::Sub": format!("{}{name}:*", before.concat())}),
        (None, None) => {
            let part = |word: &str| word.strip_prefix("${").map_or_else(|| json!(word), |rest| json!({"Ref": rest.trim_end_matches('}')}));
            let parts: Vec<_> = before.iter().map(|word| part(word)).chain([group.clone(), json!(":*")]).collect();
            json!({"Fn::Join": ["", parts]})
        }
    }
}

/// The calls that sources make.
fn made(template: &Json) -> Vec<Call> {
    let mut made = Vec::new();
    for (id, rule) in of_type(template, "AWS::Events::Rule") {
        for called in items(&rule["Properties"]["Targets"]).filter_map(|target| function_of(template, &target["Arn"])) {
            made.push((called, "events.amazonaws.com", arn_of(id).to_string()));
        }
    }
    for (id, rule) in of_type(template, "AWS::IoT::TopicRule") {
        for action in items(&rule["Properties"]["TopicRulePayload"]["Actions"]) {
            let called = function_of(template, &action["Lambda"]["FunctionArn"]).expect("a function of the stack");
            made.push((called, "iot.amazonaws.com", arn_of(id).to_string()));
        }
    }
    for (_, filter) in of_type(template, "AWS::Logs::SubscriptionFilter") {
        // Others feed streams.
        if let Some(called) = function_of(template, &filter["Properties"]["DestinationArn"]) {
            made.push((called, "logs.amazonaws.com", source_of_logs(&filter["Properties"]["LogGroupName"]).to_string()));
        }
    }
    for (_, subscription) in of_type(template, "AWS::SNS::Subscription") {
        assert_eq!(subscription["Properties"]["Protocol"], "lambda");
        let called = function_of(template, &subscription["Properties"]["Endpoint"]).expect("a function of the stack");
        made.push((called, "sns.amazonaws.com", subscription["Properties"]["TopicArn"].to_string()));
    }
    made
}

/// The calls that permissions allow.
fn allowed(template: &Json) -> Vec<Call> {
    let permissions = of_type(template, "AWS::Lambda::Permission").map(|(_, permission)| &permission["Properties"]);
    let by_services = permissions.filter_map(|permission| {
        let service = SERVICES.into_iter().find(|service| permission["Principal"] == *service)?;
        assert_eq!(permission["Action"], "lambda:InvokeFunction");
        let called = function_of(template, &permission["FunctionName"]).expect("a function of the stack");
        Some((called, service, permission["SourceArn"].to_string()))
    });
    by_services.collect()
}

/// How many sources there must be: two events that are the same are one.
fn events(valid: &ValidStack) -> usize {
    let pushed = |event: &&FunctionEvent| {
        matches!(
            event,
            FunctionEvent::CloudwatchAlarm(_)
                | FunctionEvent::CloudwatchLog(_)
                | FunctionEvent::EventBus(_)
                | FunctionEvent::Iot(_)
                | FunctionEvent::S3(_)
                | FunctionEvent::Schedule(_)
                | FunctionEvent::Sns(_)
        )
    };
    let of_one =
        |function: &Function| function.events().iter().filter(pushed).map(|event| json!(event).to_string()).collect::<BTreeSet<_>>();
    valid.all::<Function>().map(|function| of_one(function).len()).sum()
}

/// What may send to which queue, by the policies of queues: the queue, the service and the source.
fn may_send(template: &Json) -> BTreeSet<(String, String, String)> {
    let mut sends = BTreeSet::new();
    for (_, policy) in of_type(template, "AWS::SQS::QueuePolicy") {
        for statement in items(&policy["Properties"]["PolicyDocument"]["Statement"]) {
            for source in items(&statement["Condition"]["ArnEquals"]["aws:SourceArn"]) {
                assert_eq!((&statement["Effect"], &statement["Action"]), (&json!("Allow"), &json!("sqs:SendMessage")));
                let service = text(&statement["Principal"]["Service"]).to_owned();
                assert!(sends.insert((statement["Resource"].to_string(), service, source.to_string())), "twice: {statement}");
            }
        }
    }
    sends
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn each_source_may_call_its_function_and_nothing_else_may(stack in called()) {
        let valid = validated(stack);
        let template = template(&valid);
        let (made, allowed) = (made(&template), allowed(&template));
        prop_assert_eq!(made.len(), events(&valid));
        let each: BTreeSet<_> = allowed.iter().collect();
        prop_assert_eq!(each.len(), allowed.len(), "a permission is there twice");
        prop_assert_eq!(each, made.iter().collect::<BTreeSet<_>>());
    }

    #[test]
    fn a_log_group_has_two_filters_at_most_which_wait_for_their_permission(stack in called()) {
        let template = template(&validated(stack));
        let mut filters: BTreeMap<String, usize> = BTreeMap::new();
        for (_, filter) in of_type(&template, "AWS::Logs::SubscriptionFilter") {
            *filters.entry(filter["Properties"]["LogGroupName"].to_string()).or_default() += 1;
            let Some(called) = function_of(&template, &filter["Properties"]["DestinationArn"]) else { continue };
            let source = source_of_logs(&filter["Properties"]["LogGroupName"]);
            let awaited: Vec<_> = items(&filter["DependsOn"]).map(|id| properties(&template, text(id))).collect();
            prop_assert_eq!(awaited.len(), 1);
            prop_assert_eq!(&awaited[0]["FunctionName"], &arn_of(&called));
            prop_assert_eq!(&awaited[0]["SourceArn"], &source);
            prop_assert_eq!(&awaited[0]["SourceAccount"], &json!({"Ref": "AWS::AccountId"}));
        }
        prop_assert!(filters.values().all(|number| *number <= 2), "{:?}", filters);
    }

    #[test]
    fn a_bucket_sends_what_functions_wait_for(stack in called()) {
        let template = template(&validated(stack));
        for (_, rule) in of_type(&template, "AWS::Events::Rule") {
            let pattern = &rule["Properties"]["EventPattern"];
            if pattern["source"] != json!(["aws.s3"]) {
                continue;
            }
            prop_assert!(rule["Properties"]["EventBusName"].is_null(), "S3 sends to the default bus alone");
            for name in items(&pattern["detail"]["bucket"]["name"]).filter(|name| !name.is_string()) {
                let bucket = properties(&template, target(name, None));
                let sends = &bucket["NotificationConfiguration"]["EventBridgeConfiguration"]["EventBridgeEnabled"];
                prop_assert_eq!(sends, &json!(true));
            }
            let types: Vec<_> = items(&pattern["detail-type"]).collect();
            prop_assert!(!types.is_empty() && types.iter().all(|kind| text(kind).starts_with("Object ")), "{:?}", types);
        }
    }

    #[test]
    fn queues_take_messages_of_exactly_those_who_send(stack in called()) {
        let template = template(&validated(stack));
        let mut sent = BTreeSet::new();
        let in_stack = |arn: &Json| arn["Fn::GetAtt"].is_array();
        for (id, rule) in of_type(&template, "AWS::Events::Rule") {
            for to in items(&rule["Properties"]["Targets"]) {
                for queue in [&to["Arn"], &to["DeadLetterConfig"]["Arn"]].into_iter().filter(|arn| in_stack(arn)) {
                    if function_of(&template, queue).is_none() {
                        sent.insert((queue.to_string(), "events.amazonaws.com".to_owned(), arn_of(id).to_string()));
                    }
                }
            }
        }
        for (_, subscription) in of_type(&template, "AWS::SNS::Subscription") {
            let queue = &subscription["Properties"]["RedrivePolicy"]["deadLetterTargetArn"];
            if in_stack(queue) {
                let topic = subscription["Properties"]["TopicArn"].to_string();
                sent.insert((queue.to_string(), "sns.amazonaws.com".to_owned(), topic));
            }
        }
        prop_assert_eq!(sent, may_send(&template));
    }
}
