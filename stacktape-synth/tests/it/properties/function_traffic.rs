//! Requests that call functions: routes lead to integrations, rules to target groups, and whoever calls a function may do so.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::function::{ApplicationLoadBalancerIntegration, Function, HttpApiIntegration};
use stacktape_model::http_api_gateway::{HttpApiGateway, PayloadFormat};
use stacktape_model::stack::ValidStack;
use stacktape_model::strategy::StackStrategy;

use super::wiring::target;
use super::{cases, id_begins, items, of_type, stacks, template, text, validated};

fn calling() -> StackStrategy {
    stacks().functions(1..=3).http_api_gateways(0..=2).application_load_balancers(0..=2).workloads(0..=1)
}

/// The permissions of a service, as the function that is called and the source that may call it.
fn permissions<'a>(template: &'a Json, service: &'a str) -> Vec<(&'a str, &'a str, &'a str)> {
    let permissions =
        of_type(template, "AWS::Lambda::Permission").filter(move |(_, resource)| resource["Properties"]["Principal"] == service);
    let of = |(id, resource): (&'a String, &'a Json)| {
        let permission = &resource["Properties"];
        assert_eq!(permission["Action"], "lambda:InvokeFunction");
        let function = permission["FunctionName"]["Fn::GetAtt"][0].as_str().unwrap_or_default();
        (id.as_str(), function, text(&permission["SourceArn"]["Fn::Sub"]))
    };
    permissions.map(of).collect()
}

/// The integrations with functions, by id.
fn integrations(template: &Json) -> BTreeMap<&str, &Json> {
    let integrations = of_type(template, "AWS::ApiGatewayV2::Integration").map(|(id, resource)| (id.as_str(), &resource["Properties"]));
    integrations.filter(|(_, integration)| integration["IntegrationType"] == "AWS_PROXY").collect()
}

fn integration_of(route: &Json) -> &str {
    target(&route["Target"]["Fn::Join"][1][1], None)
}

