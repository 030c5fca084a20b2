//! `batch-job` becomes a job definition with its role and logs, and a state machine that runs it.

mod state_machine;

use stacktape_model::batch_job::{BatchJob, BatchJobParam, BatchJobParts, JobContainerParts, JobResources, JobResourcesParts};
use stacktape_model::container::{ContainerLogs, Image, RetainedLogs};
use stacktape_model::stack::ValidStack;

use crate::assembly::{DockerBuild, Platform};
use crate::cfn::batch::{self, job_definition as definition};
use crate::cfn::{AssetKey, Id, PropertyType, Pseudo, Value, iam, logs, sub};
use crate::fragment::Fragment;
use crate::lower::environment::{self, Environment};
use crate::lower::log_group::{self, Forwarding, LogGroup};
use crate::lower::packaging::{self, Packaging};
use crate::lower::role;
use crate::plan::Plan;
use crate::policy::{self, Grant};
use crate::{logical_id, physical_name};

/// AWS Batch's longest name of a job definition.
const DEFINITION_NAME_MAX: usize = 128;

pub(super) fn lower(job: &BatchJob, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let BatchJobParts {
        name,
        container: _,          // of the job definition
        resources: _,          // of the job definition
        timeout: _,            // of the state machine
        use_spot_instances: _, // chooses the queue
        retry_config: _,       // of the state machine
        logging,
        events: _,     // of the function that starts it
        connect_to: _, // decided in the plan
        iam_role_statements,
        overrides: _, // applied when the template is merged
    } = job.parts();
    let log_group = lower_logs(name, logging, plan, fragment);
    let policies: Vec<_> = role::policies(name, iam_role_statements, plan).collect();
    let role = iam::Role::new(policy::trust("ecs-tasks.amazonaws.com", None))
        .set_some((!policies.is_empty()).then_some(policies), iam::Role::policies)
        .tags(plan.tags.list());
    fragment.add(&logical_id::batch_job_role(name), role);
    let resource = batch::JobDefinition::new("container")
        .job_definition_name(definition_name(name, plan.stack))
        .platform_capabilities(["EC2"])
        .propagate_tags(true)
        // The state machine tries again, and tells each attempt which one it is.
        .retry_strategy(definition::RetryStrategy::new().attempts(1))
        .container_properties(container_properties(job, log_group.as_ref(), plan))
        .tags(plan.tags.map());
    fragment.add(&logical_id::batch_job_definition(name), resource);
    fragment.add(&logical_id::batch_job_state_machine(name), state_machine::lower(job, plan));
}

/// The name of the job definition. It is known beforehand, so that what may run the job need not wait for it.
fn definition_name(job: &str, stack: &ValidStack) -> String {
    physical_name::of(stack.name(), &format!("{job}-job-definition"), DEFINITION_NAME_MAX)
}

fn definition_arn(job: &str, stack: &ValidStack) -> String {
    format!("arn:${{AWS::Partition}}:batch:${{AWS::Region}}:${{AWS::AccountId}}:job-definition/{}", definition_name(job, stack))
}

/// The log group, if the job has one.
fn lower_logs(name: &str, logging: &ContainerLogs, plan: &Plan<'_>, fragment: &mut Fragment) -> Option<Id<logs::LogGroup>> {
    let ContainerLogs::Retained(RetainedLogs { retention_days, log_forwarding }) = logging else { return None };
    let id = logical_id::batch_job_log_group(name);
    let group = LogGroup {
        id: id.clone(),
        name: format!("/stp/{}/batch/{name}/process-logs", plan.stack.name()),
        retention_days: *retention_days,
        forwarding: log_forwarding.as_ref().map(|to| Forwarding {
            to,
            stream: logical_id::batch_job_log_stream(name),
            subscription: logical_id::batch_job_log_subscription(name),
        }),
    };
    log_group::lower(name, &[group], plan, fragment);
    Some(id)
}

fn container_properties(job: &BatchJob, log_group: Option<&Id<logs::LogGroup>>, plan: &Plan<'_>) -> definition::ContainerProperties {
    let JobContainerParts { packaging: image, environment } = job.container().parts();
    let access = plan.access(job.name());
    let Environment { variables, secrets } = environment::lower(image, environment, access, plan.stack);
    let variables: Vec<_> = variables.into_iter().map(|(name, value)| definition::Environment::new().name(name).value(value)).collect();
    let secrets: Vec<_> = secrets.into_iter().map(|(name, from)| definition::Secret::new(name, from)).collect();
    // Many files at once: the default of Docker is lower.
    let files = definition::Ulimit::new(10_000, "nofile", 10_000);
    lower_image(job, image, plan)
        .environment(variables)
        .job_role_arn(logical_id::batch_job_role(job.name()).att_arn())
        .resource_requirements(requirements(job.parts().resources))
        .ulimits(vec![files])
        .set_some((!secrets.is_empty()).then_some(secrets), definition::ContainerProperties::secrets)
        .set_some(
            access.needs_execution_role().then(|| plan.shared.execution_role.att_arn()),
            definition::ContainerProperties::execution_role_arn,
        )
        .log_configuration(log_group.map_or_else(kept_on_instance, log_configuration))
}

