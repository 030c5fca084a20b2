//! The list of codes: every rule of this crate.

use crate::application_load_balancer::{ApplicationLoadBalancerIssue, ListenerIssue, RedirectIssue};
use crate::bucket::{CorsRuleIssue, LifecycleIssue};
use crate::check::balancing::BalancingIssue;
use crate::check::network::NetworkIssue;
use crate::check::redrive::RedriveIssue;
use crate::check::references::ReferenceIssue;
use crate::check::routing::RoutingIssue;
use crate::compute::ComputeIssue;
use crate::container::{
    ContainerIssue, DependencyIssue, EnvironmentIssue, EventIssue, HealthCheckIssue, ImageIssue, LoadBalancerEventIssue,
    LoadBalancerHealthCheckIssue, LoggingIssue, ServiceConnectIssue, VolumeMountIssue,
};
use crate::document::{DirectiveIssue, DocumentIssue};
use crate::dynamo_db_table::DynamoDbTableIssue;
use crate::efs_filesystem::EfsFilesystemIssue;
use crate::event_bus::{EventBusEventIssue, EventBusIssue};
use crate::http_api_gateway::HttpApiCorsIssue;
use crate::iam::IamIssue;
use crate::kinesis_stream::KinesisStreamIssue;
use crate::multi_container_workload::WorkloadIssue;
use crate::name::NameIssue;
use crate::overrides::OverrideIssue;
use crate::raw_resource::RawResourceIssue;
use crate::report::Code;
use crate::scaling::ScalingIssue;
use crate::sns_topic::SnsTopicIssue;
use crate::sqs_queue::SqsQueueIssue;
use crate::stack_config::{ReuseVpcIssue, StackConfigIssue};
use crate::text::SecretIssue;

/// Every code of this crate, sorted.
///
/// ```
/// let codes = stacktape_model::codes();
/// assert!(codes.iter().any(|code| code.code == "container::stop_timeout"));
/// ```
pub fn codes() -> Vec<&'static Code> {
    let lists: &[&'static [Code]] = &[
        ApplicationLoadBalancerIssue::CODES,
        BalancingIssue::CODES,
        ComputeIssue::CODES,
        ContainerIssue::CODES,
        CorsRuleIssue::CODES,
        DependencyIssue::CODES,
        DirectiveIssue::CODES,
        DocumentIssue::CODES,
        EfsFilesystemIssue::CODES,
        DynamoDbTableIssue::CODES,
        EnvironmentIssue::CODES,
        EventBusEventIssue::CODES,
        EventBusIssue::CODES,
        EventIssue::CODES,
        HealthCheckIssue::CODES,
        HttpApiCorsIssue::CODES,
        IamIssue::CODES,
        ImageIssue::CODES,
        KinesisStreamIssue::CODES,
        LifecycleIssue::CODES,
        ListenerIssue::CODES,
        LoadBalancerEventIssue::CODES,
        LoadBalancerHealthCheckIssue::CODES,
        LoggingIssue::CODES,
        NameIssue::CODES,
        NetworkIssue::CODES,
        OverrideIssue::CODES,
        RawResourceIssue::CODES,
        RedirectIssue::CODES,
        RedriveIssue::CODES,
        ReferenceIssue::CODES,
        ReuseVpcIssue::CODES,
        RoutingIssue::CODES,
        ScalingIssue::CODES,
        SecretIssue::CODES,
        ServiceConnectIssue::CODES,
        SnsTopicIssue::CODES,
        SqsQueueIssue::CODES,
        StackConfigIssue::CODES,
        VolumeMountIssue::CODES,
        WorkloadIssue::CODES,
    ];
    let mut codes: Vec<_> = lists.iter().copied().flatten().collect();
    crate::table::sort_by(&mut codes, |one, other| one.code.cmp(other.code));
    codes
}
