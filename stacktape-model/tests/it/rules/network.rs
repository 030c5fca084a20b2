//! The network: of the stack's own, and one that is reused.

use serde_json::json;
use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, Listener, Redirect};
use stacktape_model::load_balancing::Interface;
use stacktape_model::bucket::Bucket;
use stacktape_model::raw_resource::RawResource;
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::{AvailabilityZones, NatAvailabilityZones, ReuseVpc, StackVpc, VpcIds};
use stacktape_model::text::Text;

use crate::support::{Rule, empty, rule, web, workload};

/// A VPC with two subnets of each kind.
#[track_caller]
fn ids() -> VpcIds {
    VpcIds::new("vpc-01234567", "10.0.0.0/16")
        .public_subnet_ids(["subnet-00000001", "subnet-00000002"])
        .private_subnet_ids(["subnet-00000003", "subnet-00000004"])
}

#[track_caller]
fn reusing(vpc: impl Into<ReuseVpc>) -> Stack {
    let mut stack = empty();
    stack.reuse_vpc(vpc).add(Bucket::builder("photos"));
    stack
}

/// A stack with a workload `api` in public or private subnets.
#[track_caller]
fn running(private: bool) -> Stack {
    let mut stack = empty();
    stack.add(workload("api").container(web()).use_private_subnets_with_nat(private));
    stack
}

#[track_caller]
fn balanced(interface: Interface, vpc: VpcIds) -> Stack {
    let mut stack = empty();
    let listener = Listener::http(80).default_action(Redirect::to_https());
    stack.reuse_vpc(vpc).add(ApplicationLoadBalancer::builder("main").interface(interface).listener(listener));
    stack
}

#[track_caller]
fn with_cidr(cidr: &str) -> Stack {
    reusing(VpcIds::new("vpc-01234567", cidr))
}

fn import(name: &str) -> Text {
    Text::Intrinsic(Box::new(json!({"Fn::ImportValue": name}).into()))
}

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = reused();
    rules.extend(needed());
    rules.extend(own());
    rules
}

