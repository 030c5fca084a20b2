//! Services of every kind.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::application_load_balancer::{PORTS, certificate_later};
use super::compute::{compute, scaling};
use super::container::{container_later, container_logs, environment_later, internal_health_check};
use super::custom_domain::{domains_of, ways};
use super::efs_filesystem::mounts_later;
use super::http_api_gateway::http_api_cors;
use super::iam::statement_later;
use super::image::{BuildSources, image};
use super::load_balancer_event::load_balancer_health_check;
use super::multi_container_workload::once_each;
use super::name::{self, letters, word};
use super::raw_resource::{Role, override_of};
use super::surroundings::{Later, Surroundings, pick};
use crate::container::{Condition, Container, Dependency, HealthCheckProtocol, LoadBalancerHealthCheck, ServiceConnectProtocol};
use crate::custom_domain::CertificateUse;
use crate::network_load_balancer::NetworkListenerProtocol;
use crate::private_service::{ByServiceConnect, PrivateLoadBalancing, PrivateService};
use crate::reference::{AwsService, ConnectTarget, Connection, ResourceRef};
use crate::resource::ResourceKind;
use crate::service::{ByApplicationLoadBalancer, SERVICE_CONTAINER, SideContainer};
use crate::text::Text;
use crate::web_service::{ByHttpApiGateway, ByNetworkLoadBalancer, ServicePort, WebLoadBalancing, WebService};
use crate::worker_service::WorkerService;

