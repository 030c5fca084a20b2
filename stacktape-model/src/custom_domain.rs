//! Domains of one's own, in front of load balancers and gateways.

use stacktape_macros::model;

use crate::certificate;
use crate::check::Check;
use crate::origin::Origin;
use crate::text::Text;

/// A domain of your own that leads to a load balancer or a gateway. YAML: an entry of `customDomains`, or its name alone.
///
/// With a hosted zone of Route 53 alone, a certificate is issued and a record is made there:
///
/// ```
/// use stacktape_model::custom_domain::CustomDomain;
/// let domain = CustomDomain::builder("shop.example.com").hosted_zone_id("Z0123456789ABCDEFGHIJ");
/// ```
///
/// With a certificate of your own, the hosted zone is for the record alone; without one, the record is yours to make:
///
/// ```
/// use stacktape_model::custom_domain::CustomDomain;
/// let arn = "arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4-0000-4c11-9d1c-000000000000";
/// let domain = CustomDomain::builder("shop.example.com").custom_certificate_arn(arn).disable_dns_record_creation(true);
/// ```
///
/// **Creates** an `AWS::Route53::RecordSet` and, where a certificate is needed and none is given, an
/// `AWS::CertificateManager::Certificate`. The deployment waits until it is issued: the name servers of the domain must be those of
/// the hosted zone.
#[model(brief)]
pub struct CustomDomain {
    /// `domainName`: at most 253 characters, each once in the stack, such as `shop.example.com` or `*.example.com`. YAML: `domainName`.
    /// Changing it makes a new certificate and record, and removes the old ones.
    #[argument]
    pub(crate) domain_name: String,
    /// ARN of a certificate for the domain in the stack's region: of ACM, or of IAM for a load balancer. YAML:
    /// `customCertificateArn`, default: one is issued. Changed in place.
    pub(crate) custom_certificate_arn: Option<Text>,
    /// Id of the public hosted zone of Route 53 in which the record is made and the certificate is validated. YAML: `hostedZoneId`.
    /// Changing it replaces the record.
    pub(crate) hosted_zone_id: Option<Text>,
    /// Whether you make the record yourself. YAML: `disableDnsRecordCreation`, default `false`.
    pub(crate) disable_dns_record_creation: bool,
    pub(crate) origin: Origin,
}

/// Where the certificate of a domain comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CertificateSource<'a> {
    /// The certificate with this ARN.
    Given(&'a Text),
    /// One that is issued when the domain is validated in this hosted zone.
    Issued(&'a Text),
}

/// What certificates are needed for.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum CertificateUse {
    /// Listeners take those of ACM and of IAM.
    Listeners,
    /// A gateway takes those of ACM.
    Gateway,
    /// Nothing.
    None,
}

impl CustomDomain {
    /// The domain, in small letters, as DNS does not tell them apart and API Gateway takes no others.
    pub fn name(&self) -> String {
        self.domain_name.to_ascii_lowercase()
    }

    /// Whether the domain stands for all below another one.
    pub fn is_wildcard(&self) -> bool {
        self.domain_name.starts_with("*.")
    }

