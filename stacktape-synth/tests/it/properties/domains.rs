//! What holds for domains of one's own.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::Value as Json;
use stacktape_model::application_load_balancer::ApplicationLoadBalancer;
use stacktape_model::custom_domain::{CertificateSource, CustomDomain};
use stacktape_model::http_api_gateway::HttpApiGateway;
use stacktape_model::network_load_balancer::NetworkLoadBalancer;
use stacktape_model::stack::ValidStack;
use stacktape_model::user_auth_pool::UserAuthPool;

use super::wiring::{properties, services, target};
use super::{cases, items, of_type, template, text, validated};

/// Every domain of a stack.
fn domains(stack: &ValidStack) -> Vec<&CustomDomain> {
    let application = stack.all::<ApplicationLoadBalancer>().flat_map(ApplicationLoadBalancer::custom_domains);
    let network = stack.all::<NetworkLoadBalancer>().flat_map(NetworkLoadBalancer::custom_domains);
    let pools = stack.all::<UserAuthPool>().filter_map(|pool| pool.parts().custom_domain.as_ref());
    application.chain(network).chain(stack.all::<HttpApiGateway>().flat_map(HttpApiGateway::custom_domains)).chain(pools).collect()
}

/// The certificates of the template that listeners and gateways use: by what they are named.
fn used(template: &Json) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for of in ["Listener", "ListenerCertificate"] {
        for (_, resource) in of_type(template, &format!("AWS::ElasticLoadBalancingV2::{of}")) {
            used.extend(items(&resource["Properties"]["Certificates"]).map(|certificate| certificate["CertificateArn"].to_string()));
        }
    }
    for (_, resource) in of_type(template, "AWS::ApiGatewayV2::DomainName") {
        let configurations = items(&resource["Properties"]["DomainNameConfigurations"]);
        used.extend(configurations.map(|configuration| configuration["CertificateArn"].to_string()));
    }
    used
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_record_leads_to_what_has_the_domain(stack in services()) {
        let valid = validated(stack);
        let expected: BTreeSet<_> = domains(&valid).into_iter().filter(|domain| domain.record_zone().is_some()).map(CustomDomain::name).collect();
        let template = template(&valid);
        let mut found = BTreeSet::new();
        for (id, record) in of_type(&template, "AWS::Route53::RecordSet") {
            let record = &record["Properties"];
            prop_assert!(record["Type"] == "A" && record["TTL"].is_null() && record["HostedZoneId"] != Json::Null, "{}", record);
            prop_assert!(found.insert(text(&record["Name"]).to_owned()), "{} is there twice", record["Name"]);
            let alias = &record["AliasTarget"];
            let of = text(&alias["DNSName"]["Fn::GetAtt"][0]);
            if template["Resources"][of]["Type"] == "AWS::Cognito::UserPoolDomain" {
                let domain = properties(&template, of);
                prop_assert_eq!(&domain["Domain"], &record["Name"]);
                prop_assert!(text(&domain["CustomDomainConfig"]["CertificateArn"]).contains(":us-east-1:"));
                // That of CloudFront, by which Cognito shows its pages.
                prop_assert_eq!((target(&alias["DNSName"], Some("CloudFrontDistribution")), &alias["HostedZoneId"]), (of, &"Z2FDTNDATAQYW2".into()));
                continue;
            }
            prop_assert_eq!(&alias["HostedZoneId"]["Fn::GetAtt"][0], of, "{}", id);
            let [name, zone] = if template["Resources"][of]["Type"] == "AWS::ElasticLoadBalancingV2::LoadBalancer" {
                ["DNSName", "CanonicalHostedZoneID"]
            } else {
                prop_assert_eq!(&properties(&template, of)["DomainName"], &record["Name"]);
                ["RegionalDomainName", "RegionalHostedZoneId"]
            };
            prop_assert_eq!(target(&alias["DNSName"], Some(name)), target(&alias["HostedZoneId"], Some(zone)));
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_certificate_is_issued_where_one_is_used_and_none_is_given(stack in services()) {
        let valid = validated(stack);
        let template = template(&valid);
        let used = used(&template);
        let names: BTreeMap<_, _> = domains(&valid).into_iter().map(|domain| (domain.name(), domain)).collect();
        for (id, certificate) in of_type(&template, "AWS::CertificateManager::Certificate") {
            let of = &certificate["Properties"];
            let domain = names[text(&of["DomainName"])];
            prop_assert!(matches!(domain.certificate(), Some(CertificateSource::Issued(_))));
            prop_assert_eq!(&of["ValidationMethod"], "DNS");
            let validated: Vec<_> = items(&of["DomainValidationOptions"]).collect();
            prop_assert!(validated.len() == 1 && validated[0]["DomainName"] == of["DomainName"] && !validated[0]["HostedZoneId"].is_null());
            prop_assert!(used.contains(&serde_json::json!({"Ref": id}).to_string()), "nobody uses {}", id);
        }
    }

    #[test]
    fn a_gateway_answers_at_each_of_its_domains(stack in services()) {
        let valid = validated(stack);
        let template = template(&valid);
        let expected: BTreeSet<_> = valid.all::<HttpApiGateway>().flat_map(HttpApiGateway::custom_domains).map(CustomDomain::name).collect();
        let mut found = BTreeSet::new();
        for (id, domain) in of_type(&template, "AWS::ApiGatewayV2::DomainName") {
            let name = text(&domain["Properties"]["DomainName"]);
            prop_assert_eq!(name, name.to_ascii_lowercase());
            found.insert(name.to_owned());
            let mappings: Vec<_> = of_type(&template, "AWS::ApiGatewayV2::ApiMapping")
                .map(|(_, mapping)| &mapping["Properties"])
                .filter(|mapping| target(&mapping["DomainName"], None) == id)
                .collect();
            prop_assert_eq!(mappings.len(), 1);
            let api = target(&mappings[0]["ApiId"], None);
            let stage = properties(&template, target(&mappings[0]["Stage"], None));
            prop_assert_eq!(target(&stage["ApiId"], None), api);
        }
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn a_load_balancer_with_a_domain_and_no_listener_of_its_own_sends_everyone_to_https(stack in services()) {
        let valid = validated(stack);
        let template = template(&valid);
        for balancer in valid.all::<ApplicationLoadBalancer>().filter(|balancer| balancer.listeners().is_empty()) {
            let name = stacktape_model::name::pascal(balancer.name());
            let listener = |port: u16| &template["Resources"][format!("{name}Listener{port}")]["Properties"];
            let rules = of_type(&template, "AWS::ElasticLoadBalancingV2::ListenerRule").map(|(_, rule)| target(&rule["Properties"]["ListenerArn"], None));
            let ruled: Vec<_> = rules.filter(|id| id.starts_with(&format!("{name}Listener"))).collect();
            if balancer.custom_domains().is_empty() {
                prop_assert_eq!(&listener(80)["Protocol"], "HTTP");
                prop_assert!(listener(443).is_null() && ruled.iter().all(|id| id.ends_with("Listener80")));
            } else {
                prop_assert_eq!(&listener(80)["DefaultActions"][0]["RedirectConfig"]["Protocol"], "HTTPS");
                prop_assert_eq!(&listener(443)["Protocol"], "HTTPS");
                prop_assert!(ruled.iter().all(|id| id.ends_with("Listener443")), "{:?}", ruled);
            }
        }
    }
}
