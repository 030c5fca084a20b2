//! Who may use a route of an HTTP API.

mod cognito;
mod issue;

pub use cognito::{CognitoAuthorizer, CognitoAuthorizerBuilder, CognitoAuthorizerParts};
pub use issue::AuthorizerIssue;
use serde::ser::{Serialize, Serializer};
use stacktape_macros::model;

use crate::check::Check;
use crate::document::{Decode, Reader, Tagged, Tree, listed};
use crate::function::FunctionArn;
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;
use crate::text::Text;
use crate::user_auth_pool::UserAuthPool;

/// Who may use a route of an HTTP API. YAML: `authorizer`.
///
/// ```
/// use stacktape_model::container::{Authorizer, HttpApiEvent, Method};
/// use stacktape_model::http_api_gateway::HttpApiGateway;
/// let gateway = HttpApiGateway::builder("mainGateway").build();
/// let users = Authorizer::jwt("https://login.example.com", "1example23456789");
/// let event = HttpApiEvent::new(&gateway, Method::Get, "/users/{id}", 3000).authorizer(users);
/// ```
///
/// **Creates** one `AWS::ApiGatewayV2::Authorizer` for all routes of a gateway that have the same one, and for a function the permission
/// to call it. A change makes another one, to which the routes pass over without interruption.
///
/// # Browsers of other origins
///
/// API Gateway answers preflight requests of a gateway with [CORS](crate::http_api_gateway::HttpApiCors) itself, unless a route takes
/// the method `OPTIONS` and has an authorizer: preflight requests carry no token, so they are turned away. With `Method::Any`, a route
/// takes `OPTIONS` too, and a warning says so. Write the methods out (`Method::Get`, `Method::Post`), or add a route of `/{proxy+}` with
/// `Method::Options` and without an authorizer.
#[derive(Clone, Debug, PartialEq)]
pub enum Authorizer {
    /// Whoever brings a token of an identity provider. YAML: `jwt`, a type that Stacktape's own documents do not have.
    Jwt(JwtAuthorizer),
    /// Whomever a function lets pass. YAML: `lambda`.
    Lambda(LambdaAuthorizer),
    /// Whoever brings a token of a user pool of the stack. YAML: `cognito`.
    Cognito(CognitoAuthorizer),
}

const JWT: &str = "jwt";
const LAMBDA: &str = "lambda";
const COGNITO: &str = "cognito";

/// Lets pass whoever brings a JSON web token of an identity provider, such as a user pool of another stack. YAML: `jwt`.
///
/// API Gateway finds the provider's keys below the issuer. Without scopes it takes ID tokens as well as access tokens.
#[model]
pub struct JwtAuthorizer {
    /// `issuer`: the provider, as it stands in the claim `iss`, with `https://`. YAML: `issuer`.
    #[argument]
    pub(crate) issuer: Text,
    /// `audiences`: the clients for which tokens are made, of which one must stand in the claim `aud` or `client_id`; up to 50. YAML:
    /// `audience`, one or a list.
    #[argument]
    #[key("audience")]
    pub(crate) audiences: Vec<Text>,
    /// Scopes of which the token must have one, up to 10. They belong to the route: routes of other scopes share the authorizer. YAML:
    /// `scopes`, default: none. Changed in place.
    #[each(scope)]
    pub(crate) scopes: Vec<String>,
    /// Where the token stands in a request: a header or a parameter of the query. YAML: `identitySource`, default `$request.header.Authorization`.
    pub(crate) identity_source: Option<String>,
}

/// Lets pass whom a function of AWS Lambda lets pass. YAML: `lambda`.
///
/// ```
/// use stacktape_model::container::Authorizer;
/// let keys = Authorizer::lambda("arn:aws:lambda:eu-west-1:123456789012:function:check-key")
///     .identity_source("$request.header.X-Api-Key")
///     .cache_result_seconds(300);
/// ```
///
/// The function is called with the request in the payload format 2.0.
#[model]
pub struct LambdaAuthorizer {
    /// `function`: the ARN of a function of the stack, `function.arn()`, or of any other, or of an alias of it. YAML: `functionName`, the
    /// name of a function of the stack, or `functionArn`, a key that Stacktape's own documents do not have.
    #[argument]
    #[group]
    pub(crate) function: FunctionArn,
    /// Whether the function answers with an IAM policy, instead of `{"isAuthorized": true}`. YAML: `iamResponse`, default `false`.
    ///
    pub(crate) iam_response: bool,
    /// What a request must have; without all of it, it is turned away, and the function is not called. With a cache, requests that are
    /// alike in it get the same answer. YAML: `identitySources`, default: nothing.
    #[each(identity_source)]
    pub(crate) identity_sources: Vec<String>,
    /// For how many seconds an answer counts for further requests: 0 to 3600. YAML: `cacheResultSeconds`, default 0: for none.
    pub(crate) cache_result_seconds: Option<u16>,
}

