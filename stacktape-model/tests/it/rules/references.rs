//! References from one resource to another.

use serde_json::json;
use stacktape_model::bucket::Bucket;
use stacktape_model::container::{Container, HttpApiEvent, Image, Method};
use stacktape_model::dynamo_db_table::{DynamoDbTable, DynamoDbTableBuilder, KeyAttribute, StreamType};
use stacktape_model::event_bus::{Archivation, EventBus, EventBusEvent};
use stacktape_model::expression::Expression;
use stacktape_model::http_api_gateway::{HttpApiCors, HttpApiGateway};
use stacktape_model::iam::{PolicyStatement, Statement};
use stacktape_model::kinesis_stream::{KinesisStream, StreamEncryption};
use stacktape_model::resource::Resource;
use stacktape_model::sqs_queue::{RedrivePolicy, SqsQueue};
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::Output;
use stacktape_model::text::Text;

use crate::support::{Rule, api, empty, rule, running, stack, web, workload};

#[track_caller]
fn bucket(name: &str) -> Bucket {
    Bucket::builder(name).build()
}

#[track_caller]
fn gateway(name: &str) -> HttpApiGateway {
    HttpApiGateway::builder(name).build()
}

/// A workload `api` that is connected to these buckets, all of them in the stack.
#[track_caller]
fn connected<const N: usize>(buckets: [&str; N], container: impl Into<Container>) -> Stack {
    let mut api = api(container);
    let mut stack = empty();
    for name in buckets {
        let bucket = bucket(name);
        api = api.connect_to(&bucket);
        stack.add(bucket);
    }
    stack.add(api);
    stack
}

#[track_caller]
fn output(value: Text) -> Stack {
    let mut stack = empty();
    stack.output(Output::new("Value", value));
    stack
}

#[track_caller]
fn table(name: &str) -> DynamoDbTableBuilder {
    DynamoDbTable::builder(name, KeyAttribute::string("id"))
}

