//! A service is what somebody would write by hand: a workload, and what leads to it.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value as Json;
use stacktape_model::application_load_balancer::{ApplicationLoadBalancer, Listener};
use stacktape_model::compute::Compute;
use stacktape_model::container::{
    ApplicationLoadBalancerEvent, Condition, Container, ContainerLogs, EnvValue, Event, HttpApiEvent, LoadBalancerHealthCheck, Method,
    NetworkLoadBalancerEvent, ServiceConnectEvent,
};
use stacktape_model::custom_domain::CustomDomain;
use stacktape_model::http_api_gateway::{AccessLogs, HttpApiGateway};
use stacktape_model::load_balancing::Interface;
use stacktape_model::multi_container_workload::{MultiContainerWorkload, MultiContainerWorkloadBuilder};
use stacktape_model::network_load_balancer::{NetworkListener, NetworkLoadBalancer};
use stacktape_model::overrides::Override;
use stacktape_model::private_service::{ByServiceConnect, PrivateLoadBalancing};
use stacktape_model::reference::AwsService;
use stacktape_model::resource::Resource;
use stacktape_model::service::{ByApplicationLoadBalancer, SideContainer, SideContainerType};
use stacktape_model::stack::Stack;
use stacktape_model::strategy::{Surroundings, by_load_balancer, by_network_load_balancer, private_service, web_service, worker_service};
use stacktape_model::web_service::{ServicePort, WebLoadBalancing, WebService};

use super::{cases, items, of_type, stacks, template, text, validated};

/// What stands before the container of a service in a stack that is written by hand.
const FRONT: &str = "zzFront";

/// The parts of a service, whatever its kind is.
macro_rules! by_hand {
    ($service:expr, $variables:expr, $events:expr, $check:expr) => {{
        let parts = $service.parts();
        let mut main = Container::builder("service-container", parts.packaging.clone())
            .environment(parts.environment.iter().map(|variable| (variable.name.clone(), variable.value.clone())))
            .environment($variables)
            .events($events);
        if let Some(logging) = parts.logging {
            main = main.logging(logging.clone());
        }
        if let Some(check) = parts.internal_health_check {
            main = main.internal_health_check(check.clone());
        }
        if let Some(seconds) = *parts.stop_timeout {
            main = main.stop_timeout(seconds);
        }
        if let Some(check) = $check {
            main = main.load_balancer_health_check(check);
        }
        for side in parts.side_containers {
            main = match (waits(side, parts.side_containers), side.container_type()) {
                (true, _) => main,
                (false, SideContainerType::RunOnInit) => main.depends_on_container(side.container().name(), Condition::Success),
                (false, SideContainerType::AlwaysRunning) => main.depends_on_container(side.container().name(), Condition::Start),
            };
        }
        workload($service.name(), parts.resources, main.build(), parts.side_containers)
            .scaling(parts.scaling.clone())
            .enable_remote_sessions(*parts.enable_remote_sessions)
            .use_private_subnets_with_nat(*parts.use_private_subnets_with_nat)
            .iam_role_statements(parts.iam_role_statements.clone())
            .overrides(parts.overrides.iter().filter(|value| !of_front(value)).cloned())
    }};
}

