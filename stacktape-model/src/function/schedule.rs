//! Invocations at certain times.

use stacktape_macros::Keyed;

use crate::check::Check;
use crate::event_bus::EventInput;
use crate::expression::Expression;
use crate::origin::Origin;

/// Calls the function at certain times. YAML: `schedule`.
///
/// ```
/// use serde_json::json;
/// use stacktape_model::function::ScheduleEvent;
/// let nightly = ScheduleEvent::new("cron(0 2 * * ? *)").input(json!({"kind": "nightly"}));
/// ```
///
/// **Creates** an `AWS::Events::Rule`, and the permission to call the function. A change replaces both, without an interruption.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct ScheduleEvent {
    /// When: `rate(5 minutes)`, or `cron(minutes hours day-of-month month day-of-week year)` in UTC. YAML: `scheduleRate`.
    #[required]
    pub schedule_rate: String,
    /// What the function is called with. YAML: `input`, `inputPath` or `inputTransformer`, default: the event.
    #[group]
    pub input: EventInput,
    /// Where the event is written.
    pub origin: Origin,
}

impl ScheduleEvent {
    /// Calls the function at this rate: `rate(5 minutes)`, or `cron(0 2 * * ? *)`.
    #[track_caller]
    pub fn new(schedule_rate: impl Into<String>) -> Self {
        Self { schedule_rate: schedule_rate.into(), input: EventInput::Whole, origin: Origin::here() }
    }

    /// Calls the function with always the same, as JSON. YAML: `input`, default: the event.
    pub fn input(mut self, input: impl Into<Expression>) -> Self {
        self.input = EventInput::Fixed(input.into());
        self
    }

    /// Calls the function with a part of the event. YAML: `inputPath`, such as `$.time`, at most 256 characters.
    pub fn input_path(mut self, path: impl Into<String>) -> Self {
        self.input = EventInput::Path(path.into());
        self
    }

    /// Calls the function with a text that has parts of the event: `input_transformer([("at", "$.time")], r#"{"at": <at>}"#)`.
    /// YAML: `inputTransformer`.
    pub fn input_transformer<K: Into<String>, P: Into<String>>(
        mut self,
        paths: impl IntoIterator<Item = (K, P)>,
        template: impl Into<String>,
    ) -> Self {
        self.input = EventInput::transformer(paths, template);
        self
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        if let Err(expected) = read(&self.schedule_rate) {
            let found = self.schedule_rate.clone();
            at.field("scheduleRate").report(&ScheduleIssue::Expression { found, expected });
        }
        self.input.check(at);
    }
}

/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html>
fn read(schedule: &str) -> Result<(), String> {
    let inside = |word: &str| schedule.strip_prefix(word)?.strip_prefix('(')?.strip_suffix(')');
    match (inside("rate"), inside("cron")) {
        (Some(rate), _) => read_rate(rate),
        (None, Some(cron)) => read_cron(cron),
        (None, None) => Err("`rate(5 minutes)` or `cron(0 2 * * ? *)`".to_owned()),
    }
}

fn read_rate(rate: &str) -> Result<(), String> {
    const UNITS: [&str; 3] = ["minute", "hour", "day"];
    let fits = rate.split_once(' ').is_some_and(|(number, unit)| {
        let is_number = !number.starts_with('0') && number.len() <= 9 && number.bytes().all(|digit| digit.is_ascii_digit());
        // One takes the singular, and no other number does.
        let unit = if number == "1" { Some(unit) } else { unit.strip_suffix('s') };
        !number.is_empty() && is_number && unit.is_some_and(|unit| UNITS.contains(&unit))
    });
    if fits { Ok(()) } else { Err("a number from 1 and `minutes`, `hours` or `days`, or `1 minute`, `1 hour`, `1 day`".to_owned()) }
}

/// A field of a cron expression.
struct Field {
    name: &'static str,
    least: u16,
    most: u16,
    /// Words that stand for numbers from `least` on.
    words: &'static [&'static str],
}

