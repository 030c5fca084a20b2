//! Mistakes in the network.

use super::planting::{Mistake, Planting, WORKLOAD, planted, workload};
use crate::application_load_balancer::{ApplicationLoadBalancer, Listener, Redirect, RedirectStatus};
use crate::resource::Resource;
use crate::stack_config::{AvailabilityZones, Nat, NatAvailabilityZones, ReuseVpc, StackVpc, VpcIds};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("reuse_vpc::id", |planting| {
        let (list, id) = planting.one(&[
            ("vpcId", "vpc-0123"),
            ("publicSubnetIds", "subnet-0123ABCD"),
            ("privateSubnetIds", "rtb-0123abcd"),
            ("publicRouteTableIds", "subnet-0123abcd"),
            ("privateRouteTableIds", ""),
        ]);
        let mut ids = ids();
        let path = match list {
            "vpcId" => {
                ids.vpc_id = id.into();
                "vpcId"
            }
            "publicSubnetIds" => {
                ids = ids.public_subnet_ids([id]);
                "publicSubnetIds[2]"
            }
            "privateSubnetIds" => {
                ids = ids.private_subnet_ids([id]);
                "privateSubnetIds[2]"
            }
            "publicRouteTableIds" => {
                ids = ids.public_route_table_ids([id]);
                "publicRouteTableIds[0]"
            }
            _ => {
                ids = ids.private_route_table_ids([id]);
                "privateRouteTableIds[0]"
            }
        };
        reuse(planting, ids) + "." + path
    }),
    Mistake::anywhere("reuse_vpc::cidr_block", |planting| {
        let cidr = planting.one(&["10.0.0.0", "2001:db8::/32", "10.0.0.0/33", ""]);
        reuse(planting, VpcIds { cidr_block: cidr.into(), ..ids() }) + ".cidrBlock"
    }),
    Mistake::anywhere("reuse_vpc::public_cidr_block", |planting| {
        let cidr = planting.one(&["11.0.0.0/16", "0.0.0.0/0", "172.32.0.0/16", "192.168.0.0/15", "172.16.0.0/11"]);
        reuse(planting, VpcIds { cidr_block: cidr.into(), ..ids() }) + ".cidrBlock"
    }),
    Mistake::anywhere("reuse_vpc::twice", |planting| reuse(planting, ids().public_subnet_ids(["subnet-00000001"])) + ".publicSubnetIds[2]"),
    Mistake::anywhere("reuse_vpc::too_many_subnets", |planting| {
        let count = planting.one(&[15, 40]);
        let more = (0..count).map(|number| format!("subnet-1{number:07}"));
        reuse(planting, ids().private_subnet_ids(more)) + ".privateSubnetIds"
    }),
    Mistake::anywhere("network::few_subnets", |planting| {
        let moved = Redirect::builder(RedirectStatus::Temporary).host("example.com").build();
        planting.stack.add(ApplicationLoadBalancer::builder("planted").listener(Listener::http(80).default_action(moved)));
        let mut ids = ids();
        ids.public_subnet_ids.truncate(planting.one(&[0, 1]));
        reuse(planting, ids) + ".publicSubnetIds"
    }),
    Mistake::anywhere("network::one_subnet", |planting| {
        planting.stack.add(workload(planted("alone")).use_private_subnets_with_nat(true));
        let mut ids = ids();
        ids.private_subnet_ids.truncate(1);
        reuse(planting, ids) + ".privateSubnetIds"
    }),
    Mistake::anywhere("network::idle_nat", |planting| {
        if planting.one(&[true, false]) {
            reuse(planting, ids());
        } else {
            for resource in &mut planting.stack.resources {
                match resource {
                    Resource::MultiContainerWorkload(workload) => workload.use_private_subnets_with_nat = false,
                    Resource::PrivateService(service) => service.use_private_subnets_with_nat = false,
                    Resource::WebService(service) => service.use_private_subnets_with_nat = false,
                    Resource::WorkerService(service) => service.use_private_subnets_with_nat = false,
                    _ => {}
                }
            }
            planting.stack.config.vpc.export = false;
            planting.stack.config.vpc.reuse_vpc = None;
        }
        planting.stack.config.vpc.nat = Some(Nat::default());
        "stackConfig.vpc.nat".to_owned()
    }),
    Mistake::new("network::more_nat_than_zones", WORKLOAD, |planting| {
        planting.workload().0.use_private_subnets_with_nat = true;
        planting.stack.config.vpc.reuse_vpc = None;
        planting.stack.config.vpc.availability_zones = AvailabilityZones::Two;
        planting.stack.nat_availability_zones(NatAvailabilityZones::Three);
        "stackConfig.vpc.nat.availabilityZones".to_owned()
    }),
    Mistake::anywhere("network::idle_zones", |planting| {
        reuse(planting, ids());
        planting.stack.availability_zones(AvailabilityZones::Three);
        "stackConfig.vpc.availabilityZones".to_owned()
    }),
    Mistake::anywhere("network::own_vpc", |planting| {
        let own = StackVpc::new(planting.stack.project.clone(), planting.stack.stage.clone());
        reuse(planting, own)
    }),
];

/// A VPC with two subnets of each kind.
fn ids() -> VpcIds {
    VpcIds::new("vpc-01234567", "10.0.0.0/16")
        .public_subnet_ids(["subnet-00000001", "subnet-00000002"])
        .private_subnet_ids(["subnet-00000003", "subnet-00000004"])
}

/// Lets the stack reuse a VPC.
fn reuse(planting: &mut Planting<'_>, vpc: impl Into<ReuseVpc>) -> String {
    let config = &mut planting.stack.config.vpc;
    (config.nat, config.availability_zones) = (None, AvailabilityZones::default());
    planting.stack.reuse_vpc(vpc);
    "stackConfig.vpc.reuseVpc".to_owned()
}
