//! Functions that Cognito calls on the way.

use stacktape_model::text::Text;
use stacktape_model::user_auth_pool::{UserPoolHooks, UserPoolHooksParts};

use crate::cfn::cognito::user_pool::LambdaConfig;
use crate::cfn::{PropertyType, Value, lambda};
use crate::fragment::Fragment;
use crate::logical_id;
use crate::lower::text;
use crate::plan::Plan;

pub(super) fn config(hooks: &UserPoolHooks, plan: &Plan<'_>) -> Option<LambdaConfig> {
    if hooks.functions().is_empty() {
        return None;
    }
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
    } = hooks.parts();
    // Spelt out, lest a pool and a function that is connected to it are a circle.
    let arn = |function: &Option<Text>| -> Option<Value<String>> { function.as_ref().map(|arn| text::told(arn, plan.stack)) };
    Some(
        LambdaConfig::new()
            .set_some(arn(create_auth_challenge), LambdaConfig::create_auth_challenge)
            .set_some(arn(custom_message), LambdaConfig::custom_message)
            .set_some(arn(define_auth_challenge), LambdaConfig::define_auth_challenge)
            .set_some(arn(post_authentication), LambdaConfig::post_authentication)
            .set_some(arn(post_confirmation), LambdaConfig::post_confirmation)
            .set_some(arn(pre_authentication), LambdaConfig::pre_authentication)
            .set_some(arn(pre_sign_up), LambdaConfig::pre_sign_up)
            .set_some(arn(pre_token_generation), LambdaConfig::pre_token_generation)
            .set_some(arn(user_migration), LambdaConfig::user_migration)
            .set_some(arn(verify_auth_challenge_response), LambdaConfig::verify_auth_challenge_response),
    )
}

/// Lets the pool call its functions, each by one permission.
pub(super) fn permit(pool: &str, hooks: &UserPoolHooks, plan: &Plan<'_>, fragment: &mut Fragment) {
    let mut callable = Vec::new();
    for (_, arn) in hooks.functions() {
        if callable.contains(&arn) {
            continue;
        }
        callable.push(arn);
        let permission = lambda::Permission::new("lambda:InvokeFunction", text::lower(arn, plan.stack), "cognito-idp.amazonaws.com");
        fragment.add(&logical_id::hook_permission(pool, arn), permission.source_arn(logical_id::user_pool(pool).att_arn()));
    }
}
