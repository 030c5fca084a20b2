//! Mistakes in containers: what they say of themselves, their environment, secrets, health and logs.

use super::planting::{Mistake, Planting, WORKLOAD, planted, secrets};
use crate::container::{Container, ContainerLogs, EnvValue, EnvironmentVariable, Image, InternalHealthCheck};
use crate::http_api_gateway::AccessLogs;
use crate::resource::ResourceKind;
use crate::text::Secret;

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::new("container::name", WORKLOAD, |planting| {
        let name = planting.text(&["web server", "", "wéb", &"a".repeat(256)]);
        planting.add_containers([Container::builder(name, Image::prebuilt("nginx:1.29"))]) + ".name"
    }),
    Mistake::new("container::stop_timeout", WORKLOAD, |planting| {
        let seconds = planting.one(&[121, 1, 0, u16::MAX]);
        let (container, path) = planting.container();
        container.stop_timeout = Some(seconds);
        path + ".stopTimeout"
    }),
    Mistake::new("environment::name", WORKLOAD, |planting| {
        let name = planting.one(&["", "A=B", "A\0"]);
        variables(planting, &[(name, "x".into())]) + ".name"
    }),
    Mistake::new("environment::duplicate", WORKLOAD, |planting| {
        let second = planting.one(&[EnvValue::from("y"), Secret::new("key").into()]);
        variables(planting, &[("planted", "x".into()), ("planted", second)]) + ".name"
    }),
    Mistake::new("environment::not_a_number", WORKLOAD, |planting| {
        let number = planting.one(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
        variables(planting, &[("planted", number.into())]) + ".value"
    }),
    Mistake::new("environment::secret_written_out", WORKLOAD, |planting| {
        let value = planting.one(&secrets());
        variables(planting, &[("planted", value.into())]) + ".value"
    }),
    Mistake::new("secret::name", WORKLOAD, |planting| {
        let name = planting.text(&["db password", "", &"a".repeat(513)]);
        secret(planting, Secret::new(name))
    }),
    Mistake::new("secret::arn", WORKLOAD, |planting| {
        let arn = planting.one(&[
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password::",
            "arn:aws:ssm:eu-west-1:123456789012:parameter/password",
            "arn:aws:secretsmanager:eu-west-1::secret:db",
        ]);
        secret(planting, Secret::new(arn))
    }),
    Mistake::new("secret::name_like_suffix", WORKLOAD, |planting| {
        let name = planting.one(&["db-secret", "a-000000"]);
        secret(planting, Secret::new(name))
    }),
    Mistake::new("secret::key", WORKLOAD, |planting| {
        let key = planting.one(&["user:password", ""]);
        secret(planting, Secret::new("db").key(key))
    }),
    Mistake::new("health_check::command", WORKLOAD, |planting| {
        let command = planting.one(&[vec!["curl", "http://localhost/"], vec!["NONE"], vec![]]);
        health_check(planting, "healthCheckCommand", |check| {
            check.health_check_command = command.into_iter().map(str::to_owned).collect();
        })
    }),
    Mistake::new("health_check::empty_command", WORKLOAD, |planting| {
        let command = planting.one(&[vec!["CMD"], vec!["CMD-SHELL", " "]]);
        health_check(planting, "healthCheckCommand", |check| {
            check.health_check_command = command.into_iter().map(str::to_owned).collect();
        })
    }),
    Mistake::new("health_check::interval", WORKLOAD, |planting| {
        let seconds = planting.one(&[4, 301, 0, u16::MAX]);
        health_check(planting, "intervalSeconds", |check| check.interval_seconds = Some(seconds))
    }),
    Mistake::new("health_check::timeout", WORKLOAD, |planting| {
        let seconds = planting.one(&[1, 61, 0, u16::MAX]);
        health_check(planting, "timeoutSeconds", |check| check.timeout_seconds = Some(seconds))
    }),
    Mistake::new("health_check::retries", WORKLOAD, |planting| {
        let retries = planting.one(&[0, 11, u16::MAX]);
        health_check(planting, "retries", |check| check.retries = Some(retries))
    }),
    Mistake::new("health_check::start_period", WORKLOAD, |planting| {
        let seconds = planting.one(&[301, u16::MAX]);
        health_check(planting, "startPeriodSeconds", |check| check.start_period_seconds = Some(seconds))
    }),
    Mistake::new("logging::retention_days", &[ResourceKind::HttpApiGateway, ResourceKind::MultiContainerWorkload], |planting| {
        let days = planting.one(&[91, 0, 3654, u16::MAX]);
        if planting.one(&[true, false]) {
            let (container, path) = planting.container();
            container.logging = ContainerLogs::retained(days).into();
            path + ".logging.retentionDays"
        } else {
            let (gateway, path) = planting.gateway();
            gateway.logging = AccessLogs::retained(days).into();
            path + ".logging.retentionDays"
        }
    }),
];

/// Gives a container these variables too; the path is that of the last one.
pub(super) fn variables(planting: &mut Planting<'_>, variables: &[(&str, EnvValue)]) -> String {
    let (container, path) = planting.container();
    container.environment.extend(variables.iter().map(|(name, value)| EnvironmentVariable::new(*name, value.clone())));
    format!("{path}.environment[{}]", container.environment.len() - 1)
}

fn secret(planting: &mut Planting<'_>, secret: Secret) -> String {
    variables(planting, &[("planted", secret.into())]) + ".value"
}

/// Changes the health check of a container that nobody waits for.
fn health_check(planting: &mut Planting<'_>, field: &str, change: impl FnOnce(&mut InternalHealthCheck)) -> String {
    let mut check = InternalHealthCheck::shell("true").build();
    change(&mut check);
    format!("{}.internalHealthCheck.{field}", planting.add_containers([planted("checked").internal_health_check(check)]))
}
