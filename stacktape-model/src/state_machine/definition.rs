//! Amazon States Language: what Step Functions demands of a definition.

use super::choice;
use super::field::{self, Knows, Language, TYPES};
use super::issue::StateMachineIssue;
use crate::check::Check;
use crate::expression::Expression;
use crate::table::{Set, Table};
use crate::text::Text;

/// What a state machine has done by others: a `Task`, or what reads the items of a map and writes its results.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// What does it, such as `arn:aws:states:::sqs:sendMessage`, or its end where only the deployment knows the beginning.
    pub resource: &'a str,
    /// With what. YAML: `Parameters` or `Arguments`.
    pub arguments: Option<&'a Expression>,
}

type Fields = Table<String, Expression>;

const STATES: &str = "States";
const PROCESSORS: [&str; 2] = ["ItemProcessor", "Iterator"];
/// What a level may have: the whole definition, a branch, or what handles each item of a map.
const OF_LEVEL: [&str; 7] = ["Comment", "StartAt", STATES, "Version", "TimeoutSeconds", "QueryLanguage", "ProcessorConfig"];
const NAME_MAX: usize = 80;

/// What holds on a level and below it.
#[derive(Clone, Copy)]
struct Frame {
    language: Language,
    express: bool,
}

/// Where a level's states lead.
#[derive(Default)]
struct Ways<'d> {
    to: Set<&'d str>,
    /// Whether some lead where only the deployment knows.
    open: bool,
    end: bool,
}

/// Checks a whole definition.
pub(super) fn check(definition: &Expression, express: bool, at: &mut Check<'_>) {
    let mut language = Language::JsonPath;
    if let Expression::Map(fields) = definition
        && let Some(found) = fields.get("QueryLanguage")
    {
        language = check_language(found, None, &mut at.field("QueryLanguage"));
    }
    check_level(definition, Frame { language, express }, &mut Set::new(), at);
}

/// The language that a value names, which cannot be another one than that of a machine in `JSONata`.
fn check_language(found: &Expression, machine: Option<Language>, at: &mut Check<'_>) -> Language {
    let language = [Language::JsonPath, Language::Jsonata].into_iter().find(|known| found.as_literal() == Some(known.as_str()));
    let expected = match machine {
        Some(Language::Jsonata) if language != machine => "`JSONata`, that of the state machine",
        _ if language.is_none() => "`JSONPath` or `JSONata`",
        _ => "",
    };
    if !expected.is_empty() {
        at.report(&StateMachineIssue::QueryLanguage { found: shown(found), expected });
    }
    language.or(machine).unwrap_or(Language::JsonPath)
}

fn check_level<'d>(level: &'d Expression, frame: Frame, names: &mut Set<&'d str>, at: &mut Check<'_>) {
    let Some(fields) = map(level, "a map with `StartAt` and `States`", at) else { return };
    for field in fields.keys().filter(|field| !OF_LEVEL.contains(&field.as_str())) {
        at.field(field).report(&StateMachineIssue::UnknownField { field: field.clone(), of: "a state machine".to_owned() });
    }
    let start = required(fields, "StartAt", "a state machine", at);
    let Some(states) = required(fields, STATES, "a state machine", at) else { return };
    let Some(states) = map(states, "a map of states, at least one", &mut at.field(STATES)) else { return };
    let mut ways = Ways::default();
    match start {
        Some(start) => ways.lead_to(start, states, &mut at.field("StartAt")),
        None => ways.open = true,
    }
    let mut below = at.field(STATES);
    for (name, state) in states {
        let mut at = below.field(name);
        let is_function = states.len() == 1 && (name == "Ref" || name.starts_with("Fn::"));
        if name.is_empty() || name.chars().count() > NAME_MAX || is_function {
            at.report(&StateMachineIssue::StateName { name: name.clone() });
        }
        if !names.insert(name.as_str()) {
            at.report(&StateMachineIssue::DuplicateName { name: name.clone() });
        }
        check_state(state, states, frame, &mut ways, names, &mut at);
    }
    for name in states.keys().filter(|name| !ways.open && !ways.to.contains(&name.as_str())) {
        below.field(name).report(&StateMachineIssue::Unreachable { name: name.clone() });
    }
    if !ways.end {
        below.report(&StateMachineIssue::NoEnd);
    }
}

