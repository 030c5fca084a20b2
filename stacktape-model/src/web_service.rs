//! `web-service`: a container that everyone reaches.

mod by_network_load_balancer;

pub use by_network_load_balancer::{ByNetworkLoadBalancer, ServicePort, ServicePortBuilder, ServicePortParts};

use serde::ser::SerializeMap;

use by_network_load_balancer::NETWORK_LOAD_BALANCER;

use crate::application_load_balancer::{ApplicationLoadBalancer, ApplicationLoadBalancerParam};
use crate::check::Check;
use crate::container::{ApplicationLoadBalancerEvent, ContainerLogs, Event, HttpApiEvent, Method, RetainedLogs};
use crate::custom_domain::CustomDomain;
use crate::document::{Decode, Fields, Group, Reader, Tagged};
use crate::http_api_gateway::{AccessLogs, HttpApiCors, HttpApiGateway, HttpApiGatewayParam, PayloadFormat};
use crate::load_balancing::Interface;
use crate::nested::{Nested, Part};
use crate::network_load_balancer::{NetworkLoadBalancer, NetworkLoadBalancerParam};
use crate::reference::ResourceRef;
use crate::resource::{Resource, ResourceKind};
use crate::service::{APPLICATION_LOAD_BALANCER, ByApplicationLoadBalancer, Listening, PORT_DEFAULT, PRIORITY, Traffic, service};
use crate::text::{Param, ParamRef, Text};

service! {
    /// A container that everyone reaches at a URL. YAML: `web-service`.
    ///
    /// ```
    /// use stacktape_model::compute::Fargate;
    /// use stacktape_model::container::{ Image, LoadBalancerHealthCheck };
    /// use stacktape_model::http_api_gateway::HttpApiCors;
    /// use stacktape_model::units::{ Cpu, Memory };
    /// use stacktape_model::web_service::{ ServicePort, WebLoadBalancing, WebService };
    ///
    /// let compute = Fargate::new(Cpu::Half, Memory::gib(1));
    /// let api = WebService::builder("api", compute, Image::dockerfile("api"))
    ///     .load_balancing(WebLoadBalancing::http_api_gateway().cors(HttpApiCors::builder().allowed_origin("https://example.com")));
    /// let uploads = WebService::builder("uploads", compute, Image::dockerfile("uploads")).load_balancing(
    ///     WebLoadBalancing::application_load_balancer().health_check(LoadBalancerHealthCheck::builder().path("/healthz")),
    /// );
    /// let broker = WebService::builder("broker", compute, Image::prebuilt("eclipse-mosquitto:2"))
    ///     .load_balancing(WebLoadBalancing::network_load_balancer().port(ServicePort::tcp(1883)));
    /// ```
    ///
    /// The container finds in `PORT` the port (3000) and in `HOST` the address (`0.0.0.0`) at which it must listen. Behind a network load
    /// balancer there is no `PORT`, as each of its ports says where it leads.
    ///
    /// **Creates** what a [`MultiContainerWorkload`](crate::multi_container_workload::MultiContainerWorkload) of one container does, and
    /// an [`HttpApiGateway`], an [`ApplicationLoadBalancer`] or a [`NetworkLoadBalancer`] in front of it.
    WebService, WebServiceBuilder, WebServiceParts {
        /// What stands in front of it. YAML: `loadBalancing`, and `cors`; default: an HTTP API. Changing it changes the URL.
        #[group]
        load_balancing: [WebLoadBalancing],
        /// Domains of your own that lead here, beside the one that AWS chooses. YAML: `customDomains`, default: none.
        #[each(custom_domain)]
        custom_domains: [Vec<CustomDomain>],
    }
}

/// What stands in front of a web service. YAML: `loadBalancing`.
#[derive(Clone, Debug, PartialEq)]
pub enum WebLoadBalancing {
    /// An HTTP API: HTTPS without a certificate of one's own, paid by the request. It gives a request 30 seconds and 10 MB. YAML:
    /// `http-api-gateway`.
    HttpApiGateway(ByHttpApiGateway),
    /// A load balancer, paid by the hour: for web sockets, long and large requests. YAML: `application-load-balancer`.
    ApplicationLoadBalancer(ByApplicationLoadBalancer),
    /// A load balancer of connections, paid by the hour: for whatever is spoken over TCP and TLS. YAML: `network-load-balancer`.
    NetworkLoadBalancer(ByNetworkLoadBalancer),
}

/// By an HTTP API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByHttpApiGateway {
    /// Answers browsers of other origins. YAML: `cors` of the service, default: off. Changed in place.
    pub cors: Option<HttpApiCors>,
}

