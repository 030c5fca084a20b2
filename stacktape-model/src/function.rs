//! `function`: a function of AWS Lambda.

mod application_load_balancer;
mod arn;
mod check;
mod cloudwatch_alarm;
mod cloudwatch_log;
mod destinations;
mod event;
mod event_source;
mod http_api;
mod iot;
mod issue;
mod package;
mod runtime;
mod s3;
mod schedule;
mod sns;
mod url;

pub use application_load_balancer::ApplicationLoadBalancerIntegration;
pub use arn::FunctionArn;
pub use cloudwatch_alarm::{CloudwatchAlarmEvent, CloudwatchAlarmEventIssue};
pub use cloudwatch_log::{CloudwatchLogEvent, CloudwatchLogEventIssue};
pub use destinations::Destinations;
pub use event::{FunctionEvent, FunctionEventType};
pub use event_source::{
    CustomKafkaConfiguration, DynamoDbStreamEvent, EventConsumer, EventSourceIssue, FailureDestination, FailureDestinationKind,
    FailureTarget, KafkaAuthentication, KafkaCertificate, KafkaPassword, KafkaTopicEvent, KinesisStreamEvent, SqsEvent, StartingPosition,
    StreamReading, StreamRef,
};
pub use http_api::HttpApiIntegration;
pub use iot::{IotEvent, IotEventIssue, IotSqlVersion};
pub use issue::FunctionIssue;
pub use package::{
    CustomArtifact, CustomArtifactBuilder, CustomArtifactParts, LambdaBuildpack, LambdaBuildpackBuilder, LambdaBuildpackParts, Package,
    PackageIssue,
};
pub use runtime::Runtime;
pub use s3::{KeyPattern, S3Event, S3EventIssue, S3EventType, S3FilterRule, SentS3Event};
pub use schedule::{ScheduleEvent, ScheduleIssue};
pub use sns::{SnsEvent, SnsEventIssue, TopicRef};
pub use url::{
    FunctionUrl, FunctionUrlBuilder, FunctionUrlCors, FunctionUrlCorsBuilder, FunctionUrlCorsParts, FunctionUrlParts, UrlAuthMode,
};

use stacktape_macros::model;

use crate::compute::Architecture;
use crate::container::{ContainerLogs, EfsMount, EnvValue, EnvironmentVariable, VolumeMount};
use crate::iam::Statement;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::{ConnectTarget, Connection, ResourceRef};
use crate::resource::ResourceKind;
use crate::stack_config::Tag;
use crate::text::{Param, ParamRef, Text};
use crate::units::Memory;

/// A function of AWS Lambda, which runs when something happens. YAML: `function`.
///
/// ```
/// use stacktape_model::function::{Function, Package, Runtime, ScheduleEvent};
/// let report = Function::builder("report", Package::artifact("dist/report", "index:handler"))
///     .runtime(Runtime::NodeJs24)
///     .env("RECIPIENT", "team@example.com")
///     .event(ScheduleEvent::new("rate(1 day)"));
/// ```
///
/// **Creates** an `AWS::Lambda::Function` with its role and log group; an `AWS::Lambda::Url` with its permissions where it has a
/// `url`; a security group where it joins the VPC; and what its events and destinations need.
///
/// **Defaults**: the role may write to the function's own log group, and nothing else until it is connected to something. Lambda calls
/// the function's code with at most 1,024 MB of memory, for at most 20 seconds.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct Function {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the function.
    #[argument]
    pub(crate) name: String,
    /// `packaging`: where the code comes from. YAML: `packaging`. Changed in place.
    #[argument]
    pub(crate) packaging: Package,
    /// What runs the code. YAML: `runtime`, default: what the extension of the entry file tells; code that is packaged already has no
    /// such file, and needs one. Changed in place.
    pub(crate) runtime: Option<Runtime>,
    /// The processors. YAML: `architecture`, default `x86_64`. Changed in place.
    pub(crate) architecture: Architecture,
    /// Memory, and with it the share of processors: 128 to 10,240 MB. YAML: `memory` in MB, default 1,024. Changed in place.
    pub(crate) memory: Option<Memory>,
    /// For how many seconds an invocation may take: 1 to 900. YAML: `timeout`, default 20. Changed in place.
    pub(crate) timeout: Option<u16>,
    /// The space below `/tmp`: 512 to 10,240 MB. YAML: `storage` in MB, default 512. Changed in place.
    pub(crate) storage: Option<Memory>,
    /// What the code finds in its environment. YAML: `environment`. Changed in place.
    #[own]
    pub(crate) environment: Vec<EnvironmentVariable>,
    /// What calls the function. YAML: `events`.
    #[each(event)]
    pub(crate) events: Vec<FunctionEvent>,
    /// An address of its own, by HTTPS. YAML: `url`, default: none.
    pub(crate) url: Option<FunctionUrl>,
    /// Runs the function in the stack's VPC, from where it reaches what has no public address. In public subnets it does not reach the
    /// internet; in private ones it does, through their NAT gateways. YAML: `joinDefaultVpc`, default `false`. Changed in place.
    pub(crate) join_default_vpc: bool,
    /// A directory of a file system, of a function in the VPC: [`VolumeMount::efs`](crate::container::VolumeMount::efs) at `/mnt/` and a
    /// name. Lambda takes one. YAML: `volumeMounts`, default: none. Changed in place.
    #[each(mount)]
    pub(crate) volume_mounts: Vec<VolumeMount>,
    /// Where asynchronous invocations leave their results. YAML: `destinations`, default: nowhere. Changed in place.
    pub(crate) destinations: Option<Destinations>,
    /// ARNs of versions of layers, at most 5. YAML: `layers`. Changed in place.
    #[each(layer)]
    pub(crate) layers: Vec<Text>,
    /// How many invocations may run at once, which no other function of the account can take; 0 stops the function. YAML:
    /// `reservedConcurrency`, default: what is left in the account. Changed in place.
    pub(crate) reserved_concurrency: Option<u32>,
    /// Where its output goes. YAML: `logging`, default: CloudWatch Logs, 90 days.
    pub(crate) logging: ContainerLogs,
    /// Tags of the function, beside those of the stack. YAML: `tags`. Changed in place.
    #[own]
    pub(crate) tags: Vec<Tag>,
    /// What the function may reach: permissions, network and `STP_*` variables come by themselves. YAML: `connectTo`.
    #[own]
    pub(crate) connect_to: Vec<Connection>,
    /// Statements for the role of the function, beside those of `connectTo`. YAML: `iamRoleStatements`.
    #[each(iam_role_statement)]
    pub(crate) iam_role_statements: Vec<Statement>,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

