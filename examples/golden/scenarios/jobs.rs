//! Batch jobs.

use stacktape::prelude::*;

/// Jobs on demand and on spare instances, with and without GPUs; attempts, secrets, connections.
pub(super) fn batch_job(stack: &mut Stack, _target: &Target) {
    let uploads = Bucket::builder("uploads").build();
    let thumbnails = BatchJob::builder(
        "thumbnails",
        JobContainer::builder(Image::dockerfile("examples/apps/thumbnails").command(["--size", "640"]))
            .env("QUALITY", 85)
            .env("API_KEY", Secret::new("thumbnails").key("apiKey")),
        JobResources::builder(2_u16).memory(Memory::mib(3800)),
    )
    .timeout(3600_u32)
    .use_spot_instances(true)
    .retry_config(RetryConfig::builder().attempts(3_u16).retry_interval_seconds(60_u32).retry_interval_multiplier(2.0))
    .logging(ContainerLogs::retained(30))
    .connect_to(&uploads)
    .iam_role_statement(Statement::allow(["rekognition:DetectLabels"], ["*"]))
    .build();
    let training = BatchJob::builder(
        "training",
        JobContainer::builder(Image::prebuilt("public.ecr.aws/docker/library/python:3.14").command(["python", "-c", "print('trained')"])),
        JobResources::builder(8_u16).memory(Memory::mib(30_000)).gpu(1_u16),
    )
    .logging(ContainerLogs::Disabled)
    .connect_to(&thumbnails);
    let report = BatchJob::builder(
        "report",
        JobContainer::builder(Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37").command(["date"])),
        JobResources::builder(1_u16),
    );
    stack.add(uploads).add(thumbnails).add(training).add(report);
}
