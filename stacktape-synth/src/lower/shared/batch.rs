//! Where jobs run: environments and queues of AWS Batch, only of the kinds that some job uses.

use crate::cfn::batch::{self, compute_environment as environment, job_queue};
use crate::cfn::ec2::{self, launch_template};
use crate::cfn::{Value, iam, sub};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::batch_job;
use crate::plan::Plan;
use crate::policy::{self, Grant};

/// How many vCPUs all jobs of a kind may have at once.
const VCPUS_MAX: u16 = 1000;

pub(super) fn lower(plan: &Plan<'_>, fragment: &mut Fragment) {
    let shared = &plan.shared;
    let managed = sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role");
    let role = iam::Role::new(policy::trust("ec2.amazonaws.com", None)).managed_policy_arns(vec![managed]).tags(plan.tags.list());
    fragment.add(&shared.batch_instance_role, role);
    fragment.add(&shared.batch_instance_profile, iam::InstanceProfile::new(vec![shared.batch_instance_role.reference()]));
    fragment.add(
        &shared.batch_instance_security_group,
        // Nothing calls a job.
        ec2::SecurityGroup::new("instances of jobs")
            .vpc_id(plan.network.vpc.clone())
            .tags(plan.tags.named(&format!("{}-batch", plan.stack.name()))),
    );
    fragment.add(&shared.batch_launch_template, lower_launch_template(plan));
    for (spot, gpu) in [(false, false), (false, true), (true, false), (true, true)] {
        if plan.jobs.iter().any(|job| (*job.parts().use_spot_instances, job.parts().resources.has_gpu()) == (spot, gpu)) {
            lower_environment(spot, gpu, plan, fragment);
        }
    }
    fragment.add(&shared.batch_state_machine_role, state_machine_role(plan));
}

fn lower_environment(spot: bool, gpu: bool, plan: &Plan<'_>, fragment: &mut Fragment) {
    let ids = logical_id::batch(spot, gpu);
    let template = &plan.shared.batch_launch_template;
    let kind = if spot { "SPOT" } else { "EC2" };
    // These strategies let the environment be changed where it is; with `BEST_FIT` each change replaces it.
    // <https://docs.aws.amazon.com/batch/latest/userguide/updating-compute-environments.html>
    let strategy = if spot { "SPOT_PRICE_CAPACITY_OPTIMIZED" } else { "BEST_FIT_PROGRESSIVE" };
    let types: &[&'static str] = if gpu { &["g5", "p4d"] } else { &["optimal"] };
    let image = if gpu { "ECS_AL2023_NVIDIA" } else { "ECS_AL2023" };
    let resources = environment::ComputeResources::new(VCPUS_MAX, kind)
        .allocation_strategy(strategy)
        .ec2_configuration(vec![environment::Ec2ConfigurationObject::new(image)])
        .instance_role(plan.shared.batch_instance_profile.att_arn())
        .instance_types(types.iter().map(|name| Value::from(*name)).collect::<Vec<Value<String>>>())
        .launch_template(
            environment::LaunchTemplateSpecification::new()
                .launch_template_id(template.reference())
                .version(template.att_latest_version_number()),
        )
        // Nothing is paid for while no job runs.
        .minv_cpus(0)
        .security_group_ids(vec![plan.shared.batch_instance_security_group.att_group_id()])
        .subnets(plan.network.inner_subnet_ids())
        .tags(plan.tags.map())
        // A change of the environment brings the latest image along; AWS Batch asks for no other occasion.
        .update_to_latest_image_version(true);
    // Without a role of ours, AWS Batch uses its service-linked role, which outlives the environment: a role of the stack could be
    // deleted while AWS Batch still takes instances away.
    let resource =
        batch::ComputeEnvironment::new("MANAGED").compute_resources(resources).replace_compute_environment(false).tags(plan.tags.map());
    let rendered = fragment.add(&ids.compute_environment, resource);
    // Instances speak to ECS over these routes, also while jobs end on deletion.
    for subnet in plan.network.own_subnets(false) {
        rendered.depends_on(&subnet.route).depends_on(&subnet.association);
    }
    // The queue points at its environment: AWS Batch makes a queue behind its environment only, and deletes it before.
    let order = job_queue::ComputeEnvironmentOrder::new(ids.compute_environment.reference(), 0);
    fragment.add(&ids.queue, batch::JobQueue::new(10).compute_environment_order(vec![order]).tags(plan.tags.map()));
}

fn lower_launch_template(plan: &Plan<'_>) -> ec2::LaunchTemplate {
    use launch_template::{BlockDeviceMapping, Ebs, EbsVolumeType, MetadataOptions, MetadataOptionsHttpTokens};
    // Images of jobs are large, and all jobs of an instance share its disk.
    let disk = Ebs::new().encrypted(true).volume_type(EbsVolumeType::Gp3).volume_size(100).delete_on_termination(true);
    let metadata = MetadataOptions::new().http_tokens(MetadataOptionsHttpTokens::Required).http_put_response_hop_limit(1);
    // The environment tags instances.
    let volumes =
        launch_template::TagSpecification::new().resource_type("volume").tags(plan.tags.named(&format!("{}-batch", plan.stack.name())));
    let data = launch_template::LaunchTemplateData::new()
        .block_device_mappings(vec![BlockDeviceMapping::new().device_name("/dev/xvda").ebs(disk)])
        .metadata_options(metadata)
        .tag_specifications(vec![volumes]);
    let own = launch_template::LaunchTemplateTagSpecification::new().resource_type("launch-template").tags(plan.tags.list());
    ec2::LaunchTemplate::new(data).tag_specifications(vec![own])
}

/// What the state machines may do: run the jobs of the stack, and hear of their end by a rule that Step Functions keeps.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html>
fn state_machine_role(plan: &Plan<'_>) -> iam::Role {
    let run = plan.jobs.iter().map(|job| batch_job::submit(job, plan.stack));
    let jobs = sub("arn:${AWS::Partition}:batch:${AWS::Region}:${AWS::AccountId}:job/*");
    let rule = sub("arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/StepFunctionsGetEventsForBatchJobsRule");
    let own = [
        Grant::new(["batch:TerminateJob"], [jobs]),
        // IAM knows no resources of this action.
        Grant::new(["batch:DescribeJobs"], ["*".into()]),
        Grant::new(["events:DescribeRule", "events:PutRule", "events:PutTargets"], [rule]),
    ];
    let grants = policy::merge(run.chain(own));
    iam::Role::new(policy::trust("states.amazonaws.com", Some(policy::machines_of_this_account())))
        .policies(vec![iam::role::Policy::new(policy::document(grants), "run-jobs")])
        .tags(plan.tags.list())
}
