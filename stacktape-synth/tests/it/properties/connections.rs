//! Whatever a workload is connected to: exactly what it may do there, and what it is told.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::name::{environment_variable, pascal};
use stacktape_model::nested::written_name;
use stacktape_model::reference::Connection;
use stacktape_model::resource::Resource;
use stacktape_model::stack::ValidStack;
use stacktape_model::strategy::StackStrategy;

use super::{cases, items, of_type, resources, stacks, template, text, validated};

/// Stacks with workloads and everything that they can be connected to.
fn connected() -> StackStrategy {
    stacks()
        .workloads(1..=2)
        .sqs_queues(0..=2)
        .sns_topics(0..=2)
        .event_buses(0..=2)
        .kinesis_streams(0..=2)
        .dynamo_db_tables(0..=2)
        .state_machines(0..=2)
        .user_auth_pools(0..=2)
}

/// Actions, each with what it may be done to.
type Granted = BTreeSet<(String, String)>;

/// What the connections of a workload grant.
fn granted(template: &Json, workload: &str) -> Granted {
    let role = &template["Resources"][format!("{}TaskRole", pascal(written_name(workload)))]["Properties"];
    let policies = items(&role["Policies"]).filter(|policy| policy["PolicyName"] == "custom-allow-access-to-policy-statements");
    let statements = policies.flat_map(|policy| items(&policy["PolicyDocument"]["Statement"]));
    let mut granted = Granted::new();
    for statement in statements {
        assert_eq!((&statement["Effect"], statement.get("Condition")), (&json!("Allow"), None), "{statement}");
        for action in items(&statement["Action"]) {
            granted.extend(items(&statement["Resource"]).map(|resource| (text(action).to_owned(), resource.to_string())));
        }
    }
    granted
}

/// All of these actions on all of these resources.
fn all(actions: &str, on: &[Json]) -> Vec<(String, String)> {
    let actions = actions.split_whitespace();
    actions.flat_map(|action| on.iter().map(move |resource| (action.to_owned(), resource.to_string()))).collect()
}

