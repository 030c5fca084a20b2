//! Functions that Cognito calls on the way.

use stacktape_macros::model;

use super::UserAuthPoolIssue;
use crate::check::Check;
use crate::container::is_function_arn;
use crate::document::{Decode, Reader, Tree, spelling};
use crate::function::FunctionParam;
use crate::text::{Param, Text};

/// Functions that Cognito calls on the way: each the ARN of one, `function.arn()`, or of any other. YAML: `hooks`.
///
/// ```
/// use stacktape_model::function::{Function, Package, Runtime};
/// use stacktape_model::user_auth_pool::{UserAuthPool, UserPoolHooks};
/// let welcome = Function::builder("welcome", Package::artifact("dist/welcome", "index:handler")).runtime(Runtime::NodeJs24).build();
/// let users = UserAuthPool::builder("users").hooks(UserPoolHooks::builder().post_confirmation(welcome.arn()));
/// ```
///
/// A function may be connected to the pool that calls it. Each gets five seconds to answer.
#[model]
pub struct UserPoolHooks {
    /// Writes a message. YAML: `customMessage`.
    pub(crate) custom_message: Option<Text>,
    /// Called when somebody has signed in. YAML: `postAuthentication`.
    pub(crate) post_authentication: Option<Text>,
    /// Called when somebody who has signed up is confirmed. YAML: `postConfirmation`.
    pub(crate) post_confirmation: Option<Text>,
    /// Says whether somebody may sign in. YAML: `preAuthentication`.
    pub(crate) pre_authentication: Option<Text>,
    /// Says whether somebody may sign up. YAML: `preSignUp`.
    pub(crate) pre_sign_up: Option<Text>,
    /// Changes the claims of a token. YAML: `preTokenGeneration`.
    pub(crate) pre_token_generation: Option<Text>,
    /// Finds somebody in another directory who is not in the pool yet. YAML: `userMigration`.
    pub(crate) user_migration: Option<Text>,
    /// Makes a challenge of your own. YAML: `createAuthChallenge`.
    pub(crate) create_auth_challenge: Option<Text>,
    /// Says which challenge comes next. YAML: `defineAuthChallenge`.
    pub(crate) define_auth_challenge: Option<Text>,
    /// Says whether an answer is right. YAML: `verifyAuthChallengeResponse`.
    pub(crate) verify_auth_challenge_response: Option<Text>,
}

// Boxed in a pool, lest every resource is as large as ten texts.
impl From<UserPoolHooksBuilder> for Box<UserPoolHooks> {
    fn from(builder: UserPoolHooksBuilder) -> Self {
        Self::new(builder.build())
    }
}

#[cfg(feature = "yaml")]
impl Decode for Box<UserPoolHooks> {
    #[inline]
    fn decode(tree: &Tree, at: &mut Reader<'_>) -> Option<Self> {
        UserPoolHooks::decode(tree, at).map(Self::new)
    }
}

impl UserPoolHooks {
    /// The functions that are called, and the keys at which they stand.
    pub fn functions(&self) -> Vec<(&'static str, &Text)> {
        // No `..`: a new hook must be checked, lowered and permitted.
        let UserPoolHooksParts {
            custom_message,
            post_authentication,
            post_confirmation,
            pre_authentication,
            pre_sign_up,
            pre_token_generation,
            user_migration,
            create_auth_challenge,
            define_auth_challenge,
            verify_auth_challenge_response,
        } = self.parts();
        let all = [
            ("customMessage", custom_message),
            ("postAuthentication", post_authentication),
            ("postConfirmation", post_confirmation),
            ("preAuthentication", pre_authentication),
            ("preSignUp", pre_sign_up),
            ("preTokenGeneration", pre_token_generation),
            ("userMigration", user_migration),
            ("createAuthChallenge", create_auth_challenge),
            ("defineAuthChallenge", define_auth_challenge),
            ("verifyAuthChallengeResponse", verify_auth_challenge_response),
        ];
        all.into_iter().filter_map(|(key, function)| Some((key, function.as_ref()?))).collect()
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        for (key, arn) in self.functions() {
            if !arn.may_be(Param::Function(FunctionParam::Arn), is_function_arn) {
                at.field(key).report(&UserAuthPoolIssue::HookArn { found: spelling::of_text(arn) });
            }
        }
    }
}
