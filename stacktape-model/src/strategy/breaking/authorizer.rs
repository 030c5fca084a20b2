//! Mistakes in who may use routes.

use super::event::{EVENTS, event, gateway, routed};
use super::planting::{Mistake, Planting};
use crate::container::{Authorizer, JwtAuthorizer, JwtAuthorizerBuilder, LambdaAuthorizerBuilder, Method};
use crate::http_api_gateway::{HttpApiCors, HttpApiGateway};
use crate::text::Text;
use crate::user_auth_pool::UserAuthPool;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("authorizer::issuer", |planting| {
        let issuer = planting.one(&["http://login.example.com", "login.example.com", "https://", "https:///x", "https://a b", ""]);
        guarded(planting, Authorizer::jwt(issuer, "web"), "issuer")
    }),
    Mistake::anywhere("authorizer::no_audience", |planting| {
        let audiences: Vec<Text> = planting.one(&[vec![], vec!["".into()], vec!["".into(), "".into()]]);
        guarded(planting, JwtAuthorizer::builder("https://login.example.com", audiences), "audience")
    }),
    Mistake::anywhere("authorizer::too_many_audiences", |planting| {
        let number = planting.one(&[50, 100]);
        guarded(planting, (0..number).fold(jwt(), |jwt, index| jwt.audience(format!("client{index}"))), "audience")
    }),
    Mistake::anywhere("authorizer::too_many_scopes", |planting| {
        let number = planting.one(&[11, 50]);
        guarded(planting, jwt().scopes((0..number).map(|index| format!("scope{index}"))), "scopes")
    }),
    Mistake::anywhere("authorizer::identity_source", |planting| {
        if planting.one(&[true, false]) {
            let source = planting.one(&["Authorization", "$request.header.", "$context.identity.sourceIp", "$stageVariables.token", ""]);
            guarded(planting, jwt().identity_source(source), "identitySource")
        } else {
            let source = planting.one(&["Authorization", "method.request.header.Auth", "$request.header.", "$request.body.token", ""]);
            guarded(planting, lambda().identity_source(source), "identitySources[0]")
        }
    }),
    Mistake::anywhere("authorizer::token_sources", |planting| {
        let users = UserAuthPool::builder("plantedUsers").build();
        let second = planting.one(&["$request.querystring.token", "$request.header.Authorization"]);
        let authorizer = Authorizer::cognito(&users).identity_sources(["$request.header.Token", second]);
        planting.stack.add(users);
        guarded(planting, authorizer, "identitySources")
    }),
    Mistake::anywhere("authorizer::function_arn", |planting| {
        let arn = planting.one(&["checkKey", "arn:aws:lambda:eu-west-1:123456789012:layer:keys:1", "arn:aws:s3:::function", ""]);
        guarded(planting, Authorizer::lambda(arn), "functionArn")
    }),
    Mistake::anywhere("authorizer::cache_seconds", |planting| {
        let seconds = planting.one(&[3601, u16::MAX]);
        guarded(planting, lambda().identity_source("$request.header.Key").cache_result_seconds(seconds), "cacheResultSeconds")
    }),
    Mistake::anywhere("authorizer::cache_without_identity", |planting| {
        let seconds = planting.one(&[1, 3600]);
        guarded(planting, lambda().cache_result_seconds(seconds), "cacheResultSeconds")
    }),
    Mistake::anywhere("authorizer::preflight", |planting| {
        let gateway = HttpApiGateway::builder("plantedGateway").cors(HttpApiCors::builder()).build();
        let (method, path) = planting.one(&[(Method::Any, "/{proxy+}"), (Method::Any, "*"), (Method::Options, "/users/{id}")]);
        let closed = event(&gateway, method, path, 80).authorizer(jwt());
        let elsewhere = event(&gateway, Method::Options, "/elsewhere", 80);
        routed(planting, gateway, [closed, elsewhere]);
        EVENTS.to_owned() + "[0].authorizer"
    }),
    Mistake::anywhere("authorizer::too_many", |planting| {
        let (gateway, number) = (gateway(), planting.one(&[11, 20]));
        let each = (0..number).map(|index| {
            let authorizer = Authorizer::jwt("https://login.example.com", format!("client{index}"));
            event(&gateway, Method::Get, &format!("/{index}"), 80).authorizer(authorizer)
        });
        routed(planting, gateway.clone(), each.collect::<Vec<_>>());
        "resources.plantedGateway".to_owned()
    }),
];

fn jwt() -> JwtAuthorizerBuilder {
    Authorizer::jwt("https://login.example.com", "web")
}

fn lambda() -> LambdaAuthorizerBuilder {
    Authorizer::lambda("arn:aws:lambda:eu-west-1:123456789012:function:check-key")
}

/// Adds a route with this authorizer; the path is that of a key of it.
fn guarded(planting: &mut Planting<'_>, authorizer: impl Into<Authorizer>, key: &str) -> String {
    let gateway = gateway();
    let closed = event(&gateway, Method::Get, "/closed", 80).authorizer(authorizer);
    routed(planting, gateway, [closed]);
    format!("{EVENTS}[0].authorizer.{key}")
}
