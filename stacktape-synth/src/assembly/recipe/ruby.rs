//! Ruby: gems as the `Gemfile` names them, and the sources beside them.

use stacktape_model::container::{RubyConfig, RubyVersion};

use super::dockerfile::{Dockerfile, Last, OFFICIAL, inside};
use super::sources::{Sources, cleaned, directory_of, within};
use super::{Asked, Recipe};

pub(super) fn recipe(asked: &Asked<'_>, config: RubyConfig, sources: &Sources) -> Recipe {
    let RubyConfig { ruby_version } = config;
    let version = ruby_version.unwrap_or(RubyVersion::V3_3).as_str();
    let entry = cleaned(asked.entry);
    let gemfile = sources.nearest(&entry, &["Gemfile"]);
    let directory = gemfile.as_deref().map_or("", directory_of);
    let locked = sources.has(&within(directory, "Gemfile.lock"));

    let mut dockerfile = Dockerfile::default();
    dockerfile.build_stage(&format!("{OFFICIAL}/ruby:{version}-{}", asked.libc.choose("alpine", "bookworm")));
    // What gems with native parts are compiled by is in the larger image of Debian already.
    asked.libc.choose(true, false).then(|| dockerfile.run(&asked.libc.install(&["build-base", "git", "yaml-dev"])));
    dockerfile.line("WORKDIR", "/app");
    dockerfile.env(&[("BUNDLE_WITHOUT", "development:test")]);
    dockerfile.copy_all();
    if gemfile.is_some() {
        let frozen = if locked { "BUNDLE_FROZEN=true " } else { "" };
        dockerfile.run(&inside(directory, &format!("{frozen}bundle install")));
    }
    dockerfile.run("rm -rf .stacktape");

    let mut environment = vec![("BUNDLE_WITHOUT", "development:test".to_owned())];
    let mut command = vec!["ruby".to_owned(), entry];
    if let Some(gemfile) = gemfile {
        environment.push(("BUNDLE_GEMFILE", super::dockerfile::value(&format!("/app/{gemfile}"))));
        command.splice(0..0, ["bundle".to_owned(), "exec".to_owned()]);
    }
    let last = Last {
        base: format!("{OFFICIAL}/ruby:{version}-{}", asked.libc.choose("alpine", "slim-bookworm")),
        install: Some(asked.libc.install(&["curl", "tini"])),
        copies: vec![("/usr/local/bundle/", "/usr/local/bundle/"), ("/app/", "./")],
        environment,
        tini: true,
        command,
    };
    Recipe { dockerfile, last, files: vec![super::ignore()] }
}
