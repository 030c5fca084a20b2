//! `application-load-balancer`: an Application Load Balancer.

mod listener;
mod redirect;

pub use listener::{Listener, ListenerBuilder, ListenerIssue, ListenerParts, ListenerProtocol};
pub use redirect::{
    DefaultAction, Redirect, RedirectBuilder, RedirectIssue, RedirectParts, RedirectPort, RedirectProtocol, RedirectStatus,
};

use stacktape_macros::model;

use crate::check::Check;
use crate::document::words;
use crate::nested;
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::table::Set;
use crate::text::{Param, ParamRef, Text};

/// An Application Load Balancer: spreads HTTP requests over the instances of workloads, by path, host, header and more.
/// YAML: `application-load-balancer`.
///
/// ```
/// use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, Interface, Listener};
/// let public = ApplicationLoadBalancer::builder("public").listener(Listener::http(80)).build();
/// let inside = ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).build();
/// ```
///
/// **Creates** an `AWS::ElasticLoadBalancingV2::LoadBalancer` with a security group and its listeners, and, for the events of
/// containers, target groups and rules. Without listeners of its own, it listens at port 80 by HTTP.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct ApplicationLoadBalancer {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the load balancer and its domain.
    #[argument]
    pub(crate) name: String,
    /// Who can reach it. YAML: `interface`, default `internet`. Changing it replaces the load balancer and its domain.
    pub(crate) interface: Interface,
    /// The ports at which it listens; events then name theirs. YAML: `listeners`, default: port 80 by HTTP.
    #[each(listener)]
    pub(crate) listeners: Vec<Listener>,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

/// Who can reach a load balancer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interface {
    /// Everyone. YAML: `internet`.
    #[default]
    Internet,
    /// What runs in the VPC. YAML: `internal`.
    Internal,
}

words!(Interface);

impl Interface {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Internet, Self::Internal];

    /// The interface as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Internet => "internet",
            Self::Internal => "internal",
        }
    }
}

/// The port of a load balancer without listeners of its own.
pub const DEFAULT_LISTENER_PORT: u16 = 80;

const LISTENERS_MAX: usize = 50;
/// Beyond the default one of each listener.
const CERTIFICATES_MAX: usize = 25;
const SECURITY_GROUP_RULES_MAX: usize = 60;

impl ApplicationLoadBalancer {
    /// The load balancer's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The listeners that are written out.
    pub fn listeners(&self) -> &[Listener] {
        &self.listeners
    }

    /// The listener that an event reaches, where there is one: that of the port it names, or the default one.
    pub fn listener_port(&self, named: Option<u16>) -> Option<u16> {
        match named {
            None => self.listeners.is_empty().then_some(DEFAULT_LISTENER_PORT),
            Some(port) => self.listeners.iter().any(|listener| listener.port == port).then_some(port),
        }
    }

    /// The load balancer's domain, which AWS chooses. YAML: `$ResourceParam('..', 'domain')`.
    #[track_caller]
    pub fn domain(&self) -> Text {
        self.param(ApplicationLoadBalancerParam::Domain)
    }

    /// The same as [`domain`](Self::domain), whatever domain of your own leads here. YAML: `$ResourceParam('..', 'canonicalDomain')`.
    #[track_caller]
    pub fn canonical_domain(&self) -> Text {
        self.param(ApplicationLoadBalancerParam::CanonicalDomain)
    }

    /// The URL, with `http://`, of a load balancer without listeners of its own; with them, put it together of
    /// [`domain`](Self::domain) and a port. YAML: `$ResourceParam('..', 'url')`.
    #[track_caller]
    pub fn url(&self) -> Text {
        self.param(ApplicationLoadBalancerParam::Url)
    }

