//! Statements of the policy that a resource has itself: who may do what to it. YAML: `policyStatements`.

use stacktape_macros::Keyed;

use super::{Effect, IamIssue, check_actions, check_condition};
use crate::check::Check;
use crate::expression::Expression;

/// One statement of a resource's own policy. What it is about is the resource.
///
/// ```
/// use serde_json::json;
/// use stacktape_model::iam::PolicyStatement;
/// let partner = PolicyStatement::allow(["sqs:SendMessage"], json!({"AWS": "123456789012"}));
/// ```
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct PolicyStatement {
    /// Whether it grants or refuses. YAML: `Effect`, default `Allow`.
    #[key("Effect")]
    pub effect: Effect,
    /// What may be done. YAML: `Action`.
    #[key("Action")]
    pub actions: Vec<String>,
    /// Who may do it, in IAM's own JSON: `*`, or a map with `AWS`, `Service`, `Federated` or `CanonicalUser`. YAML: `Principal`.
    #[required]
    #[key("Principal")]
    pub principal: Expression,
    /// When. YAML: `Condition`.
    #[key("Condition")]
    pub condition: Option<Expression>,
}

/// The kinds of principals that IAM knows.
const PRINCIPALS: [&str; 4] = ["AWS", "Service", "Federated", "CanonicalUser"];

impl PolicyStatement {
    /// Grants `actions` to `principal`.
    pub fn allow<A: Into<String>>(actions: impl IntoIterator<Item = A>, principal: impl Into<Expression>) -> Self {
        Self { effect: Effect::Allow, actions: actions.into_iter().map(Into::into).collect(), principal: principal.into(), condition: None }
    }

    /// Refuses `actions` to `principal`.
    pub fn deny<A: Into<String>>(actions: impl IntoIterator<Item = A>, principal: impl Into<Expression>) -> Self {
        Self { effect: Effect::Deny, ..Self::allow(actions, principal) }
    }

    /// Says when the statement holds, in IAM's own JSON. YAML: `Condition`.
    pub fn condition(mut self, condition: impl Into<Expression>) -> Self {
        self.condition = Some(condition.into());
        self
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        check_actions(&self.actions, at);
        if !is_principal(&self.principal) {
            at.field("Principal").report(&IamIssue::Principal);
        }
        check_condition(self.condition.as_ref(), at);
    }
}

/// `*`, or a map of the kinds of principals.
pub(crate) fn is_principal(principal: &Expression) -> bool {
    match principal {
        Expression::Text(_) => principal.as_literal() == Some("*"),
        Expression::Map(kinds) => !kinds.is_empty() && kinds.keys().all(|kind| PRINCIPALS.contains(&kind.as_str())),
        Expression::Null | Expression::Bool(_) | Expression::Number(_) | Expression::List(_) => false,
    }
}
