//! Ports at which a load balancer listens.

use stacktape_macros::model;

use super::redirect::DefaultAction;
use crate::check::Check;
use crate::document::words;
use crate::ip_range::IpRange;
use crate::origin::Origin;
use crate::table::sort_and_dedup;
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
    /// ARNs of certificates in ACM or IAM, for HTTPS. The first one is for clients that name no host. YAML: `customCertificateArns`.
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
        let list = self.whitelist_ips.get_or_insert_default().get_or_insert_default();
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

    /// The port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The ranges that may connect, each once, where not everyone may.
    pub fn whitelist(&self) -> Option<Vec<IpRange>> {
        let list = self.whitelist_ips.as_ref()?;
        let mut ranges: Vec<_> = list.iter().filter_map(|range| IpRange::parse(range)).collect();
        sort_and_dedup(&mut ranges);
        Some(ranges)
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        if self.port == 0 {
            at.field("port").report(&ListenerIssue::Port);
        }
        let certificates = &self.custom_certificate_arns;
        match self.protocol {
            ListenerProtocol::Http if !certificates.is_empty() => {
                at.field("customCertificateArns").report(&ListenerIssue::CertificateOfHttp);
            }
            ListenerProtocol::Https if certificates.is_empty() => at.report(&ListenerIssue::NoCertificate),
            ListenerProtocol::Http | ListenerProtocol::Https => {}
        }
        at.field("customCertificateArns").each(certificates, |at, arn| {
            if let Some(arn) = arn.as_literal().filter(|arn| !is_certificate_arn(arn)) {
                at.report(&ListenerIssue::CertificateArn { arn: arn.to_owned() });
            }
        });
        if let Some(list) = &self.whitelist_ips {
            let mut at = at.field("whitelistIps");
            if list.is_empty() {
                at.report(&ListenerIssue::NobodyWhitelisted);
            }
            at.each(list, |at, range| {
                if IpRange::parse(range).is_none() {
                    at.report(&ListenerIssue::WhitelistIp { range: range.clone() });
                }
            });
        }
        if let Some(DefaultAction::Redirect(redirect)) = &self.default_action {
            redirect.check(self.protocol, self.port, &mut at.field("defaultAction"));
        }
    }
}

/// `arn:partition:acm:region:account:certificate/id`, or `arn:partition:iam::account:server-certificate/name`.
fn is_certificate_arn(arn: &str) -> bool {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    match parts.as_slice() {
        ["arn", _, "acm", region, _, name] => !region.is_empty() && name.strip_prefix("certificate/").is_some_and(|id| !id.is_empty()),
        ["arn", _, "iam", "", _, name] => name.strip_prefix("server-certificate/").is_some_and(|id| !id.is_empty()),
        _ => false,
    }
}

/// Mistakes in a listener.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "listener")]
#[non_exhaustive]
pub enum ListenerIssue {
    /// Nothing can listen at port 0.
    #[error("found the port 0, expected 1 to 65535")]
    #[issue(
        help = "write a port, usually 80 or 443",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html"
    )]
    Port,
    /// What is not encrypted has no use for a certificate.
    #[error("found certificates of an HTTP listener, expected none")]
    #[issue(
        help = "write `Listener::https(443, arn)`, or leave the certificates out",
        yaml = "write `protocol: HTTPS`, or leave the certificates out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"
    )]
    CertificateOfHttp,
    /// HTTPS proves by a certificate who answers.
    #[error("found an HTTPS listener without a certificate, expected at least one")]
    #[issue(
        help = "write `Listener::https(443, arn)` with the ARN of a certificate in ACM, or `Listener::http(80)`",
        yaml = "write `customCertificateArns` with the ARN of a certificate in ACM, or `protocol: HTTP`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"
    )]
    NoCertificate,
    /// A load balancer takes certificates of ACM and of IAM.
    #[error("found `{arn}`, expected the ARN of a certificate in ACM or IAM")]
    #[issue(
        help = "write an ARN such as `arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4-0000-4c11-9d1c-000000000000`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html"
    )]
    CertificateArn {
        /// What was found.
        arn: String,
    },
    /// A listener that nobody reaches serves nobody, and an empty list must not mean everyone.
    #[error("found an empty list of addresses, expected at least one")]
    #[issue(
        help = "write an address such as `203.0.113.7` or a range such as `10.0.0.0/8`; without the list, everyone may connect",
        docs = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"
    )]
    NobodyWhitelisted,
    /// A security group lets in ranges of addresses.
    #[error("found `{range}`, expected an IP address or a range of them")]
    #[issue(
        help = "write an address such as `203.0.113.7` or a range such as `10.0.0.0/8`",
        docs = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"
    )]
    WhitelistIp {
        /// What was found.
        range: String,
    },
}
