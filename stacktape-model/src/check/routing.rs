//! Routes of gateways, over all workloads.

use crate::check::{Check, Resources};
use crate::container::HttpApiEvent;
use crate::http_api_gateway::{HttpApiGateway, PayloadFormat};
use crate::nested::{service_of, written_name};
use crate::table::Table;

/// Mistakes in routes of gateways.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
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
        /// The workload that has the route.
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
    let mut takes_containers = Table::new();
    let mut origins = Table::new();
    for gateway in resources.all::<HttpApiGateway>() {
        *takes_containers.entry(gateway.name()).or_insert(true) &= gateway.takes_containers();
        origins.insert(gateway.name(), gateway.origin);
    }
    let mut routes: Table<(&str, String), &str> = Table::new();
    let mut count: Table<&str, usize> = Table::new();
    let mut at = root.field("resources");
    for workload in resources.workloads {
        let mut at = at.field(written_name(workload.name()));
        let first_port = workload.placed_events::<HttpApiEvent>().next().map(|(_, event)| event.container_port);
        for ((container, index), event) in workload.placed_events::<HttpApiEvent>() {
            let mut at = workload.at_container(container, &mut at);
            let mut at = at.element("events", index).written_at(event.origin());
            check_event(event, first_port, &takes_containers, &mut at);
            *count.entry(event.gateway.name.as_str()).or_default() += 1;
            let route = event.route_key();
            // What a service has twice, it has since its name is there twice, which is a finding of its own.
            if let Some(other) = routes.insert((&event.gateway.name, route.clone()), workload.name())
                && service_of(workload.name()).is_none()
            {
                let (gateway, other) = (event.gateway.name.clone(), written_name(other).to_owned());
                at.field("path").report(&RoutingIssue::DuplicateRoute { route, gateway, other });
            }
        }
    }
    for (gateway, found) in count.into_iter().filter(|(_, found)| *found > ROUTES_MAX) {
        let issue = RoutingIssue::TooManyRoutes { found, gateway: gateway.to_owned() };
        match origins.get(gateway) {
            Some(origin) => at.field(written_name(gateway)).written_at(*origin).report(&issue),
            None => at.field(written_name(gateway)).report(&issue),
        }
    }
}

fn check_event(event: &HttpApiEvent, first_port: Option<u16>, takes_containers: &Table<&str, bool>, at: &mut Check<'_>) {
    if let Some(expected) = first_port.filter(|port| *port != event.container_port) {
        at.field("containerPort").report(&RoutingIssue::SecondPort { found: event.container_port, expected });
    }
    let takes = match event.payload_format {
        Some(format) => format == PayloadFormat::V1,
        None => takes_containers.get(event.gateway.name.as_str()).copied().unwrap_or(true),
    };
    if !takes {
        at.field("payloadFormat").report(&RoutingIssue::PayloadFormat);
    }
}
