//! Events that other services push to functions, in documents.

use serde_json::json;
use stacktape_model::bucket::Bucket;
use stacktape_model::event_bus::EventBusEvent;
use stacktape_model::function::{
    CloudwatchAlarmEvent, CloudwatchLogEvent, Function, FunctionEvent, IotEvent, IotSqlVersion, S3Event, S3EventType, SnsEvent,
};
use stacktape_model::resource::ResourceType;
use stacktape_model::sns_topic::SnsTopic;
use stacktape_model::sqs_queue::SqsQueue;

use super::{read, stack};

/// A function with this event, beside what it may come from.
fn document(event: &str) -> String {
    format!(
        "
resources:
  photos: {{type: bucket}}
  orders: {{type: sns-topic}}
  failed: {{type: sqs-queue}}
  report:
    type: function
    properties:
      packaging: {{type: custom-artifact, properties: {{packagePath: dist, handler: 'index:handler'}}}}
      runtime: nodejs24.x
      events:
        - {event}
"
    )
}

#[test]
fn every_event_is_read_as_rust_would_write_it() {
    let (photos, orders) = (Bucket::builder("photos").build(), SnsTopic::builder("orders").build());
    let failed = SqsQueue::builder("failed").build();
    let cases: [(&str, FunctionEvent); 9] = [
        ("{type: sns, properties: {snsTopicName: orders}}", SnsEvent::new(&orders).into()),
        (
            "{type: sns, properties: {snsTopicArn: \"$ResourceParam('orders', 'arn')\", filterPolicy: {state: [paid]}, onDeliveryFailure: {sqsQueueName: failed}}}",
            SnsEvent::of_arn(orders.arn()).filter_policy(json!({"state": ["paid"]})).on_delivery_failure(&failed).into(),
        ),
        (
            "{type: event-bus, properties: {useDefaultBus: true, eventPattern: {source: [my.shop]}, input: {a: 1}}}",
            EventBusEvent::of_default_bus(json!({"source": ["my.shop"]})).input(json!({"a": 1})).into(),
        ),
        (
            "{type: s3, properties: {bucketArn: \"$ResourceParam('photos', 'arn')\", s3EventType: 's3:ObjectCreated:*', filterRule: {suffix: .jpg}}}",
            S3Event::new(&photos, S3EventType::ObjectCreated).suffix(".jpg").into(),
        ),
        (
            "{type: s3, properties: {bucketArn: 'arn:aws:s3:::invoices', s3EventType: 's3:ObjectRemoved:DeleteMarkerCreated'}}",
            S3Event::of_arn("arn:aws:s3:::invoices", S3EventType::ObjectRemovedDeleteMarkerCreated).into(),
        ),
        (
            "{type: cloudwatch-log, properties: {logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:/shop', filter: '?ERROR'}}",
            CloudwatchLogEvent::new("arn:aws:logs:eu-west-1:123456789012:log-group:/shop").filter("?ERROR").into(),
        ),
        ("{type: iot, properties: {sql: \"SELECT * FROM 'a'\"}}", IotEvent::new("SELECT * FROM 'a'").into()),
        (
            "{type: iot, properties: {sql: \"SELECT * FROM 'a'\", sqlVersion: 2015-10-08}}",
            IotEvent::new("SELECT * FROM 'a'").sql_version(IotSqlVersion::V2015).into(),
        ),
        ("{type: cloudwatch-alarm, properties: {alarmName: shop-dev-full}}", CloudwatchAlarmEvent::new("shop-dev-full").into()),
    ];
    for (written, expected) in cases {
        let stack = stack(&document(written));
        let function = stack.resources().iter().find_map(Function::of).expect("a function");
        assert_eq!(function.events(), [expected], "{written}");
    }
}

#[test]
fn what_an_event_lacks_or_has_twice_is_told_where_it_is_written() {
    for (written, code, path) in [
        ("{type: sns, properties: {}}", "document::missing_key", "resources.report.events[0]"),
        (
            "{type: sns, properties: {snsTopicName: orders, snsTopicArn: 'arn:aws:sns:eu-west-1:123456789012:news'}}",
            "document::key_beside_other",
            "resources.report.events[0].snsTopicArn",
        ),
        (
            "{type: sns, properties: {snsTopicName: orders, onDeliveryFailure: {}}}",
            "document::missing_key",
            "resources.report.events[0].onDeliveryFailure",
        ),
        (
            "{type: event-bus, properties: {useDefaultBus: false, eventPattern: {source: [a]}}}",
            "document::wrong_type",
            "resources.report.events[0].useDefaultBus",
        ),
        (
            "{type: s3, properties: {bucketArn: 'arn:aws:s3:::a', s3EventType: 's3:ObjectCreated'}}",
            "document::unknown_word",
            "resources.report.events[0].s3EventType",
        ),
        ("{type: cloudwatch-log, properties: {filter: a}}", "document::missing_key", "resources.report.events[0]"),
        ("{type: iot, properties: {sql: SELECT *, sqlVersion: 2016}}", "document::unknown_word", "resources.report.events[0].sqlVersion"),
        ("{type: cloudwatch-alarm, properties: {alarm: full}}", "document::unknown_key", "resources.report.events[0].alarm"),
    ] {
        let report = read(&document(written)).expect_err(written);
        let found: Vec<_> = report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect();
        assert!(found.contains(&(code, path)), "{written}: {found:?}");
    }
}
