//! Every scenario before outside judges: linters, a local double of AWS, and the real `cdk` CLI.
//!
//! `JUDGES` is the folder of the judges' scripts, `HARNESS_ENV` the one that their `setup.sh` filled; `.ci/test` sets both.

mod checkov;

#[allow(unreachable_pub)] // examples and tests share it
#[path = "../golden/scenarios.rs"]
mod scenarios;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use scenarios::Scenario;
use serde_json::Value as Json;
use stacktape::assembly::{Assembly, assemble};
use stacktape::prelude::*;

fn setting(name: &str) -> PathBuf {
    let value = std::env::var_os(name).unwrap_or_else(|| panic!("set {name}, as .ci/test does"));
    PathBuf::from(value).canonicalize().expect("a folder that is there")
}

fn script(name: &str) -> PathBuf {
    setting("JUDGES").join(name)
}

fn python() -> Command {
    Command::new(setting("HARNESS_ENV").join("venv/bin/python"))
}

fn assembly(scenario: &Scenario, describe: fn(&mut Stack, &Target)) -> Assembly {
    let (stack, target) = scenarios::stack(scenario, describe);
    assemble(stack, &target, Path::new("cdk.out")).expect("a valid stack")
}

/// Writes the template of a scenario and that of its change.
fn templates(scenario: &Scenario, folder: &Path) -> [PathBuf; 2] {
    [("", scenario.describe), (".changed", scenario.change)].map(|(suffix, describe)| {
        let path = folder.join(format!("{}{suffix}.json", scenario.name));
        fs::write(&path, assembly(scenario, describe).template_json()).expect("written");
        path
    })
}

fn run(command: &mut Command) -> (Output, Json) {
    let output = command.stdin(Stdio::null()).output().expect("the judge runs");
    let report = serde_json::from_slice(&output.stdout).unwrap_or(Json::Null);
    (output, report)
}

/// A judge says yes by its exit status and in its report.
fn assert_ok(what: &str, (output, report): &(Output, Json)) {
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && report["ok"] == true, "{what}: {}\n{report:#}\n{stderr}", output.status);
}

/// Warnings of the validator that we mean to have: in which scenario, and why.
const EXPLAINED: &[(&str, &str, &str)] = &[(
    "function_traffic",
    "W9002",
    "a load balancer takes a function only if it may call it, so the permission comes first, and knows the target group by its name",
)];

#[test]
fn the_validator_of_aws_finds_no_error_and_no_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut unexplained = Vec::new();
    for scenario in scenarios::ALL {
        let paths = templates(scenario, folder.path());
        let (output, report) = run(python().arg(script("validate.py")).arg("--warnings").args(&paths));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(report["templates"], paths.len(), "{}: {}\n{stderr}", scenario.name, output.status);
        let told = report["messages"].as_array().into_iter().flatten();
        unexplained
            .extend(told.filter(|told| EXPLAINED.iter().all(|(name, rule, _)| *name != scenario.name || told["rule"] != *rule)).cloned());
    }
    assert!(unexplained.is_empty(), "{unexplained:#?}");
}

#[test]
fn cfn_lint_finds_no_error_and_no_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    for scenario in scenarios::ALL {
        for path in templates(scenario, folder.path()) {
            let verdict = run(Command::new("bash").arg(script("lint.sh")).arg(&path).env("LINT_FAIL", "informational"));
            assert_ok(&format!("lint.sh on {}", path.display()), &verdict);
        }
    }
}

/// Scenarios that the local double of AWS would refuse, and why.
const BEYOND_THE_DOUBLE: &[(&str, &str)] = &[
    ("batch_job", "moto 5.2.5 makes no environment for jobs without a role of the stack's own, which AWS needs no more"),
    (
        "function_streams",
        "moto 5.2.5 knows neither consumers of streams nor streams of global tables nor topics of Kafka as what a function reads",
    ),
    ("passing", "moto 5.2.5 takes every load balancer of a template for an application load balancer"),
    ("domains", "moto 5.2.5 makes no certificates of a template, and looks for those of listeners"),
];

