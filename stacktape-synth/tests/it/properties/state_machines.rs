//! What a state machine may do by its own tasks: exactly what they name, and what a distributed map needs.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::resource::ResourceType;
use stacktape_model::state_machine::StateMachine;

use super::{cases, id_begins, items, of_type, stacks, template, text, validated};

/// The actions of a statement, each with what it may be done to.
fn granted(document: &Json) -> BTreeSet<(String, String)> {
    let statements = items(&document["Statement"]);
    statements
        .flat_map(|statement| {
            items(&statement["Action"])
                .flat_map(move |action| items(&statement["Resource"]).map(move |on| (text(action).to_owned(), on.to_string())))
        })
        .collect()
}

/// The ids of what a definition refers to.
fn references(definition: &Json) -> BTreeSet<String> {
    let found = |text: &str| -> BTreeSet<String> {
        let ids = text.split("${").skip(1).filter(|rest| !rest.starts_with('!'));
        ids.filter_map(|rest| Some(rest.split_once('}')?.0.split('.').next()?.to_owned())).collect()
    };
    match definition {
        Json::Object(function) => match (function.get("Fn::Sub"), function.get("Fn::GetAtt"), function.get("Ref")) {
            (Some(Json::String(text)), _, _) => found(text),
            (_, Some(attribute), _) => [text(&attribute[0]).to_owned()].into(),
            (_, _, Some(id)) => [text(id).to_owned()].into(),
            _ => function.values().flat_map(references).collect(),
        },
        Json::Array(parts) => parts.iter().flat_map(references).collect(),
        _ => BTreeSet::new(),
    }
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn the_role_of_a_state_machine_may_do_what_its_tasks_name_and_nothing_more(
        stack in stacks().workloads(0).batch_jobs(0).sqs_queues(0..=2).sns_topics(0..=2).event_buses(0..=2).dynamo_db_tables(0..=2).state_machines(1..=3)
    ) {
        let valid = validated(stack);
        let template = template(&valid);
        for machine in valid.resources().iter().filter_map(StateMachine::of) {
            let begins = id_begins(machine.name());
            let of = |role: &str| &template["Resources"][format!("{begins}{role}")]["Properties"];
            let role = of("StateMachineRole");
            let trusted = &role["AssumeRolePolicyDocument"]["Statement"][0];
            prop_assert_eq!(&trusted["Principal"], &json!({"Service": "states.amazonaws.com"}));
            prop_assert!(trusted["Condition"]["StringEquals"]["aws:SourceAccount"].is_object());
            prop_assert_eq!(&of("StateMachine")["RoleArn"], &json!({"Fn::GetAtt": [format!("{begins}StateMachineRole"), "Arn"]}));
            let mut expected = BTreeSet::new();
            // Integrations are named in the partition, which is no resource.
            for reference in references(&of("StateMachine")["DefinitionString"]).into_iter().filter(|id| !id.as_str().starts_with("AWS::")) {
                let id = reference.as_str();
                let att = |attribute: &str| json!({"Fn::GetAtt": [id, attribute]});
                let (action, on) = match text(&template["Resources"][id]["Type"]) {
                    "AWS::SQS::Queue" => ("sqs:SendMessage", att("Arn")),
                    "AWS::SNS::Topic" => ("sns:Publish", att("TopicArn")),
                    "AWS::Events::EventBus" => ("events:PutEvents", att("Arn")),
                    "AWS::DynamoDB::GlobalTable" => ("dynamodb:PutItem", att("Arn")),
                    "AWS::StepFunctions::StateMachine" => ("states:StartExecution", json!({"Ref": id})),
                    other => panic!("{other} in a definition"),
                };
                expected.insert((action.to_owned(), on.to_string()));
            }
            let tasks = items(&role["Policies"]).filter(|policy| policy["PolicyName"] == "tasks");
            let found: BTreeSet<_> = tasks.flat_map(|policy| granted(&policy["PolicyDocument"])).collect();
            prop_assert_eq!(found, expected);
            prop_assert_eq!(of("MapRunPolicy").is_object(), machine.is_distributed());
            if machine.is_distributed() {
                prop_assert_eq!(&of("MapRunPolicy")["Roles"], &json!([{"Ref": format!("{begins}StateMachineRole")}]));
                let itself = ("states:StartExecution".to_owned(), json!({"Ref": format!("{begins}StateMachine")}).to_string());
                prop_assert!(granted(&of("MapRunPolicy")["PolicyDocument"]).contains(&itself));
            }
        }
        let machines = valid.resources().iter().filter_map(StateMachine::of).count();
        prop_assert_eq!(of_type(&template, "AWS::StepFunctions::StateMachine").count(), machines);
    }

    #[test]
    fn step_functions_takes_roles_for_this_account_alone(stack in stacks().workloads(0).batch_jobs(1..=2).state_machines(0..=2)) {
        let template = template(&validated(stack));
        let trusts = of_type(&template, "AWS::IAM::Role").map(|(_, role)| &role["Properties"]["AssumeRolePolicyDocument"]["Statement"][0]);
        let of_machines: Vec<_> = trusts.filter(|trust| trust["Principal"]["Service"] == "states.amazonaws.com").collect();
        prop_assert!(!of_machines.is_empty());
        for trust in of_machines {
            prop_assert_eq!(&trust["Condition"]["StringEquals"]["aws:SourceAccount"], &json!({"Ref": "AWS::AccountId"}));
        }
    }
}
