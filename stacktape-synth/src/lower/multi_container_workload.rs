//! `multi-container-workload` becomes an ECS service with its task definition, role, security group and logs.

use stacktape_model::compute::{Architecture, Compute, Fargate};
use stacktape_model::container::{Container, ContainerLogs};
use stacktape_model::multi_container_workload::{MultiContainerWorkload, MultiContainerWorkloadParts};
use stacktape_model::nested::written_name;

use crate::assembly::DockerBuild;
use crate::cfn::ecs::{self, service, task_definition as task};
use crate::cfn::{Id, PropertyType, ec2, iam, logs};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::http_api_gateway::log_group;
use crate::lower::{application_load_balancer, container, scaling, service_connect, volume_mount};
use crate::plan::{Ingress, Plan, Source, WorkloadPlan};
use crate::policy::{self, Grant};

pub(super) fn lower(workload: &MultiContainerWorkload, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let MultiContainerWorkloadParts {
        name,
        resources,
        containers: _,
        scaling: instances,
        enable_remote_sessions: _,       // of the role, the containers and the service
        use_private_subnets_with_nat: _, // of the service
        connect_to: _,                   // decided in the plan
        iam_role_statements: _,
        overrides: _, // applied when the template is merged
    } = workload.parts();
    let planned = plan.workload(name);
    let log_groups = lower_log_groups(workload, plan, fragment);
    fragment.add(&logical_id::task_role(name), task_role(workload, planned, plan));
    fragment.add(&logical_id::task_security_group(name), security_group(name, planned, plan));
    let definition = task_definition(workload, resources, &log_groups, planned, plan);
    fragment.add(&logical_id::task_definition(name), definition);
    volume_mount::lower_access_points(planned, plan, fragment);
    for group in &planned.balanced.target_groups {
        fragment.add(&group.id, application_load_balancer::lower_target_group(group, plan));
    }
    lower_registry(planned, plan, fragment);
    lower_service(workload, planned, plan, fragment);
    scaling::lower(name, *instances, plan, fragment);
}

/// The images that must be built for a workload, valid or not.
pub(super) fn builds(workload: &MultiContainerWorkload) -> Vec<DockerBuild> {
    let architecture = workload.parts().resources.architecture();
    (0..workload.containers().len()).filter_map(|index| container::build(workload, index, architecture)).collect()
}

/// The log groups of the containers, in their order; a container without logs has none.
fn lower_log_groups(workload: &MultiContainerWorkload, plan: &Plan<'_>, fragment: &mut Fragment) -> Vec<Option<Id<logs::LogGroup>>> {
    let group_of = |container: &Container| match *container.parts().logging {
        ContainerLogs::Disabled => None,
        ContainerLogs::Retained { retention_days } => {
            let (stack, workload, container) = (plan.stack.name(), written_name(workload.name()), container.name());
            let id = logical_id::log_group(workload, container);
            let group = log_group(format!("/stp/{stack}/ecs/{workload}/{container}/process-logs"), retention_days, plan);
            fragment.add(&id, group).on_removal("Delete");
            Some(id)
        }
    };
    workload.containers().iter().map(group_of).collect()
}

/// What the agent of a session in a container may do. These actions know no resources.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions>
const REMOTE_SESSIONS: [&str; 4] =
    ["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"];

/// What the containers may do.
fn task_role(workload: &MultiContainerWorkload, planned: &WorkloadPlan<'_>, plan: &Plan<'_>) -> iam::Role {
    let statements = workload.parts().iam_role_statements;
    let own = (!statements.is_empty()).then(|| iam::role::Policy::new(policy::user_document(statements), "custom-iam-role-statements"));
    let grants = &planned.access.grants;
    let connected =
        (!grants.is_empty()).then(|| iam::role::Policy::new(policy::document(grants.clone()), "custom-allow-access-to-policy-statements"));
    let sessions = workload
        .parts()
        .enable_remote_sessions
        .then(|| iam::role::Policy::new(policy::document(vec![Grant::new(REMOTE_SESSIONS, ["*".into()])]), "ssm-messages"));
    let mounts = volume_mount::role_policy(planned);
    let policies: Vec<_> = own.into_iter().chain(connected).chain(mounts).chain(sessions).collect();
    iam::Role::new(policy::trust("ecs-tasks.amazonaws.com", Some(policy::tasks_of_this_account())))
        .set_some((!policies.is_empty()).then_some(policies), iam::Role::policies)
        .tags(plan.tags.list())
}

/// What reaches the tasks: exactly what events lead to.
fn security_group(workload: &str, planned: &WorkloadPlan<'_>, plan: &Plan<'_>) -> ec2::SecurityGroup {
    let workload = written_name(workload);
    let ingress: Vec<_> = planned.ingress.iter().map(|ingress| ingress_rule(ingress, plan)).collect();
    ec2::SecurityGroup::new(format!("tasks of {workload}"))
        .set_some((!ingress.is_empty()).then_some(ingress), ec2::SecurityGroup::security_group_ingress)
        .vpc_id(plan.network.vpc.clone())
        .tags(plan.tags.named(&format!("{}-{workload}", plan.stack.name())))
}

fn ingress_rule(ingress: &Ingress, plan: &Plan<'_>) -> ec2::security_group::Ingress {
    let Ingress { from, port, description } = ingress;
    let rule = ec2::security_group::Ingress::new("tcp").description(description.clone()).from_port(*port).to_port(*port);
    match from {
        Source::SecurityGroup(group) => rule.source_security_group_id(group.att_group_id()),
        Source::Vpc => rule.cidr_ip(plan.network.cidr.clone()),
    }
}

