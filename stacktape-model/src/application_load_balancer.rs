//! `application-load-balancer`: an Application Load Balancer.

mod listener;
mod redirect;
mod rule;

pub use listener::{Listener, ListenerBuilder, ListenerParts, ListenerProtocol};
pub use redirect::{
    DefaultAction, Redirect, RedirectBuilder, RedirectIssue, RedirectParts, RedirectPort, RedirectProtocol, RedirectStatus,
};
pub use rule::{HeaderCondition, ListenerRule, LoadBalancerEventIssue, QueryCondition};

pub(crate) use rule::with_rule;

use std::borrow::Cow;

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

/// An Application Load Balancer: spreads HTTP requests over the instances of workloads, by path, host, header and more.
/// YAML: `application-load-balancer`.
///
/// ```
/// use stacktape_model::application_load_balancer::{ ApplicationLoadBalancer, Listener };
/// use stacktape_model::load_balancing::Interface;
/// let public = ApplicationLoadBalancer::builder("public").listener(Listener::http(80)).build();
/// let inside = ApplicationLoadBalancer::builder("inside").interface(Interface::Internal).build();
/// ```
///
/// **Creates** an `AWS::ElasticLoadBalancingV2::LoadBalancer` with a security group and its listeners, and, for the events of
/// containers and functions, target groups and rules. Without listeners of its own, it listens at port 80 by HTTP or, with domains, at port 443 by HTTPS.
#[model(resource)]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct ApplicationLoadBalancer {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the load balancer and its domain.
    #[argument]
    pub(crate) name: String,
    /// Who can reach it. YAML: `interface`, default `internet`. Changing it replaces the load balancer and its domain.
    pub(crate) interface: Interface,
    /// Domains of your own that lead here. YAML: `customDomains`, default: none.
    #[each(custom_domain)]
    pub(crate) custom_domains: Vec<CustomDomain>,
    /// The ports at which it listens; events then name theirs. YAML: `listeners`, default: port 80 by HTTP or, with domains, port 443 by
    /// HTTPS, to which port 80 redirects.
    #[each(listener)]
    pub(crate) listeners: Vec<Listener>,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

/// The ports of default listeners.
const HTTP_PORT: u16 = 80;
const HTTPS_PORT: u16 = 443;

impl ApplicationLoadBalancer {
    /// The load balancer's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The listeners that are written out.
    pub fn listeners(&self) -> &[Listener] {
        &self.listeners
    }

    /// The domains of one's own that lead here.
    pub fn custom_domains(&self) -> &[CustomDomain] {
        &self.custom_domains
    }

