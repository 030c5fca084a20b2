//! Domains of one's own.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::surroundings::{Surroundings, pick};
use crate::custom_domain::{CertificateUse, CustomDomain};
use crate::text::Text;

/// A domain with this name that has a certificate: one that is given or issued, and a record or none.
pub fn custom_domain(domain_name: impl Into<String>) -> impl Strategy<Value = CustomDomain> {
    let name = domain_name.into();
    way().prop_map(move |way| way.of(name.clone(), CertificateUse::Gateway, &Surroundings::none()))
}

/// How a domain is proven and how it is found.
#[derive(Clone, Debug)]
pub(super) struct Way {
    is_wildcard: bool,
    is_given: bool,
    own_record: bool,
    zone: Index,
}

fn way() -> impl Strategy<Value = Way> {
    (any::<bool>(), any::<bool>(), any::<bool>(), any::<Index>()).prop_map(|(is_wildcard, is_given, own_record, zone)| Way {
        is_wildcard,
        is_given,
        own_record,
        zone,
    })
}

/// Up to two domains.
pub(super) fn ways() -> BoxedStrategy<Vec<Way>> {
    prop_oneof![Just(Vec::new()), vec(way(), 1..3)].boxed()
}

/// The domains of a load balancer or a gateway.
pub(super) fn domains_of(owner: &str, ways: &[Way], certificates: CertificateUse, around: &Surroundings) -> Vec<CustomDomain> {
    // The end of a name tells resources of a kind apart.
    let end = owner.len().saturating_sub(20);
    let name = |index, way: &Way| format!("{}{}-{index}.Example.com", if way.is_wildcard { "*." } else { "" }, &owner[end..]);
    ways.iter().enumerate().map(|(index, way)| way.of(name(index, way), certificates, around)).collect()
}

impl Way {
    fn of(&self, name: String, certificates: CertificateUse, around: &Surroundings) -> CustomDomain {
        let needed = certificates != CertificateUse::None;
        let is_given = needed && self.is_given;
        let mut domain = CustomDomain::builder(name);
        if is_given {
            domain = domain.custom_certificate_arn("arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4");
        }
        if !self.own_record || (needed && !is_given) {
            domain = domain.hosted_zone_id(zone(self.zone, around));
        }
        domain.disable_dns_record_creation(self.own_record).build()
    }
}

/// A hosted zone by its id, or whatever is around.
fn zone(index: Index, around: &Surroundings) -> Text {
    let raw = pick(index, &around.raw_resources).filter(|_| index.index(2) == 0);
    raw.map_or_else(|| "Z0123456789ABCDEFGHIJ".into(), crate::raw_resource::RawResource::reference)
}
