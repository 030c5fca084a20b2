//! JavaScript and TypeScript: esbuild makes one file of the entry file and all that it imports. Packages that cannot be in it are
//! found by the bundler, and go beside it with all that they need.

use serde_json::json;
use stacktape_model::container::{ModuleFormat, NodeConfig, NodeConfigParts};
use stacktape_model::table::sort_by;

use super::dockerfile::{Dockerfile, Last, OFFICIAL, inside, shell};
use super::sources::{Sources, cleaned, directory_of, name_of, within};
use super::{Asked, Found, Recipe, named};

/// What the commands of the Dockerfile run, and what that reads.
const BUNDLER: (&str, &str) = (".stacktape/bundle.mjs", include_str!("bundle.mjs"));
const OPTIONS: &str = ".stacktape/bundle.json";

/// What is bundled for Lambda, and where it lies while that happens.
const HANDLER: &str = ".stacktape/handler.js";
const HANDLER_BESIDE: &str = ".stacktape-handler.js";

/// The last version of esbuild that runs on Node.js 16.
const ESBUILD_OF_OLD_NODE: &str = "esbuild@0.20.2";
const ESBUILD: &str = "esbuild@0.25.12";
/// It alone knows the types that decorators tell.
const TYPESCRIPT: &str = "typescript@5.9.3";

pub(super) fn recipe(asked: &Asked<'_>, config: &NodeConfig, sources: &Sources) -> Result<Recipe, Vec<Found>> {
    let NodeConfigParts {
        ts_config_path,
        emit_ts_decorator_metadata,
        dependencies_to_exclude_from_bundle,
        dependencies_to_exclude_from_deployment_package,
        output_module_format: _, // `module_format` knows the default
        node_version: _,
        disable_source_maps,
        output_source_maps_to,
    } = config.parts();
    let ts_config = named(ts_config_path.as_deref(), "tsConfigPath", sources)?.map(cleaned);
    let version = config.version();
    // Debian 12 is younger than some versions of Node.js.
    let debian = if version < 20 { "bullseye" } else { "bookworm" };
    let image =
        |musl: &str, gnu: &str| format!("{OFFICIAL}/node:{version}-{}", asked.libc.choose(musl.to_owned(), format!("{debian}{gnu}")));

    let mut dockerfile = Dockerfile::default();
    asked.build_stage(&mut dockerfile, &image("alpine", ""), &["gcc-c++", "git", "gzip", "make", "python3", "tar"]);
    // What packages with native parts are compiled by is in the larger image of Debian already.
    asked.libc.choose(true, false).then(|| dockerfile.run(&asked.libc.install(&["g++", "make", "python3"])));
    let esbuild = if version < 18 { ESBUILD_OF_OLD_NODE } else { ESBUILD };
    let tools = if *emit_ts_decorator_metadata { format!("{esbuild} {TYPESCRIPT}") } else { esbuild.to_owned() };
    dockerfile.run(&format!("npm install --no-audit --no-fund --prefix /opt/stacktape {tools}"));
    let manager = Manager::of(asked.entry, sources, asked.lambda.is_some());
    if let Some(Manager { prepare: Some(prepare), .. }) = &manager {
        dockerfile.run(prepare);
    }
    dockerfile.line("WORKDIR", "/app");
    dockerfile.copy_all();
    if let Some(Manager { directory, install, .. }) = &manager {
        dockerfile.run(&inside(directory, install));
    }
    let mut files = vec![(BUNDLER.0, BUNDLER.1.to_owned())];
    let mut entry = cleaned(asked.entry);
    if let Some(lambda) = &asked.lambda {
        // Beside the entry file, from where packages are looked for.
        let beside = within(directory_of(&entry), HANDLER_BESIDE);
        dockerfile.run(&format!("cp {} {}", HANDLER, shell(&format!("./{beside}"))));
        files.push((HANDLER, handler(&entry, lambda.handler_function)));
        entry = beside;
    }
    dockerfile.run("node .stacktape/bundle.mjs");

    let esm = config.module_format() == ModuleFormat::Esm;
    let out = if esm { "index.mjs" } else { "index.cjs" };
    let without: Vec<_> = asked.without.iter().chain(dependencies_to_exclude_from_deployment_package).collect();
    let options = json!({
        "entry": entry,
        "out": out,
        "format": config.module_format().as_str(),
        "target": format!("node{version}"),
        "tsconfig": ts_config,
        "decorators": emit_ts_decorator_metadata,
        "beside": dependencies_to_exclude_from_bundle,
        "without": without,
        "sourceMaps": !disable_source_maps,
        "sourceMapsTo": output_source_maps_to.as_deref().map(cleaned),
        "included": asked.included,
    });
    let last = Last {
        base: image("alpine", "-slim"),
        install: Some(asked.libc.install(asked.libc.choose(&["curl", "tini"], &["ca-certificates", "curl", "tini"]))),
        copies: vec![("/out/", "./")],
        environment: Vec::new(),
        tini: true,
        command: vec!["node".to_owned(), out.to_owned()],
    };
    files.extend([(OPTIONS, pretty(&options)), super::ignore()]);
    Ok(Recipe { dockerfile, last, files, handler: None, plain: false })
}

