//! The stack's VPC: public subnets, and the way out of them.

use crate::cfn::{ec2, get_azs, select};
use crate::fragment::Fragment;
use crate::logical_id::PublicSubnet;
use crate::plan::{Network, Plan};

/// The blocks of the public subnets, by availability zone.
const PUBLIC_CIDRS: [&str; 3] = ["172.16.0.0/20", "172.16.16.0/20", "172.16.32.0/20"];

pub(super) fn lower(network: &Network, plan: &Plan<'_>, fragment: &mut Fragment) {
    let name = |what: &str| format!("{}-{what}", plan.stack.name());
    let vpc = &plan.shared.vpc;
    fragment.add(
        vpc,
        ec2::Vpc::new().cidr_block(Network::CIDR).enable_dns_hostnames(true).enable_dns_support(true).tags(plan.tags.named(&name("vpc"))),
    );
    let gateway = &plan.shared.internet_gateway;
    let attachment = &plan.shared.internet_gateway_attachment;
    fragment.add(gateway, ec2::InternetGateway::new().tags(plan.tags.named(&name("internet-gateway"))));
    fragment.add(attachment, ec2::VpcGatewayAttachment::new(vpc.reference()).internet_gateway_id(gateway.reference()));
    for ((index, public), cidr) in (0..).zip(&network.public_subnets).zip(PUBLIC_CIDRS) {
        let PublicSubnet { subnet, route_table, route, association } = public;
        let tags = name(&format!("public-{index}"));
        fragment.add(
            subnet,
            ec2::Subnet::new(vpc.reference())
                .availability_zone(select(index, get_azs()))
                .cidr_block(cidr)
                .map_public_ip_on_launch(true)
                .tags(plan.tags.named(&tags)),
        );
        fragment.add(route_table, ec2::RouteTable::new(vpc.reference()).tags(plan.tags.named(&tags)));
        // A route to a gateway that is not attached yet is refused.
        fragment
            .add(route, ec2::Route::new(route_table.reference()).destination_cidr_block("0.0.0.0/0").gateway_id(gateway.reference()))
            .depends_on(attachment);
        fragment.add(association, ec2::SubnetRouteTableAssociation::new(route_table.reference(), subnet.reference()));
    }
}
