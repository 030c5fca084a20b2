//! Functions that other services call.

use serde_json::json;
use stacktape::prelude::*;

/// A function that everything calls which pushes its events: topics, buses, a bucket that it writes to itself, log groups, devices and an
/// alarm; and one that is called by what others own.
pub(super) fn function_rules(stack: &mut Stack, _target: &Target) {
    let function =
        |name: &str| Function::builder(name, Package::artifact("examples/apps/notify", "index:handler")).runtime(Runtime::NodeJs24);
    let failed = SqsQueue::builder("failed").build();
    let orders = SnsTopic::builder("orders").build();
    let shop = EventBus::builder("shop").build();
    let photos = Bucket::builder("photos").build();
    let full = RawResource::new("QueueFull", "AWS::CloudWatch::Alarm")
        .property("Namespace", "AWS/SQS")
        .property("MetricName", "ApproximateNumberOfMessagesVisible")
        .property("Dimensions", json!([{"Name": "QueueName", "Value": {"Fn::GetAtt": ["FailedQueue", "QueueName"]}}]))
        .property("Statistic", "Maximum")
        .property("Period", 300)
        .property("EvaluationPeriods", 1)
        .property("Threshold", 100)
        .property("ComparisonOperator", "GreaterThanThreshold");
    let news = RawResource::new("News", "AWS::SNS::Topic").property("DisplayName", "News");
    let bank = RawResource::new("Bank", "AWS::Events::EventBus").property("Name", "bank");
    let ledger = RawResource::new("Ledger", "AWS::Logs::LogGroup")
        .property("RetentionInDays", 30)
        .attribute("DeletionPolicy", "Delete")
        .attribute("UpdateReplacePolicy", "Delete");
    let api = function("api").build();
    let notify = function("notify")
        .event(SnsEvent::new(&orders).filter_policy(json!({"state": ["paid", {"prefix": "re"}]})).on_delivery_failure(&failed))
        .event(
            EventBusEvent::new(&shop, json!({"source": ["my.shop"], "detail": {"total": [{"numeric": [">", 100]}]}}))
                .input_path("$.detail")
                .on_delivery_failure(&failed),
        )
        .event(EventBusEvent::of_default_bus(json!({"source": ["aws.ecs"]})))
        .event(S3Event::new(&photos, S3EventType::ObjectCreated).prefix("photos/").suffix("/small.jpg"))
        .event(S3Event::new(&photos, S3EventType::ObjectRemovedDeleteMarkerCreated))
        .event(CloudwatchLogEvent::new(api.log_group_arn()).filter("?ERROR ?WARN"))
        .event(CloudwatchLogEvent::new(api.log_group_arn()).filter("{ $.seconds > 10 }"))
        .event(IotEvent::new("SELECT * FROM 'sensors/+/temperature' WHERE celsius > 60"))
        .event(CloudwatchAlarmEvent::new(full.reference()))
        .connect_to(&photos);
    let audit = function("audit")
        .event(SnsEvent::of_arn(news.reference()).on_delivery_failure(&failed))
        .event(EventBusEvent::of_arn(bank.get_att("Arn"), json!({"source": ["my.bank"]})))
        .event(S3Event::of_arn("arn:aws:s3:::my-invoices", S3EventType::ObjectTagging).suffix(".pdf"))
        .event(CloudwatchLogEvent::new(ledger.get_att("Arn")))
        .event(IotEvent::new("SELECT state FROM 'doors/#'").sql_version(IotSqlVersion::V2015))
        .event(CloudwatchAlarmEvent::new("shop-dev-disk-full"));
    stack.add_raw(full).add_raw(news).add_raw(bank).add_raw(ledger);
    stack.add(failed).add(orders).add(shop).add(photos).add(api).add(notify).add(audit);
}
