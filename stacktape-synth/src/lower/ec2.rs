//! `resources` with `instanceTypes` becomes EC2 instances that come and go with the tasks of their workload.

use stacktape_model::compute::{Architecture, Ec2};
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::nested::written_name;

use crate::cfn::auto_scaling::{self, auto_scaling_group as group, warm_pool};
use crate::cfn::ec2::{self, launch_template};
use crate::cfn::ecs::{self, capacity_provider, cluster_capacity_provider_associations as associations};
use crate::cfn::scheduler::{self, schedule};
use crate::cfn::{Node, PropertyType, Value, sub};
use crate::fragment::Fragment;
use crate::lower::multi_container_workload::{subnets, wait_for_routes};
use crate::plan::Plan;
use crate::{logical_id, physical_name};

pub(super) fn lower(workload: &MultiContainerWorkload, compute: &Ec2, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here. Processors and memory are the task's.
    let Ec2 { instance_types: _, cpu: _, memory: _, warm_pool } = compute;
    let name = workload.name();
    let most = workload.parts().scaling.max_instances;
    fragment.add(&logical_id::cluster(name), ecs::Cluster::new().tags(plan.tags.list()));
    fragment.add(&logical_id::launch_template(name), lower_launch_template(name, compute, plan));
    let rendered = fragment.add(&logical_id::auto_scaling_group(name), lower_group(workload, compute, plan));
    // Instances speak to ECS over these routes, also while their tasks are drained on deletion.
    wait_for_routes(rendered, workload, plan);
    fragment.add(&logical_id::capacity_provider(name), lower_capacity_provider(name, most, plan));
    // No default: the service names its provider.
    let default: Vec<associations::CapacityProviderStrategy> = Vec::new();
    fragment.add(
        &logical_id::capacity_provider_associations(name),
        ecs::ClusterCapacityProviderAssociations::new(logical_id::cluster(name).reference(), default)
            .capacity_providers(vec![logical_id::capacity_provider(name).reference()]),
    );
    if *warm_pool {
        // Instances that were there before their provider would not be counted as its own.
        let associations = logical_id::capacity_provider_associations(name);
        fragment.add(&logical_id::warm_pool(name), lower_warm_pool(name, most)).depends_on(&associations);
    }
    fragment.add(&logical_id::instance_refresh_schedule(name), lower_schedule(name, plan));
}

/// The latest image of ECS. EC2 looks the parameter up whenever it starts an instance, so that the weekly refresh brings a newer
/// image by itself; a dynamic reference of CloudFormation would stay what it was at the last deployment.
/// <https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html>
fn image(compute: &Ec2) -> &'static str {
    match compute.architecture() {
        _ if compute.has_gpu_drivers() => "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/gpu/recommended/image_id",
        Architecture::X86_64 => "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
        Architecture::Arm64 => "resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
    }
}

fn lower_launch_template(name: &str, compute: &Ec2, plan: &Plan<'_>) -> ec2::LaunchTemplate {
    use launch_template::{BlockDeviceMapping, Ebs, EbsVolumeType, IamInstanceProfile, MetadataOptions, MetadataOptionsHttpTokens};
    let tags = || plan.tags.named(&format!("{}-{}", plan.stack.name(), written_name(name)));
    let tagged = |resource_type: &'static str| launch_template::TagSpecification::new().resource_type(resource_type).tags(tags());
    // As large as the image wants it.
    let disk = Ebs::new().encrypted(true).volume_type(EbsVolumeType::Gp3).delete_on_termination(true);
    // One hop ends at the instance: containers, which are one further, have roles of their own.
    let metadata = MetadataOptions::new().http_tokens(MetadataOptionsHttpTokens::Required).http_put_response_hop_limit(1);
    let types = compute.types();
    let data = launch_template::LaunchTemplateData::new()
        .image_id(image(compute))
        .set_some(
            match types.as_slice() {
                [only] => Some((*only).to_owned()),
                _ => None,
            },
            launch_template::LaunchTemplateData::instance_type,
        )
        .iam_instance_profile(IamInstanceProfile::new().arn(plan.shared.instance_profile.att_arn()))
        .security_group_ids(vec![logical_id::task_security_group(name).att_group_id()])
        .block_device_mappings(vec![BlockDeviceMapping::new().device_name("/dev/xvda").ebs(disk)])
        .metadata_options(metadata)
        .user_data(user_data(name, compute))
        .tag_specifications(vec![tagged("instance"), tagged("volume"), tagged("network-interface")]);
    let own = launch_template::LaunchTemplateTagSpecification::new().resource_type("launch-template").tags(plan.tags.list());
    ec2::LaunchTemplate::new(data).tag_specifications(vec![own])
}

/// The settings of the agent.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html>
fn user_data(name: &str, compute: &Ec2) -> Value<String> {
    let mut script =
        format!("#!/bin/bash\ncat >> /etc/ecs/ecs.config <<'END'\nECS_CLUSTER=${{{}}}\n", logical_id::cluster(name).logical_id());
    script.push_str("ECS_ENABLE_CONTAINER_METADATA=true\n");
    if compute.warm_pool {
        // The agent must not register an instance that is about to be stopped.
        script.push_str("ECS_WARM_POOLS_CHECK=true\n");
    }
    if compute.has_gpu_drivers() {
        script.push_str("ECS_ENABLE_GPU_SUPPORT=true\n");
    }
    script.push_str("END\n");
    Value::from_node(Node::Function("Fn::Base64", Box::new(sub(script).into_node())))
}

/// Room for the tasks of a deployment beside those that it replaces, and for a refresh of the instances of both.
const INSTANCES_OF_A_TASK: u64 = 4;

