//! What listeners of all kinds have in common.

use crate::certificate;
use crate::check::Check;
use crate::ip_range::IpRange;
use crate::origin::Origin;
use crate::table::sort_and_dedup;
use crate::text::Text;

/// A listener as every kind of load balancer sees it.
#[derive(Clone, Copy)]
pub(crate) struct ListenerFrame<'a> {
    pub(crate) port: u16,
    pub(crate) protocol: &'static Protocol,
    pub(crate) certificates: &'a [Text],
    /// How many certificates the load balancer's domains have.
    pub(crate) of_domains: usize,
    pub(crate) whitelist: Option<&'a [String]>,
    pub(crate) origin: Origin,
}

/// How clients talk to a listener.
pub(crate) struct Protocol {
    /// As YAML spells it.
    pub(crate) name: &'static str,
    /// Whether a certificate proves who answers.
    pub(crate) is_encrypted: bool,
    /// The encrypted protocol of the same kind of load balancer.
    pub(crate) encrypted: &'static str,
    /// How a listener of that is written in Rust.
    pub(crate) call: &'static str,
}

impl ListenerFrame<'_> {
    /// Whether it takes the certificates of the load balancer's domains.
    pub(crate) fn is_for_domains(&self) -> bool {
        self.protocol.is_encrypted && self.certificates.is_empty()
    }

    /// How many certificates it has, of its own or of domains.
    pub(super) fn certificates(&self) -> usize {
        if self.is_for_domains() { self.of_domains } else { self.certificates.len() }
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        if self.port == 0 {
            at.field("port").report(&ListenerIssue::Port);
        }
        let Protocol { name: protocol, is_encrypted, encrypted, call } = *self.protocol;
        if !is_encrypted && !self.certificates.is_empty() {
            at.field("customCertificateArns").report(&ListenerIssue::NeedlessCertificate { protocol, encrypted, call });
        }
        if is_encrypted && self.certificates() == 0 {
            at.report(&ListenerIssue::NoCertificate { protocol, call });
        }
        at.field("customCertificateArns").each(self.certificates, |at, arn| {
            if let Some(arn) = arn.as_literal().filter(|arn| !certificate::is_arn(arn, true)) {
                at.report(&ListenerIssue::CertificateArn { arn: arn.to_owned() });
            }
        });
        if let Some(list) = self.whitelist {
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
    }
}

/// The ranges that may connect, each once, where not everyone may.
pub(crate) fn whitelist(list: Option<&[String]>) -> Option<Vec<IpRange>> {
    let mut ranges: Vec<_> = list?.iter().filter_map(|range| IpRange::parse(range)).collect();
    sort_and_dedup(&mut ranges);
    Some(ranges)
}

/// Mistakes in a listener.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
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
    #[error("found certificates of a listener by {protocol}, expected none")]
    #[issue(
        help = "write `{call}`, or leave the certificates out",
        yaml = "write `protocol: {encrypted}`, or leave the certificates out",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"
    )]
    NeedlessCertificate {
        /// The protocol.
        protocol: &'static str,
        /// The protocol that needs certificates.
        encrypted: &'static str,
        /// How a listener of that is written.
        call: &'static str,
    },
    /// What is encrypted proves by a certificate who answers.
    #[error("found a listener by {protocol} without a certificate, expected at least one")]
    #[issue(
        help = "write `{call}` with the ARN of a certificate in ACM, or give the load balancer a `.custom_domain(..)`",
        yaml = "write `customCertificateArns` with the ARN of a certificate in ACM, or give the load balancer `customDomains`",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html"
    )]
    NoCertificate {
        /// The protocol.
        protocol: &'static str,
        /// How a listener with a certificate is written.
        call: &'static str,
    },
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
