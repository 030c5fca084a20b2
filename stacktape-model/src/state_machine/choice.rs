//! The rules of a `Choice` state.

use super::definition::{list, map, required};
use super::field::Language;
use super::issue::StateMachineIssue;
use crate::check::Check;
use crate::expression::Expression;

/// What each entry of `Choices` may have beside its condition.
const OF_RULE: [&str; 4] = ["Next", "Comment", "Assign", "Output"];

/// Checks the condition of an entry of `Choices`, and that it has a `Next`.
pub(super) fn check(rule: &Expression, language: Language, at: &mut Check<'_>) {
    let Some(fields) = map(rule, "a map with a condition and `Next`", at) else { return };
    required(fields, "Next", "an entry of `Choices`", at);
    match language {
        Language::JsonPath => check_comparison(rule, &OF_RULE, at),
        Language::Jsonata => {
            required(fields, "Condition", "an entry of `Choices`", at);
            unknown_fields(fields.keys().filter(|key| *key != "Condition"), &OF_RULE, at);
        }
    }
}

/// A comparison of a variable, or several that are joined.
fn check_comparison(comparison: &Expression, beside: &[&str], at: &mut Check<'_>) {
    let Some(fields) = map(comparison, "a map with one comparison", at) else { return };
    let operators: Vec<_> = fields.keys().filter(|key| is_operator(key)).collect();
    let [operator] = operators.as_slice() else {
        let fields = "a comparison, `And`, `Or` or `Not`".to_owned();
        return at.report(&StateMachineIssue::OneOf { found: operators.len(), fields, expected: "exactly one" });
    };
    unknown_fields(fields.keys().filter(|key| *key != *operator && *key != "Variable"), beside, at);
    let value = &fields[*operator];
    match operator.as_str() {
        "And" | "Or" => {
            let mut at = at.field(operator);
            if let Some(items) = list(value, "a list of comparisons", &mut at) {
                at.each(items, |at, item| check_comparison(item, &["Comment"], at));
            }
        }
        "Not" => check_comparison(value, &["Comment"], &mut at.field(operator)),
        _ => {
            required(fields, "Variable", "a comparison", at);
        }
    }
}

fn unknown_fields<'f>(found: impl Iterator<Item = &'f String>, known: &[&str], at: &mut Check<'_>) {
    for field in found.filter(|field| !known.contains(&field.as_str())) {
        at.field(field).report(&StateMachineIssue::UnknownField { field: field.clone(), of: "an entry of `Choices`".to_owned() });
    }
}

/// <https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html>
fn is_operator(field: &str) -> bool {
    let ordered = |rest: &str| {
        let rest = rest.strip_suffix("Path").unwrap_or(rest);
        matches!(rest, "Equals" | "LessThan" | "GreaterThan" | "LessThanEquals" | "GreaterThanEquals")
    };
    matches!(field, "And" | "Or" | "Not" | "BooleanEquals" | "BooleanEqualsPath" | "StringMatches")
        || matches!(field, "IsBoolean" | "IsNull" | "IsNumeric" | "IsPresent" | "IsString" | "IsTimestamp")
        || ["String", "Numeric", "Timestamp"].iter().any(|of| field.strip_prefix(of).is_some_and(ordered))
}
