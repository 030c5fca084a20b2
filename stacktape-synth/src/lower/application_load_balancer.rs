//! `application-load-balancer` becomes a load balancer with its security group, listeners and rules.

use stacktape_model::application_load_balancer::{
    ApplicationLoadBalancer, ApplicationLoadBalancerParts, DEFAULT_LISTENER_PORT, DefaultAction, Interface, Listener, ListenerParts,
    ListenerProtocol, Redirect, RedirectParts, RedirectPort, RedirectStatus,
};
use stacktape_model::container::{ApplicationLoadBalancerEvent, HeaderCondition, QueryCondition};
use stacktape_model::ip_range::IpRange;
use stacktape_model::nested::written_name;

use crate::cfn::elastic_load_balancing_v2::{self as elb, listener, listener_certificate, listener_rule, load_balancer, target_group};
use crate::cfn::{Node, PropertyType, Value, ec2};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{once_each, text};
use crate::plan::{Plan, RulePlan, TargetGroupPlan};

pub(super) fn lower(balancer: &ApplicationLoadBalancer, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let ApplicationLoadBalancerParts {
        name,
        interface,
        listeners,
        overrides: _, // applied when the template is merged
    } = balancer.parts();
    let default = [Listener::http(DEFAULT_LISTENER_PORT).build()];
    let listeners = if listeners.is_empty() { &default[..] } else { listeners };
    let security_group = logical_id::load_balancer_security_group(name);
    fragment.add(&security_group, lower_security_group(name, *interface, listeners, plan));
    let (scheme, subnets) = match interface {
        Interface::Internet => (load_balancer::Scheme::InternetFacing, plan.network.subnet_ids(false)),
        Interface::Internal => (load_balancer::Scheme::Internal, plan.network.inner_subnet_ids()),
    };
    let resource = elb::LoadBalancer::new()
        .ip_address_type(load_balancer::IpAddressType::Ipv4)
        .r#type(load_balancer::Type::Application)
        .scheme(scheme)
        .security_groups(vec![security_group.att_group_id()])
        .subnets(subnets)
        .tags(plan.tags.list());
    let rendered = fragment.add(&logical_id::load_balancer(name), resource);
    // A load balancer of the internet is refused in a VPC that has no way there.
    if plan.network.own.is_some() {
        rendered.depends_on(&plan.shared.internet_gateway_attachment);
    }
    for listener in listeners {
        lower_listener(name, listener, fragment, plan);
    }
    for rule in plan.rules(name) {
        fragment.add(&rule.id, lower_rule(rule));
    }
}

/// Who may connect to which listener.
fn lower_security_group(name: &str, interface: Interface, listeners: &[Listener], plan: &Plan<'_>) -> ec2::SecurityGroup {
    use ec2::security_group::Ingress;
    let name = written_name(name);
    let mut ingress = Vec::new();
    for listener in listeners {
        let rule = || {
            let description = format!("listener at port {}", listener.port());
            Ingress::new("tcp").description(description).from_port(listener.port()).to_port(listener.port())
        };
        match (listener.whitelist(), interface) {
            (Some(ranges), _) => ingress.extend(ranges.into_iter().map(|range| match range {
                IpRange::V4(range) => rule().cidr_ip(range),
                IpRange::V6(range) => rule().cidr_ipv6(range),
            })),
            (None, Interface::Internet) => ingress.push(rule().cidr_ip("0.0.0.0/0")),
            (None, Interface::Internal) => ingress.push(rule().cidr_ip(plan.network.cidr.clone())),
        }
    }
    ec2::SecurityGroup::new(format!("load balancer {name}"))
        .security_group_ingress(ingress)
        .vpc_id(plan.network.vpc.clone())
        .tags(plan.tags.named(&format!("{}-{name}", plan.stack.name())))
}

/// TLS 1.2 and 1.3. <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html>
const SSL_POLICY: &str = "ELBSecurityPolicy-TLS13-1-2-2021-06";