/// What is expected of a connection, said once more.
fn expected(resource: &Resource, template: &Json) -> Vec<(String, String)> {
    let id = |role: &str| format!("{}{role}", pascal(resource.name()));
    let arn = |role: &str, attribute: &str| json!({"Fn::GetAtt": [id(role), attribute]});
    let below = |role: &str, attribute: &str, rest: &str| json!({"Fn::Sub": format!("${{{}.{attribute}}}{rest}", id(role))});
    let there = |role: &str| resources(template).contains_key(&id(role));
    let properties = |role: &str| &template["Resources"][id(role)]["Properties"];
    match resource {
        Resource::SqsQueue(_) => all(
            "sqs:ChangeMessageVisibility sqs:DeleteMessage sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListQueueTags sqs:PurgeQueue \
             sqs:ReceiveMessage sqs:SendMessage",
            &[arn("Queue", "Arn")],
        ),
        Resource::SnsTopic(_) => {
            let topic = arn("Topic", "TopicArn");
            let mut granted = all("sns:Unsubscribe", &[topic.clone(), below("Topic", "TopicArn", ":*")]);
            granted.extend(all(
                "sns:ConfirmSubscription sns:GetTopicAttributes sns:ListSubscriptionsByTopic sns:Publish sns:Subscribe",
                &[topic],
            ));
            granted
        }
        Resource::EventBus(_) => all("events:PutEvents", &[arn("EventBus", "Arn")]),
        Resource::StateMachine(_) => {
            let machine = json!({"Ref": id("StateMachine")});
            if properties("StateMachine")["StateMachineType"] == "EXPRESS" {
                return all("states:StartExecution states:StartSyncExecution", &[machine]);
            }
            let mut granted = all("states:StartExecution states:ListExecutions", &[machine]);
            let arn = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:execution";
            let executions = json!({"Fn::Sub": format!("{arn}:${{{}.Name}}:*", id("StateMachine"))});
            granted.extend(all("states:DescribeExecution states:GetExecutionHistory states:StopExecution", &[executions]));
            granted
        }
        Resource::UserAuthPool(_) => all("cognito-idp:*", &[arn("UserPool", "Arn")]),
        Resource::KinesisStream(_) => {
            let mut granted = all(
                "kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator kinesis:ListShards \
                 kinesis:PutRecord kinesis:PutRecords",
                &[arn("KinesisStream", "Arn")],
            );
            if there("StreamConsumer") {
                granted.extend(all("kinesis:DescribeStreamConsumer kinesis:SubscribeToShard", &[arn("StreamConsumer", "ConsumerARN")]));
            }
            let key = &properties("KinesisStream")["StreamEncryption"]["KeyId"];
            if !key.is_null() && key != "alias/aws/kinesis" {
                granted.extend(all("kms:Decrypt kms:GenerateDataKey", std::slice::from_ref(key)));
            }
            granted
        }
        Resource::DynamoDbTable(_) => {
            let table = properties("GlobalTable");
            let mut on = vec![arn("GlobalTable", "Arn")];
            if table["GlobalSecondaryIndexes"].is_array() {
                on.push(below("GlobalTable", "Arn", "/index/*"));
            }
            let mut granted = all(
                "dynamodb:BatchGetItem dynamodb:GetItem dynamodb:Query dynamodb:Scan dynamodb:ConditionCheckItem dynamodb:BatchWriteItem \
                 dynamodb:PutItem dynamodb:UpdateItem dynamodb:DeleteItem dynamodb:DescribeTable",
                &on,
            );
            if table["StreamSpecification"].is_object() {
                let on = [below("GlobalTable", "Arn", "/stream/*")];
                granted.extend(all("dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator", &on));
            }
            granted
        }
        Resource::Bucket(_) => {
            let versioned = properties("Bucket")["VersioningConfiguration"].is_object();
            let on_bucket = if versioned { "s3:ListBucketVersions" } else { "" };
            let on_objects = if versioned { "s3:GetObjectVersion s3:DeleteObjectVersion s3:GetObjectVersionTagging" } else { "" };
            let mut granted =
                all(&format!("s3:ListBucket s3:GetBucketLocation s3:ListBucketMultipartUploads {on_bucket}"), &[arn("Bucket", "Arn")]);
            granted.extend(all(
                &format!(
                    "s3:GetObject s3:PutObject s3:DeleteObject s3:GetObjectTagging s3:PutObjectTagging s3:DeleteObjectTagging \
                     s3:GetObjectAttributes s3:AbortMultipartUpload s3:ListMultipartUploadParts {on_objects}"
                ),
                &[below("Bucket", "Arn", "/*")],
            ));
            granted
        }
        Resource::Function(function) => {
            let name = text(&properties("LambdaFunction")["FunctionName"]);
            let arn = format!("arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{name}");
            let arn = |below: &str| json!({"Fn::Sub": format!("{arn}{below}")});
            let mut granted = all("lambda:InvokeFunction", &[arn(""), arn(":*")]);
            if function.parts().url.is_some() {
                granted.extend(all("lambda:InvokeFunctionUrl", &[arn("")]));
            }
            granted
        }
        Resource::BatchJob(_) => {
            let at = |service: &str, rest: &str| json!({"Fn::Sub": format!("arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{rest}")});
            let definition = text(&properties("JobDefinition")["JobDefinitionName"]);
            let machine = properties("JobMachine");
            let name = text(&machine["StateMachineName"]);
            let latest = at("batch", &format!("job-definition/{definition}"));
            let revisions = at("batch", &format!("job-definition/{definition}:*"));
            let queue = machine["DefinitionSubstitutions"]["jobQueue"].clone();
            let mut granted = all("batch:SubmitJob", &[latest, revisions, queue]);
            granted.extend(all("batch:TerminateJob", &[at("batch", "job/*")]));
            granted.extend(all("batch:DescribeJobs batch:ListJobs", &["*".into()]));
            granted.extend(all("states:ListExecutions states:StartExecution", &[at("states", &format!("stateMachine:{name}"))]));
            let executions = [at("states", &format!("execution:{name}:*"))];
            granted.extend(all("states:DescribeExecution states:GetExecutionHistory states:StopExecution", &executions));
            granted
        }
        Resource::PrivateService(_) | Resource::WebService(_) => Vec::new(),
        other => panic!("{} cannot be connected to", other.name()),
    }
}

