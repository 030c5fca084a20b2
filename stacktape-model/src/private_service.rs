//! `private-service`: a container that the rest of the stack reaches.

use serde::ser::SerializeMap;

use crate::application_load_balancer::{ApplicationLoadBalancer, ApplicationLoadBalancerParam, Listener};
use crate::check::Check;
use crate::container::{ApplicationLoadBalancerEvent, ServiceConnectEvent, ServiceConnectProtocol};
use crate::document::{Fields, Group, Reader, Tagged};
use crate::load_balancing::Interface;
use crate::nested::{Names, Nested, Part};
use crate::reference::ResourceRef;
use crate::resource::{Resource, ResourceKind};
use crate::service::{APPLICATION_LOAD_BALANCER, ByApplicationLoadBalancer, Listening, PORT_DEFAULT, PRIORITY, Traffic, service};
use crate::text::{Param, ParamRef, Text};

service! {
    /// A container that the rest of the stack reaches at one port, and nobody else. YAML: `private-service`.
    ///
    /// ```
    /// use stacktape_model::compute::Fargate;
    /// use stacktape_model::container::{ Image, ServiceConnectProtocol };
    /// use stacktape_model::private_service::{ PrivateLoadBalancing, PrivateService };
    /// use stacktape_model::units::{ Cpu, Memory };
    ///
    /// let compute = Fargate::new(Cpu::Half, Memory::gib(1));
    /// let orders = PrivateService::builder("orders", compute, Image::dockerfile("orders")).build();
    /// let greeter = PrivateService::builder("greeter", compute, Image::dockerfile("greeter"))
    ///     .port(50051)
    ///     .load_balancing(PrivateLoadBalancing::service_connect().protocol(ServiceConnectProtocol::Grpc));
    /// ```
    ///
    /// The container finds in `PORT` the port and in `HOST` the address (`0.0.0.0`) at which it must listen.
    ///
    /// **Creates** what a [`MultiContainerWorkload`](crate::multi_container_workload::MultiContainerWorkload) of one container does, with
    /// a [`ServiceConnectEvent`], or behind an [`ApplicationLoadBalancer`] inside the VPC.
    PrivateService, PrivateServiceBuilder, PrivateServiceParts {
        /// Where it is reached, and where it listens: 1 to 65535. YAML: `port`, default 3000.
        port: [Option<u16>],
        /// How it is reached. YAML: `loadBalancing`, and `protocol`; default: by ECS Service Connect. Changing it changes the address.
        #[group]
        load_balancing: [PrivateLoadBalancing],
    }
}

/// How a private service is reached. YAML: `loadBalancing`.
#[derive(Clone, Debug, PartialEq)]
pub enum PrivateLoadBalancing {
    /// By a small proxy in every task of the stack. YAML: `service-connect`.
    ServiceConnect(ByServiceConnect),
    /// By a load balancer inside the VPC, which costs money of its own, and which everything in the VPC reaches. YAML:
    /// `application-load-balancer`.
    ApplicationLoadBalancer(ByApplicationLoadBalancer),
}

/// By ECS Service Connect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByServiceConnect {
    /// What is spoken at the port, for balancing by requests and for metrics. YAML: `protocol` of the service, default: any, over TCP.
    pub protocol: Option<ServiceConnectProtocol>,
}

impl ByServiceConnect {
    /// What is spoken at the port. YAML: `protocol` of the service.
    pub const fn protocol(mut self, protocol: ServiceConnectProtocol) -> Self {
        self.protocol = Some(protocol);
        self
    }
}

const SERVICE_CONNECT: &str = "service-connect";

impl PrivateLoadBalancing {
    /// By ECS Service Connect.
    pub const fn service_connect() -> ByServiceConnect {
        ByServiceConnect { protocol: None }
    }

    /// By a load balancer inside the VPC.
    pub const fn application_load_balancer() -> ByApplicationLoadBalancer {
        ByApplicationLoadBalancer { health_check: None }
    }
}

impl Default for PrivateLoadBalancing {
    fn default() -> Self {
        Self::service_connect().into()
    }
}

impl From<ByServiceConnect> for PrivateLoadBalancing {
    fn from(by: ByServiceConnect) -> Self {
        Self::ServiceConnect(by)
    }
}

impl From<ByApplicationLoadBalancer> for PrivateLoadBalancing {
    fn from(by: ByApplicationLoadBalancer) -> Self {
        Self::ApplicationLoadBalancer(by)
    }
}

impl Group for PrivateLoadBalancing {
    const KEYS: &'static [&'static str] = &["loadBalancing", "protocol"];

    #[cfg(feature = "yaml")]
    #[inline]
    fn decode_group(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<Self> {
        let service_connect = |at: &mut Reader<'_>| Some(ByServiceConnect { protocol: fields.optional("protocol", at) }.into());
        let Some(tree) = fields.get("loadBalancing") else { return service_connect(at) };
        let (kind, properties) = at.field("loadBalancing").tagged(tree, &[SERVICE_CONNECT, APPLICATION_LOAD_BALANCER])?;
        if kind == SERVICE_CONNECT {
            at.field("loadBalancing").fields(&properties, &[])?;
            return service_connect(at);
        }
        fields.only_with("protocol", SERVICE_CONNECT, kind, at);
        ByApplicationLoadBalancer::decode(&properties, &mut at.field("loadBalancing")).map(Self::from)
    }

    fn serialize_group<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::ServiceConnect(ByServiceConnect { protocol: None }) => Ok(()),
            Self::ServiceConnect(ByServiceConnect { protocol }) => map.serialize_entry("protocol", protocol),
            Self::ApplicationLoadBalancer(ByApplicationLoadBalancer { health_check }) => {
                let properties = health_check.clone().unwrap_or_default();
                map.serialize_entry("loadBalancing", &Tagged { kind: APPLICATION_LOAD_BALANCER, properties })
            }
        }
    }
}

