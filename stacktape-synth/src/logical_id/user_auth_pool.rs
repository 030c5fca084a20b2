//! Ids of what a user pool needs several of.

use stacktape_model::text::Text;
use stacktape_model::user_auth_pool::IdentityProvider;

use super::{hashed, named};
use crate::cfn::{self, Id};

/// An identity provider of a user pool, which has each name once.
pub(crate) fn identity_provider(pool: &str, provider: &IdentityProvider) -> Id<cfn::cognito::UserPoolIdentityProvider> {
    hashed(format!("{}{}IdentityProvider", named(pool), provider.parts().kind.as_str()), &[pool, provider.name()])
}

/// The permission of a user pool to call a function among its hooks.
pub(crate) fn hook_permission(pool: &str, function_arn: &Text) -> Id<cfn::lambda::Permission> {
    hashed(format!("{}HookPermission", named(pool)), &[pool, &serde_json::json!(function_arn).to_string()])
}
