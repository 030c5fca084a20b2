//! `network-load-balancer`: a Network Load Balancer.

mod listener;

pub use listener::{NetworkListener, NetworkListenerBuilder, NetworkListenerParts, NetworkListenerProtocol};

use stacktape_macros::model;

use crate::check::Check;
use crate::custom_domain::{self, CustomDomain};
use crate::load_balancing::{Interface, certificate_use, check_listeners};
use crate::nested;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// A Network Load Balancer: spreads TCP connections over the instances of workloads, whatever is spoken in them. Each of its
/// listeners leads to one port of one workload. YAML: `network-load-balancer`.
///
/// ```
/// use stacktape_model::network_load_balancer::{ NetworkListener, NetworkLoadBalancer };
/// let broker = NetworkLoadBalancer::builder("broker").listener(NetworkListener::tcp(1883)).build();
/// ```
///
/// **Creates** an `AWS::ElasticLoadBalancingV2::LoadBalancer` with a security group and its listeners, and target groups for the
/// events of containers. Connections are spread over the instances of all availability zones.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct NetworkLoadBalancer {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the load balancer and its domain.
    #[argument]
    pub(crate) name: String,
    /// Who can reach it. YAML: `interface`, default `internet`. Changing it replaces the load balancer and its domain.
    pub(crate) interface: Interface,
    /// Domains of your own that lead here. YAML: `customDomains`, default: none.
    #[each(custom_domain)]
    pub(crate) custom_domains: Vec<CustomDomain>,
    /// The ports at which it listens. Each needs one event. YAML: `listeners`.
    #[each(listener)]
    pub(crate) listeners: Vec<NetworkListener>,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

impl NetworkLoadBalancer {
    /// The load balancer's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The domains of one's own that lead here.
    pub fn custom_domains(&self) -> &[CustomDomain] {
        &self.custom_domains
    }

    /// The listeners.
    pub fn listeners(&self) -> &[NetworkListener] {
        &self.listeners
    }

    /// The load balancer's domain, which AWS chooses. YAML: `$ResourceParam('..', 'domain')`.
    #[track_caller]
    pub fn domain(&self) -> Text {
        self.param(NetworkLoadBalancerParam::Domain)
    }

    /// The same as [`domain`](Self::domain), whatever domain of your own leads here. YAML: `$ResourceParam('..', 'canonicalDomain')`.
    #[track_caller]
    pub fn canonical_domain(&self) -> Text {
        self.param(NetworkLoadBalancerParam::CanonicalDomain)
    }

    /// The custom domains, with commas between them. YAML: `$ResourceParam('..', 'customDomains')`.
    #[track_caller]
    pub fn custom_domain_list(&self) -> Text {
        self.param(NetworkLoadBalancerParam::CustomDomains)
    }

    /// The port of one of its listeners. YAML: `$ResourceParam('..', 'port443')`.
    #[track_caller]
    pub fn listener_port(&self, port: u16) -> Text {
        self.any_param(Param::ListenerPort(port))
    }

    #[track_caller]
    fn param(&self, param: NetworkLoadBalancerParam) -> Text {
        self.any_param(Param::NetworkLoadBalancer(param))
    }

    #[track_caller]
    fn any_param(&self, param: Param) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::NetworkLoadBalancer), param })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        let frame = if self.is_of_service() { NetworkListener::frame_of_service } else { NetworkListener::frame };
        let frames: Vec<_> = self.listeners.iter().map(|listener| frame(listener, self.custom_domains.len())).collect();
        custom_domain::check(&self.custom_domains, certificate_use(&frames), at);
        self.at_listeners(at, |at| {
            if self.listeners.is_empty() && !self.is_of_service() {
                at.report(&NetworkLoadBalancerIssue::NoListener);
            }
            check_listeners(&frames, at);
        });
    }

    /// Whether it stands in front of a service, which tells itself what is missing.
    fn is_of_service(&self) -> bool {
        nested::service_of(&self.name).is_some()
    }

    /// Visits the place where the listeners are spelt: those of a service are its ports.
    pub(crate) fn at_listeners(&self, at: &mut Check<'_>, visit: impl FnOnce(&mut Check<'_>)) {
        if self.is_of_service() { visit(&mut at.field("loadBalancing").field("ports")) } else { visit(&mut at.field("listeners")) }
    }
}

/// What other resources may know of a network load balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkLoadBalancerParam {
    /// `domain`.
    Domain,
    /// `canonicalDomain`.
    CanonicalDomain,
    /// `customDomains`.
    CustomDomains,
}

impl NetworkLoadBalancerParam {
    /// Every parameter.
    pub const ALL: [Self; 3] = [Self::Domain, Self::CanonicalDomain, Self::CustomDomains];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::CanonicalDomain => "canonicalDomain",
            Self::CustomDomains => "customDomains",
        }
    }
}

/// Mistakes in a network load balancer.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "network_load_balancer")]
#[non_exhaustive]
pub enum NetworkLoadBalancerIssue {
    /// A load balancer costs money whether or not it does something.
    #[error("found no listener, expected at least one")]
    #[issue(
        help = "write `.listener(NetworkListener::tcp(5432))`, or remove the load balancer",
        yaml = "add an entry to `listeners`, with `protocol` and `port`, or remove the load balancer",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html"
    )]
    NoListener,
}