impl PrivateService {
    /// Where the service is reached, as `host:port`. YAML: `$ResourceParam('..', 'address')`.
    #[track_caller]
    pub fn address(&self) -> Text {
        let port = self.listens_at();
        match &self.load_balancing {
            PrivateLoadBalancing::ServiceConnect(_) => {
                let resource = ResourceRef::new(self.name(), ResourceKind::PrivateService);
                Text::Param(ParamRef { resource, param: Param::PrivateService(PrivateServiceParam::Address { port }) })
            }
            PrivateLoadBalancing::ApplicationLoadBalancer(_) => Self::address_behind(self.load_balancer().reference(), port),
        }
    }

    /// The address of a service behind a load balancer.
    pub(crate) fn address_behind(load_balancer: ResourceRef, port: u16) -> Text {
        let domain = Param::ApplicationLoadBalancer(ApplicationLoadBalancerParam::Domain);
        let domain = Text::Param(ParamRef { resource: load_balancer, param: domain });
        Text::joined([domain, format!(":{port}").into()])
    }

    /// The load balancer of a service that has one: other workloads of the stack may add rules to it, at
    /// [`listener_port`](ApplicationLoadBalancerEvent::listener_port) `port`. YAML: `{name}.loadBalancer`.
    pub fn load_balancer(&self) -> Nested<ApplicationLoadBalancer> {
        Nested::new(Part::LoadBalancer, self.name())
    }

    /// The port; one that is refused stands for the default.
    pub(crate) fn listens_at(&self) -> u16 {
        Self::port_or_default(self.port)
    }

    pub(crate) fn port_or_default(port: Option<u16>) -> u16 {
        port.filter(|port| *port != 0).unwrap_or(PORT_DEFAULT)
    }

    /// The name by which Service Connect knows a service.
    pub(crate) fn alias(&self) -> String {
        self.name.to_lowercase()
    }

    pub(crate) fn expand(&self) -> Vec<Resource> {
        let port = self.listens_at();
        let (events, health_check, balancer) = match &self.load_balancing {
            PrivateLoadBalancing::ServiceConnect(ByServiceConnect { protocol }) => {
                let event = ServiceConnectEvent { container_port: port, alias: Some(self.alias()), protocol: *protocol };
                (vec![event.into()], None, None)
            }
            PrivateLoadBalancing::ApplicationLoadBalancer(ByApplicationLoadBalancer { health_check }) => {
                let listener = Listener { origin: self.origin, ..Listener::http(port).build() };
                let balancer = self.service().load_balancer(Interface::Internal, vec![listener], Vec::new());
                let mut event = ApplicationLoadBalancerEvent::new(&balancer, port, PRIORITY).listener_port(port).path("*");
                event.rule.load_balancer.origin = self.origin;
                (vec![event.into()], health_check.clone(), Some(balancer))
            }
        };
        let workload = self.service().workload(Traffic { events, health_check, listening: Listening::At(port) });
        std::iter::once(workload.into()).chain(balancer.map(Resource::from)).collect()
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        self.service().check(Listening::At(self.listens_at()), at);
        if self.port == Some(0) {
            at.field("port").report(&PrivateServiceIssue::Port);
        }
        if self.alias() == "localhost" && matches!(self.load_balancing, PrivateLoadBalancing::ServiceConnect(_)) {
            at.report(&PrivateServiceIssue::Localhost);
        }
    }
}

/// What other resources may know of a private service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrivateServiceParam {
    /// `address`, of a service that Service Connect leads to.
    Address {
        /// The port of the service.
        port: u16,
    },
}

impl PrivateServiceParam {
    /// Every parameter, of a service at the default port.
    pub const ALL: [Self; 1] = [Self::Address { port: PORT_DEFAULT }];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Address { .. } => "address",
        }
    }
}

/// Mistakes in a private service.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "private_service")]
#[non_exhaustive]
pub enum PrivateServiceIssue {
    /// Nothing can listen at port 0.
    #[error("found the port 0, expected 1 to 65535")]
    #[issue(
        help = "write the port at which the container listens, or leave it out for 3000",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_PortMapping.html"
    )]
    Port,
    /// The proxy writes the names of services into the hosts file of every container of the stack.
    #[error(
        "found a private service with the name `localhost`, which in every container of the stack takes the place of the container itself"
    )]
    #[issue(
        help = "rename the service",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html"
    )]
    Localhost,
    /// An address leads to one service; its name is in lower case.
    #[error("found the address `{address}` a second time, expected each once in the stack")]
    #[issue(
        help = "rename one of the two, or write another `port`; the address belongs to `{other}`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html"
    )]
    AddressTwice {
        /// The address.
        address: String,
        /// The workload that has it.
        other: String,
    },
    /// An address that was asked of one value leads nowhere where another value of this name was added.
    #[error(
        "found an address with the port {found} of a value `{name}` that is not the one which was added, expected the address of that one"
    )]
    #[issue(help = "ask the service that you add to the stack for its `.address()`")]
    OtherAddress {
        /// The service.
        name: String,
        /// The port of the value that was asked.
        found: u16,
    },
}
