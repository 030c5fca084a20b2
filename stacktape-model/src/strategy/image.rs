//! Where images come from.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::Union;

use super::text::secret_arn;
use crate::container::{
    CustomDockerfile, DotNetConfig, DotNetVersion, ExternalBuildpack, Image, ImageBuildpack, JavaConfig, JavaVersion, LanguageConfig,
    ModuleFormat, Nixpacks, NixpacksPhase, NodeConfig, PhpConfig, PhpVersion, PrebuiltImage, PythonConfig, PythonPackageManager,
    PythonServer, PythonVersion, RubyConfig, RubyVersion,
};
use crate::text::{Fact, Text};

/// What of the project images can be built of.
#[derive(Clone, Debug, Default)]
pub struct BuildSources {
    /// Directories, each with a `Dockerfile`.
    pub build_contexts: Vec<String>,
    /// Files that start a program.
    pub entry_files: Vec<String>,
    /// Directories and `.zip` files of functions, ready to run.
    pub packages: Vec<String>,
}

/// Images of registries and, where there are build contexts or entry files,
/// images that are built of them. Shrinks to an image of a registry.
pub fn image(sources: &BuildSources) -> BoxedStrategy<Image> {
    let BuildSources { build_contexts, entry_files, packages: _ } = sources;
    let mut all = vec![(2, prebuilt_image().prop_map(Image::Prebuilt).boxed())];
    if !build_contexts.is_empty() {
        all.push((1, custom_dockerfile(build_contexts).prop_map(Image::CustomDockerfile).boxed()));
        all.push((1, external_buildpack(build_contexts).prop_map(Image::ExternalBuildpack).boxed()));
        all.push((1, nixpacks(build_contexts).prop_map(|image| Image::Nixpacks(Box::new(image))).boxed()));
    }
    if !entry_files.is_empty() {
        all.push((1, image_buildpack(entry_files).prop_map(|image| Image::Buildpack(Box::new(image))).boxed()));
    }
    Union::new_weighted(all).boxed()
}

/// Images that Cloud Native Buildpacks make of one of these directories, with other builders and buildpacks or without.
///
/// # Panics
/// Without a directory.
pub fn external_buildpack(directories: &[String]) -> BoxedStrategy<ExternalBuildpack> {
    let buildpacks = subsequence(&["paketo-buildpacks/nodejs", "docker://heroku/python:1"][..], 0..=2);
    (select(directories.to_vec()), option::of(Just("heroku/builder:24")), buildpacks, command())
        .prop_map(|(directory, builder, buildpacks, command)| {
            let image = ExternalBuildpack::builder(directory).buildpacks(buildpacks).command(command);
            if let Some(builder) = builder { image.builder(builder).build() } else { image.build() }
        })
        .boxed()
}

/// Images that Nixpacks makes of one of these directories, with every option or few.
///
/// # Panics
/// Without a directory.
pub fn nixpacks(directories: &[String]) -> BoxedStrategy<Nixpacks> {
    let images = (option::of(Just("ghcr.io/railwayapp/nixpacks:ubuntu-1745885067")), option::of(Just("ubuntu:jammy")));
    let start = option::of(select(vec!["node api.js", "./api --name \"$NAME\" 'a b'"]));
    let files = option::of(subsequence(&["api", "./assets/*.png", "/root/.cache"][..], 0..=3));
    let providers = option::of(subsequence(&["...", "node", "python"][..], 0..=3));
    let phases = vec(nixpacks_phase(), 0..=3).prop_map(|phases| {
        let names = Just(["setup", "migrate", "install", "build"]).prop_shuffle();
        names.prop_map(move |names| names.into_iter().zip(&phases).map(named).collect::<Vec<_>>())
    });
    (select(directories.to_vec()), images, start, files, providers, phases.prop_flat_map(|phases| phases))
        .prop_map(|(directory, (build, run), start, files, providers, phases)| {
            let image = Nixpacks::builder(directory).phases(phases);
            let image = if let Some(build) = build { image.build_image(build) } else { image };
            let image = if let Some(run) = run { image.start_run_image(run) } else { image };
            let image = if let Some(start) = start { image.start_cmd(start) } else { image };
            let image = if let Some(files) = files { image.start_only_include_files(files) } else { image };
            if let Some(providers) = providers { image.providers(providers).build() } else { image.build() }
        })
        .boxed()
}