    #[track_caller]
    fn param(&self, param: ApplicationLoadBalancerParam) -> Text {
        let resource = ResourceRef::new(self.name(), ResourceKind::ApplicationLoadBalancer);
        Text::Param(ParamRef { resource, param: Param::ApplicationLoadBalancer(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        // That of a service is told by the service.
        if self.listeners.is_empty() && self.interface == Interface::Internet && nested::service_of(&self.name).is_none() {
            at.report(&ApplicationLoadBalancerIssue::PlainHttp);
        }
        let mut at = at.field("listeners");
        if self.listeners.len() > LISTENERS_MAX {
            at.report(&ApplicationLoadBalancerIssue::TooManyListeners { found: self.listeners.len() });
        }
        let certificates = self.listeners.iter().map(|listener| listener.custom_certificate_arns.len().saturating_sub(1)).sum();
        if certificates > CERTIFICATES_MAX {
            at.report(&ApplicationLoadBalancerIssue::TooManyCertificates { found: certificates });
        }
        let rules = self.listeners.iter().map(|listener| listener.whitelist().map_or(1, |list| list.len())).sum();
        // Listeners that are open to all come with the quota of listeners.
        if rules > SECURITY_GROUP_RULES_MAX && rules > self.listeners.len() {
            at.report(&ApplicationLoadBalancerIssue::TooManyWhitelistIps { found: rules });
        }
        let mut ports = Set::new();
        at.each(&self.listeners, |at, listener| {
            let mut at = at.written_here(listener.origin);
            listener.check(&mut at);
            if !ports.insert(listener.port) {
                at.field("port").report(&ApplicationLoadBalancerIssue::PortTwice { port: listener.port });
            }
        });
    }
}

/// What other resources may know of a load balancer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApplicationLoadBalancerParam {
    /// `domain`.
    Domain,
    /// `canonicalDomain`.
    CanonicalDomain,
    /// `url`.
    Url,
}

impl ApplicationLoadBalancerParam {
    /// Every parameter.
    pub const ALL: [Self; 3] = [Self::Domain, Self::CanonicalDomain, Self::Url];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::CanonicalDomain => "canonicalDomain",
            Self::Url => "url",
        }
    }
}

/// Mistakes in a load balancer.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "application_load_balancer")]
#[non_exhaustive]
pub enum ApplicationLoadBalancerIssue {
    /// Without a certificate there is no HTTPS, and everyone on the way can read what passes.
    #[error("found a load balancer of the internet without listeners, which listens at port 80 by plain HTTP, expected HTTPS")]
    #[issue(
        help = "write `.listener(Listener::https(443, certificate_arn))`, or `.listener(Listener::http(80))` if it is meant so",
        yaml = "write `listeners` with the `protocol: HTTPS`, the `port: 443` and `customCertificateArns`, or with `protocol: HTTP` if it is meant so",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"
    )]
    PlainHttp,
    /// A port leads to one listener.
    #[error("found a second listener at the port {port}, expected each port once")]
    #[issue(
        help = "change the port of one of the two",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html"
    )]
    PortTwice {
        /// The port.
        port: u16,
    },
    /// AWS's quota, which is raised on request.
    #[error("found {found} listeners, expected at most 50, the quota of Elastic Load Balancing")]
    #[issue(
        help = "tell workloads apart by path or host instead of by port, or ask AWS for a higher quota",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"
    )]
    TooManyListeners {
        /// How many there are.
        found: usize,
    },
    /// AWS's quota, which is raised on request.
    #[error("found {found} certificates beside the first ones, expected at most 25, the quota of Elastic Load Balancing")]
    #[issue(
        help = "use a certificate for several domains, or ask AWS for a higher quota",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"
    )]
    TooManyCertificates {
        /// How many there are.
        found: usize,
    },
    /// AWS's quota, which is raised on request.
    #[error("found {found} rules of the security group, one for each port and range, expected at most 60, the quota of Amazon VPC")]
    #[issue(
        help = "join ranges, or ask AWS for a higher quota",
        warning,
        docs = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html"
    )]
    TooManyWhitelistIps {
        /// How many there are.
        found: usize,
    },
}
