//! Services in documents: what their parameters become, and that what they are made of is told where it is written.

use stacktape_model::compute::Fargate;
use stacktape_model::container::{HealthCheckProtocol, Image, LoadBalancerHealthCheck};
use stacktape_model::custom_domain::CustomDomain;
use stacktape_model::document::Document;
use stacktape_model::private_service::{PrivateLoadBalancing, PrivateService, PrivateServiceBuilder};
use stacktape_model::stack::Stack;
use stacktape_model::text::Text;
use stacktape_model::units::{Cpu, Memory};
use stacktape_model::web_service::{ServicePort, WebLoadBalancing, WebService, WebServiceBuilder};

use super::{read, stack};

/// Services of every kind, and an output.
fn document(value: &str) -> String {
    format!(
        "
variables: {{port: 8080}}
resources:
  web: {{type: web-service, properties: &plain {{resources: {{cpu: 1, memory: 2048}}, packaging: {{type: prebuilt-image, properties: {{image: nginx}}}}}}}}
  balanced: {{type: web-service, properties: {{<<: *plain, loadBalancing: {{type: application-load-balancer}}}}}}
  broker: {{type: web-service, properties: {{<<: *plain, loadBalancing: {{type: network-load-balancer, properties: {{ports: [{{port: 1883, protocol: TCP}}]}}}}}}}}
  orders: {{type: private-service, properties: {{<<: *plain, protocol: grpc}}}}
  moved: {{type: private-service, properties: {{<<: *plain, port: $Var().port}}}}
  behind: {{type: private-service, properties: {{<<: *plain, port: 80, loadBalancing: {{type: application-load-balancer}}}}}}
  worker: {{type: worker-service, properties: *plain}}
  named: {{type: web-service, properties: {{<<: *plain, customDomains: [{{domainName: a.example.com, hostedZoneId: Z0123456789ABCDEFGHIJ}}]}}}}
  both: {{type: web-service, properties: {{<<: *plain, customDomains: [{{domainName: b.example.com, hostedZoneId: Z0123456789ABCDEFGHIJ}}], loadBalancing: {{type: application-load-balancer}}}}}}
stackConfig:
  outputs:
    - name: x
      value: {value}
"
    )
}

const COMPUTE: Fargate = Fargate::new(Cpu::One, Memory::gib(2));

fn web(name: &str) -> WebServiceBuilder {
    WebService::builder(name, COMPUTE, Image::prebuilt("nginx"))
}

fn private(name: &str) -> PrivateServiceBuilder {
    PrivateService::builder(name, COMPUTE, Image::prebuilt("nginx"))
}

#[test]
fn parameters_of_services_become_what_rust_would_write() {
    let balanced = web("balanced").load_balancing(WebLoadBalancing::application_load_balancer()).build();
    let broker = web("broker").load_balancing(WebLoadBalancing::network_load_balancer().port(ServicePort::tcp(1883))).build();
    let behind = private("behind").port(80).load_balancing(PrivateLoadBalancing::application_load_balancer()).build();
    let domain = |name: &str| CustomDomain::builder(name).hosted_zone_id("Z0123456789ABCDEFGHIJ");
    let named = web("named").custom_domain(domain("a.example.com")).build();
    let both = web("both").custom_domain(domain("b.example.com")).load_balancing(WebLoadBalancing::application_load_balancer()).build();
    for (written, expected) in [
        ("$ResourceParam('named', 'customDomains')", named.custom_domain_list()),
        ("$ResourceParam('named', 'customDomainUrls')", named.custom_domain_urls()),
        ("$ResourceParam('named', 'canonicalDomain')", named.canonical_domain()),
        ("$ResourceParam('both', 'customDomains')", both.custom_domain_list()),
        ("$ResourceParam('both', 'customDomainUrls')", both.custom_domain_urls()),
        ("$ResourceParam('both', 'canonicalDomain')", both.canonical_domain()),
        ("$ResourceParam('web', 'url')", web("web").build().url()),
        ("$ResourceParam('web.httpApiGateway', 'domain')", web("web").build().domain()),
        ("$ResourceParam('balanced', 'url')", balanced.url()),
        ("$ResourceParam('balanced', 'canonicalDomain')", balanced.canonical_domain()),
        ("$ResourceParam('broker', 'domain')", broker.domain()),
        ("$ResourceParam('broker', 'canonicalDomain')", broker.canonical_domain()),
        ("$ResourceParam('broker', 'port1883')", broker.listener_port(1883)),
        ("$ResourceParam('broker.networkLoadBalancer', 'port1883')", broker.listener_port(1883)),
        ("$ResourceParam('orders', 'address')", private("orders").build().address()),
        ("$ResourceParam('moved', 'address')", private("moved").port(8080).build().address()),
        ("$ResourceParam('behind', 'address')", behind.address()),
        (
            "$CfFormat('http://{}', $ResourceParam('orders', 'address'))",
            Text::joined(["http://".into(), private("orders").build().address()]),
        ),
    ] {
        let stack = stack(&document(written));
        assert_eq!(stack.config().outputs[0].value, expected, "{written}");
        assert!(stack.validate().is_ok(), "{written}");
    }
}

