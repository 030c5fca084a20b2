//! Mistakes in jobs.

use super::planting::{Mistake, Planting};
use crate::batch_job::{BatchJob, BatchJobBuilder, JobContainer, JobContainerBuilder, JobResources, JobResourcesBuilder, RetryConfig};
use crate::compute::Fargate;
use crate::container::Image;
use crate::private_service::PrivateService;
use crate::units::{Cpu, Memory};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("batch_job::entry_point", |planting| {
        let image = Image::prebuilt("busybox:1.37").entry_point(["sh"]);
        add(planting, of(JobContainer::builder(image), one()), "container.packaging.entryPoint")
    }),
    Mistake::anywhere("batch_job::reserved_variable", |planting| {
        let name = planting.text(&["AWS_BATCH_JOB_ID", "AWS_BATCH", "AWS_BATCHES"]);
        add(planting, of(container().env(name, "x"), one()), "container.environment[0].name")
    }),
    Mistake::anywhere("batch_job::no_cpu", |planting| needing(planting, JobResources::builder(0), "cpu")),
    Mistake::anywhere("batch_job::no_gpu", |planting| needing(planting, one().gpu(0), "gpu")),
    Mistake::anywhere("batch_job::no_instance", |planting| {
        let gpus = planting.one(&[9, 16, u16::MAX]);
        needing(planting, one().gpu(gpus), "gpu")
    }),
    Mistake::anywhere("batch_job::timeout", |planting| {
        let seconds = planting.one(&[0_u32, 1, 59]);
        add(planting, job().timeout(seconds), "timeout")
    }),
    Mistake::anywhere("batch_job::attempts", |planting| {
        let attempts = planting.one(&[0_u16, 11, u16::MAX]);
        add(planting, job().retry_config(RetryConfig::builder().attempts(attempts)), "retryConfig.attempts")
    }),
    Mistake::anywhere("batch_job::multiplier", |planting| {
        let multiplier = planting.one(&[0.0, 0.99, -1.0, f64::NAN, f64::INFINITY]);
        let config = RetryConfig::builder().retry_interval_multiplier(multiplier);
        add(planting, job().retry_config(config), "retryConfig.retryIntervalMultiplier")
    }),
    Mistake::anywhere("batch_job::long_wait", |planting| {
        let seconds = planting.one(&[31_536_001_u32, u32::MAX]);
        let config = RetryConfig::builder().attempts(2_u16).retry_interval_seconds(seconds);
        add(planting, job().retry_config(config), "retryConfig.retryIntervalSeconds")
    }),
    Mistake::anywhere("batch_job::service_connect", |planting| {
        let compute = Fargate::new(Cpu::Quarter, Memory::mib(512));
        let service = PrivateService::builder("plantedService", compute, Image::prebuilt("nginx:1.29")).build();
        let job = job().connect_to(&service);
        planting.stack.add(service);
        add(planting, job, "connectTo[0]")
    }),
];

fn container() -> JobContainerBuilder {
    JobContainer::builder(Image::prebuilt("busybox:1.37"))
}

fn one() -> JobResourcesBuilder {
    JobResources::builder(1)
}

fn of(container: JobContainerBuilder, resources: JobResourcesBuilder) -> BatchJobBuilder {
    BatchJob::builder("planted", container, resources)
}

fn job() -> BatchJobBuilder {
    of(container(), one())
}

fn needing(planting: &mut Planting<'_>, resources: JobResourcesBuilder, key: &str) -> String {
    add(planting, of(container(), resources), &format!("resources.{key}"))
}

fn add(planting: &mut Planting<'_>, job: BatchJobBuilder, place: &str) -> String {
    planting.stack.add(job);
    format!("resources.planted.{place}")
}