fn check_state<'d>(
    state: &'d Expression,
    states: &'d Fields,
    frame: Frame,
    ways: &mut Ways<'d>,
    names: &mut Set<&'d str>,
    at: &mut Check<'_>,
) {
    // What is no state is told once, and may lead anywhere.
    let before = (std::mem::replace(&mut ways.open, true), std::mem::replace(&mut ways.end, true));
    let Some(fields) = map(state, "a map with `Type`", at) else { return };
    let Some(found) = required(fields, "Type", "a state", at) else { return };
    let Some((kind, mark)) = TYPES.iter().find(|(kind, _)| found.as_literal() == Some(kind)) else {
        return at.field("Type").report(&StateMachineIssue::StateType { found: shown(found) });
    };
    let ends = !matches!(fields.get("End"), None | Some(Expression::Bool(false)));
    (ways.open, ways.end) = (before.0, before.1 || ends || matches!(mark, 'S' | 'F'));
    let mut frame = frame;
    let machine = frame.language;
    if let Some(found) = fields.get("QueryLanguage") {
        frame.language = check_language(found, Some(machine), &mut at.field("QueryLanguage"));
    }
    check_fields(fields, kind, *mark, frame.language, at);
    // What the type does not know has been told.
    let known = |key: &str| fields.get(key).filter(|_| field::of_type(key, *mark) != Knows::Not);
    if let Some(next) = known("Next") {
        ways.lead_to(next, states, &mut at.field("Next"));
    }
    if let Some(next) = known("Default") {
        ways.lead_to(next, states, &mut at.field("Default"));
    }
    for key in ["Retry", "Catch"] {
        let mut at = at.field(key);
        let caught = match known(key) {
            None => continue,
            Some(Expression::List(caught)) => caught,
            Some(_) => {
                at.report(&StateMachineIssue::Structure { expected: "a list" });
                continue;
            }
        };
        at.each(caught, |at, caught| {
            let of = if key == "Retry" { "an entry of `Retry`" } else { "an entry of `Catch`" };
            let Some(fields) = map(caught, "a map with `ErrorEquals`", at) else { return };
            if let Some(errors) = required(fields, "ErrorEquals", of, at) {
                list(errors, "a list of the names of errors, at least one", &mut at.field("ErrorEquals"));
            }
            if key == "Catch"
                && let Some(next) = required(fields, "Next", of, at)
            {
                ways.lead_to(next, states, &mut at.field("Next"));
            }
        });
    }
    if let Some(choices) = known("Choices") {
        let mut at = at.field("Choices");
        let choices = list(choices, "a list of choices, at least one", &mut at).unwrap_or_default();
        at.each(choices, |at, rule| {
            choice::check(rule, frame.language, at);
            if let Expression::Map(fields) = rule
                && let Some(next) = fields.get("Next")
            {
                ways.lead_to(next, states, &mut at.field("Next"));
            }
        });
    }
    if let Some(resource) = known("Resource") {
        check_resource(resource, frame.express, &mut at.field("Resource"));
    }
    // What a state says of its language is for itself alone.
    frame.language = machine;
    if let Some(branches) = known("Branches") {
        let mut at = at.field("Branches");
        let branches = list(branches, "a list of branches, at least one", &mut at).unwrap_or_default();
        at.each(branches, |at, branch| check_level(branch, frame, names, at));
    }
    for key in PROCESSORS {
        let Some(processor) = known(key) else { continue };
        let mut at = at.field(key);
        let (distributed, items_express) = (config(processor, "Mode"), config(processor, "ExecutionType"));
        if frame.express && distributed == Some("DISTRIBUTED") {
            at.field("ProcessorConfig").field("Mode").report(&StateMachineIssue::Express { found: "DISTRIBUTED".to_owned() });
        }
        let express = frame.express || items_express == Some("EXPRESS");
        check_level(processor, Frame { express, ..frame }, names, &mut at);
    }
}

fn check_fields(fields: &Fields, kind: &str, mark: char, language: Language, at: &mut Check<'_>) {
    let of = || format!("a `{kind}` state");
    for field in fields.keys() {
        match field::of_type(field, mark) {
            Knows::Not => at.field(field).report(&StateMachineIssue::UnknownField { field: field.clone(), of: of() }),
            Knows::In(known) if known != language => {
                let (language, other) = (language.as_str(), language.other().as_str());
                at.field(field).report(&StateMachineIssue::OtherLanguage { field: field.clone(), language, other });
            }
            Knows::In(_) | Knows::InBoth => {}
        }
    }
    if let Some(field) = field::required(mark) {
        required(fields, field, &of(), at);
    }
    let next: &[(&[&str], bool)] = if field::of_type("Next", mark) == Knows::Not { &[] } else { &[(&["Next", "End"], true)] };
    for (one_of, must) in field::one_of(mark).chain(next.iter().copied()) {
        let found =
            one_of.iter().filter(|field| !matches!((**field, fields.get(**field)), (_, None) | ("End", Some(Expression::Bool(false)))));
        let found = found.count();
        if found > 1 || must && found == 0 {
            let expected = if must { "exactly one" } else { "at most one" };
            at.report(&StateMachineIssue::OneOf { found, fields: format!("`{}`", one_of.join("`, `")), expected });
        }
    }
}

