//! Where the pages of a pool are, and how they look.

use stacktape_model::custom_domain::CustomDomain;
use stacktape_model::stack::ValidStack;
use stacktape_model::user_auth_pool::{UserAuthPool, UserAuthPoolParts, reserved_word};

use crate::cfn::cognito::user_pool_domain::CustomDomainConfigType;
use crate::cfn::{PropertyType, Value, cognito, sub};
use crate::fragment::Fragment;
use crate::lower::custom_domain::{self, Alias, Certificate};
use crate::plan::Plan;
use crate::{hash, logical_id, physical_name};

/// Cognito's longest beginning of a domain.
const PREFIX_MAX: usize = 63;
/// A dash and the id of an account.
const ACCOUNT: usize = 13;
/// The hosted zone of every distribution of `CloudFront`.
/// <https://docs.aws.amazon.com/Route53/latest/APIReference/API_AliasTarget.html>
const CLOUD_FRONT_ZONE: &str = "Z2FDTNDATAQYW2";
/// The pages that a style sheet is for; later ones have an editor instead.
const CLASSIC_PAGES: u16 = 1;

pub(super) fn lower(pool: &UserAuthPool, plan: &Plan<'_>, fragment: &mut Fragment) {
    let UserAuthPoolParts { name, hosted_ui_domain_prefix, hosted_ui_css, custom_domain, .. } = pool.parts();
    let (id, client) = (logical_id::user_pool(name), logical_id::user_pool_client(name));
    let mut domains = Vec::new();
    if custom_domain.is_none() || hosted_ui_domain_prefix.is_some() {
        let domain = cognito::UserPoolDomain::new(prefix(pool, plan.stack), id.reference()).managed_login_version(CLASSIC_PAGES);
        let domain_id = logical_id::user_pool_domain(name);
        fragment.add(&domain_id, domain);
        domains.push(domain_id);
    }
    if let Some(domain) = custom_domain {
        lower_custom(name, domain, plan, fragment);
        domains.push(logical_id::user_pool_custom_domain(name));
    }
    if let Some(css) = hosted_ui_css {
        let style = cognito::UserPoolUiCustomizationAttachment::new(client.reference(), id.reference()).css(css.clone());
        let rendered = fragment.add(&logical_id::user_pool_style(name), style);
        // Cognito refuses a style for pages that are nowhere.
        for domain in &domains {
            rendered.depends_on(domain);
        }
    }
}

fn lower_custom(pool: &str, domain: &CustomDomain, plan: &Plan<'_>, fragment: &mut Fragment) {
    let id = logical_id::user_pool_custom_domain(pool);
    let certificate = Certificate::of(pool, domain, plan, fragment).map(|certificate| certificate.arn);
    let config = CustomDomainConfigType::new().set_some(certificate, CustomDomainConfigType::certificate_arn);
    let resource = cognito::UserPoolDomain::new(domain.name(), logical_id::user_pool(pool).reference())
        .custom_domain_config(config)
        .managed_login_version(CLASSIC_PAGES);
    fragment.add(&id, resource);
    let alias = Alias { dns_name: id.att_cloud_front_distribution(), hosted_zone_id: CLOUD_FRONT_ZONE.into() };
    custom_domain::lower_record(pool, domain, alias, plan, fragment);
}

/// With what the domain of Cognito begins.
fn prefix(pool: &UserAuthPool, stack: &ValidStack) -> Value<String> {
    match pool.parts().hosted_ui_domain_prefix {
        Some(prefix) => prefix.clone().into(),
        None => sub(own_prefix_in_account(pool, stack)),
    }
}

/// What it begins with where the user says nothing, as `Fn::Sub` takes it: names that nobody else in the region has.
fn own_prefix_in_account(pool: &UserAuthPool, stack: &ValidStack) -> String {
    format!("{}-${{AWS::AccountId}}", own_prefix(stack.name(), pool.name()))
}

/// Names in small letters, told apart by a hash where that is needed.
fn own_prefix(stack: &str, pool: &str) -> String {
    const HASH: usize = 8;
    let limit = PREFIX_MAX - ACCOUNT;
    let named = format!("{stack}-{pool}");
    let lower = named.to_lowercase();
    let hash = hash::short(&named, HASH);
    if reserved_word(&lower).is_some() {
        format!("users-{hash}")
    } else if lower == named {
        physical_name::cut(lower, limit)
    } else {
        format!("{}-{hash}", lower.chars().take(limit - HASH - 1).collect::<String>().trim_end_matches('-'))
    }
}

/// The domain of a pool's pages.
pub(super) fn name(pool: &UserAuthPool, stack: &ValidStack) -> Value<String> {
    let UserAuthPoolParts { hosted_ui_domain_prefix, custom_domain, .. } = pool.parts();
    if let Some(domain) = custom_domain {
        return domain.name().into();
    }
    let prefix = hosted_ui_domain_prefix.clone().unwrap_or_else(|| own_prefix_in_account(pool, stack));
    sub(format!("{prefix}.auth.${{AWS::Region}}.amazoncognito.com"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_of_a_domain_is_one_of_its_own() {
        assert_eq!(own_prefix("shop-dev", "users"), "shop-dev-users");
        assert_ne!(own_prefix("shop-dev", "usersA"), own_prefix("shop-dev", "usersa"));
        for (stack, pool) in [("aws-dev", "users"), ("shop-dev", "cognitoUsers"), ("shop-dev", "Amazon"), ("shop-dev", &"u".repeat(200))] {
            let prefix = own_prefix(stack, pool);
            assert!(prefix.len() <= 50 && reserved_word(&prefix).is_none(), "{prefix}");
        }
        let long = own_prefix("shop-dev", &"uS".repeat(60));
        assert!(long.len() <= 50 && long == long.to_lowercase(), "{long}");
    }
}