fn reused() -> Vec<Rule> {
    const VPC: &str = "stackConfig.vpc.reuseVpc";
    let at = |key: &str| format!("{VPC}.{key}");
    let raw = RawResource::new("Vpc", "AWS::EC2::VPC").property("CidrBlock", "10.0.0.0/16");
    let mut of_raw = reusing(VpcIds::new(raw.reference(), "10.0.0.0/16"));
    of_raw.add_raw(raw);
    let many = |count: u32| ids().private_subnet_ids((2..count).map(|number| format!("subnet-1{number:07}")));
    vec![
        rule("reuse_vpc::id")
            .refuses(&at("vpcId"), reusing(VpcIds::new("my-vpc", "10.0.0.0/16")))
            .saying(
                "found the id `my-vpc`, expected `vpc-` and 8 or 17 hexadecimal digits",
                "copy the id from the console of Amazon VPC, or import it: `Text::Intrinsic`",
            )
            .refuses(&at("publicSubnetIds[2]"), reusing(ids().public_subnet_ids(["subnet-0000000A"])))
            .refuses(&at("privateSubnetIds[2]"), reusing(ids().private_subnet_ids(["subnet-000000001"])))
            .refuses(&at("publicRouteTableIds[0]"), reusing(ids().public_route_table_ids(["subnet-00000001"])))
            .refuses(&at("privateRouteTableIds[0]"), reusing(ids().private_route_table_ids([""])))
            .takes(reusing(VpcIds::new("vpc-0123456789abcdef0", "10.0.0.0/16").private_route_table_ids(["rtb-0123abcd"])))
            .takes(reusing(VpcIds::new(import("network-id"), import("network-addresses")).public_subnet_ids([import("a"), import("b")])))
            .takes(of_raw)
            .takes(reusing(
                VpcIds::new("{{resolve:ssm:/net/vpc}}", "{{resolve:ssm:/net/cidr:2}}")
                    .public_subnet_ids(["{{resolve:ssm:/net/public-1}}", "{{resolve:ssm:/net/public-2}}"])
                    .private_subnet_ids(["{{resolve:ssm:net.private_1:12}}"])
                    .public_route_table_ids(["{{resolve:ssm:/net/public}}"])
                    .private_route_table_ids(["{{resolve:ssm:/net/private}}"]),
            ))
            // No references: CloudFormation leaves them as they are, or puts no plain text there.
            .refuses(&at("vpcId"), reusing(VpcIds::new("{{resolve:ssm:}}", "10.0.0.0/16")))
            .refuses(&at("vpcId"), reusing(VpcIds::new("{{resolve:ssm:/net/vpc:latest}}", "10.0.0.0/16")))
            .refuses(&at("vpcId"), reusing(VpcIds::new("{{resolve:ssm:/net/vpc", "10.0.0.0/16")))
            .refuses(&at("vpcId"), reusing(VpcIds::new("{{resolve:ssm-secure:/net/vpc}}", "10.0.0.0/16"))),
        rule("reuse_vpc::cidr_block")
            .refuses(&at("cidrBlock"), with_cidr("10.0.0.0"))
            .saying(
                "found the addresses `10.0.0.0`, expected a range of IPv4 addresses such as `10.0.0.0/16`",
                "write the IPv4 CIDR of the VPC",
            )
            .refuses(&at("cidrBlock"), with_cidr("2001:db8::/32"))
            .refuses(&at("cidrBlock"), with_cidr("10.0.0.0/33"))
            .refuses(&at("cidrBlock"), with_cidr("{{resolve:ssm:/net cidr}}"))
            .takes(with_cidr("{{resolve:ssm:/net/cidr}}"))
            .takes(with_cidr("10.0.0.0/8")),
        rule("reuse_vpc::public_cidr_block")
            .warns(&at("cidrBlock"), with_cidr("11.0.0.0/16"))
            .saying(
                "found the addresses `11.0.0.0/16`, which are not all private, expected a part of `10.0.0.0/8`, `172.16.0.0/12` or \
                 `192.168.0.0/16`",
                "write the IPv4 CIDR of the VPC; as it stands, what is open to the VPC is open to all of these addresses",
            )
            .warns(&at("cidrBlock"), with_cidr("172.16.0.0/11"))
            .warns(&at("cidrBlock"), with_cidr("172.32.0.0/16"))
            .warns(&at("cidrBlock"), with_cidr("192.168.0.0/15"))
            .takes(with_cidr("172.16.0.0/12"))
            // Known at deployment only.
            .takes(with_cidr("{{resolve:ssm:/net/cidr}}"))
            .takes(with_cidr("172.31.255.0/24"))
            .takes(with_cidr("192.168.0.0/16")),
        rule("reuse_vpc::twice")
            .refuses(&at("publicSubnetIds[2]"), reusing(ids().public_subnet_ids(["subnet-00000001"])))
            .saying("found the same id a second time, expected each id once in a list", "leave one of the two out")
            .refuses(&at("publicSubnetIds[3]"), reusing(ids().public_subnet_ids(["{{resolve:ssm:/net/a}}", "{{resolve:ssm:/net/a}}"])))
            // What is public to some may be private to others.
            .takes(reusing(ids().public_subnet_ids(["subnet-00000003"]))),
        rule("reuse_vpc::too_many_subnets")
            .refuses(&at("privateSubnetIds"), reusing(many(17)))
            .saying("found 17 subnets, expected at most 16", "leave some out: one in each availability zone is enough")
            .takes(reusing(many(16))),
        rule("network::own_vpc")
            .refuses(VPC, reusing(StackVpc::new("shop", "dev")))
            .saying(
                "found the stack itself, `shop-dev`, as the one whose VPC is reused, expected another stack",
                "name the stack that makes the VPC, or reuse none",
            )
            .takes(reusing(StackVpc::new("shop", "live"))),
    ]
}