fn requirements(resources: &JobResources) -> Vec<definition::ResourceRequirement> {
    let JobResourcesParts { cpu, memory: _, gpu } = resources.parts(); // `used_memory` knows the default
    let of = |kind: &'static str, value: String| definition::ResourceRequirement::new().r#type(kind).value(value);
    let needed = [of("VCPU", cpu.to_string()), of("MEMORY", resources.used_memory().as_mib().to_string())];
    needed.into_iter().chain(gpu.map(|gpus| of("GPU", gpus.to_string()))).collect()
}

/// No entry point: validation has refused it, since AWS Batch has none.
fn lower_image(job: &BatchJob, image: &Image, plan: &Plan<'_>) -> definition::ContainerProperties {
    let Packaging { image, command, entry_point: _, credentials } = packaging::lower(image, asset_key(job), plan.stack);
    definition::ContainerProperties::new(image)
        .set_some((!command.is_empty()).then_some(command), definition::ContainerProperties::command)
        .set_some(credentials.map(definition::RepositoryCredentials::new), definition::ContainerProperties::repository_credentials)
}

/// The instance writes logs, by the role of instances.
fn log_configuration(group: &Id<logs::LogGroup>) -> definition::LogConfiguration {
    let options: [(&str, Value<String>); 3] =
        [("awslogs-group", group.reference()), ("awslogs-region", Pseudo::Region.into()), ("awslogs-stream-prefix", "batch".into())];
    definition::LogConfiguration::new("awslogs").options(options)
}

/// The output of a job without logs: a few files on the instance, which go with the container. Without a driver AWS Batch would send it to
/// `/aws/batch/job`, a log group that nobody manages, and it has no driver that drops everything.
fn kept_on_instance() -> definition::LogConfiguration {
    let options: [(&str, Value<String>); 2] = [("max-file", "2".into()), ("max-size", "10m".into())];
    definition::LogConfiguration::new("json-file").options(options)
}

/// The image that must be built for a job, valid or not. Instances of jobs have Intel and AMD processors.
pub(super) fn build(job: &BatchJob) -> Option<DockerBuild> {
    Some(DockerBuild {
        key: asset_key(job),
        display_name: job.name().to_owned(),
        source: packaging::source(job.container().parts().packaging)?,
        platform: Platform::LinuxAmd64,
        origin: Some(job.origin()),
    })
}

fn asset_key(job: &BatchJob) -> AssetKey {
    AssetKey::new(format!("resources.{}.container.packaging", job.name()))
}

/// A parameter of a job.
pub(super) fn param(job: &str, param: BatchJobParam) -> Value<String> {
    match param {
        BatchJobParam::JobDefinitionArn => logical_id::batch_job_definition(job).reference(),
        BatchJobParam::StateMachineArn => logical_id::batch_job_state_machine(job).reference(),
        BatchJobParam::LogGroupArn => logical_id::batch_job_log_group(job).att_arn(),
    }
}

/// A parameter as a connected program is told it. Without a revision it is the latest one of the definition, so that the program need not
/// be deployed anew with each.
pub(super) fn told(job: &str, param: BatchJobParam, stack: &ValidStack) -> Value<String> {
    match param {
        BatchJobParam::JobDefinitionArn => sub(definition_arn(job, stack)),
        BatchJobParam::StateMachineArn => sub(state_machine::arn(job, stack)),
        BatchJobParam::LogGroupArn => self::param(job, param),
    }
}

/// Submits the job: any revision, to the one queue that the job uses.
pub(super) fn submit(job: &BatchJob, stack: &ValidStack) -> Grant {
    let arn = definition_arn(job.name(), stack);
    Grant::new(["batch:SubmitJob"], [sub(arn.clone()), sub(arn + ":*"), queue(job)])
}

/// What a program that is connected to the job may do.
pub(super) fn grants(job: &BatchJob, stack: &ValidStack) -> Vec<Grant> {
    let machine = state_machine::arn(job.name(), stack);
    vec![
        submit(job, stack),
        Grant::new(["batch:TerminateJob"], [sub("arn:${AWS::Partition}:batch:${AWS::Region}:${AWS::AccountId}:job/*")]),
        // IAM knows no resources of these actions.
        Grant::new(["batch:DescribeJobs", "batch:ListJobs"], ["*".into()]),
        Grant::new(["states:ListExecutions", "states:StartExecution"], [sub(machine)]),
        Grant::new(
            ["states:DescribeExecution", "states:GetExecutionHistory", "states:StopExecution"],
            [sub(state_machine::executions(job.name(), stack))],
        ),
    ]
}

/// The queue of a job.
fn queue(job: &BatchJob) -> Value<String> {
    logical_id::batch(*job.parts().use_spot_instances, job.parts().resources.has_gpu()).queue.reference()
}
