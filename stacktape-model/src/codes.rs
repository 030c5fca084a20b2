//! The list of codes: every rule of this crate.

use crate::application_load_balancer::{ApplicationLoadBalancerIssue, RedirectIssue};
use crate::batch_job::BatchJobIssue;
use crate::bucket::{BucketAccessIssue, CorsRuleIssue, LifecycleIssue};
use crate::check::balancing::BalancingIssue;
use crate::check::network::NetworkIssue;
use crate::check::network_balancing::NetworkBalancingIssue;
use crate::check::redrive::RedriveIssue;
use crate::check::references::ReferenceIssue;
use crate::check::routing::RoutingIssue;
use crate::compute::{ComputeIssue, Ec2Issue};
use crate::container::{
    AuthorizerIssue, BuildpackIssue, ContainerIssue, DependencyIssue, EnvironmentIssue, EventIssue, GpuIssue, HealthCheckIssue, ImageIssue,
    LinkIssue, LoadBalancerEventIssue, LoadBalancerHealthCheckIssue, LoggingIssue, NixpacksIssue, ServiceConnectIssue, VolumeMountIssue,
};
use crate::custom_domain::CustomDomainIssue;
use crate::document::{DirectiveIssue, DocumentIssue};
use crate::dynamo_db_table::DynamoDbTableIssue;
use crate::efs_filesystem::EfsFilesystemIssue;
use crate::event_bus::{EventBusEventIssue, EventBusIssue};
use crate::function::{
    CloudwatchAlarmEventIssue, CloudwatchLogEventIssue, EventSourceIssue, FunctionIssue, IotEventIssue, PackageIssue, S3EventIssue,
    ScheduleIssue, SnsEventIssue,
};
use crate::http_api_gateway::HttpApiCorsIssue;
use crate::iam::IamIssue;
use crate::kinesis_stream::KinesisStreamIssue;
use crate::load_balancing::{ListenerIssue, LoadBalancerIssue};
use crate::log_forwarding::LogForwardingIssue;
use crate::multi_container_workload::WorkloadIssue;
use crate::name::NameIssue;
use crate::network_load_balancer::NetworkLoadBalancerIssue;
use crate::overrides::OverrideIssue;
use crate::private_service::PrivateServiceIssue;
use crate::raw_resource::RawResourceIssue;
use crate::report::Code;
use crate::scaling::ScalingIssue;
use crate::service::{ServiceIssue, SideContainerIssue};
use crate::sns_topic::SnsTopicIssue;
use crate::sqs_queue::SqsQueueIssue;
use crate::stack_config::{ReuseVpcIssue, StackConfigIssue};
use crate::state_machine::StateMachineIssue;
use crate::text::SecretIssue;
use crate::user_auth_pool::{IdentityProviderIssue, UserAttributeIssue, UserAuthPoolIssue, UserPoolClientIssue};
use crate::web_service::WebServiceIssue;

/// Every code of this crate, sorted.
///
/// ```
/// let codes = stacktape_model::codes();
/// assert!(codes.iter().any(|code| code.code == "container::stop_timeout"));
/// ```
pub fn codes() -> Vec<&'static Code> {
    let lists: &[&'static [Code]] = &[
        ApplicationLoadBalancerIssue::CODES,
        AuthorizerIssue::CODES,
        BalancingIssue::CODES,
        BatchJobIssue::CODES,
        BuildpackIssue::CODES,
        CloudwatchAlarmEventIssue::CODES,
        CloudwatchLogEventIssue::CODES,
        ComputeIssue::CODES,
        ContainerIssue::CODES,
        BucketAccessIssue::CODES,
        CorsRuleIssue::CODES,
        CustomDomainIssue::CODES,
        DependencyIssue::CODES,
        DirectiveIssue::CODES,
        DocumentIssue::CODES,
        EfsFilesystemIssue::CODES,
        EventSourceIssue::CODES,
        FunctionIssue::CODES,
        PackageIssue::CODES,
        ScheduleIssue::CODES,
        Ec2Issue::CODES,
        DynamoDbTableIssue::CODES,
        EnvironmentIssue::CODES,
        EventBusEventIssue::CODES,
        EventBusIssue::CODES,
        EventIssue::CODES,
        GpuIssue::CODES,
        HealthCheckIssue::CODES,
        HttpApiCorsIssue::CODES,
        IamIssue::CODES,
        ImageIssue::CODES,
        IotEventIssue::CODES,
        KinesisStreamIssue::CODES,
        LifecycleIssue::CODES,
        LinkIssue::CODES,
        ListenerIssue::CODES,
        LoadBalancerEventIssue::CODES,
        LoadBalancerHealthCheckIssue::CODES,
        LoadBalancerIssue::CODES,
        LogForwardingIssue::CODES,
        LoggingIssue::CODES,
        NameIssue::CODES,
        NetworkBalancingIssue::CODES,
        NetworkIssue::CODES,
        NetworkLoadBalancerIssue::CODES,
        NixpacksIssue::CODES,
        OverrideIssue::CODES,
        PrivateServiceIssue::CODES,
        RawResourceIssue::CODES,
        RedirectIssue::CODES,
        RedriveIssue::CODES,
        ReferenceIssue::CODES,
        ReuseVpcIssue::CODES,
        RoutingIssue::CODES,
        ScalingIssue::CODES,
        SecretIssue::CODES,
        ServiceConnectIssue::CODES,
        S3EventIssue::CODES,
        ServiceIssue::CODES,
        SideContainerIssue::CODES,
        SnsEventIssue::CODES,
        SnsTopicIssue::CODES,
        SqsQueueIssue::CODES,
        StateMachineIssue::CODES,
        StackConfigIssue::CODES,
        IdentityProviderIssue::CODES,
        UserAttributeIssue::CODES,
        UserAuthPoolIssue::CODES,
        UserPoolClientIssue::CODES,
        VolumeMountIssue::CODES,
        WebServiceIssue::CODES,
        WorkloadIssue::CODES,
    ];
    let mut codes: Vec<_> = lists.iter().copied().flatten().collect();
    crate::table::sort_by(&mut codes, |one, other| one.code.cmp(other.code));
    codes
}