    /// Where its certificate comes from, in case that one is needed.
    pub fn certificate(&self) -> Option<CertificateSource<'_>> {
        let issued = self.hosted_zone_id.as_ref().map(CertificateSource::Issued);
        self.custom_certificate_arn.as_ref().map(CertificateSource::Given).or(issued)
    }

    /// The hosted zone in which a record is made.
    pub fn record_zone(&self) -> Option<&Text> {
        self.hosted_zone_id.as_ref().filter(|_| !self.disable_dns_record_creation)
    }

    pub(crate) fn check(&self, certificates: CertificateUse, at: &mut Check<'_>) {
        let name = || self.domain_name.clone();
        if !is_domain(&self.domain_name) {
            at.field("domainName").report(&CustomDomainIssue::Name { name: name() });
        }
        let (arn, zone, own_record) = (&self.custom_certificate_arn, &self.hosted_zone_id, self.disable_dns_record_creation);
        let needed = certificates != CertificateUse::None;
        if needed && self.certificate().is_none() {
            at.report(&CustomDomainIssue::NoCertificate { name: name() });
        } else if zone.is_none() && !own_record {
            at.report(&CustomDomainIssue::NoHostedZone { name: name() });
        }
        if zone.is_some() && own_record && (arn.is_some() || !needed) {
            at.field("hostedZoneId").report(&CustomDomainIssue::UnusedHostedZone);
        }
        if needed && arn.is_none() && zone.is_some() && self.domain_name.len() > COMMON_NAME_MAX {
            at.field("domainName").report(&CustomDomainIssue::TooLongToIssue { found: self.domain_name.len() });
        }
        if let Some(arn) = arn {
            let mut at = at.field("customCertificateArn");
            let of_iam = certificates != CertificateUse::Gateway;
            if !needed {
                at.report(&CustomDomainIssue::UnusedCertificate);
            }
            if let Some(arn) = arn.as_literal().filter(|arn| !certificate::is_arn(arn, of_iam)) {
                let expected = if of_iam { "ACM or IAM" } else { "ACM" };
                at.report(&CustomDomainIssue::CertificateArn { arn: arn.to_owned(), expected });
            }
        }
        if let Some(id) = zone.as_ref().and_then(Text::as_literal).filter(|id| !is_hosted_zone_id(id)) {
            at.field("hostedZoneId").report(&CustomDomainIssue::HostedZoneId { id: id.to_owned() });
        }
    }
}

const COMMON_NAME_MAX: usize = 64;

/// Checks the domains of a load balancer or a gateway, each for itself.
pub(crate) fn check(domains: &[CustomDomain], certificates: CertificateUse, at: &mut Check<'_>) {
    at.field("customDomains").each(domains, |at, domain| domain.check(certificates, &mut at.written_here(domain.origin)));
}

/// The first domain that stands for itself alone.
pub(crate) fn first_plain(domains: &[CustomDomain]) -> Option<String> {
    domains.iter().find(|domain| !domain.is_wildcard()).map(CustomDomain::name)
}

/// <https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html>, of which certificates take letters, digits and
/// `-`, and a `*` for the whole first label.
fn is_domain(name: &str) -> bool {
    let labels: Vec<_> = name.strip_prefix("*.").unwrap_or(name).split('.').collect();
    let allowed = |label: &&str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_address = labels.last().is_some_and(|label| label.bytes().all(|letter| letter.is_ascii_digit()));
    name.len() <= 253 && labels.len() >= 2 && labels.iter().all(allowed) && !is_address
}

/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html>
fn is_hosted_zone_id(id: &str) -> bool {
    (1..=32).contains(&id.len()) && id.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
}

