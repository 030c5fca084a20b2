//! Who may use routes.

use stacktape_model::compute::Fargate;
use stacktape_model::container::{
    Authorizer, CognitoAuthorizerBuilder, HttpApiEvent, Image, JwtAuthorizer, JwtAuthorizerBuilder, LambdaAuthorizerBuilder, Method,
};
use stacktape_model::http_api_gateway::{HttpApiCors, HttpApiGateway, HttpApiGatewayBuilder};
use stacktape_model::raw_resource::RawResource;
use stacktape_model::stack::Stack;
use stacktape_model::text::{Fact, Text};
use stacktape_model::units::{Cpu, Memory};
use stacktape_model::user_auth_pool::UserAuthPool;
use stacktape_model::web_service::WebService;

use crate::support::{Rule, named, rule, stack, workload};

const ARN: &str = "arn:aws:lambda:eu-west-1:123456789012:function:check-key";
const AT: &str = "resources.api.containers[0].events[0].authorizer";

#[track_caller]
fn main() -> HttpApiGatewayBuilder {
    HttpApiGateway::builder("main")
}

#[track_caller]
fn event(method: Method, path: &str) -> HttpApiEvent {
    HttpApiEvent::new(&main().build(), method, path, 80)
}

#[track_caller]
fn routed(gateway: HttpApiGatewayBuilder, events: impl IntoIterator<Item = HttpApiEvent>) -> Stack {
    let mut stack = stack([workload("api").container(named("web").events(events))]);
    stack.add(gateway);
    stack
}

#[track_caller]
fn guarded(authorizer: impl Into<Authorizer>) -> Stack {
    routed(main(), [event(Method::Get, "/").authorizer(authorizer)])
}

fn issued_by(issuer: impl Into<Text>) -> JwtAuthorizerBuilder {
    Authorizer::jwt(issuer, "web")
}

fn jwt() -> JwtAuthorizerBuilder {
    issued_by("https://login.example.com")
}

#[track_caller]
fn by_pool(with: impl FnOnce(CognitoAuthorizerBuilder) -> CognitoAuthorizerBuilder) -> Stack {
    let users = UserAuthPool::builder("users").build();
    let mut stack = guarded(with(Authorizer::cognito(&users)));
    stack.add(users);
    stack
}

fn lambda() -> LambdaAuthorizerBuilder {
    Authorizer::lambda(ARN)
}

/// A gateway with CORS, with these routes.
#[track_caller]
fn asked_first(events: impl IntoIterator<Item = HttpApiEvent>) -> Stack {
    routed(main().cors(HttpApiCors::builder()), events)
}

/// Routes with so many different authorizers, each used twice.
#[track_caller]
fn many(authorizers: usize) -> Stack {
    let mut events = Vec::new();
    for index in 0..authorizers {
        let authorizer = || Authorizer::jwt("https://login.example.com", format!("client{index}"));
        events.push(event(Method::Get, &format!("/{index}")).authorizer(authorizer()));
        // Scopes belong to the route.
        events.push(event(Method::Post, &format!("/{index}")).authorizer(authorizer().scope("write")));
    }
    routed(main(), events)
}

/// Routes of the gateway that a service has, with so many different authorizers.
#[track_caller]
fn many_of_a_service(authorizers: usize) -> Stack {
    let shop = WebService::builder("shop", Fargate::new(Cpu::Half, Memory::gib(1)), Image::prebuilt("nginx:1.29")).build();
    let events = (0..authorizers).map(|index| {
        let authorizer = Authorizer::jwt("https://login.example.com", format!("client{index}"));
        HttpApiEvent::new(shop.http_api_gateway(), Method::Get, format!("/{index}"), 80).authorizer(authorizer)
    });
    let mut stack = stack([workload("api").container(named("web").events(events))]);
    stack.add(shop);
    stack
}

pub(crate) fn rules() -> Vec<Rule> {
    of_every_kind().into_iter().chain(of_pools()).collect()
}

