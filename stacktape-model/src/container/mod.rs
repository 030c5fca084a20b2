//! Containers of a workload: image, environment, order of starting, health, logs, and what reaches them.

mod authorizer;
mod dependency;
mod environment;
mod event;
mod gpu;
mod health_check;
mod http_api_event;
mod image;
pub(crate) mod links;
mod load_balancer_event;
mod load_balancer_health_check;
mod logging;
mod network_load_balancer_event;
mod service_connect;
mod volume_mount;

pub use authorizer::{
    Authorizer, AuthorizerIssue, CognitoAuthorizer, CognitoAuthorizerBuilder, CognitoAuthorizerParts, JwtAuthorizer, JwtAuthorizerBuilder,
    JwtAuthorizerParts, LambdaAuthorizer, LambdaAuthorizerBuilder, LambdaAuthorizerParts,
};
pub use dependency::{Condition, Dependency, DependencyIssue};
pub use environment::{EnvValue, EnvironmentIssue, EnvironmentVariable};
pub use event::{Event, EventIssue, EventType, WorkloadInternalEvent};
pub use gpu::GpuIssue;
pub use health_check::{HealthCheckIssue, InternalHealthCheck, InternalHealthCheckBuilder, InternalHealthCheckParts};
pub use http_api_event::HttpApiEvent;
pub use image::{
    BuildArg, BuildpackIssue, CustomDockerfile, CustomDockerfileBuilder, CustomDockerfileParts, DotNetConfig, DotNetConfigBuilder,
    DotNetConfigParts, DotNetVersion, ExternalBuildpack, ExternalBuildpackBuilder, ExternalBuildpackParts, Image, ImageBuildpack,
    ImageBuildpackBuilder, ImageBuildpackParts, ImageIssue, JavaConfig, JavaConfigBuilder, JavaConfigParts, JavaVersion, Language,
    LanguageConfig, ModuleFormat, Nixpacks, NixpacksBuilder, NixpacksIssue, NixpacksParts, NixpacksPhase, NodeConfig, NodeConfigBuilder,
    NodeConfigParts, PhpConfig, PhpVersion, PrebuiltImage, PrebuiltImageBuilder, PrebuiltImageParts, PythonConfig, PythonConfigBuilder,
    PythonConfigParts, PythonPackageManager, PythonServer, PythonVersion, RubyConfig, RubyVersion,
};
pub use links::LinkIssue;
pub use load_balancer_event::ApplicationLoadBalancerEvent;
pub use load_balancer_health_check::{
    HealthCheckProtocol, LoadBalancerHealthCheck, LoadBalancerHealthCheckBuilder, LoadBalancerHealthCheckIssue,
    LoadBalancerHealthCheckParts,
};
pub use logging::{ContainerLogs, LoggingIssue, RETENTION_DAYS, RetainedLogs};
pub use network_load_balancer_event::NetworkLoadBalancerEvent;
pub use service_connect::{ServiceConnectEvent, ServiceConnectIssue, ServiceConnectProtocol};
pub use volume_mount::{EfsMount, VolumeMount, VolumeMountIssue};

pub use crate::application_load_balancer::{HeaderCondition, LoadBalancerEventIssue, QueryCondition};
pub use crate::http_api_gateway::Method;

pub(crate) use authorizer::is_function_arn;
pub(crate) use dependency::check as check_dependencies;
pub(crate) use environment::{check as check_environment, check_variables};
pub(crate) use gpu::check as check_gpus;
pub(crate) use image::{Program, leads_out};
pub(crate) use logging::check_retention;

use stacktape_macros::model;

use crate::check::Check;
use crate::compute::Compute;
use crate::origin::Origin;
use crate::table::sort_and_dedup;

/// A container of a workload. YAML: an entry of `containers`.
///
/// ```
/// use stacktape_model::container::{Container, Image};
/// let api = Container::builder("api", Image::dockerfile("api")).env("PORT", 3000).stop_timeout(20).build();
/// ```
#[model(group)]
pub struct Container {
    /// `name`: 1 to 255 letters, digits, `-` and `_`, unique in the workload. YAML: `name`.
    #[argument]
    pub(crate) name: String,
    /// `packaging`: where the image comes from. YAML: `packaging`.
    #[argument]
    pub(crate) packaging: Image,
    /// Whether the whole task stops when this container stops. YAML: `essential`, default `true`.
    pub(crate) essential: Option<bool>,
    /// What the container finds in its environment. YAML: `environment`.
    #[own]
    pub(crate) environment: Vec<EnvironmentVariable>,
    /// What must have started, ended or become healthy before. YAML: `dependsOn`.
    #[each(dependency)]
    pub(crate) depends_on: Vec<Dependency>,
    /// A command inside the container that says whether it is well. YAML: `internalHealthCheck`, default: none.
    pub(crate) internal_health_check: Option<InternalHealthCheck>,
    /// How load balancers find out whether it is well. YAML: `loadBalancerHealthCheck`, default: `/` every 5
    /// seconds, or a connection behind a network load balancer.
    pub(crate) load_balancer_health_check: Option<LoadBalancerHealthCheck>,
    /// For how many seconds a container may clean up after `SIGTERM`: 2 to 120. YAML: `stopTimeout`, default 2.
    pub(crate) stop_timeout: Option<u16>,
    /// How many GPUs of the instance belong to the container alone. YAML: `gpu`, default: none. On EC2 instances that have some:
    /// see [`Ec2`](crate::compute::Ec2).
    pub(crate) gpu: Option<u16>,
    /// Where its output goes. YAML: `logging`, default: CloudWatch Logs, 90 days.
    pub(crate) logging: ContainerLogs,
    /// Directories of file systems that it sees. YAML: `volumeMounts`.
    #[each(mount)]
    pub(crate) volume_mounts: Vec<VolumeMount>,
    /// What reaches which of its ports. YAML: `events`.
    #[each(event)]
    pub(crate) events: Vec<Event>,
    pub(crate) origin: Origin,
}

