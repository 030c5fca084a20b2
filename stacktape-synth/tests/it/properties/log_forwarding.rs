//! Logs that are forwarded: each stream is fed, may write what failed, and knows its key without showing it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::batch_job::BatchJob;
use stacktape_model::function::Function;
use stacktape_model::http_api_gateway::HttpApiGateway;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::stack::ValidStack;

use super::wiring::{properties, target};
use super::{cases, items, of_type, stacks, template, text, validated};

/// How many log groups are forwarded.
fn forwarded(stack: &ValidStack) -> usize {
    let containers = stack.workloads().flat_map(MultiContainerWorkload::containers);
    let of_containers = containers.filter(|container| container.parts().logging.log_forwarding().is_some()).count();
    let of_functions = stack.all::<Function>().filter(|function| function.parts().logging.log_forwarding().is_some()).count();
    let of_jobs = stack.all::<BatchJob>().filter(|job| job.parts().logging.log_forwarding().is_some()).count();
    of_containers
        + of_functions
        + of_jobs
        + stack.all::<HttpApiGateway>().filter(|gateway| gateway.parts().logging.log_forwarding().is_some()).count()
}

/// What a role allows: actions with the resources, as they are printed.
fn allowed(role: &Json) -> BTreeMap<String, BTreeSet<String>> {
    let mut allowed: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for statement in items(&role["Policies"]).flat_map(|policy| items(&policy["PolicyDocument"]["Statement"])) {
        assert_eq!(statement["Effect"], "Allow");
        for action in items(&statement["Action"]) {
            allowed.entry(text(action).to_owned()).or_default().extend(items(&statement["Resource"]).map(ToString::to_string));
        }
    }
    allowed
}

/// Who may take a role, and under which condition.
fn trusted(role: &Json) -> (&str, &Json) {
    let statement = &role["AssumeRolePolicyDocument"]["Statement"][0];
    (text(&statement["Principal"]["Service"]), &statement["Condition"])
}

/// A stream that takes lines, and the role of those who put them there.
fn streams(template: &Json) -> impl Iterator<Item = (&str, &Json)> {
    of_type(template, "AWS::KinesisFirehose::DeliveryStream").map(|(id, stream)| (id.as_str(), &stream["Properties"]))
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn each_log_group_that_is_forwarded_feeds_a_stream_of_its_own(stack in stacks()) {
        let valid = validated(stack);
        let template = template(&valid);
        let (mut fed, mut groups) = (BTreeSet::new(), BTreeSet::new());
        let mut put: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (_, filter) in of_type(&template, "AWS::Logs::SubscriptionFilter") {
            let filter = &filter["Properties"];
            // Others call functions, in whose policy it stands.
            if filter["RoleArn"].is_null() {
                continue;
            }
            let group = target(&filter["LogGroupName"], None);
            prop_assert_eq!(&template["Resources"][group]["Type"], "AWS::Logs::LogGroup");
            prop_assert!(groups.insert(group) && fed.insert(target(&filter["DestinationArn"], Some("Arn"))));
            prop_assert_eq!(&filter["FilterPattern"], "");
            put.entry(target(&filter["RoleArn"], Some("Arn"))).or_default().insert(filter["DestinationArn"].to_string());
        }
        prop_assert_eq!(&fed, &streams(&template).map(|(id, _)| id).collect::<BTreeSet<_>>());
        prop_assert_eq!(fed.len(), forwarded(&valid));
        // A role puts lines into the streams for which it is there, and does nothing else.
        for (role, into) in put {
            let role = properties(&template, role);
            let (service, condition) = trusted(role);
            prop_assert_eq!(service, "logs.amazonaws.com");
            let of_this_account = condition["ArnLike"]["aws:SourceArn"]["Fn::Sub"].as_str().is_some_and(|arn| arn.ends_with(":${AWS::AccountId}:*"));
            prop_assert!(of_this_account, "{}", condition);
            let expected = ["firehose:PutRecord", "firehose:PutRecordBatch"].map(|action| (action.to_owned(), into.clone()));
            prop_assert_eq!(allowed(role), BTreeMap::from(expected));
        }
    }

    #[test]
    fn what_is_not_delivered_is_kept_where_nobody_else_reads_it(stack in stacks()) {
        let template = template(&validated(stack));
        for (id, stream) in streams(&template) {
            let delivery = &stream["HttpEndpointDestinationConfiguration"];
            let backup = &delivery["S3Configuration"];
            let bucket = target(&backup["BucketARN"], Some("Arn"));
            let closed = &properties(&template, bucket)["PublicAccessBlockConfiguration"];
            prop_assert!(["BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"].iter().all(|what| closed[what] == true));
            prop_assert!(properties(&template, bucket)["BucketEncryption"].is_object());
            let role = properties(&template, target(&backup["RoleARN"], Some("Arn")));
            prop_assert_eq!(trusted(role), ("firehose.amazonaws.com", &json!({"StringEquals": {"sts:ExternalId": {"Ref": "AWS::AccountId"}}})));
            let allowed = allowed(role);
            let objects = json!({"Fn::Sub": format!("${{{bucket}.Arn}}/*")}).to_string();
            prop_assert_eq!(&allowed["s3:PutObject"], &BTreeSet::from([objects]), "{}", id);
            prop_assert_eq!(&allowed["s3:ListBucket"], &BTreeSet::from([backup["BucketARN"].to_string()]));
        }
    }

    #[test]
    fn a_key_is_read_by_firehose_or_by_cloudformation_and_stands_nowhere(stack in stacks()) {
        let template = template(&validated(stack));
        let mut may_be_read: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        let mut is_read: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for (_, stream) in streams(&template) {
            let delivery = &stream["HttpEndpointDestinationConfiguration"];
            let role = target(&delivery["S3Configuration"]["RoleARN"], Some("Arn"));
            let may = allowed(properties(&template, role)).remove("secretsmanager:GetSecretValue").unwrap_or_default();
            may_be_read.insert(role, may);
            let is_read = is_read.entry(role).or_default();
            let (key, own) = (&delivery["EndpointConfiguration"]["AccessKey"], &delivery["SecretsManagerConfiguration"]);
            prop_assert!(key.is_null() || own.is_null());
            if !key.is_null() {
                let is_reference = text(key).starts_with("{{resolve:secretsmanager:") && text(key).ends_with("}}");
                prop_assert!(is_reference, "{}", key);
                prop_assert_eq!(text(key).matches(['{', '}']).count(), 4, "{}", key);
            }
            if !own.is_null() {
                prop_assert_eq!((&own["Enabled"], target(&own["RoleARN"], Some("Arn"))), (&json!(true), role));
                is_read.insert(own["SecretARN"].to_string());
            }
        }
        prop_assert_eq!(may_be_read, is_read);
    }
}
