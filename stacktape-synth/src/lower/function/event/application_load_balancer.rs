//! Events of load balancers become target groups that hold one function.

use stacktape_model::function::{ApplicationLoadBalancerIntegration, Function};
use stacktape_model::table::Set;

use super::permit;
use crate::cfn::elastic_load_balancing_v2::{self as elb, target_group};
use crate::cfn::sub;
use crate::fragment::Fragment;
use crate::plan::Plan;
use crate::{logical_id, physical_name};

/// A target group for each load balancer that calls the function; the rules that lead there are lowered with the load balancer.
pub(super) fn lower(function: &Function, plan: &Plan<'_>, fragment: &mut Fragment) {
    let events = function.events_of::<ApplicationLoadBalancerIntegration>();
    let balancers: Set<&str> = events.map(|ApplicationLoadBalancerIntegration { rule }| rule.load_balancer.name.as_str()).collect();
    let name = function.name();
    for balancer in balancers.iter() {
        let id = logical_id::function_target_group(name, balancer);
        let permission = logical_id::balancer_permission(name, balancer);
        // Elastic Load Balancing takes a function only when it may call it, so the permission comes first, and knows the target group
        // by its name.
        let group = physical_name::of_target_group(plan.stack.name(), name, balancer);
        let source = format!("arn:${{AWS::Partition}}:elasticloadbalancing:${{AWS::Region}}:${{AWS::AccountId}}:targetgroup/{group}/*");
        permit(&permission, name, "elasticloadbalancing.amazonaws.com", sub(source), fragment);
        let target = target_group::TargetDescription::new(logical_id::function(name).att_arn());
        let resource =
            elb::TargetGroup::new().name(group).target_type(target_group::TargetType::Lambda).targets(vec![target]).tags(plan.tags.list());
        fragment.add(&id, resource).depends_on(&permission);
    }
}
