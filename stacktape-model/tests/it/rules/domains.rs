//! Domains of one's own, and the parameters that resources with them have.

use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, Listener, Redirect};
use stacktape_model::container::{ApplicationLoadBalancerEvent, NetworkLoadBalancerEvent};
use stacktape_model::custom_domain::{CustomDomain, CustomDomainBuilder};
use stacktape_model::http_api_gateway::HttpApiGateway;
use stacktape_model::network_load_balancer::{NetworkListener, NetworkListenerBuilder, NetworkLoadBalancer};
use stacktape_model::stack::Stack;
use stacktape_model::stack_config::Output;
use stacktape_model::text::Text;

use crate::support::{Rule, api, rule, stack, web};

const CERTIFICATE: &str = "arn:aws:acm:eu-west-1:123456789012:certificate/5ab1e8e4";
const ZONE: &str = "Z0123456789ABCDEFGHIJ";

#[track_caller]
fn domain() -> CustomDomainBuilder {
    CustomDomain::builder("shop.example.com")
}

#[track_caller]
fn named(name: &str) -> CustomDomainBuilder {
    CustomDomain::builder(name).hosted_zone_id(ZONE)
}

/// A load balancer with its default listeners.
#[track_caller]
fn balanced<const N: usize>(domains: [CustomDomainBuilder; N]) -> Stack {
    let main = ApplicationLoadBalancer::builder("main").custom_domains(domains).build();
    let mut stack = stack([api(web().event(ApplicationLoadBalancerEvent::new(&main, 80, 1).path("*")))]);
    stack.add(main);
    stack
}

/// A network load balancer with one listener.
#[track_caller]
fn passed(listener: NetworkListenerBuilder, domains: impl IntoIterator<Item = CustomDomainBuilder>) -> Stack {
    let main = NetworkLoadBalancer::builder("main").listener(listener).custom_domains(domains).build();
    let mut stack = stack([api(web().event(NetworkLoadBalancerEvent::new(&main, main.listeners()[0].port(), 80)))]);
    stack.add(main);
    stack
}

#[track_caller]
fn gateway(domain: CustomDomainBuilder) -> Stack {
    stack([HttpApiGateway::builder("main").custom_domain(domain)])
}

#[track_caller]
fn shown(text: Text, resource: impl Into<stacktape_model::resource::Resource>) -> Stack {
    let mut stack = stack([resource]);
    stack.output(Output::new("text", text));
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    [names(), certificates(), listeners(), params()].into_iter().flatten().collect()
}

const DOMAIN: &str = "resources.main.customDomains[0]";

fn at(field: &str) -> String {
    format!("{DOMAIN}.{field}")
}

fn names() -> Vec<Rule> {
    let long = |length: usize| format!("{}.example.com", "a".repeat(length - 12));
    let in_two_places = |name: &str| {
        let mut stack = balanced([named("shop.example.com")]);
        stack.add(HttpApiGateway::builder("orders").custom_domain(named(name)));
        stack
    };
    vec![
        rule("custom_domain::name")
            .refuses(&at("domainName"), balanced([named("localhost")]))
            .refuses(&at("domainName"), gateway(named("https://example.com")))
            .refuses(&at("domainName"), passed(NetworkListener::tls_for_domains(443), [named("a.*.com")]))
            .takes(balanced([named("*.Example.com")])),
        rule("custom_domain::too_long_to_issue")
            .refuses(&at("domainName"), gateway(named(&long(65))))
            .takes(gateway(named(&long(64))))
            .takes(gateway(named(&long(65)).custom_certificate_arn(CERTIFICATE))),
        rule("custom_domain::twice")
            .refuses("resources.main.customDomains[1].domainName", balanced([named("a.example.com"), named("a.example.com")]))
            .refuses("resources.orders.customDomains[0].domainName", in_two_places("Shop.Example.com"))
            .saying(
                "found the domain `Shop.Example.com` a second time, expected each domain once",
                "remove one of the two; the other one belongs to `main`",
            )
            .takes(in_two_places("*.example.com")),
    ]
}

