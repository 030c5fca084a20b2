//! Orders that come as files: a bucket calls a function for each, which lays orders in a queue; another one handles them, and a topic
//! tells of those that are large. What fails is kept in a queue, of which a schedule says how long it is.

use stacktape::prelude::*;

/// What is deployed.
pub fn describe(stack: &mut Stack, _target: &Target) {
    // Its code is in a directory of its name.
    let function = |name: &str| {
        Function::builder(name, Package::artifact(format!("examples/apps/orders/{name}"), "index:handler"))
            .runtime(Runtime::NodeJs24)
            .architecture(Architecture::Arm64)
    };
    let uploads = Bucket::builder("uploads").build();
    let orders = DynamoDbTable::builder("orders", KeyAttribute::string("id")).build();
    let placed = SnsTopic::builder("placed").build();
    let failed = SqsQueue::builder("failed").message_retention_period_seconds(14 * 24 * 60 * 60).build();
    // A message stays hidden for six times what `fulfil` may take, and the time in which messages are gathered.
    let jobs = SqsQueue::builder("jobs").visibility_timeout_seconds(185).redrive_policy(RedrivePolicy::to(&failed, 5)).build();
    let import = function("import")
        .timeout(60)
        .event(S3Event::new(&uploads, S3EventType::ObjectCreated).prefix("orders/").suffix(".csv"))
        .destinations(Destinations::new().on_failure(failed.arn()))
        .connect_to(&uploads)
        .connect_to(&jobs);
    let fulfil = function("fulfil")
        .timeout(30)
        .event(SqsEvent::new(&jobs).batch_size(50).max_batch_window_seconds(5).report_batch_item_failures())
        .connect_to(&orders)
        .connect_to(&placed);
    let large = SnsEvent::new(&placed).filter_policy(Expression::map([("size", Expression::List(vec!["large".into()]))]));
    let notify = function("notify").event(large.on_delivery_failure(&failed));
    let report = function("report").event(ScheduleEvent::new("cron(0 6 * * ? *)")).connect_to(&failed);
    stack.output(Output::new("uploads", uploads.bucket_name()));
    stack.add(uploads).add(orders).add(placed).add(failed).add(jobs);
    stack.add(import).add(fulfil).add(notify).add(report);
}

#[allow(dead_code)] // the tests include this file for `describe`
fn main() -> std::process::ExitCode {
    App::new("orders").project_directory(env!("CARGO_MANIFEST_DIR")).run(describe)
}