fn lower_listener(balancer: &str, listener: &Listener, fragment: &mut Fragment, plan: &Plan<'_>) {
    // `whitelist_ips` made the security group.
    let ListenerParts { protocol, port, custom_certificate_arns, whitelist_ips: _, default_action } = listener.parts();
    let id = logical_id::listener(balancer, *port);
    let action = match default_action {
        Some(DefaultAction::Redirect(redirect)) => lower_redirect(redirect),
        None => nothing_matched(),
    };
    let resource = elb::Listener::new(vec![action], logical_id::load_balancer(balancer).reference()).port(*port);
    let resource = match protocol {
        ListenerProtocol::Http => resource.protocol(listener::Protocol::Http),
        ListenerProtocol::Https => {
            let first: Vec<_> =
                custom_certificate_arns.iter().take(1).map(|arn| listener::Certificate::new().certificate_arn(text::lower(arn))).collect();
            resource.protocol(listener::Protocol::Https).ssl_policy(SSL_POLICY).certificates(first)
        }
    };
    fragment.add(&id, resource.tags(plan.tags.list()));
    // A list of several in one resource is not updated properly, so each has its own.
    for (index, arn) in custom_certificate_arns.iter().enumerate().skip(1) {
        if custom_certificate_arns[..index].contains(arn) {
            continue;
        }
        let certificate = listener_certificate::Certificate::new().certificate_arn(text::lower(arn));
        fragment
            .add(&logical_id::listener_certificate(balancer, *port, arn), elb::ListenerCertificate::new(vec![certificate], id.reference()));
    }
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

fn lower_rule(rule: &RulePlan<'_>) -> elb::ListenerRule {
    let forward = listener_rule::Action::new(listener_rule::ActionType::Forward).order(1).target_group_arn(rule.target_group.reference());
    let conditions: Vec<_> = conditions(rule.event).into_iter().map(|condition| condition.into_properties().into_node()).collect();
    let conditions = Value::from_node(Node::list(once_each(&conditions)));
    elb::ListenerRule::new(vec![forward], conditions, rule.event.priority).listener_arn(rule.listener.reference())
}

fn conditions(event: &ApplicationLoadBalancerEvent) -> Vec<listener_rule::RuleCondition> {
    use listener_rule::{
        HostHeaderConfig, HttpHeaderConfig, HttpRequestMethodConfig, PathPatternConfig, QueryStringConfig, QueryStringKeyValue,
        RuleCondition, SourceIpConfig,
    };
    // No `..`: a new condition of the model must not compile until it is lowered here.
    let ApplicationLoadBalancerEvent {
        load_balancer: _,
        container_port: _,
        priority: _,
        listener_port: _,
        paths,
        methods,
        hosts,
        headers,
        query_params,
        source_ips,
    } = event;
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

/// Seconds that a task which is going away may still answer.
const DEREGISTRATION_DELAY: &str = "5";

/// Where a load balancer finds the tasks of a workload.
pub(super) fn lower_target_group(group: &TargetGroupPlan<'_>, plan: &Plan<'_>) -> elb::TargetGroup {
    use stacktape_model::container::LoadBalancerHealthCheckParts;
    // Behind an application load balancer, the protocol is always HTTP, as validation made sure.
    let LoadBalancerHealthCheckParts { path, interval_seconds: _, timeout_seconds: _, protocol: _, port } = group.health_check.parts();
    // On EC2, tasks are asked where each of them is; that is the default as well, but linters want it said.
    let port: Option<Value<String>> = port.map(|port| port.to_string().into()).or_else(|| group.on_ec2.then(|| "traffic-port".into()));
    let delay = target_group::TargetGroupAttribute::new().key("deregistration_delay.timeout_seconds").value(DEREGISTRATION_DELAY);
    elb::TargetGroup::new()
        .port(group.port)
        .protocol(target_group::Protocol::Http)
        .target_type(if group.on_ec2 { target_group::TargetType::Instance } else { target_group::TargetType::Ip })
        .vpc_id(plan.network.vpc.clone())
        .health_check_protocol(target_group::HealthCheckProtocol::Http)
        .set_some(path.clone(), elb::TargetGroup::health_check_path)
        .set_some(port, elb::TargetGroup::health_check_port)
        .health_check_interval_seconds(group.health_check.interval())
        .health_check_timeout_seconds(group.health_check.timeout())
        .healthy_threshold_count(2)
        .target_group_attributes(vec![delay])
        .tags(plan.tags.list())
}
