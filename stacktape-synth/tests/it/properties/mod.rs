//! What holds for every stack: properties over the strategies of the model.

mod authorizers;
mod broken;
mod connections;
mod domains;
mod engines;
mod function_pushed;
mod function_sources;
mod function_traffic;
mod functions;
mod jobs;
mod log_forwarding;
mod network;
mod network_balancing;
mod order;
mod references;
mod schema;
mod service_connect;
mod services;
mod state_machines;
mod storage;
mod user_pools;
mod valid;
mod variety;
mod wiring;

use proptest::prelude::*;
use serde_json::{Map, Value as Json};
use stacktape_model::name::pascal;
use stacktape_model::nested::written_name;
use stacktape_model::stack::{Stack, ValidStack};
use stacktape_model::strategy::StackStrategy;
use stacktape_synth::synthesize;

/// Stacks of every kind of resource, some images built from Dockerfiles, some of sources.
pub(crate) fn stacks() -> StackStrategy {
    let files = ["main.ts", "main.py", "Main.java", "main.go", "main.rb", "main.php", "Main.cs"];
    StackStrategy::new()
        .build_contexts(["api", "backend"])
        .entry_files(files.map(|file| format!("packaging/{file}")))
        .packages(["api", "backend"])
}

/// What logical ids of a resource begin with.
fn id_begins(name: &str) -> String {
    pascal(written_name(name))
}

/// So many cases, or as many as `PROPTEST_CASES` says; and no file with the failed ones: they are written down as tests.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let default = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { default } else { ProptestConfig { cases, ..default } }
}

/// A stack of the strategies, validated.
pub(crate) fn validated(stack: Stack) -> ValidStack {
    stack.validate().unwrap_or_else(|report| panic!("a valid stack was refused:\n{report}"))
}

/// Whether a stack makes nothing.
fn is_empty(stack: &ValidStack) -> bool {
    let vpc = &stack.config().vpc;
    stack.resources().is_empty() && stack.raw_resources().is_empty() && !(vpc.export && vpc.reuse_vpc.is_none())
}

/// The resources of a stack's template: empty for a stack without resources, which has none.
pub(crate) fn template(stack: &ValidStack) -> Json {
    if is_empty(stack) {
        return serde_json::json!({"Resources": {}});
    }
    let synthesis = synthesize(stack).unwrap_or_else(|report| panic!("a valid stack has no template:\n{report}"));
    synthesis.template.to_value()
}

/// The resources of a template.
fn resources(template: &Json) -> &Map<String, Json> {
    template["Resources"].as_object().expect("resources by logical id")
}

/// The resources of one type.
pub(crate) fn of_type<'a>(template: &'a Json, name: &'a str) -> impl Iterator<Item = (&'a String, &'a Json)> {
    resources(template).iter().filter(move |(_, resource)| resource["Type"] == name)
}

/// The elements of a list that may be left out.
pub(crate) fn items(list: &Json) -> impl Iterator<Item = &Json> {
    list.as_array().into_iter().flatten()
}

/// The text of a value that is one.
pub(crate) fn text(value: &Json) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}