    /// The listeners: those that are written out, or else the default ones.
    pub fn all_listeners(&self) -> Cow<'_, [Listener]> {
        let default = |listener: ListenerBuilder| Listener { origin: self.origin, ..listener.build() };
        match (self.listeners.is_empty(), self.custom_domains.is_empty()) {
            (false, _) => Cow::Borrowed(&self.listeners),
            (true, true) => Cow::Owned(vec![default(Listener::http(HTTP_PORT))]),
            (true, false) => {
                let redirect = Listener::http(HTTP_PORT).default_action(Redirect::to_https());
                Cow::Owned(vec![default(redirect), default(Listener::https_for_domains(HTTPS_PORT))])
            }
        }
    }

    /// The listener that an event reaches, where there is one: that of the port it names, or the default one.
    pub fn reached_listener(&self, named: Option<u16>) -> Option<u16> {
        let default = if self.custom_domains.is_empty() { HTTP_PORT } else { HTTPS_PORT };
        match named {
            None => self.listeners.is_empty().then_some(default),
            Some(port) => self.listeners.iter().any(|listener| listener.port == port).then_some(port),
        }
    }

    /// What a URL of the load balancer is made of: what it begins with, and the domain where it is one's own.
    ///
    /// # Errors
    /// Says why there is none.
    pub fn url_parts(&self) -> Result<(&'static str, Option<String>), &'static str> {
        match (self.listeners.is_empty(), custom_domain::first_plain(&self.custom_domains)) {
            (true, None) if self.custom_domains.is_empty() => Ok(("http://", None)),
            (_, None) if !self.custom_domains.is_empty() => Err("whose domains are all wildcards"),
            (_, Some(domain)) if self.has_https() => Ok(("https://", Some(domain))),
            _ => Err("which has listeners of its own"),
        }
    }

    /// Whether `https://` and a domain of one's own lead to one of its listeners.
    pub(crate) fn has_https(&self) -> bool {
        let secure = |listener: &Listener| listener.port == HTTPS_PORT && listener.protocol == ListenerProtocol::Https;
        !self.custom_domains.is_empty() && (self.listeners.is_empty() || self.listeners.iter().any(secure))
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

    /// The URL: with `https://` and the first custom domain, where there is a listener by HTTPS at port 443, or else with `http://`, of a
    /// load balancer without domains and listeners of its own. Otherwise, put it together of [`domain`](Self::domain) and a port. YAML:
    /// `$ResourceParam('..', 'url')`.
    #[track_caller]
    pub fn url(&self) -> Text {
        self.param(ApplicationLoadBalancerParam::Url)
    }

    /// The custom domains, with commas between them. YAML: `$ResourceParam('..', 'customDomains')`.
    #[track_caller]
    pub fn custom_domain_list(&self) -> Text {
        self.param(ApplicationLoadBalancerParam::CustomDomains)
    }

    /// The URLs at the custom domains, with commas between them, where there is a listener by HTTPS at port 443. YAML:
    /// `$ResourceParam('..', 'customDomainUrls')`.
    #[track_caller]
    pub fn custom_domain_urls(&self) -> Text {
        self.param(ApplicationLoadBalancerParam::CustomDomainUrls)
    }

    /// The port of one of its listeners. YAML: `$ResourceParam('..', 'port443')`.
    #[track_caller]
    pub fn listener_port(&self, port: u16) -> Text {
        self.any_param(Param::ListenerPort(port))
    }

    #[track_caller]
    fn param(&self, param: ApplicationLoadBalancerParam) -> Text {
        self.any_param(Param::ApplicationLoadBalancer(param))
    }

    #[track_caller]
    fn any_param(&self, param: Param) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::ApplicationLoadBalancer), param })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        // That of a service is told by the service.
        let plain = self.listeners.is_empty() && self.custom_domains.is_empty() && self.interface == Interface::Internet;
        if plain && nested::service_of(&self.name).is_none() {
            at.report(&ApplicationLoadBalancerIssue::PlainHttp);
        }
        let listeners = self.all_listeners();
        let frames: Vec<_> = listeners.iter().map(|listener| listener.frame(self.custom_domains.len())).collect();
        custom_domain::check(&self.custom_domains, certificate_use(&frames), at);
        let mut at = at.field("listeners");
        check_listeners(&frames, &mut at);
        at.each(&self.listeners, |at, listener| listener.check(&mut at.written_here(listener.origin)));
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
    /// `customDomains`.
    CustomDomains,
    /// `customDomainUrls`.
    CustomDomainUrls,
}

impl ApplicationLoadBalancerParam {
    /// Every parameter.
    pub const ALL: [Self; 5] = [Self::Domain, Self::CanonicalDomain, Self::Url, Self::CustomDomains, Self::CustomDomainUrls];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Domain => "domain",
            Self::CanonicalDomain => "canonicalDomain",
            Self::Url => "url",
            Self::CustomDomains => "customDomains",
            Self::CustomDomainUrls => "customDomainUrls",
        }
    }
}

/// Mistakes in a load balancer.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "application_load_balancer")]
#[non_exhaustive]
pub enum ApplicationLoadBalancerIssue {
    /// Without a certificate there is no HTTPS, and everyone on the way can read what passes.
    #[error("found a load balancer of the internet without listeners, which listens at port 80 by plain HTTP, expected HTTPS")]
    #[issue(
        help = "write `.custom_domain(..)` or `.listener(Listener::https(443, certificate_arn))`, or `.listener(Listener::http(80))` if it is meant so",
        yaml = "write `customDomains`, or `listeners` with the `protocol: HTTPS`, the `port: 443` and `customCertificateArns`, or with `protocol: HTTP` if it is meant so",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"
    )]
    PlainHttp,
}
