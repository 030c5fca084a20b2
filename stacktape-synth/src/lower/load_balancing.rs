//! What load balancers of all kinds become: the load balancer with its security group, listeners, and what they lead to.

use stacktape_model::container::{HealthCheckProtocol, LoadBalancerHealthCheckParts};
use stacktape_model::custom_domain::CustomDomain;
use stacktape_model::ip_range::IpRange;
use stacktape_model::load_balancing::Interface;
use stacktape_model::nested::written_name;
use stacktape_model::text::Text;

use crate::cfn::elastic_load_balancing_v2::{self as elb, listener, listener_certificate, load_balancer, target_group};
use crate::cfn::{PropertyType, Value, ec2};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::custom_domain::{self, Alias, Certificate};
use crate::plan::{Balancer, Plan, TargetGroupPlan};

/// A port at which a load balancer listens, and who may connect, where not everyone may.
pub(super) struct Door {
    pub(super) port: u16,
    pub(super) whitelist: Option<Vec<IpRange>>,
}

/// The load balancer with its security group.
pub(super) fn lower(
    name: &str,
    kind: load_balancer::Type,
    interface: Interface,
    doors: impl Iterator<Item = Door>,
    plan: &Plan<'_>,
    fragment: &mut Fragment,
) {
    let security_group = logical_id::load_balancer_security_group(name);
    fragment.add(&security_group, lower_security_group(name, interface, doors, plan));
    let (scheme, subnets) = match interface {
        Interface::Internet => (load_balancer::Scheme::InternetFacing, plan.network.subnet_ids(false)),
        Interface::Internal => (load_balancer::Scheme::Internal, plan.network.inner_subnet_ids()),
    };
    let resource = elb::LoadBalancer::new()
        .ip_address_type(load_balancer::IpAddressType::Ipv4)
        .r#type(kind)
        .scheme(scheme)
        .security_groups(vec![security_group.att_group_id()])
        .subnets(subnets)
        .set_some(matches!(kind, load_balancer::Type::Network).then(every_zone), elb::LoadBalancer::load_balancer_attributes)
        .tags(plan.tags.list());
    let rendered = fragment.add(&logical_id::load_balancer(name), resource);
    // A load balancer of the internet is refused in a VPC that has no way there.
    if plan.network.own.is_some() {
        rendered.depends_on(&plan.shared.internet_gateway_attachment);
    }
}

/// An address of a network load balancer is in one availability zone, where there may be no task.
fn every_zone() -> Vec<load_balancer::LoadBalancerAttribute> {
    vec![load_balancer::LoadBalancerAttribute::new().key("load_balancing.cross_zone.enabled").value("true")]
}

