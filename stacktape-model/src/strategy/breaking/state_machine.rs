//! Mistakes in state machines.

use serde_json::{Value as Json, json};

use super::planting::{Mistake, Planting};
use crate::expression::Expression;
use crate::state_machine::{StateMachine, StateMachineBuilder, StateMachineType};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("state_machine::structure", |planting| {
        let (found, field) = planting.one(&[(json!([]), ".Branches"), (json!([1]), ".Branches[0]"), (json!("a"), ".Branches")]);
        planted(planting, ending(json!({"Type": "Parallel", "Branches": found})), &format!(".States.a{field}"))
    }),
    Mistake::anywhere("state_machine::missing_field", |planting| {
        let state = planting.one(&[json!({"Type": "Task"}), json!({"Type": "Parallel"}), json!({"Comment": "of no type"})]);
        planted(planting, ending(state), ".States.a")
    }),
    Mistake::anywhere("state_machine::unknown_field", |planting| {
        let field = planting.one(&["Seconds", "Resource", "Ressource", "Choices", ""]);
        planted(planting, ending(json!({"Type": "Pass", field: "a"})), &format!(".States.a.{field}"))
    }),
    Mistake::anywhere("state_machine::state_type", |planting| {
        let kind = planting.one(&[json!("Sleep"), json!("pass"), json!(""), json!(1)]);
        planted(planting, ending(json!({"Type": kind})), ".States.a.Type")
    }),
    Mistake::anywhere("state_machine::one_of", |planting| {
        let state = planting.one(&[
            json!({"Type": "Wait", "End": true}),
            json!({"Type": "Wait", "Seconds": 1, "SecondsPath": "$.a", "End": true}),
            json!({"Type": "Pass", "Next": "a", "End": true}),
            json!({"Type": "Map", "End": true}),
        ]);
        planted(planting, only(&state), ".States.a")
    }),
    Mistake::anywhere("state_machine::unknown_state", |planting| {
        let (state, field) = planting.one(&[
            (json!({"Type": "Pass", "Next": "lost"}), ".States.a.Next"),
            (
                json!({"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "b"}], "Default": "lost"}),
                ".States.a.Default",
            ),
            (json!({"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "lost"}]}), ".States.a.Choices[0].Next"),
        ]);
        // Something else leads to the end.
        let definition = json!({"StartAt": "a", "States": {"a": state, "b": {"Type": "Succeed"}, "c": {"Type": "Pass", "Next": "b"}, "d": {
            "Type": "Pass", "Next": "c",
        }, "e": {"Type": "Choice", "Choices": [{"Variable": "$.a", "IsNull": true, "Next": "d"}], "Default": "e"}}});
        planted(planting, definition, field)
    }),
    Mistake::anywhere("state_machine::unreachable", |planting| {
        let state = planting.one(&[json!({"Type": "Succeed"}), json!({"Type": "Pass", "Next": "a"})]);
        planted(planting, json!({"StartAt": "a", "States": {"a": {"Type": "Pass", "End": true}, "b": state}}), ".States.b")
    }),
    Mistake::anywhere("state_machine::no_end", |planting| {
        let definition = json!({"StartAt": "a", "States": {"a": {"Type": "Pass", "Next": "b"}, "b": {"Type": "Pass", "Next": "a"}}});
        planted(planting, definition, ".States")
    }),
    Mistake::anywhere("state_machine::state_name", |planting| {
        let name = planting.text(&["Ref", "Fn::Sub", "", &"ä".repeat(81)]);
        planted(planting, json!({"StartAt": name, "States": {name.as_str(): {"Type": "Succeed"}}}), &format!(".States.{name}"))
    }),
    Mistake::anywhere("state_machine::duplicate_name", |planting| {
        let branch = json!({"StartAt": "a", "States": {"a": {"Type": "Succeed"}}});
        let (state, field) = planting.one(&[
            (json!({"Type": "Parallel", "Branches": [branch]}), "Branches[0]"),
            (json!({"Type": "Map", "ItemProcessor": branch}), "ItemProcessor"),
            (json!({"Type": "Map", "Iterator": branch}), "Iterator"),
        ]);
        planted(planting, ending(state), &format!(".States.a.{field}.States.a"))
    }),
    Mistake::anywhere("state_machine::query_language", |planting| {
        let language = planting.one(&["JSONpath", "jsonata", "SQL", ""]);
        planted(planting, ending(json!({"Type": "Pass", "QueryLanguage": language})), ".States.a.QueryLanguage")
    }),
    Mistake::anywhere("state_machine::other_language", |planting| {
        let (state, field) = planting.one(&[
            (json!({"Type": "Pass", "Output": 1}), "Output"),
            (json!({"Type": "Pass", "QueryLanguage": "JSONata", "Result": 1}), "Result"),
        ]);
        planted(planting, ending(state), &format!(".States.a.{field}"))
    }),
    Mistake::anywhere("state_machine::task_resource", |planting| {
        let resource = planting.one(&["sqs:sendMessage", "", "arn:aws:states"]);
        planted(planting, ending(json!({"Type": "Task", "Resource": resource})), ".States.a.Resource")
    }),
    Mistake::anywhere("state_machine::express", |planting| {
        let resource = planting.one(&[
            "arn:aws:states:::ecs:runTask.sync",
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "arn:aws:states:eu-west-1:123456789012:activity:pack",
        ]);
        let definition = ending(json!({"Type": "Task", "Resource": resource}));
        add(planting, StateMachine::builder("planted", definition).state_machine_type(StateMachineType::Express));
        "resources.planted.definition.States.a.Resource".to_owned()
    }),
];

/// A definition with one state.
fn only(state: &Json) -> Json {
    json!({"StartAt": "a", "States": {"a": state}})
}

/// A definition with one state, which is the last.
fn ending(mut state: Json) -> Json {
    state["End"] = true.into();
    only(&state)
}

fn planted(planting: &mut Planting<'_>, definition: impl Into<Expression>, field: &str) -> String {
    add(planting, StateMachine::builder("planted", definition));
    format!("resources.planted.definition{field}")
}

fn add(planting: &mut Planting<'_>, machine: StateMachineBuilder) {
    planting.stack.add(machine);
}
