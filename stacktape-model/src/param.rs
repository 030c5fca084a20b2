//! The table of parameters: what other resources may know of a resource.

use std::borrow::Cow;

use crate::application_load_balancer::ApplicationLoadBalancerParam;
use crate::check::params::missing;
use crate::dynamo_db_table::DynamoDbTableParam;
use crate::event_bus::EventBusParam;
use crate::kinesis_stream::KinesisStreamParam;
use crate::reference::ResourceRef;
use crate::resource::{Resource, ResourceKind};
use crate::text::Text;
use crate::user_auth_pool::UserAuthPoolParam;

/// A parameter of a resource of the stack.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamRef {
    /// The resource.
    pub resource: ResourceRef,
    /// Which of its parameters.
    pub param: Param,
}

macro_rules! params {
    ($($kind:ident($params:path);)*) => {
        /// What other resources may know of a resource.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Param {
            $(
                #[doc = concat!("Of [`ResourceKind::", stringify!($kind), "`].")]
                $kind($params),
            )*
            /// Of a load balancer of any kind: the port of one of its listeners. YAML: `port443`.
            ListenerPort(u16),
        }

        impl Param {
            /// Every parameter of a kind of resource, in the order in which variables are injected; but for ports of listeners, which
            /// are known of each resource alone.
            pub fn of(kind: ResourceKind) -> Vec<Self> {
                match kind {
                    $(ResourceKind::$kind => <$params>::ALL.map(Self::$kind).into(),)*
                    _ => Vec::new(),
                }
            }

            /// The parameter as YAML spells it.
            pub fn spelling(self) -> Cow<'static, str> {
                match self {
                    $(Self::$kind(param) => Cow::Borrowed(param.as_str()),)*
                    Self::ListenerPort(port) => Cow::Owned(format!("port{port}")),
                }
            }
        }
    };
}

impl Param {
    /// Whether it is a secret, which programs are told and nobody else.
    pub const fn is_secret(self) -> bool {
        matches!(self, Self::UserAuthPool(UserAuthPoolParam::ClientSecret))
    }

    /// The parameter of a kind of resource that YAML spells so.
    pub(crate) fn spelt(kind: ResourceKind, word: &str) -> Option<Self> {
        let balances = matches!(kind, ResourceKind::ApplicationLoadBalancer | ResourceKind::NetworkLoadBalancer);
        let port = word.strip_prefix("port").filter(|port| balances && !port.starts_with(['0', '+'])).and_then(|port| port.parse().ok());
        port.map(Self::ListenerPort).or_else(|| Self::of(kind).into_iter().find(|param| param.spelling() == word))
    }
}

impl Resource {
    /// The parameters that the resource has, in the order in which variables are injected: those of its kind, but for such as its
    /// properties do not bring along.
    pub fn params(&self) -> Vec<Param> {
        let mut params = Param::of(self.kind());
        params.retain(|param| missing(*param, self).is_none());
        params
    }

    /// What workloads that are connected to the resource are told of it: how the name of each variable ends, and its value.
    pub fn told(&self) -> Vec<(Cow<'static, str>, Text)> {
        match self {
            Self::PrivateService(service) => vec![("address".into(), service.address())],
            Self::WebService(service) if service.has_url() => vec![("url".into(), service.url()), ("domain".into(), service.domain())],
            Self::WebService(service) => vec![("domain".into(), service.domain())],
            _ => {
                let of = |param| ParamRef { resource: ResourceRef::new(self.name(), self.kind()), param };
                self.params().into_iter().map(|param| (param.spelling(), Text::Param(of(param)))).collect()
            }
        }
    }
}

params! {
    ApplicationLoadBalancer(ApplicationLoadBalancerParam);
    BatchJob(crate::batch_job::BatchJobParam);
    Bucket(crate::bucket::BucketParam);
    EfsFilesystem(crate::efs_filesystem::EfsFilesystemParam);
    DynamoDbTable(DynamoDbTableParam);
    EventBus(EventBusParam);
    Function(crate::function::FunctionParam);
    HttpApiGateway(crate::http_api_gateway::HttpApiGatewayParam);
    PrivateService(crate::private_service::PrivateServiceParam);
    NetworkLoadBalancer(crate::network_load_balancer::NetworkLoadBalancerParam);
    KinesisStream(KinesisStreamParam);
    SnsTopic(crate::sns_topic::SnsTopicParam);
    SqsQueue(crate::sqs_queue::SqsQueueParam);
    StateMachine(crate::state_machine::StateMachineParam);
    UserAuthPool(UserAuthPoolParam);
}