fn certificates() -> Vec<Rule> {
    vec![
        rule("custom_domain::no_certificate")
            .refuses(DOMAIN, balanced([domain()]))
            .saying(
                "found no certificate of `shop.example.com`, expected the ARN of one, or the hosted zone in which one is validated",
                "write `.hosted_zone_id(\"Z0123456789ABCDEFGHIJ\")` to have one issued, or `.custom_certificate_arn(arn)`",
            )
            .refuses(DOMAIN, gateway(domain().disable_dns_record_creation(true)))
            .refuses(DOMAIN, passed(NetworkListener::tls_for_domains(443), [domain()]))
            .takes(gateway(domain().hosted_zone_id(ZONE)))
            .takes(gateway(domain().hosted_zone_id(ZONE).disable_dns_record_creation(true)))
            .takes(passed(NetworkListener::tcp(443), [domain().disable_dns_record_creation(true)])),
        rule("custom_domain::no_hosted_zone")
            .refuses(DOMAIN, balanced([domain().custom_certificate_arn(CERTIFICATE)]))
            .refuses(DOMAIN, passed(NetworkListener::tcp(443), [domain()]))
            .takes(balanced([domain().custom_certificate_arn(CERTIFICATE).hosted_zone_id(ZONE)]))
            .takes(balanced([domain().custom_certificate_arn(CERTIFICATE).disable_dns_record_creation(true)])),
        rule("custom_domain::unused_hosted_zone")
            .warns(
                &at("hostedZoneId"),
                balanced([domain().custom_certificate_arn(CERTIFICATE).hosted_zone_id(ZONE).disable_dns_record_creation(true)]),
            )
            .warns(
                &at("hostedZoneId"),
                passed(NetworkListener::tcp(443), [domain().hosted_zone_id(ZONE).disable_dns_record_creation(true)]),
            )
            .takes(balanced([domain().hosted_zone_id(ZONE).disable_dns_record_creation(true)])),
        rule("custom_domain::unused_certificate")
            .warns(
                &at("customCertificateArn"),
                passed(NetworkListener::tls(443, CERTIFICATE), [domain().custom_certificate_arn(CERTIFICATE).hosted_zone_id(ZONE)]),
            )
            .takes(passed(NetworkListener::tls(443, CERTIFICATE), [domain().hosted_zone_id(ZONE)])),
        rule("custom_domain::hosted_zone_id")
            .refuses(&at("hostedZoneId"), gateway(domain().hosted_zone_id("example.com")))
            .refuses(&at("hostedZoneId"), gateway(domain().hosted_zone_id("Z".repeat(33))))
            .takes(gateway(domain().hosted_zone_id("Z".repeat(32)))),
        rule("custom_domain::certificate_arn")
            .refuses(&at("customCertificateArn"), balanced([named("a.example.com").custom_certificate_arn("a.example.com")]))
            .refuses(
                &at("customCertificateArn"),
                gateway(domain().hosted_zone_id(ZONE).custom_certificate_arn("arn:aws:iam::123456789012:server-certificate/a")),
            )
            .takes(balanced([named("a.example.com").custom_certificate_arn("arn:aws:iam::123456789012:server-certificate/a")])),
    ]
}

/// What domains change about listeners.
fn listeners() -> Vec<Rule> {
    let numbered = |number: usize| {
        let main = ApplicationLoadBalancer::builder("main").custom_domains((0..number).map(|index| named(&format!("a{index}.example.com"))));
        let main = main.build();
        let mut stack = stack([api(web().event(ApplicationLoadBalancerEvent::new(&main, 80, 1).path("*")))]);
        stack.add(main);
        stack
    };
    vec![
        rule("listener::no_certificate")
            .refuses("resources.main.listeners[0]", passed(NetworkListener::tls_for_domains(443), []))
            .saying(
                "found a listener by TLS without a certificate, expected at least one",
                "write `NetworkListener::tls(443, arn)` with the ARN of a certificate in ACM, or give the load balancer a `.custom_domain(..)`",
            )
            .takes(passed(NetworkListener::tls_for_domains(443), [named("a.example.com")])),
        rule("load_balancer::too_many_certificates").warns("resources.main.listeners", numbered(27)).takes(numbered(26)),
        rule("application_load_balancer::plain_http").warns("resources.main", balanced([])).takes(balanced([named("a.example.com")])),
    ]
}

