//! Who may use routes: nobody passes a route that is guarded but those whom its authorizer lets pass.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::container::{Authorizer, HttpApiEvent, Method};
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::stack::ValidStack;
use stacktape_model::strategy::StackStrategy;

use super::wiring::{routes, target};
use super::{cases, id_begins, items, of_type, stacks, template, text, validated};

fn routed() -> StackStrategy {
    stacks().workloads(1..=3).http_api_gateways(1..=2)
}

/// The authorizers that events ask for, by the pascal name of the gateway and the key of the route.
fn wanted(stack: &ValidStack) -> BTreeMap<(String, String), Option<&Authorizer>> {
    routes(stack).map(|route| ((id_begins(&route.gateway.name), route.key()), route.authorizer.as_ref())).collect()
}

fn each_route(template: &Json) -> impl Iterator<Item = ((String, String), &Json)> {
    of_type(template, "AWS::ApiGatewayV2::Route").map(|(_, route)| {
        let route = &route["Properties"];
        let gateway = target(&route["ApiId"], None).strip_suffix("HttpApi").expect("the id of an API");
        ((gateway.to_owned(), text(&route["RouteKey"]).to_owned()), route)
    })
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn a_route_is_guarded_exactly_as_its_event_says(stack in routed()) {
        let valid = validated(stack);
        let (template, wanted) = (template(&valid), wanted(&valid));
        for ((gateway, key), route) in each_route(&template) {
            // The bare root below `/{proxy+}` is as closed as that is.
            let below = || (gateway.clone(), key.replace(" /", " /{proxy+}"));
            let event = wanted.get(&(gateway.clone(), key.clone())).or_else(|| wanted.get(&below()));
            let Some(authorizer) = event.expect("the event of a route") else {
                prop_assert!(route.get("AuthorizerId").is_none() && route.get("AuthorizationType").is_none(), "{}", key);
                continue;
            };
            let resource = &template["Resources"][target(&route["AuthorizerId"], None)];
            prop_assert_eq!(&resource["Type"], "AWS::ApiGatewayV2::Authorizer");
            let rendered = &resource["Properties"];
            prop_assert_eq!(&rendered["ApiId"], &route["ApiId"]);
            match authorizer {
                Authorizer::Jwt(jwt) => {
                    prop_assert_eq!((&route["AuthorizationType"], &rendered["AuthorizerType"]), (&json!("JWT"), &json!("JWT")));
                    let scopes: BTreeSet<_> = items(&route["AuthorizationScopes"]).map(text).collect();
                    prop_assert_eq!(scopes, jwt.parts().scopes.iter().map(String::as_str).collect());
                    prop_assert!(items(&rendered["JwtConfiguration"]["Audience"]).count() > 0);
                    prop_assert_eq!(items(&rendered["IdentitySource"]).count(), 1);
                }
                Authorizer::Cognito(cognito) => {
                    prop_assert_eq!((&route["AuthorizationType"], &rendered["AuthorizerType"]), (&json!("JWT"), &json!("JWT")));
                    let scopes: BTreeSet<_> = items(&route["AuthorizationScopes"]).map(text).collect();
                    prop_assert_eq!(scopes, cognito.parts().scopes.iter().map(String::as_str).collect());
                    let pool = id_begins(&cognito.parts().pool.name);
                    let issuer = format!("https://cognito-idp.${{AWS::Region}}.${{AWS::URLSuffix}}/${{{pool}UserPool}}");
                    let expected = json!({"Audience": [{"Ref": format!("{pool}UserPoolClient")}], "Issuer": {"Fn::Sub": issuer}});
                    prop_assert_eq!(&rendered["JwtConfiguration"], &expected);
                    prop_assert_eq!(&rendered["IdentitySource"], &json!([cognito.token_source()]));
                }
                Authorizer::Lambda(lambda) => {
                    prop_assert_eq!((&route["AuthorizationType"], &rendered["AuthorizerType"]), (&json!("CUSTOM"), &json!("REQUEST")));
                    prop_assert!(route.get("AuthorizationScopes").is_none());
                    prop_assert_eq!(&rendered["EnableSimpleResponses"], &json!(!lambda.parts().iam_response));
                    let seconds = rendered["AuthorizerResultTtlInSeconds"].as_u64();
                    prop_assert!(seconds == Some(0) || items(&rendered["IdentitySource"]).count() > 0);
                }
            }
        }
    }

    #[test]
    fn routes_share_an_authorizer_and_each_is_used(stack in routed()) {
        let template = template(&validated(stack));
        let used: BTreeSet<_> = each_route(&template).filter(|(_, route)| route["AuthorizerId"].is_object()).map(|(_, route)| target(&route["AuthorizerId"], None).to_owned()).collect();
        let mut all = BTreeSet::new();
        let mut told = Vec::new();
        for (id, authorizer) in of_type(&template, "AWS::ApiGatewayV2::Authorizer") {
            all.insert(id.clone());
            let mut authorizer = authorizer["Properties"].clone();
            authorizer["Name"].take();
            prop_assert!(!told.contains(&authorizer), "two authorizers are the same: {}", authorizer);
            told.push(authorizer);
        }
        prop_assert_eq!(all, used);
    }

    #[test]
    fn a_gateway_may_call_the_functions_of_its_authorizers_and_no_others(stack in routed()) {
        let template = template(&validated(stack));
        let callers: Vec<_> = of_type(&template, "AWS::ApiGatewayV2::Authorizer")
            .map(|(_, authorizer)| &authorizer["Properties"])
            .filter(|authorizer| authorizer["AuthorizerType"] == "REQUEST")
            .map(|authorizer| (target(&authorizer["ApiId"], None), authorizer["AuthorizerUri"].to_string()))
            .collect();
        let permissions: Vec<_> = of_type(&template, "AWS::Lambda::Permission")
            .filter_map(|(_, permission)| {
                let (source, function) = (&permission["Properties"]["SourceArn"]["Fn::Sub"], &permission["Properties"]["FunctionName"]);
                let (_, api) = source.as_str()?.strip_suffix("}/authorizers/*")?.rsplit_once("${").expect("an API");
                let named = || function["Fn::GetAtt"][0].as_str().map(|function| format!("${{{function}.Arn}}"));
                let written = || function["Fn::Sub"].as_str().unwrap_or_else(|| text(function)).to_owned();
                Some((api, named().unwrap_or_else(written)))
            })
            .collect();
        let calls = |(api, uri): &(&str, String), (of, function): &(&str, String)| api == of && uri.contains(function);
        for caller in &callers {
            prop_assert_eq!(permissions.iter().filter(|permission| calls(caller, permission)).count(), 1, "{:?}", caller);
        }
        for permission in &permissions {
            prop_assert!(callers.iter().any(|caller| calls(caller, permission)), "nobody uses {:?}", permission);
        }
    }
}

