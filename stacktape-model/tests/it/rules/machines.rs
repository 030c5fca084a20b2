//! State machines.

use serde_json::{Value as Json, json};
use stacktape_model::expression::Expression;
use stacktape_model::sqs_queue::SqsQueue;
use stacktape_model::stack::Stack;
use stacktape_model::state_machine::{StateMachine, StateMachineType};

use crate::support::{Rule, empty, rule, stack};

const STATES: &str = "resources.pay.definition.States";

#[track_caller]
fn pay(definition: impl Into<Expression>) -> Stack {
    stack([StateMachine::builder("pay", definition)])
}

#[track_caller]
fn express(definition: Json) -> Stack {
    stack([StateMachine::builder("pay", definition).state_machine_type(StateMachineType::Express)])
}

/// One state, which is the last.
fn ending(mut state: Json) -> Json {
    state["End"] = true.into();
    only(&state)
}

fn only(state: &Json) -> Json {
    json!({"StartAt": "a", "States": {"a": state}})
}

fn task(resource: &str) -> Json {
    ending(json!({"Type": "Task", "Resource": resource}))
}

fn choice(rule: &Json) -> Json {
    json!({"StartAt": "a", "States": {"a": {"Type": "Choice", "Choices": [rule], "Default": "b"}, "b": {"Type": "Succeed"}}})
}

fn below(state: &str) -> String {
    format!("{STATES}.{state}")
}

/// A task in each place where one may stand.
fn whole() -> Expression {
    let queue = SqsQueue::builder("jobs").build();
    let send = Expression::map([
        ("Type", "Task".into()),
        ("Resource", "arn:aws:states:::sqs:sendMessage".into()),
        ("Parameters", Expression::map([("QueueUrl", queue.url().into()), ("MessageBody", "a".into())])),
        ("Catch", json!([{"ErrorEquals": ["States.ALL"], "Next": "failed"}]).into()),
        ("Next", "each".into()),
    ]);
    let states = [
        ("check".to_owned(), choice_of_all()),
        ("send".to_owned(), send),
        ("failed".to_owned(), json!({"Type": "Fail", "ErrorPath": "$.Error", "Cause": "b"}).into()),
        ("each".to_owned(), json!({"Type": "Map", "ItemProcessor": only(&json!({"Type": "Succeed"})), "End": true}).into()),
    ];
    Expression::map([("StartAt", "check".into()), ("States", Expression::map(states))])
}

fn choice_of_all() -> Expression {
    json!({
        "Type": "Choice",
        "Choices": [
            {"And": [{"Variable": "$.a", "IsPresent": true}, {"Not": {"Variable": "$.a", "NumericLessThan": 3}}], "Next": "send"},
            {"Or": [{"Variable": "$.b", "TimestampGreaterThanEqualsPath": "$.c"}], "Next": "failed"},
        ],
    })
    .into()
}

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = of_shape();
    rules.extend(of_states());
    rules
}

