//! Statements that a user adds to a workload's role. YAML: `iamRoleStatements`.

mod policy_statement;

pub use policy_statement::PolicyStatement;
pub(crate) use policy_statement::is_principal;

use stacktape_macros::Keyed;

use crate::check::Check;
use crate::document::words;
use crate::expression::Expression;
use crate::table::Set;
use crate::text::Text;

/// One statement of a role's policy.
///
/// ```
/// use stacktape_model::{ iam::Statement, raw_resource::RawResource };
/// let topic = RawResource::new("NotificationTopic", "AWS::SNS::Topic");
/// let publish = Statement::allow(["sns:Publish"], [topic.reference()]);
/// ```
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct Statement {
    /// A name of the statement, unique in its policy. YAML: `Sid`.
    #[key("Sid")]
    pub sid: Option<String>,
    /// Whether it grants or refuses. YAML: `Effect`, default `Allow`.
    #[key("Effect")]
    pub effect: Effect,
    /// What may be done. YAML: `Action`.
    #[key("Action")]
    pub actions: Vec<String>,
    /// What it may be done to. YAML: `Resource`.
    #[key("Resource")]
    pub resources: Vec<Text>,
    /// When. YAML: `Condition`.
    #[key("Condition")]
    pub condition: Option<Expression>,
}

/// Whether a statement grants or refuses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Effect {
    /// Grants.
    #[default]
    Allow,
    /// Refuses, whatever else grants.
    Deny,
}

words!(Effect);

impl Effect {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Allow, Self::Deny];

    /// The word as IAM spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "Allow",
            Self::Deny => "Deny",
        }
    }
}

impl Statement {
    /// Grants `actions` on `resources`.
    pub fn allow<A: Into<String>, R: Into<Text>>(actions: impl IntoIterator<Item = A>, resources: impl IntoIterator<Item = R>) -> Self {
        Self::new(Effect::Allow, actions, resources)
    }

    /// Refuses `actions` on `resources`.
    pub fn deny<A: Into<String>, R: Into<Text>>(actions: impl IntoIterator<Item = A>, resources: impl IntoIterator<Item = R>) -> Self {
        Self::new(Effect::Deny, actions, resources)
    }

    fn new<A: Into<String>, R: Into<Text>>(
        effect: Effect,
        actions: impl IntoIterator<Item = A>,
        resources: impl IntoIterator<Item = R>,
    ) -> Self {
        let actions = actions.into_iter().map(Into::into).collect();
        let resources = resources.into_iter().map(Into::into).collect();
        Self { sid: None, effect, actions, resources, condition: None }
    }

    /// Names the statement: letters and digits. YAML: `Sid`.
    pub fn sid(mut self, sid: impl Into<String>) -> Self {
        self.sid = Some(sid.into());
        self
    }

    /// Says when the statement holds, in IAM's own JSON. YAML: `Condition`.
    pub fn condition(mut self, condition: impl Into<Expression>) -> Self {
        self.condition = Some(condition.into());
        self
    }

    fn check<'s>(&'s self, sids: &mut Set<&'s str>, at: &mut Check<'_>) {
        check_actions(&self.actions, at);
        if self.resources.is_empty() {
            at.field("Resource").report(&IamIssue::NoResource);
        }
        check_resources(&self.resources, at);
        check_sid(self.sid.as_deref(), sids, at);
        check_condition(self.condition.as_ref(), at);
    }
}

/// Checks that a statement has actions, and how they are spelt.
pub(crate) fn check_actions(actions: &[String], at: &mut Check<'_>) {
    if actions.is_empty() {
        at.field("Action").report(&IamIssue::NoAction);
    }
    at.field("Action").each(actions, |at, action| {
        if !is_action(action) {
            at.report(&IamIssue::Action { action: action.clone() });
        }
    });
}

/// Checks how what a statement is about is spelt.
pub(crate) fn check_resources(resources: &[Text], at: &mut Check<'_>) {
    at.field("Resource").each(resources, |at, resource| {
        if let Some(literal) = resource.as_literal()
            && !is_resource(literal)
        {
            at.report(&IamIssue::Resource { resource: literal.to_owned() });
        }
    });
}

