//! Functions.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::container::{container_logs, environment_later};
use super::efs_filesystem::mount_of_function_later;
use super::function_event::{drop_hasty, events_later};
use super::iam::statement_later;
use super::image::BuildSources;
use super::lambda_buildpack::lambda_buildpack;
use super::multi_container_workload::once_each;
use super::raw_resource::{Role, override_of};
use super::service::connections_outside;
use super::stack_config::tags_of_function;
use super::surroundings::{Later, Surroundings, pick};
use crate::bucket::Bucket;
use crate::compute::Architecture;
use crate::container::{EnvValue, EnvironmentVariable, Language, Method};
use crate::function::{CustomArtifact, Destinations, Function, FunctionUrl, FunctionUrlCors, Package, Runtime, UrlAuthMode};
use crate::reference::Connection;
use crate::resource::{Resource, ResourceType};
use crate::text::Text;
use crate::units::Memory;
use crate::user_auth_pool::UserAuthPool;

/// Functions with any of their properties, of packages that are ready. They refer to what is around. Shrinks to a function without any.
pub fn function(name: impl Into<String>, around: &Surroundings) -> BoxedStrategy<Function> {
    let (name, around) = (name.into(), around.clone());
    function_later(&BuildSources::default()).prop_map(move |later| later.within(&around)(&name)).boxed()
}

/// A function that waits for its surroundings, and then for its name.
pub(super) type Named = Box<dyn Fn(&str) -> Function>;

const OVERRIDES: &[(&str, &str, &str)] =
    &[("LambdaFunction", "Description", "\"reports\""), ("FunctionRole", "MaxSessionDuration", "7200")];

pub(super) fn function_later(sources: &BuildSources) -> BoxedStrategy<Later<Named>> {
    let sizes = (option::of(128..=10_240_u32), option::of(1..=900_u16), option::of(512..=10_240_u32), option::of(0..=10_u32));
    let sizes = (sizes, select(Architecture::ALL.to_vec()), any::<bool>());
    let lists = (environment_later(), events_later(), vec(statement_later(), 0..3), subsequence(LAYERS, 0..=2), tags_of_function());
    let connected = (vec(any::<Index>(), 0..4), any::<bool>(), option::of(mount_of_function_later()));
    let settings = (option::of(function_url()), option::of(destinations_later()), container_logs(), override_of(OVERRIDES));
    (packages(sources), sizes, lists, connected, settings)
        .prop_map(
            |((package, runtime), (sizes, architecture, joins), (environment, events, statements, layers, tags), connected, settings)| {
                Later::new(move |around| {
                    let (targets, ses, mount) = &connected;
                    let (url, destinations, logs, overrides) = &settings;
                    let mut function = Function::builder("", package.clone())
                        .architecture(architecture)
                        .join_default_vpc(joins)
                        .layers(layers.iter().copied())
                        .iam_role_statements(once_each(statements.iter().map(|statement| statement.within(around))))
                        .logging(logs.clone())
                        .events(events.within(around))
                        .build();
                    function.runtime = runtime;
                    let (memory, timeout, storage, reserved) = sizes;
                    (function.memory, function.storage) = (memory.map(Memory::mib), storage.map(Memory::mib));
                    (function.timeout, function.reserved_concurrency) = (timeout, reserved);
                    let seconds = function.timeout_seconds();
                    drop_hasty(&mut function.events, seconds, around);
                    function.environment = environment.within(around);
                    function.environment.retain(fits);
                    function.url.clone_from(url);
                    function.destinations = destinations.as_ref().map(|later| later.within(around));
                    if let Some(mount) = mount.as_ref().filter(|_| joins) {
                        function.volume_mounts.extend(mount.within(around));
                    }
                    function.tags.clone_from(&tags);
                    function.connect_to = connections_outside(targets, *ses, around);
                    // Nor in that of what it is connected to.
                    function.connect_to.retain(|connection| !tells_a_secret(connection, around));
                    named(function, overrides.clone())
                })
            },
        )
        .boxed()
}

const LAYERS: &[&str] =
    &["arn:aws:lambda:us-east-1:123456789012:layer:shared:3", "arn:aws:lambda:us-east-1:580247275435:layer:LambdaInsightsExtension:53"];

/// Whether Lambda takes the variable, and nobody sees a secret in it.
fn fits(variable: &EnvironmentVariable) -> bool {
    let name = &variable.name;
    let is_word = name.len() > 1 && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let is_long = matches!(&variable.value, EnvValue::Text(text) if text.as_literal().is_some_and(|text| text.len() > 200));
    is_word && name.starts_with(|first: char| first.is_ascii_alphabetic()) && !variable.value.is_secret() && !is_long
}

fn tells_a_secret(connection: &Connection, around: &Surroundings) -> bool {
    let Connection::Resource(target) = connection else { return false };
    around.resources.iter().filter_map(UserAuthPool::of).any(|pool| pool.name == target.name && pool.generate_client_secret)
}

fn named(function: Function, overrides: Vec<Role>) -> Named {
    Box::new(move |name| Function {
        name: name.to_owned(),
        overrides: overrides.iter().map(|role| role.of(name)).collect(),
        ..function.clone()
    })
}

