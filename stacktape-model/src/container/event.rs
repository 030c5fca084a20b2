//! What reaches which port of a container.

use serde::ser::{Serialize, SerializeMap, Serializer};
use stacktape_macros::Keyed;

use super::load_balancer_event::ApplicationLoadBalancerEvent;
use crate::check::Check;
use crate::container::ServiceConnectEvent;
use crate::document::{Decode, Reader, Tagged, Tree, words};
use crate::http_api_gateway::{HttpApiGateway, PayloadFormat};
use crate::origin::Origin;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;

/// What reaches a port of a container. YAML: an entry of `events`.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Requests of an application load balancer. YAML: `application-load-balancer`.
    ApplicationLoadBalancer(ApplicationLoadBalancerEvent),
    /// Requests of an HTTP API. YAML: `http-api-gateway`.
    HttpApi(HttpApiEvent),
    /// Other workloads of the stack. YAML: `service-connect`.
    ServiceConnect(ServiceConnectEvent),
    /// Other containers of the same task. YAML: `workload-internal`.
    WorkloadInternal(WorkloadInternalEvent),
}

const APPLICATION_LOAD_BALANCER: &str = "application-load-balancer";
const HTTP_API_GATEWAY: &str = "http-api-gateway";
const SERVICE_CONNECT: &str = "service-connect";
const WORKLOAD_INTERNAL: &str = "workload-internal";

impl Decode for Event {
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let types = [APPLICATION_LOAD_BALANCER, HTTP_API_GATEWAY, SERVICE_CONNECT, WORKLOAD_INTERNAL];
        let (kind, properties) = at.tagged(tree, &types)?;
        match kind {
            APPLICATION_LOAD_BALANCER => ApplicationLoadBalancerEvent::decode(&properties, at).map(Self::ApplicationLoadBalancer),
            HTTP_API_GATEWAY => HttpApiEvent::decode(&properties, at).map(Self::HttpApi),
            SERVICE_CONNECT => ServiceConnectEvent::decode(&properties, at).map(Self::ServiceConnect),
            _ => WorkloadInternalEvent::decode(&properties, at).map(Self::WorkloadInternal),
        }
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::ApplicationLoadBalancer(properties) => Tagged { kind: APPLICATION_LOAD_BALANCER, properties }.serialize(serializer),
            Self::HttpApi(properties) => Tagged { kind: HTTP_API_GATEWAY, properties }.serialize(serializer),
            Self::ServiceConnect(properties) => Tagged { kind: SERVICE_CONNECT, properties }.serialize(serializer),
            Self::WorkloadInternal(properties) => Tagged { kind: WORKLOAD_INTERNAL, properties }.serialize(serializer),
        }
    }
}

impl Event {
    /// The port that is reached.
    pub const fn container_port(&self) -> u16 {
        match self {
            Self::ApplicationLoadBalancer(event) => event.container_port,
            Self::HttpApi(event) => event.container_port,
            Self::ServiceConnect(event) => event.container_port,
            Self::WorkloadInternal(event) => event.container_port,
        }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        match self {
            Self::ApplicationLoadBalancer(event) => {
                let mut at = at.written_here(event.origin());
                check_port(event.container_port, &mut at);
                event.check(&mut at);
            }
            Self::HttpApi(event) => {
                let mut at = at.written_here(event.origin());
                check_port(event.container_port, &mut at);
                event.check(&mut at);
            }
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

impl From<ApplicationLoadBalancerEvent> for Event {
    fn from(event: ApplicationLoadBalancerEvent) -> Self {
        Self::ApplicationLoadBalancer(event)
    }
}

impl From<HttpApiEvent> for Event {
    fn from(event: HttpApiEvent) -> Self {
        Self::HttpApi(event)
    }
}

impl From<ServiceConnectEvent> for Event {
    fn from(event: ServiceConnectEvent) -> Self {
        Self::ServiceConnect(event)
    }
}

impl From<WorkloadInternalEvent> for Event {
    fn from(event: WorkloadInternalEvent) -> Self {
        Self::WorkloadInternal(event)
    }
}

/// Other containers of the same task reach the port, at `localhost`. YAML: `workload-internal`.
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

/// Requests of an HTTP API with a certain path and method reach the port. YAML: `http-api-gateway`.
///
/// Paths are matched as API Gateway does: `/users/{id}` one segment, `/files/{rest+}` everything below, `*` what no other
/// route takes. With `Method::Any`, `/{proxy+}` takes `/` too.
#[derive(Clone, Debug, PartialEq)]
pub struct HttpApiEvent {
    /// The gateway. YAML: `httpApiGatewayName`.
    pub gateway: ResourceRef,
    /// The method. YAML: `method`.
    pub method: Method,
    /// The path. YAML: `path`.
    pub path: String,
    /// The port. YAML: `containerPort`.
    pub container_port: u16,
    /// How requests are described; containers take `1.0` only. YAML: `payloadFormat`, default: the gateway's.
    pub payload_format: Option<PayloadFormat>,
}

impl Decode for HttpApiEvent {
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        let fields = at.fields(tree, &["httpApiGatewayName", "containerPort", "method", "path", "payloadFormat"])?;
        let gateway = match fields.get("httpApiGatewayName") {
            Some(name) => ResourceRef::decode(name, ResourceKind::HttpApiGateway, &mut at.field("httpApiGatewayName")),
            None => at.missing(tree, "httpApiGatewayName", "the name of an http-api-gateway of the stack"),
        };
        let container_port: Option<u16> = fields.required("containerPort", at);
        let method: Option<Method> = fields.required("method", at);
        let path: Option<String> = fields.required("path", at);
        let payload_format = fields.optional("payloadFormat", at);
        Some(Self { gateway: gateway?, method: method?, path: path?, container_port: container_port?, payload_format })
    }
}

impl Serialize for HttpApiEvent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { gateway, method, path, container_port, payload_format } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("httpApiGatewayName", gateway)?;
        map.serialize_entry("containerPort", container_port)?;
        map.serialize_entry("method", method)?;
        map.serialize_entry("path", path)?;
        if let Some(format) = payload_format {
            map.serialize_entry("payloadFormat", format)?;
        }
        map.end()
    }
}

