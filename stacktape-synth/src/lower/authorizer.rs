//! Authorizers of the routes of an HTTP API.

use stacktape_model::container::{
    Authorizer, CognitoAuthorizer, CognitoAuthorizerParts, JwtAuthorizer, JwtAuthorizerParts, LambdaAuthorizer, LambdaAuthorizerParts,
};

use crate::cfn::api_gateway_v2 as api;
use crate::cfn::{Id, PropertyType, Pseudo, Value, concat, lambda, sub};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{once_each, text};
use crate::plan::{Plan, RouteAuthorizer};

/// Lowers the authorizers of a gateway, and lets it call their functions.
pub(super) fn lower(gateway: &str, authorizers: &[(Id<api::Authorizer>, Authorizer)], plan: &Plan<'_>, fragment: &mut Fragment) {
    let http_api = logical_id::http_api(gateway);
    let mut callable = Vec::new();
    for (id, authorizer) in authorizers {
        // People see the name in the console; it need not be the only one.
        let resource = |kind: &'static str| api::Authorizer::new(http_api.reference(), kind, id.logical_id().as_str().to_owned());
        fragment.add(
            id,
            match authorizer {
                Authorizer::Jwt(jwt) => lower_jwt(jwt, resource("JWT"), plan),
                Authorizer::Cognito(cognito) => lower_cognito(cognito, resource("JWT")),
                Authorizer::Lambda(lambda) => {
                    let arn = lambda.parts().function.as_text();
                    if !callable.contains(&arn) {
                        callable.push(arn);
                    }
                    lower_lambda(lambda, resource("REQUEST"), plan)
                }
            },
        );
    }
    for arn in callable {
        // All authorizers of this API, so that one permission is enough for a function.
        let source = format!(
            "arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:${{{}}}/authorizers/*",
            http_api.logical_id()
        );
        let permission = lambda::Permission::new("lambda:InvokeFunction", text::lower(arn, plan.stack), "apigateway.amazonaws.com");
        fragment.add(&logical_id::authorizer_permission(gateway, arn), permission.source_arn(sub(source)));
    }
}

fn lower_jwt(jwt: &JwtAuthorizer, resource: api::Authorizer, plan: &Plan<'_>) -> api::Authorizer {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let JwtAuthorizerParts { issuer, audiences, scopes: _, identity_source: _ } = jwt.parts();
    let audiences: Vec<_> = audiences.iter().map(|audience| text::lower(audience, plan.stack)).collect();
    resource
        .identity_source(vec![jwt.token_source().to_owned()])
        .jwt_configuration(api::authorizer::JwtConfiguration::new().audience(audiences).issuer(text::lower(issuer, plan.stack)))
}

/// Tokens of a pool are made by the pool, for its client.
fn lower_cognito(cognito: &CognitoAuthorizer, resource: api::Authorizer) -> api::Authorizer {
    let CognitoAuthorizerParts { pool, scopes: _, identity_sources: _ } = cognito.parts();
    let (id, client) = (logical_id::user_pool(&pool.name), logical_id::user_pool_client(&pool.name));
    let issuer = sub(format!("https://cognito-idp.${{AWS::Region}}.${{AWS::URLSuffix}}/${{{}}}", id.logical_id()));
    resource
        .identity_source(vec![cognito.token_source().to_owned()])
        .jwt_configuration(api::authorizer::JwtConfiguration::new().audience(vec![client.reference()]).issuer(issuer))
}

fn lower_lambda(authorizer: &LambdaAuthorizer, resource: api::Authorizer, plan: &Plan<'_>) -> api::Authorizer {
    let LambdaAuthorizerParts { function, iam_response, identity_sources, cache_result_seconds } = authorizer.parts();
    let invocations: [Value<String>; 7] = [
        "arn:".into(),
        Pseudo::Partition.into(),
        ":apigateway:".into(),
        Pseudo::Region.into(),
        ":lambda:path/2015-03-31/functions/".into(),
        text::lower(function.as_text(), plan.stack),
        "/invocations".into(),
    ];
    resource
        .authorizer_payload_format_version("2.0")
        .authorizer_result_ttl_in_seconds(cache_result_seconds.unwrap_or_default())
        .authorizer_uri(concat(invocations))
        .enable_simple_responses(!iam_response)
        .set_some((!identity_sources.is_empty()).then(|| identity_sources.clone()), api::Authorizer::identity_source)
}

/// The route for those whom its authorizer lets pass.
pub(super) fn guard(route: api::Route, authorizer: &RouteAuthorizer<'_>) -> api::Route {
    let route = route.authorizer_id(authorizer.id.reference());
    let scopes = match authorizer.of {
        Authorizer::Jwt(jwt) => jwt.parts().scopes,
        Authorizer::Cognito(cognito) => cognito.parts().scopes,
        Authorizer::Lambda(_) => return route.authorization_type("CUSTOM"),
    };
    route.authorization_type("JWT").set_some((!scopes.is_empty()).then(|| once_each(scopes)), api::Route::authorization_scopes)
}
