//! Domains of one's own: certificates and records.

use stacktape_model::custom_domain::{CertificateSource, CustomDomain, CustomDomainParts};

use crate::cfn::{Value, certificate_manager as acm, route53};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::text;
use crate::plan::Plan;

/// A certificate, as listeners and gateways name it.
#[derive(Clone)]
pub(super) struct Certificate {
    pub(super) arn: Value<String>,
    /// What stands for the certificate in logical ids.
    pub(super) key: String,
}

impl Certificate {
    /// A certificate of the user's. Not every ARN is known now: how it is written stands for it.
    pub(super) fn given(arn: &stacktape_model::text::Text, plan: &Plan<'_>) -> Self {
        Self { arn: text::lower(arn, plan.stack), key: serde_json::json!(arn).to_string() }
    }

    /// The certificate of a domain, which is issued where none is given; validation made sure that there is one.
    pub(super) fn of(owner: &str, domain: &CustomDomain, plan: &Plan<'_>, fragment: &mut Fragment) -> Option<Self> {
        match domain.certificate()? {
            CertificateSource::Given(arn) => Some(Self::given(arn, plan)),
            CertificateSource::Issued(zone) => {
                let (id, name) = (logical_id::domain_certificate(owner, &domain.name()), domain.name());
                let validated =
                    acm::certificate::DomainValidationOption::new().domain_name(name.clone()).hosted_zone_id(text::lower(zone, plan.stack));
                let certificate = acm::Certificate::new(name.clone())
                    .domain_validation_options(vec![validated])
                    .validation_method("DNS")
                    .tags(plan.tags.list());
                fragment.add(&id, certificate);
                Some(Self { arn: id.reference(), key: name })
            }
        }
    }
}

/// Where an alias leads.
pub(super) struct Alias {
    pub(super) dns_name: Value<String>,
    pub(super) hosted_zone_id: Value<String>,
}

/// Leads a domain to what it stands in front of, unless the user does.
pub(super) fn lower_record(owner: &str, domain: &CustomDomain, alias: Alias, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here, or in `Certificate::of`.
    let CustomDomainParts { domain_name: _, custom_certificate_arn: _, hosted_zone_id: _, disable_dns_record_creation: _ } = domain.parts();
    let Some(zone) = domain.record_zone() else { return };
    // Load balancers and gateways have IPv4 addresses alone, so there is no record of IPv6 beside it.
    let record = route53::RecordSet::new(domain.name(), "A")
        .hosted_zone_id(text::lower(zone, plan.stack))
        .alias_target(route53::record_set::AliasTarget::new(alias.dns_name, alias.hosted_zone_id));
    fragment.add(&logical_id::dns_record(owner, &domain.name()), record);
}