/// What events of functions ask for: API and route, with the function and the format.
fn wanted(stack: &ValidStack) -> BTreeMap<(String, String), (String, &'static str)> {
    let mut wanted = BTreeMap::new();
    for function in stack.all::<Function>() {
        for HttpApiIntegration { route } in function.events_of::<HttpApiIntegration>() {
            let gateway = stack.get::<HttpApiGateway>(&route.gateway.name).expect("a gateway");
            let format = route.payload_format.unwrap_or(*gateway.parts().payload_format);
            let api = format!("{}HttpApi", id_begins(&route.gateway.name));
            let called = (format!("{}LambdaFunction", id_begins(function.name())), format.as_str());
            assert!(wanted.insert((api, route.key()), called).is_none());
        }
    }
    wanted
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_route_of_an_event_calls_its_function_and_no_other(stack in calling()) {
        let valid = validated(stack);
        let (template, mut wanted) = (template(&valid), wanted(&valid));
        let integrations = integrations(&template);
        let mut used = BTreeSet::new();
        for (_, route) in of_type(&template, "AWS::ApiGatewayV2::Route") {
            let route = &route["Properties"];
            let id = integration_of(route);
            prop_assert_eq!(&template["Resources"][id]["Type"], "AWS::ApiGatewayV2::Integration");
            let Some(integration) = integrations.get(id) else { continue };
            used.insert(id);
            prop_assert_eq!(&integration["ApiId"], &route["ApiId"]);
            let function = target(&integration["IntegrationUri"], Some("Arn"));
            prop_assert_eq!(&template["Resources"][function]["Type"], "AWS::Lambda::Function");
            let (api, key) = (target(&route["ApiId"], None).to_owned(), text(&route["RouteKey"]).to_owned());
            let Some((to, format)) = wanted.remove(&(api.clone(), key.clone())) else {
                // The bare root is called as what is below it.
                let mut others = of_type(&template, "AWS::ApiGatewayV2::Route").map(|(_, other)| &other["Properties"]);
                let below = others.any(|other| {
                    let same = other["ApiId"] == route["ApiId"] && other["Target"] == route["Target"];
                    same && text(&other["RouteKey"]) == key.replace(" /", " /{proxy+}")
                });
                prop_assert!(below && key.ends_with(" /"), "nobody asks for {} of {}", key, api);
                continue;
            };
            prop_assert_eq!((function, &integration["PayloadFormatVersion"]), (to.as_str(), &json!(format)));
        }
        prop_assert!(wanted.is_empty(), "no route for {:?}", wanted);
        prop_assert_eq!(used, integrations.keys().copied().collect());
    }

    #[test]
    fn an_integration_waits_for_its_function_as_long_as_api_gateway_can(stack in calling()) {
        let template = template(&validated(stack));
        for integration in integrations(&template).values() {
            let function = &template["Resources"][target(&integration["IntegrationUri"], Some("Arn"))]["Properties"];
            let waits = integration["TimeoutInMillis"].as_u64().expect("a number");
            let takes = function["Timeout"].as_u64().expect("a number") * 1000;
            prop_assert!((50..=30_000).contains(&waits) && (waits > takes || waits == 30_000), "{} for {}", waits, takes);
            prop_assert!(integration.get("ConnectionId").is_none() && integration.get("ConnectionType").is_none());
        }
    }

    #[test]
    fn a_gateway_may_call_the_functions_of_its_routes_and_no_others(stack in calling()) {
        let template = template(&validated(stack));
        let calls: BTreeSet<_> = integrations(&template)
            .values()
            .map(|integration| (target(&integration["ApiId"], None), target(&integration["IntegrationUri"], Some("Arn"))))
            .collect();
        let mut allowed = BTreeSet::new();
        for (id, function, source) in permissions(&template, "apigateway.amazonaws.com") {
            // Those of authorizers are for authorizers alone.
            let Some(api) = source.strip_suffix("}/*").and_then(|source| source.rsplit_once("${")).map(|(_, api)| api) else { continue };
            prop_assert!(source.starts_with("arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${"), "{}", source);
            prop_assert!(allowed.insert((api, function)), "{} is a second permission", id);
        }
        prop_assert_eq!(allowed, calls);
    }

    #[test]
    fn a_vpc_link_is_there_exactly_where_a_container_is_reached(stack in calling()) {
        let template = template(&validated(stack));
        let linked: BTreeSet<_> = of_type(&template, "AWS::ApiGatewayV2::Integration")
            .filter(|(_, integration)| integration["Properties"]["IntegrationType"] == "HTTP_PROXY")
            .map(|(_, integration)| target(&integration["Properties"]["ConnectionId"], None))
            .collect();
        let links: BTreeSet<_> = of_type(&template, "AWS::ApiGatewayV2::VpcLink").map(|(id, _)| id.as_str()).collect();
        prop_assert_eq!(linked, links);
    }

    #[test]
    fn a_load_balancer_may_call_a_function_before_it_is_its_target(stack in calling()) {
        let valid = validated(stack);
        let template = template(&valid);
        let mut permissions = permissions(&template, "elasticloadbalancing.amazonaws.com");
        let mut names = BTreeSet::new();
        let mut called = BTreeSet::new();
        for (id, resource) in of_type(&template, "AWS::ElasticLoadBalancingV2::TargetGroup") {
            let group = &resource["Properties"];
            if group["TargetType"] != "lambda" {
                continue;
            }
            let name = text(&group["Name"]);
            prop_assert!(name.len() <= 32 && !name.starts_with('-') && !name.ends_with('-'), "{}", name);
            prop_assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-') && names.insert(name), "{}", name);
            let [one] = items(&group["Targets"]).collect::<Vec<_>>()[..] else { panic!("a function is the one target of its group") };
            let function = target(&one["Id"], Some("Arn"));
            prop_assert_eq!(&template["Resources"][function]["Type"], "AWS::Lambda::Function");
            for none in ["Port", "Protocol", "VpcId"] {
                prop_assert!(group.get(none).is_none(), "{} of a function", none);
            }
            let source = format!("arn:${{AWS::Partition}}:elasticloadbalancing:${{AWS::Region}}:${{AWS::AccountId}}:targetgroup/{name}/*");
            let index = permissions.iter().position(|(_, of, from)| *of == function && *from == source).expect("a permission");
            let (permission, ..) = permissions.swap_remove(index);
            prop_assert!(items(&resource["DependsOn"]).any(|first| first == permission), "{} does not wait for {}", id, permission);
            // All rules that lead there are of one load balancer.
            let balancers: BTreeSet<_> = of_type(&template, "AWS::ElasticLoadBalancingV2::ListenerRule")
                .map(|(_, rule)| &rule["Properties"])
                .filter(|rule| items(&rule["Actions"]).any(|action| target(&action["TargetGroupArn"], None) == id))
                .map(|rule| target(&template["Resources"][target(&rule["ListenerArn"], None)]["Properties"]["LoadBalancerArn"], None))
                .collect();
            prop_assert_eq!(balancers.len(), 1, "{}", id);
            called.extend(balancers.into_iter().map(|balancer| (balancer.to_owned(), function.to_owned())));
        }
        prop_assert!(permissions.is_empty(), "nobody uses {:?}", permissions);
        let wanted = valid.all::<Function>().flat_map(|function| {
            let events = function.events_of::<ApplicationLoadBalancerIntegration>();
            events.map(|event| (format!("{}LoadBalancer", id_begins(&event.rule.load_balancer.name)), format!("{}LambdaFunction", id_begins(function.name()))))
        });
        prop_assert_eq!(called, wanted.collect());
    }
}

#[test]
fn an_event_says_its_format_or_else_its_gateway() {
    use stacktape_model::container::Method;
    use stacktape_model::function::{Package, Runtime};
    use stacktape_model::stack::Stack;

    let format_of = |gateway: Option<PayloadFormat>, event: Option<PayloadFormat>| {
        let main = HttpApiGateway::builder("main");
        let main = if let Some(format) = gateway { main.payload_format(format).build() } else { main.build() };
        let route = HttpApiIntegration::new(&main, Method::Get, "/");
        let route = if let Some(format) = event { route.payload_format(format) } else { route };
        let users = Function::builder("users", Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24).event(route);
        let mut stack = Stack::new("shop", "dev");
        stack.add(users).add(main);
        let template = template(&validated(stack));
        let integrations = integrations(&template);
        let [integration] = integrations.values().collect::<Vec<_>>()[..] else { panic!("{integrations:?}") };
        text(&integration["PayloadFormatVersion"]).to_owned()
    };
    assert_eq!(format_of(None, None), "1.0");
    assert_eq!(format_of(Some(PayloadFormat::V2), None), "2.0");
    assert_eq!(format_of(Some(PayloadFormat::V2), Some(PayloadFormat::V1)), "1.0");
    assert_eq!(format_of(None, Some(PayloadFormat::V2)), "2.0");
}
