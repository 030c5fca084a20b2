//! Where a stack runs: networks of its own, and one that is there already.

use serde_json::json;
use stacktape::prelude::*;

/// Three zones of private subnets behind two NAT gateways, past which a bucket is reached, and the VPC exported for other stacks.
pub(super) fn private_network(stack: &mut Stack, _target: &Target) {
    let main = ApplicationLoadBalancer::builder("main").listener(Listener::http(80)).build();
    let photos = Bucket::builder("photos").build();
    let web = MultiContainerWorkload::builder("web", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(ApplicationLoadBalancerEvent::new(&main, 80, 1).listener_port(80).path("*")),
    );
    let worker = MultiContainerWorkload::builder("worker", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("main", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37")).event(ServiceConnectEvent::new(9000)),
        )
        .use_private_subnets_with_nat(true)
        .connect_to(&photos);
    stack.availability_zones(AvailabilityZones::Three).nat_availability_zones(NatAvailabilityZones::Two).export_vpc();
    stack.add(main).add(photos).add(web).add(worker);
}

/// A VPC that is there already: here by the ids of raw resources, so that the stack can be deployed by itself.
pub(super) fn reused_vpc(stack: &mut Stack, _target: &Target) {
    let vpc = RawResource::new("Vpc", "AWS::EC2::VPC").property("CidrBlock", "10.1.0.0/16");
    let gateway = RawResource::new("Gateway", "AWS::EC2::InternetGateway");
    let attachment = RawResource::new("Attachment", "AWS::EC2::VPCGatewayAttachment")
        .property("VpcId", vpc.reference())
        .property("InternetGatewayId", gateway.reference());
    let table = RawResource::new("PrivateRoutes", "AWS::EC2::RouteTable").property("VpcId", vpc.reference());
    let subnet = |id: &str, zone: i32, block: &str| {
        RawResource::new(id, "AWS::EC2::Subnet")
            .property("VpcId", vpc.reference())
            .property("AvailabilityZone", json!({"Fn::Select": [zone, {"Fn::GetAZs": ""}]}))
            .property("CidrBlock", block)
    };
    let public = [subnet("PublicA", 0, "10.1.0.0/24"), subnet("PublicB", 1, "10.1.1.0/24")];
    let private = [subnet("PrivateA", 0, "10.1.2.0/24"), subnet("PrivateB", 1, "10.1.3.0/24")];
    stack.reuse_vpc(
        VpcIds::new(vpc.reference(), "10.1.0.0/16")
            .public_subnet_ids(public.iter().map(RawResource::reference))
            .private_subnet_ids(private.iter().map(RawResource::reference))
            .private_route_table_ids([table.reference()]),
    );
    let photos = Bucket::builder("photos").build();
    let inside = ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).build();
    let gateway_api = HttpApiGateway::builder("api").build();
    let web = MultiContainerWorkload::builder("web", Fargate::new(Cpu::Quarter, Memory::mib(512))).container(
        Container::builder("web", Image::prebuilt("public.ecr.aws/nginx/nginx:1.29"))
            .event(ApplicationLoadBalancerEvent::new(&inside, 80, 1).path("*"))
            .event(HttpApiEvent::new(&gateway_api, Method::Any, "/{proxy+}", 80)),
    );
    let worker = MultiContainerWorkload::builder("worker", Fargate::new(Cpu::Quarter, Memory::mib(512)))
        .container(
            Container::builder("main", Image::prebuilt("public.ecr.aws/docker/library/busybox:1.37")).event(ServiceConnectEvent::new(9000)),
        )
        .use_private_subnets_with_nat(true)
        .connect_to(&photos);
    for raw in [vpc, gateway, attachment, table].into_iter().chain(public).chain(private) {
        stack.add_raw(raw);
    }
    stack.add(photos).add(inside).add(gateway_api).add(web).add(worker);
}