/// Checks how a statement is named, and that no other one of its policy is.
pub(crate) fn check_sid<'s>(sid: Option<&'s str>, others: &mut Set<&'s str>, at: &mut Check<'_>) {
    let Some(sid) = sid else { return };
    if !(sid.chars().all(|letter| letter.is_ascii_alphanumeric()) && sid.len() <= 128) {
        at.field("Sid").report(&IamIssue::Sid { sid: sid.to_owned() });
    }
    if !others.insert(sid) {
        at.field("Sid").report(&IamIssue::DuplicateSid { sid: sid.to_owned() });
    }
}

/// Checks that a condition is one.
pub(crate) fn check_condition(condition: Option<&Expression>, at: &mut Check<'_>) {
    if condition.is_some_and(|condition| !condition.is_map()) {
        at.field("Condition").report(&IamIssue::Condition);
    }
}

/// `*`, or `arn:partition:service:region:account:resource`; a `*` at the end stands for what is left out behind it.
fn is_resource(resource: &str) -> bool {
    let parts: Vec<_> = resource.splitn(6, ':').collect();
    match parts.as_slice() {
        ["*"] => true,
        ["arn", partition, service, _, ..] => {
            let whole = parts.len() == 6 && !parts[5].is_empty() || resource.ends_with('*');
            whole && !partition.is_empty() && !service.is_empty() && !service.contains(['*', '?'])
        }
        _ => false,
    }
}

/// `*`, or `service:Name` with wildcards.
fn is_action(action: &str) -> bool {
    let word =
        |word: &str, more: &str| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_alphanumeric() || more.contains(letter));
    matches!(action, "*" | "*:*") || action.split_once(':').is_some_and(|(service, name)| word(service, "-") && word(name, "*?"))
}

/// Checks all statements of a role.
pub(crate) fn check(statements: &[Statement], at: &mut Check<'_>) {
    let mut sids = Set::new();
    at.field("iamRoleStatements").each(statements, |at, statement| {
        statement.check(&mut sids, at);
    });
}

/// Mistakes in `iamRoleStatements`.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "iam")]
#[non_exhaustive]
pub enum IamIssue {
    /// A statement without an action must not come to mean every action.
    #[error("found no action, expected at least one")]
    #[issue(
        help = "name the actions, for example `s3:GetObject`",
        docs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"
    )]
    NoAction,
    /// IAM's spelling of an action.
    #[error("found the action `{action}`, expected `service:Name` or `*`")]
    #[issue(
        help = "write an action such as `s3:GetObject` or `s3:Get*`",
        docs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html"
    )]
    Action {
        /// What was found.
        action: String,
    },
    /// A policy of a role says on what its actions are granted.
    #[error("found no resource, expected at least one")]
    #[issue(
        help = "name the ARNs that the actions are granted on",
        docs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"
    )]
    NoResource,
    /// IAM refuses a policy whose resource is neither an ARN nor `*`.
    #[error("found the resource `{resource}`, expected `*` or a whole ARN without a wildcard in its service")]
    #[issue(
        help = "write the ARN, or refer to the resource: `bucket.arn()`, `raw.get_att(\"Arn\")`",
        yaml = "write the ARN, or refer to the resource: `$ResourceParam('photos', 'arn')`, `$CfResourceParam('Topic', 'TopicArn')`",
        docs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html"
    )]
    Resource {
        /// What was found.
        resource: String,
    },
    /// IAM's spelling of a statement's name.
    #[error("found the statement id `{sid}`, expected at most 128 letters and digits")]
    #[issue(
        help = "leave out everything else",
        docs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html"
    )]
    Sid {
        /// What was found.
        sid: String,
    },
    /// IAM refuses a policy in which two statements have one id.
    #[error("found the statement id `{sid}` a second time, expected each id once in a role")]
    #[issue(help = "rename one of the two", docs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html")]
    DuplicateSid {
        /// The id.
        sid: String,
    },
    /// The policy of a resource says who it is about.
    #[error("found another principal than `*` or a map of kinds, expected who may use the resource")]
    #[issue(
        help = "write a principal such as `json!({{\"AWS\": \"123456789012\"}})` or `json!({{\"Service\": \"s3.amazonaws.com\"}})`",
        yaml = "write a principal such as `{{AWS: '123456789012'}}` or `{{Service: s3.amazonaws.com}}`",
        docs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"
    )]
    Principal,
    /// A condition is a JSON object of operators.
    #[error("found a condition that is no JSON object, expected operators with their keys and values")]
    #[issue(
        help = "write an object such as `{{\"StringEquals\": {{\"aws:SourceAccount\": \"123456789012\"}}}}`",
        docs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html"
    )]
    Condition,
}
