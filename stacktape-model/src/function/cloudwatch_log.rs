//! Lines of a log group.

use stacktape_macros::Keyed;

use super::{Function, FunctionParam};
use crate::check::Check;
use crate::origin::Origin;
use crate::text::{Param, Text};

/// Calls the function with the lines of a log group. YAML: `cloudwatch-log`.
///
/// ```
/// use stacktape_model::function::{CloudwatchLogEvent, Function, Package, Runtime};
/// let api = Function::builder("api", Package::artifact("dist/api", "index:handler")).runtime(Runtime::NodeJs24).build();
/// let watcher = Function::builder("watcher", Package::artifact("dist/watcher", "index:handler"))
///     .runtime(Runtime::NodeJs24)
///     .event(CloudwatchLogEvent::new(api.log_group_arn()).filter("?ERROR ?WARN"));
/// ```
///
/// CloudWatch Logs sends lines a few at a time, as JSON that is compressed by gzip and written in base64, in `awslogs.data`.
///
/// **Creates** an `AWS::Logs::SubscriptionFilter`, and the permission for the log group to call the function. A log group has at most two
/// filters, with that of its `logForwarding`.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct CloudwatchLogEvent {
    /// The ARN of the log group, of the stack's account and region, with or without `:*` at its end. YAML: `logGroupArn`, such as
    /// `$ResourceParam('api', 'logGroupArn')`. A change replaces the filter.
    #[required]
    pub log_group_arn: Text,
    /// Which lines, in CloudWatch's pattern language, at most 1,024 characters. YAML: `filter`, default: all. Changed in place.
    pub filter: String,
    /// Where the event is written.
    pub origin: Origin,
}

/// <https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html>
const FILTER_MAX: usize = 1024;

impl CloudwatchLogEvent {
    /// All lines of the log group with this ARN.
    #[track_caller]
    pub fn new(log_group_arn: impl Into<Text>) -> Self {
        Self { log_group_arn: log_group_arn.into(), filter: String::new(), origin: Origin::here() }
    }

    /// Only lines that fit a pattern of CloudWatch, at most 1,024 characters. YAML: `filter`, default: all.
    pub fn filter(mut self, pattern: impl Into<String>) -> Self {
        self.filter = pattern.into();
        self
    }

    /// The function of the stack whose log group it is, where it is that of a function.
    pub fn function_in_stack(&self) -> Option<&str> {
        self.log_group_arn.resource_of(Param::Function(FunctionParam::LogGroupArn))
    }

    /// The name of the log group, where it is written out.
    pub fn written_log_group(&self) -> Option<&str> {
        let parts: Vec<_> = self.log_group_arn.as_literal()?.split(':').collect();
        match parts.as_slice() {
            ["arn", _, "logs", region, account, "log-group", name] | ["arn", _, "logs", region, account, "log-group", name, "*"]
                if ![region, account, name].iter().any(|part| part.is_empty()) =>
            {
                Some(name)
            }
            _ => None,
        }
    }

    pub(super) fn check(&self, function: &Function, at: &mut Check<'_>) {
        let is_written = |_: &str| self.written_log_group().is_some_and(is_group_name);
        if !self.log_group_arn.may_be(Param::Function(FunctionParam::LogGroupArn), is_written) {
            at.field("logGroupArn").report(&CloudwatchLogEventIssue::LogGroup);
        }
        if self.function_in_stack() == Some(function.name()) {
            at.field("logGroupArn").report(&CloudwatchLogEventIssue::OwnLogGroup);
        }
        let found = self.filter.chars().count();
        if found > FILTER_MAX {
            at.field("filter").report(&CloudwatchLogEventIssue::LongFilter { found });
        }
    }
}

fn is_group_name(name: &str) -> bool {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || ".-_/#".contains(letter);
    name.len() <= 512 && name.chars().all(allowed)
}

/// Mistakes in events of log groups.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "cloudwatch_log_event")]
#[non_exhaustive]
pub enum CloudwatchLogEventIssue {
    /// A log group is known by its ARN.
    #[error("found something else than the ARN of a log group, expected `arn:..:logs:..:log-group:` and the group's name")]
    #[issue(
        help = "write `function.log_group_arn()`, or an ARN such as `arn:aws:logs:eu-west-1:123456789012:log-group:/shop/api`",
        yaml = "write `$ResourceParam('api', 'logGroupArn')`, or an ARN such as `arn:aws:logs:eu-west-1:123456789012:log-group:/shop/api`",
        docs = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html"
    )]
    LogGroup,
    /// What the function logs calls it again.
    #[error("found the function's own log group, expected that of something else, since each call logs and thereby makes the next one")]
    #[issue(
        help = "take the log group of another function, or a filter that fits nothing which the function logs; as it stands, it never rests",
        warning,
        docs = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Subscriptions-recursion-prevention.html"
    )]
    OwnLogGroup,
    /// CloudWatch's limit of a pattern.
    #[error("found a filter of {found} characters, expected at most 1,024")]
    #[issue(
        help = "shorten it, or let the function leave out what it does not need",
        docs = "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html"
    )]
    LongFilter {
        /// How many characters there are.
        found: usize,
    },
    /// CloudWatch's limit of a log group.
    #[error("found {found} subscriptions of the log group `{group}`, expected at most 2, with that of its log forwarding")]
    #[issue(
        help = "let one function hand the lines on, or forward them to a stream that several read",
        docs = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html"
    )]
    TooManyFilters {
        /// How many there are.
        found: usize,
        /// The log group, by its function or its name.
        group: String,
    },
}
