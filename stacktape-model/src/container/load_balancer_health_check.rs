//! How a load balancer finds out whether a container is well.

use stacktape_macros::model;

use crate::check::Check;
use crate::compute::Compute;
use crate::container::Event;
use crate::document::words;

/// How load balancers find out whether a container is well; they send requests to those that are. YAML: `loadBalancerHealthCheck`.
///
/// ```
/// use stacktape_model::container::LoadBalancerHealthCheck;
/// let check = LoadBalancerHealthCheck::builder().path("/healthz").interval_seconds(10).timeout_seconds(5).build();
/// ```
#[model(group)]
pub struct LoadBalancerHealthCheck {
    /// What is asked for, by HTTP: it must answer with status 200, or 200 to 399 for a network load balancer. YAML: `healthcheckPath`,
    /// default `/`.
    #[key("healthcheckPath")]
    pub(crate) path: Option<String>,
    /// Seconds between two checks: 5 to 300. YAML: `healthcheckInterval`, default 5.
    #[key("healthcheckInterval")]
    pub(crate) interval_seconds: Option<u16>,
    /// Seconds that an answer may take: 2 to 120, and less than the interval. YAML: `healthcheckTimeout`, default 4.
    #[key("healthcheckTimeout")]
    pub(crate) timeout_seconds: Option<u16>,
    /// How it is asked. YAML: `healthCheckProtocol`, default `HTTP` behind an application load balancer, which knows no other, and `TCP` behind a network load
    /// balancer.
    #[key("healthCheckProtocol")]
    pub(crate) protocol: Option<HealthCheckProtocol>,
    /// Where it is asked. YAML: `healthCheckPort`, default: the port that requests go to. Not on EC2, where ports change.
    #[key("healthCheckPort")]
    pub(crate) port: Option<u16>,
}

/// How a load balancer asks a container whether it is well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HealthCheckProtocol {
    /// By a request.
    Http,
    /// By a connection.
    Tcp,
}

words!(HealthCheckProtocol);

impl HealthCheckProtocol {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Http, Self::Tcp];

    /// The protocol as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::Tcp => "TCP",
        }
    }
}

const INTERVAL_DEFAULT: u16 = 5;
const TIMEOUT_DEFAULT: u16 = 4;
const PATH_MAX: usize = 1024;

impl LoadBalancerHealthCheck {
    /// Seconds between two checks.
    pub fn interval(&self) -> u16 {
        self.interval_seconds.unwrap_or(INTERVAL_DEFAULT)
    }

    /// Seconds that an answer may take.
    pub fn timeout(&self) -> u16 {
        self.timeout_seconds.unwrap_or(TIMEOUT_DEFAULT)
    }

    pub(crate) fn check(&self, events: &[Event], compute: &Compute, at: &mut Check<'_>) {
        let application = events.iter().any(|event| matches!(event, Event::ApplicationLoadBalancer(_)));
        let network = events.iter().any(|event| matches!(event, Event::NetworkLoadBalancer(_)));
        if !application && !network {
            at.report(&LoadBalancerHealthCheckIssue::NoLoadBalancer);
        }
        let (interval, timeout) = (self.interval(), self.timeout());
        let fits = (5..=300).contains(&interval);
        if !fits {
            at.field("healthcheckInterval").report(&LoadBalancerHealthCheckIssue::Interval { found: interval });
        }
        if !(2..=120).contains(&timeout) {
            at.field("healthcheckTimeout").report(&LoadBalancerHealthCheckIssue::Timeout { found: timeout });
        } else if fits && timeout >= interval {
            at.field("healthcheckTimeout").report(&LoadBalancerHealthCheckIssue::TimeoutAboveInterval { timeout, interval });
        }
        if let Some(path) = self.path.as_ref().filter(|path| !path.starts_with('/') || path.chars().count() > PATH_MAX) {
            at.field("healthcheckPath").report(&LoadBalancerHealthCheckIssue::Path { path: path.clone() });
        }
        if self.port == Some(0) {
            at.field("healthCheckPort").report(&LoadBalancerHealthCheckIssue::Port);
        } else if let Some(found) = self.port.filter(|_| compute.ec2().is_some()) {
            at.field("healthCheckPort").report(&LoadBalancerHealthCheckIssue::PortOnEc2 { found });
        }
        // Behind both kinds, a path is for the one that asks by HTTP.
        if network && !application && self.path.is_some() && self.protocol != Some(HealthCheckProtocol::Http) {
            at.field("healthcheckPath").report(&LoadBalancerHealthCheckIssue::PathOfTcp);
        }
        if application && self.protocol == Some(HealthCheckProtocol::Tcp) {
            at.field("healthCheckProtocol").report(&LoadBalancerHealthCheckIssue::Protocol);
        }
    }
}