fn named((name, phase): (&str, &NixpacksPhase)) -> NixpacksPhase {
    NixpacksPhase { name: name.to_owned(), ..phase.clone() }
}

/// What is done in a phase; its name is still to be given.
fn nixpacks_phase() -> impl Strategy<Value = NixpacksPhase> {
    let words = |all: &'static [&'static str]| {
        option::of(subsequence(all, 0..=all.len()).prop_map(|words| words.into_iter().map(str::to_owned).collect::<Vec<_>>()))
    };
    let overlays = words(&["https://example.com/overlay.tar.gz"]);
    let packages = (words(&["...", "nodejs_22", "ffmpeg"]), words(&["zlib"]), overlays, words(&["wget", "jq"]));
    let files = (words(&["node_modules/.cache", "/root/.npm"]), words(&["package.json", "src"]));
    let archive = option::of(Just("nixos-24.05".to_owned()));
    (words(&["npm ci", "npm run \"build all\""]), packages, files, archive).prop_map(
        |(cmds, (nix_pkgs, nix_libs, nix_overlay, apt_pkgs), (cache_directories, only_include_files), nixpkgs_archive)| NixpacksPhase {
            name: String::new(),
            cmds,
            nix_pkgs,
            nix_libs,
            nix_overlay,
            nixpkgs_archive,
            apt_pkgs,
            cache_directories,
            only_include_files,
        },
    )
}

/// Images that are built of the sources of one of these entry files, with every option of its language or none. They name no file
/// but the entry file.
///
/// # Panics
/// Without an entry file.
pub fn image_buildpack(entry_files: &[String]) -> BoxedStrategy<ImageBuildpack> {
    select(entry_files.to_vec())
        .prop_flat_map(|entry| {
            let commands = subsequence(&["apk add ffmpeg", "echo 'a\\' \\\n  b"][..], 0..=2);
            let files = (subsequence(&["assets/**/*.{png,jpg}", "**/*.md"][..], 0..=2), subsequence(&["docs", "[a-c]?"][..], 0..=2));
            (language_config(&entry), files, commands, any::<[bool; 3]>()).prop_map(
                move |((config, served), (include, exclude), commands, [glibc, root, excludes])| {
                    let entry = if served { format!("{entry}:app") } else { entry.clone() };
                    let image = ImageBuildpack::builder(entry.as_str())
                        .include_files(include)
                        .exclude_files(exclude)
                        .requires_glibc_binaries(glibc)
                        .run_as_root(root)
                        .custom_docker_build_commands(commands);
                    let excludes = excludes && matches!(config, Some(LanguageConfig::Node(_) | LanguageConfig::Python(_)));
                    let image = image.exclude_dependencies(excludes.then_some("left-pad"));
                    match config {
                        Some(config) => image.language(config).build(),
                        None => image.build(),
                    }
                },
            )
        })
        .boxed()
}

/// Options of the language of an entry file, and whether a server runs it.
fn language_config(entry: &str) -> BoxedStrategy<(Option<LanguageConfig>, bool)> {
    let config = match entry.rsplit('.').next().unwrap_or_default() {
        "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "tsx" => node_config().prop_map(LanguageConfig::from).boxed(),
        "py" => return python_config(),
        "java" => option::of(select(&JavaVersion::ALL[..])).prop_map(java_config).boxed(),
        "rb" => option::of(select(&RubyVersion::ALL[..])).prop_map(|ruby_version| RubyConfig { ruby_version }.into()).boxed(),
        "php" => option::of(select(&PhpVersion::ALL[..])).prop_map(|php_version| PhpConfig { php_version }.into()).boxed(),
        "cs" | "csproj" => option::of(select(&DotNetVersion::ALL[..])).prop_map(dot_net_config).boxed(),
        _ => return Just((None, false)).boxed(),
    };
    option::of(config).prop_map(|config| (config, false)).boxed()
}

fn java_config(version: Option<JavaVersion>) -> LanguageConfig {
    version.map_or_else(JavaConfig::builder, |version| JavaConfig::builder().java_version(version)).into()
}