impl Authorizer {
    /// Whoever brings a token of a user pool of the stack. YAML: `cognito`.
    ///
    /// ```
    /// use stacktape_model::container::Authorizer;
    /// use stacktape_model::user_auth_pool::UserAuthPool;
    /// let users = UserAuthPool::builder("users").build();
    /// let signed_in = Authorizer::cognito(&users);
    /// ```
    #[track_caller]
    pub fn cognito(pool: &UserAuthPool) -> CognitoAuthorizerBuilder {
        CognitoAuthorizer::builder(ResourceRef::new(pool.name(), ResourceKind::UserAuthPool))
    }

    /// Whoever brings a token that this issuer has made for this client. YAML: `jwt`.
    pub fn jwt(issuer: impl Into<Text>, audience: impl Into<Text>) -> JwtAuthorizerBuilder {
        JwtAuthorizer::builder(issuer, vec![audience.into()])
    }

    /// Whom a function lets pass: one of the stack, by its [`arn`](crate::function::Function::arn), or any other. YAML: `lambda`.
    ///
    /// ```
    /// use stacktape_model::container::Authorizer;
    /// use stacktape_model::function::{Function, Package, Runtime};
    /// let check_key = Function::builder("checkKey", Package::artifact("dist/check-key", "index:handler")).runtime(Runtime::NodeJs24).build();
    /// let keys = Authorizer::lambda(check_key.arn()).identity_source("$request.header.X-Api-Key");
    /// ```
    pub fn lambda(function: impl Into<FunctionArn>) -> LambdaAuthorizerBuilder {
        LambdaAuthorizer::builder(function)
    }

    /// Every text, and the key at which it stands.
    pub(crate) fn texts(&self) -> Vec<(&'static str, &Text)> {
        match self {
            Self::Jwt(jwt) => {
                std::iter::once(("issuer", &jwt.issuer)).chain(jwt.audiences.iter().map(|audience| ("audience", audience))).collect()
            }
            Self::Lambda(lambda) => vec![(lambda.function.key(), lambda.function.as_text())],
            // It names a pool, and nothing else.
            Self::Cognito(_) => Vec::new(),
        }
    }

    /// The authorizer without what belongs to the route, and without what says nothing: routes that have the same one share it.
    pub fn shared(&self) -> Self {
        match self {
            Self::Jwt(JwtAuthorizer { issuer, audiences, scopes: _, identity_source }) => Self::Jwt(JwtAuthorizer {
                issuer: issuer.clone(),
                audiences: each_once(audiences),
                scopes: Vec::new(),
                identity_source: identity_source.clone().filter(|source| source != TOKEN_SOURCE),
            }),
            Self::Lambda(LambdaAuthorizer { function, iam_response, identity_sources, cache_result_seconds }) => {
                Self::Lambda(LambdaAuthorizer {
                    function: function.clone(),
                    iam_response: *iam_response,
                    identity_sources: each_once(identity_sources),
                    cache_result_seconds: cache_result_seconds.filter(|seconds| *seconds > 0),
                })
            }
            Self::Cognito(CognitoAuthorizer { pool, scopes: _, identity_sources }) => Self::Cognito(CognitoAuthorizer {
                pool: pool.clone(),
                scopes: Vec::new(),
                identity_sources: identity_sources.iter().filter(|source| *source != TOKEN_SOURCE).cloned().collect(),
            }),
        }
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        match self {
            Self::Jwt(jwt) => jwt.check(at),
            Self::Lambda(lambda) => lambda.check(at),
            Self::Cognito(cognito) => cognito.check(at),
        }
    }
}

impl JwtAuthorizerBuilder {
    /// Takes tokens for this client as well. YAML: an entry of `audience`.
    pub fn audience(mut self, audience: impl Into<Text>) -> Self {
        self.audiences.get_or_insert_with(Vec::new).push(audience.into());
        self
    }
}

/// Where clients put a token.
const TOKEN_SOURCE: &str = "$request.header.Authorization";
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html>
const AUDIENCES_MAX: usize = 50;
const SCOPES_MAX: usize = 10;
/// <https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html>
const CACHE_SECONDS_MAX: u16 = 3600;

/// What stands there twice says nothing new.
fn each_once<T: Clone + PartialEq>(all: &[T]) -> Vec<T> {
    let new = all.iter().enumerate().filter(|(index, item)| !all[..*index].contains(item));
    new.map(|(_, item)| item.clone()).collect()
}

impl JwtAuthorizer {
    /// Where the token stands in a request.
    pub fn token_source(&self) -> &str {
        self.identity_source.as_deref().unwrap_or(TOKEN_SOURCE)
    }

