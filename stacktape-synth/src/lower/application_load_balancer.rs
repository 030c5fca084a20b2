//! `application-load-balancer` becomes a load balancer with its security group, listeners and rules.

use stacktape_model::application_load_balancer::{
    ApplicationLoadBalancer, ApplicationLoadBalancerParts, DefaultAction, Listener, ListenerParts, ListenerProtocol, ListenerRule,
    Redirect, RedirectParts, RedirectPort, RedirectStatus,
};
use stacktape_model::container::{HeaderCondition, QueryCondition};
use stacktape_model::ip_range::IpRange;

use crate::cfn::elastic_load_balancing_v2::{self as elb, listener, listener_rule, load_balancer};
use crate::cfn::{Node, PropertyType, Value};
use crate::fragment::Fragment;
use crate::lower::custom_domain::Certificate;
use crate::lower::load_balancing::{self, Door};
use crate::lower::once_each;
use crate::plan::{Plan, RulePlan};

pub(super) fn lower(balancer: &ApplicationLoadBalancer, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let ApplicationLoadBalancerParts {
        name,
        interface,
        custom_domains,
        listeners: _, // those that are written out, of all
        overrides: _, // applied when the template is merged
    } = balancer.parts();
    let listeners = balancer.all_listeners();
    let doors = listeners.iter().map(|listener| Door { port: listener.port(), whitelist: listener.whitelist() });
    load_balancing::lower(name, load_balancer::Type::Application, *interface, doors, plan, fragment);
    let takes_theirs = listeners.iter().any(Listener::is_for_domains);
    let certificates = load_balancing::lower_domains(name, custom_domains, takes_theirs, plan, fragment);
    for listener in listeners.iter() {
        lower_listener(name, listener, &certificates, fragment, plan);
    }
    for rule in plan.rules(name) {
        fragment.add(&rule.id, lower_rule(rule, plan));
    }
}

fn lower_listener(balancer: &str, listener: &Listener, of_domains: &[Certificate], fragment: &mut Fragment, plan: &Plan<'_>) {
    // `whitelist_ips` made the security group.
    let ListenerParts { protocol, port, custom_certificate_arns, whitelist_ips: _, default_action } = listener.parts();
    let action = match default_action {
        Some(DefaultAction::Redirect(redirect)) => lower_redirect(redirect),
        None => nothing_matched(),
    };
    let (protocol, is_encrypted) = match protocol {
        ListenerProtocol::Http => (listener::Protocol::Http, false),
        ListenerProtocol::Https => (listener::Protocol::Https, true),
    };
    let certificates = load_balancing::certificates_of(is_encrypted, custom_certificate_arns, of_domains, plan);
    load_balancing::lower_listener(balancer, *port, protocol, &certificates, action, plan, fragment);
}

fn nothing_matched() -> listener::Action {
    let response = listener::FixedResponseConfig::new("500")
        .content_type("text/plain")
        .message_body("No rule of this listener takes the request, and the listener has no default action.");
    listener::Action::new(listener::ActionType::FixedResponse).fixed_response_config(response)
}

fn lower_redirect(redirect: &Redirect) -> listener::Action {
    let RedirectParts { status_code, protocol, host, port, path, query } = redirect.parts();
    let status = match status_code {
        RedirectStatus::Permanent => listener::RedirectConfigStatusCode::Http301,
        RedirectStatus::Temporary => listener::RedirectConfigStatusCode::Http302,
    };
    let config = listener::RedirectConfig::new(status)
        .set_some(protocol.map(|protocol| Value::<String>::from(protocol.as_str())), listener::RedirectConfig::protocol)
        .set_some(host.clone(), listener::RedirectConfig::host)
        .set_some(port.as_ref().map(RedirectPort::to_string), listener::RedirectConfig::port)
        .set_some(path.clone(), listener::RedirectConfig::path)
        .set_some(query.clone(), listener::RedirectConfig::query);
    listener::Action::new(listener::ActionType::Redirect).redirect_config(config)
}

fn lower_rule(rule: &RulePlan<'_>, plan: &Plan<'_>) -> elb::ListenerRule {
    let forward = listener_rule::Action::new(listener_rule::ActionType::Forward).order(1).target_group_arn(rule.target_group.reference());
    let conditions: Vec<_> = conditions(rule.rule).into_iter().map(|condition| condition.into_properties().into_node()).collect();
    let conditions = Value::from_node(Node::list(once_each(&conditions)));
    elb::ListenerRule::new(vec![forward], conditions, rule.rule.priority).listener_arn(rule.listener.reference()).tags(plan.tags.list())
}

fn conditions(rule: &ListenerRule) -> Vec<listener_rule::RuleCondition> {
    use listener_rule::{
        HostHeaderConfig, HttpHeaderConfig, HttpRequestMethodConfig, PathPatternConfig, QueryStringConfig, QueryStringKeyValue,
        RuleCondition, SourceIpConfig,
    };
    // No `..`: a new condition of the model must not compile until it is lowered here.
    let ListenerRule { load_balancer: _, priority: _, listener_port: _, paths, methods, hosts, headers, query_params, source_ips } = rule;
    let on = |field: &'static str| RuleCondition::new().field(field);
    let some = |values: &[String]| (!values.is_empty()).then(|| once_each(values));
    let mut conditions = Vec::new();
    conditions.extend(some(paths).map(|values| on("path-pattern").path_pattern_config(PathPatternConfig::new().values(values))));
    conditions.extend(headers.iter().map(|HeaderCondition { header_name, values }| {
        on("http-header").http_header_config(HttpHeaderConfig::new().http_header_name(header_name.clone()).values(once_each(values)))
    }));
    conditions.extend(
        some(methods).map(|values| on("http-request-method").http_request_method_config(HttpRequestMethodConfig::new().values(values))),
    );
    conditions.extend(some(hosts).map(|values| on("host-header").host_header_config(HostHeaderConfig::new().values(values))));
    let ranges: Vec<_> = source_ips.iter().filter_map(|range| IpRange::parse(range)).map(|range| range.as_str().to_owned()).collect();
    conditions.extend(some(&ranges).map(|values| on("source-ip").source_ip_config(SourceIpConfig::new().values(values))));
    conditions.extend(query_params.iter().map(|QueryCondition { param_name, values }| {
        let pairs: Vec<_> =
            once_each(values).into_iter().map(|value| QueryStringKeyValue::new().key(param_name.clone()).value(value)).collect();
        on("query-string").query_string_config(QueryStringConfig::new().values(pairs))
    }));
    conditions
}
