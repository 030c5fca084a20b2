//! What the role of a user's program may do, whatever runs it.

use stacktape_model::iam::Statement;

use crate::cfn::iam::role::Policy;
use crate::plan::Plan;
use crate::policy;

/// What the user granted, and what `connectTo` grants.
pub(super) fn policies(consumer: &str, statements: &[Statement], plan: &Plan<'_>) -> impl Iterator<Item = Policy> + use<> {
    let own = (!statements.is_empty()).then(|| Policy::new(policy::user_document(statements, plan.stack), "custom-iam-role-statements"));
    let grants = &plan.access(consumer).grants;
    let connected = (!grants.is_empty()).then(|| Policy::new(policy::document(grants.clone()), "custom-allow-access-to-policy-statements"));
    own.into_iter().chain(connected)
}