fn dot_net_config(version: Option<DotNetVersion>) -> LanguageConfig {
    version.map_or_else(DotNetConfig::builder, |version| DotNetConfig::builder().dotnet_version(version)).into()
}

/// Options of JavaScript that name no file.
pub fn node_config() -> impl Strategy<Value = NodeConfig> {
    let packages = || subsequence(&["pg-native", "@scope/näme"][..], 0..=2);
    let settings = (option::of(16..=24_u16), option::of(select(&ModuleFormat::ALL[..])), any::<bool>());
    let maps = prop_oneof![Just((false, None)), Just((true, None)), Just((false, Some("maps/api")))];
    (settings, packages(), packages(), maps).prop_map(|((version, format, decorators), beside, without, (disabled, to))| {
        let config = NodeConfig::builder()
            .emit_ts_decorator_metadata(decorators)
            .dependencies_to_exclude_from_bundle(beside)
            .dependencies_to_exclude_from_deployment_package(without)
            .disable_source_maps(disabled);
        let config = if let Some(version) = version { config.node_version(version) } else { config };
        let config = if let Some(format) = format { config.output_module_format(format) } else { config };
        if let Some(to) = to { config.output_source_maps_to(to).build() } else { config.build() }
    })
}

/// Options of Python that name no file and no group, and whether an application is served.
fn python_config() -> BoxedStrategy<(Option<LanguageConfig>, bool)> {
    let settings = (option::of(select(&PythonVersion::ALL[..])), option::of(select(&PythonServer::ALL[..])), any::<[bool; 2]>());
    option::of(settings)
        .prop_map(|settings| {
            let Some((version, server, [minify, manager])) = settings else { return (None, false) };
            let config = PythonConfig::builder().minify(minify);
            let manager = manager && version.is_none_or(|version| version >= PythonVersion::V3_8);
            let config = if manager { config.package_manager(PythonPackageManager::Uv) } else { config };
            let config = if let Some(version) = version { config.python_version(version) } else { config };
            let config = if let Some(server) = server { config.run_app_as(server) } else { config };
            (Some(config.into()), server.is_some())
        })
        .boxed()
}

/// Words of a command: a program with some arguments, or nothing.
fn command() -> impl Strategy<Value = Vec<&'static str>> {
    vec(select(vec!["/bin/sh", "-c", "echo \"$HOME\" && sleep 3600", "--größe=1", "a,b"]), 0..3)
}

/// Images of registries: by tag, by digest, of the account's own registry; with and without entry point, command and credentials
/// (the ARN of a secret).
pub fn prebuilt_image() -> impl Strategy<Value = PrebuiltImage> {
    let digest = "0123456789abcdef".repeat(4);
    let own = Text::joined([Fact::AccountId.into(), ".dkr.ecr.".into(), Fact::Region.into(), ".amazonaws.com/team_a/web:v1.2".into()]);
    let image = prop_oneof![
        Just(Text::from("nginx:1.29")),
        Just("public.ecr.aws/docker/library/busybox".into()),
        Just(format!("registry.example.com:5000/side@sha256:{digest}").into()),
        Just(own),
    ];
    (image, command(), command(), option::of(secret_arn())).prop_map(|(image, command, entry_point, credentials)| {
        let image = PrebuiltImage::builder(image).command(command).entry_point(entry_point);
        match credentials {
            Some(arn) => image.repository_credentials_secret_arn(arn).build(),
            None => image.build(),
        }
    })
}

/// Images that are built of one of these directories, each with a `Dockerfile`.
///
/// # Panics
/// Without a build context.
pub fn custom_dockerfile(build_contexts: &[String]) -> BoxedStrategy<CustomDockerfile> {
    let dockerfile = option::of(select(vec!["Dockerfile", "./Dockerfile"]));
    let arguments = subsequence(&["NODE_VERSION", "_a1"][..], 0..=2);
    (select(build_contexts.to_vec()), dockerfile, arguments, command(), command())
        .prop_map(|(context, dockerfile, arguments, command, entry_point)| {
            let image = CustomDockerfile::builder(context).command(command).entry_point(entry_point);
            let image = arguments.into_iter().fold(image, |image, name| image.build_arg(name, "24"));
            match dockerfile {
                Some(path) => image.dockerfile_path(path).build(),
                None => image.build(),
            }
        })
        .boxed()
}
