//! `web-service`: a container that everyone reaches.

use serde::ser::SerializeMap;

use crate::application_load_balancer::{ApplicationLoadBalancer, ApplicationLoadBalancerParam};
use crate::check::Check;
use crate::container::{ApplicationLoadBalancerEvent, ContainerLogs, Event, HttpApiEvent, Method, RetainedLogs};
use crate::custom_domain::CustomDomain;
use crate::document::{Fields, Group, Reader, Tagged};
use crate::http_api_gateway::{AccessLogs, HttpApiCors, HttpApiGateway, HttpApiGatewayParam, PayloadFormat};
use crate::load_balancing::Interface;
use crate::nested::{Nested, Part};
use crate::reference::ResourceRef;
use crate::resource::{Resource, ResourceKind};
use crate::service::{APPLICATION_LOAD_BALANCER, ByApplicationLoadBalancer, PORT_DEFAULT, PRIORITY, Traffic, service};
use crate::text::{Param, ParamRef, Text};

service! {
    /// A container that everyone reaches at a URL. YAML: `web-service`.
    ///
    /// ```
    /// use stacktape_model::compute::Fargate;
    /// use stacktape_model::container::{ Image, LoadBalancerHealthCheck };
    /// use stacktape_model::http_api_gateway::HttpApiCors;
    /// use stacktape_model::units::{ Cpu, Memory };
    /// use stacktape_model::web_service::{ WebLoadBalancing, WebService };
    ///
    /// let compute = Fargate::new(Cpu::Half, Memory::gib(1));
    /// let api = WebService::builder("api", compute, Image::dockerfile("api"))
    ///     .load_balancing(WebLoadBalancing::http_api_gateway().cors(HttpApiCors::builder().allowed_origin("https://example.com")));
    /// let uploads = WebService::builder("uploads", compute, Image::dockerfile("uploads")).load_balancing(
    ///     WebLoadBalancing::application_load_balancer().health_check(LoadBalancerHealthCheck::builder().path("/healthz")),
    /// );
    /// ```
    ///
    /// The container finds in `PORT` the port (3000) and in `HOST` the address (`0.0.0.0`) at which it must listen.
    ///
    /// **Creates** what a [`MultiContainerWorkload`](crate::multi_container_workload::MultiContainerWorkload) of one container does, and
    /// an [`HttpApiGateway`] or an [`ApplicationLoadBalancer`] in front of it.
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

impl Group for WebLoadBalancing {
    const KEYS: &'static [&'static str] = &["loadBalancing", "cors"];

    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        let by_gateway = |at: &mut Reader<'_>| {
            let cors: Option<Option<HttpApiCors>> = fields.optional("cors", at);
            Some(ByHttpApiGateway { cors: cors.flatten() }.into())
        };
        let Some(tree) = fields.get("loadBalancing") else { return by_gateway(at) };
        let (kind, properties) = at.field("loadBalancing").tagged(tree, &[HTTP_API_GATEWAY, APPLICATION_LOAD_BALANCER])?;
        if kind == HTTP_API_GATEWAY {
            at.field("loadBalancing").fields(&properties, &[])?;
            return by_gateway(at);
        }
        fields.only_with("cors", HTTP_API_GATEWAY, kind, at);
        ByApplicationLoadBalancer::decode(&properties, &mut at.field("loadBalancing")).map(Self::from)
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::HttpApiGateway(ByHttpApiGateway { cors: None }) => Ok(()),
            Self::HttpApiGateway(ByHttpApiGateway { cors }) => map.serialize_entry("cors", cors),
            Self::ApplicationLoadBalancer(ByApplicationLoadBalancer { health_check }) => {
                let properties = health_check.clone().unwrap_or_default();
                map.serialize_entry("loadBalancing", &Tagged { kind: APPLICATION_LOAD_BALANCER, properties })
            }
        }
    }
}

impl WebService {
    /// The URL: of an HTTP API with `https://`, of a load balancer with `http://`. YAML: `$ResourceParam('..', 'url')`.
    #[track_caller]
    pub fn url(&self) -> Text {
        self.param(HttpApiGatewayParam::Url, ApplicationLoadBalancerParam::Url)
    }

    /// The domain. YAML: `$ResourceParam('..', 'domain')`.
    #[track_caller]
    pub fn domain(&self) -> Text {
        self.param(HttpApiGatewayParam::Domain, ApplicationLoadBalancerParam::Domain)
    }

    /// The domain of a load balancer in front of it, which AWS chooses. An HTTP API has none. YAML: `$ResourceParam('..', 'canonicalDomain')`.
    #[track_caller]
    pub fn canonical_domain(&self) -> Text {
        self.param_of(Part::LoadBalancer, Param::ApplicationLoadBalancer(ApplicationLoadBalancerParam::CanonicalDomain))
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
    fn param(&self, of_gateway: HttpApiGatewayParam, of_balancer: ApplicationLoadBalancerParam) -> Text {
        match self.load_balancing {
            WebLoadBalancing::HttpApiGateway(_) => self.param_of(Part::HttpApiGateway, Param::HttpApiGateway(of_gateway)),
            WebLoadBalancing::ApplicationLoadBalancer(_) => self.param_of(Part::LoadBalancer, Param::ApplicationLoadBalancer(of_balancer)),
        }
    }

    #[track_caller]
    fn param_of(&self, part: Part, param: Param) -> Text {
        let kind = match part {
            Part::HttpApiGateway => ResourceKind::HttpApiGateway,
            Part::LoadBalancer => ResourceKind::ApplicationLoadBalancer,
            Part::ContainerWorkload => ResourceKind::MultiContainerWorkload,
        };
        Text::Param(ParamRef { resource: ResourceRef::new(part.of(self.name()), kind), param })
    }

    pub(crate) fn expand(&self) -> Vec<Resource> {
        let (in_front, event, health_check): (Resource, Event, _) = match &self.load_balancing {
            WebLoadBalancing::HttpApiGateway(ByHttpApiGateway { cors }) => {
                let gateway = self.gateway(cors.clone());
                let mut event = HttpApiEvent::new(&gateway, Method::Any, "/{proxy+}", PORT_DEFAULT);
                event.route.gateway.origin = self.origin;
                (gateway.into(), event.into(), None)
            }
            WebLoadBalancing::ApplicationLoadBalancer(ByApplicationLoadBalancer { health_check }) => {
                let balancer = self.service().load_balancer(Interface::Internet, Vec::new(), self.custom_domains.clone());
                let mut event = ApplicationLoadBalancerEvent::new(&balancer, PORT_DEFAULT, PRIORITY).path("*");
                event.rule.load_balancer.origin = self.origin;
                (balancer.into(), event.into(), health_check.clone())
            }
        };
        let traffic = Traffic { events: vec![event], health_check, port: Some(PORT_DEFAULT) };
        vec![self.service().workload(traffic).into(), in_front]
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
        self.service().check(Some(PORT_DEFAULT), at);
        if matches!(self.load_balancing, WebLoadBalancing::ApplicationLoadBalancer(_)) && self.custom_domains.is_empty() {
            at.field("loadBalancing").report(&WebServiceIssue::PlainHttp);
        }
    }
}

/// Mistakes in a web service.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
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
}