#[test]
fn the_bare_root_is_closed_where_everything_below_it_is() {
    use stacktape_model::compute::Fargate;
    use stacktape_model::container::{Container, Image};
    use stacktape_model::http_api_gateway::HttpApiGateway;
    use stacktape_model::stack::Stack;
    use stacktape_model::units::{Cpu, Memory};

    let gateway = HttpApiGateway::builder("main").build();
    let all = HttpApiEvent::new(&gateway, Method::Any, "/{proxy+}", 80);
    let closed = all.authorizer(Authorizer::jwt("https://login.example.com", "web").scope("read"));
    let open = |method, path: &str| HttpApiEvent::new(&gateway, method, path, 80);
    let web = Container::builder("web", Image::prebuilt("nginx:1.29"));
    let web = web.events([closed, open(Method::Get, "/open"), open(Method::Options, "/{proxy+}")]);
    let mut stack = Stack::new("shop", "dev");
    stack.add(MultiContainerWorkload::builder("api", Fargate::new(Cpu::Half, Memory::gib(1))).container(web)).add(gateway);
    let template = template(&validated(stack));
    let routes: BTreeMap<_, _> = each_route(&template).map(|((_, key), route)| (key, route)).collect();
    assert_eq!(routes.keys().collect::<Vec<_>>(), ["ANY /", "ANY /{proxy+}", "GET /open", "OPTIONS /", "OPTIONS /{proxy+}"]);
    for what in ["AuthorizerId", "AuthorizationType", "AuthorizationScopes"] {
        assert_eq!(routes["ANY /"][what], routes["ANY /{proxy+}"][what]);
        assert!(!routes["ANY /"][what].is_null());
        assert!(["GET /open", "OPTIONS /", "OPTIONS /{proxy+}"].iter().all(|open| routes[*open][what].is_null()), "{what}");
    }
}