/// What each part of a definition has.
fn of_shape() -> Vec<Rule> {
    let mut all = empty();
    all.add(SqsQueue::builder("jobs")).add(StateMachine::builder("pay", whole()));
    vec![
        rule("state_machine::structure")
            .refuses("resources.pay.definition", pay(json!([])))
            .saying(
                "found another value, expected a map with `StartAt` and `States`",
                "write a map with `StartAt` and `States`",
            )
            .refuses(STATES, pay(json!({"StartAt": "a", "States": {}})))
            .refuses(&below("a"), pay(only(&json!("Pass"))))
            .refuses("resources.pay.definition.StartAt", pay(json!({"StartAt": 1, "States": {"a": {"Type": "Choice", "Choices": [
                {"Variable": "$.a", "IsNull": true, "Next": "b"}], "Default": "a"}, "b": {"Type": "Succeed"}}})))
            .refuses(&below("a.Retry"), pay(ending(json!({"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Retry": {}}))))
            .refuses(&below("a.Choices"), pay(json!({"StartAt": "a", "States": {"a": {"Type": "Choice", "Choices": [], "Default": "b"}, "b": {"Type": "Succeed"}}})))
            .takes(all),
        rule("state_machine::missing_field")
            .refuses(&below("a"), pay(ending(json!({"Type": "Task"}))))
            .saying("found a `Task` state without `Resource`, expected it", "add `Resource`")
            .refuses(&below("a"), pay(ending(json!({}))))
            .refuses("resources.pay.definition", pay(json!({"StartAt": "a"})))
            .refuses(&below("a.Choices[0]"), pay(choice(&json!({"Variable": "$.a", "IsNull": true}))))
            .refuses(&below("a.Choices[0]"), pay(choice(&json!({"IsNull": true, "Next": "b"}))))
            .takes(pay(choice(&json!({"Variable": "$.a", "IsNull": true, "Next": "b"})))),
        rule("state_machine::unknown_field")
            .refuses(&below("a.Seconds"), pay(ending(json!({"Type": "Pass", "Seconds": 1}))))
            .saying("found `Seconds` in a `Pass` state, expected only what it can have there", "remove it, or correct its spelling")
            .refuses("resources.pay.definition.Coment", pay(json!({"Coment": "a", "StartAt": "a", "States": {"a": {"Type": "Succeed"}}})))
            .refuses(&below("a.End"), pay(ending(json!({"Type": "Succeed"}))))
            .refuses(&below("a.Choices[0].next"), pay(choice(&json!({"Variable": "$.a", "IsNull": true, "Next": "b", "next": "b"}))))
            .takes(pay(json!({"Comment": "a", "Version": "1.0", "TimeoutSeconds": 9, "StartAt": "a", "States": {"a": {"Type": "Succeed"}}}))),
        rule("state_machine::state_type")
            .refuses(&below("a.Type"), pay(ending(json!({"Type": "Sleep"}))))
            .saying(
                "found the type `Sleep`, expected `Task`, `Pass`, `Choice`, `Wait`, `Succeed`, `Fail`, `Parallel` or `Map`",
                "write one of them",
            )
            .takes(pay(only(&json!({"Type": "Fail"})))),
        rule("state_machine::one_of")
            .refuses(&below("a"), pay(ending(json!({"Type": "Wait"}))))
            .saying(
                "found 0 of `Seconds`, `Timestamp`, `SecondsPath`, `TimestampPath`, expected exactly one",
                "write exactly one of `Seconds`, `Timestamp`, `SecondsPath`, `TimestampPath`",
            )
            .refuses(&below("a"), pay(ending(json!({"Type": "Wait", "Seconds": 1, "Timestamp": "2030-01-01T00:00:00Z"}))))
            .refuses(&below("a"), pay(ending(json!({"Type": "Pass", "Next": "a"}))))
            .refuses(&below("a"), pay(ending(json!({"Type": "Map"}))))
            .refuses(&below("a"), pay(only(&json!({"Type": "Fail", "Error": "a", "ErrorPath": "$.a"}))))
            .refuses(&below("a.Choices[0]"), pay(choice(&json!({"Variable": "$.a", "Next": "b"}))))
            .refuses(&below("a.Choices[0]"), pay(choice(&json!({"Variable": "$.a", "IsNull": true, "IsString": true, "Next": "b"}))))
            .takes(pay(json!({"StartAt": "a", "States": {"a": {"Type": "Pass", "Next": "b", "End": false}, "b": {"Type": "Succeed"}}})))
            .takes(pay(ending(json!({"Type": "Wait", "Seconds": 0})))),
    ]
}

