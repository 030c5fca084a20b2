//! IAM policy documents.

use serde_json::Value as Json;
use stacktape_model::iam::{PolicyStatement, Statement};
use stacktape_model::stack::ValidStack;

use crate::cfn::{Node, Value, sub};
use crate::lower::{expression, text};

/// A statement that we grant: the exact actions on the exact resources.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Grant {
    pub(crate) actions: Vec<&'static str>,
    pub(crate) resources: Vec<Value<String>>,
}

impl Grant {
    pub(crate) fn new(actions: impl Into<Vec<&'static str>>, resources: impl Into<Vec<Value<String>>>) -> Self {
        Self { actions: actions.into(), resources: resources.into() }
    }
}

/// Joins grants of the same actions, in the order of their first appearance; a role's inline policies have 10,240
/// characters together.
pub(crate) fn merge(grants: impl IntoIterator<Item = Grant>) -> Vec<Grant> {
    let mut merged: Vec<Grant> = Vec::new();
    for grant in grants {
        match merged.iter_mut().find(|other| other.actions == grant.actions) {
            Some(other) => {
                for resource in grant.resources {
                    if !other.resources.contains(&resource) {
                        other.resources.push(resource);
                    }
                }
            }
            None => merged.push(grant),
        }
    }
    merged
}

/// A policy of grants.
pub(crate) fn document(grants: Vec<Grant>) -> Value<Json> {
    of_statements(grants.into_iter().map(|grant| statement(grant, None)).collect())
}

/// The statement of a grant, under a condition where there is one.
pub(crate) fn statement(grant: Grant, condition: Option<Node>) -> Node {
    let actions = Node::list(grant.actions.into_iter().map(Node::literal));
    let resources = Node::list(grant.resources.into_iter().map(Value::into_node));
    let mut entries = vec![("Effect", Node::literal("Allow")), ("Action", actions), ("Resource", resources)];
    entries.extend(condition.map(|condition| ("Condition", condition)));
    Node::object(entries)
}

/// A policy of the user's own statements.
pub(crate) fn user_document(statements: &[Statement], stack: &ValidStack) -> Value<Json> {
    of_statements(statements.iter().map(|statement| user_statement(statement, stack)).collect())
}

fn user_statement(statement: &Statement, stack: &ValidStack) -> Node {
    // No `..`: a new field must be rendered here.
    let Statement { sid, effect, actions, resources, condition } = statement;
    let actions = Node::list(actions.iter().map(|action| Node::Text(action.clone().into())));
    let resources = Node::list(resources.iter().map(|resource| text::lower(resource, stack).into_node()));
    let mut entries = vec![("Effect", Node::literal(effect.as_str())), ("Action", actions), ("Resource", resources)];
    if let Some(sid) = sid {
        entries.push(("Sid", Node::Text(sid.clone().into())));
    }
    if let Some(condition) = condition {
        entries.push(("Condition", expression::lower(condition, stack)));
    }
    Node::object(entries)
}

/// A statement of a resource's own policy, about the resource.
pub(crate) fn resource_statement(statement: &PolicyStatement, resource: Value<String>, stack: &ValidStack) -> Node {
    // No `..`: a new field must be rendered here.
    let PolicyStatement { effect, actions, principal, condition } = statement;
    let actions = Node::list(actions.iter().map(|action| Node::Text(action.clone().into())));
    let mut entries = vec![
        ("Effect", Node::literal(effect.as_str())),
        ("Principal", expression::lower(principal, stack)),
        ("Action", actions),
        ("Resource", resource.into_node()),
    ];
    if let Some(condition) = condition {
        entries.push(("Condition", expression::lower(condition, stack)));
    }
    Node::object(entries)
}

/// Lets a service of AWS send messages to a queue, for these sources alone.
/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sqs-permissions>
/// <https://docs.aws.amazon.com/sns/latest/dg/sns-configure-dead-letter-queue.html>
pub(crate) fn may_send(service: &'static str, sources: impl Iterator<Item = Value<String>>, queue: Value<String>) -> Node {
    let sources = Node::list(sources.map(Value::into_node));
    Node::object([
        ("Effect", Node::literal("Allow")),
        ("Principal", Node::object([("Service", Node::literal(service))])),
        ("Action", Node::literal("sqs:SendMessage")),
        ("Resource", queue.into_node()),
        ("Condition", Node::object([("ArnEquals", Node::object([("aws:SourceArn", sources)]))])),
    ])
}

/// A trust policy: lets a service of AWS take the role, under a condition where there is one.
pub(crate) fn trust(service: &'static str, condition: Option<Node>) -> Value<Json> {
    let principal = Node::object([("Service", Node::literal(service))]);
    let mut entries = vec![("Effect", Node::literal("Allow")), ("Principal", principal), ("Action", Node::literal("sts:AssumeRole"))];
    if let Some(condition) = condition {
        entries.push(("Condition", condition));
    }
    of_statements(vec![Node::object(entries)])
}

/// ECS may take the role for tasks of this account only.
/// <https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#create_task_iam_policy_and_role>
pub(crate) fn tasks_of_this_account() -> Node {
    of_this_account("arn:${AWS::Partition}:ecs:${AWS::Region}:${AWS::AccountId}:*")
}

/// Step Functions may take the role for state machines of this account only.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html#prevent-cross-service-confused-deputy>
pub(crate) fn machines_of_this_account() -> Node {
    of_this_account("arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:*")
}

/// Cognito may take the role for user pools of this account only, of which one says the external id.
/// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-sms-settings.html>
pub(crate) fn pools_of_this_account(external_id: String) -> Node {
    let external_id = ("sts:ExternalId", Node::Text(external_id.into()));
    of_this_account_and("arn:${AWS::Partition}:cognito-idp:${AWS::Region}:${AWS::AccountId}:userpool/*", Some(external_id))
}

/// The condition that a service acts for a source of this account.
fn of_this_account(source: &'static str) -> Node {
    of_this_account_and(source, None)
}

fn of_this_account_and(source: &'static str, further: Option<(&'static str, Node)>) -> Node {
    let account = Node::Pseudo(crate::cfn::Pseudo::AccountId);
    let equal = std::iter::once(("aws:SourceAccount", account)).chain(further);
    Node::object([("ArnLike", Node::object([("aws:SourceArn", sub(source).into_node())])), ("StringEquals", Node::object(equal))])
}

pub(crate) fn of_statements(statements: Vec<Node>) -> Value<Json> {
    Value::from_node(Node::object([("Version", Node::literal("2012-10-17")), ("Statement", Node::list(statements))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grants_of_the_same_actions_become_one() {
        let merged = merge([
            Grant::new(["s3:GetObject"], ["a".into()]),
            Grant::new(["s3:ListBucket"], ["b".into()]),
            Grant::new(["s3:GetObject"], ["c".into(), "a".into()]),
        ]);
        assert_eq!(merged, [Grant::new(["s3:GetObject"], ["a".into(), "c".into()]), Grant::new(["s3:ListBucket"], ["b".into()])]);
    }
}
