//! Functions: what their roles may do, where they run, and who may call them.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::container::ContainerLogs;
use stacktape_model::function::{Function, UrlAuthMode};
use stacktape_model::resource::ResourceKind;

use super::{cases, id_begins, items, of_type, resources, stacks, template, text, validated};

fn functions() -> impl Strategy<Value = stacktape_model::stack::Stack> {
    stacks().kinds(&[ResourceKind::Function, ResourceKind::Bucket, ResourceKind::SqsQueue, ResourceKind::EventBus]).functions(1..=3)
}

/// The policies of a role, by name.
fn policies(role: &Json) -> Vec<(&str, &Json)> {
    items(&role["Properties"]["Policies"])
        .map(|policy| (policy["PolicyName"].as_str().expect("a name"), &policy["PolicyDocument"]))
        .collect()
}

/// What a policy of a role allows: each action, and what it may be done to.
pub(super) fn rights(role: &Json, policy: &str) -> BTreeSet<(String, String)> {
    let statements = policies(role).into_iter().filter(|(name, _)| *name == policy).flat_map(|(_, document)| items(&document["Statement"]));
    let mut rights = BTreeSet::new();
    for statement in statements {
        for action in items(&statement["Action"]) {
            rights.extend(items(&statement["Resource"]).map(|on| (text(action).to_owned(), on.to_string())));
        }
    }
    rights
}

/// What Lambda must be allowed for a destination.
pub(super) fn sends(template: &Json, arn: &Json) -> BTreeSet<(String, String)> {
    let service = arn.as_str().map_or_else(
        || text(&resources(template)[text(&arn["Fn::GetAtt"][0])]["Type"]).to_owned(),
        |arn| arn.split(':').nth(2).expect("a service").to_owned(),
    );
    let all = match arn.as_str() {
        Some(arn) => json!(format!("{arn}/*")),
        None => json!({"Fn::Sub": format!("${{{}.Arn}}/*", text(&arn["Fn::GetAtt"][0]))}),
    };
    let sends: &[(&str, &Json)] = match service.as_str() {
        "sqs" | "AWS::SQS::Queue" => &[("sqs:SendMessage", arn)],
        "sns" | "AWS::SNS::Topic" => &[("sns:Publish", arn)],
        "events" | "AWS::Events::EventBus" => &[("events:PutEvents", arn)],
        "lambda" | "AWS::Lambda::Function" => &[("lambda:InvokeFunction", arn)],
        "s3" | "AWS::S3::Bucket" => &[("s3:ListBucket", arn), ("s3:PutObject", &all)],
        other => panic!("{other} takes no results"),
    };
    sends.iter().map(|(action, on)| ((*action).to_owned(), on.to_string())).collect()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_role_may_write_to_the_log_group_of_its_function_alone(stack in functions()) {
        let valid = validated(stack);
        let template = template(&valid);
        for function in valid.all::<Function>() {
            let id = id_begins(function.name());
            let role = &resources(&template)[&format!("{id}FunctionRole")];
            let logs: Vec<_> = policies(role).into_iter().filter(|(name, _)| *name == "allow-cloudwatch-logging-policy").collect();
            let group = format!("{id}FunctionLogGroup");
            if matches!(function.parts().logging, ContainerLogs::Disabled) {
                prop_assert!(logs.is_empty() && !resources(&template).contains_key(&group));
                continue;
            }
            let statements: Vec<_> = logs.iter().flat_map(|(_, document)| items(&document["Statement"])).collect();
            let expected = json!({
                "Effect": "Allow",
                "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "Resource": [{"Fn::GetAtt": [group, "Arn"]}],
            });
            prop_assert_eq!(statements, [&expected]);
            let config = &resources(&template)[&format!("{id}LambdaFunction")]["Properties"]["LoggingConfig"];
            prop_assert_eq!(config, &json!({"LogGroup": {"Ref": group}}));
        }
    }

    #[test]
    fn a_function_is_in_the_network_where_it_says_so_and_lets_nothing_in(stack in functions()) {
        let valid = validated(stack);
        let template = template(&valid);
        for function in valid.all::<Function>() {
            let id = id_begins(function.name());
            let group = format!("{id}FunctionSecurityGroup");
            let vpc = &resources(&template)[&format!("{id}LambdaFunction")]["Properties"]["VpcConfig"];
            let joins = *function.parts().join_default_vpc;
            prop_assert_eq!(resources(&template).contains_key(&group), joins);
            if joins {
                prop_assert_eq!(&vpc["SecurityGroupIds"], &json!([{"Fn::GetAtt": [group.clone(), "GroupId"]}]));
                prop_assert!(items(&vpc["SubnetIds"]).next().is_some());
                prop_assert!(resources(&template)[&group]["Properties"].get("SecurityGroupIngress").is_none());
            } else {
                prop_assert!(vpc.is_null());
            }
        }
    }

    #[test]
    fn nobody_calls_a_function_without_a_source(stack in functions()) {
        let valid = validated(stack);
        let template = template(&valid);
        for (id, permission) in of_type(&template, "AWS::Lambda::Permission") {
            let properties = &permission["Properties"];
            let called = properties["FunctionName"]["Fn::GetAtt"][0].as_str().expect("a function of the stack");
            prop_assert_eq!(&resources(&template)[called]["Type"], "AWS::Lambda::Function");
            if properties["Principal"] != "*" {
                prop_assert!(!properties["SourceArn"].is_null(), "{} lets in any source", id);
                continue;
            }
            // Everybody may, by an address that says so.
            let open = valid.all::<Function>().filter(|function| format!("{}LambdaFunction", id_begins(function.name())) == called);
            let open = open.filter_map(|function| function.parts().url.as_ref().map(|url| *url.parts().auth_mode));
            prop_assert_eq!(open.collect::<Vec<_>>(), [UrlAuthMode::None]);
            let by_url = properties["FunctionUrlAuthType"] == "NONE" || properties["InvokedViaFunctionUrl"] == true;
            prop_assert!(by_url, "{} lets in everybody", id);
        }
    }

    #[test]
    fn a_role_may_send_to_the_destinations_of_its_function_alone(stack in functions()) {
        let valid = validated(stack);
        let template = template(&valid);
        for function in valid.all::<Function>() {
            let id = id_begins(function.name());
            let config = resources(&template).get(&format!("{id}EventInvokeConfig"));
            let to = |way: &str| Some(&config?["Properties"]["DestinationConfig"][way]["Destination"]).filter(|arn| !arn.is_null());
            prop_assert!(to("OnSuccess").is_none_or(|arn| sends(&template, arn).iter().all(|(action, _)| action != "s3:PutObject")));
            let expected: BTreeSet<_> = ["OnSuccess", "OnFailure"].into_iter().filter_map(to).flat_map(|arn| sends(&template, arn)).collect();
            let role = &resources(&template)[&format!("{id}FunctionRole")];
            prop_assert_eq!(rights(role, "allow-destinations"), expected);
        }
    }
}
