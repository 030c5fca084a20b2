//! What the local double of AWS cannot deploy of load balancers: certificates.

use serde_json::json;
use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, Listener, Redirect};
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
