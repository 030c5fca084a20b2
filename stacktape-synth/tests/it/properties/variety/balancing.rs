//! What is met of load balancers.

use stacktape_model::application_load_balancer::{
    ApplicationLoadBalancer, ApplicationLoadBalancerParts, DefaultAction, ListenerParts, ListenerRule, RedirectParts,
};
use stacktape_model::container::{LoadBalancerHealthCheck, LoadBalancerHealthCheckParts, NetworkLoadBalancerEvent};
use stacktape_model::custom_domain::{CustomDomain, CustomDomainParts};
use stacktape_model::load_balancing::Interface;
use stacktape_model::network_load_balancer::{NetworkListener, NetworkListenerParts, NetworkLoadBalancer, NetworkLoadBalancerParts};

use super::Met;

// No `..` below: a new field of the model must not compile until the strategies reach it.

impl Met {
    pub(super) fn load_balancer(&mut self, balancer: &ApplicationLoadBalancer) {
        let ApplicationLoadBalancerParts { name: _, interface, custom_domains, listeners, overrides } = balancer.parts();
        self.domains("balanced domain", custom_domains);
        self.note("default listeners of a domain", listeners.is_empty() && !custom_domains.is_empty());
        self.variant("interface", interface);
        self.note("default listener", listeners.is_empty());
        self.note("overrides of a balancer", !overrides.is_empty());
        for listener in listeners {
            let ListenerParts { protocol, port: _, custom_certificate_arns, whitelist_ips, default_action } = listener.parts();
            self.variant("listens by", protocol);
            self.note("second certificate", custom_certificate_arns.len() > 1);
            self.note("whitelist", whitelist_ips.is_some());
            for arn in custom_certificate_arns {
                self.text("certificate", arn);
            }
            if let Some(DefaultAction::Redirect(redirect)) = default_action {
                let RedirectParts { status_code, protocol, host, port, path, query } = redirect.parts();
                self.variant("redirect", status_code);
                self.note("redirect host", host.is_some());
                self.note("redirect path", path.is_some());
                self.note("redirect query", query.is_some());
                if let Some(protocol) = protocol {
                    self.variant("to protocol", protocol);
                }
                if let Some(port) = port {
                    self.variant("to port", port);
                }
            }
        }
    }

    pub(super) fn network_load_balancer(&mut self, balancer: &NetworkLoadBalancer) {
        let NetworkLoadBalancerParts { name: _, interface, custom_domains, listeners, overrides } = balancer.parts();
        self.domains("passed domain", custom_domains);
        self.note("TLS of a domain", listeners.iter().any(NetworkListener::is_for_domains));
        self.note("passes on from the internet", *interface == Interface::Internet);
        self.note("passes on from inside", *interface == Interface::Internal);
        self.note("overrides of a network balancer", !overrides.is_empty());
        for listener in listeners {
            let NetworkListenerParts { protocol, port: _, custom_certificate_arns, whitelist_ips } = listener.parts();
            self.variant("passes on", protocol);
            self.note("second certificate of TLS", custom_certificate_arns.len() > 1);
            self.note("whitelist of a network balancer", whitelist_ips.is_some());
            for arn in custom_certificate_arns {
                self.text("certificate", arn);
            }
        }
    }

    pub(super) fn domains(&mut self, what: &str, domains: &[CustomDomain]) {
        self.note(&format!("{what} twice"), domains.len() > 1);
        for domain in domains {
            let CustomDomainParts { domain_name: _, custom_certificate_arn, hosted_zone_id, disable_dns_record_creation } = domain.parts();
            self.note(&format!("{what} wildcard"), domain.is_wildcard());
            self.note(&format!("{what} given"), custom_certificate_arn.is_some());
            self.note(&format!("{what} issued"), custom_certificate_arn.is_none() && hosted_zone_id.is_some());
            self.note(&format!("{what} recorded"), !disable_dns_record_creation);
            self.note(&format!("{what} unrecorded"), *disable_dns_record_creation);
            if let Some(zone) = hosted_zone_id {
                self.text("zone", zone);
            }
        }
    }

    pub(super) fn rule(&mut self, rule: &ListenerRule) {
        let ListenerRule { load_balancer: _, priority: _, listener_port, paths, methods, hosts, headers, query_params, source_ips } = rule;
        self.note("rule of a listener", listener_port.is_some());
        self.note("rule of the default listener", listener_port.is_none());
        self.note("rule paths", paths.len() > 1);
        self.note("rule methods", !methods.is_empty());
        self.note("rule hosts", !hosts.is_empty());
        self.note("rule headers", !headers.is_empty());
        self.note("rule params", !query_params.is_empty());
        self.note("rule ranges", !source_ips.is_empty());
    }

    pub(super) fn passed(&mut self, event: &NetworkLoadBalancerEvent) {
        let NetworkLoadBalancerEvent { load_balancer: _, listener_port, container_port } = event;
        self.note("passes on to another port", listener_port != container_port);
        self.note("passes on to the same port", listener_port == container_port);
    }

    pub(super) fn balancer_check(&mut self, check: &LoadBalancerHealthCheck) {
        let LoadBalancerHealthCheckParts { path, interval_seconds, timeout_seconds, protocol, port } = check.parts();
        let settings = [path.is_some(), interval_seconds.is_some(), timeout_seconds.is_some(), protocol.is_some(), port.is_some()];
        for (index, setting) in settings.into_iter().enumerate() {
            self.note(&format!("balancer check setting {index}"), setting);
        }
        if let Some(protocol) = protocol {
            self.variant("checked by", protocol);
        }
    }
}