/// What Lambda calls is an export of the bundle, whichever form of module the entry file has: modules of the older form have their
/// exports below the default one.
fn handler(entry: &str, function: Option<&str>) -> String {
    let name = function.unwrap_or("default");
    let [module, key, what] = [format!("./{}", name_of(entry)), name.to_owned(), format!("found no function `{name}` in `{entry}`")]
        .map(|text| serde_json::Value::from(text).to_string());
    format!(
        "\
import * as program from {module};

const found = [program[{key}], program.default?.[{key}]].find((one) => typeof one === 'function');
if (found === undefined) throw new Error({what});
export {{ found as {name} }};
"
    )
}

/// The keys in the order of the alphabet, whichever map `serde_json` has in the user's program.
fn pretty(options: &serde_json::Value) -> String {
    let mut entries: Vec<_> = options.as_object().into_iter().flatten().collect();
    sort_by(&mut entries, |(one, _), (other, _)| one.cmp(other));
    let lines: Vec<_> = entries.into_iter().map(|(key, value)| format!("  \"{key}\": {value}")).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// What installs packages, as the lock file tells.
struct Manager {
    directory: String,
    /// Installs the package manager itself.
    prepare: Option<String>,
    install: &'static str,
}

const LOCK_FILES: [&str; 6] = ["pnpm-lock.yaml", "yarn.lock", "bun.lock", "bun.lockb", "package-lock.json", "npm-shrinkwrap.json"];

impl Manager {
    /// What the files beside an entry file or above it tell. A bare system has npm alone.
    fn of(entry: &str, sources: &Sources, bare: bool) -> Option<Self> {
        let file = sources.nearest(entry, &LOCK_FILES).or_else(|| sources.nearest(entry, &["package.json"]))?;
        let text = sources.text(&file);
        let (prepare, install) = match name_of(&file) {
            "pnpm-lock.yaml" => (Some(format!("npm install --global pnpm@{}", pnpm(text))), "pnpm install --frozen-lockfile"),
            // Later versions of Yarn are chosen by `packageManager`, and have lock files of another form. Packages must lie where
            // Node.js looks for them.
            "yarn.lock" if text.contains("__metadata:") => {
                let corepack = if bare { "npm install --global corepack && corepack enable" } else { "corepack enable" };
                (Some(corepack.to_owned()), "YARN_NODE_LINKER=node-modules yarn install --immutable")
            }
            "yarn.lock" => (bare.then(|| "npm install --global yarn@1".to_owned()), "yarn install --frozen-lockfile"),
            "bun.lock" | "bun.lockb" => (Some("npm install --global bun@1".to_owned()), "bun install --frozen-lockfile"),
            "package.json" => (None, "npm install --no-audit --no-fund"),
            _ => (None, "npm ci --no-audit --no-fund"),
        };
        Some(Self { directory: directory_of(&file).to_owned(), prepare, install })
    }
}

/// The version of pnpm that reads a lock file.
fn pnpm(lock_file: &str) -> u32 {
    let line = lock_file.lines().find_map(|line| line.strip_prefix("lockfileVersion:")).unwrap_or_default();
    match line.trim().trim_matches(['\'', '"']).split('.').next() {
        Some("5") => 7,
        Some("6") => 8,
        _ => 10,
    }
}
