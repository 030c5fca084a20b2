//! Events that other services push to functions, over the whole stack.

use crate::arn;
use crate::check::{Check, Resources};
use crate::document::spelling;
use crate::function::{CloudwatchLogEvent, CloudwatchLogEventIssue, Function, FunctionEvent, SnsEvent, SnsEventIssue, TopicRef};
use crate::nested::written_name;
use crate::sns_topic::SnsTopic;
use crate::table::Table;

/// Checks topics that functions subscribe to, and how many subscriptions a log group has.
pub(crate) fn check(resources: Resources<'_>, root: &mut Check<'_>) {
    let mut at = root.field("resources");
    for function in resources.all::<Function>() {
        let mut at = at.field(written_name(function.name())).written_at(function.origin());
        let mut before = Vec::new();
        at.field("events").each(function.events(), |at, event| {
            if let FunctionEvent::Sns(event) = event {
                check_topic(event, &before, resources, &mut at.written_here(event.origin));
                before.push(event);
            }
        });
    }
    for (group, filters) in &subscriptions(resources) {
        let found = filters.len() + usize::from(group.of_function && is_forwarded(group.name, resources));
        // Of too many, the last one is told, in whatever order they were added.
        if let Some((function, index, event)) = filters.iter().max_by_key(|(function, index, _)| (*function, *index))
            && found > FILTERS_MAX
        {
            let mut at = at.field(written_name(function));
            let mut at = at.element("events", *index).written_at(event.origin);
            let issue = CloudwatchLogEventIssue::TooManyFilters { found, group: written_name(group.name).to_owned() };
            at.field("logGroupArn").report(&issue);
        }
    }
}

/// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html>
const FILTERS_MAX: usize = 2;

fn check_topic(event: &SnsEvent, before: &[&SnsEvent], resources: Resources<'_>, at: &mut Check<'_>) {
    let in_stack = event.topic.in_stack();
    let is_fifo = match (&event.topic, in_stack) {
        (_, Some(name)) => resources.all::<SnsTopic>().any(|topic| topic.name() == name && topic.is_fifo()),
        (TopicRef::Arn(arn), None) => arn.as_literal().is_some_and(arn::is_fifo),
        (TopicRef::Named(_), None) => false,
    };
    if is_fifo {
        at.field(event.topic.key()).report(&SnsEventIssue::FifoTopic);
    }
    // What is written twice in the same way is one event.
    let same_topic = |other: &&&SnsEvent| other.topic == event.topic || (in_stack.is_some() && other.topic.in_stack() == in_stack);
    if before.iter().find(same_topic).is_some_and(|other| *other != event) {
        let name = match (&event.topic, in_stack) {
            (_, Some(name)) => name.to_owned(),
            (TopicRef::Named(topic), None) => topic.name.clone(),
            (TopicRef::Arn(arn), None) => spelling::of_text(arn),
        };
        at.field(event.topic.key()).report(&SnsEventIssue::TopicTwice { name });
    }
}

/// A log group: that of a function, or one that is written out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Group<'a> {
    of_function: bool,
    name: &'a str,
}

fn group_of(event: &CloudwatchLogEvent) -> Option<Group<'_>> {
    let of_function = event.function_in_stack().map(|name| Group { of_function: true, name });
    of_function.or_else(|| event.written_log_group().map(|name| Group { of_function: false, name }))
}

/// A subscription: the function, and its event with the position.
type Subscription<'a> = (&'a str, usize, &'a CloudwatchLogEvent);

/// The subscriptions of each log group.
fn subscriptions(resources: Resources<'_>) -> Table<Group<'_>, Vec<Subscription<'_>>> {
    let mut subscribed: Table<_, Vec<Subscription<'_>>> = Table::new();
    for function in resources.all::<Function>() {
        for (index, event) in function.events().iter().enumerate() {
            let FunctionEvent::CloudwatchLog(event) = event else { continue };
            let Some(group) = group_of(event) else { continue };
            let filters = subscribed.entry(group).or_default();
            // What is written twice in the same way is one event.
            if filters.iter().all(|(other, _, before)| *other != function.name() || *before != event) {
                filters.push((function.name(), index, event));
            }
        }
    }
    subscribed
}

fn is_forwarded(function: &str, resources: Resources<'_>) -> bool {
    let mut functions = resources.all::<Function>().filter(|other| other.name() == function);
    functions.any(|function| function.logging.log_forwarding().is_some())
}
