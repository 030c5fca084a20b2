//! Queues, streams and topics of Kafka that Lambda reads for functions: each is read once, and the role may do what that takes, and
//! nothing else.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::function::{Function, FunctionEvent};
use stacktape_model::resource::ResourceKind;
use stacktape_model::stack::Stack;

use super::functions::{rights as allowed, sends};
use super::{cases, id_begins, items, of_type, resources, stacks, template, text, validated};

fn reading() -> impl Strategy<Value = Stack> {
    let kinds = [
        ResourceKind::BatchJob,
        ResourceKind::Function,
        ResourceKind::Bucket,
        ResourceKind::SqsQueue,
        ResourceKind::SnsTopic,
        ResourceKind::KinesisStream,
        ResourceKind::DynamoDbTable,
    ];
    stacks().kinds(&kinds).functions(1..=3)
}

/// An action, and the ARN on which it may be done, as it is printed.
type Right = (String, String);

fn rights(actions: &[&str], on: &Json) -> BTreeSet<Right> {
    actions.iter().map(|action| ((*action).to_owned(), on.to_string())).collect()
}

const QUEUE: &[&str] =
    &["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"];
const TABLE: &[&str] = &["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"];
const STREAM: &[&str] =
    &["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"];
const CONSUMER: &[&str] = &["kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"];

/// What Lambda must be allowed for a source.
fn reads(template: &Json, source: &Json) -> BTreeSet<Right> {
    if let Some(arn) = source.as_str() {
        return match (arn.split(':').nth(2).expect("a service"), arn.split_once("/consumer/")) {
            ("sqs", _) => rights(QUEUE, source),
            ("dynamodb", _) => rights(TABLE, source),
            (_, None) => rights(STREAM, source),
            (_, Some((stream, _))) => &rights(CONSUMER, source) | &rights(STREAM, &Json::from(stream)),
        };
    }
    let resource = &resources(template)[text(&source["Fn::GetAtt"][0])];
    let properties = &resource["Properties"];
    match text(&resource["Type"]) {
        "AWS::SQS::Queue" => rights(QUEUE, source),
        "AWS::DynamoDB::GlobalTable" => rights(TABLE, source),
        "AWS::Kinesis::Stream" => &rights(STREAM, source) | &of_key(properties),
        "AWS::Kinesis::StreamConsumer" => {
            let stream = &properties["StreamARN"];
            let key = stream["Fn::GetAtt"][0].as_str().map(|id| of_key(&resources(template)[id]["Properties"])).unwrap_or_default();
            &(&rights(CONSUMER, source) | &rights(STREAM, stream)) | &key
        }
        other => panic!("{other} is read by nobody"),
    }
}

/// The key of the user's own, which not everybody may use who may use the stream.
fn of_key(stream: &Json) -> BTreeSet<Right> {
    let key = &stream["StreamEncryption"]["KeyId"];
    if key.is_null() || key == "alias/aws/kinesis" { BTreeSet::new() } else { rights(&["kms:Decrypt"], key) }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_role_may_read_the_sources_of_its_function_alone(stack in reading()) {
        let valid = validated(stack);
        let template = template(&valid);
        let mappings: Vec<_> = of_type(&template, "AWS::Lambda::EventSourceMapping").collect();
        for function in valid.all::<Function>() {
            let id = id_begins(function.name());
            let calls = format!("{id}LambdaFunction");
            let own = mappings.iter().filter(|(_, mapping)| mapping["Properties"]["FunctionName"]["Fn::GetAtt"][0] == calls.as_str());
            let mut expected = BTreeSet::new();
            let mut sources = BTreeSet::new();
            for (_, mapping) in own {
                let properties = &mapping["Properties"];
                let is_kafka = properties.get("SelfManagedEventSource").is_some();
                let source = if is_kafka { &json!([properties["SelfManagedEventSource"], properties["Topics"]]) } else { &properties["EventSourceArn"] };
                prop_assert!(sources.insert(source.to_string()), "{} is read twice", source);
                if is_kafka {
                    let secrets = items(&properties["SourceAccessConfigurations"]).map(|access| &access["URI"]);
                    expected.extend(secrets.flat_map(|secret| rights(&["secretsmanager:GetSecretValue"], secret)));
                } else {
                    expected.extend(reads(&template, source));
                }
                let failed = &properties["DestinationConfig"]["OnFailure"]["Destination"];
                if !failed.is_null() {
                    expected.extend(sends(&template, failed));
                }
            }
            let read: BTreeSet<_> = function.events().iter().filter_map(|event| match event {
                FunctionEvent::Sqs(event) => Some(event.source()),
                FunctionEvent::KafkaTopic(event) => Some(event.source()),
                FunctionEvent::KinesisStream(event) => Some(event.source()),
                FunctionEvent::DynamoDbStream(event) => Some(event.source()),
                _ => None,
            }).collect();
            prop_assert_eq!(read.len(), sources.len());
            let role = &resources(&template)[&format!("{id}FunctionRole")];
            prop_assert_eq!(allowed(role, "allow-event-sources"), expected);
        }
    }
}
