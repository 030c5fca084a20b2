//! A network load balancer in front of a web service.

use stacktape_macros::{Keyed, model};

use crate::check::Check;
use crate::container::{Event, EventIssue, LoadBalancerHealthCheck, NetworkLoadBalancerEvent};
use crate::network_load_balancer::{NetworkListener, NetworkListenerProtocol, NetworkLoadBalancer};
use crate::origin::Origin;
use crate::table::Set;
use crate::text::Text;

use super::WebServiceIssue;

pub(super) const NETWORK_LOAD_BALANCER: &str = "network-load-balancer";

/// By a network load balancer.
#[derive(Clone, Debug, Default, PartialEq, Keyed)]
pub struct ByNetworkLoadBalancer {
    /// How it finds out whether an instance is well. YAML: the properties beside `ports`, default: a connection every 5 seconds.
    #[group]
    pub health_check: LoadBalancerHealthCheck,
    /// The ports at which it listens: at least one. YAML: `ports`.
    #[required]
    pub ports: Vec<ServicePort>,
}

impl ByNetworkLoadBalancer {
    /// How it finds out whether an instance is well. YAML: the properties beside `ports`.
    pub fn health_check(mut self, health_check: impl Into<LoadBalancerHealthCheck>) -> Self {
        self.health_check = health_check.into();
        self
    }

    /// Listens at a port. YAML: an entry of `ports`.
    pub fn port(mut self, port: impl Into<ServicePort>) -> Self {
        self.ports.push(port.into());
        self
    }

    /// Listens at ports. YAML: `ports`.
    pub fn ports<P: Into<ServicePort>>(mut self, ports: impl IntoIterator<Item = P>) -> Self {
        self.ports.extend(ports.into_iter().map(Into::into));
        self
    }

    /// The health check, if it is another one than the default.
    pub(super) fn own_health_check(&self) -> Option<LoadBalancerHealthCheck> {
        Some(self.health_check.clone()).filter(|check| *check != LoadBalancerHealthCheck::default())
    }

    pub(super) fn listeners(&self) -> Vec<NetworkListener> {
        self.ports.iter().map(ServicePort::listener).collect()
    }

    /// One event of each port. A port that is there twice is told as such.
    pub(super) fn events(&self, balancer: &NetworkLoadBalancer, origin: Origin) -> Vec<Event> {
        let mut ports = Set::new();
        let once = self.ports.iter().filter(|port| ports.insert(port.port));
        once.map(|port| {
            let mut event = NetworkLoadBalancerEvent::new(balancer, port.port, port.leads_to());
            event.load_balancer.origin = origin;
            event.into()
        })
        .collect()
    }

    /// The rules that a network load balancer does not have; those that it has are checked of what the service becomes.
    pub(super) fn check(&self, has_domains: bool, at: &mut Check<'_>) {
        let mut at = at.field("ports");
        if self.ports.is_empty() {
            at.report(&WebServiceIssue::NoPort);
        }
        at.each(&self.ports, |at, port| {
            let mut at = at.written_here(port.origin);
            if port.protocol == NetworkListenerProtocol::Tls && port.custom_certificate_arns.is_empty() && !has_domains {
                at.report(&WebServiceIssue::PortWithoutCertificate { port: port.port });
            }
            if port.container_port == Some(0) {
                at.field("containerPort").report(&EventIssue::NoPort);
            }
        });
    }
}

/// A port at which a network load balancer in front of a service listens. YAML: an entry of `ports`.
///
/// ```
/// use stacktape_model::web_service::ServicePort;
/// let plain = ServicePort::tcp(5432);
/// let secure = ServicePort::tls(8883).container_port(1883);
/// ```
#[model]
pub struct ServicePort {
    /// `port`: 1 to 65535, each once. YAML: `port`. Changing it makes a new listener and removes the old one.
    #[argument]
    pub(crate) port: u16,
    /// How clients talk to it: by TLS, which needs a certificate, or by TCP. YAML: `protocol`, default `TLS`. Changed in place.
    pub(crate) protocol: NetworkListenerProtocol,
    /// Where the container listens: 1 to 65535. YAML: `containerPort`, default: the port itself.
    pub(crate) container_port: Option<u16>,
    /// ARNs of certificates in ACM or IAM, for TLS. The first one is for clients that name no host. YAML: `customCertificateArns`,
    /// default: those of the service's custom domains.
    #[each(custom_certificate_arn)]
    pub(crate) custom_certificate_arns: Vec<Text>,
    pub(crate) origin: Origin,
}

impl ServicePort {
    /// A port that passes bytes on as they come.
    #[track_caller]
    pub fn tcp(port: u16) -> ServicePortBuilder {
        Self::builder(port).protocol(NetworkListenerProtocol::Tcp)
    }

    /// A port by TLS, with the certificates of the service's custom domains, or with its own.
    #[track_caller]
    pub fn tls(port: u16) -> ServicePortBuilder {
        Self::builder(port)
    }

    /// Where the container listens.
    pub fn leads_to(&self) -> u16 {
        self.container_port.unwrap_or(self.port)
    }

    fn listener(&self) -> NetworkListener {
        // No `..`: what else a port may have must be decided here.
        let Self { port, protocol, container_port: _, custom_certificate_arns, origin } = self;
        NetworkListener {
            protocol: *protocol,
            port: *port,
            custom_certificate_arns: custom_certificate_arns.clone(),
            whitelist_ips: None,
            origin: *origin,
        }
    }
}