#[test]
fn every_scenario_that_the_double_knows_is_created_updated_and_deleted() {
    let folder = tempfile::tempdir().expect("a folder");
    for scenario in scenarios::ALL.iter().filter(|scenario| BEYOND_THE_DOUBLE.iter().all(|(name, _)| *name != scenario.name)) {
        let (output, report) = run(python()
            .arg(script("moto_deploy.py"))
            .args(templates(scenario, folder.path()))
            .arg("--quiet")
            // The code of functions is published by the `cdk` CLI, which another judge runs.
            .env("VALIDATE_LAMBDA_S3", "false"));
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(report["ok"] == true, "moto_deploy.py on {}: {}\n{report:#}\n{stderr}", scenario.name, output.status);
        let steps: Vec<_> = report["steps"].as_array().into_iter().flatten().filter_map(|step| step["step"].as_str()).collect();
        assert_eq!(steps, ["create", "update", "delete"], "{}", scenario.name);
        let leftovers = report["leftovers"].as_object().expect("a map of what is left");
        let kinds = leftovers.iter().flat_map(|(kind, left)| vec![kind.as_str(); left.as_array().map_or(0, Vec::len)]);
        assert_eq!(kinds.collect::<Vec<_>>(), scenario.retains, "{}: {leftovers:?}", scenario.name);
    }
}

#[test]
fn every_assembly_keeps_to_the_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    for scenario in scenarios::ALL {
        let out = folder.path().join(scenario.name);
        assembly(scenario, scenario.describe).write(&out).expect("written");
        assert_ok(scenario.name, &run(Command::new("node").arg(script("asm_check.mjs")).arg(&out)));
    }
}

/// The program of an example, which the build put beside the tests.
fn program(example: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("this program");
    let folder = tests.ancestors().nth(2).expect("the build's folder");
    folder.join("examples").join(example)
}

/// The example as the app of the `cdk` CLI, then its change: deploy, update, destroy.
fn deploy(name: &str) -> Json {
    let scenario = scenarios::ALL.iter().find(|scenario| scenario.name == name).expect("a scenario");
    let folder = tempfile::tempdir().expect("a folder");
    let changed = folder.path().join("changed");
    // The program has a project name of its own, and the change must update the same stack.
    let project = Command::new(program(name)).arg("ls").output().expect("the example runs");
    let project = String::from_utf8(project.stdout).expect("text");
    let project = project.lines().next().and_then(|stack| stack.strip_suffix("-dev")).expect("a stack of the stage dev").to_owned();
    let target = Target::new(project, "dev").project_directory(scenarios::project(name));
    let mut stack = Stack::new(&target.project, &target.stage);
    (scenario.change)(&mut stack, &target);
    assemble(stack, &target, &changed).expect("a valid stack").write(&changed).expect("written");
    let verdict = run(Command::new("bash").arg(script("cdk_deploy_moto.sh")).arg(program(name)).arg(&changed));
    assert_ok(&format!("cdk_deploy_moto.sh on {name}"), &verdict);
    verdict.1
}