impl ByHttpApiGateway {
    /// Answers browsers of other origins. YAML: `cors` of the service.
    pub fn cors(mut self, cors: impl Into<HttpApiCors>) -> Self {
        self.cors = Some(cors.into());
        self
    }
}

const HTTP_API_GATEWAY: &str = "http-api-gateway";

impl WebLoadBalancing {
    /// An HTTP API.
    pub const fn http_api_gateway() -> ByHttpApiGateway {
        ByHttpApiGateway { cors: None }
    }

    /// A load balancer.
    pub const fn application_load_balancer() -> ByApplicationLoadBalancer {
        ByApplicationLoadBalancer { health_check: None }
    }

    /// A load balancer of connections, which listens at the ports that are added.
    pub fn network_load_balancer() -> ByNetworkLoadBalancer {
        ByNetworkLoadBalancer::default()
    }
}

impl Default for WebLoadBalancing {
    fn default() -> Self {
        Self::http_api_gateway().into()
    }
}

impl From<ByHttpApiGateway> for WebLoadBalancing {
    fn from(by: ByHttpApiGateway) -> Self {
        Self::HttpApiGateway(by)
    }
}

impl From<ByApplicationLoadBalancer> for WebLoadBalancing {
    fn from(by: ByApplicationLoadBalancer) -> Self {
        Self::ApplicationLoadBalancer(by)
    }
}

impl From<ByNetworkLoadBalancer> for WebLoadBalancing {
    fn from(by: ByNetworkLoadBalancer) -> Self {
        Self::NetworkLoadBalancer(by)
    }
}

impl Group for WebLoadBalancing {
    const KEYS: &'static [&'static str] = &["loadBalancing", "cors"];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        let by_gateway = |at: &mut Reader<'_>| {
            let cors: Option<Option<HttpApiCors>> = fields.optional("cors", at);
            Some(ByHttpApiGateway { cors: cors.flatten() }.into())
        };
        let Some(tree) = fields.get("loadBalancing") else { return by_gateway(at) };
        let (kind, properties) =
            at.field("loadBalancing").tagged(tree, &[HTTP_API_GATEWAY, APPLICATION_LOAD_BALANCER, NETWORK_LOAD_BALANCER])?;
        if kind == HTTP_API_GATEWAY {
            at.field("loadBalancing").fields(&properties, &[])?;
            return by_gateway(at);
        }
        fields.only_with("cors", HTTP_API_GATEWAY, kind, at);
        let mut at = at.field("loadBalancing");
        if kind == NETWORK_LOAD_BALANCER {
            return ByNetworkLoadBalancer::decode(&properties, &mut at).map(Self::from);
        }
        ByApplicationLoadBalancer::decode(&properties, &mut at).map(Self::from)
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::HttpApiGateway(ByHttpApiGateway { cors: None }) => Ok(()),
            Self::HttpApiGateway(ByHttpApiGateway { cors }) => map.serialize_entry("cors", cors),
            Self::ApplicationLoadBalancer(ByApplicationLoadBalancer { health_check }) => {
                let properties = health_check.clone().unwrap_or_default();
                map.serialize_entry("loadBalancing", &Tagged { kind: APPLICATION_LOAD_BALANCER, properties })
            }
            Self::NetworkLoadBalancer(properties) => {
                map.serialize_entry("loadBalancing", &Tagged { kind: NETWORK_LOAD_BALANCER, properties })
            }
        }
    }
}

impl WebService {
    /// The URL: of an HTTP API with `https://`, of a load balancer with `http://`. A network load balancer has none. YAML:
    /// `$ResourceParam('..', 'url')`.
    #[track_caller]
    pub fn url(&self) -> Text {
        match self.load_balancing {
            WebLoadBalancing::HttpApiGateway(_) => self.param_of(Part::HttpApiGateway, Param::HttpApiGateway(HttpApiGatewayParam::Url)),
            WebLoadBalancing::ApplicationLoadBalancer(_) | WebLoadBalancing::NetworkLoadBalancer(_) => {
                self.param_of(Part::LoadBalancer, Param::ApplicationLoadBalancer(ApplicationLoadBalancerParam::Url))
            }
        }
    }

    /// Whether what stands in front of it has a URL.
    pub fn has_url(&self) -> bool {
        !matches!(self.load_balancing, WebLoadBalancing::NetworkLoadBalancer(_))
    }

    /// The domain. YAML: `$ResourceParam('..', 'domain')`.
    #[track_caller]
    pub fn domain(&self) -> Text {
        self.param(HttpApiGatewayParam::Domain, ApplicationLoadBalancerParam::Domain, NetworkLoadBalancerParam::Domain)
    }