fn task_definition(
    workload: &MultiContainerWorkload,
    compute: &Compute,
    log_groups: &[Option<Id<logs::LogGroup>>],
    planned: &WorkloadPlan<'_>,
    plan: &Plan<'_>,
) -> ecs::TaskDefinition {
    let Compute::Fargate(Fargate { cpu, memory, architecture }) = *compute;
    let mut definitions = Vec::new();
    for (index, (container, log_group)) in workload.containers().iter().zip(log_groups).enumerate() {
        let (log_group, remote_sessions) = (log_group.as_ref(), *workload.parts().enable_remote_sessions);
        let place = container::Place { workload, index, log_group, planned, remote_sessions };
        definitions.push(container::lower(container, &place));
    }
    let arm = (architecture == Architecture::Arm64).then(|| {
        task::RuntimePlatform::new()
            .cpu_architecture(task::RuntimePlatformCpuArchitecture::Arm64)
            .operating_system_family(task::RuntimePlatformOperatingSystemFamily::Linux)
    });
    let volumes: Vec<_> = planned.volumes.iter().map(volume_mount::volume).collect();
    ecs::TaskDefinition::new()
        .container_definitions(definitions)
        .cpu(cpu.units().to_string())
        .memory(memory.as_mib().to_string())
        .network_mode(task::NetworkMode::Awsvpc)
        .requires_compatibilities([task::RequiresCompatibilities::Fargate])
        .set_some(arm, ecs::TaskDefinition::runtime_platform)
        .set_some((!volumes.is_empty()).then_some(volumes), ecs::TaskDefinition::volumes)
        .execution_role_arn(plan.shared.execution_role.att_arn())
        .task_role_arn(logical_id::task_role(workload.name()).att_arn())
        .tags(plan.tags.list())
}

/// Gateways find the instances by the SRV records that ECS keeps here.
fn lower_registry(planned: &WorkloadPlan<'_>, plan: &Plan<'_>, fragment: &mut Fragment) {
    use crate::cfn::service_discovery::{self as discovery, service};
    let Some(registry) = &planned.registry else { return };
    let records = service::DnsConfig::new(vec![service::DnsRecord::new(60, service::DnsRecordType::Srv)])
        .routing_policy(service::DnsConfigRoutingPolicy::Multivalue);
    fragment.add(
        &registry.id,
        discovery::Service::new()
            .namespace_id(plan.shared.namespace.reference())
            .dns_config(records)
            .health_check_custom_config(service::HealthCheckCustomConfig::new().failure_threshold(1))
            .tags(plan.tags.list()),
    );
}

fn lower_service(workload: &MultiContainerWorkload, planned: &WorkloadPlan<'_>, plan: &Plan<'_>, fragment: &mut Fragment) {
    let name = workload.name();
    let private = *workload.parts().use_private_subnets_with_nat;
    let addresses = service::AwsVpcConfiguration::new()
        .assign_public_ip(if private {
            service::AwsVpcConfigurationAssignPublicIp::Disabled
        } else {
            service::AwsVpcConfigurationAssignPublicIp::Enabled
        })
        .security_groups(vec![logical_id::task_security_group(name).att_group_id()])
        .subnets(plan.network.subnet_ids(private));
    let registries: Vec<_> = planned
        .registry
        .iter()
        .map(|registry| {
            service::ServiceRegistry::new()
                .registry_arn(registry.id.att_arn())
                .container_name(registry.container.clone())
                .container_port(registry.port)
        })
        .collect();
    let balanced: Vec<_> = planned
        .balanced
        .target_groups
        .iter()
        .map(|group| {
            service::LoadBalancer::new()
                .container_name(group.container.to_owned())
                .container_port(group.port)
                .target_group_arn(group.id.reference())
        })
        .collect();
    let deployment = service::DeploymentConfiguration::new()
        .deployment_circuit_breaker(service::DeploymentCircuitBreaker::new(true, true))
        .maximum_percent(200)
        .minimum_healthy_percent(100);
    let service = ecs::Service::new()
        .cluster(plan.shared.cluster.reference())
        .task_definition(logical_id::task_definition(name).reference())
        .launch_type(service::LaunchType::Fargate)
        .platform_version("LATEST")
        .network_configuration(service::NetworkConfiguration::new().awsvpc_configuration(addresses))
        .deployment_configuration(deployment)
        .set_some(scaling::desired_count(*workload.parts().scaling), ecs::Service::desired_count)
        .set_some((!balanced.is_empty()).then_some(balanced), ecs::Service::load_balancers)
        .set_some(planned.balanced.grace_period, ecs::Service::health_check_grace_period_seconds)
        .set_some((!registries.is_empty()).then_some(registries), ecs::Service::service_registries)
        .set_some(service_connect::configuration(planned, plan), ecs::Service::service_connect_configuration)
        .set_some(workload.parts().enable_remote_sessions.then_some(true), ecs::Service::enable_execute_command)
        .enable_ecs_managed_tags(true)
        .propagate_tags(service::PropagateTags::Service)
        .tags(plan.tags.list());
    let rendered = fragment.add(&logical_id::service(name), service);
    // A proxy knows what was there when its task started. Who offers something waits for nobody, lest two wait for each other.
    if planned.endpoints.is_empty() {
        for provider in &plan.providers {
            rendered.depends_on(&logical_id::service(provider));
        }
    }
    // Tasks pull their images over these routes; without them the first ones fail, and on deletion the routes would go first.
    for subnet in plan.network.own_subnets(private) {
        rendered.depends_on(&subnet.route).depends_on(&subnet.association);
    }
    for rule in &planned.balanced.rules {
        rendered.depends_on(rule);
    }
    // A task finds its files only where its zone has a mount target.
    for volume in &planned.volumes {
        for (target, _) in plan.network.mount_targets(&volume.mount.filesystem.name) {
            rendered.depends_on(&target);
        }
    }
}
