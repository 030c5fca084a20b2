//! Random valid stacks before outside judges. `RANDOM_VALIDATED` (default 200) is how many go through the validator of AWS, in one
//! process, and `RANDOM_LINTED` (default 5) how many through cfn-lint; `PROPTEST_RNG_SEED` repeats a run. A template that is not
//! taken is kept below `target/random` for a closer look.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value as Json;
use stacktape::Target;
use stacktape::assembly::assemble;
use stacktape::strategy::StackStrategy;

fn setting(name: &str) -> PathBuf {
    let value = std::env::var_os(name).unwrap_or_else(|| panic!("set {name}, as .ci/test does"));
    PathBuf::from(value).canonicalize().expect("a folder that is there")
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).map_or(default, |value| value.parse().unwrap_or_else(|error| panic!("{name}={value}: {error}")))
}

/// So many templates of random valid stacks, as they are deployed: with the images that are built, and with at least one resource.
fn templates(count: usize) -> impl Iterator<Item = Json> {
    let apps = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/apps");
    let stacks = StackStrategy::new().buckets(1..=3).build_contexts(["api", "backend", "frontend"]);
    let stacks = stacks.entry_files(["packaging/main.ts", "packaging/main.py", "packaging/main.go"]).packages(["api", "accounts/report"]);
    let mut runner = TestRunner::new(Config::default());
    (0..count).map(move |_| {
        let stack = stacks.new_tree(&mut runner).expect("a stack").current();
        let target = Target::new("shop", "dev").project_directory(&apps);
        let assembly = assemble(stack, &target, Path::new("cdk.out")).expect("a valid stack");
        serde_json::from_str(assembly.template_json()).expect("JSON")
    })
}

/// Keeps a template for a closer look.
fn keep(name: &str, template: &Json) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/random");
    fs::create_dir_all(&folder).expect("made");
    let path = folder.join(name);
    fs::write(&path, template.to_string()).expect("written");
    path
}

#[test]
fn the_validator_of_aws_takes_every_stack() {
    let templates: Vec<_> = templates(number("RANDOM_VALIDATED", 200)).collect();
    let mut judge = Command::new(setting("HARNESS_ENV").join("venv/bin/python"))
        .arg(setting("JUDGES").join("validate.py"))
        .args(["--jsonl", "--most", "1000"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the judge runs");
    let mut lines = judge.stdin.take().expect("piped");
    for template in &templates {
        writeln!(lines, "{template}").expect("the judge reads");
    }
    drop(lines);
    let output = judge.wait_with_output().expect("the judge ends");
    let report: Json = serde_json::from_slice(&output.stdout).expect("a report");
    for message in report["messages"].as_array().into_iter().flatten() {
        let line = message["template"].as_str().and_then(|name| name.strip_prefix("line ")?.parse::<usize>().ok());
        if let Some(line) = line {
            keep(&format!("validated-{line}.json"), &templates[line - 1]);
        }
    }
    eprintln!("{} templates, {} s, {}", report["templates"], report["seconds"], report["severities"]);
    assert!(output.status.success() && report["ok"] == true && report["templates"] == templates.len(), "{report:#}");
}

#[test]
fn cfn_lint_takes_every_stack() {
    let mut refused = Vec::new();
    for (index, template) in templates(number("RANDOM_LINTED", 5)).enumerate() {
        let path = keep(&format!("linted-{index}.json"), &template);
        // Which types of instances there are in the judge's regions says nothing about the template: E3628.
        let mut lint = Command::new("bash");
        lint.arg(setting("JUDGES").join("lint.sh")).arg(&path).args(["-i", "E3628"]);
        let output = lint.output().expect("the judge runs");
        let report: Json = serde_json::from_slice(&output.stdout).expect("a report");
        if output.status.success() && report["ok"] == true {
            fs::remove_file(&path).expect("removed");
        } else {
            refused.push(report);
        }
    }
    assert!(refused.is_empty(), "{} refused: {refused:#?}", refused.len());
}