/// How states are named and lead to each other, and what they say.
fn of_states() -> Vec<Rule> {
    let jsonata = |state: &Json| json!({"QueryLanguage": "JSONata", "StartAt": "a", "States": {"a": state}});
    let named = |name: &str| json!({"StartAt": name, "States": {name: {"Type": "Succeed"}}});
    vec![
        rule("state_machine::unknown_state")
            .refuses("resources.pay.definition.StartAt", pay(leading("start", &json!({"Type": "Pass", "Next": "b"}))))
            .saying("found `start`, expected a state of the same level: `a`, `b`, `c`", "name one of them, or add the state beside them")
            .refuses(&below("a.Next"), pay(leading("a", &json!({"Type": "Pass", "Next": "lost"}))))
            .refuses(&below("a.Catch[0].Next"), pay(leading("a", &json!({
                "Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "lost"}], "Next": "b",
            }))))
            // A branch cannot lead out.
            .refuses(&below("a.Branches[0].States.c.Next"), pay(leading("a", &json!({
                "Type": "Parallel", "Next": "b", "Branches": [{"StartAt": "c", "States": {"c": {"Type": "Pass", "Next": "b"}, "d": {
                    "Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "e"}], "Default": "d"}, "e": {"Type": "Succeed"}}}],
            }))))
            .takes(pay(leading("a", &json!({"Type": "Pass", "Next": "b"})))),
        rule("state_machine::unreachable")
            .refuses(&below("b"), pay(json!({"StartAt": "a", "States": {"a": {"Type": "Pass", "End": true}, "b": {"Type": "Succeed"}}})))
            .saying(
                "found the state `b` to which nothing leads, expected `StartAt`, a `Next` or a `Default` with its name",
                "lead to it, or remove it",
            )
            .takes(pay(choice(&json!({"Variable": "$.a", "IsNull": true, "Next": "b"})))),
        rule("state_machine::no_end")
            .refuses(STATES, pay(json!({"StartAt": "a", "States": {"a": {"Type": "Pass", "Next": "a"}}})))
            .saying(
                "found states of which none ends, expected `End: true`, a `Succeed` or a `Fail`",
                "add `\"End\": true` to the last state",
            )
            .takes(pay(ending(json!({"Type": "Pass"})))),
        rule("state_machine::state_name")
            .refuses(&below("Ref"), pay(named("Ref")))
            .saying("found the name `Ref`, expected 1 to 80 characters, and for a state alone neither `Ref` nor `Fn::`", "rename the state")
            .refuses(&below(&"ä".repeat(81)), pay(named(&"ä".repeat(81))))
            .takes(pay(named(&"ä".repeat(80)))),
        rule("state_machine::duplicate_name")
            .refuses(&below("a.Branches[1].States.b"), pay(ending(parallel("b", "b"))))
            .saying(
                "found the state `b` a second time, expected each name once in the whole state machine",
                "rename one of the two",
            )
            .takes(pay(ending(parallel("b", "c")))),
        rule("state_machine::query_language")
            .refuses("resources.pay.definition.QueryLanguage", pay(json!({"QueryLanguage": "SQL", "StartAt": "a", "States": {"a": {"Type": "Succeed"}}})))
            .saying("found the query language `SQL`, expected `JSONPath` or `JSONata`", "write `JSONPath` or `JSONata`")
            .refuses(&below("a.QueryLanguage"), pay(jsonata(&json!({"Type": "Succeed", "QueryLanguage": "JSONPath"}))))
            .saying(
                "found the query language `JSONPath`, expected `JSONata`, that of the state machine",
                "write `JSONata`, that of the state machine",
            )
            .takes(pay(only(&json!({"Type": "Succeed", "QueryLanguage": "JSONata", "Output": "{% 1 %}"})))),
        rule("state_machine::other_language")
            .refuses(&below("a.ResultPath"), pay(jsonata(&json!({"Type": "Pass", "ResultPath": "$.a", "End": true}))))
            .saying(
                "found `ResultPath` in a state in JSONata, expected only fields that JSONata knows",
                "remove it, or write `\"QueryLanguage\": \"JSONPath\"` in the state",
            )
            .refuses(&below("a.Output"), pay(ending(json!({"Type": "Pass", "Output": 1}))))
            .takes(pay(jsonata(&json!({"Type": "Pass", "Output": 1, "End": true}))))
            .takes(pay(ending(json!({"Type": "Pass", "ResultPath": "$.a"})))),
        rule("state_machine::task_resource")
            .refuses(&below("a.Resource"), pay(task("sqs:sendMessage")))
            .saying(
                "found the resource `sqs:sendMessage`, expected an ARN",
                "write the ARN of an integration such as `arn:aws:states:::sqs:sendMessage`, or of an activity",
            )
            .takes(pay(task("arn:aws-cn:states:::sqs:sendMessage"))),
        rule("state_machine::express")
            .refuses(&below("a.Resource"), express(task("arn:aws:states:::ecs:runTask.sync")))
            .saying(
                "found `arn:aws:states:::ecs:runTask.sync` in an express workflow, expected neither jobs, callbacks, activities nor \
                 distributed maps",
                "remove `.state_machine_type(StateMachineType::Express)`, or do not wait",
            )
            .refuses(&below("a.ItemProcessor.ProcessorConfig.Mode"), express(distributed("STANDARD", "arn:aws:states:::sqs:sendMessage")))
            .refuses(
                &below("a.ItemProcessor.States.b.Resource"),
                pay(distributed("EXPRESS", "arn:aws:states:::sqs:sendMessage.waitForTaskToken")),
            )
            .takes(express(task("arn:aws:states:::ecs:runTask")))
            .takes(pay(distributed("EXPRESS", "arn:aws:states:::sqs:sendMessage")))
            .takes(pay(distributed("STANDARD", "arn:aws:states:::ecs:runTask.sync"))),
    ]
}

/// A state `a` before the last one; both are reached by another way too.
fn leading(start: &str, a: &Json) -> Json {
    if start != "a" || a["Next"] == "lost" {
        let c = json!({"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "a"}, {"Variable": "$.a", "IsNull": true,
            "Next": "b"}], "Default": "c"});
        return json!({"StartAt": start, "States": {"a": a, "b": {"Type": "Succeed"}, "c": c}});
    }
    json!({"StartAt": start, "States": {"a": a, "b": {"Type": "Succeed"}}})
}

fn parallel(one: &str, other: &str) -> Json {
    let branch = |name: &str| json!({"StartAt": name, "States": {name: {"Type": "Succeed"}}});
    json!({"Type": "Parallel", "Branches": [branch(one), branch(other)]})
}

fn distributed(kind: &str, resource: &str) -> Json {
    let config = json!({"Mode": "DISTRIBUTED", "ExecutionType": kind});
    let states = json!({"b": {"Type": "Task", "Resource": resource, "End": true}});
    ending(json!({"Type": "Map", "ItemProcessor": {"ProcessorConfig": config, "StartAt": "b", "States": states}}))
}
