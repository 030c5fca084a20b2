//! The only place that spells logical ids: pure functions of the names that users give.
//!
//! An id is the owner's name in Pascal case and a role. No role is the end of another one, so that two
//! owners cannot share an id (`api` + `VpcLinkSecurityGroup` and `apiVpcLink` + `SecurityGroup` would).
//! Where a second free name takes part, a hash of all names ends the id for the same reason. An id never
//! depends on a position in a list, except for subnets, which are numbered.

use stacktape_model::event_bus::EventBusEvent;
use stacktape_model::name::pascal;
use stacktape_model::text::Text;

use crate::cfn::{self, Id, LogicalId};
use crate::hash;

macro_rules! roles {
    ($($(#[$doc:meta])* $function:ident($owner:ident) -> $resource:ty = $role:literal;)*) => {
        $(
            $(#[$doc])*
            pub(crate) fn $function($owner: &str) -> Id<$resource> {
                Id::new(format!("{}{}", pascal($owner), $role))
            }
        )*

        #[cfg(test)]
        const ROLES: &[&str] = &[$($role),*];
    };
}

roles! {
    load_balancer(load_balancer) -> cfn::elastic_load_balancing_v2::LoadBalancer = "LoadBalancer";
    load_balancer_security_group(load_balancer) -> cfn::ec2::SecurityGroup = "LoadBalancerSecurityGroup";
    bucket(bucket) -> cfn::s3::Bucket = "Bucket";
    bucket_policy(bucket) -> cfn::s3::BucketPolicy = "BucketPolicy";
    file_system(filesystem) -> cfn::efs::FileSystem = "FileSystem";
    file_system_security_group(filesystem) -> cfn::ec2::SecurityGroup = "FileSystemSecurityGroup";
    http_api(gateway) -> cfn::api_gateway_v2::Api = "HttpApi";
    stage(gateway) -> cfn::api_gateway_v2::Stage = "Stage";
    access_log_group(gateway) -> cfn::logs::LogGroup = "AccessLogGroup";
    vpc_link(gateway) -> cfn::api_gateway_v2::VpcLink = "VpcLink";
    vpc_link_security_group(gateway) -> cfn::ec2::SecurityGroup = "VpcLinkSecurityGroup";
    event_bus(bus) -> cfn::events::EventBus = "EventBus";
    archive(bus) -> cfn::events::Archive = "Archive";
    queue(queue) -> cfn::sqs::Queue = "Queue";
    queue_policy(queue) -> cfn::sqs::QueuePolicy = "QueuePolicy";
    stream(stream) -> cfn::kinesis::Stream = "Stream";
    stream_consumer(stream) -> cfn::kinesis::StreamConsumer = "StreamConsumer";
    table(table) -> cfn::dynamo_db::GlobalTable = "GlobalTable";
    topic(topic) -> cfn::sns::Topic = "Topic";
    service(workload) -> cfn::ecs::Service = "Service";
    task_definition(workload) -> cfn::ecs::TaskDefinition = "TaskDefinition";
    task_role(workload) -> cfn::iam::Role = "TaskRole";
    task_security_group(workload) -> cfn::ec2::SecurityGroup = "TaskSecurityGroup";
    scalable_target(workload) -> cfn::application_auto_scaling::ScalableTarget = "ScalableTarget";
    cpu_scaling_policy(workload) -> cfn::application_auto_scaling::ScalingPolicy = "CpuScalingPolicy";
    memory_scaling_policy(workload) -> cfn::application_auto_scaling::ScalingPolicy = "MemoryScalingPolicy";
}

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
    namespace: cfn::service_discovery::PrivateDnsNamespace = "StpPrivateNamespace";
    vpc: cfn::ec2::Vpc = "StpVpc";
    internet_gateway: cfn::ec2::InternetGateway = "StpInternetGateway";
    internet_gateway_attachment: cfn::ec2::VpcGatewayAttachment = "StpInternetGatewayAttachment";
    s3_gateway_endpoint: cfn::ec2::VpcEndpoint = "StpS3GatewayEndpoint";
    dynamo_db_gateway_endpoint: cfn::ec2::VpcEndpoint = "StpDynamoDbGatewayEndpoint";
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

/// What tells a subnet from the others of its network.
pub(crate) enum SubnetKey {
    /// Its availability zone.
    Zone(u8),
    /// How its id is written.
    Written(String),
}

/// The mount target of a file system in a subnet.
pub(crate) fn mount_target(filesystem: &str, subnet: &SubnetKey) -> Id<cfn::efs::MountTarget> {
    let readable = format!("{}MountTarget", pascal(filesystem));
    match subnet {
        SubnetKey::Zone(zone) => Id::new(format!("{readable}{zone}")),
        SubnetKey::Written(id) => hashed(readable, &[filesystem, id]),
    }
}

/// The access point by which a workload mounts a directory of a file system.
pub(crate) fn access_point(workload: &str, filesystem: &str, directory: &str) -> Id<cfn::efs::AccessPoint> {
    let slug = pascal(directory);
    let readable = format!("{}{}{slug}AccessPoint", pascal(workload), pascal(filesystem));
    hashed(readable, &[workload, filesystem, directory])
}

/// The name of a volume in its task: that of the file system and the directory, and a hash, since a directory can have letters that a
/// volume's name cannot.
pub(crate) fn volume(filesystem: &str, directory: &str) -> String {
    if directory == "/" {
        return format!("efs-{filesystem}-Root");
    }
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let slug: String = directory.chars().map(|letter| if allowed(letter) { letter } else { '-' }).collect();
    format!("efs-{filesystem}-{}-{}", slug.trim_matches('-'), hash::short(directory, 6))
}

/// The log group of a container.
pub(crate) fn log_group(workload: &str, container: &str) -> Id<cfn::logs::LogGroup> {
    hashed(format!("{}{}LogGroup", pascal(workload), pascal(container)), &[workload, container])
}

/// The listener of a load balancer. No other id ends in a word of ours and a number, but for subnets, which begin with `Stp`.
pub(crate) fn listener(load_balancer: &str, port: u16) -> Id<cfn::elastic_load_balancing_v2::Listener> {
    Id::new(format!("{}Listener{port}", pascal(load_balancer)))
}

/// A rule of a listener.
pub(crate) fn listener_rule(load_balancer: &str, port: u16, priority: u32) -> Id<cfn::elastic_load_balancing_v2::ListenerRule> {
    Id::new(format!("{}Listener{port}Priority{priority}Rule", pascal(load_balancer)))
}

/// A certificate of a listener beside its first one.
pub(crate) fn listener_certificate(load_balancer: &str, port: u16, arn: &Text) -> Id<cfn::elastic_load_balancing_v2::ListenerCertificate> {
    // Not every ARN is known now: how it is written stands for it.
    let arn = serde_json::json!(arn).to_string();
    hashed(format!("{}Listener{port}Certificate", pascal(load_balancer)), &[load_balancer, &port.to_string(), &arn])
}

/// A port of a workload's tasks behind a load balancer.
pub(crate) fn target_group(workload: &str, load_balancer: &str, port: u16) -> Id<cfn::elastic_load_balancing_v2::TargetGroup> {
    let readable = format!("{}To{}Port{port}TargetGroup", pascal(workload), pascal(load_balancer));
    hashed(readable, &[workload, load_balancer, &port.to_string()])
}

/// The rule that sends events to a queue.
pub(crate) fn event_rule(queue: &str, event: &EventBusEvent) -> Id<cfn::events::Rule> {
    // Events have no names: how one is written stands for it.
    let event = serde_json::json!(event).to_string();
    hashed(format!("{}EventRule", pascal(queue)), &[queue, &event])
}

/// The registry in which a gateway finds the instances of a workload.
pub(crate) fn discovery_service(workload: &str, port: u16) -> Id<cfn::service_discovery::Service> {
    hashed(format!("{}Port{port}DiscoveryService", pascal(workload)), &[workload, &port.to_string()])
}

/// The integration of a gateway with a workload.
pub(crate) fn integration(gateway: &str, workload: &str, port: u16) -> Id<cfn::api_gateway_v2::Integration> {
    hashed(format!("{}To{}Port{port}Integration", pascal(gateway), pascal(workload)), &[gateway, workload, &port.to_string()])
}

/// A route of a gateway.
pub(crate) fn route(gateway: &str, route_key: &str) -> Id<cfn::api_gateway_v2::Route> {
    let slug: String = pascal(&route_key.to_lowercase()).chars().take(SLUG_MAX).collect();
    hashed(format!("{}{slug}Route", pascal(gateway)), &[gateway, route_key])
}

/// So that gateway, slug and hash stay below the 255 characters of a logical id.
const SLUG_MAX: usize = 100;
const ID_MAX: usize = 255;

fn hashed<R>(readable: String, names: &[&str]) -> Id<R> {
    unique(readable, names).into()
}

fn unique(readable: String, names: &[&str]) -> LogicalId {
    let hash = hash::short(&names.join("\0"), 8).to_uppercase();
    let mut id = readable;
    id.truncate(ID_MAX - hash.len());
    LogicalId::new(id + &hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_role_is_the_end_of_another() {
        for role in ROLES {
            for other in ROLES.iter().filter(|other| *other != role) {
                assert!(!role.ends_with(other), "`{role}` ends with `{other}`: two owners could share an id");
            }
        }
    }

    #[test]
    fn names_that_run_into_each_other_stay_apart() {
        assert_ne!(log_group("api", "server-x").logical_id(), log_group("apiServer", "x").logical_id());
        assert_ne!(log_group("api", "a-b").logical_id(), log_group("api", "aB").logical_id());
        assert_ne!(integration("a", "bToC", 80).logical_id(), integration("aToB", "c", 80).logical_id());
        assert_ne!(route("g", "GET /a-b").logical_id(), route("g", "GET /ab").logical_id());
        assert_ne!(target_group("a", "bToC", 80).logical_id(), target_group("aToB", "c", 80).logical_id());
        assert_ne!(access_point("a", "bC", "/d").logical_id(), access_point("aB", "c", "/d").logical_id());
        assert_ne!(access_point("a", "b", "/c/d").logical_id(), access_point("a", "b", "/c-d").logical_id());
        assert_ne!(volume("a", "/b/c"), volume("a", "/b-c"));
        assert_ne!(volume("a", "/"), volume("a", "/Root"));
        assert_ne!(listener("lb", 18).logical_id(), listener("lb1", 8).logical_id());
        assert_ne!(listener_rule("lb", 80, 11).logical_id(), listener_rule("lb", 801, 1).logical_id());
        assert_ne!(discovery_service("api", 18).logical_id(), discovery_service("api1", 8).logical_id());
    }

    #[test]
    fn the_longest_names_make_an_id_that_cloudformation_takes() {
        let (workload, container) = ("w".repeat(100), "c".repeat(255));
        let id = log_group(&workload, &container);
        assert_eq!(id.logical_id().as_str().len(), 255);
        assert!(route(&workload, &format!("GET /{}", "x".repeat(2000))).logical_id().as_str().len() <= 255);
    }
}