/// Web services behind an HTTP API or a network load balancer, with any of their properties. Behind an application load balancer, one
/// would be warned of: see [`by_load_balancer`].
pub fn web_service(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<WebService> {
    let (name, around) = (name.into(), around.clone());
    web_later(&BuildSources::default()).prop_map(move |later| later.within(&around)(&name)).boxed()
}

/// Private services behind Service Connect or a load balancer, with any of their properties.
pub fn private_service(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<PrivateService> {
    let (name, around) = (name.into(), around.clone());
    private_later(&BuildSources::default()).prop_map(move |later| later.within(&around)(&name)).boxed()
}

/// Worker services with any of their properties.
pub fn worker_service(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<WorkerService> {
    let (name, around) = (name.into(), around.clone());
    worker_later(&BuildSources::default()).prop_map(move |later| later.within(&around)(&name)).boxed()
}

/// Side containers with any of their properties, but for what needs other side containers.
pub fn side_container(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<SideContainer> {
    let (name, around) = (name.into(), around.clone());
    (container_later(&BuildSources::default()), any::<bool>())
        .prop_map(move |(later, init)| side(later.within(&around), &name, init, Vec::new()))
        .boxed()
}

/// Load balancers in front of services.
pub fn by_load_balancer() -> impl Strategy<Value = ByApplicationLoadBalancer> {
    // An application load balancer asks by HTTP alone.
    let by_http = load_balancer_health_check().prop_map(|mut check| {
        check.protocol = check.protocol.map(|_| HealthCheckProtocol::Http);
        check
    });
    let health_check = by_http.prop_filter("what is the default is left out", |check| *check != LoadBalancerHealthCheck::default());
    option::of(health_check).prop_map(|health_check| ByApplicationLoadBalancer { health_check })
}

/// Network load balancers in front of services, of one to three ports. Those by TLS have certificates of their own.
pub fn by_network_load_balancer(around: &Surroundings) -> BoxedStrategy<ByNetworkLoadBalancer> {
    let around = around.clone();
    by_network_load_balancer_later().prop_map(move |later| later.within(&around)(false)).boxed()
}

/// A load balancer that waits for its surroundings, and then for whether the service has domains.
type OfDomains = Box<dyn Fn(bool) -> ByNetworkLoadBalancer>;

fn by_network_load_balancer_later() -> BoxedStrategy<Later<OfDomains>> {
    let port = (any::<bool>(), option::of(select(vec![80, 1883, 8443_u16])), vec(certificate_later(), 0..3));
    (subsequence(&PORTS[..], 1..=3), vec(port, 3), load_balancer_health_check())
        .prop_map(|(numbers, ports, mut health_check)| {
            // A path is for who asks by HTTP.
            health_check.path = health_check.path.filter(|_| health_check.protocol == Some(HealthCheckProtocol::Http));
            Later::new(move |around| {
                let within = |certificates: &[Later<Text>]| certificates.iter().map(|arn| arn.within(around)).collect::<Vec<_>>();
                let ports: Vec<_> = ports.iter().map(|(tls, container, arns)| (*tls, *container, within(arns))).collect();
                let (numbers, health_check) = (numbers.clone(), health_check.clone());
                Box::new(move |has_domains| {
                    let ports = numbers.iter().zip(&ports).map(|(number, (tls, container_port, arns))| {
                        let secured = *tls && (has_domains || !arns.is_empty());
                        let port = if secured {
                            ServicePort::tls(*number).custom_certificate_arns(arns.clone())
                        } else {
                            ServicePort::tcp(*number)
                        };
                        ServicePort { container_port: *container_port, ..port.build() }
                    });
                    WebLoadBalancing::network_load_balancer().health_check(health_check.clone()).ports(ports)
                }) as OfDomains
            })
        })
        .boxed()
}

/// A service that waits for its surroundings, and then for its name.
pub(super) type Named<T> = Box<dyn Fn(&str) -> T>;

const OVERRIDES: &[(&str, &str, &str)] = &[("Service", "PlatformVersion", "\"1.4.0\""), ("TaskRole", "MaxSessionDuration", "7200")];
const WEB_OVERRIDES: &[(&str, &str, &str)] =
    &[("HttpApi", "DisableExecuteApiEndpoint", "false"), ("Service", "PlatformVersion", "\"1.4.0\"")];

/// A service of another kind that has what a worker has.
macro_rules! like_a_worker {
    ($kind:ident, $worker:expr, $($own:ident),*) => {{
        // No `..`: what all kinds have, all kinds get.
        let WorkerService {
            name, resources, packaging, environment, logging, scaling, internal_health_check, stop_timeout, enable_remote_sessions,
            use_private_subnets_with_nat, volume_mounts, side_containers, connect_to, iam_role_statements, overrides, origin,
        } = $worker;
        $kind {
            name, resources, packaging, environment, logging, scaling, internal_health_check, stop_timeout, enable_remote_sessions,
            use_private_subnets_with_nat, volume_mounts, side_containers, connect_to, iam_role_statements, overrides, origin, $($own),*
        }
    }};
}

pub(super) fn web_later(sources: &BuildSources) -> BoxedStrategy<Later<Named<WebService>>> {
    let in_front = (option::of(http_api_cors()), option::weighted(0.25, by_network_load_balancer_later()));
    (common_later(sources, WEB_OVERRIDES), in_front, ways())
        .prop_map(|(common, (cors, network), ways)| {
            Later::new(move |around| {
                let worker = common.within(around);
                let network = network.as_ref().map(|later| later.within(around)(!ways.is_empty()));
                let ways = ways.clone();
                let gateway = ByHttpApiGateway { cors: cors.clone() };
                let make: Named<WebService> = Box::new(move |name| {
                    let mut worker = worker(name);
                    let mut certificates = CertificateUse::Gateway;
                    let mut load_balancing: WebLoadBalancing = gateway.clone().into();
                    if let Some(mut by) = network.clone() {
                        worker.overrides.retain(|value| !value.logical_id.ends_with("HttpApi"));
                        // On EC2, a port for health checks alone is warned of.
                        by.health_check.port = by.health_check.port.filter(|_| worker.resources.ec2().is_none());
                        let for_domains = by.ports.iter().any(is_for_domains);
                        certificates = if for_domains { CertificateUse::Listeners } else { CertificateUse::None };
                        load_balancing = by.into();
                    }
                    // Domains of gateways begin with the names of these.
                    let custom_domains = domains_of(&format!("{name}Web"), &ways, certificates, &Surroundings::none());
                    like_a_worker!(WebService, told_where_to_listen(worker), load_balancing, custom_domains)
                });
                make
            })
        })
        .boxed()
}

fn is_for_domains(port: &ServicePort) -> bool {
    port.protocol == NetworkListenerProtocol::Tls && port.custom_certificate_arns.is_empty()
}

pub(super) fn private_later(sources: &BuildSources) -> BoxedStrategy<Later<Named<PrivateService>>> {
    let by_service_connect = option::of(select(&ServiceConnectProtocol::ALL[..]));
    let load_balancing = prop_oneof![
        2 => by_service_connect.prop_map(|protocol| ByServiceConnect { protocol }.into()),
        1 => by_load_balancer().prop_map(PrivateLoadBalancing::from),
    ];
    let port = option::of(select(vec![80, 3000, 50051, 1, 65535_u16]));
    (common_later(sources, OVERRIDES), port, load_balancing)
        .prop_map(|(common, port, load_balancing)| {
            Later::new(move |around| {
                let worker = common.within(around);
                let load_balancing = load_balancing.clone();
                let make: Named<PrivateService> = Box::new(move |name| {
                    let mut load_balancing = load_balancing.clone();
                    let worker = worker(name);
                    // On EC2, a port for health checks alone is warned of.
                    if let PrivateLoadBalancing::ApplicationLoadBalancer(by) = &mut load_balancing
                        && worker.resources.ec2().is_some()
                    {
                        by.health_check = by.health_check.take().map(|check| LoadBalancerHealthCheck { port: None, ..check });
                        by.health_check = by.health_check.take().filter(|check| *check != LoadBalancerHealthCheck::default());
                    }
                    like_a_worker!(PrivateService, told_where_to_listen(worker), port, load_balancing)
                });
                make
            })
        })
        .boxed()
}

pub(super) fn worker_later(sources: &BuildSources) -> BoxedStrategy<Later<Named<WorkerService>>> {
    common_later(sources, OVERRIDES)
}

/// Without the variables that the service sets itself.
fn told_where_to_listen(mut worker: WorkerService) -> WorkerService {
    worker.environment.retain(|variable| variable.name != "PORT" && variable.name != "HOST");
    worker
}

/// What all kinds of services have.
fn common_later(sources: &BuildSources, overrides: &'static [(&str, &str, &str)]) -> BoxedStrategy<Later<Named<WorkerService>>> {
    let runs = (compute(), image(sources), scaling(), option::of(internal_health_check()), option::of(2..=120_u16));
    let settings = (option::of(container_logs()), any::<bool>(), option::weighted(0.3, Just(())), mounts_later(), override_of(overrides));
    let connected = (vec(any::<Index>(), 0..4), any::<bool>(), vec(statement_later(), 0..3));
    (runs, settings, environment_later(), side_containers_later(sources), connected)
        .prop_map(|(runs, (logging, sessions, private, mounts, overrides), environment, sides, (targets, ses, statements))| {
            Later::new(move |around| {
                let (compute, image, scaling, health_check, stop_timeout) = runs.clone();
                let worker = WorkerService {
                    environment: environment.within(around),
                    logging: logging.clone(),
                    scaling,
                    internal_health_check: health_check,
                    stop_timeout,
                    enable_remote_sessions: sessions,
                    use_private_subnets_with_nat: private.is_some(),
                    volume_mounts: mounts.within(around),
                    side_containers: sides.within(around),
                    connect_to: connections(&targets, ses, around),
                    iam_role_statements: once_each(statements.iter().map(|statement| statement.within(around))).collect(),
                    ..WorkerService::builder("", compute, image).build()
                };
                let mut overrides = overrides.clone();
                overrides.retain(|role| worker.resources.ec2().is_none() || !role.is_about("PlatformVersion"));
                let make: Named<WorkerService> = Box::new(move |name| WorkerService {
                    name: name.to_owned(),
                    overrides: overrides.iter().map(|role: &Role| role.of(name)).collect(),
                    ..worker.clone()
                });
                make
            })
        })
        .boxed()
}

/// Connections to some of what is around.
pub(super) fn connections(targets: &[Index], ses: bool, around: &Surroundings) -> Vec<Connection> {
    let buckets = around.buckets.iter().map(ConnectTarget::connection);
    let private = around.private_services.iter().map(ConnectTarget::connection);
    let web = around.web_services.iter().map(ConnectTarget::connection);
    let others = around.resources.iter().map(|resource| Connection::Resource(ResourceRef::new(resource.name(), resource.kind())));
    let all: Vec<_> = buckets.chain(private).chain(web).chain(others).collect();
    let chosen = targets.iter().filter_map(|index| pick(*index, &all).cloned());
    chosen.chain(ses.then(|| AwsService::Ses.connection())).collect()
}

/// The same without private services, which only containers of services find.
pub(super) fn connections_outside(targets: &[Index], ses: bool, around: &Surroundings) -> Vec<Connection> {
    let is_private =
        |connection: &Connection| matches!(connection, Connection::Resource(target) if target.kind == ResourceKind::PrivateService);
    let mut connections = connections(targets, ses, around);
    connections.retain(|connection| !is_private(connection));
    connections
}

/// What a side container waits for: the main one, or one that comes before.
type Waits = Option<(Index, bool)>;

/// Up to three side containers that agree with each other and with the main one.
fn side_containers_later(sources: &BuildSources) -> BoxedStrategy<Later<Vec<SideContainer>>> {
    let waits = option::of((any::<Index>(), any::<bool>()));
    vec((word(name::SIDE), container_later(sources), any::<bool>(), waits), 0..4)
        .prop_map(|sides| {
            Later::new(move |around| {
                let mut names: Vec<String> = Vec::new();
                let made = sides.iter().enumerate().map(|(index, (word, later, init, waits))| {
                    let name = format!("{word}{}", letters(index));
                    let side = side(later.within(around), &name, *init, dependencies(*waits, &names));
                    names.push(name);
                    side
                });
                made.collect()
            })
        })
        .boxed()
}

fn dependencies(waits: Waits, before: &[String]) -> Vec<Dependency> {
    let Some((index, main)) = waits else { return Vec::new() };
    let other = if main { Some(SERVICE_CONTAINER) } else { pick(index, before).map(String::as_str) };
    other.into_iter().map(|other| Dependency::new(other, Condition::Start)).collect()
}

fn side(mut container: Container, name: &str, init: bool, depends_on: Vec<Dependency>) -> SideContainer {
    name.clone_into(&mut container.name);
    container.events = Vec::new();
    container.load_balancer_health_check = None;
    container.gpu = None;
    container.depends_on = depends_on;
    if init {
        container.essential = container.essential.filter(|essential| !*essential);
        return SideContainer::run_on_init(container);
    }
    SideContainer::always_running(container)
}