impl HttpApiEvent {
    /// Sends what the gateway receives for `method` and `path` to `container_port`.
    #[track_caller]
    pub fn new(gateway: &HttpApiGateway, method: Method, path: impl Into<String>, container_port: u16) -> Self {
        let gateway = ResourceRef::new(gateway.name(), ResourceKind::HttpApiGateway);
        Self { gateway, method, path: path.into(), container_port, payload_format: None }
    }

    /// The key of the route, as API Gateway spells it: `GET /users/{id}`, or `$default`.
    pub fn route_key(&self) -> String {
        match RoutePath::of(&self.path) {
            RoutePath::Default => "$default".to_owned(),
            RoutePath::Path(path) => format!("{} {path}", self.method.route_str()),
        }
    }

    /// Where the event is written.
    pub fn origin(&self) -> Origin {
        self.gateway.origin
    }

    fn check(&self, at: &mut Check<'_>) {
        match RoutePath::of(&self.path) {
            RoutePath::Default if self.method != Method::Any => {
                at.field("method").report(&EventIssue::MethodOfDefault { method: self.method.as_str() });
            }
            RoutePath::Default => {}
            RoutePath::Path(path) => check_path(path, &mut at.field("path")),
        }
    }
}

/// A path of an event, read.
pub(crate) enum RoutePath<'a> {
    /// What no other route takes.
    Default,
    /// A path with variables.
    Path(&'a str),
}

impl<'a> RoutePath<'a> {
    pub(crate) fn of(path: &'a str) -> Self {
        if matches!(path, "*" | "$default") { Self::Default } else { Self::Path(path) }
    }
}

fn check_path(path: &str, at: &mut Check<'_>) {
    let Some(below) = path.strip_prefix('/') else {
        return at.report(&EventIssue::RelativePath { path: path.to_owned() });
    };
    if below.ends_with('/') {
        let without = format!("/{}", below.trim_matches('/'));
        return at.report(&EventIssue::TrailingSlash { path: path.to_owned(), without });
    }
    let segments: Vec<_> = below.split('/').collect();
    let mut variables = Vec::new();
    for (index, segment) in segments.iter().enumerate() {
        let last = index + 1 == segments.len();
        let variable = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        let Some(variable) = variable else {
            let allowed = |letter: char| letter.is_ascii_alphanumeric() || "-._~%$@!&'()*+,;=:".contains(letter);
            if !segment.chars().all(allowed) || (segment.is_empty() && path != "/") {
                at.report(&EventIssue::PathSegment { path: path.to_owned(), segment: (*segment).to_owned() });
            }
            continue;
        };
        let (name, greedy) = variable.strip_suffix('+').map_or((variable, false), |name| (name, true));
        if name.is_empty() || !name.chars().all(|letter| letter.is_ascii_alphanumeric() || "._-:".contains(letter)) {
            at.report(&EventIssue::PathVariable { path: path.to_owned(), variable: (*segment).to_owned() });
        }
        if greedy && !last {
            at.report(&EventIssue::GreedyInside { path: path.to_owned(), variable: (*segment).to_owned() });
        }
        if variables.contains(&name) {
            at.report(&EventIssue::PathVariableTwice { path: path.to_owned(), name: name.to_owned() });
        }
        variables.push(name);
    }
}

/// A method of HTTP. YAML: `method`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// Any method. YAML: `*`.
    Any,
    /// `GET`.
    Get,
    /// `POST`.
    Post,
    /// `PUT`.
    Put,
    /// `PATCH`.
    Patch,
    /// `DELETE`.
    Delete,
    /// `HEAD`.
    Head,
    /// `OPTIONS`.
    Options,
}

words!(Method);

/// The method as YAML spells it.
impl From<Method> for String {
    fn from(method: Method) -> Self {
        method.as_str().to_owned()
    }
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 8] = [Self::Any, Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete, Self::Head, Self::Options];

    /// The method as YAML and CORS spell it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Any => "*",
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
        }
    }

    /// The method as route keys spell it.
    pub const fn route_str(self) -> &'static str {
        match self {
            Self::Any => "ANY",
            other => other.as_str(),
        }
    }
}

/// Mistakes in an event.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
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