fn lower_group(workload: &MultiContainerWorkload, compute: &Ec2, plan: &Plan<'_>) -> auto_scaling::AutoScalingGroup {
    let template = logical_id::launch_template(workload.name());
    let most = workload.parts().scaling.max_instances;
    let version = group::LaunchTemplateSpecification::new(template.att_latest_version_number()).launch_template_id(template.reference());
    let maintenance = group::InstanceMaintenancePolicy::new().min_healthy_percentage(100).max_healthy_percentage(200);
    // The launch template tags what it starts.
    let tags = plan.tags.entries().map(|(key, value)| group::TagProperty::new(key.to_owned(), false, value.to_owned()));
    // The capacity provider says how many there are.
    let resource = auto_scaling::AutoScalingGroup::new((u64::from(most) * INSTANCES_OF_A_TASK).to_string(), "0")
        .instance_maintenance_policy(maintenance)
        .vpc_zone_identifier(subnets(workload, plan))
        .tags(tags.collect::<Vec<_>>());
    match compute.types().as_slice() {
        [_] => resource.launch_template(version),
        types => {
            let overrides = types.iter().map(|name| group::LaunchTemplateOverrides::new().instance_type((*name).to_owned()));
            let templates = group::LaunchTemplate::new(version).overrides(overrides.collect::<Vec<_>>());
            // The first type that is available.
            let distribution = group::InstancesDistribution::new().on_demand_allocation_strategy("prioritized");
            resource.mixed_instances_policy(group::MixedInstancesPolicy::new(templates).instances_distribution(distribution))
        }
    }
}

/// ECS's most instances in a step.
const STEP_MAX: u32 = 10_000;

/// As many instances as the tasks need, and no more. They are not protected, so that the group can be deleted with the stack; before
/// one ends, its tasks move to others.
fn lower_capacity_provider(name: &str, most: u32, plan: &Plan<'_>) -> ecs::CapacityProvider {
    use capacity_provider::{
        AutoScalingGroupProviderManagedDraining, AutoScalingGroupProviderManagedTerminationProtection, ManagedScalingStatus,
    };
    let scaling = capacity_provider::ManagedScaling::new()
        .status(ManagedScalingStatus::Enabled)
        .target_capacity(100)
        .maximum_scaling_step_size(most.min(STEP_MAX));
    let provider = capacity_provider::AutoScalingGroupProvider::new(logical_id::auto_scaling_group(name).reference())
        .managed_scaling(scaling)
        .managed_draining(AutoScalingGroupProviderManagedDraining::Enabled)
        .managed_termination_protection(AutoScalingGroupProviderManagedTerminationProtection::Disabled);
    // Of all types this one alone takes no tag without a value.
    let tags = plan.tags.entries().filter(|(_, value)| !value.is_empty());
    let tags = tags.map(|(key, value)| capacity_provider::Tag::new().key(key.to_owned()).value(value.to_owned()));
    ecs::CapacityProvider::new()
        .auto_scaling_group_provider(provider)
        .set_some(provider_name(plan.stack.name(), name), ecs::CapacityProvider::name)
        .tags(tags.collect::<Vec<_>>())
}

/// ECS's longest name of a capacity provider.
const PROVIDER_NAME_MAX: usize = 255;

/// CloudFormation's own name begins with that of the stack, and ECS keeps some beginnings for itself.
/// <https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCapacityProvider.html>
fn provider_name(stack: &str, workload: &str) -> Option<String> {
    let taken = ["aws", "ecs", "fargate"].iter().any(|prefix| stack.to_ascii_lowercase().starts_with(prefix));
    taken.then(|| physical_name::of("stp", &format!("{stack}-{}", written_name(workload)), PROVIDER_NAME_MAX))
}

/// Stopped instances, one for each task that may still come.
fn lower_warm_pool(name: &str, most: u32) -> auto_scaling::WarmPool {
    auto_scaling::WarmPool::new(logical_id::auto_scaling_group(name).reference())
        .min_size(0)
        .max_group_prepared_capacity(most)
        .pool_state(warm_pool::PoolState::Stopped)
}

/// Sunday, 03:00 UTC.
const WEEKLY: &str = "cron(0 3 ? * SUN *)";

/// Replaces the instances every week: new ones run the latest image, and old ones go when the tasks have moved.
fn lower_schedule(name: &str, plan: &Plan<'_>) -> scheduler::Schedule {
    let group = logical_id::auto_scaling_group(name);
    let input = sub(format!(
        "{{\"AutoScalingGroupName\":\"${{{}}}\",\"Preferences\":{{\"MaxHealthyPercentage\":200,\"MinHealthyPercentage\":100,\"ScaleInProtectedInstances\":\"Refresh\",\
         \"SkipMatching\":false}}}}",
        group.logical_id()
    ));
    let action = sub("arn:${AWS::Partition}:scheduler:::aws-sdk:autoscaling:startInstanceRefresh");
    let target = schedule::Target::new(action, plan.shared.instance_refresh_role.att_arn()).input(input);
    scheduler::Schedule::new(schedule::FlexibleTimeWindow::new(schedule::FlexibleTimeWindowMode::Off), WEEKLY, target)
        .description(format!("new instances for {}", written_name(name)))
        .schedule_expression_timezone("UTC")
        .state(schedule::ScheduleState::Enabled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_has_a_name_where_ecs_would_refuse_cloudformations() {
        assert_eq!(provider_name("shop-dev", "api"), None);
        assert_eq!(provider_name("laws-dev", "api"), None);
        for stack in ["aws-dev", "Ecstasy-dev", "fargate-x", "AWSome-prod"] {
            assert_eq!(provider_name(stack, "api"), Some(format!("stp-{stack}-api")));
        }
        assert!(provider_name(&format!("aws-{}", "x".repeat(120)), &"w".repeat(200)).is_some_and(|name| name.len() == 255));
    }
}
