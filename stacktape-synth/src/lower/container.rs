//! A container of a workload becomes a container definition.

use stacktape_model::compute::Architecture;
use stacktape_model::container::{Condition, Container, ContainerParts, Dependency, Image, InternalHealthCheck, InternalHealthCheckParts};
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::nested::written_name;
use stacktape_model::stack::ValidStack;

use crate::assembly::{DockerBuild, Platform};
use crate::cfn::ecs::task_definition as task;
use crate::cfn::{AssetKey, Id, PropertyType, Pseudo, Value, logs};
use crate::lower::environment::{self, Environment};
use crate::lower::packaging::{self, Packaging};
use crate::lower::{image, service_connect, volume_mount};
use crate::plan::{Access, WorkloadPlan};

/// Where a container definition stands.
pub(super) struct Place<'a> {
    pub(super) stack: &'a ValidStack,
    pub(super) workload: &'a MultiContainerWorkload,
    pub(super) index: usize,
    pub(super) log_group: Option<&'a Id<logs::LogGroup>>,
    pub(super) planned: &'a WorkloadPlan<'a>,
    pub(super) access: &'a Access,
    /// Whether people may open a shell in it.
    pub(super) remote_sessions: bool,
}

pub(super) fn lower(container: &Container, place: &Place<'_>) -> task::ContainerDefinition {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let ContainerParts {
        name,
        packaging: image,
        essential: _,
        environment,
        depends_on,
        internal_health_check,
        load_balancer_health_check: _, // made the target groups
        stop_timeout: _,
        gpu,
        logging: _, // made the log group of `place`
        volume_mounts: _,
        events: _,
    } = container.parts();
    let definition = lower_image(image, name, place);
    let on_ec2 = place.workload.parts().resources.ec2().is_some();
    let ports: Vec<_> = container.ports().into_iter().map(|port| port_mapping(port, on_ec2, place.planned)).collect();
    let links: Vec<_> = place.workload.links(place.index).into_iter().map(str::to_owned).collect();
    let gpus = gpu.map(|number| vec![task::ResourceRequirement::new(task::ResourceRequirementType::Gpu).value(number.to_string())]);
    let depends_on: Vec<_> = depends_on.iter().map(dependency).collect();
    let Environment { variables, secrets } = environment::lower(image, environment, place.access, place.stack);
    let variables: Vec<_> = variables.into_iter().map(|(name, value)| task::KeyValuePair::new().name(name).value(value)).collect();
    let secrets: Vec<_> = secrets.into_iter().map(|(name, from)| task::Secret::new(name, from)).collect();
    definition
        .essential(container.is_essential())
        .stop_timeout(container.stop_timeout_seconds())
        .set_some(some(ports), task::ContainerDefinition::port_mappings)
        .set_some(some(variables), task::ContainerDefinition::environment)
        .set_some(some(secrets), task::ContainerDefinition::secrets)
        .set_some(some(volume_mount::mount_points(container, place.planned)), task::ContainerDefinition::mount_points)
        .set_some(some(depends_on), task::ContainerDefinition::depends_on)
        .set_some(some(links), task::ContainerDefinition::links)
        .set_some(gpus, task::ContainerDefinition::resource_requirements)
        .set_some(internal_health_check.as_ref().map(health_check), task::ContainerDefinition::health_check)
        .set_some(place.log_group.map(log_configuration), task::ContainerDefinition::log_configuration)
        .set_some(image::system_controls(container), task::ContainerDefinition::system_controls)
        .set_some(place.remote_sessions.then(init_process), task::ContainerDefinition::linux_parameters)
}

/// What is empty stays out: each change of a task definition deploys a new version.
fn some<T>(items: Vec<T>) -> Option<Vec<T>> {
    (!items.is_empty()).then_some(items)
}

fn lower_image(image: &Image, container: &str, place: &Place<'_>) -> task::ContainerDefinition {
    let Packaging { image, command, entry_point, credentials } =
        packaging::lower(image, asset_key(place.workload, place.index), place.stack);
    let credentials = credentials.map(|arn| task::RepositoryCredentials::new().credentials_parameter(arn));
    task::ContainerDefinition::new(image, container.to_owned())
        .set_some(some(command), task::ContainerDefinition::command)
        .set_some(some(entry_point), task::ContainerDefinition::entry_point)
        .set_some(credentials, task::ContainerDefinition::repository_credentials)
}

/// The image that must be built for a container.
pub(super) fn build(workload: &MultiContainerWorkload, index: usize, architecture: Architecture) -> Option<DockerBuild> {
    let container = &workload.containers()[index];
    Some(DockerBuild {
        key: asset_key(workload, index),
        display_name: format!("{}/{}", written_name(workload.name()), container.name()),
        source: packaging::source(container.parts().packaging)?,
        platform: match architecture {
            Architecture::X86_64 => Platform::LinuxAmd64,
            Architecture::Arm64 => Platform::LinuxArm64,
        },
        origin: Some(container.origin()),
    })
}

/// The image of a container, before its content is known.
fn asset_key(workload: &MultiContainerWorkload, index: usize) -> AssetKey {
    AssetKey::new(format!("{}.packaging", workload.container_path(index)))
}

/// On EC2, tasks of one instance share its ports: each gets one that is free.
fn port_mapping(port: u16, on_ec2: bool, planned: &WorkloadPlan) -> task::PortMapping {
    let protocol = planned.endpoints.iter().find(|endpoint| endpoint.port == port).and_then(|endpoint| endpoint.protocol);
    task::PortMapping::new()
        .container_port(port)
        .host_port(if on_ec2 { 0 } else { port })
        .name(service_connect::port_name(port))
        .protocol(task::PortMappingProtocol::Tcp)
        .set_some(protocol.map(service_connect::app_protocol), task::PortMapping::app_protocol)
}

/// A process that buries what sessions leave behind.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-considerations>
fn init_process() -> task::LinuxParameters {
    task::LinuxParameters::new().init_process_enabled(true)
}

fn dependency(dependency: &Dependency) -> task::ContainerDependency {
    let Dependency { container, condition } = dependency;
    task::ContainerDependency::new().container_name(container.clone()).condition(match condition {
        Condition::Start => task::ContainerDependencyCondition::Start,
        Condition::Complete => task::ContainerDependencyCondition::Complete,
        Condition::Success => task::ContainerDependencyCondition::Success,
        Condition::Healthy => task::ContainerDependencyCondition::Healthy,
    })
}

fn health_check(check: &InternalHealthCheck) -> task::HealthCheck {
    let InternalHealthCheckParts { health_check_command, interval_seconds, timeout_seconds, retries, start_period_seconds } = check.parts();
    task::HealthCheck::new()
        .command(health_check_command.clone())
        .set_some(*interval_seconds, task::HealthCheck::interval)
        .set_some(*timeout_seconds, task::HealthCheck::timeout)
        .set_some(*retries, task::HealthCheck::retries)
        .set_some(*start_period_seconds, task::HealthCheck::start_period)
}

fn log_configuration(group: &Id<logs::LogGroup>) -> task::LogConfiguration {
    let options: [(&str, Value<String>); 3] =
        [("awslogs-group", group.reference()), ("awslogs-region", Pseudo::Region.into()), ("awslogs-stream-prefix", "ecs".into())];
    task::LogConfiguration::new("awslogs").options(options)
}
