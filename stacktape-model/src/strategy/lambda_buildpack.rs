//! Code of functions that is packaged from sources.

use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::image::node_config;
use crate::container::{DotNetConfig, JavaConfig, JavaVersion, LanguageConfig, PythonConfig, PythonVersion, RubyConfig, RubyVersion};
use crate::function::LambdaBuildpack;

/// Packages of the sources of one of these entry files, with every option of its language or none. They name no file but the entry
/// file, and no version that Lambda does not run or AWS has deprecated. PHP needs a layer beside it.
///
/// # Panics
/// Without an entry file.
pub fn lambda_buildpack(entry_files: &[String]) -> BoxedStrategy<LambdaBuildpack> {
    select(entry_files.to_vec())
        .prop_flat_map(|entry| {
            let files = (subsequence(&["assets/**/*.{png,jpg}", "**/*.md"][..], 0..=2), subsequence(&["docs", "[a-c]?"][..], 0..=2));
            (language_config(&entry), option::of(Just("run")), files, any::<bool>()).prop_map(
                move |(config, function, (include, exclude), excludes)| {
                    let package = LambdaBuildpack::builder(entry.as_str()).include_files(include).exclude_files(exclude);
                    let excludes = excludes && matches!(config, Some(LanguageConfig::Node(_) | LanguageConfig::Python(_)));
                    let package = package.exclude_dependencies(excludes.then_some("left-pad"));
                    let package = match function.filter(|_| !runs_itself(&entry)) {
                        Some(function) => package.handler_function(function),
                        None => package,
                    };
                    match config {
                        Some(config) => package.language(config).build(),
                        None => package.build(),
                    }
                },
            )
        })
        .boxed()
}

/// Whether Lambda runs the program and calls no function of it.
fn runs_itself(entry: &str) -> bool {
    matches!(entry.rsplit('.').next(), Some("go" | "php"))
}

/// Options of the language of an entry file.
fn language_config(entry: &str) -> BoxedStrategy<Option<LanguageConfig>> {
    let config = match entry.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "tsx" => {
            let runs = node_config().prop_filter("Lambda runs it", |config| [22, 24].contains(&config.version()));
            runs.prop_map(LanguageConfig::from).boxed()
        }
        "py" => {
            let versions = option::of(select(vec![PythonVersion::V3_12, PythonVersion::V3_14]));
            let config = |(minify, version)| {
                let config = PythonConfig::builder().minify(minify);
                if let Some(version) = version { config.python_version(version).into() } else { config.into() }
            };
            (any::<bool>(), versions).prop_map(config).boxed()
        }
        "java" => {
            let versions = select(vec![JavaVersion::V17, JavaVersion::V25]);
            versions.prop_map(|version| JavaConfig::builder().java_version(version).into()).boxed()
        }
        "rb" => select(vec![RubyVersion::V3_3, RubyVersion::V4_0]).prop_map(|version| RubyConfig::version(version).into()).boxed(),
        "cs" | "csproj" => Just(DotNetConfig::builder().into()).boxed(),
        _ => return Just(None).boxed(),
    };
    option::of(config).boxed()
}