/// Runtimes that AWS has not deprecated, each with what it calls.
const RUNTIMES: [(Runtime, &str); 9] = [
    (Runtime::NodeJs24, "index:handler"),
    (Runtime::NodeJs22, "src/index.js:default"),
    (Runtime::Python314, "app.main"),
    (Runtime::Python312, "app/main.py:handler"),
    (Runtime::Ruby34, "main.handler"),
    (Runtime::Java25, "shop.Order::handle"),
    (Runtime::Java17, "shop.Order"),
    (Runtime::DotNet10, "Shop::Shop.Order::Handle"),
    (Runtime::ProvidedAl2023, "bootstrap"),
];

/// Packages of every kind, and what runs them where they do not tell it.
fn packages(sources: &BuildSources) -> BoxedStrategy<(Package, Option<Runtime>)> {
    let BuildSources { build_contexts: _, entry_files, packages } = sources;
    let paths = if packages.is_empty() { vec!["dist/function".to_owned()] } else { packages.clone() };
    let patterns = subsequence(&["**/*.map", "test"][..], 0..=2);
    let ready = (select(paths), select(&RUNTIMES[..]), patterns).prop_map(|(path, (runtime, handler), patterns)| {
        let patterns = if CustomArtifact::is_file_path(&path) { Vec::new() } else { patterns };
        (CustomArtifact::builder(path, handler).exclude_files(patterns).into(), Some(runtime))
    });
    // PHP needs a layer.
    let entry_files: Vec<_> = entry_files.iter().filter(|file| Language::of(file) != Some(Language::Php)).cloned().collect();
    if entry_files.is_empty() {
        return ready.boxed();
    }
    prop_oneof![ready, lambda_buildpack(&entry_files).prop_map(|buildpack| (buildpack.into(), None))].boxed()
}

/// Addresses of both kinds, with and without CORS. Shrinks to one that everybody may call.
pub fn function_url() -> impl Strategy<Value = FunctionUrl> {
    (select(UrlAuthMode::ALL.to_vec()), any::<bool>(), option::of(function_url_cors())).prop_map(|(mode, streams, cors)| {
        let url = FunctionUrl::builder().auth_mode(mode).response_stream_enabled(streams);
        if let Some(cors) = cors { url.cors(cors).build() } else { url.build() }
    })
}

/// Any properties, in agreement with each other.
pub fn function_url_cors() -> impl Strategy<Value = FunctionUrlCors> {
    let lists = (
        subsequence(&["https://example.com", "http://localhost:3000"][..], 0..=2),
        subsequence(&["Authorization", "X-Trace"][..], 0..=2),
        subsequence(&[Method::Any, Method::Get, Method::Delete, Method::Patch][..], 0..=4),
    );
    (lists, option::of(any::<bool>()), option::of(0..=86_400_u32)).prop_map(|((origins, headers, methods), credentials, age)| {
        let credentials = credentials.filter(|allowed| !allowed || !origins.is_empty());
        let cors = FunctionUrlCors::builder()
            .allowed_origins(origins)
            .allowed_headers(headers.clone())
            .exposed_response_headers(headers)
            .allowed_methods(methods);
        let cors = if let Some(allowed) = credentials { cors.allow_credentials(allowed) } else { cors };
        if let Some(age) = age { cors.max_age(age).build() } else { cors.build() }
    })
}

/// Destinations of every kind: around, or outside of the stack.
fn destinations_later() -> impl Strategy<Value = Later<Destinations>> {
    // The first one takes what failed alone.
    const OUTSIDE: [&str; 5] = [
        "arn:aws:s3:::results",
        "arn:aws:sqs:us-east-1:123456789012:results",
        "arn:aws:sns:us-east-1:123456789012:results",
        "arn:aws:events:us-east-1:123456789012:event-bus/results",
        "arn:aws:lambda:us-east-1:123456789012:function:results",
    ];
    let one = |outside: &'static [&str]| option::of((any::<Index>(), select(outside)));
    (one(&OUTSIDE[1..]), one(&OUTSIDE)).prop_map(|(success, failure)| {
        Later::new(move |around| {
            let of_all: Vec<_> = around.resources.iter().filter_map(receiver).collect();
            // What succeeded goes to no bucket.
            let of_failed: Vec<_> = of_all.iter().cloned().chain(around.buckets.iter().map(Bucket::arn)).collect();
            let chosen = |arns: &[Text], (index, outside): (Index, &str)| pick(index, arns).cloned().unwrap_or_else(|| outside.into());
            Destinations { on_success: success.map(|to| chosen(&of_all, to)), on_failure: failure.map(|to| chosen(&of_failed, to)) }
        })
    })
}

/// The ARN of what results can be sent to: nothing that is FIFO.
#[track_caller]
fn receiver(resource: &Resource) -> Option<Text> {
    match resource {
        Resource::SqsQueue(queue) if !queue.is_fifo() => Some(queue.arn()),
        Resource::SnsTopic(topic) if !topic.is_fifo() => Some(topic.arn()),
        Resource::EventBus(bus) => Some(bus.arn()),
        Resource::Function(function) => Some(function.arn()),
        _ => None,
    }
}
