//! `state-machine`: a state machine of AWS Step Functions.

mod choice;
mod definition;
mod field;
mod issue;

pub use definition::Task;
pub use issue::StateMachineIssue;

use stacktape_macros::model;

use crate::check::Check;
use crate::document::words;
use crate::expression::Expression;
use crate::iam::{self, Statement};
use crate::origin::Origin;
use crate::overrides::Override;
use crate::reference::{ConnectTarget, Connection, ResourceRef};
use crate::resource::ResourceKind;
use crate::text::{Param, ParamRef, Text};

/// A state machine, which takes one step after the other. YAML: `state-machine`.
///
/// ```
/// use serde_json::json;
/// use stacktape_model::state_machine::StateMachine;
/// let definition = json!({"StartAt": "wait", "States": {"wait": {"Type": "Wait", "Seconds": 60, "End": true}}});
/// let pause = StateMachine::builder("pause", definition).build();
/// ```
///
/// **Creates** an `AWS::StepFunctions::StateMachine` and its `AWS::IAM::Role`, and an `AWS::IAM::Policy` where a map is distributed.
///
/// **Defaults**: the role may do what the tasks need that name a queue, topic, table, bus, bucket or state machine of the stack, by the
/// services' optimized integrations; more by `connect_to` and `iam_role_statements`.
#[model(resource)]
#[allow(clippy::struct_field_names, reason = "the key of the document")]
#[must_use = "a resource does nothing until it is added to a `Stack`"]
pub struct StateMachine {
    /// `name`: letters and digits, unique in the stack. Renaming replaces the state machine.
    #[argument]
    pub(crate) name: String,
    /// The states and how they follow each other, in Amazon States Language. References to other resources may stand wherever a text
    /// may. YAML: `definition`. Changed in place; running executions end as they began.
    #[argument]
    pub(crate) definition: Expression,
    /// How executions are kept. YAML: `stateMachineType`, default `STANDARD`. A change replaces the state machine.
    pub(crate) state_machine_type: StateMachineType,
    /// What tasks may use, beside what they name by themselves: permissions alone, since a state machine has no variables. YAML:
    /// `connectTo`. Changed in place.
    #[own]
    pub(crate) connect_to: Vec<Connection>,
    /// Statements for the role of the state machine, beside those of its tasks and of `connectTo`. YAML: `iamRoleStatements`. Changed in
    /// place.
    #[each(iam_role_statement)]
    pub(crate) iam_role_statements: Vec<Statement>,
    /// Sets a property over what is rendered. YAML: `overrides`.
    #[each(override_with)]
    pub(crate) overrides: Vec<Override>,
    pub(crate) origin: Origin,
}

impl StateMachineBuilder {
    /// Lets tasks use `target`: permissions alone. YAML: an entry of `connectTo`.
    #[track_caller]
    pub fn connect_to(mut self, target: impl ConnectTarget) -> Self {
        self.connect_to.push(target.connection());
        self
    }
}

/// How executions of a state machine are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StateMachineType {
    /// For up to a year, each step exactly once, with a history. YAML: `STANDARD`.
    #[default]
    Standard,
    /// For up to five minutes, each step at least once, without a history. YAML: `EXPRESS`.
    Express,
}

words!(StateMachineType);

impl StateMachineType {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Standard, Self::Express];

    /// The type as Step Functions spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::Express => "EXPRESS",
        }
    }
}

impl StateMachine {
    /// The state machine's name in the stack.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The state machine's ARN, by which programs start executions. YAML: `$ResourceParam('..', 'arn')`.
    #[track_caller]
    pub fn arn(&self) -> Text {
        self.param(StateMachineParam::Arn)
    }

    /// The state machine's name in Step Functions. YAML: `$ResourceParam('..', 'name')`.
    #[track_caller]
    pub fn state_machine_name(&self) -> Text {
        self.param(StateMachineParam::Name)
    }

    /// Whether executions are those of an express workflow.
    pub fn is_express(&self) -> bool {
        self.state_machine_type == StateMachineType::Express
    }

    /// What the state machine has done by others, on every level.
    pub fn tasks(&self) -> Vec<Task<'_>> {
        definition::tasks(&self.definition)
    }

    /// Whether a map of the state machine runs its items as executions of their own.
    pub fn is_distributed(&self) -> bool {
        definition::is_distributed(&self.definition)
    }

    #[track_caller]
    fn param(&self, param: StateMachineParam) -> Text {
        Text::Param(ParamRef { resource: ResourceRef::new(self.name(), ResourceKind::StateMachine), param: Param::StateMachine(param) })
    }

    pub(crate) fn check(&self, at: &mut Check<'_>) {
        definition::check(&self.definition, self.is_express(), &mut at.field("definition"));
        iam::check(&self.iam_role_statements, at);
    }
}

/// What other resources may know of a state machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateMachineParam {
    /// `arn`.
    Arn,
    /// `name`.
    Name,
}

impl StateMachineParam {
    /// Every parameter, in the order in which variables are injected.
    pub const ALL: [Self; 2] = [Self::Arn, Self::Name];

    /// The parameter as YAML spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Arn => "arn",
            Self::Name => "name",
        }
    }
}
