//! Mistakes in domains of one's own, and in parameters that only some resources have.

use super::application_load_balancer::{busy, elsewhere};
use super::planting::{Mistake, Planting};
use crate::application_load_balancer::{ApplicationLoadBalancer, Listener};
use crate::custom_domain::{CustomDomain, CustomDomainBuilder};
use crate::http_api_gateway::HttpApiGateway;
use crate::stack_config::Output;
use crate::text::Text;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("custom_domain::name", |planting| {
        let name = planting.text(&["localhost", "", "https://example.com", "example.com:443", "a.*.com", "127.0.0.1", "-a.com"]);
        encrypted(planting, issued(&name)) + ".domainName"
    }),
    Mistake::anywhere("custom_domain::too_long_to_issue", |planting| {
        let name = format!("{}.planted.example.com", "a".repeat(45));
        encrypted(planting, issued(&name)) + ".domainName"
    }),
    Mistake::anywhere("custom_domain::twice", |planting| {
        encrypted(planting, issued("planted.example.com"));
        let name = planting.text(&["planted.example.com", "Planted.Example.com"]);
        planting.stack.add(HttpApiGateway::builder("plantedGateway").custom_domain(issued(&name)));
        "resources.plantedGateway.customDomains[0].domainName".to_owned()
    }),
    Mistake::anywhere("custom_domain::no_certificate", |planting| {
        let own_record = planting.one(&[false, true]);
        let domain = CustomDomain::builder("planted.example.com").disable_dns_record_creation(own_record);
        planting.stack.add(HttpApiGateway::builder("plantedGateway").custom_domain(domain));
        "resources.plantedGateway.customDomains[0]".to_owned()
    }),
    Mistake::anywhere("custom_domain::no_hosted_zone", |planting| encrypted(planting, given(CERTIFICATE))),
    Mistake::anywhere("custom_domain::unused_hosted_zone", |planting| {
        encrypted(planting, given(CERTIFICATE).hosted_zone_id(ZONE).disable_dns_record_creation(true)) + ".hostedZoneId"
    }),
    Mistake::anywhere("custom_domain::unused_certificate", |planting| {
        let balancer = ApplicationLoadBalancer::builder("plantedBalancer").listener(busy(80));
        planting.stack.add(balancer.custom_domain(given(CERTIFICATE).hosted_zone_id(ZONE)));
        DOMAIN.to_owned() + ".customCertificateArn"
    }),
    Mistake::anywhere("custom_domain::hosted_zone_id", |planting| {
        let id = planting.text(&["example.com", "", "/hostedzone/Z0123456789ABCDEFGHIJ", &"Z".repeat(33)]);
        encrypted(planting, CustomDomain::builder("planted.example.com").hosted_zone_id(id)) + ".hostedZoneId"
    }),
    Mistake::anywhere("custom_domain::certificate_arn", |planting| {
        let arn = planting.text(&[
            "www.example.com",
            "",
            "arn:aws:acm::123456789012:certificate/1",
            "arn:aws:iam::123456789012:server-certificate/a",
        ]);
        planting.stack.add(HttpApiGateway::builder("plantedGateway").custom_domain(given(&arn).hosted_zone_id(ZONE)));
        "resources.plantedGateway.customDomains[0].customCertificateArn".to_owned()
    }),
    Mistake::anywhere("reference::no_custom_domain", |planting| {
        let balancer = ApplicationLoadBalancer::builder("plantedBalancer").listener(busy(80)).build();
        let gateway = HttpApiGateway::builder("plantedGateway").build();
        let texts = [balancer.custom_domain_list(), gateway.custom_domain_url(), gateway.canonical_domain()];
        let text = planting.one(&texts);
        planting.stack.add(balancer).add(gateway);
        shown(planting, text)
    }),
    Mistake::anywhere("reference::no_listener", |planting| {
        let balancer = ApplicationLoadBalancer::builder("plantedBalancer").listener(busy(80)).build();
        let port = planting.one(&[81, 443, u16::MAX]);
        let text = balancer.listener_port(port);
        planting.stack.add(balancer);
        shown(planting, text)
    }),
];

const DOMAIN: &str = "resources.plantedBalancer.customDomains[0]";
const CERTIFICATE: &str = "arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4";
const ZONE: &str = "Z0123456789ABCDEFGHIJ";

fn issued(name: &str) -> CustomDomainBuilder {
    CustomDomain::builder(name).hosted_zone_id(ZONE)
}

fn given(arn: &str) -> CustomDomainBuilder {
    CustomDomain::builder("planted.example.com").custom_certificate_arn(arn)
}

/// Adds a load balancer by HTTPS with this domain.
fn encrypted(planting: &mut Planting<'_>, domain: CustomDomainBuilder) -> String {
    let listener = Listener::https_for_domains(443).default_action(elsewhere());
    planting.stack.add(ApplicationLoadBalancer::builder("plantedBalancer").listener(listener).custom_domain(domain));
    DOMAIN.to_owned()
}

/// Shows a text in an output.
fn shown(planting: &mut Planting<'_>, text: Text) -> String {
    planting.stack.output(Output::new("planted", text));
    format!("stackConfig.outputs[{}].value", planting.stack.config.outputs.len() - 1)
}
