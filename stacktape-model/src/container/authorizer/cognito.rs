//! Whoever brings a token of a user pool of the stack. YAML: `cognito`.

use stacktape_macros::model;

use super::{AuthorizerIssue, TOKEN_SOURCE, check_scopes, check_token_source};
use crate::check::Check;
use crate::document::{Fields, Reader};
use crate::reference::ResourceRef;
use crate::resource::ResourceKind;

/// Lets pass whoever brings a token of a user pool of the stack. YAML: `cognito`.
///
/// Tokens of the pool's own client count: without scopes, ID tokens as well as access tokens.
#[model]
pub struct CognitoAuthorizer {
    /// `pool`: the user pool. YAML: `userPoolName`.
    #[argument]
    #[read_by(read_pool)]
    #[key("userPoolName")]
    pub(crate) pool: ResourceRef,
    /// Scopes of which the token must have one, up to 10. They belong to the route: routes of other scopes share the authorizer. YAML:
    /// `scopes`, a key that Stacktape's own documents do not have, default: none. Changed in place.
    #[each(scope)]
    pub(crate) scopes: Vec<String>,
    /// Where the token stands in a request: one header or one parameter of the query. YAML: `identitySources`, default `$request.header.Authorization`.
    #[each(identity_source)]
    pub(crate) identity_sources: Vec<String>,
}

#[cfg(feature = "yaml")]
#[inline]
fn read_pool(fields: &Fields<'_>, at: &mut Reader<'_>) -> Option<ResourceRef> {
    fields.reference("userPoolName", ResourceKind::UserAuthPool, at)
}

impl CognitoAuthorizer {
    /// Where the token stands in a request.
    pub fn token_source(&self) -> &str {
        self.identity_sources.first().map_or(TOKEN_SOURCE, String::as_str)
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        check_scopes(&self.scopes, at);
        let mut at = at.field("identitySources");
        if self.identity_sources.len() > 1 {
            at.report(&AuthorizerIssue::TokenSources { found: self.identity_sources.len() });
        }
        at.each(&self.identity_sources, |at, source| check_token_source(source, at));
    }
}
