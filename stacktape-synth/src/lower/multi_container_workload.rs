//! `multi-container-workload` becomes an ECS service with its task definition, role, security group and logs.

use stacktape_model::compute::{Architecture, Compute, Fargate};
use stacktape_model::container::{ContainerLogs, RetainedLogs};
use stacktape_model::multi_container_workload::{MultiContainerWorkload, MultiContainerWorkloadParts};
use stacktape_model::nested::written_name;

use crate::assembly::DockerBuild;
use crate::cfn::ecs::{self, service, task_definition as task};
use crate::cfn::{Id, PropertyType, Value, ec2, iam, logs};
use crate::fragment::{Fragment, Rendered};
use crate::logical_id;
use crate::lower::ec2 as instances;
use crate::lower::log_group::{self, Forwarding, LogGroup};
use crate::lower::{container, load_balancing, role, scaling, service_connect, volume_mount};
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
    let role = logical_id::task_role(name);
    fragment.add(&role, task_role(workload, planned, plan));
    fragment.add(&logical_id::task_security_group(name), security_group(name, resources, planned, plan));
    let definition = logical_id::task_definition(name);
    fragment.add(&definition, task_definition(workload, &role, &log_groups, planned, plan));
    volume_mount::lower_access_points(&planned.volumes, plan, fragment);
    for group in &planned.balanced.target_groups {
        fragment.add(&group.id, load_balancing::lower_target_group(group, plan));
    }
    if let Compute::Ec2(compute) = resources {
        instances::lower(workload, compute, plan, fragment);
    }
    lower_registry(planned, plan, fragment);
    lower_service(workload, &definition, planned, plan, fragment);
    scaling::lower(name, *instances, plan, fragment);
}

/// The images that must be built for a workload, valid or not.
pub(super) fn builds(workload: &MultiContainerWorkload) -> Vec<DockerBuild> {
    let architecture = workload.parts().resources.architecture();
    (0..workload.containers().len()).filter_map(|index| container::build(workload, index, architecture)).collect()
}

/// The log groups of the containers, in their order; a container without logs has none.
fn lower_log_groups(workload: &MultiContainerWorkload, plan: &Plan<'_>, fragment: &mut Fragment) -> Vec<Option<Id<logs::LogGroup>>> {
    let mut groups = Vec::new();
    let mut ids = Vec::new();
    for container in workload.containers() {
        let ContainerLogs::Retained(RetainedLogs { retention_days, log_forwarding }) = container.parts().logging else {
            ids.push(None);
            continue;
        };
        let (stack, workload, container) = (plan.stack.name(), written_name(workload.name()), container.name());
        let id = logical_id::log_group(workload, container);
        ids.push(Some(id.clone()));
        groups.push(LogGroup {
            id,
            name: format!("/stp/{stack}/ecs/{workload}/{container}/process-logs"),
            retention_days: *retention_days,
            forwarding: log_forwarding.as_ref().map(|to| Forwarding {
                to,
                stream: logical_id::log_stream(workload, container),
                subscription: logical_id::log_subscription(workload, container),
            }),
        });
    }
    log_group::lower(workload.name(), &groups, plan, fragment);
    ids
}

/// What the agent of a session in a container may do. These actions know no resources.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions>
const REMOTE_SESSIONS: [&str; 4] =
    ["ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel"];

/// What the containers may do.
fn task_role(workload: &MultiContainerWorkload, planned: &WorkloadPlan<'_>, plan: &Plan<'_>) -> iam::Role {
    let sessions = workload
        .parts()
        .enable_remote_sessions
        .then(|| iam::role::Policy::new(policy::document(vec![Grant::new(REMOTE_SESSIONS, ["*".into()])]), "ssm-messages"));
    let mounts = volume_mount::role_policy(&planned.volumes);
    let policies: Vec<_> =
        role::policies(workload.name(), workload.parts().iam_role_statements, plan).chain(mounts).chain(sessions).collect();
    iam::Role::new(plan.task_trust.clone()).set_some((!policies.is_empty()).then_some(policies), iam::Role::policies).tags(plan.tags.list())
}

/// What reaches the tasks: exactly what events lead to. On EC2 it is the group of the instances.
fn security_group(workload: &str, compute: &Compute, planned: &WorkloadPlan<'_>, plan: &Plan<'_>) -> ec2::SecurityGroup {
    let workload = written_name(workload);
    let ingress = match compute {
        Compute::Fargate(_) => planned.ingress.iter().map(|ingress| ingress_rule(ingress, [ingress.port; 2], plan)).collect(),
        Compute::Ec2(_) => ingress_of_instances(&planned.ingress, plan),
    };
    ec2::SecurityGroup::new(format!("tasks of {workload}"))
        .set_some((!ingress.is_empty()).then_some(ingress), ec2::SecurityGroup::security_group_ingress)
        .vpc_id(plan.network.vpc.clone())
        .tags(plan.tags.named(&format!("{}-{workload}", plan.stack.name())))
}

/// The ports among which the instance gives each container one.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html>
const PORTS_OF_AN_INSTANCE: [u16; 2] = [32768, 65535];

/// Each source once: whichever port it wants, it finds it somewhere among those of the instance.
fn ingress_of_instances(planned: &[Ingress], plan: &Plan<'_>) -> Vec<ec2::security_group::Ingress> {
    let firsts = planned.iter().enumerate().filter(|(index, ingress)| planned[..*index].iter().all(|other| other.from != ingress.from));
    firsts.map(|(_, ingress)| ingress_rule(ingress, PORTS_OF_AN_INSTANCE, plan)).collect()
}

