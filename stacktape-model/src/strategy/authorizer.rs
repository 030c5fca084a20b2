//! Who may use routes of HTTP APIs.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::surroundings::{Later, pick};
use crate::container::{Authorizer, JwtAuthorizer, LambdaAuthorizer};
use crate::function::Function;
use crate::resource::ResourceType;
use crate::text::{Fact, Text};
use crate::user_auth_pool::UserAuthPool;

/// Authorizers of every kind, some by functions and user pools that are around.
pub(super) fn authorizer_later() -> BoxedStrategy<Later<Authorizer>> {
    (authorizer(), option::of(any::<Index>()))
        .prop_map(|(authorizer, function)| {
            Later::new(move |around| {
                let functions: Vec<_> = around.resources.iter().filter_map(Function::of).collect();
                let pools: Vec<_> = around.resources.iter().filter_map(UserAuthPool::of).collect();
                if let (Authorizer::Jwt(JwtAuthorizer { scopes, identity_source, .. }), Some(pool)) =
                    (&authorizer, function.and_then(|index| pick(index, &pools)))
                {
                    return Authorizer::cognito(pool).scopes(scopes.clone()).identity_sources(identity_source.clone()).into();
                }
                match (authorizer.clone(), function.and_then(|index| pick(index, &functions))) {
                    (Authorizer::Lambda(lambda), Some(function)) => {
                        Authorizer::Lambda(LambdaAuthorizer { function: function.arn().into(), ..lambda })
                    }
                    (authorizer, _) => authorizer,
                }
            })
        })
        .boxed()
}

/// Authorizers of both kinds with any of their properties. Shrinks to one of an identity provider.
pub fn authorizer() -> impl Strategy<Value = Authorizer> {
    const SOURCES: [&str; 5] = [
        "$request.header.X-Api-Key",
        "$request.querystring.token",
        "$context.identity.sourceIp",
        "$stageVariables.realm",
        "$request.header.Authorization",
    ];
    let issuer = prop_oneof![
        Just(Text::from("https://login.example.com/")),
        Just(Text::joined(["https://cognito-idp.".into(), Fact::Region.into(), ".amazonaws.com/eu-west-1_AbCdEfGhI".into()])),
    ];
    let jwt = (
        issuer,
        vec(select(vec!["web", "phone"]), 1..3),
        subsequence(vec!["read", "photos/write"], 0..=2),
        option::of(select(&SOURCES[..2])),
    )
        .prop_map(|(issuer, audiences, scopes, source)| {
            let jwt = JwtAuthorizer::builder(issuer, audiences.into_iter().map(Text::from).collect::<Vec<_>>()).scopes(scopes);
            if let Some(source) = source { jwt.identity_source(source).into() } else { jwt.into() }
        });
    let arn = prop_oneof![
        Just(Text::from("arn:aws:lambda:eu-west-1:123456789012:function:check-key:live")),
        Just(Text::joined([
            "arn:".into(),
            Fact::Partition.into(),
            ":lambda:".into(),
            Fact::Region.into(),
            ":".into(),
            Fact::AccountId.into(),
            ":function:check_key".into(),
        ])),
    ];
    let lambda = (arn, any::<bool>(), subsequence(SOURCES.to_vec(), 0..=5), option::of(prop_oneof![Just(0_u16), 1..=3600_u16])).prop_map(
        |(arn, iam_response, sources, seconds)| {
            let seconds = seconds.filter(|seconds| *seconds == 0 || !sources.is_empty());
            let lambda = LambdaAuthorizer::builder(arn).iam_response(iam_response).identity_sources(sources);
            if let Some(seconds) = seconds { lambda.cache_result_seconds(seconds).into() } else { lambda.into() }
        },
    );
    prop_oneof![jwt, lambda]
}
