//! Ids of what resources share: they begin with `Stp`.

use crate::cfn::{self, Id};

macro_rules! shared {
    ($($field:ident: $resource:ty = $id:literal;)*) => {
        /// The ids of what resources share. The plan makes them once, since nearly every resource points at some of them.
        pub(crate) struct Shared {
            $(pub(crate) $field: Id<$resource>,)*
        }

        impl Shared {
            pub(crate) fn new() -> Self {
                Self { $($field: Id::new($id),)* }
            }
        }
    };
}

shared! {
    cluster: cfn::ecs::Cluster = "StpCluster";
    execution_role: cfn::iam::Role = "StpEcsExecutionRole";
    instance_role: cfn::iam::Role = "StpEcsInstanceRole";
    instance_profile: cfn::iam::InstanceProfile = "StpEcsInstanceProfile";
    instance_refresh_role: cfn::iam::Role = "StpInstanceRefreshRole";
    batch_instance_role: cfn::iam::Role = "StpBatchInstanceRole";
    batch_instance_profile: cfn::iam::InstanceProfile = "StpBatchInstanceProfile";
    batch_instance_security_group: cfn::ec2::SecurityGroup = "StpBatchInstanceSecurityGroup";
    batch_launch_template: cfn::ec2::LaunchTemplate = "StpBatchLaunchTemplate";
    batch_state_machine_role: cfn::iam::Role = "StpBatchStateMachineRole";
    namespace: cfn::service_discovery::PrivateDnsNamespace = "StpPrivateNamespace";
    vpc: cfn::ec2::Vpc = "StpVpc";
    internet_gateway: cfn::ec2::InternetGateway = "StpInternetGateway";
    internet_gateway_attachment: cfn::ec2::VpcGatewayAttachment = "StpInternetGatewayAttachment";
    s3_gateway_endpoint: cfn::ec2::VpcEndpoint = "StpS3GatewayEndpoint";
    dynamo_db_gateway_endpoint: cfn::ec2::VpcEndpoint = "StpDynamoDbGatewayEndpoint";
}

/// The ids of an environment for jobs and of its queue.
pub(crate) struct BatchIds {
    pub(crate) compute_environment: Id<cfn::batch::ComputeEnvironment>,
    pub(crate) queue: Id<cfn::batch::JobQueue>,
}

/// Where jobs of a kind run.
pub(crate) fn batch(spot: bool, gpu: bool) -> BatchIds {
    let kind = format!("StpBatch{}{}", if spot { "Spot" } else { "OnDemand" }, if gpu { "Gpu" } else { "" });
    BatchIds { compute_environment: Id::new(format!("{kind}ComputeEnvironment")), queue: Id::new(format!("{kind}JobQueue")) }
}

/// The ids of a subnet, and of what leads out of it.
pub(crate) struct SubnetIds {
    pub(crate) subnet: Id<cfn::ec2::Subnet>,
    pub(crate) route_table: Id<cfn::ec2::RouteTable>,
    pub(crate) route: Id<cfn::ec2::Route>,
    pub(crate) association: Id<cfn::ec2::SubnetRouteTableAssociation>,
}

/// A public subnet, by its availability zone.
pub(crate) fn public_subnet(zone: u8) -> SubnetIds {
    SubnetIds {
        subnet: Id::new(format!("StpPublicSubnet{zone}")),
        route_table: Id::new(format!("StpPublicRouteTable{zone}")),
        route: Id::new(format!("StpPublicRoute{zone}")),
        association: Id::new(format!("StpPublicSubnetRouteTableAssociation{zone}")),
    }
}

/// A private subnet, by its availability zone.
pub(crate) fn private_subnet(zone: u8) -> SubnetIds {
    SubnetIds {
        subnet: Id::new(format!("StpPrivateSubnet{zone}")),
        route_table: Id::new(format!("StpPrivateRouteTable{zone}")),
        route: Id::new(format!("StpNatRoute{zone}")),
        association: Id::new(format!("StpPrivateSubnetRouteTableAssociation{zone}")),
    }
}

/// The ids of a NAT gateway and its address.
pub(crate) struct NatIds {
    pub(crate) address: Id<cfn::ec2::Eip>,
    pub(crate) gateway: Id<cfn::ec2::NatGateway>,
}

/// A NAT gateway, by its availability zone.
pub(crate) fn nat(zone: u8) -> NatIds {
    NatIds { address: Id::new(format!("StpNatEip{zone}")), gateway: Id::new(format!("StpNatGateway{zone}")) }
}
