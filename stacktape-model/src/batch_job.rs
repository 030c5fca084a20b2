//! `batch-job`: a container that runs until its work is done.

mod container;
mod issue;
mod resources;
mod retry;
mod trigger;

pub use container::{JobContainer, JobContainerBuilder, JobContainerParts};
pub use issue::BatchJobIssue;
pub use resources::{JobResources, JobResourcesBuilder, JobResourcesParts};
pub use retry::{RetryConfig, RetryConfigBuilder, RetryConfigParts};

use stacktape_macros::model;

use crate::check::Check;
use crate::container::ContainerLogs;
use crate::function::FunctionEvent;
use crate::iam::{self, Statement};
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::{ConnectTarget, Connection, ResourceRef};
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// A container that runs until its work is done, on an instance that AWS Batch starts for it and stops behind it. YAML: `batch-job`.
///
/// ```
/// use stacktape_model::batch_job::{BatchJob, JobContainer, JobResources, RetryConfig};
/// use stacktape_model::container::Image;
/// use stacktape_model::units::Memory;
/// let report = BatchJob::builder(
///     "report",
///     JobContainer::builder(Image::dockerfile("report")).env("FORMAT", "pdf"),
///     JobResources::builder(2).memory(Memory::mib(3800)),
/// )
/// .timeout(3600)
/// .use_spot_instances(true)
/// .retry_config(RetryConfig::builder().attempts(3).retry_interval_seconds(60));
/// ```
///
/// **Creates** an `AWS::Batch::JobDefinition` with its role and log group, and an `AWS::StepFunctions::StateMachine` which runs it and
/// tries it again; and a function for its events. All jobs of a stack share a compute environment and a queue of each kind that they use (on demand or spot, with GPUs
/// or without), and what those need.
///
/// **To run it**, let `events` start it, or start an execution of the state machine yourself. The container finds the `triggerEvent` of the execution's input (all of the
/// input, where it has none) in `STP_TRIGGER_EVENT_DATA`, and in `STP_CURRENT_ATTEMPT` and `STP_MAXIMUM_ATTEMPTS` which attempt it is.
/// The input's `jobName` becomes the name of the job in AWS Batch.
///
/// **Defaults**: one attempt, without a time limit; logs are kept for 90 days; nothing runs and nothing is paid for between jobs.
///
/// Instances are in the public subnets of the stack's VPC, or in its private ones where there are no others. The public subnets of a VPC
/// that is reused must give each instance a public address (`MapPublicIpOnLaunch`), else no instance reaches AWS Batch.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct BatchJob {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the job.
    #[argument]
    pub(crate) name: String,
    /// `container`: what runs. YAML: `container`. Changed in place, by a new revision of the job definition.
    #[argument]
    pub(crate) container: JobContainer,
    /// `resources`: processors and memory. YAML: `resources`. Changed in place, by a new revision of the job definition.
    #[argument]
    pub(crate) resources: JobResources,
    /// After how many seconds an attempt is stopped: from 60. YAML: `timeout`, default: never. Changed in place.
    pub(crate) timeout: Option<u32>,
    /// Runs on spare instances, which are cheaper and may be taken away while the job runs: let it have several attempts. YAML:
    /// `useSpotInstances`, default `false`. Changed in place.
    pub(crate) use_spot_instances: bool,
    /// Tries again what has failed. YAML: `retryConfig`, default: one attempt. Changed in place.
    pub(crate) retry_config: Option<RetryConfig>,
    /// Where the container's output goes. YAML: `logging`, default: CloudWatch Logs, 90 days. Changed in place, by a new revision of the job
    /// definition. Where logs are disabled, the last 20 MB stay on the instance (the log driver `json-file`), as AWS Batch would send them
    /// to the log group `/aws/batch/job` otherwise.
    pub(crate) logging: ContainerLogs,
    /// What starts the job, by a function which starts an execution of its state machine with the event. YAML: `events`.
    #[each(event)]
    pub(crate) events: Vec<FunctionEvent>,
    /// What the job may reach: permissions, network and `STP_*` variables come by themselves. YAML: `connectTo`.
    #[own]
    pub(crate) connect_to: Vec<Connection>,
    /// Statements for the role of the job, beside those of `connectTo`. YAML: `iamRoleStatements`.
    #[each(iam_role_statement)]
    pub(crate) iam_role_statements: Vec<Statement>,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

impl BatchJobBuilder {
    /// Lets the job reach `target`: permissions, network and `STP_*` variables. YAML: an entry of `connectTo`.
    #[track_caller]
    pub fn connect_to(mut self, target: impl ConnectTarget) -> Self {
        self.connect_to.push(target.connection());
        self
    }
}

/// AWS Batch's shortest time limit, in seconds.
const TIMEOUT_MIN: u32 = 60;

impl BatchJob {
    /// The job's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the job is written.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// What starts the job.
    pub fn events(&self) -> &[FunctionEvent] {
        &self.events
    }

    /// What runs.
    pub fn container(&self) -> &JobContainer {
        &self.container
    }

    /// How often it is tried.
    pub fn attempts(&self) -> u16 {
        self.retry_config.as_ref().map_or(1, RetryConfig::attempts)
    }

    /// How many seconds pass before the attempt behind a failed one, which is counted from 1.
    pub fn seconds_after(&self, attempt: u16) -> u32 {
        self.retry_config.as_ref().map_or(0, |config| config.seconds_after(attempt))
    }

    /// The ARN of the latest job definition. YAML: `$ResourceParam('..', 'jobDefinitionArn')`.
    #[track_caller]
    pub fn job_definition_arn(&self) -> Text {
        self.param(BatchJobParam::JobDefinitionArn)
    }

    /// The ARN of the state machine that runs the job. YAML: `$ResourceParam('..', 'stateMachineArn')`.
    #[track_caller]
    pub fn state_machine_arn(&self) -> Text {
        self.param(BatchJobParam::StateMachineArn)
    }

    /// The ARN of the job's log group, of a job that logs. YAML: `$ResourceParam('..', 'logGroupArn')`.
    #[track_caller]
    pub fn log_group_arn(&self) -> Text {
        self.param(BatchJobParam::LogGroupArn)
    }

    #[track_caller]
    fn param(&self, param: BatchJobParam) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::BatchJob), param: Param::BatchJob(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        self.container.check(&mut at.field("container"));
        self.resources.check(&mut at.field("resources"));
        if let Some(found) = self.timeout.filter(|found| *found < TIMEOUT_MIN) {
            at.field("timeout").report(&BatchJobIssue::Timeout { found });
        }
        if let Some(config) = &self.retry_config {
            config.check(&mut at.field("retryConfig"));
        }
        self.logging.check(&mut at.field("logging"));
        iam::check(&self.iam_role_statements, at);
    }
}

/// What other resources may know of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BatchJobParam {
    /// `jobDefinitionArn`.
    JobDefinitionArn,
    /// `stateMachineArn`.
    StateMachineArn,
    /// `logGroupArn`, of a job that logs.
    LogGroupArn,
}

impl BatchJobParam {
    /// Every parameter, in the order in which variables are injected.
    pub const ALL: [Self; 3] = [Self::JobDefinitionArn, Self::StateMachineArn, Self::LogGroupArn];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::JobDefinitionArn => "jobDefinitionArn",
            Self::StateMachineArn => "stateMachineArn",
            Self::LogGroupArn => "logGroupArn",
        }
    }
}
