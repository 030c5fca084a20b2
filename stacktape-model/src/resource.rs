//! The table of kinds: everything that a stack can hold under `resources`.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::check::Check;
use crate::document::{Reader, Tree, words};
use crate::origin::Origin;
use crate::overrides::{self, Override};

macro_rules! resources {
    ($($module:ident :: $kind:ident, $builder:ident = $key:literal;)*) => {
        /// A resource of a stack.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Resource {
            $(
                #[doc = concat!("YAML: `", $key, "`.")]
                $kind(crate::$module::$kind),
            )*
        }

        /// The kind of a resource.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum ResourceKind {
            $(
                #[doc = concat!("YAML: `", $key, "`.")]
                $kind,
            )*
        }

        impl ResourceKind {
            /// Every kind.
            pub const ALL: [Self; [$($key),*].len()] = [$(Self::$kind),*];

            /// The kind as YAML spells it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$kind => $key),* }
            }
        }

        impl Resource {
            /// The kind.
            pub const fn kind(&self) -> ResourceKind {
                match self { $(Self::$kind(_) => ResourceKind::$kind),* }
            }

            /// The name.
            pub fn name(&self) -> &str {
                match self { $(Self::$kind(resource) => resource.name()),* }
            }

            /// Where the resource is written.
            pub fn origin(&self) -> Origin {
                match self { $(Self::$kind(resource) => resource.origin),* }
            }

            /// What the user sets over our own template.
            pub fn overrides(&self) -> &[Override] {
                match self { $(Self::$kind(resource) => &resource.overrides),* }
            }

            pub(crate) fn overrides_mut(&mut self) -> &mut [Override] {
                match self { $(Self::$kind(resource) => &mut resource.overrides),* }
            }

            /// Reads a resource of a kind.
            #[cfg(feature = "yaml")]
            pub(crate) fn decode(kind: ResourceKind, frame: Frame, properties: &Tree, at: &mut Reader<'_>) -> Option<Self> {
                match kind {
                    $(ResourceKind::$kind => crate::$module::$kind::decode_resource(frame, properties, at).map(Self::$kind),)*
                }
            }

            /// The rules that need nothing but the resource.
            pub(crate) fn check(&self, at: &mut Check<'_>) {
                match self { $(Self::$kind(resource) => resource.check(at)),* }
            }
        }

        impl Serialize for Resource {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry("type", self.kind().as_str())?;
                match self { $(Self::$kind(resource) => map.serialize_entry("properties", resource)?),* }
                if !self.overrides().is_empty() {
                    map.serialize_entry("overrides", &overrides::ById(self.overrides()))?;
                }
                map.end()
            }
        }

        $(
            impl ResourceType for crate::$module::$kind {
                const KIND: ResourceKind = ResourceKind::$kind;

                fn of(resource: &Resource) -> Option<&Self> {
                    match resource {
                        Resource::$kind(resource) => Some(resource),
                        _ => None,
                    }
                }

                fn resource_name(&self) -> &str {
                    self.name()
                }
            }

            impl From<crate::$module::$kind> for Resource {
                fn from(resource: crate::$module::$kind) -> Self {
                    Self::$kind(resource)
                }
            }

            impl From<crate::$module::$builder> for Resource {
                fn from(builder: crate::$module::$builder) -> Self {
                    Self::$kind(builder.build())
                }
            }
        )*
    };
}

/// A kind of resource, as a type: [`ValidStack::all`](crate::stack::ValidStack::all) finds resources by it.
pub trait ResourceType: Sized + 'static {
    /// The kind.
    const KIND: ResourceKind;

    /// The resource, if it is of this kind.
    fn of(resource: &Resource) -> Option<&Self>;

    /// The name.
    fn resource_name(&self) -> &str;
}

/// What stands around the properties of a resource.
pub(crate) struct Frame {
    pub(crate) name: String,
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

/// A resource that reads its properties from a document.
pub(crate) trait DecodeResource: Sized {
    #[cfg(feature = "yaml")]
    fn decode_resource(frame: Frame, properties: &Tree, at: &mut Reader<'_>) -> Option<Self>;
}

/// What a stack can hold: a resource, or the builder of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no resource of a stack",
    label = "not a resource",
    note = "buckets, queues, tables, file systems, functions, jobs, gateways, load balancers, user pools, workloads and services are resources, see `Resource`; a container goes into a workload: `.container(..)`",
    note = "a `RawResource` is added by `.add_raw(..)`"
)]
pub trait IntoResource {
    /// The resource.
    fn into_resource(self) -> Resource;
}

#[diagnostic::do_not_recommend]
impl<T: Into<Resource>> IntoResource for T {
    fn into_resource(self) -> Resource {
        self.into()
    }
}

resources! {
    application_load_balancer::ApplicationLoadBalancer, ApplicationLoadBalancerBuilder = "application-load-balancer";
    batch_job::BatchJob, BatchJobBuilder = "batch-job";
    bucket::Bucket, BucketBuilder = "bucket";
    efs_filesystem::EfsFilesystem, EfsFilesystemBuilder = "efs-filesystem";
    dynamo_db_table::DynamoDbTable, DynamoDbTableBuilder = "dynamo-db-table";
    event_bus::EventBus, EventBusBuilder = "event-bus";
    function::Function, FunctionBuilder = "function";
    http_api_gateway::HttpApiGateway, HttpApiGatewayBuilder = "http-api-gateway";
    kinesis_stream::KinesisStream, KinesisStreamBuilder = "kinesis-stream";
    multi_container_workload::MultiContainerWorkload, MultiContainerWorkloadBuilder = "multi-container-workload";
    network_load_balancer::NetworkLoadBalancer, NetworkLoadBalancerBuilder = "network-load-balancer";
    private_service::PrivateService, PrivateServiceBuilder = "private-service";
    sns_topic::SnsTopic, SnsTopicBuilder = "sns-topic";
    sqs_queue::SqsQueue, SqsQueueBuilder = "sqs-queue";
    state_machine::StateMachine, StateMachineBuilder = "state-machine";
    user_auth_pool::UserAuthPool, UserAuthPoolBuilder = "user-auth-pool";
    web_service::WebService, WebServiceBuilder = "web-service";
    worker_service::WorkerService, WorkerServiceBuilder = "worker-service";
}

impl Resource {
    /// The resources that this one is made of: a service becomes a workload and what leads to it, a job with events has
    /// a function that starts it; any other resource is none but itself. What it gives is not validated.
    pub fn expand(&self) -> Vec<Self> {
        match self {
            Self::BatchJob(job) => job.expand(),
            Self::PrivateService(service) => service.expand(),
            Self::WebService(service) => service.expand(),
            Self::WorkerService(service) => service.expand(),
            Self::ApplicationLoadBalancer(_)
            | Self::Bucket(_)
            | Self::DynamoDbTable(_)
            | Self::EfsFilesystem(_)
            | Self::EventBus(_)
            | Self::Function(_)
            | Self::HttpApiGateway(_)
            | Self::KinesisStream(_)
            | Self::MultiContainerWorkload(_)
            | Self::NetworkLoadBalancer(_)
            | Self::SnsTopic(_)
            | Self::SqsQueue(_)
            | Self::StateMachine(_)
            | Self::UserAuthPool(_) => Vec::new(),
        }
    }
}

words!(ResourceKind);
