//! Routes of gateways, over all workloads and functions.

use crate::check::traffic::{self, Program};
use crate::check::{Check, Resources};
use crate::http_api_gateway::{HttpApiGateway, PayloadFormat, Route};
use crate::nested::written_name;
use crate::table::Table;

/// Mistakes in routes of gateways.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "routing")]
#[non_exhaustive]
pub enum RoutingIssue {
    /// A gateway sends a request to one place.
    #[error("found the route `{route}` of `{gateway}` a second time, expected each route once")]
    #[issue(
        help = "change the path or the method; the other one belongs to `{other}`",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html"
    )]
    DuplicateRoute {
        /// The route's key.
        route: String,
        /// The gateway.
        gateway: String,
        /// The workload or function that has the route.
        other: String,
    },
    /// A gateway finds the instances of a workload in one service registry, which knows one port.
    #[error("found the port {found}, expected {expected}, since all HTTP API events of a workload lead to one port")]
    #[issue(
        help = "write {expected}, or move the container into a workload of its own",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html"
    )]
    SecondPort {
        /// What was found.
        found: u16,
        /// The port of the first event.
        expected: u16,
    },
    /// API Gateway describes requests to containers in format 1.0 only.
    #[error("found the payload format `2.0` for a container, expected `1.0`")]
    #[issue(
        help = "leave `payloadFormat` out of the event and, if it stands there, of the gateway",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html"
    )]
    PayloadFormat,
    /// API Gateway describes requests to one function in both formats, if it is told to.
    #[error("found the payload format `{found}` for a function that gets requests in `{other}` by another event, expected one format")]
    #[issue(
        help = "write `.payload_format(..)` alike on all events of the function; as it stands, the function must tell the two apart",
        yaml = "write `payloadFormat: '{other}'`, or the other one everywhere; as it stands, the function must tell the two apart",
        warning,
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html"
    )]
    MixedFormats {
        /// What was found.
        found: &'static str,
        /// The format of the first event.
        other: &'static str,
    },
    /// API Gateway's quota of routes, which AWS raises on request.
    #[error("found {found} routes of `{gateway}`, expected at most 300, API Gateway's quota")]
    #[issue(
        help = "join routes as `/{{proxy+}}`, or ask AWS for a higher quota",
        warning,
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"
    )]
    TooManyRoutes {
        /// How many there are.
        found: usize,
        /// The gateway.
        gateway: String,
    },
}

const ROUTES_MAX: usize = 300;

/// Checks the routes of all gateways.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let gateways: Table<_, _> = resources.all::<HttpApiGateway>().map(|gateway| (gateway.name(), gateway)).collect();
    let mut at = root.field("resources");
    let mut owners: Table<(&str, String), &str> = Table::new();
    let mut count: Table<&str, usize> = Table::new();
    let format_of = |route: &Route| {
        let of_gateway = || gateways.get(route.gateway.name.as_str()).map(|gateway| gateway.payload_format).unwrap_or_default();
        route.payload_format.unwrap_or_else(of_gateway)
    };
    let routes = traffic::routes(resources);
    let mut first = routes.first();
    for route in &routes {
        // Those to one workload or function stand together.
        first = first.filter(|first| first.to.is_part_of(route.to)).or(Some(route));
        let Some(first) = first else { continue };
        let gateway = route.by.gateway.name.as_str();
        *count.entry(gateway).or_default() += 1;
        let other = owners.insert((gateway, route.by.key()), route.to.name());
        route.visit(&mut at, &mut |at| {
            let mut at = at.written_here(route.by.origin());
            let (format, first_format) = (format_of(route.by), format_of(first.by));
            match (route.to, first.to) {
                (Program::Container { port: found, .. }, Program::Container { port: expected, .. }) => {
                    if found != expected {
                        at.field("containerPort").report(&RoutingIssue::SecondPort { found, expected });
                    }
                    if format == PayloadFormat::V2 {
                        at.field("payloadFormat").report(&RoutingIssue::PayloadFormat);
                    }
                }
                _ if format != first_format => {
                    let (found, other) = (format.as_str(), first_format.as_str());
                    at.field("payloadFormat").report(&RoutingIssue::MixedFormats { found, other });
                }
                _ => {}
            }
            if let Some(other) = other.filter(|_| !route.to.is_of_service()) {
                let (gateway, other) = (gateway.to_owned(), written_name(other).to_owned());
                at.field("path").report(&RoutingIssue::DuplicateRoute { route: route.by.key(), gateway, other });
            }
        });
    }
    for (gateway, found) in count.into_iter().filter(|(_, found)| *found > ROUTES_MAX) {
        let issue = RoutingIssue::TooManyRoutes { found, gateway: gateway.to_owned() };
        match gateways.get(gateway) {
            Some(HttpApiGateway { origin, .. }) => at.field(written_name(gateway)).written_at(*origin).report(&issue),
            None => at.field(written_name(gateway)).report(&issue),
        }
    }
}
