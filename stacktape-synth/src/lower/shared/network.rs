//! The stack's VPC: public subnets, and the way out of them.

use crate::cfn::{ec2, get_azs, select};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::plan::{Network, Plan};

const VPC_CIDR: &str = "172.16.0.0/16";

/// The blocks of the public subnets, by availability zone.
const PUBLIC_CIDRS: [&str; 3] = ["172.16.0.0/20", "172.16.16.0/20", "172.16.32.0/20"];

pub(super) fn lower(network: Network, plan: &Plan<'_>, fragment: &mut Fragment) {
    let name = |what: &str| format!("{}-{what}", plan.stack.name());
    let vpc = logical_id::vpc();
    fragment.add(
        &vpc,
        ec2::Vpc::new().cidr_block(VPC_CIDR).enable_dns_hostnames(true).enable_dns_support(true).tags(plan.tags.named(&name("vpc"))),
    );
    let gateway = logical_id::internet_gateway();
    let attachment = logical_id::internet_gateway_attachment();
    fragment.add(&gateway, ec2::InternetGateway::new().tags(plan.tags.named(&name("internet-gateway"))));
    fragment.add(&attachment, ec2::VpcGatewayAttachment::new(vpc.reference()).internet_gateway_id(gateway.reference()));
    for (index, cidr) in (0..network.availability_zones).zip(PUBLIC_CIDRS) {
        let subnet = logical_id::public_subnet(index);
        let table = logical_id::public_route_table(index);
        let tags = name(&format!("public-{index}"));
        fragment.add(
            &subnet,
            ec2::Subnet::new(vpc.reference())
                .availability_zone(select(index, get_azs()))
                .cidr_block(cidr)
                .map_public_ip_on_launch(true)
                .tags(plan.tags.named(&tags)),
        );
        fragment.add(&table, ec2::RouteTable::new(vpc.reference()).tags(plan.tags.named(&tags)));
        // A route to a gateway that is not attached yet is refused.
        fragment
            .add(
                &logical_id::public_route(index),
                ec2::Route::new(table.reference()).destination_cidr_block("0.0.0.0/0").gateway_id(gateway.reference()),
            )
            .depends_on(&attachment);
        let association = ec2::SubnetRouteTableAssociation::new(table.reference(), subnet.reference());
        fragment.add(&logical_id::public_subnet_association(index), association);
    }
}
