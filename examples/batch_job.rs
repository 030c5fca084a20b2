//! Jobs on spare instances and on such with a GPU, which an API, a queue and a schedule start.

use serde_json::json;
use stacktape::prelude::*;

/// What is deployed.
pub fn describe(stack: &mut Stack, _target: &Target) {
    let uploads = Bucket::builder("uploads").build();
    let gateway = HttpApiGateway::builder("gateway").build();
    let thumbnails = BatchJob::builder(
        "thumbnails",
        JobContainer::builder(Image::dockerfile("examples/apps/thumbnails").command(["--size", "640"]))
            .env("QUALITY", 85)
            .env("API_KEY", Secret::new("thumbnails").key("apiKey")),
        JobResources::builder(2).memory(Memory::mib(3800)),
    )
    .timeout(3600)
    .use_spot_instances(true)
    .retry_config(RetryConfig::builder().attempts(3).retry_interval_seconds(60).retry_interval_multiplier(2.0))
    .logging(ContainerLogs::retained(30))
    .event(HttpApiIntegration::new(&gateway, Method::Post, "/thumbnails"))
    .connect_to(&uploads)
    .iam_role_statement(Statement::allow(["rekognition:DetectLabels"], ["*"]))
    .build();
    let requests = SqsQueue::builder("requests").visibility_timeout_seconds(120).build();
    let training = BatchJob::builder(
        "training",
        JobContainer::builder(Image::prebuilt("public.ecr.aws/docker/library/python:3.14").command(["python", "-c", "print('trained')"])),
        JobResources::builder(8).memory(Memory::mib(30_000)).gpu(1),
    )
    .logging(ContainerLogs::Disabled)
    .event(SqsEvent::new(&requests).batch_size(1))
    .connect_to(&thumbnails);
    let report = BatchJob::builder(
        "report",
        JobContainer::builder(Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37").command(["date"])),
        JobResources::builder(1),
    )
    .event(ScheduleEvent::new("cron(0 5 ? * MON-FRI *)").input(json!({"kind": "daily"})));
    stack.add(gateway).add(uploads).add(requests).add(thumbnails).add(training).add(report);
}

#[allow(dead_code)] // the tests include this file for `describe`
fn main() -> std::process::ExitCode {
    App::new("thumbnails").project_directory(env!("CARGO_MANIFEST_DIR")).run(describe)
}
