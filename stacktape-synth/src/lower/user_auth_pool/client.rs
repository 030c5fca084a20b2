//! The client of a pool, and its secret.

use stacktape_model::removal_policy::RemovalPolicy;
use stacktape_model::user_auth_pool::{OAuthFlow, UserAuthPool, UserAuthPoolParts};

use crate::cfn::cognito::user_pool_client::{
    ExplicitAuthFlows, PreventUserExistenceErrors, TokenValidityUnits, TokenValidityUnitsAccessToken, TokenValidityUnitsIdToken,
    TokenValidityUnitsRefreshToken,
};
use crate::cfn::{Node, PropertyType, Value, cognito, secrets_manager};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::{once_each, removal, text};
use crate::plan::Plan;

const TOKEN_SECONDS: u32 = 3600;
const REFRESH_DAYS: u32 = 30;
const SCOPES: [&str; 3] = ["email", "openid", "profile"];
const CALLBACK: &str = "http://localhost:3000";

pub(super) fn lower(pool: &UserAuthPool, plan: &Plan<'_>, fragment: &mut Fragment) {
    let UserAuthPoolParts {
        name,
        access_token_validity_seconds,
        id_token_validity_seconds,
        refresh_token_validity_days,
        generate_client_secret,
        allow_only_external_identity_providers,
        identity_providers,
        ..
    } = pool.parts();
    let id = logical_id::user_pool_client(name);
    let own = (!allow_only_external_identity_providers).then(|| Node::literal("COGNITO"));
    let providers = own.into_iter().chain(identity_providers.iter().map(|provider| Node::Text(provider.name().to_owned().into())));
    // Cognito reads hours where no unit is said.
    let units = TokenValidityUnits::new()
        .access_token(TokenValidityUnitsAccessToken::Seconds)
        .id_token(TokenValidityUnitsIdToken::Seconds)
        .refresh_token(TokenValidityUnitsRefreshToken::Days);
    let client = cognito::UserPoolClient::new(logical_id::user_pool(name).reference())
        .access_token_validity(access_token_validity_seconds.unwrap_or(TOKEN_SECONDS))
        .explicit_auth_flows([
            ExplicitAuthFlows::AllowAdminUserPasswordAuth,
            ExplicitAuthFlows::AllowCustomAuth,
            ExplicitAuthFlows::AllowUserPasswordAuth,
            ExplicitAuthFlows::AllowUserSrpAuth,
            ExplicitAuthFlows::AllowRefreshTokenAuth,
        ])
        .generate_secret(*generate_client_secret)
        .id_token_validity(id_token_validity_seconds.unwrap_or(TOKEN_SECONDS))
        .prevent_user_existence_errors(PreventUserExistenceErrors::Enabled)
        .refresh_token_validity(refresh_token_validity_days.unwrap_or(REFRESH_DAYS))
        .supported_identity_providers(Value::from_node(Node::list(providers)))
        .token_validity_units(units);
    let rendered = fragment.add(&id, with_pages(client, pool, plan));
    for provider in identity_providers {
        // The client names it.
        rendered.depends_on(&logical_id::identity_provider(name, provider));
    }
    if *generate_client_secret {
        // From where ECS and Batch hand it to containers.
        let secret = secrets_manager::Secret::new().secret_string(id.att_client_secret()).tags(plan.tags.list());
        // It is made anew with the client, whatever becomes of the pool.
        fragment.add(&logical_id::client_secret(name), secret).on_removal(removal(RemovalPolicy::Delete));
    }
}

/// Without flows, Cognito shows no pages and gives no tokens by OAuth 2.0.
fn with_pages(client: cognito::UserPoolClient, pool: &UserAuthPool, plan: &Plan<'_>) -> cognito::UserPoolClient {
    if !pool.has_hosted_ui() {
        return client.allowed_oauth_flows_user_pool_client(false);
    }
    let UserAuthPoolParts { allowed_oauth_flows, allowed_oauth_scopes, callback_urls, logout_urls, .. } = pool.parts();
    let flows = if allowed_oauth_flows.is_empty() { &OAuthFlow::ALL[..] } else { allowed_oauth_flows };
    let flows = once_each(flows).into_iter().map(|flow| Node::literal(flow.as_str()));
    let scopes = if allowed_oauth_scopes.is_empty() { SCOPES.map(str::to_owned).into() } else { once_each(allowed_oauth_scopes) };
    let urls = |urls| -> Vec<_> { once_each(urls).iter().map(|url| text::lower(url, plan.stack)).collect() };
    let callbacks = if callback_urls.is_empty() { vec![CALLBACK.into()] } else { urls(callback_urls) };
    client
        .allowed_oauth_flows(Value::from_node(Node::list(flows)))
        .allowed_oauth_flows_user_pool_client(true)
        .allowed_oauth_scopes(scopes)
        .callback_urls(callbacks)
        .set_some((!logout_urls.is_empty()).then(|| urls(logout_urls)), cognito::UserPoolClient::logout_urls)
}
