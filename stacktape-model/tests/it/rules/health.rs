//! A container's own health check.

use stacktape_model::container::{InternalHealthCheck, InternalHealthCheckBuilder};
use stacktape_model::stack::Stack;

use crate::support::{Rule, rule, running, web};

#[track_caller]
fn checked(check: InternalHealthCheckBuilder) -> Stack {
    running([web().internal_health_check(check)])
}

fn curl() -> InternalHealthCheckBuilder {
    InternalHealthCheck::shell("curl -f http://localhost/ || exit 1")
}

fn command<const N: usize>(words: [&str; N]) -> InternalHealthCheckBuilder {
    InternalHealthCheck::builder(words.map(str::to_owned))
}

pub(crate) fn rules() -> Vec<Rule> {
    const AT: &str = "resources.api.containers[0].internalHealthCheck";
    let at = |field: &str| format!("{AT}.{field}");
    vec![
        rule("health_check::command")
            .refuses(&at("healthCheckCommand"), checked(command(["curl", "http://localhost/"])))
            .saying(
                "found a command that begins with `curl`, expected `CMD` or `CMD-SHELL`",
                "call `InternalHealthCheck::shell(\"..\")` or `InternalHealthCheck::program([..])`",
            )
            .refuses(&at("healthCheckCommand"), checked(command([])))
            .refuses(&at("healthCheckCommand"), checked(command(["NONE"])))
            .takes(checked(command(["CMD", "curl", "http://localhost/"])))
            .takes(checked(curl())),
        rule("health_check::empty_command")
            .refuses(&at("healthCheckCommand"), checked(InternalHealthCheck::program(Vec::<String>::new())))
            .saying(
                "found nothing behind the first word, expected a command",
                "write a command such as `curl -f http://localhost/ || exit 1`",
            )
            .refuses(&at("healthCheckCommand"), checked(InternalHealthCheck::shell(" ")))
            .takes(checked(InternalHealthCheck::program(["true"]))),
        rule("health_check::interval")
            .refuses(&at("intervalSeconds"), checked(curl().interval_seconds(4)))
            .saying("found an interval of 4 s, expected 5 to 300 s", "write `.interval_seconds(30)`, or leave it out")
            .refuses(&at("intervalSeconds"), checked(curl().interval_seconds(301)))
            .takes(checked(curl().interval_seconds(5)))
            .takes(checked(curl().interval_seconds(300))),
        rule("health_check::timeout")
            .refuses(&at("timeoutSeconds"), checked(curl().timeout_seconds(1)))
            .saying("found a timeout of 1 s, expected 2 to 60 s", "write `.timeout_seconds(5)`, or leave it out")
            .refuses(&at("timeoutSeconds"), checked(curl().timeout_seconds(61)))
            .takes(checked(curl().timeout_seconds(2)))
            .takes(checked(curl().timeout_seconds(60))),
        rule("health_check::retries")
            .refuses(&at("retries"), checked(curl().retries(0)))
            .saying("found 0 retries, expected 1 to 10", "write `.retries(3)`, or leave it out")
            .refuses(&at("retries"), checked(curl().retries(11)))
            .takes(checked(curl().retries(1)))
            .takes(checked(curl().retries(10))),
        rule("health_check::start_period")
            .refuses(&at("startPeriodSeconds"), checked(curl().start_period_seconds(301)))
            .saying("found a start period of 301 s, expected 0 to 300 s", "write `.start_period_seconds(300)` for the longest one")
            .takes(checked(curl().start_period_seconds(0)))
            .takes(checked(curl().start_period_seconds(300))),
    ]
}