#[test]
fn a_parameter_that_the_choice_lacks_is_told_with_those_that_there_are() {
    for (written, message) in [
        (
            "$ResourceParam('web', 'port80')",
            "found the parameter `port80` of the web-service `web`, expected `domain`, `url`, `canonicalDomain`, `customDomains`, `customDomainUrl` or `customDomainUrls`",
        ),
        (
            "$ResourceParam('broker', 'url')",
            "found the parameter `url` of the web-service `broker`, expected `domain`, `canonicalDomain` or `customDomains`",
        ),
        ("$ResourceParam('orders', 'url')", "found the parameter `url` of the private-service `orders`, expected `address`"),
        ("$ResourceParam('worker', 'url')", "found the parameter `url` of the worker-service `worker`, expected nothing"),
    ] {
        let report = read(&document(written)).expect_err("refused");
        let messages: Vec<_> = report.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, [message], "{written}");
    }
}

#[test]
fn ports_of_a_service_are_read_and_written() {
    let text = "
resources:
  broker:
    type: web-service
    properties:
      resources: {cpu: 1, memory: 2048}
      packaging: {type: prebuilt-image, properties: {image: nginx}}
      customDomains: [{domainName: broker.example.com, hostedZoneId: Z0123456789ABCDEFGHIJ}]
      loadBalancing:
        type: network-load-balancer
        properties:
          healthcheckPath: /healthz
          healthCheckProtocol: HTTP
          ports:
            - {port: 8883, containerPort: 1883}
            - {port: 1883, protocol: TCP}
            - {port: 443, protocol: TLS, customCertificateArns: ['arn:aws:acm:eu-west-1:123456789012:certificate/1']}
";
    let by = WebLoadBalancing::network_load_balancer()
        .health_check(LoadBalancerHealthCheck::builder().path("/healthz").protocol(HealthCheckProtocol::Http))
        .port(ServicePort::tls(8883).container_port(1883))
        .port(ServicePort::tcp(1883))
        .port(ServicePort::tls(443).custom_certificate_arn("arn:aws:acm:eu-west-1:123456789012:certificate/1"));
    let domain = CustomDomain::builder("broker.example.com").hosted_zone_id("Z0123456789ABCDEFGHIJ");
    let mut expected = Stack::new("shop", "dev");
    expected.add(web("broker").load_balancing(by).custom_domain(domain));
    let json = |stack: &Stack| serde_json::to_value(stack).expect("JSON")["resources"].clone();
    assert_eq!(json(&stack(text)), json(&expected));
    assert!(stack(text).validate().is_ok());
}

#[test]
fn a_port_of_a_service_leads_to_the_service_alone() {
    let text = "
resources:
  broker:
    type: web-service
    properties:
      resources: {cpu: 1, memory: 2048}
      packaging: &nginx {type: prebuilt-image, properties: {image: nginx}}
      loadBalancing: {type: network-load-balancer, properties: {ports: [{port: 1883, protocol: TCP}]}}
  aMore:
    type: multi-container-workload
    properties:
      resources: {cpu: 1, memory: 2048}
      containers:
        - name: main
          packaging: *nginx
          events:
            - type: network-load-balancer
              properties: {loadBalancerName: broker.networkLoadBalancer, listenerPort: 1883, containerPort: 80}
";
    let report = stack(text).validate().expect_err("refused");
    let found: Vec<_> = report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect();
    assert_eq!(found, [("network_balancing::second_event", "resources.aMore.containers[0].events[0].listenerPort")]);
}