/// What an express workflow does not wait for.
/// <https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html>
fn check_resource(resource: &Expression, express: bool, at: &mut Check<'_>) {
    let Some(arn) = resource.as_literal() else { return };
    if !arn.starts_with("arn:") || arn.splitn(6, ':').count() < 6 {
        return at.report(&StateMachineIssue::TaskResource { found: arn.to_owned() });
    }
    let waits = [".sync", ".sync:2", ".waitForTaskToken"].iter().any(|end| arn.ends_with(end));
    if express && (waits || arn.contains(":activity:")) {
        at.report(&StateMachineIssue::Express { found: arn.to_owned() });
    }
}

impl<'d> Ways<'d> {
    fn lead_to(&mut self, to: &'d Expression, states: &'d Fields, at: &mut Check<'_>) {
        match to.as_literal() {
            Some(name) => {
                if !states.contains_key(name) {
                    let expected: Vec<_> = states.keys().map(String::as_str).collect();
                    at.report(&StateMachineIssue::UnknownState { name: name.to_owned(), expected: expected.join("`, `") });
                }
                self.to.insert(name);
            }
            None if is_later(to) => self.open = true,
            None => {
                self.open = true;
                at.report(&StateMachineIssue::Structure { expected: "the name of a state" });
            }
        }
    }
}

/// Whether only the deployment knows the value.
fn is_later(value: &Expression) -> bool {
    matches!(value, Expression::Text(_)) || value.is_intrinsic()
}

fn shown(value: &Expression) -> String {
    value.as_literal().unwrap_or("another value").to_owned()
}

/// The entries of a map that has some.
pub(super) fn map<'d>(value: &'d Expression, expected: &'static str, at: &mut Check<'_>) -> Option<&'d Fields> {
    match value {
        Expression::Map(fields) if !fields.is_empty() => Some(fields),
        _ => {
            at.report(&StateMachineIssue::Structure { expected });
            None
        }
    }
}

/// The items of a list that has some.
pub(super) fn list<'d>(value: &'d Expression, expected: &'static str, at: &mut Check<'_>) -> Option<&'d [Expression]> {
    match value {
        Expression::List(items) if !items.is_empty() => Some(items),
        _ => {
            at.report(&StateMachineIssue::Structure { expected });
            None
        }
    }
}

/// A field that must be there.
pub(super) fn required<'d>(fields: &'d Fields, field: &'static str, of: &str, at: &mut Check<'_>) -> Option<&'d Expression> {
    let found = fields.get(field);
    if found.is_none() {
        at.report(&StateMachineIssue::MissingField { field, of: of.to_owned() });
    }
    found
}

fn entry<'d>(value: &'d Expression, key: &str) -> Option<&'d Expression> {
    if let Expression::Map(fields) = value { fields.get(key) } else { None }
}

/// How a map runs what handles its items.
fn config<'d>(processor: &'d Expression, key: &str) -> Option<&'d str> {
    entry(entry(processor, "ProcessorConfig")?, key)?.as_literal()
}

/// Calls `found` with every state of a level and below.
fn visit<'d>(level: &'d Expression, found: &mut dyn FnMut(&'d Fields)) {
    let Some(Expression::Map(states)) = entry(level, STATES) else { return };
    for state in states.values() {
        let Expression::Map(fields) = state else { continue };
        found(fields);
        if let Some(Expression::List(branches)) = fields.get("Branches") {
            for branch in branches {
                visit(branch, found);
            }
        }
        PROCESSORS.iter().filter_map(|key| fields.get(*key)).for_each(|processor| visit(processor, found));
    }
}

/// What does a task; where its partition is known at deployment only, what stands behind.
fn resource_of(resource: &Expression) -> Option<&str> {
    match resource {
        Expression::Text(Text::Joined(parts)) => parts.last()?.as_literal(),
        resource => resource.as_literal(),
    }
}

/// What a definition has done by others.
pub(super) fn tasks(definition: &Expression) -> Vec<Task<'_>> {
    let mut tasks = Vec::new();
    visit(definition, &mut |state| {
        let around = ["ItemReader", "ResultWriter"].iter().filter_map(|key| state.get(*key));
        let around = around.filter_map(|found| if let Expression::Map(fields) = found { Some(fields) } else { None });
        for fields in std::iter::once(state).chain(around) {
            if let Some(resource) = fields.get("Resource").and_then(resource_of) {
                tasks.push(Task { resource, arguments: fields.get("Parameters").or_else(|| fields.get("Arguments")) });
            }
        }
    });
    tasks
}

/// Whether a map of the definition is distributed.
pub(super) fn is_distributed(definition: &Expression) -> bool {
    let mut distributed = false;
    visit(definition, &mut |state| {
        distributed |=
            PROCESSORS.iter().filter_map(|key| state.get(*key)).any(|processor| config(processor, "Mode") == Some("DISTRIBUTED"));
    });
    distributed
}
