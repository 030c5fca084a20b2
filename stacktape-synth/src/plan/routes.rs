//! Routes of gateways, and what they open.

use stacktape_model::container::{Authorizer, HttpApiEvent};
use stacktape_model::function::{Function, HttpApiIntegration};
use stacktape_model::http_api_gateway::{HttpApiGateway, Method, PayloadFormat, Route};
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::nested::written_name;
use stacktape_model::stack::ValidStack;
use stacktape_model::table::{Set, Table};

use super::{Registry, WorkloadPlan};
use crate::cfn::{self, Id};
use crate::logical_id;

/// What the plan says of an HTTP API gateway.
#[derive(Default)]
pub(crate) struct GatewayPlan<'a> {
    /// Its routes, in the order of workloads, functions and events.
    pub(crate) routes: Vec<RoutePlan<'a>>,
    /// The workloads and ports that it reaches, each once, through a VPC link.
    pub(crate) containers: Table<(&'a str, u16), ContainerTarget>,
    /// The functions that it calls, each once for a format of requests.
    pub(crate) functions: Table<(&'a str, &'static str), FunctionTarget<'a>>,
    /// The methods of its routes.
    pub(crate) methods: Set<Method>,
    /// The authorizers of its routes, each once.
    pub(crate) authorizers: Vec<(Id<cfn::api_gateway_v2::Authorizer>, Authorizer)>,
}

/// How a gateway reaches a workload.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ContainerTarget {
    pub(crate) integration: Id<cfn::api_gateway_v2::Integration>,
    pub(crate) registry: Id<cfn::service_discovery::Service>,
}

/// How a gateway calls a function.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FunctionTarget<'a> {
    pub(crate) integration: Id<cfn::api_gateway_v2::Integration>,
    pub(crate) function: &'a Function,
}

/// A route of a gateway.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RoutePlan<'a> {
    pub(crate) key: String,
    pub(crate) integration: Id<cfn::api_gateway_v2::Integration>,
    pub(crate) authorizer: Option<RouteAuthorizer<'a>>,
}

/// Who may use a route.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RouteAuthorizer<'a> {
    pub(crate) id: Id<cfn::api_gateway_v2::Authorizer>,
    /// How the event says it, with what belongs to the route alone.
    pub(crate) of: &'a Authorizer,
}

/// Traffic that a security group lets in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ingress {
    pub(crate) from: Source,
    pub(crate) port: u16,
    pub(crate) description: String,
}

/// Where traffic comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Source {
    /// What is in a security group.
    SecurityGroup(Id<cfn::ec2::SecurityGroup>),
    /// Anything in the VPC.
    Vpc,
}

pub(super) fn plan<'a>(stack: &'a ValidStack, workloads: &Table<&str, WorkloadPlan<'_>>) -> Table<&'a str, GatewayPlan<'a>> {
    let mut gateways: Table<&str, GatewayPlan<'_>> = Table::new();
    for gateway in stack.all::<HttpApiGateway>() {
        gateways.entry(gateway.name()).or_default();
    }
    for workload in stack.workloads() {
        let Some(registry) = &workloads[workload.name()].registry else { continue };
        for (_, HttpApiEvent { route, container_port }) in workload.events_of::<HttpApiEvent>() {
            let (name, port) = (workload.name(), *container_port);
            let gateway = gateways.entry(&route.gateway.name).or_default();
            let target = gateway.containers.entry((name, port)).or_insert_with(|| ContainerTarget {
                integration: logical_id::integration(&route.gateway.name, name, port),
                registry: registry.id.clone(),
            });
            let integration = target.integration.clone();
            gateway.add_route(route, integration);
        }
    }
    for function in stack.all::<Function>() {
        for HttpApiIntegration { route } in function.events_of::<HttpApiIntegration>() {
            let (name, format) = (function.name(), format_of(route, stack).as_str());
            let gateway = gateways.entry(&route.gateway.name).or_default();
            let target = gateway.functions.entry((name, format)).or_insert_with(|| FunctionTarget {
                integration: logical_id::function_integration(&route.gateway.name, name, format),
                function,
            });
            let integration = target.integration.clone();
            gateway.add_route(route, integration);
        }
    }
    gateways.values_mut().for_each(GatewayPlan::cover_root);
    gateways
}

/// How requests of a route are described: as it says, or else as its gateway says.
fn format_of(route: &Route, stack: &ValidStack) -> PayloadFormat {
    let of_gateway = || stack.get::<HttpApiGateway>(&route.gateway.name).map(|gateway| *gateway.parts().payload_format);
    route.payload_format.or_else(of_gateway).unwrap_or_default()
}

impl<'a> GatewayPlan<'a> {
    fn add_route(&mut self, route: &'a Route, integration: Id<cfn::api_gateway_v2::Integration>) {
        let authorizer = route.authorizer.as_ref().map(|authorizer| {
            let shared = authorizer.shared();
            let id = logical_id::authorizer(&route.gateway.name, &shared);
            if self.authorizers.iter().all(|(other, _)| *other != id) {
                self.authorizers.push((id.clone(), shared));
            }
            RouteAuthorizer { id, of: authorizer }
        });
        self.routes.push(RoutePlan { key: route.key(), integration, authorizer });
        self.methods.insert(route.method);
    }

    /// The functions that it calls, each once.
    pub(crate) fn callees(&self) -> Set<&'a str> {
        self.functions.keys().map(|(function, _)| *function).collect()
    }

    /// API Gateway does not say whether `/{proxy+}` takes the bare `/`, and people expect it to: a route of its own makes it
    /// so, unless another one takes it already. It lets pass the same people.
    fn cover_root(&mut self) {
        if self.routes.iter().any(|route| matches!(route.key.as_str(), "$default" | "ANY /")) {
            return;
        }
        let below_root: Vec<_> = self.routes.iter().filter_map(|route| Some((root_of(&route.key)?, route.clone()))).collect();
        if below_root.iter().all(|(root, _)| root != "ANY /") {
            return;
        }
        // Each method of its own, lest `ANY /` takes what another route was to take, or to keep closed.
        for (key, route) in below_root {
            if self.routes.iter().all(|other| other.key != key) {
                self.routes.push(RoutePlan { key, ..route });
            }
        }
    }
}

/// The route of the bare root, for one that takes everything below it: `GET /` for `GET /{proxy+}`.
fn root_of(key: &str) -> Option<String> {
    let (method, path) = key.split_once(' ')?;
    let variable = path.strip_prefix("/{")?.strip_suffix("+}")?;
    (!variable.contains('/')).then(|| format!("{method} /"))
}

/// What gateways send to which workload.
pub(super) fn ingress<'a>(gateways: &Table<&str, GatewayPlan<'a>>) -> impl Iterator<Item = (&'a str, Ingress)> {
    gateways.iter().flat_map(|(gateway, plan)| {
        let from = logical_id::vpc_link_security_group(gateway);
        plan.containers.keys().map(move |(workload, port)| {
            (
                *workload,
                Ingress {
                    from: Source::SecurityGroup(from.clone()),
                    port: *port,
                    description: format!("from the HTTP API gateway {}", written_name(gateway)),
                },
            )
        })
    })
}

/// Where gateways look for a workload: one container and port of it, as validation made sure.
pub(super) fn registry(workload: &MultiContainerWorkload) -> Option<Registry> {
    workload.events_of::<HttpApiEvent>().next().map(|(container, event)| Registry {
        id: logical_id::discovery_service(workload.name(), event.container_port),
        container: container.name().to_owned(),
        port: event.container_port,
    })
}