/// What tells a container to listen at a port.
fn at_port(port: u16) -> [(&'static str, EnvValue); 2] {
    [("PORT", port.into()), ("HOST", "0.0.0.0".into())]
}

/// What tells a container to listen at ports that it knows itself.
fn at_any_port() -> [(&'static str, EnvValue); 1] {
    [("HOST", "0.0.0.0".into())]
}

fn nowhere() -> [(&'static str, EnvValue); 0] {
    []
}

/// Whether an override reaches what stands in front of a service.
fn of_front(value: &Override) -> bool {
    value.logical_id.ends_with("HttpApi")
}

/// Whether a side container waits for the main one, itself or by way of others.
fn waits(side: &SideContainer, all: &[SideContainer]) -> bool {
    side.container().parts().depends_on.iter().any(|dependency| {
        let other = all.iter().find(|other| other.container().name() == dependency.container);
        dependency.container == "service-container" || other.is_some_and(|other| waits(other, all))
    })
}

fn workload(name: &str, compute: &Compute, main: Container, sides: &[SideContainer]) -> MultiContainerWorkloadBuilder {
    let sides = sides.iter().map(|side| {
        let parts = side.container().parts();
        let essential = side.container_type() == SideContainerType::AlwaysRunning && *parts.essential != Some(false);
        let mut container = Container::builder(parts.name.as_str(), parts.packaging.clone())
            .essential(essential)
            .environment(parts.environment.iter().map(|variable| (variable.name.clone(), variable.value.clone())))
            .depends_on(parts.depends_on.clone())
            .logging(parts.logging.clone());
        if let Some(check) = parts.internal_health_check {
            container = container.internal_health_check(check.clone());
        }
        if let Some(seconds) = *parts.stop_timeout {
            container = container.stop_timeout(seconds);
        }
        container.build()
    });
    MultiContainerWorkload::builder(name, compute.clone()).container(main).containers(sides)
}

fn rendered(resources: impl IntoIterator<Item = Resource>) -> Json {
    let mut stack = Stack::new("shop", "dev");
    for resource in resources {
        stack.add(resource);
    }
    template(&validated(stack))
}

/// Types whose ids end in a hash of names.
const HASHED: [&str; 7] = [
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::ApiGatewayV2::DomainName",
    "AWS::ApiGatewayV2::Integration",
    "AWS::ApiGatewayV2::Route",
    "AWS::CertificateManager::Certificate",
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    "AWS::Route53::RecordSet",
];

/// The template, in which what stands in front of a service has the service's name; what a hash ends is called after what it is.
fn named_alike(template: &Json, service: &str) -> Json {
    let pascal = |name: &str| name[..1].to_uppercase() + &name[1..];
    let (front, own) = (pascal(FRONT), pascal(service));
    let mut names = BTreeMap::new();
    for (id, resource) in template["Resources"].as_object().expect("resources") {
        let kind = text(&resource["Type"]);
        let hashed = HASHED.contains(&kind);
        let part = resource["Properties"]["RouteKey"].as_str().unwrap_or_default();
        let name =
            if hashed { format!("{kind}{part}").replace(|letter: char| !letter.is_alphanumeric(), "") } else { id.replace(&front, &own) };
        names.insert(id.clone(), name);
    }
    let mut printed = template.to_string();
    // The longest first: one id can be the beginning of another.
    let mut all: Vec<_> = names.into_iter().collect();
    all.sort_by_key(|(id, _)| std::cmp::Reverse(id.len()));
    for (id, name) in all {
        for (quoted, other) in [(format!("\"{id}\""), format!("\"{name}\"")), (format!("${{{id}"), format!("${{{name}"))] {
            printed = printed.replace(&quoted, &other);
        }
    }
    let mut alike: Json = serde_json::from_str(&printed.replace(FRONT, service)).expect("JSON");
    for resource in alike["Resources"].as_object_mut().expect("resources").values_mut() {
        if let Some(waits) = resource.get_mut("DependsOn").and_then(Json::as_array_mut) {
            waits.sort_by_key(ToString::to_string);
        }
    }
    alike
}

/// The template, in which target groups and certificates of listeners are called after what they hold, as there are several.
fn named_by_port(template: &Json) -> Json {
    let mut printed = template.to_string();
    let resources = template["Resources"].as_object().expect("resources");
    for (id, resource) in resources {
        let own = &resource["Properties"];
        let name = match text(&resource["Type"]) {
            "AWS::ElasticLoadBalancingV2::TargetGroup" => format!("Port{}", own["Port"]),
            "AWS::ElasticLoadBalancingV2::ListenerCertificate" => {
                let (_, port) = text(&own["ListenerArn"]["Ref"]).rsplit_once("Listener").expect("a listener");
                format!("Port{port}{}", own["Certificates"]).replace(|letter: char| !letter.is_alphanumeric(), "")
            }
            _ => continue,
        };
        printed = printed.replace(&format!("\"{id}\""), &format!("\"{name}\""));
    }
    // What has its name is not to be named by its type.
    serde_json::from_str(&printed.replace("\"AWS::ElasticLoadBalancingV2::TargetGroup\"", "\"TargetGroup\"")).expect("JSON")
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_web_service_is_a_workload_behind_a_gateway(service in web_service("shop", &Surroundings::none())) {
        let parts = service.parts();
        // What a second domain becomes would be called as what the first one does.
        prop_assume!(parts.custom_domains.len() < 2);
        let WebLoadBalancing::HttpApiGateway(by) = parts.load_balancing else { return Ok(()) };
        let gateway = HttpApiGateway::builder(FRONT).logging(match parts.logging {
            None => AccessLogs::default(),
            Some(ContainerLogs::Disabled) => AccessLogs::Disabled,
            Some(ContainerLogs::Retained(logs)) => AccessLogs::retained(logs.retention_days).into(),
        });
        let gateway = if let Some(cors) = &by.cors { gateway.cors(cors.clone()) } else { gateway };
        let front = parts.overrides.iter().filter(|value| of_front(value));
        let front = front.map(|value| Override { logical_id: "ZzFrontHttpApi".to_owned(), ..value.clone() });
        let gateway = gateway.custom_domains(parts.custom_domains.clone()).overrides(front).build();
        let event = HttpApiEvent::new(&gateway, Method::Any, "/{proxy+}", 3000);
        let workload = by_hand!(service, at_port(3000), [Event::from(event)], None::<LoadBalancerHealthCheck>);
        let workload = if parts.connect_to.is_empty() { workload } else { workload.connect_to(AwsService::Ses) };
        let hand = rendered([workload.into(), gateway.into()]);
        prop_assert_eq!(named_alike(&rendered([service.into()]), "shop"), named_alike(&hand, "shop"));
    }

    #[test]
    fn behind_a_load_balancer_it_is_a_workload_with_one_rule(service in web_service("shop", &Surroundings::none()), by in by_load_balancer()) {
        let overrides = service.parts().overrides.iter().filter(|value| !of_front(value)).cloned().collect::<Vec<_>>();
        let parts = service.parts();
        let service = WebService::builder("shop", parts.resources.clone(), parts.packaging.clone()).load_balancing(by.clone()).overrides(overrides).build();
        let balancer = ApplicationLoadBalancer::builder(FRONT).build();
        let event = ApplicationLoadBalancerEvent::new(&balancer, 3000, 3).path("*");
        let workload = by_hand!(service, at_port(3000), [Event::from(event)], by.health_check);
        let hand = rendered([workload.into(), balancer.into()]);
        prop_assert_eq!(named_alike(&rendered([service.into()]), "shop"), named_alike(&hand, "shop"));
    }

    #[test]
    fn behind_a_network_load_balancer_it_is_a_workload_that_each_port_leads_to(
        service in web_service("shop", &Surroundings::none()),
        by in by_network_load_balancer(&Surroundings::none()),
        has_domain in any::<bool>(),
    ) {
        let overrides = service.parts().overrides.iter().filter(|value| !of_front(value)).cloned().collect::<Vec<_>>();
        let parts = service.parts();
        let domain = CustomDomain::builder("shop.example.com").hosted_zone_id("Z0123456789ABCDEFGHIJ").build();
        let domains: Vec<_> = has_domain.then_some(domain).into_iter().collect();
        let mut by = if has_domain { by.port(ServicePort::tls(8883).container_port(1883)) } else { by };
        // On EC2, a port for health checks alone is warned of.
        if parts.resources.ec2().is_some() {
            by = by.health_check(LoadBalancerHealthCheck::builder());
        }
        let service = WebService::builder("shop", parts.resources.clone(), parts.packaging.clone())
            .load_balancing(by.clone())
            .custom_domains(domains.clone())
            .overrides(overrides)
            .build();
        let listeners = by.ports.iter().map(|port| {
            let port = port.parts();
            NetworkListener::builder(*port.protocol, *port.port).custom_certificate_arns(port.custom_certificate_arns.clone())
        });
        let balancer = NetworkLoadBalancer::builder(FRONT).listeners(listeners).custom_domains(domains).build();
        let events = by.ports.iter().map(|port| {
            let (from, to) = (*port.parts().port, port.parts().container_port.unwrap_or(*port.parts().port));
            Event::from(NetworkLoadBalancerEvent::new(&balancer, from, to))
        });
        let events: Vec<_> = events.collect();
        let workload = by_hand!(service, at_any_port(), events, Some(by.health_check));
        let hand = rendered([workload.into(), balancer.into()]);
        prop_assert_eq!(named_alike(&named_by_port(&rendered([service.into()])), "shop"), named_alike(&named_by_port(&hand), "shop"));
    }

    #[test]
    fn a_private_service_is_a_workload_that_the_stack_reaches(service in private_service("Orders", &Surroundings::none())) {
        let parts = service.parts();
        let port = parts.port.unwrap_or(3000);
        let balancer = ApplicationLoadBalancer::builder(FRONT).interface(Interface::Internal).listener(Listener::http(port)).build();
        let (event, check, balancer): (Event, _, _) = match parts.load_balancing {
            PrivateLoadBalancing::ServiceConnect(ByServiceConnect { protocol }) => {
                let event = ServiceConnectEvent { container_port: port, alias: Some("orders".to_owned()), protocol: *protocol };
                (event.into(), None, None)
            }
            PrivateLoadBalancing::ApplicationLoadBalancer(ByApplicationLoadBalancer { health_check }) => {
                let event = ApplicationLoadBalancerEvent::new(&balancer, port, 3).listener_port(port).path("*");
                (event.into(), health_check.clone(), Some(balancer))
            }
        };
        let workload = by_hand!(service, at_port(port), [event], check);
        let workload = if parts.connect_to.is_empty() { workload } else { workload.connect_to(AwsService::Ses) };
        let hand = rendered(balancer.map(Resource::from).into_iter().chain([workload.into()]));
        prop_assert_eq!(named_alike(&rendered([service.into()]), "Orders"), named_alike(&hand, "Orders"));
    }

    #[test]
    fn a_worker_is_a_workload_that_nobody_reaches(service in worker_service("Mailer", &Surroundings::none())) {
        let workload = by_hand!(service, nowhere(), Vec::<Event>::new(), None::<LoadBalancerHealthCheck>);
        let workload = if service.parts().connect_to.is_empty() { workload } else { workload.connect_to(AwsService::Ses) };
        let template = rendered([service.into()]);
        prop_assert_eq!(&template, &rendered([workload.into()]));
        let [(_, group)] = of_type(&template, "AWS::EC2::SecurityGroup").collect::<Vec<_>>()[..] else { panic!("one group") };
        prop_assert!(group["Properties"]["SecurityGroupIngress"].is_null());
    }

    #[test]
    fn who_is_connected_to_a_service_is_told_an_address_that_is_there(stack in stacks().private_services(1..=3).workloads(1..=2)) {
        let template = template(&validated(stack));
        let mut offered = Vec::new();
        for (_, service) in of_type(&template, "AWS::ECS::Service") {
            for offer in items(&service["Properties"]["ServiceConnectConfiguration"]["Services"]) {
                let alias = &offer["ClientAliases"][0];
                offered.push(format!("{}:{}", text(&alias["DnsName"]), alias["Port"]));
            }
        }
        for (_, task) in of_type(&template, "AWS::ECS::TaskDefinition") {
            let variables = items(&task["Properties"]["ContainerDefinitions"]).flat_map(|container| items(&container["Environment"]));
            for variable in variables.filter(|variable| text(&variable["Name"]).starts_with("STP_") && text(&variable["Name"]).ends_with("_ADDRESS")) {
                match &variable["Value"] {
                    Json::String(address) => prop_assert!(offered.contains(address), "{} is none of {:?}", address, offered),
                    behind => {
                        let (id, port) = text(&behind["Fn::Sub"]).strip_prefix("${").and_then(|rest| rest.split_once(".DNSName}:")).expect("an address");
                        let port: u16 = port.parse().expect("a port");
                        let listens = of_type(&template, "AWS::ElasticLoadBalancingV2::Listener").any(|(_, listener)| {
                            listener["Properties"]["LoadBalancerArn"]["Ref"] == *id && listener["Properties"]["Port"] == port
                        });
                        prop_assert!(listens, "{} listens at no port {}", id, port);
                    }
                }
            }
        }
    }
}