/// The resources that a workload is connected to, each once.
fn targets<'a>(stack: &'a ValidStack, connections: &'a [Connection]) -> BTreeMap<&'a str, &'a Resource> {
    let names = connections.iter().filter_map(|connection| match connection {
        Connection::Resource(reference) => Some(reference.name.as_str()),
        Connection::AwsService(_) => None,
    });
    names.map(|name| (name, stack.resource(name).expect("a resource of the stack"))).collect()
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn a_connection_grants_exactly_what_it_should(stack in connected()) {
        let valid = validated(stack);
        let template = template(&valid);
        for workload in valid.workloads() {
            let mut all_expected: Granted =
                targets(&valid, workload.connections()).values().flat_map(|resource| expected(resource, &template)).collect();
            if workload.connections().iter().any(|connection| matches!(connection, Connection::AwsService(_))) {
                all_expected.insert(("ses:*".to_owned(), "\"*\"".to_owned()));
            }
            prop_assert_eq!(granted(&template, workload.name()), all_expected);
        }
    }

    #[test]
    fn every_container_is_told_every_parameter_of_what_it_is_connected_to(stack in connected()) {
        let valid = validated(stack);
        let template = template(&valid);
        for workload in valid.workloads() {
            let expected: BTreeSet<String> = targets(&valid, workload.connections())
                .values()
                .flat_map(|resource| resource.told().into_iter().map(|(word, _)| environment_variable(resource.name(), &word)))
                .collect();
            let task = &template["Resources"][format!("{}TaskDefinition", pascal(written_name(workload.name())))]["Properties"];
            for container in items(&task["ContainerDefinitions"]) {
                let told = items(&container["Environment"]).chain(items(&container["Secrets"])).map(|variable| text(&variable["Name"]));
                let told: BTreeSet<String> = told.filter(|name| name.starts_with("STP_")).map(str::to_owned).collect();
                prop_assert_eq!(&told, &expected);
            }
        }
    }

    #[test]
    fn messages_go_on_to_a_queue_of_the_same_kind(stack in connected()) {
        let template = template(&validated(stack));
        for (id, queue) in of_type(&template, "AWS::SQS::Queue") {
            let fifo = |queue: &Json| queue["Properties"]["FifoQueue"] == true;
            if fifo(queue) {
                prop_assert!(text(&queue["Properties"]["QueueName"]).strip_suffix(".fifo").is_some());
            } else {
                prop_assert!(queue["Properties"]["QueueName"].is_null(), "{} is named", id);
            }
            let policy = &queue["Properties"]["RedrivePolicy"];
            if let Some(target) = policy["deadLetterTargetArn"]["Fn::GetAtt"][0].as_str() {
                prop_assert_eq!(fifo(queue), fifo(&template["Resources"][target]), "{} to {}", id, target);
            }
        }
        for (_, policy) in of_type(&template, "AWS::SQS::QueuePolicy") {
            let queues: Vec<_> = items(&policy["Properties"]["Queues"]).map(|queue| text(&queue["Ref"])).collect();
            prop_assert_eq!(queues.len(), 1);
            for statement in items(&policy["Properties"]["PolicyDocument"]["Statement"]) {
                prop_assert_eq!(&statement["Resource"], &json!({"Fn::GetAtt": [queues[0], "Arn"]}));
            }
        }
    }

    #[test]
    fn a_queue_has_one_policy_and_a_fifo_queue_gets_groups(stack in connected()) {
        let template = template(&validated(stack));
        for (_, rule) in of_type(&template, "AWS::Events::Rule") {
            for target in items(&rule["Properties"]["Targets"]) {
                let receiver = &template["Resources"][text(&target["Arn"]["Fn::GetAtt"][0])];
                if receiver["Type"] == "AWS::SQS::Queue" {
                    let fifo = receiver["Properties"]["FifoQueue"] == true;
                    prop_assert_eq!(fifo, target["SqsParameters"]["MessageGroupId"].is_string());
                }
            }
        }
        let mut queues = BTreeSet::new();
        for (_, policy) in of_type(&template, "AWS::SQS::QueuePolicy") {
            let queue = text(&policy["Properties"]["Queues"][0]["Ref"]);
            prop_assert!(queues.insert(queue), "{} has two policies, of which one is lost", queue);
        }
    }

    #[test]
    fn a_table_defines_the_attributes_of_its_keys_and_no_other(stack in connected()) {
        let template = template(&validated(stack));
        for (id, table) in of_type(&template, "AWS::DynamoDB::GlobalTable") {
            let table = &table["Properties"];
            let indexes: Vec<_> = items(&table["GlobalSecondaryIndexes"]).collect();
            let keys = items(&table["KeySchema"]).chain(indexes.iter().flat_map(|index| items(&index["KeySchema"])));
            let keys: BTreeSet<_> = keys.map(|key| text(&key["AttributeName"])).collect();
            let defined: Vec<_> = items(&table["AttributeDefinitions"]).map(|attribute| text(&attribute["AttributeName"])).collect();
            prop_assert!(defined.iter().copied().eq(keys), "{}: {:?}", id, defined);
            let replicas: Vec<_> = items(&table["Replicas"]).collect();
            prop_assert_eq!(replicas.len(), 1);
            // Capacity is told of the table and of each index, or of neither.
            let provisioned = table["BillingMode"] == "PROVISIONED";
            let writes = std::iter::once(table).chain(indexes.iter().copied());
            prop_assert!(writes.map(|of| of["WriteProvisionedThroughputSettings"].is_object()).all(|told| told == provisioned));
            let of_indexes: Vec<_> = items(&replicas[0]["GlobalSecondaryIndexes"]).map(|index| &index["IndexName"]).collect();
            let expected: Vec<_> = indexes.iter().filter(|_| provisioned).map(|index| &index["IndexName"]).collect();
            prop_assert_eq!(of_indexes, expected);
            prop_assert_eq!(replicas[0]["ReadProvisionedThroughputSettings"].is_object(), provisioned);
        }
    }
}