fn params() -> Vec<Rule> {
    const OUTPUT: &str = "stackConfig.outputs[0].value";
    let plain = || HttpApiGateway::builder("main").build();
    let own = || HttpApiGateway::builder("main").custom_domain(named("a.example.com")).build();
    let inner = |domains: &[&str], listeners: &[u16]| {
        let listeners = listeners.iter().map(|port| {
            let listener = if *port == 443 { Listener::https(443, CERTIFICATE) } else { Listener::http(*port) };
            listener.default_action(Redirect::to_https().port(444))
        });
        ApplicationLoadBalancer::builder("main").custom_domains(domains.iter().map(|name| named(name))).listeners(listeners).build()
    };
    let url = |main: ApplicationLoadBalancer| shown(main.url(), main);
    let urls = |main: ApplicationLoadBalancer| shown(main.custom_domain_urls(), main);
    let port = |main: ApplicationLoadBalancer, port| shown(main.listener_port(port), main);
    let passing = |port: Option<u16>| {
        let main = NetworkLoadBalancer::builder("main").listener(NetworkListener::tcp(80)).build();
        let mut stack = stack([api(web().event(NetworkLoadBalancerEvent::new(&main, 80, 80)))]);
        stack.output(Output::new("text", port.map_or_else(|| main.custom_domain_list(), |port| main.listener_port(port)))).add(main);
        stack
    };
    let default_url = || {
        let main = ApplicationLoadBalancer::builder("main").custom_domain(named("a.example.com")).build();
        let mut stack = stack([api(web().event(ApplicationLoadBalancerEvent::new(&main, 80, 1).path("*")))]);
        stack.output(Output::new("text", main.url())).add(main);
        stack
    };
    let default_port = |listener| {
        let main = ApplicationLoadBalancer::builder("main").custom_domain(named("a.example.com")).build();
        let mut stack = stack([api(web().event(ApplicationLoadBalancerEvent::new(&main, 80, 1).path("*")))]);
        stack.output(Output::new("text", main.listener_port(listener))).add(main);
        stack
    };
    vec![
        rule("reference::no_custom_domain")
            .refuses(OUTPUT, shown(plain().custom_domain_list(), plain()))
            .saying(
                "found the parameter `customDomains` of `main`, which has no custom domain, expected at least one",
                "write `.custom_domain(CustomDomain::builder(\"shop.example.com\").hosted_zone_id(..))` on it, or use `domain`",
            )
            .refuses(OUTPUT, shown(plain().canonical_domain(), plain()))
            .refuses(OUTPUT, shown(plain().custom_domain_url(), plain()))
            .refuses(OUTPUT, shown(plain().custom_domain_urls(), plain()))
            .refuses(OUTPUT, shown(inner(&[], &[80]).custom_domain_list(), inner(&[], &[80])))
            .refuses(OUTPUT, urls(inner(&[], &[443])))
            .refuses(OUTPUT, passing(None))
            .takes(shown(own().canonical_domain(), own()))
            .takes(shown(own().custom_domain_urls(), own()))
            .takes(shown(inner(&["a.example.com"], &[80]).custom_domain_list(), inner(&["a.example.com"], &[80]))),
        rule("reference::no_listener")
            .refuses(OUTPUT, port(inner(&[], &[80, 81]), 443))
            .saying(
                "found the parameter `port443` of `main`, which does not listen there, expected `port80` or `port81`",
                "write the port of one of its listeners, or write `.listener(..)` on the load balancer",
            )
            .refuses(OUTPUT, passing(Some(81)))
            .refuses(OUTPUT, default_port(8080))
            .takes(port(inner(&[], &[80, 81]), 81))
            .takes(passing(Some(80)))
            .takes(default_port(443))
            .takes(default_port(80)),
        rule("reference::no_url")
            .refuses(OUTPUT, url(inner(&["*.example.com"], &[443])))
            .saying(
                "found the `url` of `main`, whose domains are all wildcards, expected `domain`",
                "put the URL together of `domain` and the port of a listener, or let a domain of your own lead to a listener by HTTPS at port 443",
            )
            .refuses(OUTPUT, url(inner(&["a.example.com"], &[80])))
            .refuses(OUTPUT, url(inner(&[], &[443])))
            .refuses(OUTPUT, urls(inner(&["a.example.com"], &[80])))
            .saying(
                "found the `customDomainUrls` of `main`, which does not listen by HTTPS at port 443, expected `customDomains`",
                "put the URL together of `customDomains` and the port of a listener, or let a domain of your own lead to a listener by HTTPS at port 443",
            )
            .takes(urls(inner(&["*.example.com"], &[443, 80])))
            .takes(url(inner(&["*.example.com", "a.example.com"], &[443, 80])))
            .takes(default_url()),
    ]
}
