//! Others that know who somebody is.

use stacktape_model::table::Table;
use stacktape_model::user_auth_pool::{IdentityProvider, IdentityProviderParts, ProviderDetail, ProviderType};

use crate::cfn::{Node, Value, cognito};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::text;
use crate::plan::{Plan, SecretValue};

pub(super) fn lower(pool: &str, provider: &IdentityProvider, plan: &Plan<'_>, fragment: &mut Fragment) {
    // No `..`: a new field of the model must not compile until it is lowered here.
    let IdentityProviderParts {
        kind,
        provider_name: _, // `name` knows the default
        client_id,
        client_secret,
        attribute_mapping,
        authorize_scopes,
        provider_details,
    } = provider.parts();
    let mut details: Table<&str, Node> = Table::new();
    if let Some(id) = client_id {
        details.insert("client_id", text::lower(id, plan.stack).into_node());
    }
    if let Some(secret) = client_secret {
        details.insert("client_secret", SecretValue::dynamic_reference(secret).into_node());
    }
    if let Some(scopes) = scopes(*kind, authorize_scopes) {
        details.insert("authorize_scopes", Node::Text(scopes.into()));
    }
    if *kind == ProviderType::Oidc {
        details.insert("attributes_request_method", Node::literal("GET"));
    }
    for (key, detail) in provider_details {
        let detail = match detail {
            ProviderDetail::Text(value) => text::lower(value, plan.stack),
            ProviderDetail::Secret(secret) => SecretValue::dynamic_reference(secret),
        };
        details.insert(key, detail.into_node());
    }
    let details = Node::object(details.into_iter().map(|(key, value)| (key.to_owned(), value)));
    let mapping = if attribute_mapping.is_empty() {
        Node::object([("email", Node::literal("email"))])
    } else {
        Node::object(attribute_mapping.iter().map(|(key, value)| (key.clone(), Node::Text(value.clone().into()))))
    };
    let resource = cognito::UserPoolIdentityProvider::new(
        Value::from_node(details),
        provider.name().to_owned(),
        Value::from_node(Node::literal(kind.as_str())),
        logical_id::user_pool(pool).reference(),
    )
    .attribute_mapping(Value::from_node(mapping));
    fragment.add(&logical_id::identity_provider(pool, provider), resource);
}

/// What is asked of a provider. Those of SAML are not asked, and Apple says by itself what it gives.
fn scopes(of: ProviderType, scopes: &[String]) -> Option<String> {
    let (default, between) = match of {
        ProviderType::Facebook => ("public_profile,email", ","),
        ProviderType::Google => ("profile email openid", " "),
        ProviderType::LoginWithAmazon => ("profile postal_code", " "),
        ProviderType::Oidc => ("email profile openid", " "),
        ProviderType::Saml | ProviderType::SignInWithApple => ("", " "),
    };
    let scopes = if scopes.is_empty() { default.to_owned() } else { scopes.join(between) };
    (!scopes.is_empty()).then_some(scopes)
}
