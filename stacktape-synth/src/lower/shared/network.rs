//! The stack's VPC: subnets, and the ways out of them.

use crate::cfn::{Value, ec2, get_azs, select, sub};
use crate::fragment::Fragment;
use crate::logical_id::{NatIds, SubnetIds};
use crate::plan::{Network, OwnNetwork, Plan};

/// The blocks of the public subnets, by availability zone.
const PUBLIC_CIDRS: [&str; 3] = ["172.16.0.0/20", "172.16.16.0/20", "172.16.32.0/20"];
/// The blocks of the private subnets, by availability zone.
const PRIVATE_CIDRS: [&str; 3] = ["172.16.48.0/20", "172.16.64.0/20", "172.16.80.0/20"];

pub(super) fn lower(plan: &Plan<'_>, fragment: &mut Fragment) {
    if let Some(own) = &plan.network.own {
        lower_vpc(plan, fragment);
        for ((index, public), cidr) in (0..).zip(&own.public).zip(PUBLIC_CIDRS) {
            let name = named(plan, &format!("public-{index}"));
            lower_subnet(public, index, cidr, true, &name, plan, fragment);
            let route = ec2::Route::new(public.route_table.reference());
            // A route to a gateway that is not attached yet is refused.
            fragment
                .add(&public.route, route.destination_cidr_block(ANYWHERE).gateway_id(plan.shared.internet_gateway.reference()))
                .depends_on(&plan.shared.internet_gateway_attachment);
        }
        lower_nat(own, plan, fragment);
        for ((index, private), cidr) in (0..).zip(&own.private).zip(PRIVATE_CIDRS) {
            let name = named(plan, &format!("private-{index}"));
            lower_subnet(private, index, cidr, false, &name, plan, fragment);
            // A zone without a gateway uses the last one.
            if let Some(nat) = own.nat.get(usize::from(index)).or(own.nat.last()) {
                let route = ec2::Route::new(private.route_table.reference());
                fragment.add(&private.route, route.destination_cidr_block(ANYWHERE).nat_gateway_id(nat.gateway.reference()));
            }
        }
    }
    let network = &plan.network;
    for (id, service, tables) in [
        (&plan.shared.s3_gateway_endpoint, "s3", &network.s3_route_tables),
        (&plan.shared.dynamo_db_gateway_endpoint, "dynamodb", &network.dynamo_db_route_tables),
    ] {
        if tables.is_empty() {
            continue;
        }
        let endpoint = ec2::VpcEndpoint::new(network.vpc.clone())
            .vpc_endpoint_type(ec2::vpc_endpoint::VpcEndpointType::Gateway)
            .service_name(sub(format!("com.amazonaws.${{AWS::Region}}.{service}")))
            .route_table_ids(tables.clone())
            .tags(plan.tags.named(&named(plan, service)));
        fragment.add(id, endpoint);
    }
}

const ANYWHERE: &str = "0.0.0.0/0";

fn named(plan: &Plan<'_>, what: &str) -> String {
    format!("{}-{what}", plan.stack.name())
}

fn lower_vpc(plan: &Plan<'_>, fragment: &mut Fragment) {
    let vpc = &plan.shared.vpc;
    fragment.add(
        vpc,
        ec2::Vpc::new()
            .cidr_block(Network::CIDR)
            .enable_dns_hostnames(true)
            .enable_dns_support(true)
            .tags(plan.tags.named(&named(plan, "vpc"))),
    );
    let gateway = &plan.shared.internet_gateway;
    fragment.add(gateway, ec2::InternetGateway::new().tags(plan.tags.named(&named(plan, "internet-gateway"))));
    let attachment = ec2::VpcGatewayAttachment::new(vpc.reference()).internet_gateway_id(gateway.reference());
    fragment.add(&plan.shared.internet_gateway_attachment, attachment);
}

/// A subnet with its route table, but for the way out.
fn lower_subnet(ids: &SubnetIds, zone: u8, cidr: &'static str, public: bool, name: &str, plan: &Plan<'_>, fragment: &mut Fragment) {
    let vpc = &plan.shared.vpc;
    fragment.add(
        &ids.subnet,
        ec2::Subnet::new(vpc.reference())
            .availability_zone(select(zone, get_azs()))
            .cidr_block(cidr)
            .map_public_ip_on_launch(public)
            .tags(plan.tags.named(name)),
    );
    fragment.add(&ids.route_table, ec2::RouteTable::new(vpc.reference()).tags(plan.tags.named(name)));
    fragment.add(&ids.association, ec2::SubnetRouteTableAssociation::new(ids.route_table.reference(), ids.subnet.reference()));
}

/// The NAT gateways, each in a public subnet whose way out must be there before and go after it.
fn lower_nat(own: &OwnNetwork, plan: &Plan<'_>, fragment: &mut Fragment) {
    let attachment = &plan.shared.internet_gateway_attachment;
    for ((index, NatIds { address, gateway }), public) in own.nat.iter().enumerate().zip(&own.public) {
        let name = named(plan, &format!("nat-{index}"));
        fragment.add(address, ec2::Eip::new().domain("vpc").tags(plan.tags.named(&name))).depends_on(attachment);
        let allocation: Value<String> = address.att_allocation_id();
        let resource = ec2::NatGateway::new().allocation_id(allocation).subnet_id(public.subnet.reference()).tags(plan.tags.named(&name));
        fragment.add(gateway, resource).depends_on(attachment).depends_on(&public.route).depends_on(&public.association);
    }
}
