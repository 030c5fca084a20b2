//! What reaches which port of a container.

use stacktape_macros::Keyed;

use crate::check::Check;
use crate::container::{ApplicationLoadBalancerEvent, HttpApiEvent, NetworkLoadBalancerEvent, ServiceConnectEvent};
use crate::event::event_table;

event_table! {
    /// What reaches a port of a container. YAML: an entry of `events`.
    Event, by
    /// A kind of event, as a type: [`Container::events_of`](super::Container::events_of) finds events by it.
    EventType:
    /// Requests of an application load balancer.
    ApplicationLoadBalancer(ApplicationLoadBalancerEvent) = "application-load-balancer";
    /// Requests of an HTTP API.
    HttpApi(HttpApiEvent) = "http-api-gateway";
    /// Connections of a network load balancer.
    NetworkLoadBalancer(NetworkLoadBalancerEvent) = "network-load-balancer";
    /// Other workloads of the stack.
    ServiceConnect(ServiceConnectEvent) = "service-connect";
    /// Other containers of the same task.
    WorkloadInternal(WorkloadInternalEvent) = "workload-internal";
}

impl Event {
    /// The port that is reached.
    pub const fn container_port(&self) -> u16 {
        match self {
            Self::ApplicationLoadBalancer(event) => event.container_port,
            Self::HttpApi(event) => event.container_port,
            Self::NetworkLoadBalancer(event) => event.container_port,
            Self::ServiceConnect(event) => event.container_port,
            Self::WorkloadInternal(event) => event.container_port,
        }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        match self {
            Self::ApplicationLoadBalancer(event) => {
                let mut at = at.written_here(event.origin());
                check_port(event.container_port, &mut at);
                event.rule.check(&mut at);
            }
            Self::HttpApi(event) => {
                let mut at = at.written_here(event.origin());
                check_port(event.container_port, &mut at);
                event.route.check(&mut at);
            }
            // Its listener is a matter of the whole stack.
            Self::NetworkLoadBalancer(event) => check_port(event.container_port, &mut at.written_here(event.origin())),
            Self::ServiceConnect(event) => {
                check_port(event.container_port, at);
                event.check(at);
            }
            Self::WorkloadInternal(event) => check_port(event.container_port, at),
        }
    }
}

fn check_port(port: u16, at: &mut Check<'_>) {
    if port == 0 {
        at.field("containerPort").report(&EventIssue::NoPort);
    }
}

/// Other containers of the same task reach the port: on Fargate at `localhost`, on EC2 at the name of this container, unless this
/// container waits for them (`dependsOn`). YAML: `workload-internal`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Keyed)]
pub struct WorkloadInternalEvent {
    /// The port. YAML: `containerPort`.
    #[required]
    pub container_port: u16,
}

impl WorkloadInternalEvent {
    /// Opens a port to the other containers of the task.
    pub const fn new(container_port: u16) -> Self {
        Self { container_port }
    }
}

/// Mistakes in an event.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "event")]
#[non_exhaustive]
pub enum EventIssue {
    /// Nothing can listen at port 0.
    #[error("found the port 0, expected 1 to 65535")]
    #[issue(
        help = "write the port at which the container listens",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"
    )]
    NoPort,
    /// API Gateway's default route takes every method.
    #[error("found the method `{method}` for the path `*`, expected `*`")]
    #[issue(
        help = "write `Method::Any`, or the path `/{{proxy+}}`",
        yaml = "write `method: '*'`, or the path `/{{proxy+}}`",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"
    )]
    MethodOfDefault {
        /// What was found.
        method: &'static str,
    },
    /// A route's path begins at the root.
    #[error("found the path `{path}`, expected one that begins with `/`, or `*`")]
    #[issue(help = "write `/{path}`", docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html")]
    RelativePath {
        /// What was found.
        path: String,
    },
    /// API Gateway refuses a route that ends in a slash.
    #[error("found the path `{path}`, expected one without a `/` at its end")]
    #[issue(help = "write `{without}`", docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html")]
    TrailingSlash {
        /// The path.
        path: String,
        /// The path as API Gateway takes it.
        without: String,
    },
    /// API Gateway's spelling of a path.
    #[error("found `{segment}` in the path `{path}`, expected letters, digits and `-._~%$@!&'()*+,;=:`, or one variable as `{{name}}`")]
    #[issue(
        help = "give the variable a segment of its own, or leave out what is not allowed",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"
    )]
    PathSegment {
        /// The path.
        path: String,
        /// The part that was found.
        segment: String,
    },
    /// API Gateway's spelling of a path variable.
    #[error("found the variable `{variable}` in the path `{path}`, expected a name of letters, digits and `._-:`")]
    #[issue(
        help = "write a variable such as `{{id}}`, or `{{proxy+}}` for everything below",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"
    )]
    PathVariable {
        /// The path.
        path: String,
        /// The part that was found.
        variable: String,
    },
    /// What takes everything below has nothing behind it.
    #[error("found `{variable}` inside the path `{path}`, expected it at the end")]
    #[issue(
        help = "move it to the end, or leave out the `+`",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"
    )]
    GreedyInside {
        /// The path.
        path: String,
        /// The part that was found.
        variable: String,
    },
    /// A variable has one value in a path.
    #[error("found the variable `{name}` twice in the path `{path}`, expected each name once")]
    #[issue(
        help = "rename one of the two",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"
    )]
    PathVariableTwice {
        /// The path.
        path: String,
        /// The variable's name.
        name: String,
    },
}