    /// The domain to which records of custom domains lead: of a load balancer the one that AWS chooses; of an HTTP API one for each custom
    /// domain, with commas between them. YAML: `$ResourceParam('..', 'canonicalDomain')`.
    #[track_caller]
    pub fn canonical_domain(&self) -> Text {
        self.param(
            HttpApiGatewayParam::CanonicalDomain,
            ApplicationLoadBalancerParam::CanonicalDomain,
            NetworkLoadBalancerParam::CanonicalDomain,
        )
    }

    /// The custom domains, with commas between them. YAML: `$ResourceParam('..', 'customDomains')`.
    #[track_caller]
    pub fn custom_domain_list(&self) -> Text {
        self.param(HttpApiGatewayParam::CustomDomains, ApplicationLoadBalancerParam::CustomDomains, NetworkLoadBalancerParam::CustomDomains)
    }

    /// The URLs at the custom domains, with commas between them. A network load balancer has none. YAML:
    /// `$ResourceParam('..', 'customDomainUrls')`.
    #[track_caller]
    pub fn custom_domain_urls(&self) -> Text {
        match self.load_balancing {
            WebLoadBalancing::HttpApiGateway(_) => {
                self.param_of(Part::HttpApiGateway, Param::HttpApiGateway(HttpApiGatewayParam::CustomDomainUrls))
            }
            WebLoadBalancing::ApplicationLoadBalancer(_) | WebLoadBalancing::NetworkLoadBalancer(_) => {
                self.param_of(Part::LoadBalancer, Param::ApplicationLoadBalancer(ApplicationLoadBalancerParam::CustomDomainUrls))
            }
        }
    }

    /// The port of one of the listeners of a load balancer in front of it. YAML: `$ResourceParam('..', 'port443')`.
    #[track_caller]
    pub fn listener_port(&self, port: u16) -> Text {
        let in_front = match self.load_balancing {
            WebLoadBalancing::NetworkLoadBalancer(_) => Part::NetworkLoadBalancer,
            WebLoadBalancing::HttpApiGateway(_) | WebLoadBalancing::ApplicationLoadBalancer(_) => Part::LoadBalancer,
        };
        self.param_of(in_front, Param::ListenerPort(port))
    }

    /// The HTTP API of a service that has one: other workloads of the stack may add routes to it. YAML: `{name}.httpApiGateway`.
    pub fn http_api_gateway(&self) -> Nested<HttpApiGateway> {
        Nested::new(Part::HttpApiGateway, self.name())
    }

    /// The load balancer of a service that has one: other workloads of the stack may add rules to it. YAML: `{name}.loadBalancer`.
    pub fn load_balancer(&self) -> Nested<ApplicationLoadBalancer> {
        Nested::new(Part::LoadBalancer, self.name())
    }

    #[track_caller]
    fn param(
        &self,
        of_gateway: HttpApiGatewayParam,
        of_application: ApplicationLoadBalancerParam,
        of_network: NetworkLoadBalancerParam,
    ) -> Text {
        match self.load_balancing {
            WebLoadBalancing::HttpApiGateway(_) => self.param_of(Part::HttpApiGateway, Param::HttpApiGateway(of_gateway)),
            WebLoadBalancing::ApplicationLoadBalancer(_) => {
                self.param_of(Part::LoadBalancer, Param::ApplicationLoadBalancer(of_application))
            }
            WebLoadBalancing::NetworkLoadBalancer(_) => self.param_of(Part::NetworkLoadBalancer, Param::NetworkLoadBalancer(of_network)),
        }
    }

    #[track_caller]
    fn param_of(&self, part: Part, param: Param) -> Text {
        let kind = match part {
            Part::HttpApiGateway => ResourceKind::HttpApiGateway,
            Part::LoadBalancer => ResourceKind::ApplicationLoadBalancer,
            Part::NetworkLoadBalancer => ResourceKind::NetworkLoadBalancer,
            Part::ContainerWorkload => ResourceKind::MultiContainerWorkload,
            Part::TriggerFunction => ResourceKind::Function,
        };
        Text::Param(ParamRef { resource: ResourceRef::new(part.of(self.name()), kind), param })
    }