fn ingress_rule(ingress: &Ingress, [first, last]: [u16; 2], plan: &Plan<'_>) -> ec2::security_group::Ingress {
    let Ingress { from, port: _, description } = ingress;
    let rule = ec2::security_group::Ingress::new("tcp").description(description.clone()).from_port(first).to_port(last);
    match from {
        Source::SecurityGroup(group) => rule.source_security_group_id(group.att_group_id()),
        Source::Vpc => rule.cidr_ip(plan.network.cidr.clone()),
    }
}

fn task_definition(
    workload: &MultiContainerWorkload,
    role: &Id<iam::Role>,
    log_groups: &[Option<Id<logs::LogGroup>>],
    planned: &WorkloadPlan<'_>,
    plan: &Plan<'_>,
) -> ecs::TaskDefinition {
    let compute = workload.parts().resources;
    let mut definitions = Vec::new();
    for (index, (container, log_group)) in workload.containers().iter().zip(log_groups).enumerate() {
        let (log_group, remote_sessions) = (log_group.as_ref(), *workload.parts().enable_remote_sessions);
        let access = plan.access(workload.name());
        let place = container::Place { stack: plan.stack, workload, index, log_group, planned, access, remote_sessions };
        definitions.push(container::lower(container, &place));
    }
    let definition = ecs::TaskDefinition::new().container_definitions(definitions);
    let definition = match compute {
        Compute::Fargate(Fargate { cpu, memory, architecture: _ }) => definition
            .cpu(cpu.units().to_string())
            .memory(memory.as_mib().to_string())
            .network_mode(task::NetworkMode::Awsvpc)
            .requires_compatibilities([task::RequiresCompatibilities::Fargate]),
        Compute::Ec2(compute) => definition
            .set_some(compute.cpu.map(|cpu| cpu.units().to_string()), ecs::TaskDefinition::cpu)
            .set_some(compute.task_memory().map(|memory| memory.as_mib().to_string()), ecs::TaskDefinition::memory)
            .network_mode(task::NetworkMode::Bridge)
            .requires_compatibilities([task::RequiresCompatibilities::Ec2]),
    };
    let arm = (compute.architecture() == Architecture::Arm64).then(|| {
        task::RuntimePlatform::new()
            .cpu_architecture(task::RuntimePlatformCpuArchitecture::Arm64)
            .operating_system_family(task::RuntimePlatformOperatingSystemFamily::Linux)
    });
    let volumes: Vec<_> = planned.volumes.iter().map(volume_mount::volume).collect();
    definition
        .set_some(arm, ecs::TaskDefinition::runtime_platform)
        .set_some((!volumes.is_empty()).then_some(volumes), ecs::TaskDefinition::volumes)
        .execution_role_arn(plan.shared.execution_role.att_arn())
        .task_role_arn(role.att_arn())
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

/// Where the tasks of a workload run, or the instances that carry them.
pub(super) fn subnets(workload: &MultiContainerWorkload, plan: &Plan<'_>) -> Vec<Value<String>> {
    plan.network.subnet_ids(*workload.parts().use_private_subnets_with_nat)
}

/// Makes a resource wait for the way out of its subnets.
pub(super) fn wait_for_routes(rendered: &mut Rendered, workload: &MultiContainerWorkload, plan: &Plan<'_>) {
    for subnet in plan.network.own_subnets(*workload.parts().use_private_subnets_with_nat) {
        rendered.depends_on(&subnet.route).depends_on(&subnet.association);
    }
}

/// On what a service runs its tasks.
fn place_service(service: ecs::Service, workload: &MultiContainerWorkload, plan: &Plan<'_>) -> ecs::Service {
    use service::{
        AwsVpcConfiguration, AwsVpcConfigurationAssignPublicIp, CapacityProviderStrategyItem, PlacementStrategy, PlacementStrategyType,
    };
    let name = workload.name();
    match workload.parts().resources {
        Compute::Fargate(_) => {
            let private = *workload.parts().use_private_subnets_with_nat;
            let addresses = AwsVpcConfiguration::new()
                .assign_public_ip(if private {
                    AwsVpcConfigurationAssignPublicIp::Disabled
                } else {
                    AwsVpcConfigurationAssignPublicIp::Enabled
                })
                .security_groups(vec![logical_id::task_security_group(name).att_group_id()])
                .subnets(subnets(workload, plan));
            service
                .launch_type(service::LaunchType::Fargate)
                .platform_version("LATEST")
                .network_configuration(service::NetworkConfiguration::new().awsvpc_configuration(addresses))
        }
        Compute::Ec2(_) => {
            let provider = CapacityProviderStrategyItem::new().capacity_provider(logical_id::capacity_provider(name).reference()).weight(1);
            // As many tasks on an instance as fit, so that few instances are needed.
            service
                .capacity_provider_strategy(vec![provider])
                .placement_strategies(vec![PlacementStrategy::new(PlacementStrategyType::Binpack).field("memory")])
        }
    }
}

fn lower_service(
    workload: &MultiContainerWorkload,
    definition: &Id<ecs::TaskDefinition>,
    planned: &WorkloadPlan<'_>,
    plan: &Plan<'_>,
    fragment: &mut Fragment,
) {
    let name = workload.name();
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
    let compute = workload.parts().resources;
    let service = place_service(ecs::Service::new(), workload, plan)
        .cluster(plan.cluster(name).reference())
        .task_definition(definition.reference())
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
    wait_for_routes(rendered, workload, plan);
    // A cluster takes a service with a provider that it has, and gives the provider up when nobody uses it.
    if compute.ec2().is_some() {
        rendered.depends_on(&logical_id::capacity_provider_associations(name));
    }
    for rule in &planned.balanced.rules {
        rendered.depends_on(&rule.id);
    }
    for listener in &planned.balanced.listeners {
        rendered.depends_on(listener);
    }
    volume_mount::wait_for_targets(rendered, &planned.volumes, plan);
}