#[test]
fn the_cdk_cli_deploys_the_quickstart_and_pushes_its_image() {
    let report = deploy("quickstart");
    let steps: Vec<_> = report["steps"].as_array().into_iter().flatten().filter_map(|step| step["step"].as_str()).collect();
    for step in ["ls", "synth", "bootstrap", "deploy", "diff-none", "diff-some", "deploy-update", "diff-none2", "destroy"] {
        assert!(steps.contains(&step), "no step {step} in {steps:?}");
    }
    let calls: Vec<_> = report["docker_calls"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    for (word, more) in [("build ", "--platform linux/amd64"), ("push ", "container-assets")] {
        assert!(calls.iter().any(|call| call.starts_with(word) && call.contains(more)), "no `{word}..{more}` in {calls:?}");
    }
}

#[test]
fn the_cdk_cli_deploys_workloads_that_reach_each_other() {
    deploy("service_connect");
}

#[test]
fn the_cdk_cli_deploys_services_and_builds_their_images() {
    let report = deploy("web_private_worker");
    let calls = report["docker_calls"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let builds: std::collections::BTreeSet<_> = calls.filter(|call| call.starts_with("build ")).collect();
    assert_eq!(builds.len(), 2, "{builds:?}");
}

#[test]
fn the_cdk_cli_deploys_functions_and_publishes_their_code() {
    let report = deploy("function_api");
    let assets = report["live"]["assets"].as_object().expect("buckets of assets");
    let files: Vec<_> = assets.values().flat_map(|keys| keys.as_array().into_iter().flatten()).filter_map(Json::as_str).collect();
    // Two functions have the same code.
    assert_eq!(files.iter().filter(|file| file.ends_with(".zip")).count(), 3, "{files:?}");
}

#[test]
fn the_cdk_cli_deploys_what_events_start() {
    let report = deploy("event_driven");
    let assets = report["live"]["assets"].as_object().expect("buckets of assets");
    let files: Vec<_> = assets.values().flat_map(|keys| keys.as_array().into_iter().flatten()).filter_map(Json::as_str).collect();
    assert_eq!(files.iter().filter(|file| file.ends_with(".zip")).count(), 4, "{files:?}");
}

#[test]
fn the_cdk_cli_deploys_the_load_balancer() {
    let report = deploy("load_balancer");
    let steps: Vec<_> = report["steps"].as_array().into_iter().flatten().filter_map(|step| step["step"].as_str()).collect();
    assert!(steps.contains(&"deploy-update") && steps.contains(&"destroy"), "{steps:?}");
}

#[test]
fn the_cdk_cli_deploys_workloads_on_instances() {
    deploy("ec2");
}

#[test]
fn the_cdk_cli_builds_images_of_sources() {
    let report = deploy("packaging");
    let calls: Vec<_> = report["docker_calls"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let builds: std::collections::BTreeSet<_> = calls.iter().filter(|call| call.starts_with("build ")).collect();
    assert_eq!(builds.len(), 3, "{builds:?}");
    assert!(builds.iter().all(|call| call.contains("--file .stacktape/Dockerfile")), "{builds:?}");
    // Cloud Native Buildpacks, which Docker runs where they are not installed.
    assert!(calls.iter().any(|call| call.starts_with("run ") && call.contains("--builder=heroku/builder:24")), "{calls:?}");
    // Nixpacks, which Docker downloads and runs, by a program of several lines.
    assert!(calls.iter().any(|call| call.contains(" nixpacks build . --name=stacktape/asset.")), "{calls:?}");
}

#[test]
fn the_cdk_cli_builds_both_images_for_arm() {
    let report = deploy("two_containers");
    let calls: Vec<_> = report["docker_calls"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let builds: std::collections::BTreeSet<_> = calls.iter().filter(|call| call.starts_with("build ")).collect();
    assert_eq!(builds.len(), 2, "{builds:?}");
    assert!(builds.iter().all(|call| call.contains("--platform linux/arm64")), "{builds:?}");
    assert!(builds.iter().any(|call| call.contains("--build-arg NODE_VERSION=24")), "{builds:?}");
}

/// What the judge has in the place of Docker writes nothing. This one writes a package where it is told to, with a file in it: the
/// CLI takes an empty one for a broken one.
const PACKING: &str = r#"for word; do case $word in type=local,dest=*)
  (cd "${word#*dest=}" && echo packed > code && python3 -m zipfile -c package.zip code && rm code);; esac; done
"#;

#[test]
fn the_cdk_cli_packages_functions_and_uploads_them() {
    let folder = tempfile::tempdir().expect("a folder");
    // The judge, with another program in the place of Docker.
    let judges = folder.path().join("judges");
    fs::create_dir(&judges).expect("made");
    for entry in fs::read_dir(setting("JUDGES")).expect("listed").map(|entry| entry.expect("an entry").path()).filter(|path| path.is_file())
    {
        fs::copy(&entry, judges.join(entry.file_name().expect("a name"))).expect("copied");
    }
    let judge = judges.join("cdk_deploy_moto.sh");
    let text = fs::read_to_string(&judge).expect("read");
    let place = "case \"$1\" in login)";
    assert_eq!(text.matches(place).count(), 1, "the judge has another program in the place of Docker");
    fs::write(&judge, text.replace(place, &format!("{PACKING}{place}"))).expect("written");

    let scenario = scenarios::ALL.iter().find(|scenario| scenario.name == "function_packaging").expect("a scenario");
    let [one, two] = [("one", scenario.describe), ("two", scenario.change)].map(|(name, describe)| {
        let out = folder.path().join(name);
        assembly(scenario, describe).write(&out).expect("written");
        out
    });
    let verdict = run(Command::new("bash").arg(&judge).args([&one, &two]));
    assert_ok("cdk_deploy_moto.sh on function_packaging", &verdict);
    let calls: Vec<_> = verdict.1["docker_calls"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    let builds = calls.iter().filter(|call| call.starts_with("build ")).collect::<Vec<_>>();
    // Each is built once, since its name tells what is in it; the one of Python is nothing but its sources.
    assert_eq!(builds.len(), 3, "{builds:?}");
    let uploaded = verdict.1["live"]["assets"].to_string();
    for file in assembly(scenario, scenario.describe).files() {
        assert!(uploaded.contains(file.hash()), "{} is not in {uploaded}", file.hash());
    }
}