/// Mistakes in a domain of one's own.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "custom_domain")]
#[non_exhaustive]
pub enum CustomDomainIssue {
    /// The spelling of a domain in DNS.
    #[error(
        "found the domain `{name}`, expected at most 253 letters, digits, `-` and `.`, at least two words, and `*.` at most at the front"
    )]
    #[issue(
        help = "write a domain such as `shop.example.com`, without `https://` and without a port",
        docs = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html"
    )]
    Name {
        /// What was found.
        name: String,
    },
    /// A certificate's common name is that short.
    #[error("found a domain of {found} characters, expected at most 64, as ACM issues certificates for")]
    #[issue(
        help = "choose a shorter domain, or write the ARN of a certificate that has it as a further name: `.custom_certificate_arn(arn)`",
        yaml = "choose a shorter domain, or write the `customCertificateArn` of a certificate that has it as a further name",
        docs = "https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html"
    )]
    TooLongToIssue {
        /// How many there are.
        found: usize,
    },
    /// A domain leads to one place.
    #[error("found the domain `{name}` a second time, expected each domain once")]
    #[issue(
        help = "remove one of the two; the other one belongs to `{other}`",
        docs = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-creating.html"
    )]
    Twice {
        /// The domain.
        name: String,
        /// The resource that has it too.
        other: String,
    },
    /// Who answers for a domain proves it by a certificate.
    #[error("found no certificate of `{name}`, expected the ARN of one, or the hosted zone in which one is validated")]
    #[issue(
        help = "write `.hosted_zone_id(\"Z0123456789ABCDEFGHIJ\")` to have one issued, or `.custom_certificate_arn(arn)`",
        yaml = "write `hostedZoneId` to have one issued, or `customCertificateArn`",
        docs = "https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html"
    )]
    NoCertificate {
        /// The domain.
        name: String,
    },
    /// A name does not tell its zone: `a.b.example.com` can be in that of `b.example.com` or of `example.com`.
    #[error("found no hosted zone of `{name}`, expected the id of the one in which its record is made")]
    #[issue(
        help = "write `.hosted_zone_id(\"Z0123456789ABCDEFGHIJ\")`, or `.disable_dns_record_creation(true)` to make the record yourself",
        yaml = "write `hostedZoneId`, or `disableDnsRecordCreation: true` to make the record yourself",
        docs = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/GetInfoAboutHostedZone.html"
    )]
    NoHostedZone {
        /// The domain.
        name: String,
    },
    /// Neither a record nor a certificate needs it.
    #[error("found a hosted zone, which neither a record nor a certificate needs, expected none")]
    #[issue(
        help = "leave `.disable_dns_record_creation(true)` out to have a record made, or leave the hosted zone out",
        yaml = "leave `disableDnsRecordCreation` out to have a record made, or leave the hosted zone out",
        warning,
        docs = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-choosing-alias-non-alias.html"
    )]
    UnusedHostedZone,
    /// Certificates are for listeners that encrypt and have none of their own.
    #[error("found a certificate, which no listener needs, expected none")]
    #[issue(
        help = "add a listener such as `Listener::https_for_domains(443)` or `NetworkListener::tls_for_domains(443)`, or leave the certificate out",
        yaml = "add a listener by HTTPS or TLS without `customCertificateArns`, or leave the certificate out",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html"
    )]
    UnusedCertificate,
    /// The id of a hosted zone is no name.
    #[error("found the hosted zone `{id}`, expected an id of at most 32 capital letters and digits")]
    #[issue(
        help = "write an id such as `Z0123456789ABCDEFGHIJ`, as Route 53 shows it",
        docs = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/GetInfoAboutHostedZone.html"
    )]
    HostedZoneId {
        /// What was found.
        id: String,
    },
    /// A load balancer takes certificates of ACM and of IAM, a gateway of ACM.
    #[error("found `{arn}`, expected the ARN of a certificate in {expected}")]
    #[issue(
        help = "write an ARN such as `arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4-0000-4c11-9d1c-000000000000`",
        docs = "https://docs.aws.amazon.com/acm/latest/userguide/acm-services.html"
    )]
    CertificateArn {
        /// What was found.
        arn: String,
        /// Where certificates may be.
        expected: &'static str,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_at_least_two_words() {
        let longest = format!("{}.example.com", ["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(49)].join("."));
        assert_eq!(longest.len(), 253);
        for name in ["example.com", "*.example.com", "xn--bcher-kva.example", "a-1.b2.Example.COM", longest.as_str()] {
            assert!(is_domain(name), "{name}");
        }
        let (long_label, too_long) = (format!("{}.com", "a".repeat(64)), format!("a{longest}"));
        for name in [
            "",
            "localhost",
            "*",
            "*.com.",
            "a.*.com",
            "https://example.com",
            "example.com:443",
            "-a.com",
            "a-.com",
            "a_b.com",
            "a..com",
            "127.0.0.1",
        ] {
            assert!(!is_domain(name), "{name}");
        }
        assert!(!is_domain(&long_label) && !is_domain(&too_long));
    }
}
