//! `network-load-balancer` becomes a load balancer with its security group, and listeners that lead to one target group each.

use stacktape_model::network_load_balancer::{
    NetworkListener, NetworkListenerParts, NetworkListenerProtocol, NetworkLoadBalancer, NetworkLoadBalancerParts,
};

use crate::cfn::elastic_load_balancing_v2::{listener, load_balancer};
use crate::fragment::Fragment;
use crate::lower::custom_domain::Certificate;
use crate::lower::load_balancing::{self, Door};
use crate::plan::Plan;

pub(super) fn lower(balancer: &NetworkLoadBalancer, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let NetworkLoadBalancerParts {
        name,
        interface,
        custom_domains,
        listeners,
        overrides: _, // applied when the template is merged
    } = balancer.parts();
    let doors = listeners.iter().map(|listener| Door { port: listener.port(), whitelist: listener.whitelist() });
    load_balancing::lower(name, load_balancer::Type::Network, *interface, doors, plan, fragment);
    let takes_theirs = listeners.iter().any(NetworkListener::is_for_domains);
    let certificates = load_balancing::lower_domains(name, custom_domains, takes_theirs, plan, fragment);
    for listener in listeners {
        lower_listener(name, listener, &certificates, fragment, plan);
    }
}

fn lower_listener(balancer: &str, listener: &NetworkListener, of_domains: &[Certificate], fragment: &mut Fragment, plan: &Plan<'_>) {
    // `whitelist_ips` made the security group.
    let NetworkListenerParts { protocol, port, custom_certificate_arns, whitelist_ips: _ } = listener.parts();
    let (protocol, is_encrypted) = match protocol {
        NetworkListenerProtocol::Tcp => (listener::Protocol::Tcp, false),
        NetworkListenerProtocol::Tls => (listener::Protocol::Tls, true),
    };
    let certificates = load_balancing::certificates_of(is_encrypted, custom_certificate_arns, of_domains, plan);
    let forward = listener::Action::new(listener::ActionType::Forward).target_group_arn(plan.forward(balancer, *port).reference());
    load_balancing::lower_listener(balancer, *port, protocol, &certificates, forward, plan, fragment);
}