fn of_every_kind() -> Vec<Rule> {
    let at = |key: &str| format!("{AT}.{key}");
    let audiences = |number: usize| JwtAuthorizer::builder("https://login.example.com", vec![Text::from("web"); number]);
    let source = "$request.header.X-Api-Key";
    let elsewhere = HttpApiGateway::builder("elsewhere").build();
    vec![
        rule("authorizer::issuer")
            .refuses(&at("issuer"), guarded(issued_by("login.example.com")))
            .saying(
                "found the issuer `login.example.com`, expected `https://` and a host",
                "write the issuer as the provider names it, for example `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI`",
            )
            .refuses(&at("issuer"), guarded(issued_by("http://login.example.com")))
            .refuses(&at("issuer"), guarded(issued_by("https://")))
            .refuses(&at("issuer"), guarded(issued_by("https://login example.com")))
            .takes(guarded(issued_by("https://login.example.com/")))
            .takes(guarded(issued_by("https://localhost:8080/realms/shop")))
            .takes(guarded(issued_by(Text::joined(["https://cognito-idp.".into(), Fact::Region.into(), ".amazonaws.com/x".into()])))),
        rule("authorizer::no_audience")
            .refuses(&at("audience"), guarded(Authorizer::jwt("https://login.example.com", "")))
            .saying(
                "found no audience, expected at least one client for which tokens are made",
                "write the id of the client: `Authorizer::jwt(issuer, client_id)`",
            )
            .refuses(&at("audience"), guarded(audiences(0)))
            .takes(guarded(jwt()))
            .takes(guarded(Authorizer::jwt("https://login.example.com", Fact::AccountId))),
        rule("authorizer::too_many_audiences")
            .refuses(&at("audience"), guarded(audiences(51)))
            .saying("found 51 audiences, expected at most 50", "use another authorizer for some routes")
            .takes(guarded(audiences(50))),
        rule("authorizer::too_many_scopes")
            .refuses(&at("scopes"), guarded(jwt().scopes(["read"; 11])))
            .saying("found 11 scopes, expected at most 10 for a route", "let the provider give a scope that stands for several")
            .takes(guarded(jwt().scopes(["read"; 10]))),
        rule("authorizer::identity_source")
            .refuses(&at("identitySource"), guarded(jwt().identity_source("Authorization")))
            .saying(
                "found the identity source `Authorization`, expected `$request.header.` or `$request.querystring.` and a name",
                "write a part of the request such as `$request.header.Authorization`",
            )
            .refuses(&at("identitySource"), guarded(jwt().identity_source("$context.identity.sourceIp")))
            .refuses(&at("identitySource"), guarded(jwt().identity_source("$stageVariables.token")))
            .refuses(&at("identitySources[1]"), guarded(lambda().identity_sources([source, "method.request.header.Auth"])))
            .saying(
                "found the identity source `method.request.header.Auth`, expected `$request.header.`, `$request.querystring.`, \
                 `$context.` or `$stageVariables.` and a name",
                "write a part of the request such as `$request.header.Authorization`",
            )
            .refuses(&at("identitySources[0]"), guarded(lambda().identity_source("$request.header.")))
            .refuses(&at("identitySources[0]"), guarded(lambda().identity_source("$request.body.token")))
            .refuses(&at("identitySources[0]"), guarded(lambda().identity_source("$request.header.A, $request.header.B")))
            .takes(guarded(jwt().identity_source("$request.querystring.token")))
            .takes(guarded(lambda().identity_sources([source, "$context.identity.sourceIp", "$stageVariables.realm", "$request.querystring.a-b"]))),
        rule("authorizer::function_arn")
            .refuses(&at("functionArn"), guarded(Authorizer::lambda("check-key")))
            .saying(
                "found `check-key`, expected the ARN of a function of AWS Lambda",
                "write an ARN such as `arn:aws:lambda:eu-west-1:123456789012:function:check-key`, or `.get_att(\"Arn\")` of a raw resource",
            )
            .refuses(&at("functionArn"), guarded(Authorizer::lambda(format!("{ARN}:live:1"))))
            .refuses(&at("functionArn"), guarded(Authorizer::lambda("arn:aws:lambda:eu-west-1:123456789012:layer:keys:1")))
            .refuses(&at("functionArn"), guarded(Authorizer::lambda("arn:aws:lambda:eu-west-1:123456789012:function:")))
            .takes(guarded(lambda()))
            .takes(guarded(Authorizer::lambda(format!("{ARN}:live"))))
            .takes(guarded(Authorizer::lambda(format!("{ARN}:$LATEST"))))
            .takes(guarded(Authorizer::lambda(RawResource::new("CheckKey", "AWS::Lambda::Function").get_att("Arn")))),
        rule("authorizer::cache_seconds")
            .refuses(&at("cacheResultSeconds"), guarded(lambda().identity_source(source).cache_result_seconds(3601)))
            .saying(
                "found an answer that counts for 3601 s, expected 0 to 3600 s",
                "write `.cache_result_seconds(3600)` for the longest one",
            )
            .takes(guarded(lambda().identity_source(source).cache_result_seconds(3600))),
        rule("authorizer::cache_without_identity")
            .refuses(&at("cacheResultSeconds"), guarded(lambda().cache_result_seconds(1)))
            .saying(
                "found an answer that counts for further requests, and no identity source, expected a part of the request by which it is found",
                "call `.identity_source(\"$request.header.Authorization\")`, or leave out `.cache_result_seconds(..)`",
            )
            .takes(guarded(lambda().identity_source(source).cache_result_seconds(1)))
            .takes(guarded(lambda().cache_result_seconds(0))),
        rule("reference::missing")
            .refuses(&at("issuer"), guarded(issued_by(elsewhere.url())))
            .refuses(&at("audience"), guarded(jwt().audience(elsewhere.domain())))
            .takes(guarded(jwt())),
        preflight(),
        rule("authorizer::too_many")
            .warns("resources.main", many(11))
            .saying(
                "found 11 different authorizers of `main`, expected at most 10, API Gateway's quota",
                "use the same authorizer for several routes, or ask AWS for a higher quota",
            )
            .warns("resources.shop", many_of_a_service(11))
            .takes(many(10))
            .takes(many_of_a_service(10)),
    ]
}

