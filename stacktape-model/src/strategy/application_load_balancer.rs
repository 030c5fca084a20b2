//! Application load balancers.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::custom_domain::{Way, domains_of, ways};
use super::raw_resource::{Role, attributes, override_of};
use super::surroundings::{Later, Surroundings, pick};
use crate::application_load_balancer::{
    ApplicationLoadBalancer, DefaultAction, Listener, ListenerProtocol, Redirect, RedirectPort, RedirectProtocol, RedirectStatus,
};
use crate::custom_domain::CertificateUse;
use crate::load_balancing::Interface;
use crate::text::{Fact, Text};

/// Load balancers with any of their properties; each listener has a default action, so that none is there for nothing.
pub fn application_load_balancer(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<ApplicationLoadBalancer> {
    let (name, around) = (name.into(), around.clone());
    let used = move |later: Later<Named>| {
        let mut load_balancer = later.within(&around)(&name);
        use_it(&mut load_balancer);
        load_balancer
    };
    load_balancer_later().prop_map(used).boxed()
}

/// Gives a load balancer without events something to do.
pub(super) fn use_it(load_balancer: &mut ApplicationLoadBalancer) {
    load_balancer.listeners = load_balancer.all_listeners().into_owned();
    if load_balancer.listeners.iter().all(|listener| listener.default_action.is_none()) {
        let elsewhere = Redirect::builder(RedirectStatus::Temporary).host("example.com").build();
        load_balancer.listeners[0].default_action = Some(elsewhere.into());
    }
}

/// A load balancer that waits for its surroundings, and then for its name.
pub(super) type Named = Box<dyn Fn(&str) -> ApplicationLoadBalancer>;

const OVERRIDES: &[(&str, &str, &str)] = &[("LoadBalancer", "IpAddressType", "\"ipv4\"")];

pub(super) const PORTS: [u16; 5] = [80, 443, 8080, 1, 65535];

pub(super) fn load_balancer_later() -> BoxedStrategy<Later<Named>> {
    let ports = subsequence(&PORTS[..], 0..=4);
    let settings = (any::<bool>(), any::<bool>(), override_of(OVERRIDES));
    (ports, vec(listener_later(), 4), ways(), settings)
        .prop_map(|(ports, listeners, ways, (internal, secured, overrides))| {
            Later::new(move |around| {
                let mut listeners: Vec<_> = ports.iter().zip(&listeners).map(|(port, later)| later.within(around)(*port)).collect();
                if secured && !ways.is_empty() {
                    listeners.iter_mut().for_each(secure);
                }
                // One of the internet without listeners would be warned of.
                let is_inner = internal || (listeners.is_empty() && ways.is_empty());
                let interface = if is_inner { Interface::Internal } else { Interface::Internet };
                named(interface, listeners, &ways, around, overrides.clone())
            })
        })
        .boxed()
}

/// Lets a listener without certificates take those of domains.
fn secure(listener: &mut Listener) {
    let is_downgraded = |action: &DefaultAction| {
        let DefaultAction::Redirect(redirect) = action;
        redirect.protocol == Some(RedirectProtocol::Http)
    };
    listener.protocol = ListenerProtocol::Https;
    listener.default_action = listener.default_action.take().filter(|action| !is_downgraded(action));
}

fn named(interface: Interface, listeners: Vec<Listener>, ways: &[Way], around: &Surroundings, overrides: Vec<Role>) -> Named {
    let (ways, around) = (ways.to_vec(), around.clone());
    Box::new(move |name| {
        let overrides = overrides.iter().map(|role| role.of(name));
        let is_for_domains = listeners.is_empty() || listeners.iter().any(Listener::is_for_domains);
        let certificates = if is_for_domains { CertificateUse::Listeners } else { CertificateUse::None };
        ApplicationLoadBalancer::builder(name)
            .interface(interface)
            .custom_domains(domains_of(name, &ways, certificates, &around))
            .listeners(listeners.clone())
            .overrides(overrides)
            .build()
    })
}

type OfPort = Box<dyn Fn(u16) -> Listener>;

fn listener_later() -> BoxedStrategy<Later<OfPort>> {
    let certificates = vec(certificate_later(), 0..3);
    let ranges = option::of(subsequence(&["203.0.113.7", "10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0", "::1"][..], 1..=5));
    (certificates, ranges, option::of(redirect()))
        .prop_map(|(certificates, ranges, redirect)| {
            Later::new(move |around| {
                let arns: Vec<_> = certificates.iter().map(|arn: &Later<Text>| arn.within(around)).collect();
                let protocol = if arns.is_empty() { ListenerProtocol::Http } else { ListenerProtocol::Https };
                let (ranges, redirect) = (ranges.clone(), redirect.clone());
                Box::new(move |port| {
                    let mut listener = Listener::builder(protocol, port).custom_certificate_arns(arns.clone());
                    if let Some(ranges) = &ranges {
                        listener = listener.whitelist_ips(ranges.iter().copied());
                    }
                    match &redirect {
                        // Nothing is sent from HTTPS to HTTP.
                        Some(redirect) if redirect.protocol != Some(RedirectProtocol::Http) || protocol == ListenerProtocol::Http => {
                            listener.default_action(DefaultAction::Redirect(redirect.clone())).build()
                        }
                        _ => listener.build(),
                    }
                }) as OfPort
            })
        })
        .boxed()
}

/// ARNs of certificates: written out, put together of facts, or of whatever is around.
pub(super) fn certificate_later() -> BoxedStrategy<Later<Text>> {
    let together = Text::joined(["arn:aws:acm:".into(), Fact::Region.into(), ":123456789012:certificate/1".into()]);
    prop_oneof![
        select(vec!["arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4", "arn:aws:iam::123456789012:server-certificate/shop"])
            .prop_map(|arn| Later::ready(arn.into())),
        Just(together).prop_map(Later::ready),
        any::<Index>().prop_map(|index| {
            Later::new(move |around| {
                let raw = pick(index, &around.raw_resources).and_then(|raw| Some(raw.get_att(*attributes(raw).first()?)));
                raw.unwrap_or_else(|| "arn:aws:iam::123456789012:server-certificate/other".into())
            })
        }),
    ]
    .boxed()
}

/// Redirects to another host, by any protocol and port.
pub fn redirect() -> impl Strategy<Value = Redirect> {
    let status_code = select(vec![RedirectStatus::Permanent, RedirectStatus::Temporary]);
    let protocol = option::of(select(RedirectProtocol::ALL.to_vec()));
    let port = option::of(select(vec![RedirectPort::Same, RedirectPort::Number(443), RedirectPort::Number(65535)]));
    let host = select(vec!["example.com", "www.#{host}"]);
    let path = option::of(select(vec!["/#{path}", "/", "/new/#{path}"]));
    let query = option::of(select(vec!["#{query}", "a=b&#{query}", ""]));
    (status_code, protocol, host, port, path, query).prop_map(|(status_code, protocol, host, port, path, query)| Redirect {
        status_code,
        protocol,
        host: Some(host.to_owned()),
        port,
        path: path.map(str::to_owned),
        query: query.map(str::to_owned),
    })
}
