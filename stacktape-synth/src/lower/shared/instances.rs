//! What EC2 instances of all workloads may do, and what may replace them.

use crate::cfn::{Node, Pseudo, iam, sub};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::plan::Plan;
use crate::policy::{self, Grant};

pub(super) fn lower(plan: &Plan<'_>, fragment: &mut Fragment) {
    fragment.add(&plan.shared.instance_role, instance_role(plan));
    fragment.add(&plan.shared.instance_profile, iam::InstanceProfile::new(vec![plan.shared.instance_role.reference()]));
    fragment.add(&plan.shared.instance_refresh_role, instance_refresh_role(plan));
}

/// The agent of ECS registers its instance, and runs tasks there.
fn instance_role(plan: &Plan<'_>) -> iam::Role {
    let managed = sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role");
    iam::Role::new(policy::trust("ec2.amazonaws.com", None)).managed_policy_arns(vec![managed]).tags(plan.tags.list())
}

/// The schedules replace the instances of the stack's own groups. Who uses a launch template must be able to read the parameter with
/// its image, which is public.
/// <https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html>
fn instance_refresh_role(plan: &Plan<'_>) -> iam::Role {
    let groups = plan.on_ec2.iter().map(|workload| {
        let group = logical_id::auto_scaling_group(workload);
        let name = group.logical_id();
        sub(format!(
            "arn:${{AWS::Partition}}:autoscaling:${{AWS::Region}}:${{AWS::AccountId}}:autoScalingGroup:*:autoScalingGroupName/${{{name}}}"
        ))
    });
    let refresh = Grant::new(["autoscaling:StartInstanceRefresh"], groups.collect::<Vec<_>>());
    let images = sub("arn:${AWS::Partition}:ssm:${AWS::Region}::parameter/aws/service/ecs/optimized-ami/*");
    let look_up = Grant::new(["ssm:GetParameters"], [images]);
    let account = Node::object([("aws:SourceAccount", Node::Pseudo(Pseudo::AccountId))]);
    let of_this_account = Node::object([("StringEquals", account)]);
    iam::Role::new(policy::trust("scheduler.amazonaws.com", Some(of_this_account)))
        .policies(vec![iam::role::Policy::new(policy::document(vec![refresh, look_up]), "refresh-instances")])
        .tags(plan.tags.list())
}
