//! Ruby: gems as the `Gemfile` names them, and the sources beside them.

use stacktape_model::container::{RubyConfig, RubyVersion};

use super::dockerfile::{Dockerfile, Last, OFFICIAL, inside};
use super::sources::{Sources, cleaned, directory_of, within};
use super::{Asked, Recipe};

/// Lambda looks for gems in this directory of the package.
const BUNDLE_OF_LAMBDA: &str = "BUNDLE_PATH=/app/vendor/bundle ";
/// The gems as they were downloaded.
const TIDY: &str = " && rm -rf /app/vendor/bundle/ruby/*/cache";

pub(super) fn recipe(asked: &Asked<'_>, config: RubyConfig, sources: &Sources) -> Recipe {
    let RubyConfig { ruby_version } = config;
    let version = ruby_version.unwrap_or(RubyVersion::V3_3).as_str();
    let entry = cleaned(asked.entry);
    let gemfile = sources.nearest(&entry, &["Gemfile"]);
    let directory = gemfile.as_deref().map_or("", directory_of);
    let locked = sources.has(&within(directory, "Gemfile.lock"));

    let mut dockerfile = Dockerfile::default();
    let image = format!("{OFFICIAL}/ruby:{version}-{}", asked.libc.choose("alpine", "bookworm"));
    asked.build_stage(&mut dockerfile, &image, &["gcc", "gcc-c++", "git", "gzip", "libyaml-devel", "make", "tar"]);
    // What gems with native parts are compiled by is in the larger image of Debian already.
    asked.libc.choose(true, false).then(|| dockerfile.run(&asked.libc.install(&["build-base", "git", "yaml-dev"])));
    dockerfile.line("WORKDIR", "/app");
    dockerfile.env(&[("BUNDLE_WITHOUT", "development:test")]);
    dockerfile.copy_all();
    if gemfile.is_some() {
        let frozen = if locked { "BUNDLE_FROZEN=true " } else { "" };
        let (path, tidy) = if asked.lambda.is_some() { (BUNDLE_OF_LAMBDA, TIDY) } else { ("", "") };
        dockerfile.run(&inside(directory, &format!("{path}{frozen}bundle install{tidy}")));
    }
    dockerfile.run("rm -rf .stacktape");

    let plain = gemfile.is_none();
    let mut environment = vec![("BUNDLE_WITHOUT", "development:test".to_owned())];
    let mut command = vec!["ruby".to_owned(), entry];
    if let Some(gemfile) = gemfile {
        environment.push(("BUNDLE_GEMFILE", super::dockerfile::value(&format!("/app/{gemfile}"))));
        command.splice(0..0, ["bundle".to_owned(), "exec".to_owned()]);
    }
    let last = Last {
        base: format!("{OFFICIAL}/ruby:{version}-{}", asked.libc.choose("alpine", "slim-bookworm")),
        install: Some(asked.libc.install(&["curl", "tini"])),
        copies: if asked.lambda.is_some() {
            vec![("/app/", "./")]
        } else {
            vec![("/usr/local/bundle/", "/usr/local/bundle/"), ("/app/", "./")]
        },
        environment,
        tini: true,
        command,
    };
    Recipe { dockerfile, last, files: vec![super::ignore()], handler: None, plain }
}
