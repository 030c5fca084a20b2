//! Mistakes that no outside judge sees: of containers, traffic, roles and numbers of instances.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::container::{ApplicationLoadBalancerEvent, EnvValue, HttpApiEvent};
use stacktape_model::function::{ApplicationLoadBalancerIntegration, Function, HttpApiIntegration};
use stacktape_model::http_api_gateway::Route;
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::nested::written_name;
use stacktape_model::stack::{Stack, ValidStack};
use stacktape_model::strategy::StackStrategy;

use super::{cases, id_begins, items, of_type, stacks, template, text, validated};

/// Stacks with services, most of them behind gateways and load balancers.
pub(super) fn services() -> StackStrategy {
    stacks().workloads(1..=3).http_api_gateways(0..=2).application_load_balancers(0..=2).network_load_balancers(0..=2)
}

/// The same, each telling of its VPC.
fn telling() -> impl Strategy<Value = Stack> {
    services().prop_map(|mut stack| {
        stack.export_vpc();
        stack
    })
}

pub(super) fn properties<'a>(template: &'a Json, id: &str) -> &'a Json {
    &template["Resources"][id]["Properties"]
}

/// The logical id of a `Ref`, or of a `GetAtt` of this attribute.
pub(super) fn target<'a>(value: &'a Json, attribute: Option<&str>) -> &'a str {
    match attribute {
        None => text(&value["Ref"]),
        Some(attribute) => {
            assert_eq!(value["Fn::GetAtt"][1], attribute, "{value}");
            text(&value["Fn::GetAtt"][0])
        }
    }
}

/// A service with its task definition.
pub(super) struct Service<'a> {
    pub(super) id: &'a str,
    pub(super) of: &'a Json,
    pub(super) task: &'a Json,
}

pub(super) fn each_service(template: &Json) -> impl Iterator<Item = Service<'_>> {
    of_type(template, "AWS::ECS::Service").map(|(id, resource)| {
        let of = &resource["Properties"];
        let task = target(&of["TaskDefinition"], None);
        assert_eq!(template["Resources"][task]["Type"], "AWS::ECS::TaskDefinition");
        Service { id, of, task: properties(template, task) }
    })
}

impl<'a> Service<'a> {
    /// Whether its tasks have addresses of their own, or ports of their instances.
    pub(super) fn on_fargate(&self) -> bool {
        self.task["NetworkMode"] == "awsvpc"
    }

    fn container(&self, name: &Json) -> Option<&'a Json> {
        items(&self.task["ContainerDefinitions"]).find(|container| container["Name"] == *name)
    }
}

/// What reaches which ports of each service: the security group of a link or of a load balancer, or the VPC of the other services.
fn reached(template: &Json) -> BTreeMap<String, BTreeSet<(String, u64)>> {
    let mut reached: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for Service { id, of: service, task } in each_service(template) {
        for offer in items(&service["ServiceConnectConfiguration"]["Services"]) {
            let port = mapping_named(task, &offer["PortName"])["ContainerPort"].as_u64().expect("a port");
            reached.entry(id.to_owned()).or_default().insert((VPC.to_owned(), port));
        }
        for balanced in items(&service["LoadBalancers"]) {
            let group = target(&balanced["TargetGroupArn"], None);
            let checked = text_or(&properties(template, group)["HealthCheckPort"]);
            let ruled = rules_to(template, group).map(|(_, rule)| target(&rule["ListenerArn"], None));
            for listener in ruled.chain(listeners_to(template, group)) {
                let listener = properties(template, listener);
                let balancer = properties(template, target(&listener["LoadBalancerArn"], None));
                for from in items(&balancer["SecurityGroups"]) {
                    let ports = [balanced["ContainerPort"].as_u64(), checked];
                    let from = target(from, Some("GroupId"));
                    reached.entry(id.to_owned()).or_default().extend(ports.into_iter().flatten().map(|port| (from.to_owned(), port)));
                }
            }
        }
        for registry in items(&service["ServiceRegistries"]) {
            let discovery = target(&registry["RegistryArn"], Some("Arn"));
            for (integration, resource) in of_type(template, "AWS::ApiGatewayV2::Integration") {
                let integrated = &resource["Properties"];
                if target(&integrated["IntegrationUri"], Some("Arn")) != discovery {
                    continue;
                }
                let routed = of_type(template, "AWS::ApiGatewayV2::Route").any(|(_, route)| {
                    let route = &route["Properties"];
                    route["ApiId"] == integrated["ApiId"]
                        && route["Target"]["Fn::Join"] == json!(["/", ["integrations", {"Ref": integration}]])
                        || route["Target"]["Fn::Sub"] == format!("integrations/${{{integration}}}")
                });
                assert!(routed, "no route leads to {integration}");
                let link = properties(template, target(&integrated["ConnectionId"], None));
                for group in items(&link["SecurityGroupIds"]) {
                    let port = registry["ContainerPort"].as_u64().expect("a port");
                    reached.entry(id.to_owned()).or_default().insert((target(group, Some("GroupId")).to_owned(), port));
                }
            }
        }
    }
    reached
}

