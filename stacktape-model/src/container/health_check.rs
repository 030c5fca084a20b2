//! A container's own health check.

use std::ops::RangeInclusive;

use stacktape_macros::model;

use crate::check::Check;

/// A command inside a container that says whether it is well: status 0 or not. An essential container that is not well
/// makes ECS replace the whole task. YAML: `internalHealthCheck`.
///
/// ```
/// use stacktape_model::container::InternalHealthCheck;
/// let check = InternalHealthCheck::shell("curl -f http://localhost/ || exit 1").interval_seconds(20).retries(2).build();
/// ```
#[model]
pub struct InternalHealthCheck {
    /// `health_check_command`: `CMD` and the arguments, or `CMD-SHELL` and a line for the container's shell. YAML:
    /// `healthCheckCommand`.
    #[argument]
    pub(crate) health_check_command: Vec<String>,
    /// Seconds between two runs: 5 to 300. YAML: `intervalSeconds`, default 30.
    pub(crate) interval_seconds: Option<u16>,
    /// Seconds that a run may take: 2 to 60. YAML: `timeoutSeconds`, default 5.
    pub(crate) timeout_seconds: Option<u16>,
    /// How many runs must fail: 1 to 10. YAML: `retries`, default 3.
    pub(crate) retries: Option<u16>,
    /// Seconds at the start in which failures do not count: 0 to 300. YAML: `startPeriodSeconds`, default 0.
    pub(crate) start_period_seconds: Option<u16>,
}

impl InternalHealthCheck {
    /// A line for the container's shell.
    pub fn shell(line: impl Into<String>) -> InternalHealthCheckBuilder {
        Self::builder(vec!["CMD-SHELL".to_owned(), line.into()])
    }

    /// A program with its arguments, without a shell.
    pub fn program<A: Into<String>>(arguments: impl IntoIterator<Item = A>) -> InternalHealthCheckBuilder {
        let command: Vec<_> = std::iter::once("CMD".to_owned()).chain(arguments.into_iter().map(Into::into)).collect();
        Self::builder(command)
    }

    pub(super) fn check(&self, at: &mut Check<'_>) {
        let command = &self.health_check_command;
        let first = command.first().map_or("", String::as_str);
        if !matches!(first, "CMD" | "CMD-SHELL") {
            at.field("healthCheckCommand").report(&HealthCheckIssue::Command { first: first.to_owned() });
        } else if command.len() < 2 || command[1].trim().is_empty() {
            at.field("healthCheckCommand").report(&HealthCheckIssue::EmptyCommand);
        }
        let ranges: [Range; 4] = [
            ("intervalSeconds", self.interval_seconds, 5..=300, |found| HealthCheckIssue::Interval { found }),
            ("timeoutSeconds", self.timeout_seconds, 2..=60, |found| HealthCheckIssue::Timeout { found }),
            ("retries", self.retries, 1..=10, |found| HealthCheckIssue::Retries { found }),
            ("startPeriodSeconds", self.start_period_seconds, 0..=300, |found| HealthCheckIssue::StartPeriod { found }),
        ];
        for (field, value, range, broken) in ranges {
            if let Some(found) = value.filter(|found| !range.contains(found)) {
                at.field(field).report(&broken(found));
            }
        }
    }
}

/// A key, its value, what ECS takes, and the mistake.
type Range = (&'static str, Option<u16>, RangeInclusive<u16>, fn(u16) -> HealthCheckIssue);

/// Mistakes in a container's own health check.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "health_check")]
#[non_exhaustive]
pub enum HealthCheckIssue {
    /// The first word tells ECS how to run the rest.
    #[error("found a command that begins with `{first}`, expected `CMD` or `CMD-SHELL`")]
    #[issue(
        help = "call `InternalHealthCheck::shell(\"..\")` or `InternalHealthCheck::program([..])`",
        yaml = "write `['CMD-SHELL', 'curl -f http://localhost/ || exit 1']`, or `CMD` and a program with its arguments",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"
    )]
    Command {
        /// What was found.
        first: String,
    },
    /// There must be something to run.
    #[error("found nothing behind the first word, expected a command")]
    #[issue(
        help = "write a command such as `curl -f http://localhost/ || exit 1`",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"
    )]
    EmptyCommand,
    /// ECS's limit.
    #[error("found an interval of {found} s, expected 5 to 300 s")]
    #[issue(
        help = "write `.interval_seconds(30)`, or leave it out",
        yaml = "write `intervalSeconds: 30`, or leave it out",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"
    )]
    Interval {
        /// What was found.
        found: u16,
    },
    /// ECS's limit.
    #[error("found a timeout of {found} s, expected 2 to 60 s")]
    #[issue(
        help = "write `.timeout_seconds(5)`, or leave it out",
        yaml = "write `timeoutSeconds: 5`, or leave it out",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"
    )]
    Timeout {
        /// What was found.
        found: u16,
    },
    /// ECS's limit.
    #[error("found {found} retries, expected 1 to 10")]
    #[issue(
        help = "write `.retries(3)`, or leave it out",
        yaml = "write `retries: 3`, or leave it out",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"
    )]
    Retries {
        /// What was found.
        found: u16,
    },
    /// ECS's limit.
    #[error("found a start period of {found} s, expected 0 to 300 s")]
    #[issue(
        help = "write `.start_period_seconds(300)` for the longest one",
        yaml = "write `startPeriodSeconds: 300` for the longest one",
        docs = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"
    )]
    StartPeriod {
        /// What was found.
        found: u16,
    },
}
