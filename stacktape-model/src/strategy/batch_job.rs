//! Batch jobs.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;

use super::container::{container_logs, environment_later};
use super::function_event::{drop_hasty, events_later};
use super::iam::statement_later;
use super::image::{BuildSources, image};
use super::multi_container_workload::once_each;
use super::raw_resource::{Role, override_of};
use super::service::connections_outside;
use super::surroundings::{Later, Surroundings};
use crate::batch_job::{BatchJob, JobContainer, JobResources, RetryConfig};
use crate::container::Image;
use crate::function::TIMEOUT_DEFAULT;
use crate::units::Memory;

/// Jobs with any of their properties. They refer to what is around; images are of registries. Shrinks to a plain one.
pub fn batch_job(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<BatchJob> {
    let (name, around) = (name.into(), around.clone());
    batch_job_later(&BuildSources::default()).prop_map(move |later| later.within(&around)(&name)).boxed()
}

/// A job that waits for its surroundings, and then for its name.
pub(super) type Named = Box<dyn Fn(&str) -> BatchJob>;

const OVERRIDES: &[(&str, &str, &str)] = &[("JobDefinition", "SchedulingPriority", "7"), ("JobRole", "MaxSessionDuration", "7200")];

pub(super) fn batch_job_later(sources: &BuildSources) -> BoxedStrategy<Later<Named>> {
    let image = image(sources).prop_filter("a job has no entry point", |image: &Image| !image.has_entry_point());
    let size = (1..=192_u16, option::of(4..=100_000_u32), option::weighted(0.3, 1..=8_u16));
    let settings = (option::of(60..=100_000_u32), any::<bool>(), option::of(retry_config()), container_logs(), override_of(OVERRIDES));
    let connected = (vec(any::<Index>(), 0..4), any::<bool>());
    (image, environment_later(), size, settings, connected, (vec(statement_later(), 0..3), events_later()))
        .prop_map(|(image, environment, (cpu, memory, gpu), (timeout, spot, retry, logs, overrides), connected, (statements, events))| {
            Later::new(move |around| {
                let (targets, ses) = &connected;
                let resources = JobResources::builder(cpu);
                let resources = if let Some(mib) = memory { resources.memory(Memory::mib(mib)) } else { resources };
                let resources = if let Some(gpu) = gpu { resources.gpu(gpu) } else { resources };
                let mut container = JobContainer::builder(image.clone()).build();
                container.environment = environment.within(around);
                let mut events = events.within(around);
                drop_hasty(&mut events, TIMEOUT_DEFAULT, around);
                let mut job = BatchJob::builder("", container, resources)
                    .use_spot_instances(spot)
                    .logging(logs.clone())
                    .events(events)
                    .iam_role_statements(once_each(statements.iter().map(|statement| statement.within(around))))
                    .build();
                job.timeout = timeout;
                job.retry_config.clone_from(&retry);
                job.connect_to = connections_outside(targets, *ses, around);
                named(job, overrides.clone())
            })
        })
        .boxed()
}

fn named(job: BatchJob, overrides: Vec<Role>) -> Named {
    Box::new(move |name| BatchJob { name: name.to_owned(), overrides: overrides.iter().map(|role| role.of(name)).collect(), ..job.clone() })
}

/// Up to ten attempts, with and without waits between them that grow or stay.
pub fn retry_config() -> impl Strategy<Value = RetryConfig> {
    (option::of(1..=10_u16), option::of(0..=300_u32), option::of(1.0..=2.0_f64)).prop_map(|(attempts, seconds, multiplier)| {
        let config = RetryConfig::builder();
        let config = if let Some(attempts) = attempts { config.attempts(attempts) } else { config };
        let config = if let Some(seconds) = seconds { config.retry_interval_seconds(seconds) } else { config };
        if let Some(multiplier) = multiplier { config.retry_interval_multiplier(multiplier).build() } else { config.build() }
    })
}
