//! Ids of what a user pool needs several of.

use stacktape_model::text::Text;
use stacktape_model::user_auth_pool::ProviderType;

use super::{hashed, named};
use crate::cfn::{self, Id};

/// An identity provider of a user pool, which has one of each type.
pub(crate) fn identity_provider(pool: &str, kind: ProviderType) -> Id<cfn::cognito::UserPoolIdentityProvider> {
    hashed(format!("{}{}IdentityProvider", named(pool), kind.as_str()), &[pool, kind.as_str()])
}

/// The permission of a user pool to call a function among its hooks.
pub(crate) fn hook_permission(pool: &str, function_arn: &Text) -> Id<cfn::lambda::Permission> {
    hashed(format!("{}HookPermission", named(pool)), &[pool, &serde_json::json!(function_arn).to_string()])
}
