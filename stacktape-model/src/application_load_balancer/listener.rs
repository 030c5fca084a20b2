//! Ports at which a load balancer listens.

use stacktape_macros::model;

use super::redirect::DefaultAction;
use crate::check::Check;
use crate::document::words;
use crate::ip_range::IpRange;
use crate::load_balancing::{ListenerFrame, Protocol, whitelist};
use crate::origin::Origin;
use crate::text::Text;

/// A port at which a load balancer listens. YAML: an entry of `listeners`.
///
/// ```
/// use stacktape_model::application_load_balancer::{Listener, Redirect};
/// let plain = Listener::http(80).default_action(Redirect::to_https());
/// let secure = Listener::https(443, "arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4-0000-4c11-9d1c-000000000000");
/// ```
#[model]
pub struct Listener {
    /// `protocol`: HTTP or HTTPS. YAML: `protocol`.
    #[argument]
    pub(crate) protocol: ListenerProtocol,
    /// `port`: 1 to 65535, each once. YAML: `port`.
    #[argument]
    pub(crate) port: u16,
    /// ARNs of certificates in ACM or IAM, for HTTPS. The first one is for clients that name no host. YAML: `customCertificateArns`,
    /// default: those of the load balancer's custom domains.
    #[each(custom_certificate_arn)]
    pub(crate) custom_certificate_arns: Vec<Text>,
    /// Addresses and ranges that may connect. YAML: `whitelistIps`, default: everyone, or the VPC for an internal load balancer.
    #[own]
    pub(crate) whitelist_ips: Option<Vec<String>>,
    /// What becomes of requests that no rule takes. YAML: `defaultAction`, default: a response 500 that says so.
    pub(crate) default_action: Option<DefaultAction>,
    pub(crate) origin: Origin,
}

/// How clients talk to a listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenerProtocol {
    /// In the clear.
    Http,
    /// Encrypted, which needs a certificate.
    Https,
}

words!(ListenerProtocol);

impl ListenerProtocol {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Http, Self::Https];

    /// The protocol as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "HTTP",
            Self::Https => "HTTPS",
        }
    }
}

impl ListenerBuilder {
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

impl Listener {
    /// A listener in the clear.
    #[track_caller]
    pub fn http(port: u16) -> ListenerBuilder {
        Self::builder(ListenerProtocol::Http, port)
    }

    /// A listener with a certificate.
    #[track_caller]
    pub fn https(port: u16, certificate_arn: impl Into<Text>) -> ListenerBuilder {
        Self::builder(ListenerProtocol::Https, port).custom_certificate_arn(certificate_arn)
    }

    /// A listener with the certificates of the load balancer's custom domains.
    #[track_caller]
    pub fn https_for_domains(port: u16) -> ListenerBuilder {
        Self::builder(ListenerProtocol::Https, port)
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
                ListenerProtocol::Http => &HTTP,
                ListenerProtocol::Https => &HTTPS,
            },
            certificates: &self.custom_certificate_arns,
            of_domains,
            whitelist: self.whitelist_ips.as_deref(),
            origin: self.origin,
        }
    }

    /// What is not the same for listeners of all load balancers.
    pub(super) fn check(&self, at: &mut Check<'_>) {
        if let Some(DefaultAction::Redirect(redirect)) = &self.default_action {
            redirect.check(self.protocol, self.port, &mut at.field("defaultAction"));
        }
    }
}

const HTTP: Protocol = Protocol { name: "HTTP", is_encrypted: false, ..HTTPS };
const HTTPS: Protocol = Protocol { name: "HTTPS", is_encrypted: true, encrypted: "HTTPS", call: "Listener::https(443, arn)" };