/// The VPC of a stack.
const VPC: &str = "StpVpc";

/// The one port mapping of a task with this name.
fn mapping_named<'a>(task: &'a Json, name: &Json) -> &'a Json {
    let mappings = items(&task["ContainerDefinitions"]).flat_map(|container| items(&container["PortMappings"]));
    let named: Vec<_> = mappings.filter(|mapping| mapping["Name"] == *name).collect();
    let [mapping] = named.as_slice() else { panic!("{name} is the name of {named:?}") };
    mapping
}

/// A number that is written as a text.
fn text_or(value: &Json) -> Option<u64> {
    value.as_str().filter(|port| *port != "traffic-port").map(|port| port.parse().expect("a port"))
}

/// The rules that forward to a target group, with their ids.
fn rules_to<'a>(template: &'a Json, group: &'a str) -> impl Iterator<Item = (&'a String, &'a Json)> {
    let rules = of_type(template, "AWS::ElasticLoadBalancingV2::ListenerRule").map(|(id, rule)| (id, &rule["Properties"]));
    rules.filter(move |(_, rule)| items(&rule["Actions"]).any(|action| target(&action["TargetGroupArn"], None) == group))
}

/// The listeners that forward to a target group without a rule.
pub(super) fn listeners_to<'a>(template: &'a Json, group: &'a str) -> impl Iterator<Item = &'a str> {
    let forward = move |action: &Json| action["Type"] == "forward" && target(&action["TargetGroupArn"], None) == group;
    let listeners = of_type(template, "AWS::ElasticLoadBalancingV2::Listener");
    listeners.filter(move |(_, listener)| items(&listener["Properties"]["DefaultActions"]).any(forward)).map(|(id, _)| id.as_str())
}

/// What the security groups of a service let in.
fn let_in(template: &Json, service: &Service<'_>) -> BTreeSet<(String, u64)> {
    let groups = if service.on_fargate() {
        &service.of["NetworkConfiguration"]["AwsvpcConfiguration"]["SecurityGroups"]
    } else {
        &super::engines::launch_template(template, service)["SecurityGroupIds"]
    };
    let rules = items(groups).flat_map(|group| items(&properties(template, target(group, Some("GroupId")))["SecurityGroupIngress"]));
    let mut sources = Vec::new();
    let let_in = rules
        .map(|rule| {
            // Whatever a source wants, on EC2 it is somewhere among the ports of the instance.
            let last = if service.on_fargate() { rule["FromPort"].clone() } else { json!(65535) };
            assert_eq!((&rule["IpProtocol"], &rule["ToPort"]), (&json!("tcp"), &last), "{rule}");
            let source = if rule["CidrIp"].is_null() {
                target(&rule["SourceSecurityGroupId"], Some("GroupId"))
            } else {
                assert_eq!(&rule["CidrIp"], addresses(template), "{rule}");
                VPC
            };
            sources.push(source);
            (source.to_owned(), rule["FromPort"].as_u64().expect("a port"))
        })
        .collect();
    assert!(service.on_fargate() || sources.iter().collect::<BTreeSet<_>>().len() == sources.len(), "{sources:?}");
    let_in
}

/// The addresses of the VPC: those of the stack's own, or what the stack exports of another one.
fn addresses(template: &Json) -> &Json {
    match &properties(template, VPC)["CidrBlock"] {
        Json::Null => &template["Outputs"]["StpVpcCidr"]["Value"],
        own => own,
    }
}

fn routes_of_events(stack: &ValidStack) -> BTreeSet<(String, String)> {
    routes(stack).map(|route| (route.gateway.name.clone(), route.key())).collect()
}

