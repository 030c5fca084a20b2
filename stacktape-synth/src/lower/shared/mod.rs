//! What the resources of a stack share, each made once, because the plan says so.

mod batch;
mod instances;
mod network;

use crate::cfn::{PropertyType, ecs, iam, service_discovery, sub};
use crate::fragment::{Fragment, Owner};
use crate::physical_name;
use crate::plan::Plan;
use crate::policy::{self, Grant};

/// Lowers everything that is shared.
pub(super) fn lower(plan: &Plan<'_>) -> Fragment {
    let mut fragment = Fragment::new(Owner::Shared);
    network::lower(plan, &mut fragment);
    if let Some(grants) = &plan.execution_role {
        if plan.shares_cluster() {
            fragment.add(&plan.shared.cluster, ecs::Cluster::new().tags(plan.tags.list()));
        }
        fragment.add(&plan.shared.execution_role, execution_role(grants, plan));
    }
    if !plan.on_ec2.is_empty() {
        instances::lower(plan, &mut fragment);
    }
    if !plan.jobs.is_empty() {
        batch::lower(plan, &mut fragment);
    }
    if plan.namespace {
        fragment.add(&plan.shared.namespace, namespace(plan));
    }
    fragment
}

/// ECS pulls images, writes logs and reads secrets with this role.
fn execution_role(grants: &[Grant], plan: &Plan<'_>) -> iam::Role {
    let managed = sub("arn:${AWS::Partition}:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy");
    let secrets = (!grants.is_empty()).then(|| iam::role::Policy::new(policy::document(grants.to_vec()), "read-secrets"));
    iam::Role::new(policy::trust("ecs-tasks.amazonaws.com", None))
        .managed_policy_arns(vec![managed])
        .set_some(secrets, |role, policy| role.policies(vec![policy]))
        .tags(plan.tags.list())
}

/// The longest label of a domain name.
const NAMESPACE_NAME_MAX: usize = 63;

/// Gateways and workloads find the instances of workloads here.
fn namespace(plan: &Plan<'_>) -> service_discovery::PrivateDnsNamespace {
    let name = physical_name::of(plan.stack.name(), "private-namespace", NAMESPACE_NAME_MAX);
    service_discovery::PrivateDnsNamespace::new(name).vpc(plan.network.vpc.clone()).tags(plan.tags.list())
}
