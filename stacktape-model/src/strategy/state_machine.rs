//! State machines.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::json;

use super::iam::statement_later;
use super::raw_resource::{Role, override_of};
use super::service::connections;
use super::surroundings::{Later, Surroundings, pick};
use crate::expression::Expression;
use crate::resource::Resource;
use crate::state_machine::{StateMachine, StateMachineType};

/// State machines of both types and query languages, with states of every type; tasks use what is around. Shrinks to one that does nothing.
pub fn state_machine(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<StateMachine> {
    let (name, around) = (name.into(), around.clone());
    state_machine_later().prop_map(move |later| later.within(&around)(&name)).boxed()
}

/// A state machine that waits for its surroundings, and then for its name.
pub(super) type Named = Box<dyn Fn(&str) -> StateMachine>;

const OVERRIDES: &[(&str, &str, &str)] = &[("StateMachine", "TracingConfiguration.Enabled", "true")];

pub(super) fn state_machine_later() -> BoxedStrategy<Later<Named>> {
    let steps = vec((step(), any::<Index>()), 0..5);
    let access = (vec(any::<Index>(), 0..3), any::<bool>(), vec(statement_later(), 0..2));
    (steps, select(&StateMachineType::ALL[..]), any::<bool>(), access, override_of(OVERRIDES))
        .prop_map(|(steps, kind, jsonata, (targets, ses, statements), overrides)| {
            Later::new(move |around| {
                let mut machine = StateMachine::builder("", definition(&steps, jsonata, kind, around)).state_machine_type(kind).build();
                machine.connect_to = connections(&targets, ses, around);
                for statement in &statements {
                    // Two names could be the same.
                    let statement = statement.within(around);
                    machine.iam_role_statements.push(crate::iam::Statement { sid: None, ..statement });
                }
                named(machine, overrides.clone())
            })
        })
        .boxed()
}

fn named(machine: StateMachine, overrides: Vec<Role>) -> Named {
    Box::new(move |name| StateMachine {
        name: name.to_owned(),
        overrides: overrides.iter().map(|role| role.of(name)).collect(),
        ..machine.clone()
    })
}

/// What a state does, by its type.
#[derive(Clone, Copy, Debug)]
enum Step {
    Pass,
    Wait,
    Task,
    Choice,
    Parallel,
    Map,
    Distributed,
}

fn step() -> impl Strategy<Value = Step> {
    select(vec![Step::Pass, Step::Wait, Step::Task, Step::Choice, Step::Parallel, Step::Map, Step::Distributed])
}

/// One step after the other, and a `Succeed` at the end.
fn definition(steps: &[(Step, Index)], jsonata: bool, kind: StateMachineType, around: &Surroundings) -> Expression {
    let mut states = vec![(name_of(steps.len()), Expression::from(json!({"Type": "Succeed"})))];
    for (index, (step, pick)) in steps.iter().enumerate() {
        states.push((name_of(index), state(*step, *pick, index, jsonata, kind, around)));
    }
    let mut fields = vec![("StartAt", name_of(0).into()), ("States", Expression::map(states)), ("Comment", "größe \"x\"".into())];
    fields.extend(jsonata.then(|| ("QueryLanguage", "JSONata".into())));
    Expression::map(fields)
}

fn name_of(index: usize) -> String {
    format!("Step {index}: größe")
}

fn state(step: Step, pick: Index, index: usize, jsonata: bool, kind: StateMachineType, around: &Surroundings) -> Expression {
    let next = Expression::from(name_of(index + 1));
    let inner = |word: &str| {
        let name = format!("{word}{index}");
        Expression::map([
            ("StartAt", name.as_str().into()),
            ("States", Expression::map([(name, json!({"Type": "Pass", "End": true}).into())])),
        ])
    };
    let fields: Vec<(&str, Expression)> = match step {
        Step::Pass => {
            vec![("Type", "Pass".into()), if jsonata { ("Output", "{% 1 %}".into()) } else { ("Result", json!([1, null]).into()) }]
        }
        Step::Wait => vec![("Type", "Wait".into()), if jsonata { ("Timestamp", "{% $t %}".into()) } else { ("SecondsPath", "$.s".into()) }],
        Step::Task => task(pick, jsonata, around),
        Step::Choice => {
            let rule = if jsonata {
                vec![("Condition", "{% $a %}".into()), ("Next", next.clone())]
            } else {
                vec![("Not", json!({"Variable": "$.a", "StringLessThanEqualsPath": "$.b"}).into()), ("Next", next.clone())]
            };
            let choices = Expression::List(vec![Expression::map(rule)]);
            return Expression::map([("Type", "Choice".into()), ("Choices", choices), ("Default", next)]);
        }
        Step::Parallel => {
            vec![("Type", "Parallel".into()), ("Branches", Expression::List(vec![inner("one"), inner("other")]))]
        }
        Step::Map => vec![("Type", "Map".into()), ("ItemProcessor", inner("item")), ("MaxConcurrency", 2.into())],
        Step::Distributed => {
            let Expression::Map(mut processor) = inner("item") else { unreachable!("a level is a map") };
            if kind == StateMachineType::Standard {
                let config = json!({"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"});
                processor.insert("ProcessorConfig".to_owned(), config.into());
            }
            vec![("Type", "Map".into()), ("ItemProcessor", Expression::Map(processor))]
        }
    };
    Expression::map(fields.into_iter().chain([("Next", next)]))
}

/// A task that uses something around, where there is anything that a task can use.
fn task(index: Index, jsonata: bool, around: &Surroundings) -> Vec<(&'static str, Expression)> {
    let (resource, arguments) = match pick(index, &around.resources) {
        Some(Resource::SqsQueue(queue)) => {
            ("sqs:sendMessage", Expression::map([("QueueUrl", queue.url().into()), ("MessageBody", "a".into())]))
        }
        Some(Resource::SnsTopic(topic)) => ("sns:publish", Expression::map([("TopicArn", topic.arn().into()), ("Message", "a".into())])),
        Some(Resource::DynamoDbTable(table)) => {
            let item = Expression::from(json!({"id": {"S": "1"}}));
            ("dynamodb:putItem", Expression::map([("TableName", table.table_name().into()), ("Item", item)]))
        }
        Some(Resource::EventBus(bus)) => {
            let entry =
                [("EventBusName", bus.arn().into()), ("Source", "shop".into()), ("DetailType", "a".into()), ("Detail", "{}".into())];
            ("events:putEvents", Expression::map([("Entries", Expression::List(vec![Expression::map(entry)]))]))
        }
        Some(Resource::StateMachine(machine)) => ("states:startExecution", Expression::map([("StateMachineArn", machine.arn().into())])),
        _ => ("aws-sdk:ec2:describeRegions", Expression::map([("AllRegions", true.into())])),
    };
    let caught = json!([{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 2}]);
    vec![
        ("Type", "Task".into()),
        ("Resource", format!("arn:aws:states:::{resource}").into()),
        (if jsonata { "Arguments" } else { "Parameters" }, arguments),
        ("Retry", caught.into()),
    ]
}