impl ContainerBuilder {
    /// Sets a variable of the environment: a text, a number, a boolean, a parameter of another resource or a
    /// [`Secret`](crate::text::Secret). YAML: `environment`.
    #[track_caller]
    pub fn env(mut self, name: impl Into<String>, value: impl Into<EnvValue>) -> Self {
        self.environment.push(EnvironmentVariable::new(name, value));
        self
    }

    /// Sets variables of the environment. YAML: `environment`.
    #[track_caller]
    pub fn environment<K: Into<String>, V: Into<EnvValue>>(self, variables: impl IntoIterator<Item = (K, V)>) -> Self {
        let mut this = self;
        for (name, value) in variables {
            this = this.env(name, value);
        }
        this
    }

    /// Starts this container only when `container` has reached `condition`. YAML: `dependsOn`.
    #[track_caller]
    pub fn depends_on_container(self, container: impl Into<String>, condition: Condition) -> Self {
        self.dependency(Dependency::new(container, condition))
    }
}

const STOP_TIMEOUT_DEFAULT: u16 = 2;

impl Container {
    /// The container's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Where the container is written.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// What reaches which of its ports.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The events of a kind: `container.events_of::<HttpApiEvent>()`.
    pub fn events_of<T: EventType>(&self) -> impl Iterator<Item = &T> {
        self.events.iter().filter_map(T::of)
    }

    /// Directories of EFS file systems that it sees.
    pub fn efs_mounts(&self) -> impl Iterator<Item = &EfsMount> {
        self.volume_mounts.iter().map(|VolumeMount::Efs(mount)| mount)
    }

    /// Whether the task stops when the container stops.
    pub fn is_essential(&self) -> bool {
        self.essential.unwrap_or(true)
    }

    /// The seconds between `SIGTERM` and `SIGKILL`.
    pub fn stop_timeout_seconds(&self) -> u16 {
        self.stop_timeout.unwrap_or(STOP_TIMEOUT_DEFAULT)
    }

    /// The ports that events lead to, ascending, each once.
    pub fn ports(&self) -> Vec<u16> {
        let mut ports: Vec<_> = self.events.iter().map(Event::container_port).collect();
        sort_and_dedup(&mut ports);
        ports
    }

    /// How many bytes of the task definition are written out in this container, at the least.
    pub(crate) fn written_size(&self) -> usize {
        let variables = self.environment.iter().map(EnvironmentVariable::written_size);
        let mounts = self.efs_mounts().map(|mount| mount.mount_path.len() + mount.directory().len());
        let words = self.packaging.words().chain(self.internal_health_check.iter().flat_map(|check| check.parts().health_check_command));
        self.name.len() + variables.sum::<usize>() + words.map(String::len).sum::<usize>() + mounts.sum::<usize>()
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        if !(1..=255).contains(&self.name.len()) || !self.name.chars().all(allowed) {
            at.field("name").report(&ContainerIssue::Name { name: self.name.clone() });
        }
        let found = self.stop_timeout_seconds();
        if !(2..=120).contains(&found) {
            at.field("stopTimeout").report(&ContainerIssue::StopTimeout { found });
        }
        self.packaging.check(&mut at.field("packaging"));
        check_environment(&self.environment, &mut at.field("environment"));
        if let Some(health_check) = &self.internal_health_check {
            health_check.check(&mut at.field("internalHealthCheck"));
        }
        self.logging.check(&mut at.field("logging"));
        volume_mount::check(&self.volume_mounts, &mut at.field("volumeMounts"));
    }

    /// What reaches the container, and how it is found to be well.
    pub(crate) fn check_traffic(&self, compute: &Compute, at: &mut Check<'_>) {
        if let Some(health_check) = &self.load_balancer_health_check {
            health_check.check(&self.events, compute, &mut at.field("loadBalancerHealthCheck"));
        }
        at.field("events").each(&self.events, |at, event| event.check(at));
        service_connect::check_ports(&self.events, &mut at.field("events"));
    }
}

/// Mistakes in a container.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "container")]
#[non_exhaustive]
pub enum ContainerIssue {
    /// ECS's spelling of a container's name.
    #[error("found the container name `{name}`, expected 1 to 255 letters, digits, `-` and `_`")]
    #[issue(
        help = "leave out everything else",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    )]
    Name {
        /// What was found.
        name: String,
    },
    /// Fargate ends a container after 120 seconds at the latest.
    #[error("found a stop timeout of {found} s, expected 2 to 120 s")]
    #[issue(
        help = "write `.stop_timeout(120)` for the longest one",
        yaml = "write `stopTimeout: 120` for the longest one",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"
    )]
    StopTimeout {
        /// What was found.
        found: u16,
    },
}