fn needed() -> Vec<Rule> {
    const PUBLIC: &str = "stackConfig.vpc.reuseVpc.publicSubnetIds";
    const PRIVATE: &str = "stackConfig.vpc.reuseVpc.privateSubnetIds";
    let of = |public: &[&'static str], private: &[&'static str]| {
        VpcIds::new("vpc-01234567", "10.0.0.0/16").public_subnet_ids(public.to_vec()).private_subnet_ids(private.to_vec())
    };
    let (none, one, two) = (&[][..], &["subnet-00000001"][..], &["subnet-00000001", "subnet-00000002"][..]);
    let run = |private, vpc: VpcIds| {
        let mut stack = running(private);
        stack.reuse_vpc(vpc);
        stack
    };
    vec![
        rule("network::few_subnets")
            .refuses(PUBLIC, balanced(Interface::Internet, of(one, two)))
            .saying(
                "found 1 public subnets in the reused VPC, expected at least 2 for `main`",
                "name them in `.public_subnet_ids([..])`, one in each availability zone",
            )
            .refuses(PUBLIC, balanced(Interface::Internet, of(none, two)))
            .refuses(PUBLIC, balanced(Interface::Internal, of(one, two)))
            .refuses(PRIVATE, balanced(Interface::Internal, of(none, one)))
            .refuses(PUBLIC, run(false, of(none, two)))
            .refuses(PRIVATE, run(true, of(two, none)))
            .takes(balanced(Interface::Internet, of(two, none)))
            .takes(balanced(Interface::Internal, of(none, two)))
            .takes(run(true, of(none, two)))
            // Nothing runs there.
            .takes(reusing(of(none, none))),
        rule("network::one_subnet")
            .warns(PUBLIC, run(false, of(one, none)))
            .saying(
                "found one public subnet in the reused VPC, where `api` runs, expected two, in two availability zones",
                "name another one in `.public_subnet_ids([..])`; as it stands, a failure of the zone stops all instances",
            )
            .warns(PRIVATE, run(true, of(two, one)))
            .takes(run(false, of(two, one)))
            .takes(run(true, of(one, two))),
    ]
}

fn own() -> Vec<Rule> {
    const NAT: &str = "stackConfig.vpc.nat";
    let with = |private: bool, zones: NatAvailabilityZones, change: fn(&mut Stack)| {
        let mut stack = running(private);
        stack.nat_availability_zones(zones);
        change(&mut stack);
        stack
    };
    let by_ids = |stack: &mut Stack| {
        stack.reuse_vpc(ids());
    };
    let three = |stack: &mut Stack| {
        stack.availability_zones(AvailabilityZones::Three);
    };
    let nothing = |_: &mut Stack| {};
    let mut zones = reusing(ids());
    zones.availability_zones(AvailabilityZones::Three);
    let mut of_stack = reusing(StackVpc::new("network", "dev"));
    of_stack.availability_zones(AvailabilityZones::Three);
    vec![
        rule("network::idle_nat")
            .warns(NAT, with(false, NatAvailabilityZones::One, nothing))
            .saying(
                "found `nat` in a stack without private subnets, expected it beside workloads in private subnets of the stack's own VPC",
                "write `.use_private_subnets_with_nat(true)` on a workload, or leave it out; as it stands, no NAT gateway is made",
            )
            .warns(NAT, with(true, NatAvailabilityZones::One, by_ids))
            .saying(
                "found `nat` in a stack that reuses a VPC, expected it beside workloads in private subnets of the stack's own VPC",
                "write `.use_private_subnets_with_nat(true)` on a workload, or leave it out; as it stands, no NAT gateway is made",
            )
            .takes(with(true, NatAvailabilityZones::One, nothing))
            // Other stacks may use the private subnets of a VPC that is exported.
            .takes(with(false, NatAvailabilityZones::One, |stack| {
                stack.export_vpc();
            })),
        rule("network::more_nat_than_zones")
            .warns("stackConfig.vpc.nat.availabilityZones", with(true, NatAvailabilityZones::Three, nothing))
            .saying(
                "found NAT gateways in 3 availability zones, expected at most the 2 of the network",
                "write the same number twice; as it stands, 2 NAT gateways are made",
            )
            .takes(with(true, NatAvailabilityZones::Three, three))
            .takes(with(true, NatAvailabilityZones::Two, nothing)),
        rule("network::idle_zones")
            .warns("stackConfig.vpc.availabilityZones", zones)
            .saying(
                "found three availability zones beside a reused VPC with its own subnets, expected none to be given",
                "leave the availability zones out: the subnets that you name say where things run",
            )
            .takes(of_stack)
            .takes(with(true, NatAvailabilityZones::Two, three)),
    ]
}
