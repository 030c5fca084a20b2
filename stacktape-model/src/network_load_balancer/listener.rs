//! Ports at which a network load balancer listens.

use stacktape_macros::model;

use crate::document::words;
use crate::ip_range::IpRange;
use crate::load_balancing::{ListenerFrame, Protocol, whitelist};
use crate::origin::Origin;
use crate::text::Text;

/// A port at which a network load balancer listens. YAML: an entry of `listeners`.
///
/// ```
/// use stacktape_model::network_load_balancer::NetworkListener;
/// let plain = NetworkListener::tcp(1883).whitelist_ip("203.0.113.0/24");
/// let secure = NetworkListener::tls(8883, "arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4-0000-4c11-9d1c-000000000000");
/// ```
#[model]
pub struct NetworkListener {
    /// `protocol`: TCP or TLS. YAML: `protocol`. Changed in place.
    #[argument]
    pub(crate) protocol: NetworkListenerProtocol,
    /// `port`: 1 to 65535, each once. YAML: `port`. Changing it makes a new listener and removes the old one.
    #[argument]
    pub(crate) port: u16,
    /// ARNs of certificates in ACM or IAM, for TLS. The first one is for clients that name no host. YAML: `customCertificateArns`,
    /// default: those of the load balancer's custom domains.
    #[each(custom_certificate_arn)]
    pub(crate) custom_certificate_arns: Vec<Text>,
    /// Addresses and ranges that may connect. YAML: `whitelistIps`, default: everyone, or the VPC for an internal load balancer.
    #[own]
    pub(crate) whitelist_ips: Option<Vec<String>>,
    pub(crate) origin: Origin,
}

/// How clients talk to a listener of a network load balancer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NetworkListenerProtocol {
    /// Bytes as they come; what is encrypted, containers decrypt themselves.
    Tcp,
    /// Encrypted, which needs a certificate; containers get what was decrypted. The default of services.
    #[default]
    Tls,
}

words!(NetworkListenerProtocol);

impl NetworkListenerProtocol {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Tcp, Self::Tls];

    /// The protocol as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "TCP",
            Self::Tls => "TLS",
        }
    }
}

impl NetworkListenerBuilder {
    /// Lets an address or a range connect, and nobody else but those that are let in too. YAML: an entry of `whitelistIps`.
    pub fn whitelist_ip(self, range: impl Into<String>) -> Self {
        self.whitelist_ips([range])
    }

    /// Lets addresses and ranges connect, and nobody else. YAML: `whitelistIps`.
    pub fn whitelist_ips<I: Into<String>>(mut self, ranges: impl IntoIterator<Item = I>) -> Self {
        let list = self.whitelist_ips.get_or_insert_default();
        list.extend(ranges.into_iter().map(Into::into));
        self
    }
}

impl NetworkListener {
    /// A listener that passes bytes on as they come.
    #[track_caller]
    pub fn tcp(port: u16) -> NetworkListenerBuilder {
        Self::builder(NetworkListenerProtocol::Tcp, port)
    }

    /// A listener with a certificate.
    #[track_caller]
    pub fn tls(port: u16, certificate_arn: impl Into<Text>) -> NetworkListenerBuilder {
        Self::builder(NetworkListenerProtocol::Tls, port).custom_certificate_arn(certificate_arn)
    }

    /// A listener with the certificates of the load balancer's custom domains.
    #[track_caller]
    pub fn tls_for_domains(port: u16) -> NetworkListenerBuilder {
        Self::builder(NetworkListenerProtocol::Tls, port)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The ranges that may connect, each once, where not everyone may.
    pub fn whitelist(&self) -> Option<Vec<IpRange>> {
        whitelist(self.whitelist_ips.as_deref())
    }

    /// Whether it takes the certificates of the load balancer's custom domains.
    pub fn is_for_domains(&self) -> bool {
        self.frame(0).is_for_domains()
    }

    pub(crate) fn frame(&self, of_domains: usize) -> ListenerFrame<'_> {
        ListenerFrame {
            port: self.port,
            protocol: match self.protocol {
                NetworkListenerProtocol::Tcp => &TCP,
                NetworkListenerProtocol::Tls => &TLS,
            },
            certificates: &self.custom_certificate_arns,
            of_domains,
            whitelist: self.whitelist_ips.as_deref(),
            origin: self.origin,
        }
    }

    /// As a service sees it, which tells itself of certificates that are missing.
    pub(crate) fn frame_of_service(&self, of_domains: usize) -> ListenerFrame<'_> {
        let frame = self.frame(of_domains.max(1));
        if self.protocol == NetworkListenerProtocol::Tcp { ListenerFrame { protocol: &TCP_OF_SERVICE, ..frame } } else { frame }
    }
}

const TCP: Protocol = Protocol { name: "TCP", is_encrypted: false, ..TLS };
const TCP_OF_SERVICE: Protocol = Protocol { call: "ServicePort::tls(443)", ..TCP };
const TLS: Protocol = Protocol { name: "TLS", is_encrypted: true, encrypted: "TLS", call: "NetworkListener::tls(443, arn)" };