/// A stack with a resource that shows one of its parameters.
#[track_caller]
fn showing<T: Into<Resource>>(resource: T, param: fn(&T) -> Text) -> Stack {
    let mut stack = output(param(&resource));
    stack.add(resource);
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    let lost = bucket("photos");
    let failed = SqsQueue::builder("failed").build();
    let bus = EventBus::builder("orders").build();
    let pattern = || json!({"source": ["my.shop"]});
    let jobs = || SqsQueue::builder("jobs");
    let from = |arn: Text| Expression::map([("ArnEquals", Expression::map([("aws:SourceArn", arn.into())]))]);
    let objects = || Text::joined([lost.arn(), "/*".into()]);
    let all_used: Vec<Resource> = vec![
        lost.clone().into(),
        gateway("main").into(),
        api(web().env("BUCKET", lost.bucket_name()).event(HttpApiEvent::new(&gateway("main"), Method::Get, "/", 80)))
            .iam_role_statement(Statement::allow(["s3:GetObject"], [objects()]))
            .build()
            .into(),
    ];
    vec![
        rule("reference::missing")
            .refuses("resources.api.connectTo[0]", stack([api(web()).connect_to(&lost)]))
            .saying(
                "found a reference to the bucket `photos`, which is not part of the stack, expected a resource that was added",
                "add it to the stack: `stack.add(photos)`",
            )
            .refuses("resources.api.containers[0].environment[0].value", running([web().env("BUCKET", lost.bucket_name())]))
            .refuses(
                "resources.main.cors.allowedOrigins[0]",
                stack([HttpApiGateway::builder("main").cors(HttpApiCors::builder().allowed_origin(gateway("lost").url()))]),
            )
            .refuses(
                "resources.api.containers[0].events[0].httpApiGatewayName",
                running([web().event(HttpApiEvent::new(&gateway("main"), Method::Get, "/", 80))]),
            )
            .refuses(
                "resources.api.iamRoleStatements[0].Resource[0]",
                stack([api(web()).iam_role_statement(Statement::allow(["s3:GetObject"], [objects()]))]),
            )
            .refuses(
                "resources.api.containers[0].packaging.repositoryCredentialsSecretArn",
                running([Container::builder("web", Image::prebuilt("web:1").repository_credentials_secret_arn(lost.arn()))]),
            )
            .refuses("stackConfig.outputs[0].value", output(lost.arn()))
            .refuses("resources.jobs.redrivePolicy.targetSqsQueueName", stack([jobs().redrive_policy(RedrivePolicy::to(&failed, 3))]))
            .refuses("resources.jobs.redrivePolicy.targetSqsQueueArn", stack([jobs().redrive_policy(RedrivePolicy::to_arn(failed.arn(), 3))]))
            .refuses("resources.jobs.events[0].eventBusName", stack([jobs().event(EventBusEvent::new(&bus, pattern()))]))
            .refuses("resources.jobs.events[0].eventBusArn", stack([jobs().event(EventBusEvent::of_arn(bus.arn(), pattern()))]))
            .refuses(
                "resources.jobs.events[0].onDeliveryFailure.sqsQueueName",
                stack([jobs().event(EventBusEvent::of_default_bus(pattern()).on_delivery_failure(&failed))]),
            )
            .refuses(
                "resources.jobs.events[0].onDeliveryFailure.sqsQueueArn",
                stack([jobs().event(EventBusEvent::of_default_bus(pattern()).on_delivery_failure_arn(failed.arn()))]),
            )
            .refuses("resources.jobs.events[0].input", stack([jobs().event(EventBusEvent::of_default_bus(pattern()).input(lost.arn()))]))
            .refuses(
                "resources.jobs.policyStatements[0].Condition",
                stack([jobs().policy_statement(PolicyStatement::allow(["sqs:SendMessage"], "*").condition(from(lost.arn())))]),
            )
            .refuses(
                "resources.clicks.encryption.kmsKeyArn",
                stack([KinesisStream::builder("clicks").encryption(StreamEncryption::builder().kms_key_arn(lost.arn()))]),
            )
            .takes(stack(all_used)),
        rule("reference::wrong_kind")
            .refuses(
                "resources.api.connectTo[0]",
                stack::<Resource>([api(web()).connect_to(&lost).into(), gateway("photos").into()]),
            )
            .saying("found the http-api-gateway `photos`, expected a bucket", "rename one of the two, or refer to another resource")
            .takes(connected(["photos"], web())),
        rule("reference::no_param")
            .refuses("stackConfig.outputs[0].value", showing(table("orders").build(), |table| table.stream_arn()))
            .saying(
                "found the `streamArn` of `orders`, which has no `streamType`, expected a parameter that it has",
                "add `.stream_type(..)` to `orders`, or refer to another parameter",
            )
            .refuses("stackConfig.outputs[0].value", showing(EventBus::builder("orders").build(), |bus| bus.archive_arn()))
            .refuses("stackConfig.outputs[0].value", showing(KinesisStream::builder("clicks").build(), |stream| stream.consumer_arn()))
            .takes(showing(table("orders").stream_type(StreamType::KeysOnly).build(), |table| table.stream_arn()))
            .takes(showing(EventBus::builder("orders").archivation(Archivation::builder()).build(), |bus| bus.archive_arn()))
            .takes(showing(KinesisStream::builder("clicks").enable_enhanced_fan_out(true).build(), |stream| stream.consumer_arn())),
        rule("reference::variable_twice")
            .refuses("resources.api.connectTo[1]", connected(["mainDB", "mainDb"], web()))
            .saying(
                "found `STP_MAIN_DB_NAME` injected for both `mainDb` and `mainDB`, expected names that give different variables",
                "rename one of the two resources",
            )
            .takes(connected(["mainDB", "mainDB2"], web())),
        rule("reference::variable_shadowed")
            .warns("resources.api.containers[0].environment[0].name", connected(["photos"], web().env("STP_PHOTOS_NAME", "mine")))
            .saying(
                "found the variable `STP_PHOTOS_NAME`, which `connectTo` would inject for `photos`, expected a name of its own",
                "remove the variable to have the injected value; as it stands, yours is used",
            )
            .takes(connected(["photos"], web().env("PHOTOS_NAME", "mine"))),
        rule("reference::variable_prefix")
            .warns("resources.api.containers[0].environment[0].name", running([web().env("STP_COLOUR", "red")]))
            .saying(
                "found the variable `STP_COLOUR`, expected a name that does not begin with `STP_`, the prefix of what `connectTo` injects",
                "choose another prefix; as it stands, yours is used",
            )
            .takes(running([web().env("STP", "red").env("stp_colour", "red")])),
    ]
}

#[test]
fn a_missing_resource_is_told_with_those_that_could_be_meant() {
    let lost = bucket("photo");
    let report = stack::<Resource>([api(web()).connect_to(&lost).into(), bucket("photos").into(), bucket("raw").into(), gateway("x").into()])
        .validate()
        .expect_err("`photo` is missing");
    let helps: Vec<_> = report.iter().map(|finding| finding.help.as_str()).collect();
    assert_eq!(helps, ["add it to the stack: `stack.add(photo)`; the stack has `photos`, `raw`"]);
}

#[test]
fn connecting_twice_to_one_resource_is_no_clash() {
    let photos = bucket("photos");
    let api = workload("api").container(web()).connect_to(&photos).connect_to(&photos);
    let valid = stack::<Resource>([api.into(), photos.into()]).validate().expect("idle, but not wrong");
    assert!(valid.warnings().is_empty());
}
