//! The only place that spells logical ids: pure functions of the names that users give.
//!
//! An id is the owner's name in Pascal case and a role. No role is the end of another one, so that two
//! owners cannot share an id (`api` + `VpcLinkSecurityGroup` and `apiVpcLink` + `SecurityGroup` would).
//! Where a second free name takes part, a hash of all names ends the id for the same reason. An id never
//! depends on a position in a list, except for subnets, which are numbered. What a service is made of has ids of the service's name.

mod event;
mod gateway;
mod shared;
mod user_auth_pool;

pub(crate) use event::*;
pub(crate) use gateway::*;
pub(crate) use shared::*;
pub(crate) use user_auth_pool::*;

use stacktape_model::name::{pascal, push_pascal};
use stacktape_model::nested::written_name;

use crate::cfn::{self, Id, LogicalId};
use crate::hash;

/// The name of a resource as ids begin with it.
fn named(resource: &str) -> String {
    pascal(written_name(resource))
}

/// The id of what an owner has once.
fn of_role(owner: &str, role: &str) -> LogicalId {
    let name = written_name(owner);
    let mut id = String::with_capacity(name.len() + role.len());
    push_pascal(&mut id, name);
    LogicalId::new(id + role)
}

macro_rules! roles {
    ($($(#[$doc:meta])* $function:ident($owner:ident) -> $resource:ty = $role:literal;)*) => {
        $(
            $(#[$doc])*
            pub(crate) fn $function($owner: &str) -> Id<$resource> {
                of_role($owner, $role).into()
            }
        )*

        #[cfg(test)]
        const ROLES: &[&str] = &[$($role),*];
    };
}

roles! {
    load_balancer(load_balancer) -> cfn::elastic_load_balancing_v2::LoadBalancer = "LoadBalancer";
    load_balancer_security_group(load_balancer) -> cfn::ec2::SecurityGroup = "LoadBalancerSecurityGroup";
    batch_job_definition(job) -> cfn::batch::JobDefinition = "JobDefinition";
    batch_job_role(job) -> cfn::iam::Role = "JobRole";
    batch_job_log_group(job) -> cfn::logs::LogGroup = "JobLogGroup";
    batch_job_log_stream(job) -> cfn::kinesis_firehose::DeliveryStream = "JobLogDeliveryStream";
    batch_job_log_subscription(job) -> cfn::logs::SubscriptionFilter = "JobLogSubscription";
    batch_job_state_machine(job) -> cfn::step_functions::StateMachine = "JobMachine";
    bucket(bucket) -> cfn::s3::Bucket = "Bucket";
    bucket_policy(bucket) -> cfn::s3::BucketPolicy = "BucketPolicy";
    file_system(filesystem) -> cfn::efs::FileSystem = "FileSystem";
    file_system_security_group(filesystem) -> cfn::ec2::SecurityGroup = "FileSystemSecurityGroup";
    function(function) -> cfn::lambda::Function = "LambdaFunction";
    function_role(function) -> cfn::iam::Role = "FunctionRole";
    function_log_group(function) -> cfn::logs::LogGroup = "FunctionLogGroup";
    function_log_stream(function) -> cfn::kinesis_firehose::DeliveryStream = "FunctionLogDeliveryStream";
    function_log_subscription(function) -> cfn::logs::SubscriptionFilter = "FunctionLogSubscription";
    function_security_group(function) -> cfn::ec2::SecurityGroup = "FunctionSecurityGroup";
    function_invoke_config(function) -> cfn::lambda::EventInvokeConfig = "EventInvokeConfig";
    function_url(function) -> cfn::lambda::Url = "FunctionUrl";
    function_url_permission(function) -> cfn::lambda::Permission = "FunctionUrlPermission";
    function_invoked_via_url(function) -> cfn::lambda::Permission = "InvokedViaUrlPermission";
    http_api(gateway) -> cfn::api_gateway_v2::Api = "HttpApi";
    stage(gateway) -> cfn::api_gateway_v2::Stage = "Stage";
    access_log_group(gateway) -> cfn::logs::LogGroup = "AccessLogGroup";
    access_log_stream(gateway) -> cfn::kinesis_firehose::DeliveryStream = "AccessLogDeliveryStream";
    access_log_subscription(gateway) -> cfn::logs::SubscriptionFilter = "AccessLogSubscription";
    failed_log_events(owner) -> cfn::s3::Bucket = "FailedLogEvents";
    failed_log_events_access(owner) -> cfn::s3::BucketPolicy = "FailedLogEventsAccess";
    log_delivery_role(owner) -> cfn::iam::Role = "LogDeliveryRole";
    log_subscription_role(owner) -> cfn::iam::Role = "LogSubscriptionRole";
    vpc_link(gateway) -> cfn::api_gateway_v2::VpcLink = "VpcLink";
    vpc_link_security_group(gateway) -> cfn::ec2::SecurityGroup = "VpcLinkSecurityGroup";
    event_bus(bus) -> cfn::events::EventBus = "EventBus";
    archive(bus) -> cfn::events::Archive = "Archive";
    queue(queue) -> cfn::sqs::Queue = "Queue";
    queue_policy(queue) -> cfn::sqs::QueuePolicy = "QueuePolicy";
    state_machine(machine) -> cfn::step_functions::StateMachine = "StateMachine";
    state_machine_role(machine) -> cfn::iam::Role = "StateMachineRole";
    map_run_policy(machine) -> cfn::iam::Policy = "MapRunPolicy";
    stream(stream) -> cfn::kinesis::Stream = "KinesisStream";
    stream_consumer(stream) -> cfn::kinesis::StreamConsumer = "StreamConsumer";
    table(table) -> cfn::dynamo_db::GlobalTable = "GlobalTable";
    topic(topic) -> cfn::sns::Topic = "Topic";
    user_pool(pool) -> cfn::cognito::UserPool = "UserPool";
    user_pool_client(pool) -> cfn::cognito::UserPoolClient = "UserPoolClient";
    user_pool_domain(pool) -> cfn::cognito::UserPoolDomain = "UserPoolDomain";
    user_pool_custom_domain(pool) -> cfn::cognito::UserPoolDomain = "UserPoolCustomDomain";
    user_pool_style(pool) -> cfn::cognito::UserPoolUiCustomizationAttachment = "UserPoolStyle";
    user_pool_sms_role(pool) -> cfn::iam::Role = "UserPoolSmsRole";
    client_secret(pool) -> cfn::secrets_manager::Secret = "UserPoolClientSecret";
    service(workload) -> cfn::ecs::Service = "Service";
    task_definition(workload) -> cfn::ecs::TaskDefinition = "TaskDefinition";
    task_role(workload) -> cfn::iam::Role = "TaskRole";
    task_security_group(workload) -> cfn::ec2::SecurityGroup = "TaskSecurityGroup";
    cluster(workload) -> cfn::ecs::Cluster = "Cluster";
    launch_template(workload) -> cfn::ec2::LaunchTemplate = "LaunchTemplate";
    auto_scaling_group(workload) -> cfn::auto_scaling::AutoScalingGroup = "AutoScalingGroup";
    warm_pool(workload) -> cfn::auto_scaling::WarmPool = "WarmPool";
    capacity_provider(workload) -> cfn::ecs::CapacityProvider = "CapacityProvider";
    capacity_provider_associations(workload) -> cfn::ecs::ClusterCapacityProviderAssociations = "CapacityProviderAssociations";
    instance_refresh_schedule(workload) -> cfn::scheduler::Schedule = "InstanceRefreshSchedule";
    scalable_target(workload) -> cfn::application_auto_scaling::ScalableTarget = "ScalableTarget";
    cpu_scaling_policy(workload) -> cfn::application_auto_scaling::ScalingPolicy = "CpuScalingPolicy";
    memory_scaling_policy(workload) -> cfn::application_auto_scaling::ScalingPolicy = "MemoryScalingPolicy";
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
    let readable = format!("{}{}{slug}AccessPoint", named(workload), pascal(filesystem));
    hashed(readable, &[written_name(workload), filesystem, directory])
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
    hashed(format!("{}{}LogGroup", named(workload), pascal(container)), &[written_name(workload), container])
}

/// The stream by which the lines of a container's log group leave.
pub(crate) fn log_stream(workload: &str, container: &str) -> Id<cfn::kinesis_firehose::DeliveryStream> {
    // A long id loses its role, which the hash must tell then.
    hashed(format!("{}{}LogDeliveryStream", named(workload), pascal(container)), &[written_name(workload), container, "LogDeliveryStream"])
}

/// What puts the lines of a container's log group into its stream.
pub(crate) fn log_subscription(workload: &str, container: &str) -> Id<cfn::logs::SubscriptionFilter> {
    hashed(format!("{}{}LogSubscription", named(workload), pascal(container)), &[written_name(workload), container, "LogSubscription"])
}

/// The listener of a load balancer. No other id ends in a word of ours and a number, but for subnets, which begin with `Stp`.
pub(crate) fn listener(load_balancer: &str, port: u16) -> Id<cfn::elastic_load_balancing_v2::Listener> {
    Id::new(format!("{}Listener{port}", named(load_balancer)))
}

/// A rule of a listener.
pub(crate) fn listener_rule(load_balancer: &str, port: u16, priority: u32) -> Id<cfn::elastic_load_balancing_v2::ListenerRule> {
    Id::new(format!("{}Listener{port}Priority{priority}Rule", named(load_balancer)))
}

/// A certificate of a listener beside its first one.
pub(crate) fn listener_certificate(load_balancer: &str, port: u16, key: &str) -> Id<cfn::elastic_load_balancing_v2::ListenerCertificate> {
    hashed(format!("{}Listener{port}Certificate", named(load_balancer)), &[written_name(load_balancer), &port.to_string(), key])
}

/// The certificate of a domain.
pub(crate) fn domain_certificate(owner: &str, domain: &str) -> Id<cfn::certificate_manager::Certificate> {
    of_domain(owner, domain, "Certificate")
}

/// The record of a domain.
pub(crate) fn dns_record(owner: &str, domain: &str) -> Id<cfn::route53::RecordSet> {
    of_domain(owner, domain, "DnsRecord")
}

fn of_domain<R>(owner: &str, domain: &str, role: &str) -> Id<R> {
    let slug: String = pascal(domain).chars().take(SLUG_MAX).collect();
    hashed(format!("{}{slug}{role}", named(owner)), &[written_name(owner), domain])
}

/// A port of a workload's tasks behind a load balancer.
pub(crate) fn target_group(workload: &str, load_balancer: &str, port: u16) -> Id<cfn::elastic_load_balancing_v2::TargetGroup> {
    let readable = format!("{}To{}Port{port}TargetGroup", named(workload), named(load_balancer));
    hashed(readable, &[written_name(workload), written_name(load_balancer), &port.to_string()])
}

/// A function behind a load balancer.
pub(crate) fn function_target_group(function: &str, load_balancer: &str) -> Id<cfn::elastic_load_balancing_v2::TargetGroup> {
    let readable = format!("{}To{}FunctionTargetGroup", named(function), named(load_balancer));
    hashed(readable, &[written_name(function), written_name(load_balancer)])
}

/// The permission of a load balancer to call a function.
pub(crate) fn balancer_permission(function: &str, load_balancer: &str) -> Id<cfn::lambda::Permission> {
    let readable = format!("{}To{}BalancerPermission", named(load_balancer), named(function));
    hashed(readable, &[written_name(load_balancer), written_name(function)])
}

/// So that gateway, slug and hash stay below the 255 characters of a logical id.
const SLUG_MAX: usize = 100;
const ID_MAX: usize = 255;

fn hashed<R>(readable: String, names: &[&str]) -> Id<R> {
    unique(readable, names).into()
}

fn unique(readable: String, names: &[&str]) -> LogicalId {
    let mut hash = hash::short(&names.join("\0"), 8);
    hash.make_ascii_uppercase();
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
        assert_ne!(dns_record("a", "b.example.com").logical_id(), dns_record("aB", "example.com").logical_id());
        assert_ne!(dns_record("a", "*.example.com").logical_id(), dns_record("a", "example.com").logical_id());
        assert_ne!(discovery_service("api", 18).logical_id(), discovery_service("api1", 8).logical_id());
    }

    #[test]
    fn what_a_service_is_made_of_has_ids_of_its_name() {
        assert_eq!(service("shop.containerWorkload").logical_id(), service("shop").logical_id());
        assert_eq!(route("shop.httpApiGateway", "ANY /").logical_id(), route("shop", "ANY /").logical_id());
        let parts = target_group("shop.containerWorkload", "shop.loadBalancer", 3000);
        assert_eq!(parts.logical_id(), target_group("shop", "shop", 3000).logical_id());
    }

    #[test]
    fn the_longest_names_make_an_id_that_cloudformation_takes() {
        let (workload, container) = ("w".repeat(100), "c".repeat(255));
        let id = log_group(&workload, &container);
        assert_eq!(id.logical_id().as_str().len(), 255);
        assert_ne!(id.logical_id(), log_stream(&workload, &container).logical_id());
        assert_ne!(log_stream(&workload, &container).logical_id(), log_subscription(&workload, &container).logical_id());
        let domain = ["d".repeat(60), "e".repeat(60), "f".repeat(60), "g".repeat(60)].join(".");
        assert!(domain_certificate(&workload, &domain).logical_id().as_str().len() <= 255);
        assert_ne!(domain_certificate(&workload, &domain).logical_id().as_str(), dns_record(&workload, &domain).logical_id().as_str());
        assert!(route(&workload, &format!("GET /{}", "x".repeat(2000))).logical_id().as_str().len() <= 255);
    }
}