/// Services with a mistake in each place that a service becomes something of.
const MISTAKEN: &str = "
resources:
  web:
    type: web-service
    properties:
      resources: {cpu: 2, memory: 2048}
      packaging: {type: prebuilt-image, properties: {image: 'no image'}}
      stopTimeout: 1
      cors: {enabled: true, maxAge: -2}
      logging: {retentionDays: 2}
      environment: {PORT: 80}
      sideContainers:
        - name: service-container
          containerType: run-on-init
          packaging: {type: prebuilt-image, properties: {image: nginx}}
          stopTimeout: 121
  inner:
    type: private-service
    properties:
      resources: {cpu: 1, memory: 2048}
      packaging: {type: prebuilt-image, properties: {image: nginx}}
      loadBalancing:
        type: application-load-balancer
        properties: {healthcheckPath: x}
";

#[test]
fn what_a_service_is_made_of_is_told_where_the_service_is_written() {
    let document = Document::parse(MISTAKEN).expect("YAML");
    let report = document.place(stack(MISTAKEN).validate().expect_err("refused"));
    let found: Vec<_> = report
        .iter()
        .map(|finding| {
            let place = finding.origin.expect("a place");
            (finding.code.code, finding.path.as_str(), place.line(), place.column())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("load_balancer_health_check::path", "resources.inner.loadBalancing.healthcheckPath", 24, 39),
            ("http_api_cors::max_age", "resources.web.cors.maxAge", 9, 37),
            ("service::variable_set", "resources.web.environment[0].name", 11, 21),
            ("logging::retention_days", "resources.web.logging.retentionDays", 10, 32),
            ("image::name", "resources.web.packaging.image", 7, 61),
            ("compute::fargate_size", "resources.web.resources.memory", 6, 35),
            ("workload::container_twice", "resources.web.sideContainers[0].name", 13, 17),
            ("container::stop_timeout", "resources.web.sideContainers[0].stopTimeout", 16, 24),
            ("container::stop_timeout", "resources.web.stopTimeout", 8, 20),
        ]
    );
}

#[test]
fn every_mistake_in_the_shape_of_a_service_is_told() {
    let text = "
resources:
  a: {type: web-service, properties: {loadBalancing: {type: service-connect}, sideContainers: [{name: x}]}}
  b: {type: private-service, properties: {protocol: tcp, cors: {}, loadBalancing: {type: service-connect, properties: {path: x}}}}
  c: {type: worker-service, properties: {resources: {cpu: 1, memory: 2048}, events: []}}
  d: {type: web-service, properties: {cors: {enabled: true}, loadBalancing: {type: network-load-balancer, properties: {healthcheckPaths: /}}}}
";
    let report = read(text).expect_err("refused");
    let found: Vec<_> = report.iter().map(|finding| (finding.code.code, finding.path.as_str())).collect();
    assert_eq!(
        found,
        [
            ("document::missing_key", "resources.a"),
            ("document::missing_key", "resources.a"),
            ("document::unknown_word", "resources.a.loadBalancing.type"),
            ("document::missing_key", "resources.a.sideContainers[0]"),
            ("document::missing_key", "resources.a.sideContainers[0]"),
            ("document::missing_key", "resources.b"),
            ("document::missing_key", "resources.b"),
            ("document::unknown_key", "resources.b.cors"),
            ("document::unknown_key", "resources.b.loadBalancing.path"),
            ("document::unknown_word", "resources.b.protocol"),
            ("document::missing_key", "resources.c"),
            ("document::unknown_key", "resources.c.events"),
            ("document::missing_key", "resources.d"),
            ("document::missing_key", "resources.d"),
            ("document::key_of_other_choice", "resources.d.cors"),
            ("document::missing_key", "resources.d.loadBalancing"),
            ("document::unknown_key", "resources.d.loadBalancing.healthcheckPaths"),
        ]
    );
}
