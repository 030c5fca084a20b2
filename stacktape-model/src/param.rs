//! The table of parameters: what other resources may know of a resource.

use crate::application_load_balancer::ApplicationLoadBalancerParam;
use crate::dynamo_db_table::DynamoDbTableParam;
use crate::event_bus::EventBusParam;
use crate::kinesis_stream::KinesisStreamParam;
use crate::reference::ResourceRef;
use crate::resource::{Resource, ResourceKind};

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
        }

        impl Param {
            /// Every parameter of a kind of resource, in the order in which variables are injected.
            pub fn of(kind: ResourceKind) -> Vec<Self> {
                match kind {
                    $(ResourceKind::$kind => <$params>::ALL.map(Self::$kind).into(),)*
                    _ => Vec::new(),
                }
            }

            /// The parameter as YAML spells it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind(param) => param.as_str(),)*
                }
            }
        }
    };
}

impl Resource {
    /// The parameters that the resource has, in the order in which variables are injected: those of its kind, but for such as its
    /// properties do not bring along.
    pub fn params(&self) -> Vec<Param> {
        let mut params = Param::of(self.kind());
        params.retain(|param| !self.lacks(*param));
        params
    }

    /// The parameters of its kind that the resource has not got.
    pub(crate) fn lacking(&self) -> impl Iterator<Item = Param> {
        Param::of(self.kind()).into_iter().filter(|param| self.lacks(*param))
    }

    /// Whether the resource has not got a parameter of its kind.
    fn lacks(&self, param: Param) -> bool {
        match (self, param) {
            (Self::ApplicationLoadBalancer(balancer), Param::ApplicationLoadBalancer(ApplicationLoadBalancerParam::Url)) => {
                !balancer.listeners.is_empty()
            }
            (Self::DynamoDbTable(table), Param::DynamoDbTable(DynamoDbTableParam::StreamArn)) => table.stream_type.is_none(),
            (Self::EventBus(bus), Param::EventBus(EventBusParam::ArchiveArn)) => bus.archivation.is_none(),
            (Self::KinesisStream(stream), Param::KinesisStream(KinesisStreamParam::ConsumerArn)) => !stream.enable_enhanced_fan_out,
            _ => false,
        }
    }
}

impl Param {
    /// The property that brings the parameter along, as Rust and YAML spell it, where one does.
    pub(crate) const fn property(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::DynamoDbTable(DynamoDbTableParam::StreamArn) => Some(("stream_type", "streamType")),
            Self::EventBus(EventBusParam::ArchiveArn) => Some(("archivation", "archivation")),
            Self::KinesisStream(KinesisStreamParam::ConsumerArn) => Some(("enable_enhanced_fan_out", "enableEnhancedFanOut")),
            _ => None,
        }
    }
}

params! {
    ApplicationLoadBalancer(ApplicationLoadBalancerParam);
    Bucket(crate::bucket::BucketParam);
    EfsFilesystem(crate::efs_filesystem::EfsFilesystemParam);
    DynamoDbTable(DynamoDbTableParam);
    EventBus(EventBusParam);
    HttpApiGateway(crate::http_api_gateway::HttpApiGatewayParam);
    KinesisStream(KinesisStreamParam);
    SnsTopic(crate::sns_topic::SnsTopicParam);
    SqsQueue(crate::sqs_queue::SqsQueueParam);
}