fn preflight() -> Rule {
    let any = |path| event(Method::Any, path).authorizer(jwt());
    rule("authorizer::preflight")
        .warns(AT, asked_first([any("/{proxy+}")]))
        .saying(
            "found an authorizer of the route `ANY /{proxy+}`, which turns preflight requests away, expected `OPTIONS` to be open in \
             `main`, which has `cors`",
            "write the methods out, such as `Method::Get`, or add an event of the path `/{proxy+}` with `Method::Options` and no authorizer",
        )
        .warns(AT, asked_first([any("*")]))
        .warns(AT, asked_first([event(Method::Options, "/users").authorizer(jwt())]))
        .warns(AT, asked_first([any("/users"), event(Method::Options, "/users/{id+}")]))
        .takes(asked_first([event(Method::Get, "/users").authorizer(jwt())]))
        .takes(asked_first([any("/users"), event(Method::Options, "/users")]))
        .takes(asked_first([any("/users"), any("*"), event(Method::Options, "/{proxy+}")]))
        .takes(asked_first([event(Method::Any, "/{proxy+}")]))
        .takes(routed(main(), [any("/{proxy+}")]))
}

fn of_pools() -> Vec<Rule> {
    let at = |key: &str| format!("{AT}.{key}");
    let source = "$request.header.X-Api-Key";
    vec![
        rule("authorizer::identity_source")
            .refuses(&at("identitySources[0]"), by_pool(|cognito| cognito.identity_source("$context.identity.sourceIp")))
            .refuses(&at("identitySources[0]"), by_pool(|cognito| cognito.identity_source("$stageVariables.token")))
            .takes(by_pool(|cognito| cognito.identity_source("$request.querystring.token"))),
        rule("authorizer::token_sources")
            .refuses(&at("identitySources"), by_pool(|cognito| cognito.identity_sources([source, "$request.querystring.token"])))
            .saying(
                "found 2 identity sources, expected one, at which the token stands",
                "write the place at which clients put the token, or leave it out for the header `Authorization`",
            )
            .takes(by_pool(|cognito| cognito.identity_source(source)))
            .takes(by_pool(|cognito| cognito.scope("openid"))),
        rule("reference::missing")
            .refuses(&at("userPoolName"), guarded(Authorizer::cognito(&UserAuthPool::builder("users").build())))
            .saying(
                "found a reference to the user-auth-pool `users`, which is not part of the stack, expected a resource that was added",
                "add it to the stack: `stack.add(users)`",
            )
            .takes(by_pool(|cognito| cognito)),
    ]
}
