//! Functions for which Lambda reads queues and streams.

use serde_json::json;
use stacktape::prelude::*;

const SECRET: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kafka-AbCdEf";
const ROOT: &str = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kafka-root-AbCdEf";

/// Queues, streams, a table and topics of Kafka that functions read: in every way that there is, with what fails in a queue, topic or
/// bucket.
pub(super) fn function_streams(stack: &mut Stack, _target: &Target) {
    let function =
        |name: &str| Function::builder(name, Package::artifact("examples/apps/notify", "index:handler")).runtime(Runtime::NodeJs24);
    let dead = SqsQueue::builder("dead").build();
    let jobs = SqsQueue::builder("jobs").visibility_timeout_seconds(130).redrive_policy(RedrivePolicy::to(&dead, 5)).build();
    let payments = SqsQueue::builder("payments").fifo_enabled(true).visibility_timeout_seconds(120).build();
    let failures = SnsTopic::builder("failures").build();
    let lost = Bucket::builder("lost").build();
    let clicks = KinesisStream::builder("clicks")
        .enable_enhanced_fan_out(true)
        .encryption(StreamEncryption::builder().kms_key_arn("arn:aws:kms:us-east-1:123456789012:key/5a1f7c1e-0c3d-4a44-9b0e-2f6a1d1c7a01"))
        .build();
    let orders = DynamoDbTable::builder("orders", KeyAttribute::string("id")).stream_type(StreamType::NewAndOldImages).build();
    let work = function("work")
        .event(
            SqsEvent::new(&jobs)
                .batch_size(100)
                .max_batch_window_seconds(10)
                .filter(json!({"body": {"total": [{"numeric": [">", 1000]}]}}))
                .report_batch_item_failures(),
        )
        .event(SqsEvent::of_arn(payments.arn()).batch_size(1));
    let count = function("count")
        .event(
            KinesisStreamEvent::new(&clicks)
                .auto_create_consumer()
                .starting_position(StartingPosition::Latest)
                .batch_size(1000)
                .max_batch_window_seconds(5)
                .parallelization_factor(10)
                .on_failure(&lost),
        )
        .event(DynamoDbStreamEvent::new(&orders).filter(json!({"eventName": ["INSERT"]})).filter(json!({"eventName": ["REMOVE"]})));
    let audit = function("audit").event(KinesisStreamEvent::new(&clicks).consumer_arn(clicks.consumer_arn()).on_failure(&failures)).event(
        DynamoDbStreamEvent::new(&orders)
            .maximum_retry_attempts(3)
            .bisect_batch_on_function_error()
            .report_batch_item_failures()
            .on_failure(&dead),
    );
    let forward = function("forward")
        .event(
            KafkaTopicEvent::new(["b1.example.com:9096", "b2.example.com:9096"], "orders", KafkaAuthentication::sasl_scram_512(SECRET))
                .batch_size(500)
                .max_batch_window_seconds(5)
                .consumer_group_id("forward")
                .on_failure(&dead),
        )
        .event(
            KafkaTopicEvent::new(["b1.example.com:9094"], "refunds", KafkaAuthentication::mtls_with_root(SECRET, ROOT))
                .starting_position(StartingPosition::Latest)
                .filter(json!({"value": {"state": ["paid"]}})),
        );
    stack.add(dead).add(jobs).add(payments).add(failures).add(lost).add(clicks).add(orders);
    stack.add(work).add(count).add(audit).add(forward);
}