impl Default for LoadBalancerHealthCheck {
    fn default() -> Self {
        Self::builder().build()
    }
}

/// Mistakes in a health check of load balancers.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "load_balancer_health_check")]
#[non_exhaustive]
pub enum LoadBalancerHealthCheckIssue {
    /// Elastic Load Balancing's limit.
    #[error("found an interval of {found} s, expected 5 to 300 s")]
    #[issue(
        help = "write `.interval_seconds(5)`, or leave it out",
        yaml = "write `healthcheckInterval: 5`, or leave it out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"
    )]
    Interval {
        /// What was found.
        found: u16,
    },
    /// Elastic Load Balancing's limit.
    #[error("found a timeout of {found} s, expected 2 to 120 s")]
    #[issue(
        help = "write `.timeout_seconds(4)`, or leave it out",
        yaml = "write `healthcheckTimeout: 4`, or leave it out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"
    )]
    Timeout {
        /// What was found.
        found: u16,
    },
    /// A check must have ended before the next one begins.
    #[error("found a timeout of {timeout} s with an interval of {interval} s, expected a timeout below the interval")]
    #[issue(
        help = "write a longer interval or a shorter timeout; they are 5 s and 4 s where they are left out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"
    )]
    TimeoutAboveInterval {
        /// The timeout.
        timeout: u16,
        /// The interval.
        interval: u16,
    },
    /// Elastic Load Balancing's limit.
    #[error("found the path `{path}`, expected 1 to 1024 characters, the first one `/`")]
    #[issue(
        help = "write a path such as `/healthz`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"
    )]
    Path {
        /// What was found.
        path: String,
    },
    /// Nothing can listen at port 0.
    #[error("found the port 0, expected 1 to 65535")]
    #[issue(
        help = "write the port at which the container answers, or leave it out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"
    )]
    Port,
    /// On EC2, a port of a container is another one of the instance, which ECS chooses.
    #[error("found the port {found} on EC2, expected none: the port that a container has at its instance changes with each task")]
    #[issue(
        help = "leave the port out, and answer health checks at the port that requests go to; as it stands, no task becomes well",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"
    )]
    PortOnEc2 {
        /// What was found.
        found: u16,
    },
    /// Who would ask is told by events.
    #[error("found a health check for load balancers of a container that is behind none, expected an event of a load balancer")]
    #[issue(
        help = "add an event such as `ApplicationLoadBalancerEvent::new(&main, 80, 1)` or `NetworkLoadBalancerEvent::new(&main, 80, 80)`, leave the health check out, or write `.internal_health_check(..)`",
        yaml = "add an event of the type `application-load-balancer` or `network-load-balancer`, leave the health check out, or write `internalHealthCheck`",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html"
    )]
    NoLoadBalancer,
    /// A connection asks for nothing.
    #[error("found a path of a health check by `TCP`, as a network load balancer makes it, expected none")]
    #[issue(
        help = "write `.protocol(HealthCheckProtocol::Http)`, or leave the path out",
        yaml = "write `healthCheckProtocol: HTTP`, or leave the path out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html"
    )]
    PathOfTcp,
    /// An application load balancer asks by HTTP only.
    #[error("found a health check by `TCP` behind an application load balancer, expected `HTTP`")]
    #[issue(
        help = "leave the protocol out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"
    )]
    Protocol,
}
