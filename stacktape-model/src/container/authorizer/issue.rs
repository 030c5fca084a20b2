//! Mistakes in who may use a route.

/// Mistakes in who may use a route.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "authorizer")]
#[non_exhaustive]
pub enum AuthorizerIssue {
    /// API Gateway finds a provider's keys by HTTPS, below the issuer.
    #[error("found the issuer `{issuer}`, expected `https://` and a host")]
    #[issue(
        help = "write the issuer as the provider names it, for example `https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI`",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html"
    )]
    Issuer {
        /// What was found.
        issuer: String,
    },
    /// A token must be made for one of the audiences, so there is at least one.
    #[error("found no audience, expected at least one client for which tokens are made")]
    #[issue(
        help = "write the id of the client: `Authorizer::jwt(issuer, client_id)`",
        yaml = "write the id of the client: `audience: 1example23456789`",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html"
    )]
    NoAudience,
    /// API Gateway's limit of audiences.
    #[error("found {found} audiences, expected at most 50")]
    #[issue(
        help = "use another authorizer for some routes",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"
    )]
    TooManyAudiences {
        /// How many there are.
        found: usize,
    },
    /// API Gateway's limit of scopes.
    #[error("found {found} scopes, expected at most 10 for a route")]
    #[issue(
        help = "let the provider give a scope that stands for several",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"
    )]
    TooManyScopes {
        /// How many there are.
        found: usize,
    },
    /// API Gateway's spelling of a part of a request. A token stands in a header or in the query; a function takes more into account.
    #[error("found the identity source `{found}`, expected {expected} and a name")]
    #[issue(
        help = "write a part of the request such as `$request.header.Authorization`",
        docs = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html"
    )]
    IdentitySource {
        /// What was found.
        found: String,
        /// How such a source begins.
        expected: String,
    },
    /// A token stands at one place of a request.
    #[error("found {found} identity sources, expected one, at which the token stands")]
    #[issue(
        help = "write the place at which clients put the token, or leave it out for the header `Authorization`",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html"
    )]
    TokenSources {
        /// How many there are.
        found: usize,
    },
    /// A function is known by its ARN.
    #[error("found `{arn}`, expected the ARN of a function of AWS Lambda")]
    #[issue(
        help = "write an ARN such as `arn:aws:lambda:eu-west-1:123456789012:function:check-key`, or `.get_att(\"Arn\")` of a raw resource",
        yaml = "write an ARN such as `arn:aws:lambda:eu-west-1:123456789012:function:check-key`, or `$CfResourceParam('Id', 'Arn')`",
        docs = "https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html"
    )]
    FunctionArn {
        /// What was found.
        arn: String,
    },
    /// API Gateway remembers an answer for an hour at most.
    #[error("found an answer that counts for {found} s, expected 0 to 3600 s")]
    #[issue(
        help = "write `.cache_result_seconds(3600)` for the longest one",
        yaml = "write `cacheResultSeconds: 3600` for the longest one",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html"
    )]
    CacheSeconds {
        /// What was found.
        found: u16,
    },
    /// Without an identity, all requests would be alike, and get the first answer.
    #[error(
        "found an answer that counts for further requests, and no identity source, expected a part of the request by which it is found"
    )]
    #[issue(
        help = "call `.identity_source(\"$request.header.Authorization\")`, or leave out `.cache_result_seconds(..)`",
        yaml = "write `identitySources: ['$request.header.Authorization']`, or leave out `cacheResultSeconds`",
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html"
    )]
    CacheWithoutIdentity,
    /// Browsers ask first, by `OPTIONS` and without a token, whether a page of another origin may send a request.
    #[error(
        "found an authorizer of the route `{route}`, which turns preflight requests away, expected `OPTIONS` to be open in `{gateway}`, which has `cors`"
    )]
    #[issue(
        help = "write the methods out, such as `Method::Get`, or add an event of the path `/{{proxy+}}` with `Method::Options` and no authorizer",
        yaml = "write the methods out, such as `method: GET`, or add an event with `path: '/{{proxy+}}'`, `method: OPTIONS` and no authorizer",
        warning,
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html"
    )]
    Preflight {
        /// The route's key.
        route: String,
        /// The gateway.
        gateway: String,
    },
    /// API Gateway's quota of authorizers, which AWS raises on request.
    #[error("found {found} different authorizers of `{gateway}`, expected at most 10, API Gateway's quota")]
    #[issue(
        help = "use the same authorizer for several routes, or ask AWS for a higher quota",
        warning,
        docs = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"
    )]
    TooMany {
        /// How many there are.
        found: usize,
        /// The gateway.
        gateway: String,
    },
}