impl FunctionBuilder {
    /// Sets a variable of the environment: a text, a number, a boolean, a parameter of another resource or a
    /// [`Secret`](crate::text::Secret), which people who may read the function's configuration can see. YAML: `environment`.
    #[track_caller]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<EnvValue>) -> Self {
        self.environment.push(EnvironmentVariable::new(name, value));
        self
    }

    /// Lets the function reach `target`: permissions, network and `STP_*` variables. YAML: an entry of `connectTo`.
    #[track_caller]
    pub fn connect_to(mut self, target: impl ConnectTarget) -> Self {
        self.connect_to.push(target.connection());
        self
    }

    /// Tags the function. YAML: an entry of `tags`.
    #[track_caller]
    pub fn tag(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.tags.push(Tag::new(name, value));
        self
    }
}

const MEMORY_DEFAULT: Memory = Memory::mib(1024);
pub(crate) const TIMEOUT_DEFAULT: u16 = 20;
impl Function {
    /// The function's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the function is written.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// Where the code comes from.
    pub fn packaging(&self) -> &Package {
        &self.packaging
    }

    /// What calls the function.
    pub fn events(&self) -> &[FunctionEvent] {
        &self.events
    }

    /// The events of a kind: `function.events_of::<ScheduleEvent>()`.
    pub fn events_of<T: FunctionEventType>(&self) -> impl Iterator<Item = &T> {
        self.events.iter().filter_map(T::of)
    }

    /// The events of a kind, each with its index.
    pub(crate) fn placed_events<T: FunctionEventType>(&self) -> impl Iterator<Item = (usize, &T)> {
        self.events.iter().enumerate().filter_map(|(index, event)| T::of(event).map(|event| (index, event)))
    }

    /// The directory of a file system that it mounts; a valid function has one at most.
    pub fn efs_mount(&self) -> Option<&EfsMount> {
        self.volume_mounts.iter().map(|VolumeMount::Efs(mount)| mount).next()
    }

    /// What runs the code; none where it is not told, which no valid stack has.
    pub fn used_runtime(&self) -> Option<Runtime> {
        self.runtime.or_else(|| self.packaging.runtime())
    }

    /// The memory in MB.
    pub fn used_memory(&self) -> Memory {
        self.memory.unwrap_or(MEMORY_DEFAULT)
    }

    /// For how many seconds an invocation may take.
    pub fn timeout_seconds(&self) -> u16 {
        self.timeout.unwrap_or(TIMEOUT_DEFAULT)
    }

    /// The function's ARN. YAML: `$ResourceParam('..', 'arn')`.
    #[track_caller]
    pub fn arn(&self) -> Text {
        self.param(FunctionParam::Arn)
    }

    /// The ARN of the function's log group, of a function that logs. YAML: `$ResourceParam('..', 'logGroupArn')`.
    #[track_caller]
    pub fn log_group_arn(&self) -> Text {
        self.param(FunctionParam::LogGroupArn)
    }

    /// The function's URL, of a function that has one. YAML: `$ResourceParam('..', 'url')`.
    #[track_caller]
    pub fn url(&self) -> Text {
        self.param(FunctionParam::Url)
    }

    #[track_caller]
    fn param(&self, param: FunctionParam) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::Function), param: Param::Function(param) })
    }
}

/// What other resources may know of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionParam {
    /// `arn`.
    Arn,
    /// `logGroupArn`, of a function that logs.
    LogGroupArn,
    /// `url`, of a function that has one.
    Url,
}

impl FunctionParam {
    /// Every parameter, in the order in which variables are injected.
    pub const ALL: [Self; 3] = [Self::Arn, Self::LogGroupArn, Self::Url];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arn => "arn",
            Self::LogGroupArn => "logGroupArn",
            Self::Url => "url",
        }
    }
}