    pub(crate) fn expand(&self) -> Vec<Resource> {
        let (in_front, events, health_check): (Resource, Vec<Event>, _) = match &self.load_balancing {
            WebLoadBalancing::HttpApiGateway(ByHttpApiGateway { cors }) => {
                let gateway = self.gateway(cors.clone());
                let mut event = HttpApiEvent::new(&gateway, Method::Any, "/{proxy+}", PORT_DEFAULT);
                event.route.gateway.origin = self.origin;
                (gateway.into(), vec![event.into()], None)
            }
            WebLoadBalancing::ApplicationLoadBalancer(ByApplicationLoadBalancer { health_check }) => {
                let balancer = self.service().load_balancer(Interface::Internet, Vec::new(), self.custom_domains.clone());
                let mut event = ApplicationLoadBalancerEvent::new(&balancer, PORT_DEFAULT, PRIORITY).path("*");
                event.rule.load_balancer.origin = self.origin;
                (balancer.into(), vec![event.into()], health_check.clone())
            }
            WebLoadBalancing::NetworkLoadBalancer(by) => {
                let balancer = self.network_load_balancer(by);
                let events = by.events(&balancer, self.origin);
                (balancer.into(), events, by.own_health_check())
            }
        };
        let traffic = Traffic { events, health_check, listening: self.listening() };
        vec![self.service().workload(traffic).into(), in_front]
    }

    /// Behind a network load balancer, each port says itself where it leads.
    fn listening(&self) -> Listening {
        match self.load_balancing {
            WebLoadBalancing::HttpApiGateway(_) | WebLoadBalancing::ApplicationLoadBalancer(_) => Listening::At(PORT_DEFAULT),
            WebLoadBalancing::NetworkLoadBalancer(_) => Listening::AtAnyPort,
        }
    }

    fn network_load_balancer(&self, by: &ByNetworkLoadBalancer) -> NetworkLoadBalancer {
        // No `..`: what else a load balancer may have must be decided here.
        NetworkLoadBalancer {
            name: Part::NetworkLoadBalancer.of(self.name()),
            interface: Interface::Internet,
            custom_domains: self.custom_domains.clone(),
            listeners: by.listeners(),
            overrides: Vec::new(),
            origin: self.origin,
        }
    }

    fn gateway(&self, cors: Option<HttpApiCors>) -> HttpApiGateway {
        // No `..`: what else a gateway may have must be decided here.
        HttpApiGateway {
            name: Part::HttpApiGateway.of(self.name()),
            cors,
            custom_domains: self.custom_domains.clone(),
            logging: match &self.logging {
                None => AccessLogs::default(),
                Some(ContainerLogs::Disabled) => AccessLogs::Disabled,
                // What is forwarded is what the containers print.
                Some(ContainerLogs::Retained(RetainedLogs { retention_days, log_forwarding: _ })) => {
                    AccessLogs::retained(*retention_days).into()
                }
            },
            payload_format: PayloadFormat::V1,
            overrides: Vec::new(),
            origin: self.origin,
        }
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        self.service().check(self.listening(), at);
        match &self.load_balancing {
            WebLoadBalancing::ApplicationLoadBalancer(_) if self.custom_domains.is_empty() => {
                at.field("loadBalancing").report(&WebServiceIssue::PlainHttp);
            }
            WebLoadBalancing::HttpApiGateway(_) | WebLoadBalancing::ApplicationLoadBalancer(_) => {}
            WebLoadBalancing::NetworkLoadBalancer(by) => by.check(!self.custom_domains.is_empty(), &mut at.field("loadBalancing")),
        }
    }
}

/// Mistakes in a web service.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "web_service")]
#[non_exhaustive]
pub enum WebServiceIssue {
    /// Without a certificate there is no HTTPS, and everyone on the way can read what passes.
    #[error("found a load balancer of the internet without a certificate, which listens at port 80 by plain HTTP, expected HTTPS")]
    #[issue(
        help = "leave `.load_balancing(..)` out for an HTTP API, which has a certificate of its own; or write an `ApplicationLoadBalancer` with `Listener::https(443, arn)` and a `MultiContainerWorkload`",
        yaml = "leave `loadBalancing` out for an HTTP API, which has a certificate of its own; or write an `application-load-balancer` with a certificate and a `multi-container-workload`",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"
    )]
    PlainHttp,
    /// Nobody reaches a service behind a load balancer that listens nowhere.
    #[error("found no port, expected at least one")]
    #[issue(
        help = "write `.port(ServicePort::tcp(5432))`",
        yaml = "add an entry to `ports`, with `port`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html"
    )]
    NoPort,
    /// What is encrypted proves by a certificate who answers.
    #[error("found the port {port} by TLS without a certificate, expected at least one")]
    #[issue(
        help = "write `ServicePort::tcp({port})` to pass bytes on as they come; or give the service a `.custom_domain(..)`, or the port a `.custom_certificate_arn(..)` of ACM",
        yaml = "write `protocol: TCP` to pass bytes on as they come; or give the service `customDomains`, or the port `customCertificateArns` of ACM",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/network/create-tls-listener.html"
    )]
    PortWithoutCertificate {
        /// The port.
        port: u16,
    },
}
