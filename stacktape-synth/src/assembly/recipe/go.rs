//! Go: one program that needs no library of the system.

use super::dockerfile::{Dockerfile, Last, OFFICIAL, inside, shell};
use super::sources::{Sources, cleaned, directory_of, within};
use super::{Asked, Recipe};

pub(super) fn recipe(asked: &Asked<'_>, sources: &Sources) -> Recipe {
    let entry = cleaned(asked.entry);
    let module = sources.nearest(&entry, &["go.mod"]);
    let directory = module.as_deref().map_or("", directory_of);
    // A whole package where there is a module, or else the one file.
    let package = match &module {
        Some(_) => directory_of(&entry),
        None => &entry,
    };
    let package = package.strip_prefix(directory).unwrap_or(package).trim_start_matches('/');

    let mut dockerfile = Dockerfile::default();
    dockerfile.build_stage(&format!("{OFFICIAL}/golang:1-{}", asked.libc.choose("alpine", "bookworm")));
    dockerfile.line("WORKDIR", "/app");
    if module.is_some() {
        // Modules are downloaded again only when they change.
        let files: Vec<_> = ["go.mod", "go.sum"].map(|name| within(directory, name)).into_iter().filter(|file| sources.has(file)).collect();
        let alone = sources.nearest(&entry, &["go.work"]).is_none();
        if alone && files.len() == 2 {
            dockerfile.copy_early(&files);
            dockerfile.run(&inside(directory, "go mod download"));
        }
    }
    dockerfile.copy_all();
    // Lambda starts a program of this name, and needs no part of its library that an older way of calling programs needed.
    let (tags, program) = if asked.lambda.is_some() { ("-tags lambda.norpc ", "bootstrap") } else { ("", "program") };
    let package = shell(&format!("./{package}")).into_owned();
    let build = format!("CGO_ENABLED=0 GOOS=linux go build -trimpath {tags}-ldflags '-s -w' -o /out/{program} {package}");
    dockerfile.run(&inside(directory, &build));
    asked.copy_included(&mut dockerfile, "/out");

    let last = Last {
        base: format!("{OFFICIAL}/{}", asked.libc.choose("alpine:3", "debian:bookworm-slim")),
        install: Some(asked.libc.install(&["ca-certificates", "curl", "tini", "tzdata"])),
        copies: vec![("/out/", "./")],
        environment: Vec::new(),
        tini: true,
        command: vec!["./program".to_owned()],
    };
    let files = std::iter::once(super::ignore()).chain(asked.list_of_included()).collect();
    Recipe { dockerfile, last, files, handler: None, plain: false }
}
