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
    application_load_balancer, batch_job, bucket, compute, container, custom_domain, document, dynamo_db_table, efs_filesystem, event_bus,
    expression, function, http_api_gateway, iam, ip_range, kinesis_stream, load_balancing, log_forwarding, multi_container_workload,
    nested, network_load_balancer, origin, overrides, private_service, raw_resource, reference, removal_policy, report, resource, scaling,
    service, sns_topic, sqs_queue, stack, stack_config, state_machine, text, units, user_auth_pool, web_service, worker_service,
};
pub use stacktape_synth::{Synthesis, Target, Template, TemplateIssue, assembly, cfn, synthesize};

/// What programs that describe a stack use: `use stacktape::prelude::*;`.
pub mod prelude {
    pub use crate::app::App;
    pub use stacktape_model::application_load_balancer::{
        ApplicationLoadBalancer, Listener, ListenerProtocol, Redirect, RedirectPort, RedirectProtocol, RedirectStatus,
    };
    pub use stacktape_model::batch_job::{BatchJob, JobContainer, JobResources, RetryConfig};
    pub use stacktape_model::bucket::{
        AccessPolicyStatement, AccessibilityMode, Bucket, BucketAccessibility, BucketCors, CorsRule, LifecycleAction, LifecycleRule,
        S3Method, StorageClass,
    };
    pub use stacktape_model::compute::{Architecture, Compute, Ec2, Fargate};
    pub use stacktape_model::container::{
        ApplicationLoadBalancerEvent, Authorizer, Condition, Container, ContainerLogs, DotNetConfig, DotNetVersion, HealthCheckProtocol,
        HttpApiEvent, Image, InternalHealthCheck, JavaConfig, JavaVersion, LoadBalancerHealthCheck, Method, ModuleFormat,
        NetworkLoadBalancerEvent, NixpacksPhase, NodeConfig, PhpConfig, PhpVersion, PythonConfig, PythonPackageManager, PythonServer,
        PythonVersion, RubyConfig, RubyVersion, ServiceConnectEvent, ServiceConnectProtocol, VolumeMount, WorkloadInternalEvent,
    };
    pub use stacktape_model::custom_domain::CustomDomain;
    pub use stacktape_model::dynamo_db_table::{
        CapacityScaling, DynamoDbTable, KeyAttribute, PrimaryKey, ProvisionedThroughput, SecondaryIndex, StreamType,
    };
    pub use stacktape_model::efs_filesystem::{EfsFilesystem, ThroughputMode};
    pub use stacktape_model::event_bus::{Archivation, EventBus, EventBusEvent};
    pub use stacktape_model::expression::Expression;
    pub use stacktape_model::function::{
        ApplicationLoadBalancerIntegration, CloudwatchAlarmEvent, CloudwatchLogEvent, Destinations, DynamoDbStreamEvent,
        FailureDestination, Function, FunctionUrl, FunctionUrlCors, HttpApiIntegration, IotEvent, IotSqlVersion, KafkaAuthentication,
        KafkaTopicEvent, KinesisStreamEvent, Package, Runtime, S3Event, S3EventType, ScheduleEvent, SnsEvent, SqsEvent, StartingPosition,
        UrlAuthMode,
    };
    pub use stacktape_model::http_api_gateway::{AccessLogFormat, AccessLogs, HttpApiCors, HttpApiGateway, PayloadFormat};
    pub use stacktape_model::iam::{PolicyStatement, Statement};
    pub use stacktape_model::kinesis_stream::{CapacityMode, KinesisStream, StreamEncryption};
    pub use stacktape_model::load_balancing::Interface;
    pub use stacktape_model::log_forwarding::LogForwarding;
    pub use stacktape_model::multi_container_workload::MultiContainerWorkload;
    pub use stacktape_model::network_load_balancer::{NetworkListener, NetworkListenerProtocol, NetworkLoadBalancer};
    pub use stacktape_model::overrides::Override;
    pub use stacktape_model::private_service::{PrivateLoadBalancing, PrivateService};
    pub use stacktape_model::raw_resource::RawResource;
    pub use stacktape_model::reference::{AwsService, ConnectTarget as _};
    pub use stacktape_model::removal_policy::RemovalPolicy;
    pub use stacktape_model::scaling::Scaling;
    pub use stacktape_model::service::SideContainer;
    pub use stacktape_model::sns_topic::SnsTopic;
    pub use stacktape_model::sqs_queue::{RedrivePolicy, SqsQueue};
    pub use stacktape_model::stack::Stack;
    pub use stacktape_model::stack_config::{AvailabilityZones, NatAvailabilityZones, Output, ReuseVpc, StackVpc, VpcIds};
    pub use stacktape_model::state_machine::{StateMachine, StateMachineType};
    pub use stacktape_model::text::{Fact, Secret, Text};
    pub use stacktape_model::units::{Cpu, Memory};
    pub use stacktape_model::user_auth_pool::{
        AttributeType, EmailConfiguration, IdentityProvider, InviteMessages, Mfa, MfaStatus, MfaType, OAuthFlow, PasswordPolicy,
        ProviderType, SchemaAttribute, UserAuthPool, UserPoolHooks, UserVerification, VerificationMessages,
    };
    pub use stacktape_model::web_service::{ServicePort, WebLoadBalancing, WebService};
    pub use stacktape_model::worker_service::WorkerService;
    pub use stacktape_synth::Target;
    pub use stacktape_synth::cfn::{PropertyType as _, Resource as _};
}
