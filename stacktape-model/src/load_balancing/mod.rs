//! What load balancers of all kinds have in common.

mod listener;

pub use listener::ListenerIssue;

pub(crate) use listener::{ListenerFrame, Protocol, whitelist};

use crate::check::Check;
use crate::custom_domain::CertificateUse;
use crate::document::words;
use crate::table::Set;

/// Who can reach a load balancer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Interface {
    /// Everyone. YAML: `internet`.
    #[default]
    Internet,
    /// What runs in the VPC. YAML: `internal`.
    Internal,
}

words!(Interface);

impl Interface {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Internet, Self::Internal];

    /// The interface as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Internet => "internet",
            Self::Internal => "internal",
        }
    }
}

/// What the certificates of a load balancer's domains are for.
pub(crate) fn certificate_use(listeners: &[ListenerFrame<'_>]) -> CertificateUse {
    if listeners.iter().any(ListenerFrame::is_for_domains) { CertificateUse::Listeners } else { CertificateUse::None }
}

const LISTENERS_MAX: usize = 50;
/// Beyond the default one of each listener.
const CERTIFICATES_MAX: usize = 25;
const SECURITY_GROUP_RULES_MAX: usize = 60;

/// Checks the listeners of a load balancer, each for itself and against the others.
pub(crate) fn check_listeners(listeners: &[ListenerFrame<'_>], at: &mut Check<'_>) {
    if listeners.len() > LISTENERS_MAX {
        at.report(&LoadBalancerIssue::TooManyListeners { found: listeners.len() });
    }
    let certificates = listeners.iter().map(|listener| listener.certificates().saturating_sub(1)).sum();
    if certificates > CERTIFICATES_MAX {
        at.report(&LoadBalancerIssue::TooManyCertificates { found: certificates });
    }
    let rules = listeners.iter().map(|listener| whitelist(listener.whitelist).map_or(1, |list| list.len())).sum();
    // Listeners that are open to all come with the quota of listeners.
    if rules > SECURITY_GROUP_RULES_MAX && rules > listeners.len() {
        at.report(&LoadBalancerIssue::TooManyWhitelistIps { found: rules });
    }
    let mut ports = Set::new();
    at.each(listeners, |at, listener| {
        let mut at = at.written_here(listener.origin);
        listener.check(&mut at);
        if !ports.insert(listener.port) {
            at.field("port").report(&LoadBalancerIssue::PortTwice { port: listener.port });
        }
    });
}

/// Mistakes in a load balancer of any kind.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "load_balancer")]
#[non_exhaustive]
pub enum LoadBalancerIssue {
    /// A port leads to one listener.
    #[error("found a second listener at the port {port}, expected each port once")]
    #[issue(
        help = "change the port of one of the two",
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html"
    )]
    PortTwice {
        /// The port.
        port: u16,
    },
    /// AWS's quota, which is raised on request.
    #[error("found {found} listeners, expected at most 50, the quota of Elastic Load Balancing")]
    #[issue(
        help = "tell workloads apart by path or host instead of by port, add a second load balancer, or ask AWS for a higher quota",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"
    )]
    TooManyListeners {
        /// How many there are.
        found: usize,
    },
    /// AWS's quota, which is raised on request.
    #[error("found {found} certificates beside the first ones, expected at most 25, the quota of Elastic Load Balancing")]
    #[issue(
        help = "use a certificate for several domains, or ask AWS for a higher quota",
        warning,
        docs = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html"
    )]
    TooManyCertificates {
        /// How many there are.
        found: usize,
    },
    /// AWS's quota, which is raised on request.
    #[error("found {found} rules of the security group, one for each port and range, expected at most 60, the quota of Amazon VPC")]
    #[issue(
        help = "join ranges, or ask AWS for a higher quota",
        warning,
        docs = "https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html"
    )]
    TooManyWhitelistIps {
        /// How many there are.
        found: usize,
    },
}
