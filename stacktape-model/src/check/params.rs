//! Parameters that only some resources of a kind have.

use crate::application_load_balancer::{ApplicationLoadBalancer, ApplicationLoadBalancerParam, Listener};
use crate::batch_job::{BatchJob, BatchJobParam};
use crate::check::domains;
use crate::check::references::ReferenceIssue;
use crate::container::ContainerLogs;
use crate::dynamo_db_table::{DynamoDbTable, DynamoDbTableParam};
use crate::event_bus::{EventBus, EventBusParam};
use crate::function::{Function, FunctionParam};
use crate::http_api_gateway::HttpApiGatewayParam;
use crate::kinesis_stream::{KinesisStream, KinesisStreamParam};
use crate::network_load_balancer::{NetworkListener, NetworkLoadBalancer, NetworkLoadBalancerParam};
use crate::resource::{Resource, ResourceType};
use crate::text::Param;
use crate::user_auth_pool::{UserAuthPool, UserAuthPoolParam};

/// Why a resource does not have a parameter that others of its kind have.
pub(crate) fn missing(param: Param, resource: &Resource) -> Option<ReferenceIssue> {
    let name = || resource.name().to_owned();
    let no_param = |setter, key| Some(ReferenceIssue::NoParam { param: param.spelling().into_owned(), name: name(), setter, key });
    match param {
        Param::ApplicationLoadBalancer(ApplicationLoadBalancerParam::Url) => {
            let why = ApplicationLoadBalancer::of(resource)?.url_parts().err()?;
            Some(ReferenceIssue::NoUrl { param: "url", name: name(), why, instead: "domain" })
        }
        Param::ApplicationLoadBalancer(ApplicationLoadBalancerParam::CustomDomainUrls)
            if ApplicationLoadBalancer::of(resource).is_some_and(|balancer| !balancer.custom_domains().is_empty()) =>
        {
            let why = "which does not listen by HTTPS at port 443";
            let no_url = ReferenceIssue::NoUrl { param: "customDomainUrls", name: name(), why, instead: "customDomains" };
            (!ApplicationLoadBalancer::of(resource)?.has_https()).then_some(no_url)
        }
        Param::ListenerPort(port) => {
            let ports = ports(resource);
            let expected: Vec<_> = ports.iter().map(|port| format!("`port{port}`")).collect();
            (!ports.contains(&port)).then(|| ReferenceIssue::NoListener { port, name: name(), expected: expected.join(" or ") })
        }
        Param::ApplicationLoadBalancer(ApplicationLoadBalancerParam::CustomDomains | ApplicationLoadBalancerParam::CustomDomainUrls)
        | Param::NetworkLoadBalancer(NetworkLoadBalancerParam::CustomDomains)
        | Param::HttpApiGateway(
            HttpApiGatewayParam::CanonicalDomain
            | HttpApiGatewayParam::CustomDomains
            | HttpApiGatewayParam::CustomDomainUrl
            | HttpApiGatewayParam::CustomDomainUrls,
        ) => {
            domains::of(resource).is_empty().then(|| ReferenceIssue::NoCustomDomain { param: param.spelling().into_owned(), name: name() })
        }
        Param::BatchJob(BatchJobParam::LogGroupArn) => match BatchJob::of(resource)?.logging {
            ContainerLogs::Disabled => no_param("logging", "logging"),
            ContainerLogs::Retained(_) => None,
        },
        Param::DynamoDbTable(DynamoDbTableParam::StreamArn) => match DynamoDbTable::of(resource)?.stream_type {
            None => no_param("stream_type", "streamType"),
            Some(_) => None,
        },
        Param::EventBus(EventBusParam::ArchiveArn) => match EventBus::of(resource)?.archivation {
            None => no_param("archivation", "archivation"),
            Some(_) => None,
        },
        Param::Function(FunctionParam::LogGroupArn) => match Function::of(resource)?.logging {
            ContainerLogs::Disabled => no_param("logging", "logging"),
            ContainerLogs::Retained(_) => None,
        },
        Param::Function(FunctionParam::Url) => match Function::of(resource)?.url {
            None => no_param("url", "url"),
            Some(_) => None,
        },
        Param::KinesisStream(KinesisStreamParam::ConsumerArn) if KinesisStream::of(resource)?.enable_enhanced_fan_out => None,
        Param::KinesisStream(KinesisStreamParam::ConsumerArn) => no_param("enable_enhanced_fan_out", "enableEnhancedFanOut"),
        Param::UserAuthPool(UserAuthPoolParam::ClientSecret) if UserAuthPool::of(resource)?.generate_client_secret => None,
        Param::UserAuthPool(UserAuthPoolParam::ClientSecret) => no_param("generate_client_secret", "generateClientSecret"),
        Param::ApplicationLoadBalancer(ApplicationLoadBalancerParam::Domain | ApplicationLoadBalancerParam::CanonicalDomain)
        | Param::NetworkLoadBalancer(NetworkLoadBalancerParam::Domain | NetworkLoadBalancerParam::CanonicalDomain)
        | Param::HttpApiGateway(HttpApiGatewayParam::Domain | HttpApiGatewayParam::Url)
        | Param::BatchJob(BatchJobParam::JobDefinitionArn | BatchJobParam::StateMachineArn)
        | Param::DynamoDbTable(DynamoDbTableParam::Name | DynamoDbTableParam::Arn)
        | Param::EventBus(EventBusParam::Arn)
        | Param::Function(FunctionParam::Arn)
        | Param::KinesisStream(KinesisStreamParam::Arn | KinesisStreamParam::Name)
        | Param::PrivateService(_)
        | Param::SnsTopic(_)
        | Param::SqsQueue(_)
        | Param::StateMachine(_)
        | Param::UserAuthPool(_)
        | Param::Bucket(_)
        | Param::EfsFilesystem(_) => None,
    }
}

/// The ports at which a load balancer listens.
fn ports(resource: &Resource) -> Vec<u16> {
    let application = ApplicationLoadBalancer::of(resource).map(|balancer| balancer.all_listeners());
    let network = NetworkLoadBalancer::of(resource).map(NetworkLoadBalancer::listeners);
    let application = application.iter().flat_map(|listeners| listeners.iter().map(Listener::port));
    application.chain(network.into_iter().flatten().map(NetworkListener::port)).collect()
}
