//! Jobs, and what they ask for.

use stacktape_model::batch_job::{BatchJob, BatchJobBuilder, JobContainer, JobContainerBuilder, JobResources, JobResourcesBuilder, RetryConfig};
use stacktape_model::container::Image;
use stacktape_model::private_service::{PrivateLoadBalancing, PrivateService};
use stacktape_model::stack::Stack;
use stacktape_model::units::Memory;

use crate::support::{Rule, rule, stack};

fn container() -> JobContainerBuilder {
    JobContainer::builder(Image::prebuilt("busybox:1.37"))
}

#[track_caller]
fn job() -> BatchJobBuilder {
    BatchJob::builder("job", container(), JobResources::builder(1))
}

#[track_caller]
fn of(container: JobContainerBuilder) -> Stack {
    stack([BatchJob::builder("job", container, JobResources::builder(1))])
}

#[track_caller]
fn needing(resources: JobResourcesBuilder) -> Stack {
    stack([BatchJob::builder("job", container(), resources)])
}

#[track_caller]
fn trying(attempts: u16, seconds: u32, multiplier: f64) -> Stack {
    let config = RetryConfig::builder().attempts(attempts).retry_interval_seconds(seconds).retry_interval_multiplier(multiplier);
    stack([job().retry_config(config)])
}

#[track_caller]
fn connected(load_balancing: impl Into<PrivateLoadBalancing>) -> Stack {
    use stacktape_model::compute::Fargate;
    use stacktape_model::units::Cpu;
    let service = PrivateService::builder("inner", Fargate::new(Cpu::Quarter, Memory::mib(512)), Image::prebuilt("nginx:1.29"))
        .load_balancing(load_balancing)
        .build();
    let mut stack = stack([job().connect_to(&service)]);
    stack.add(service);
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    let at = |rest: &str| format!("resources.job.{rest}");
    let (cpu, memory, gpu) = (at("resources.cpu"), at("resources.memory"), at("resources.gpu"));
    vec![
        rule("batch_job::entry_point")
            .refuses(&at("container.packaging.entryPoint"), of(JobContainer::builder(Image::prebuilt("busybox:1.37").entry_point(["sh"]))))
            .refuses(&at("container.packaging.entryPoint"), of(JobContainer::builder(Image::dockerfile("job").entry_point(["sh"]))))
            .takes(of(JobContainer::builder(Image::prebuilt("busybox:1.37").command(["date"])))),
        rule("batch_job::reserved_variable")
            .refuses(&at("container.environment[0].name"), of(container().env("AWS_BATCH_JOB_ID", 1)))
            .takes(of(container().env("AWSBATCH", 1))),
        rule("environment::secret_written_out")
            .refuses(&at("container.environment[0].value"), of(container().env("KEY", "{{resolve:secretsmanager:key}}")))
            .takes(of(container().env("HOST", "{{resolve:ssm:/db/host}}"))),
        rule("batch_job::no_cpu").refuses(&cpu, needing(JobResources::builder(0))).takes(needing(JobResources::builder(1))),
        rule("batch_job::no_gpu")
            .refuses(&gpu, needing(JobResources::builder(1).gpu(0)))
            .takes(needing(JobResources::builder(1).gpu(1))),
        rule("batch_job::no_instance")
            .warns(&cpu, needing(JobResources::builder(193)))
            .warns(&memory, needing(JobResources::builder(1).memory(Memory::mib(1_048_577))))
            .warns(&gpu, needing(JobResources::builder(1).gpu(9)))
            .takes(needing(JobResources::builder(192).memory(Memory::gib(1024))))
            .takes(needing(JobResources::builder(192).memory(Memory::gib(1152)).gpu(8))),
        rule("batch_job::timeout").refuses(&at("timeout"), stack([job().timeout(59_u32)])).takes(stack([job().timeout(60_u32)])),
        rule("batch_job::attempts")
            .refuses(&at("retryConfig.attempts"), trying(0, 0, 1.0))
            .refuses(&at("retryConfig.attempts"), trying(11, 0, 1.0))
            .takes(trying(1, 0, 1.0))
            .takes(trying(10, 0, 1.0)),
        rule("batch_job::multiplier")
            .refuses(&at("retryConfig.retryIntervalMultiplier"), trying(2, 1, 0.99))
            .refuses(&at("retryConfig.retryIntervalMultiplier"), trying(2, 1, f64::NAN))
            .takes(trying(2, 1, 1.0)),
        rule("batch_job::long_wait")
            .refuses(&at("retryConfig.retryIntervalSeconds"), trying(2, 31_536_001, 1.0))
            .refuses(&at("retryConfig.retryIntervalSeconds"), trying(10, 3600, 1e300))
            .takes(trying(2, 31_536_000, 1.0)),
        rule("batch_job::service_connect")
            .warns(&at("connectTo[0]"), connected(PrivateLoadBalancing::default()))
            .takes(connected(PrivateLoadBalancing::application_load_balancer())),
    ]
}
