//! Whether the network is there that the resources of a stack need.

use crate::application_load_balancer::ApplicationLoadBalancer;
use crate::batch_job::BatchJob;
use crate::check::{Check, Resources};
use crate::efs_filesystem::EfsFilesystem;
use crate::load_balancing::Interface;
use crate::multi_container_workload::MultiContainerWorkload;
use crate::nested::written_name;
use crate::network_load_balancer::NetworkLoadBalancer;
use crate::stack_config::{AvailabilityZones, ReuseVpc, Vpc, VpcIds};
use crate::table::sort_by;

/// Mistakes in the network, over all resources.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "network")]
#[non_exhaustive]
pub enum NetworkIssue {
    /// A load balancer needs subnets in two availability zones, and what runs needs one at the least.
    #[error("found {found} {kind} subnets in the reused VPC, expected at least {expected} for `{resource}`")]
    #[issue(
        help = "name them in `.{kind}_subnet_ids([..])`, one in each availability zone",
        yaml = "name them in `{kind}SubnetIds`, one in each availability zone",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html"
    )]
    FewSubnets {
        /// How many there are.
        found: usize,
        /// `public` or `private`.
        kind: &'static str,
        /// How many are needed.
        expected: usize,
        /// What needs them.
        resource: String,
    },
    /// What runs in one availability zone stops when the zone does.
    #[error("found one {kind} subnet in the reused VPC, where `{resource}` runs, expected two, in two availability zones")]
    #[issue(
        help = "name another one in `.{kind}_subnet_ids([..])`; as it stands, a failure of the zone stops all instances",
        yaml = "name another one in `{kind}SubnetIds`; as it stands, a failure of the zone stops all instances",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html"
    )]
    OneSubnet {
        /// `public` or `private`.
        kind: &'static str,
        /// What runs there.
        resource: String,
    },
    /// NAT gateways belong to private subnets of the stack's own VPC.
    #[error("found `nat` in {place}, expected it beside workloads in private subnets of the stack's own VPC")]
    #[issue(
        help = "write `.use_private_subnets_with_nat(true)` on a workload, or leave it out; as it stands, no NAT gateway is made",
        yaml = "write `usePrivateSubnetsWithNAT: true` on a workload, or leave it out; as it stands, no NAT gateway is made",
        warning
    )]
    IdleNat {
        /// Where it is idle.
        place: &'static str,
    },
    /// A zone has one NAT gateway.
    #[error("found NAT gateways in {found} availability zones, expected at most the {expected} of the network")]
    #[issue(
        help = "write the same number twice; as it stands, {expected} NAT gateways are made",
        warning,
        docs = "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html"
    )]
    MoreNatThanZones {
        /// In how many zones they are wanted.
        found: u8,
        /// How many zones there are.
        expected: u8,
    },
    /// The zones of a VPC that is named by its ids are those of its subnets.
    #[error("found three availability zones beside a reused VPC with its own subnets, expected none to be given")]
    #[issue(help = "leave the availability zones out: the subnets that you name say where things run", warning)]
    IdleZones,
    /// CloudFormation exports nothing to the stack itself.
    #[error("found the stack itself, `{stack}`, as the one whose VPC is reused, expected another stack")]
    #[issue(
        help = "name the stack that makes the VPC, or reuse none",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html"
    )]
    OwnVpc {
        /// The stack.
        stack: String,
    },
}

/// Whether any workload wants to be in private subnets.
pub(crate) fn asks_for_private_subnets<'a>(mut workloads: impl Iterator<Item = &'a MultiContainerWorkload>) -> bool {
    workloads.any(|workload| workload.use_private_subnets_with_nat)
}

/// Checks the network. `stack`: the stack's name.
pub(crate) fn check(stack: &str, resources: Resources<'_>, vpc: &Vpc, root: &mut Check<'_>) {
    let mut section = root.field("stackConfig");
    let mut at = section.field("vpc");
    check_nat(vpc, asks_for_private_subnets(resources.all()), &mut at);
    let Some(reused) = &vpc.reuse_vpc else { return };
    let mut at = at.written_here(reused.origin());
    match reused {
        ReuseVpc::OfStack(other) if other.stack_name() == stack => {
            at.field("reuseVpc").report(&NetworkIssue::OwnVpc { stack: stack.to_owned() });
        }
        ReuseVpc::OfStack(_) => {}
        ReuseVpc::ById(ids) => {
            if vpc.availability_zones != AvailabilityZones::default() {
                at.field("availabilityZones").report(&NetworkIssue::IdleZones);
            }
            check_subnets(ids, resources, &mut at.field("reuseVpc"));
        }
    }
}

fn check_nat(vpc: &Vpc, asked: bool, at: &mut Check<'_>) {
    let Some(nat) = vpc.nat else { return };
    let (found, expected) = (nat.availability_zones.count(), vpc.availability_zones.count());
    let place = match &vpc.reuse_vpc {
        Some(_) => Some("a stack that reuses a VPC"),
        None if !vpc.has_private_subnets(asked) => Some("a stack without private subnets"),
        None => None,
    };
    if let Some(place) = place {
        at.field("nat").report(&NetworkIssue::IdleNat { place });
    } else if found > expected {
        at.field("nat").field("availabilityZones").report(&NetworkIssue::MoreNatThanZones { found, expected });
    }
}

/// What a resource needs of the subnets of a kind.
struct Need<'a> {
    private: bool,
    expected: usize,
    resource: &'a str,
}

/// Load balancers first, which need more than what runs.
fn needs<'a>(ids: &VpcIds, resources: Resources<'a>) -> Vec<Need<'a>> {
    let balancers = resources.all::<ApplicationLoadBalancer>().map(|balancer| Need {
        private: balancer.interface == Interface::Internal && ids.public_subnet_ids.is_empty(),
        expected: 2,
        resource: written_name(balancer.name()),
    });
    let passing = resources.all::<NetworkLoadBalancer>().map(|balancer| Need {
        private: balancer.interface == Interface::Internal && ids.public_subnet_ids.is_empty(),
        expected: 1,
        resource: written_name(balancer.name()),
    });
    let filesystems = resources.all::<EfsFilesystem>().map(|filesystem| Need {
        private: ids.public_subnet_ids.is_empty(),
        expected: 1,
        resource: filesystem.name(),
    });
    let workloads = resources.all::<MultiContainerWorkload>().map(|workload| Need {
        private: workload.use_private_subnets_with_nat,
        expected: 1,
        resource: written_name(workload.name()),
    });
    let jobs = resources.all::<BatchJob>().map(|job| Need { private: ids.public_subnet_ids.is_empty(), expected: 1, resource: job.name() });
    let mut needs: Vec<_> = balancers.chain(passing).chain(jobs).chain(workloads).chain(filesystems).collect();
    sort_by(&mut needs, |one, other| other.expected.cmp(&one.expected).then_with(|| one.resource.cmp(other.resource)));
    needs
}

fn check_subnets(ids: &VpcIds, resources: Resources<'_>, at: &mut Check<'_>) {
    let needs = needs(ids, resources);
    for (private, kind, key, found) in [
        (false, "public", "publicSubnetIds", ids.public_subnet_ids.len()),
        (true, "private", "privateSubnetIds", ids.private_subnet_ids.len()),
    ] {
        let Some(need) = needs.iter().find(|need| need.private == private) else { continue };
        let (expected, resource) = (need.expected, need.resource.to_owned());
        if found < expected {
            at.field(key).report(&NetworkIssue::FewSubnets { found, kind, expected, resource });
        } else if found == 1 {
            at.field(key).report(&NetworkIssue::OneSubnet { kind, resource });
        }
    }
}
