//! Mistakes in state machines.

/// Mistakes in state machines.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "state_machine")]
#[non_exhaustive]
pub enum StateMachineIssue {
    /// Each part of a definition has a shape.
    #[error("found another value, expected {expected}")]
    #[issue(help = "write {expected}", docs = "https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html")]
    Structure {
        /// What belongs here.
        expected: &'static str,
    },
    /// What a part of a definition cannot do without.
    #[error("found {of} without `{field}`, expected it")]
    #[issue(help = "add `{field}`", docs = "https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html")]
    MissingField {
        /// What is missing.
        field: &'static str,
        /// Where.
        of: String,
    },
    /// Step Functions refuses fields that it does not know there.
    #[error("found `{field}` in {of}, expected only what it can have there")]
    #[issue(
        help = "remove it, or correct its spelling",
        docs = "https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html"
    )]
    UnknownField {
        /// The field.
        field: String,
        /// Where.
        of: String,
    },
    /// The types of states that there are.
    #[error("found the type `{found}`, expected `Task`, `Pass`, `Choice`, `Wait`, `Succeed`, `Fail`, `Parallel` or `Map`")]
    #[issue(help = "write one of them", docs = "https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html")]
    StateType {
        /// What was found.
        found: String,
    },
    /// Fields that exclude each other.
    #[error("found {found} of {fields}, expected {expected}")]
    #[issue(help = "write {expected} of {fields}", docs = "https://docs.aws.amazon.com/step-functions/latest/dg/workflow-states.html")]
    OneOf {
        /// How many there are.
        found: usize,
        /// The fields.
        fields: String,
        /// How many there must be.
        expected: &'static str,
    },
    /// A state leads to states of its own level.
    #[error("found `{name}`, expected a state of the same level: `{expected}`")]
    #[issue(
        help = "name one of them, or add the state beside them",
        docs = "https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html"
    )]
    UnknownState {
        /// What was found.
        name: String,
        /// The states of the level.
        expected: String,
    },
    /// Step Functions refuses states that nothing leads to.
    #[error("found the state `{name}` to which nothing leads, expected `StartAt`, a `Next` or a `Default` with its name")]
    #[issue(
        help = "lead to it, or remove it",
        docs = "https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html"
    )]
    Unreachable {
        /// The state.
        name: String,
    },
    /// Step Functions refuses what cannot end.
    #[error("found states of which none ends, expected `End: true`, a `Succeed` or a `Fail`")]
    #[issue(
        help = "add `\"End\": true` to the last state",
        yaml = "add `End: true` to the last state",
        docs = "https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinitionDiagnostic.html"
    )]
    NoEnd,
    /// The limits of a state's name. A map with a single key of this kind is a function to `CloudFormation`.
    #[error("found the name `{name}`, expected 1 to 80 characters, and for a state alone neither `Ref` nor `Fn::`")]
    #[issue(help = "rename the state", docs = "https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html")]
    StateName {
        /// The name.
        name: String,
    },
    /// A name stands for one state, on whatever level.
    #[error("found the state `{name}` a second time, expected each name once in the whole state machine")]
    #[issue(help = "rename one of the two", docs = "https://docs.aws.amazon.com/step-functions/latest/dg/statemachine-structure.html")]
    DuplicateName {
        /// The name.
        name: String,
    },
    /// The query languages that there are. A machine in `JSONata` has no states in another one.
    #[error("found the query language `{found}`, expected {expected}")]
    #[issue(help = "write {expected}", docs = "https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html")]
    QueryLanguage {
        /// What was found.
        found: String,
        /// What is known here.
        expected: &'static str,
    },
    /// Each query language has fields of its own.
    #[error("found `{field}` in a state in {language}, expected only fields that {language} knows")]
    #[issue(
        help = "remove it, or write `\"QueryLanguage\": \"{other}\"` in the state",
        yaml = "remove it, or write `QueryLanguage: {other}` in the state",
        docs = "https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html"
    )]
    OtherLanguage {
        /// The field.
        field: String,
        /// The state's language.
        language: &'static str,
        /// The other language.
        other: &'static str,
    },
    /// A task names what does it by an ARN.
    #[error("found the resource `{found}`, expected an ARN")]
    #[issue(
        help = "write the ARN of an integration such as `arn:aws:states:::sqs:sendMessage`, or of an activity",
        docs = "https://docs.aws.amazon.com/step-functions/latest/dg/state-task.html"
    )]
    TaskResource {
        /// What was found.
        found: String,
    },
    /// An express workflow waits for nothing that takes longer than a call.
    #[error("found `{found}` in an express workflow, expected neither jobs, callbacks, activities nor distributed maps")]
    #[issue(
        help = "remove `.state_machine_type(StateMachineType::Express)`, or do not wait",
        yaml = "remove `stateMachineType: EXPRESS`, or do not wait",
        docs = "https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html"
    )]
    Express {
        /// What was found.
        found: String,
    },
}
