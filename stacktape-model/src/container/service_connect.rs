//! Ports that other workloads of the stack reach by a name of their own.

use stacktape_macros::Keyed;

use crate::check::Check;
use crate::container::Event;
use crate::document::words;
use crate::table::Set;

/// Other workloads of the stack reach the port at `protocol://alias:port`, through ECS Service Connect. YAML: `service-connect`.
///
/// ```
/// use stacktape_model::container::{ServiceConnectEvent, ServiceConnectProtocol};
/// let event = ServiceConnectEvent::new(50051).alias("greeter").protocol(ServiceConnectProtocol::Grpc);
/// ```
///
/// **Creates**, once in a stack, a private namespace, whose hosted zone AWS charges for.
///
/// One such event in a stack adds a small proxy to every task of the stack, which takes a share of the task's cpu and memory: AWS
/// advises 0.25 vCPU and 64 MiB. A proxy knows what was there when its task started. So workloads without such an event are
/// deployed after those with one; two workloads with one know each other from the second deployment on.
#[derive(Clone, Debug, PartialEq, Eq, Keyed)]
pub struct ServiceConnectEvent {
    /// The port. YAML: `containerPort`.
    #[required]
    pub container_port: u16,
    /// The name, which with the port is unique in the stack: 1 to 127 lower-case letters, digits, `-`, `_` and `.`. YAML: `alias`,
    /// default: `workload-container` in lower case.
    pub alias: Option<String>,
    /// What is spoken at the port, for balancing by requests and for metrics. YAML: `protocol`, default: any, over TCP. Another
    /// protocol is another service to ECS, which a deployment replaces.
    pub protocol: Option<ServiceConnectProtocol>,
}

/// Service Connect's longest alias.
const ALIAS_MAX: usize = 127;

impl ServiceConnectEvent {
    /// Opens a port to the other workloads of the stack.
    pub const fn new(container_port: u16) -> Self {
        Self { container_port, alias: None, protocol: None }
    }

    /// The name at which the port is reached. YAML: `alias`.
    pub fn alias(mut self, alias: impl Into<String>) -> Self {
        self.alias = Some(alias.into());
        self
    }

    /// What is spoken at the port. YAML: `protocol`.
    pub const fn protocol(mut self, protocol: ServiceConnectProtocol) -> Self {
        self.protocol = Some(protocol);
        self
    }

    /// The alias that was given, or the one that the names of workload and container make. Names can be so long that what they make
    /// is over 127 characters, and is cut when it is rendered.
    pub fn alias_in(&self, workload: &str, container: &str) -> String {
        self.alias.clone().unwrap_or_else(|| format!("{workload}-{container}").to_lowercase())
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let Some(alias) = &self.alias else { return };
        let allowed = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter);
        let labelled = alias.split('.').all(|label| !label.is_empty() && label.chars().all(allowed));
        if alias.len() > ALIAS_MAX || alias.starts_with('-') || !labelled {
            at.field("alias").report(&ServiceConnectIssue::Alias { alias: alias.clone() });
        } else if hides_another(alias) {
            at.field("alias").report(&ServiceConnectIssue::HidingAlias { alias: alias.clone() });
        }
    }
}

/// Top-level names that never lead into the internet. <https://www.iana.org/assignments/special-use-domain-names>
const PRIVATE: [&str; 6] = ["alt", "example", "internal", "invalid", "local", "test"];

/// Whether tasks would no longer reach what the alias means elsewhere: themselves, or a domain of the internet, whose last label
/// begins with a letter.
fn hides_another(alias: &str) -> bool {
    match alias.rsplit_once('.') {
        None => alias == "localhost",
        Some((_, last)) => {
            last == "localhost" || (last.starts_with(|letter: char| letter.is_ascii_lowercase()) && !PRIVATE.contains(&last))
        }
    }
}

/// A port has one name and one protocol.
pub(super) fn check_ports(events: &[Event], at: &mut Check<'_>) {
    let mut ports = Set::new();
    at.each(events, |at, event| {
        if let Event::ServiceConnect(event) = event
            && !ports.insert(event.container_port)
        {
            at.field("containerPort").report(&ServiceConnectIssue::PortTwice { port: event.container_port });
        }
    });
}

/// What is spoken at a port. YAML: `protocol`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceConnectProtocol {
    /// HTTP 1. YAML: `http`.
    Http,
    /// HTTP 2. YAML: `http2`.
    Http2,
    /// gRPC. YAML: `grpc`.
    Grpc,
}

words!(ServiceConnectProtocol);

impl ServiceConnectProtocol {
    /// Every protocol.
    pub const ALL: [Self; 3] = [Self::Http, Self::Http2, Self::Grpc];

    /// The protocol as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Http2 => "http2",
            Self::Grpc => "grpc",
        }
    }
}

/// Mistakes in what other workloads reach.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "service_connect")]
#[non_exhaustive]
pub enum ServiceConnectIssue {
    /// Service Connect's spelling of the name in an address.
    #[error(
        "found the alias `{alias}`, expected 1 to 127 lower-case letters, digits, `-`, `_` and single `.` inside, the first one no `-`"
    )]
    #[issue(
        help = "write lower case, and leave out everything else; without `alias`, names of workload and container make one",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectClientAlias.html"
    )]
    Alias {
        /// What was found.
        alias: String,
    },
    /// The proxy writes aliases into the hosts file of every container of the stack.
    #[error("found the alias `{alias}`, which in every container of the stack takes the place of what it means elsewhere")]
    #[issue(
        help = "write a name without dots, or one that ends in `.internal`",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-connect-concepts-deploy.html"
    )]
    HidingAlias {
        /// What was found.
        alias: String,
    },
    /// Service Connect gives a port one name and one protocol.
    #[error("found a second `service-connect` event at the port {port}, expected one for each port")]
    #[issue(
        help = "remove one of the two: a port has one alias and one protocol",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html"
    )]
    PortTwice {
        /// The port.
        port: u16,
    },
    /// An address leads to one workload.
    #[error("found the address `{alias}:{port}` a second time, expected each once in the stack")]
    #[issue(
        help = "write another `alias`; the address belongs to `{other}`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html"
    )]
    AddressTwice {
        /// The alias.
        alias: String,
        /// The port.
        port: u16,
        /// The workload that has the address.
        other: String,
    },
}