/// Who may connect to which listener.
fn lower_security_group(name: &str, interface: Interface, doors: impl Iterator<Item = Door>, plan: &Plan<'_>) -> ec2::SecurityGroup {
    use ec2::security_group::Ingress;
    let name = written_name(name);
    let mut ingress = Vec::new();
    for Door { port, whitelist } in doors {
        let rule = || Ingress::new("tcp").description(format!("listener at port {port}")).from_port(port).to_port(port);
        match (whitelist, interface) {
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

/// A listener with its certificates: none where it does not encrypt, as validation made sure.
pub(super) fn lower_listener(
    balancer: &str,
    port: u16,
    protocol: listener::Protocol,
    certificates: &[Certificate],
    action: listener::Action,
    plan: &Plan<'_>,
    fragment: &mut Fragment,
) {
    let id = logical_id::listener(balancer, port);
    let mut resource = elb::Listener::new(vec![action], logical_id::load_balancer(balancer).reference()).port(port).protocol(protocol);
    if let Some(first) = certificates.first() {
        resource = resource.ssl_policy(SSL_POLICY).certificates(vec![listener::Certificate::new().certificate_arn(first.arn.clone())]);
    }
    fragment.add(&id, resource.tags(plan.tags.list()));
    // A list of several in one resource is not updated properly, so each has its own.
    for (index, Certificate { arn, key }) in certificates.iter().enumerate().skip(1) {
        if certificates[..index].iter().any(|other| other.key == *key) {
            continue;
        }
        let certificate = listener_certificate::Certificate::new().certificate_arn(arn.clone());
        fragment
            .add(&logical_id::listener_certificate(balancer, port, key), elb::ListenerCertificate::new(vec![certificate], id.reference()));
    }
}

/// The certificates of a listener: its own, or else those of the domains. One that does not encrypt has none.
pub(super) fn certificates_of(is_encrypted: bool, own: &[Text], of_domains: &[Certificate], plan: &Plan<'_>) -> Vec<Certificate> {
    match (is_encrypted, own.is_empty()) {
        (false, _) => Vec::new(),
        (true, true) => of_domains.to_vec(),
        (true, false) => own.iter().map(|arn| Certificate::given(arn, plan)).collect(),
    }
}

/// The records of domains and, where listeners take them, their certificates.
pub(super) fn lower_domains(
    balancer: &str,
    domains: &[CustomDomain],
    with_certificates: bool,
    plan: &Plan<'_>,
    fragment: &mut Fragment,
) -> Vec<Certificate> {
    let id = logical_id::load_balancer(balancer);
    for domain in domains {
        let alias = Alias { dns_name: id.att_dns_name(), hosted_zone_id: id.att_canonical_hosted_zone_id() };
        custom_domain::lower_record(balancer, domain, alias, plan, fragment);
    }
    let certified = domains.iter().filter(|_| with_certificates);
    certified.filter_map(|domain| Certificate::of(balancer, domain, plan, fragment)).collect()
}

/// Seconds that a task which is going away may still answer.
const DEREGISTRATION_DELAY: &str = "5";

/// Where a load balancer finds the tasks of a workload.
pub(super) fn lower_target_group(group: &TargetGroupPlan<'_>, plan: &Plan<'_>) -> elb::TargetGroup {
    let LoadBalancerHealthCheckParts { path, interval_seconds: _, timeout_seconds: _, protocol, port } = group.health_check.parts();
    let (protocol, check) = match (group.balancer, protocol) {
        // Validation made sure that it is HTTP.
        (Balancer::Application, _) => (target_group::Protocol::Http, target_group::HealthCheckProtocol::Http),
        (Balancer::Network, Some(HealthCheckProtocol::Http)) => (target_group::Protocol::Tcp, target_group::HealthCheckProtocol::Http),
        (Balancer::Network, Some(HealthCheckProtocol::Tcp) | None) => (target_group::Protocol::Tcp, target_group::HealthCheckProtocol::Tcp),
    };
    // On EC2, tasks are asked where each of them is; that is the default as well, but linters want it said.
    let port: Option<Value<String>> = port.map(|port| port.to_string().into()).or_else(|| group.on_ec2.then(|| "traffic-port".into()));
    // A container behind both kinds may have a path for the one that asks by HTTP.
    let path = path.clone().filter(|_| matches!(check, target_group::HealthCheckProtocol::Http));
    let delay = target_group::TargetGroupAttribute::new().key("deregistration_delay.timeout_seconds").value(DEREGISTRATION_DELAY);
    elb::TargetGroup::new()
        .port(group.port)
        .protocol(protocol)
        .target_type(if group.on_ec2 { target_group::TargetType::Instance } else { target_group::TargetType::Ip })
        .vpc_id(plan.network.vpc.clone())
        .health_check_protocol(check)
        .set_some(path, elb::TargetGroup::health_check_path)
        .set_some(port, elb::TargetGroup::health_check_port)
        .health_check_interval_seconds(group.health_check.interval())
        .health_check_timeout_seconds(group.health_check.timeout())
        .healthy_threshold_count(2)
        .target_group_attributes(vec![delay])
        .tags(plan.tags.list())
}
