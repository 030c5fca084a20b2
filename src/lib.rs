#![doc = include_str!("../README.md")]

mod app;
mod codes;
#[cfg(feature = "cli")]
pub mod explain;

#[cfg(feature = "proptest")]
pub mod strategy {
    #![doc = include_str!("strategy.md")]
    pub use stacktape_model::strategy::*;
}

pub use app::App;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub use app::run_file;
pub use codes::codes;
pub use stacktape_model::{
    application_load_balancer, bucket, compute, container, document, dynamo_db_table, efs_filesystem, event_bus, expression,
    http_api_gateway, iam, ip_range, kinesis_stream, multi_container_workload, origin, overrides, raw_resource, reference, removal_policy,
    report, resource, scaling, sns_topic, sqs_queue, stack, stack_config, text, units,
};
pub use stacktape_synth::{Synthesis, Target, Template, TemplateIssue, assembly, cfn, synthesize};

/// What programs that describe a stack use: `use stacktape::prelude::*;`.
pub mod prelude {
    pub use crate::app::App;
    pub use stacktape_model::application_load_balancer::{
        ApplicationLoadBalancer, Interface, Listener, ListenerProtocol, Redirect, RedirectPort, RedirectProtocol, RedirectStatus,
    };
    pub use stacktape_model::bucket::{Bucket, BucketCors, CorsRule, LifecycleAction, LifecycleRule, S3Method, StorageClass};
    pub use stacktape_model::compute::{Architecture, Compute, Fargate};
    pub use stacktape_model::container::{
        ApplicationLoadBalancerEvent, Condition, Container, ContainerLogs, HealthCheckProtocol, HttpApiEvent, Image, InternalHealthCheck,
        LoadBalancerHealthCheck, Method, ServiceConnectEvent, ServiceConnectProtocol, VolumeMount, WorkloadInternalEvent,
    };
    pub use stacktape_model::dynamo_db_table::{
        CapacityScaling, DynamoDbTable, KeyAttribute, PrimaryKey, ProvisionedThroughput, SecondaryIndex, StreamType,
    };
    pub use stacktape_model::efs_filesystem::{EfsFilesystem, ThroughputMode};
    pub use stacktape_model::event_bus::{Archivation, EventBus, EventBusEvent};
    pub use stacktape_model::http_api_gateway::{AccessLogFormat, AccessLogs, HttpApiCors, HttpApiGateway};
    pub use stacktape_model::iam::{PolicyStatement, Statement};
    pub use stacktape_model::kinesis_stream::{CapacityMode, KinesisStream, StreamEncryption};
    pub use stacktape_model::multi_container_workload::MultiContainerWorkload;
    pub use stacktape_model::overrides::Override;
    pub use stacktape_model::raw_resource::RawResource;
    pub use stacktape_model::reference::{AwsService, ConnectTarget as _};
    pub use stacktape_model::removal_policy::RemovalPolicy;
    pub use stacktape_model::scaling::Scaling;
    pub use stacktape_model::sns_topic::SnsTopic;
    pub use stacktape_model::sqs_queue::{RedrivePolicy, SqsQueue};
    pub use stacktape_model::stack::Stack;
    pub use stacktape_model::stack_config::{AvailabilityZones, NatAvailabilityZones, Output, ReuseVpc, StackVpc, VpcIds};
    pub use stacktape_model::text::{Fact, Secret, Text};
    pub use stacktape_model::units::{Cpu, Memory};
    pub use stacktape_synth::Target;
    pub use stacktape_synth::cfn::{PropertyType as _, Resource as _};
}