const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS: [&str; 7] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const FIELDS: [Field; 6] = [
    Field { name: "minutes", least: 0, most: 59, words: &[] },
    Field { name: "hours", least: 0, most: 23, words: &[] },
    Field { name: "day of the month", least: 1, most: 31, words: &[] },
    Field { name: "month", least: 1, most: 12, words: &MONTHS },
    Field { name: "day of the week", least: 1, most: 7, words: &DAYS },
    Field { name: "year", least: 1970, most: 2199, words: &[] },
];

/// Of the two days, one is left open.
const DAY_OF_MONTH: usize = 2;
const DAY_OF_WEEK: usize = 4;

fn read_cron(cron: &str) -> Result<(), String> {
    let parts: Vec<_> = cron.split_whitespace().collect();
    if parts.len() != FIELDS.len() {
        return Err("six fields: minutes, hours, day of the month, month, day of the week and year".to_owned());
    }
    for (index, (field, part)) in FIELDS.iter().zip(&parts).enumerate() {
        let fits = match index {
            DAY_OF_MONTH => *part == "?" || field.reads_list(part, |item| field.is_day_of_month(item)),
            DAY_OF_WEEK => *part == "?" || field.reads_list(part, |item| field.is_day_of_week(item)),
            _ => field.reads_list(part, |_| false),
        };
        if !fits {
            let words = field.words.first().zip(field.words.last()).map(|(first, last)| format!(", or {first} to {last}"));
            return Err(format!("the {} from {} to {}{}", field.name, field.least, field.most, words.unwrap_or_default()));
        }
    }
    match (parts[DAY_OF_MONTH], parts[DAY_OF_WEEK]) {
        ("?", "?") => Err("one of the two days to be given, and the other one `?`".to_owned()),
        ("?", _) | (_, "?") => Ok(()),
        _ => Err("`?` for one of the two days, that of the month or that of the week".to_owned()),
    }
}

impl Field {
    /// A list of values, ranges and steps, or of what else the field knows.
    fn reads_list(&self, part: &str, is_special: impl Fn(&str) -> bool) -> bool {
        part.split(',').all(|item| self.reads_item(item) || is_special(item))
    }

    fn reads_item(&self, item: &str) -> bool {
        let (range, step) = item.split_once('/').map_or((item, None), |(range, step)| (range, Some(step)));
        let in_range = range == "*"
            || match range.split_once('-') {
                Some((first, last)) => self.is_value(first) && self.is_value(last),
                None => self.is_value(range),
            };
        in_range && step.is_none_or(|step| number(step).is_some_and(|step| step > 0))
    }

    fn is_value(&self, value: &str) -> bool {
        let in_range = |value| (self.least..=self.most).contains(&value);
        number(value).is_some_and(in_range) || self.words.iter().any(|word| word.eq_ignore_ascii_case(value))
    }

    /// The last day, so many days before it, or the weekday that is nearest to a day.
    fn is_day_of_month(&self, item: &str) -> bool {
        let before_last = item.strip_prefix("L-").and_then(number).is_some_and(|days| days < self.most);
        matches!(item, "L" | "LW") || before_last || item.strip_suffix('W').is_some_and(|day| self.is_value(day))
    }

    /// The last one, the last of its kind in the month, or a certain one of its kind.
    fn is_day_of_week(&self, item: &str) -> bool {
        let numbered = item
            .split_once('#')
            .is_some_and(|(day, which)| self.is_value(day) && number(which).is_some_and(|which| (1..=5).contains(&which)));
        item == "L" || numbered || item.strip_suffix('L').is_some_and(|day| self.is_value(day))
    }
}

fn number(text: &str) -> Option<u16> {
    if text.bytes().all(|digit| digit.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// Mistakes in a schedule.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "schedule")]
#[non_exhaustive]
pub enum ScheduleIssue {
    /// `EventBridge`'s grammar of schedules.
    #[error("found the schedule `{found}`, expected {expected}")]
    #[issue(
        help = "write a rate such as `rate(1 hour)`, or times in UTC such as `cron(0 2 * * ? *)`: every day at two",
        docs = "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html"
    )]
    Expression {
        /// What was found.
        found: String,
        /// What was expected.
        expected: String,
    },
}
