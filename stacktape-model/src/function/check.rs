//! What Lambda takes of a function.

use super::{Function, FunctionIssue, Package};
use crate::check::Check;
use crate::container::{VolumeMount, check_variables};
use crate::iam;
use crate::stack_config::{OWN_TAGS, TAGS_MAX, check_tags};
use crate::table::Set;
use crate::units::Memory;

const LAYERS_MAX: usize = 5;
/// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
const ENVIRONMENT_MAX: usize = 4096;

impl Function {
    pub(crate) fn check(&self, at: &mut Check<'_>) {
        self.packaging.check(&mut at.field("packaging"));
        self.check_runtime(at);
        for (key, found, least, most) in [("memory", self.memory, 128, 10_240), ("storage", self.storage, 512, 10_240)] {
            if let Some(found) = found.map(Memory::as_mib).filter(|found| !(least..=most).contains(found)) {
                at.field(key).report(&FunctionIssue::Size { found, least, most });
            }
        }
        self.check_mounts(at);
        let found = self.timeout_seconds();
        if !(1..=900).contains(&found) {
            at.field("timeout").report(&FunctionIssue::Timeout { found });
        }
        if self.layers.len() > LAYERS_MAX {
            at.field("layers").report(&FunctionIssue::TooManyLayers { found: self.layers.len() });
        }
        let mut layers = Set::new();
        at.field("layers").each(&self.layers, |at, layer| {
            if let Some(arn) = layer.as_literal().filter(|arn| !layers.insert((*arn).to_owned())) {
                at.report(&FunctionIssue::LayerTwice { arn: arn.to_owned() });
            }
            if let Some(arn) = layer.as_literal().filter(|arn| !is_layer_version(arn)) {
                at.report(&FunctionIssue::Layer { arn: arn.to_owned() });
            }
        });
        self.check_environment(&mut at.field("environment"));
        if let Some(url) = &self.url {
            url.check(&mut at.field("url"));
        }
        self.logging.check(&mut at.field("logging"));
        check_tags(&self.tags, false, TAGS_MAX - OWN_TAGS, &mut at.field("tags"));
        if let Some(destinations) = &self.destinations {
            destinations.check(&mut at.field("destinations"));
        }
        iam::check(&self.iam_role_statements, at);
        at.field("events").each(&self.events, |at, event| event.check(self, at));
    }

    fn check_mounts(&self, at: &mut Check<'_>) {
        let mut at = at.field("volumeMounts");
        let found = self.volume_mounts.len();
        if found > 1 {
            at.report(&FunctionIssue::TooManyMounts { found });
        }
        if found > 0 && !self.join_default_vpc {
            at.report(&FunctionIssue::MountOutsideVpc);
        }
        at.each(&self.volume_mounts, |at, VolumeMount::Efs(mount)| {
            let mut at = at.written_here(mount.origin());
            mount.check_directory(&mut at);
            if !is_mount_path(&mount.mount_path) {
                at.field("mountPath").report(&FunctionIssue::MountPath { found: mount.mount_path.clone() });
            }
        });
    }

    fn check_runtime(&self, at: &mut Check<'_>) {
        if let Some((runtime, later)) = self.used_runtime().and_then(|runtime| Some((runtime, runtime.successor()?))) {
            at.field("runtime").report(&FunctionIssue::DeprecatedRuntime { runtime: runtime.as_str(), later: later.as_str() });
        }
        match (self.runtime, &self.packaging) {
            (None, Package::Artifact(_)) => at.field("runtime").report(&FunctionIssue::NoRuntime),
            (Some(runtime), Package::Artifact(artifact)) => artifact.check_handler(runtime, &mut at.field("packaging")),
            (runtime, Package::Buildpack(buildpack)) => buildpack.check_function(runtime, &self.layers, at),
            (_, Package::Inline(_)) => {}
        }
    }

    fn check_environment(&self, at: &mut Check<'_>) {
        check_variables(&self.environment, at);
        let mut size = 0;
        at.each(&self.environment, |at, variable| {
            let name = &variable.name;
            let mut at = at.written_here(variable.origin);
            let allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
            if RESERVED.contains(&name.as_str()) || name.starts_with("AWS_LAMBDA_") {
                at.field("name").report(&FunctionIssue::ReservedVariable { name: name.clone() });
            } else if !name.is_empty()
                && !name.contains('=')
                && (!name.starts_with(|first: char| first.is_ascii_alphabetic()) || name.len() < 2 || !name.chars().all(allowed))
            {
                at.field("name").report(&FunctionIssue::VariableName { name: name.clone() });
            }
            // A secret becomes a dynamic reference here, so one that is written out is the same.
            if variable.value.is_secret() || variable.value.reveals_secret() {
                at.field("value").report(&FunctionIssue::VisibleSecret { name: name.clone() });
            }
            size += variable.written_size();
        });
        if size > ENVIRONMENT_MAX {
            at.report(&FunctionIssue::LargeEnvironment { found: size });
        }
    }
}

/// <https://docs.aws.amazon.com/lambda/latest/api/API_FileSystemConfig.html>
fn is_mount_path(path: &str) -> bool {
    const LENGTH_MAX: usize = 160;
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let name = path.strip_prefix("/mnt/").unwrap_or_default();
    !name.is_empty() && name.chars().all(is_allowed) && path.len() <= LENGTH_MAX
}

/// What Lambda sets itself, and refuses to be given.
/// <https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime>
const RESERVED: [&str; 12] = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SECRET_KEY",
    "AWS_SECURITY_TOKEN",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
];

/// `arn:partition:lambda:region:account:layer:name:version`, or `arn:partition:lambda:::awslayer:name` of AWS's own.
fn is_layer_version(arn: &str) -> bool {
    let parts: Vec<_> = arn.split(':').collect();
    match parts.as_slice() {
        ["arn", _, "lambda", region, account, "layer", name, version] => {
            ![region, account, name].iter().any(|part| part.is_empty()) && version.parse::<u64>().is_ok()
        }
        ["arn", _, "lambda", "", "", "awslayer", name] => !name.is_empty(),
        _ => false,
    }
}
