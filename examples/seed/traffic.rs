//! What reaches which port: the events.

use serde_json::json;
use stacktape::prelude::*;

use super::{Example, Form, MORE_MEMORY, mended};

pub(super) const EXAMPLES: &[Example] = &[
    Example {
        name: "basic_usage",
        describe: basic_usage,
        found: &[("compute::fargate_size", "resources.apiServer.resources.memory")],
        mended: &[MORE_MEMORY],
    },
    Example {
        name: "http_api_event",
        describe: http_api_event,
        found: &[("compute::fargate_size", "resources.myApp.resources.memory")],
        mended: &[MORE_MEMORY],
    },
    Example {
        name: "load_balancer_event",
        describe: load_balancer_event,
        found: &[
            ("application_load_balancer::plain_http", "resources.myLoadBalancer"),
            ("compute::fargate_size", "resources.myApp.resources.memory"),
        ],
        // A listener that is written out says that plain HTTP is meant.
        mended: &[
            MORE_MEMORY,
            ("load-balancer\n  myApp", "load-balancer\n    properties:\n      listeners: [{protocol: HTTP, port: 80}]\n  myApp"),
            ("priority: 1", "priority: 1\n                listenerPort: 80"),
        ],
    },
    Example {
        name: "internal_port",
        describe: internal_port,
        found: &[("compute::fargate_size", "resources.myApp.resources.memory")],
        mended: &[MORE_MEMORY],
    },
    Example {
        name: "private_port",
        describe: private_port,
        found: &[
            ("compute::fargate_size", "resources.internalService.resources.memory"),
            ("compute::fargate_size", "resources.publicService.resources.memory"),
        ],
        mended: &[MORE_MEMORY],
    },
];

fn basic_usage(stack: &mut Stack, form: Form) {
    let gateway = HttpApiGateway::builder("mainGateway").build();
    let container = Container::builder("api-container", Image::buildpack("src/main.ts")).env("PORT", 3000).event(HttpApiEvent::new(
        &gateway,
        Method::Any,
        "/{proxy+}",
        3000,
    ));
    stack.add(MultiContainerWorkload::builder("apiServer", form.two_cpus()).container(container).scaling(Scaling::between(1, 5)));
    stack.add(gateway);
}

fn load_balancer_event(stack: &mut Stack, form: Form) {
    let balancer = ApplicationLoadBalancer::builder("myLoadBalancer").listeners(form.choose(None, Some(Listener::http(80)))).build();
    let mut event = ApplicationLoadBalancerEvent::new(&balancer, 80, 1).path("*");
    event.rule.listener_port = form.choose(None, Some(80));
    let container = Container::builder("api-container", Image::buildpack("src/index.ts")).event(event);
    stack.add(MultiContainerWorkload::builder("myApp", form.two_cpus()).container(container)).add(balancer);
}

fn http_api_event(stack: &mut Stack, form: Form) {
    let gateway = HttpApiGateway::builder("myApiGateway").build();
    let container = Container::builder("api-container", Image::buildpack("src/index.ts")).event(HttpApiEvent::new(
        &gateway,
        Method::Get,
        "/my-path",
        80,
    ));
    stack.add(MultiContainerWorkload::builder("myApp", form.two_cpus()).container(container)).add(gateway);
}

fn internal_port(stack: &mut Stack, form: Form) {
    let gateway = HttpApiGateway::builder("myApiGateway").build();
    let app = MultiContainerWorkload::builder("myApp", form.two_cpus())
        .container(
            Container::builder("frontend", Image::buildpack("src/frontend/index.ts"))
                .depends_on_container("backend", Condition::Start)
                .env("PORT", 80)
                .env("BACKEND_PORT", 3000)
                .event(HttpApiEvent::new(&gateway, Method::Get, "/my-path", 80)),
        )
        .container(
            Container::builder("backend", Image::buildpack("src/backend/index.ts"))
                .env("PORT", 3000)
                .event(WorkloadInternalEvent::new(3000)),
        );
    stack.add(app).add(gateway);
}

fn private_port(stack: &mut Stack, form: Form) {
    let internal = Container::builder("api", Image::buildpack("src/private/index.ts")).event(ServiceConnectEvent::new(3000));
    let public = Container::builder("api", Image::buildpack("src/public/index.ts"));
    stack
        .add(MultiContainerWorkload::builder("internalService", form.two_cpus()).container(internal))
        .add(MultiContainerWorkload::builder("publicService", form.two_cpus()).container(public));
}

#[test]
fn the_internal_service_is_reached_at_the_address_of_the_page() {
    let template = mended("private_port");
    let service = |id: &str| template["Resources"][id].clone();
    let namespace = json!({"Fn::GetAtt": ["StpPrivateNamespace", "Arn"]});
    let offer = json!({
        "PortName": "port-3000",
        "DiscoveryName": "internalservice-api-3000",
        "ClientAliases": [{"Port": 3000, "DnsName": "internalservice-api"}],
    });
    let (internal, public) = (service("InternalServiceService"), service("PublicServiceService"));
    assert_eq!(
        internal["Properties"]["ServiceConnectConfiguration"],
        json!({"Enabled": true, "Namespace": namespace, "Services": [offer]})
    );
    assert_eq!(public["Properties"]["ServiceConnectConfiguration"], json!({"Enabled": true, "Namespace": namespace}));
    let waits = |service: &serde_json::Value| service["DependsOn"].as_array().expect("a list").contains(&json!("InternalServiceService"));
    assert!(waits(&public) && !waits(&internal));
}

#[test]
fn an_internal_port_is_mapped_and_let_in_from_nowhere() {
    let template = mended("internal_port");
    let backend = &template["Resources"]["MyAppTaskDefinition"]["Properties"]["ContainerDefinitions"][1];
    assert_eq!((&backend["Name"], &backend["PortMappings"][0]["ContainerPort"]), (&json!("backend"), &json!(3000)));
    let ingress = template["Resources"]["MyAppTaskSecurityGroup"]["Properties"]["SecurityGroupIngress"].as_array().expect("rules");
    assert_eq!(ingress.iter().map(|rule| &rule["FromPort"]).collect::<Vec<_>>(), [80]);
}