/// What events of containers and functions ask of gateways.
pub(super) fn routes(stack: &ValidStack) -> impl Iterator<Item = &Route> {
    let containers = stack.workloads().flat_map(MultiContainerWorkload::events_of::<HttpApiEvent>).map(|(_, event)| &event.route);
    let functions = stack.all::<Function>().flat_map(Function::events_of::<HttpApiIntegration>).map(|event| &event.route);
    containers.chain(functions)
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn exactly_the_ports_that_traffic_reaches_are_open(stack in telling()) {
        let template = template(&validated(stack));
        let reached = reached(&template);
        for service in each_service(&template) {
            let reached = reached.get(service.id).cloned().unwrap_or_default();
            let ports = |port| if service.on_fargate() { port } else { 32768 };
            prop_assert_eq!(let_in(&template, &service), reached.into_iter().map(|(source, port)| (source, ports(port))).collect());
        }
    }

    #[test]
    fn every_event_has_its_route_and_no_route_is_there_without_one(stack in services()) {
        let valid = validated(stack);
        let expected = routes_of_events(&valid);
        let template = template(&valid);
        let mut found = BTreeSet::new();
        for (_, route) in of_type(&template, "AWS::ApiGatewayV2::Route") {
            let route = &route["Properties"];
            let api = target(&route["ApiId"], None).strip_suffix("HttpApi").expect("the id of an API").to_owned();
            prop_assert!(found.insert((api, text(&route["RouteKey"]).to_owned())), "{} is there twice", route);
        }
        let expected: BTreeSet<_> =
            expected.into_iter().map(|(gateway, key)| (id_begins(&gateway), key)).collect();
        prop_assert!(expected.is_subset(&found), "{:?} is no subset of {:?}", expected, found);
        for (gateway, key) in found.difference(&expected) {
            // Under `/{proxy+}`, the bare root has routes of its own.
            let below = |method: &str| expected.contains(&(gateway.clone(), format!("{method} /{{proxy+}}")));
            let (method, path) = key.split_once(' ').expect("a method");
            prop_assert!(path == "/" && below(method) && below("ANY"), "{} of {}", key, gateway);
        }
    }

    #[test]
    fn a_target_group_leads_to_a_container_and_a_port_of_the_task_that_waits_for_what_leads_there(stack in services()) {
        let template = template(&validated(stack));
        let mut used = BTreeSet::new();
        for service in each_service(&template) {
            let balanced: Vec<_> = items(&service.of["LoadBalancers"]).collect();
            prop_assert!(balanced.len() <= 5);
            prop_assert_eq!(service.of["HealthCheckGracePeriodSeconds"].as_u64().is_some_and(|seconds| seconds >= 60), !balanced.is_empty());
            for balanced in balanced {
                let group = target(&balanced["TargetGroupArn"], None);
                prop_assert!(used.insert(group), "{} serves two", group);
                let container = service.container(&balanced["ContainerName"]);
                let mappings = container.map(|container| &container["PortMappings"]).into_iter().flat_map(items);
                prop_assert!(mappings.into_iter().any(|mapping| mapping["ContainerPort"] == balanced["ContainerPort"]), "{}", balanced);
                let of = properties(&template, group);
                let found_by = if service.on_fargate() { "ip" } else { "instance" };
                prop_assert_eq!((&of["TargetType"], &of["Port"]), (&json!(found_by), &balanced["ContainerPort"]));
                prop_assert!(service.on_fargate() || of["HealthCheckPort"] == "traffic-port", "{}", of);
                prop_assert!(of["HealthCheckTimeoutSeconds"].as_u64() < of["HealthCheckIntervalSeconds"].as_u64(), "{}", of);
                let leading: Vec<_> =
                    rules_to(&template, group).map(|(rule, _)| rule.as_str()).chain(listeners_to(&template, group)).collect();
                prop_assert!(!leading.is_empty(), "nothing leads to {}", group);
                for other in leading {
                    let waits = items(&template["Resources"][service.id]["DependsOn"]).any(|id| id == other);
                    prop_assert!(waits, "{} does not wait for {}", service.id, other);
                }
            }
        }
        let of_containers = of_type(&template, "AWS::ElasticLoadBalancingV2::TargetGroup");
        prop_assert_eq!(used.len(), of_containers.filter(|(_, group)| group["Properties"]["TargetType"] != "lambda").count());
    }

    #[test]
    fn every_listener_is_open_where_it_listens_and_has_each_priority_once(stack in services()) {
        let valid = validated(stack);
        let template = template(&valid);
        let mut places = BTreeSet::new();
        let mut open = BTreeSet::new();
        for (_, resource) in of_type(&template, "AWS::ElasticLoadBalancingV2::Listener") {
            let listener = &resource["Properties"];
            let balancer = target(&listener["LoadBalancerArn"], None);
            let port = listener["Port"].as_u64().expect("a port");
            prop_assert!(places.insert((balancer, port)), "two listeners at {} of {}", port, balancer);
            prop_assert_eq!(["HTTPS", "TLS"].contains(&text(&listener["Protocol"])), items(&listener["Certificates"]).count() == 1);
            prop_assert_eq!(items(&listener["DefaultActions"]).count(), 1);
            for group in items(&properties(&template, balancer)["SecurityGroups"]) {
                for rule in items(&properties(&template, target(group, Some("GroupId")))["SecurityGroupIngress"]) {
                    prop_assert_eq!(&rule["FromPort"], &rule["ToPort"]);
                    open.insert((balancer, rule["FromPort"].as_u64().expect("a port")));
                }
            }
        }
        prop_assert_eq!(open, places);
        let mut priorities = BTreeSet::new();
        for (id, rule) in of_type(&template, "AWS::ElasticLoadBalancingV2::ListenerRule") {
            let rule = &rule["Properties"];
            let priority = rule["Priority"].as_u64().expect("a number");
            prop_assert!((1..=50_000).contains(&priority) && priorities.insert((target(&rule["ListenerArn"], None), priority)), "{}", id);
            prop_assert!(items(&rule["Conditions"]).count() > 0);
        }
        let containers = valid.workloads().flat_map(MultiContainerWorkload::events_of::<ApplicationLoadBalancerEvent>);
        let functions = valid.all::<Function>().flat_map(Function::events_of::<ApplicationLoadBalancerIntegration>);
        prop_assert_eq!(containers.count() + functions.count(), priorities.len());
    }

    #[test]
    fn a_registry_knows_a_container_and_a_port_of_the_task(stack in services()) {
        let template = template(&validated(stack));
        for service in each_service(&template) {
            for registry in items(&service.of["ServiceRegistries"]) {
                let container = service.container(&registry["ContainerName"]);
                let mappings = container.map(|container| &container["PortMappings"]).into_iter().flat_map(items);
                prop_assert!(mappings.into_iter().any(|mapping| mapping["ContainerPort"] == registry["ContainerPort"]), "{}", registry);
            }
        }
    }

    #[test]
    fn containers_of_a_task_agree(stack in services()) {
        let template = template(&validated(stack));
        for service in each_service(&template) {
            let containers: Vec<_> = items(&service.task["ContainerDefinitions"]).collect();
            let names: BTreeSet<_> = containers.iter().map(|container| text(&container["Name"])).collect();
            prop_assert_eq!(names.len(), containers.len());
            let ports: Vec<_> = containers.iter().flat_map(|container| items(&container["PortMappings"])).map(|mapping| &mapping["ContainerPort"]).collect();
            prop_assert!((1..ports.len()).all(|index| !ports[..index].contains(&ports[index])), "{:?}", ports);
            prop_assert!(containers.iter().any(|container| container["Essential"] == true));
            // Each can start when those it waits for have: whoever is left at the end waits in a circle.
            let mut started: BTreeSet<&str> = BTreeSet::new();
            for _ in &containers {
                let waits = |container: &Json| items(&container["DependsOn"]).all(|other| started.contains(text(&other["ContainerName"])));
                let next: Vec<_> = containers.iter().filter(|container| waits(container)).map(|container| text(&container["Name"])).collect();
                started.extend(next);
            }
            prop_assert_eq!(started, names);
            for dependency in containers.iter().flat_map(|container| items(&container["DependsOn"])) {
                let other = service.container(&dependency["ContainerName"]).expect("a container of the task");
                match text(&dependency["Condition"]) {
                    "START" => {}
                    "HEALTHY" => prop_assert!(other["HealthCheck"].is_object(), "{}", dependency),
                    _ => prop_assert_eq!(&other["Essential"], false, "{}", dependency),
                }
            }
        }
    }

    #[test]
    fn a_task_has_its_roles_and_runs_on_fargate(stack in services()) {
        let template = template(&validated(stack));
        for Service { of: service, task, .. } in each_service(&template) {
            for role in ["ExecutionRoleArn", "TaskRoleArn"] {
                let role = target(&task[role], Some("Arn"));
                prop_assert_eq!(&template["Resources"][role]["Type"], "AWS::IAM::Role");
                let trusted = &properties(&template, role)["AssumeRolePolicyDocument"]["Statement"][0]["Principal"]["Service"];
                prop_assert_eq!(trusted, "ecs-tasks.amazonaws.com");
            }
            if task["NetworkMode"] != "awsvpc" {
                continue;
            }
            prop_assert!(service["LaunchType"] == "FARGATE" && service["CapacityProviderStrategy"].is_null());
        }
    }

    #[test]
    fn a_session_can_be_opened_where_it_is_wanted_and_nowhere_else(stack in services()) {
        let valid = validated(stack);
        let template = template(&valid);
        for workload in valid.workloads() {
            let wanted = *workload.parts().enable_remote_sessions;
            let resource = |role: &str| &template["Resources"][format!("{}{role}", id_begins(workload.name()))]["Properties"];
            let messages: Vec<_> = items(&resource("TaskRole")["Policies"])
                .flat_map(|policy| items(&policy["PolicyDocument"]["Statement"]))
                .flat_map(|statement| items(&statement["Action"]))
                .filter(|action| text(action).starts_with("ssmmessages:"))
                .collect();
            prop_assert_eq!(messages.len(), if wanted { 4 } else { 0 });
            // Those of a service stand at the service.
            let written = valid.resource(written_name(workload.name())).expect("a resource");
            let overridden = written.overrides().iter().any(|value| value.path == "EnableExecuteCommand");
            prop_assert!(overridden || resource("Service").get("EnableExecuteCommand") == wanted.then_some(&json!(true)));
            for container in items(&resource("TaskDefinition")["ContainerDefinitions"]) {
                prop_assert_eq!(container["LinuxParameters"]["InitProcessEnabled"] == true, wanted);
            }
        }
    }

    #[test]
    fn the_number_of_instances_is_fixed_or_scaled(stack in services()) {
        let valid = validated(stack);
        let template = template(&valid);
        for Service { id, of: service, .. } in each_service(&template) {
            let scaled: Vec<_> = of_type(&template, "AWS::ApplicationAutoScaling::ScalableTarget")
                .filter(|(_, target)| target["Properties"]["ResourceId"].to_string().contains(&format!("\"{id}\"")))
                .collect();
            if let Some(count) = service["DesiredCount"].as_u64() {
                prop_assert!(count >= 1 && scaled.is_empty());
                continue;
            }
            prop_assert_eq!(scaled.len(), 1);
            let (target, resource) = scaled[0];
            let [least, most] = ["MinCapacity", "MaxCapacity"].map(|bound| resource["Properties"][bound].as_u64().expect("a number"));
            prop_assert!(1 <= least && least < most, "{} to {}", least, most);
            let policies = of_type(&template, "AWS::ApplicationAutoScaling::ScalingPolicy").filter(|(_, policy)| policy["Properties"]["ScalingTargetId"] == json!({"Ref": target}));
            let policies: Vec<_> = policies.map(|(_, policy)| &policy["Properties"]["TargetTrackingScalingPolicyConfiguration"]).collect();
            let workload = valid.workloads().find(|workload| format!("{}Service", id_begins(workload.name())) == id).expect("its workload");
            let scaling = workload.parts().scaling;
            let targets: Vec<_> = policies.iter().map(|policy| policy["TargetValue"].as_f64().expect("a number")).collect();
            prop_assert_eq!(targets, [scaling.keep_avg_cpu_utilization_under, scaling.keep_avg_memory_utilization_under]);
            for policy in policies {
                prop_assert_eq!(policy["ScaleInCooldown"].as_u64(), scaling.scale_in_cooldown.map(u64::from));
                prop_assert_eq!(policy["ScaleOutCooldown"].as_u64(), scaling.scale_out_cooldown.map(u64::from));
            }
        }
    }

    #[test]
    fn a_secret_is_read_by_ecs_and_stands_in_no_environment(stack in services()) {
        let valid = validated(stack);
        let template = template(&valid);
        let definitions: Vec<_> = each_service(&template).flat_map(|service| items(&service.task["ContainerDefinitions"])).collect();
        for container in valid.workloads().flat_map(MultiContainerWorkload::containers) {
            let of_container: Vec<_> = definitions.iter().filter(|definition| definition["Name"] == container.name()).collect();
            for variable in container.parts().environment {
                let is_secret = matches!(variable.value, EnvValue::Secret(_));
                let in_list = |list: &str| of_container.iter().any(|definition| items(&definition[list]).any(|entry| entry["Name"] == *variable.name));
                prop_assert!(in_list(if is_secret { "Secrets" } else { "Environment" }), "{}", variable.name);
            }
            for definition in &of_container {
                let names: Vec<_> = items(&definition["Environment"]).chain(items(&definition["Secrets"])).map(|entry| text(&entry["Name"])).collect();
                prop_assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{:?}", names);
            }
        }
    }
}
