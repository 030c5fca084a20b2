//! Statements for roles.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::json;

use super::surroundings::{Later, Surroundings};
use super::text::arn_later;
use crate::expression::Expression;
use crate::iam::{Effect, Statement};

/// Statements of both effects, with and without a name and a condition, on literal ARNs and on those of what is around.
pub fn statement(around: &Surroundings) -> BoxedStrategy<Statement> {
    let around = around.clone();
    statement_later().prop_map(move |later| later.within(&around)).boxed()
}

pub(super) fn statement_later() -> BoxedStrategy<Later<Statement>> {
    let effect = select(vec![Effect::Allow, Effect::Deny]);
    let actions = subsequence(&["s3:GetObject", "sqs:*", "ec2:Describe*", "execute-api:Invoke", "s3:GetObject?ersion"][..], 1..=3);
    let resources = vec(arn_later(), 1..4);
    let sid = option::of("[A-Za-z0-9]{1,40}");
    let literal = select(vec![
        json!({"StringEquals": {"aws:SourceAccount": "123456789012"}}),
        json!({"Bool": {"aws:SecureTransport": "true"}, "StringLike": {"aws:PrincipalTag/role": ["admin", "ops-${aws:username}"]}}),
    ]);
    let condition = option::of(prop_oneof![
        literal.prop_map(|json| Later::ready(Expression::from(json))),
        arn_later().prop_map(|arn| Later::new(move |around| entry("ArnLike", entry("aws:SourceArn", arn.within(around).into())))),
    ]);
    (effect, actions, resources, sid, condition)
        .prop_map(|(effect, actions, resources, sid, condition)| {
            Later::new(move |around| Statement {
                sid: sid.clone(),
                effect,
                actions: actions.iter().map(|&action| action.to_owned()).collect(),
                resources: resources.iter().map(|resource| resource.within(around)).collect(),
                condition: condition.as_ref().map(|condition: &Later<_>| condition.within(around)),
            })
        })
        .boxed()
}

fn entry(key: &str, value: Expression) -> Expression {
    Expression::map([(key, value)])
}
