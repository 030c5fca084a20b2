//! What the local double of AWS cannot deploy of load balancers: certificates.

use serde_json::json;
use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, Listener, Redirect};
use stacktape_model::compute::Fargate;
use stacktape_model::container::Image;
use stacktape_model::custom_domain::CustomDomain;
use stacktape_model::stack_config::Output;
use stacktape_model::units::{Cpu, Memory};
use stacktape_model::web_service::{WebLoadBalancing, WebService};
use stacktape_synth::synthesize;

use crate::support::empty;

#[test]
fn the_first_certificate_is_the_default_one_and_each_further_one_has_a_resource_of_its_own() {
    let arn = |index| format!("arn:aws:acm:eu-west-1:123456789012:certificate/{index}");
    let of = |arns: &[usize]| {
        let listener = Listener::https(443, arn(1)).custom_certificate_arns(arns.iter().map(|index| arn(*index)));
        let mut stack = empty();
        stack.add(ApplicationLoadBalancer::builder("main").listener(listener.default_action(Redirect::to_https().port(444))));
        synthesize(&stack.validate().expect("valid")).expect("a template").template.to_value()["Resources"].clone()
    };
    // The default one and what is there already are not added again.
    let resources = of(&[2, 1, 3, 2]);
    let listener = &resources["MainListener443"]["Properties"];
    assert_eq!(listener["Certificates"], json!([{"CertificateArn": arn(1)}]));
    assert_eq!(listener["SslPolicy"], "ELBSecurityPolicy-TLS13-1-2-2021-06");
    let further = |resources: &serde_json::Value| -> Vec<_> {
        let all = resources.as_object().expect("resources").iter();
        let certificates = all.filter(|(_, resource)| resource["Type"] == "AWS::ElasticLoadBalancingV2::ListenerCertificate");
        certificates.map(|(id, resource)| (id.clone(), resource["Properties"]["Certificates"][0]["CertificateArn"].clone())).collect()
    };
    let mut arns: Vec<_> = further(&resources).into_iter().map(|(_, arn)| arn).collect();
    arns.sort_by_key(ToString::to_string);
    assert_eq!(arns, [arn(2), arn(3)]);
    // An id stands for its certificate, wherever in the list it is.
    assert_eq!(further(&resources), further(&of(&[3, 2])));
}

/// The domains of a service are those of its load balancer, which then listens by HTTPS, and sends there what it gets.
#[test]
fn a_web_service_with_a_domain_is_reached_by_https() {
    let compute = Fargate::new(Cpu::Quarter, Memory::mib(512));
    let shop = WebService::builder("shop", compute, Image::prebuilt("nginx:1.29"))
        .load_balancing(WebLoadBalancing::application_load_balancer())
        .custom_domain(CustomDomain::builder("shop.example.com").hosted_zone_id("Z0123456789ABCDEFGHIJ"))
        .custom_domain(CustomDomain::builder("shop.example.org").hosted_zone_id("Z0123456789ABCDEFGHIJ"))
        .build();
    let mut stack = empty();
    stack.output(Output::new("urls", shop.custom_domain_urls())).add(shop);
    let valid = stack.validate().expect("a valid stack");
    assert!(valid.warnings().is_empty(), "{}", valid.warnings());
    let template = synthesize(&valid).expect("a template").template.to_value();
    let resources = &template["Resources"];
    let listener = &resources["ShopListener443"]["Properties"];
    assert_eq!(listener["Protocol"], "HTTPS");
    let certificate = listener["Certificates"][0]["CertificateArn"]["Ref"].as_str().expect("a certificate of the stack");
    assert_eq!(resources[certificate]["Properties"]["DomainName"], "shop.example.com");
    assert_eq!(resources["ShopListener443Priority3Rule"]["Properties"]["ListenerArn"]["Ref"], "ShopListener443");
    assert_eq!(resources["ShopListener80"]["Properties"]["DefaultActions"][0]["Type"], "redirect");
    assert_eq!(template["Outputs"]["urls"]["Value"], "https://shop.example.com,https://shop.example.org");
}