    fn check(&self, at: &mut Check<'_>) {
        if let Some(issuer) = self.issuer.as_literal() {
            let host = issuer.strip_prefix("https://").and_then(|rest| rest.split('/').next()).unwrap_or_default();
            if host.is_empty() || issuer.contains(char::is_whitespace) {
                at.field("issuer").report(&AuthorizerIssue::Issuer { issuer: issuer.to_owned() });
            }
        }
        if self.audiences.iter().all(|audience| audience.as_literal() == Some("")) {
            at.field("audience").report(&AuthorizerIssue::NoAudience);
        }
        if self.audiences.len() > AUDIENCES_MAX {
            at.field("audience").report(&AuthorizerIssue::TooManyAudiences { found: self.audiences.len() });
        }
        check_scopes(&self.scopes, at);
        if let Some(source) = &self.identity_source {
            check_token_source(source, &mut at.field("identitySource"));
        }
    }
}

fn check_scopes(scopes: &[String], at: &mut Check<'_>) {
    if scopes.len() > SCOPES_MAX {
        at.field("scopes").report(&AuthorizerIssue::TooManyScopes { found: scopes.len() });
    }
}

impl LambdaAuthorizer {
    fn check(&self, at: &mut Check<'_>) {
        if let Some(arn) = self.function.as_text().as_literal().filter(|arn| !is_function_arn(arn)) {
            at.field("functionArn").report(&AuthorizerIssue::FunctionArn { arn: arn.to_owned() });
        }
        let prefixes = ["$request.header.", "$request.querystring.", "$context.", "$stageVariables."];
        at.field("identitySources").each(&self.identity_sources, |at, source| check_source(source, &prefixes, at));
        let found = self.cache_result_seconds.unwrap_or_default();
        if found > CACHE_SECONDS_MAX {
            at.field("cacheResultSeconds").report(&AuthorizerIssue::CacheSeconds { found });
        } else if found > 0 && self.identity_sources.is_empty() {
            at.field("cacheResultSeconds").report(&AuthorizerIssue::CacheWithoutIdentity);
        }
    }
}

/// `arn:partition:lambda:region:account:function:name`, with an alias or a version behind it where one is meant.
pub(crate) fn is_function_arn(arn: &str) -> bool {
    let parts: Vec<_> = arn.split(':').collect();
    let is_word = |part: &&str| !part.is_empty() && part.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_$.".contains(letter));
    matches!(parts.as_slice(), ["arn", _, "lambda", _, _, "function", _] | ["arn", _, "lambda", _, _, "function", _, _])
        && parts.iter().all(is_word)
}

/// A part of a request that a token stands in.
fn check_token_source(source: &str, at: &mut Check<'_>) {
    check_source(source, &["$request.header.", "$request.querystring."], at);
}

fn check_source(source: &str, prefixes: &[&str], at: &mut Check<'_>) {
    let name = prefixes.iter().find_map(|prefix| source.strip_prefix(prefix));
    if name.is_none_or(|name| name.is_empty() || name.contains([' ', ','])) {
        at.report(&AuthorizerIssue::IdentitySource { found: source.to_owned(), expected: listed(prefixes) });
    }
}

#[cfg(feature = "yaml")]
impl Decode for Authorizer {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        const TYPES: [&str; 3] = [JWT, LAMBDA, COGNITO];
        let (kind, properties) = at.tagged(tree, &TYPES)?;
        if kind == JWT {
            return JwtAuthorizer::decode(&properties, at).map(Self::Jwt);
        }
        if kind == COGNITO {
            return CognitoAuthorizer::decode(&properties, at).map(Self::Cognito);
        }
        LambdaAuthorizer::decode(&properties, at).map(Self::Lambda)
    }
}

impl Serialize for Authorizer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Jwt(properties) => Tagged { kind: JWT, properties }.serialize(serializer),
            Self::Lambda(properties) => Tagged { kind: LAMBDA, properties }.serialize(serializer),
            Self::Cognito(properties) => Tagged { kind: COGNITO, properties }.serialize(serializer),
        }
    }
}

macro_rules! from {
    ($($kind:ident: $authorizer:ident, $builder:ident;)*) => {$(
        impl From<$authorizer> for Authorizer {
            fn from(authorizer: $authorizer) -> Self {
                Self::$kind(authorizer)
            }
        }

        impl From<$builder> for Authorizer {
            fn from(builder: $builder) -> Self {
                Self::$kind(builder.build())
            }
        }
    )*};
}

from! {
    Jwt: JwtAuthorizer, JwtAuthorizerBuilder;
    Lambda: LambdaAuthorizer, LambdaAuthorizerBuilder;
    Cognito: CognitoAuthorizer, CognitoAuthorizerBuilder;
}
