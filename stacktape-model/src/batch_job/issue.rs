//! Mistakes in jobs.

/// Mistakes in jobs.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "batch_job")]
#[non_exhaustive]
pub enum BatchJobIssue {
    /// A job definition has a command, and no entry point.
    #[error("found an entry point, expected a command alone, since AWS Batch takes no other entry point than that of the image")]
    #[issue(
        help = "write `ENTRYPOINT` in the image, and its arguments in `.command([..])`",
        yaml = "write `ENTRYPOINT` in the image, and its arguments in `command`",
        docs = "https://docs.aws.amazon.com/batch/latest/userguide/job_definition_parameters.html#ContainerProperties"
    )]
    EntryPoint,
    /// The prefix of what AWS Batch sets itself.
    #[error("found the variable `{name}`, expected a name that does not begin with `AWS_BATCH`, the prefix of what AWS Batch sets")]
    #[issue(
        help = "choose another name",
        docs = "https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerProperties.html#Batch-Type-ContainerProperties-environment"
    )]
    ReservedVariable {
        /// What was found.
        name: String,
    },
    /// A job on instances has whole processors.
    #[error("found no vCPU, expected at least 1")]
    #[issue(
        help = "write `JobResources::builder(1)`",
        yaml = "write `cpu: 1`",
        docs = "https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html"
    )]
    NoCpu,
    /// A job that needs no GPU says nothing of GPUs.
    #[error("found 0 GPUs, expected at least 1")]
    #[issue(
        help = "leave `.gpu(..)` out, or write `.gpu(1)`",
        yaml = "leave `gpu` out, or write `gpu: 1`",
        docs = "https://docs.aws.amazon.com/batch/latest/APIReference/API_ResourceRequirement.html"
    )]
    NoGpu,
    /// A job that fits no instance waits in its queue for ever.
    #[error("found {found} {unit}, expected at most {most}, which is what the largest instance has")]
    #[issue(
        help = "ask for less; as it stands, no instance is started, and the job waits for ever",
        warning,
        docs = "https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html"
    )]
    NoInstance {
        /// What was found.
        found: u32,
        /// Of what.
        unit: &'static str,
        /// What the largest instance has.
        most: u32,
    },
    /// AWS Batch's shortest time limit.
    #[error("found a timeout of {found} s, expected at least 60 s")]
    #[issue(
        help = "write `.timeout(60_u32)` for the shortest one",
        yaml = "write `timeout: 60` for the shortest one",
        docs = "https://docs.aws.amazon.com/batch/latest/userguide/job_timeouts.html"
    )]
    Timeout {
        /// What was found.
        found: u32,
    },
    /// AWS Batch's own limit of attempts.
    #[error("found {found} attempts, expected 1 to 10")]
    #[issue(
        help = "write `.attempts(10_u16)` for the most",
        yaml = "write `attempts: 10` for the most",
        docs = "https://docs.aws.amazon.com/batch/latest/userguide/job_retries.html"
    )]
    Attempts {
        /// What was found.
        found: u16,
    },
    /// Intervals that become shorter would be none in the end.
    #[error("found a multiplier of {found}, expected a number from 1")]
    #[issue(help = "write 1 for intervals of one length, or 2 to double each")]
    Multiplier {
        /// What was found.
        found: f64,
    },
    /// An execution of a state machine ends after a year, whatever it waits for.
    #[error("found intervals of {found} s in all, expected at most 31,536,000 s, which is a year")]
    #[issue(
        help = "shorten the interval, or lower the multiplier or the number of attempts",
        docs = "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html"
    )]
    LongWait {
        /// How long all of them are.
        found: u64,
    },
    /// Service Connect answers to tasks of ECS services alone.
    #[error("found the private service `{name}`, which only containers of services find, expected a service behind a load balancer")]
    #[issue(
        help = "let it have `.load_balancing(PrivateLoadBalancing::application_load_balancer())`",
        yaml = "let it have `loadBalancing: {{type: application-load-balancer}}`",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html"
    )]
    ServiceConnect {
        /// The service.
        name: String,
    },
}
