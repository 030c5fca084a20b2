//! PHP: packages as `composer.json` names them, and the sources beside them.

use stacktape_model::container::{PhpConfig, PhpVersion};

use super::dockerfile::{Dockerfile, Last, OFFICIAL, inside};
use super::sources::{Sources, cleaned, directory_of};
use super::{Asked, Recipe};

pub(super) fn recipe(asked: &Asked<'_>, config: PhpConfig, sources: &Sources) -> Recipe {
    let PhpConfig { php_version } = config;
    let version = php_version.unwrap_or(PhpVersion::V8_3).as_str();
    let image = format!("{OFFICIAL}/php:{version}-cli-{}", asked.libc.choose("alpine", "bookworm"));
    let entry = cleaned(asked.entry);

    let mut dockerfile = Dockerfile::default();
    dockerfile.build_stage(&image);
    let composer = sources.nearest(&entry, &["composer.json"]);
    if composer.is_some() {
        dockerfile.run(&asked.libc.install(&["git", "unzip"]));
        dockerfile.line("COPY", &format!("--from={OFFICIAL}/composer:2 /usr/bin/composer /usr/bin/composer"));
    }
    dockerfile.line("WORKDIR", "/app");
    dockerfile.copy_all();
    if let Some(file) = &composer {
        // Extensions are installed in the last stage, by commands of the user's own.
        let install = "composer install --no-dev --no-interaction --no-progress --optimize-autoloader --ignore-platform-req='ext-*'";
        dockerfile.run(&inside(directory_of(file), &format!("COMPOSER_ALLOW_SUPERUSER=1 {install}")));
    }
    dockerfile.run("rm -rf .stacktape");

    let last = Last {
        base: image,
        install: Some(asked.libc.install(&["curl", "tini"])),
        copies: vec![("/app/", "./")],
        environment: Vec::new(),
        tini: true,
        command: vec!["php".to_owned(), entry],
    };
    Recipe { dockerfile, last, files: vec![super::ignore()], handler: None, plain: composer.is_none() }
}
