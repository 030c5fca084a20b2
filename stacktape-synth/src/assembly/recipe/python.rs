//! Python: packages go into an environment of their own, and the sources beside it, as they are.

use stacktape_model::container::{PythonConfig, PythonConfigParts, PythonServer, PythonVersion};

use super::dockerfile::{Dockerfile, Last, Libc, OFFICIAL, inside, shell};
use super::sources::{Sources, cleaned, directory_of, name_of, within};
use super::{Asked, AssetIssue, Found, Recipe, named};

const UV: &str = "uv==0.13.9";
const MINIFIER: &str = "python-minifier==3.4.0";
/// Where the packages are.
const ENVIRONMENT: &str = "/venv";
/// Where a server listens that is not told a port.
const PORT: &str = "${PORT:-8000}";

pub(super) fn recipe(asked: &Asked<'_>, config: &PythonConfig, sources: &Sources) -> Result<Recipe, Vec<Found>> {
    let PythonConfigParts {
        package_manager_file,
        package_manager: _, // there is one, which `has_uv` knows
        uv_optional_dependencies,
        uv_with_groups,
        uv_without_groups,
        uv_only_groups,
        python_version: _,
        run_app_as,
        minify,
    } = config.parts();
    let given = named(package_manager_file.as_deref(), "packageManagerFile", sources)?.map(cleaned);
    let packages = given.or_else(|| sources.nearest(asked.entry, &["pyproject.toml", "requirements.txt", "Pipfile"]));
    check(packages.as_deref(), config, sources)?;
    let groups = [
        ("--extra", uv_optional_dependencies),
        ("--group", uv_with_groups),
        ("--no-group", uv_without_groups),
        ("--only-group", uv_only_groups),
    ];
    let groups: String = groups.iter().flat_map(|(flag, names)| names.iter().map(move |name| format!(" {flag} {}", shell(name)))).collect();

    let version = config.version();
    let mut dockerfile = Dockerfile::default();
    asked.build_stage(
        &mut dockerfile,
        &image(version, asked.libc, false),
        &["gcc", "gcc-c++", "git", "gzip", "libffi-devel", "make", "tar"],
    );
    // What packages with native parts are compiled by is in the larger image of Debian already.
    asked.libc.choose(true, false).then(|| dockerfile.run(&asked.libc.install(&["build-base", "libffi-dev"])));
    let tool = if config.has_uv() { UV } else { "virtualenv" };
    let python = if asked.lambda.is_some() { "python3" } else { "python" };
    dockerfile.run(&format!("{python} -m pip install --no-cache-dir {tool}"));
    // What is compiled is bound to times of files, of which a package has none.
    asked.lambda.is_none().then(|| dockerfile.env(&[("UV_COMPILE_BYTECODE", "1")]));
    dockerfile.env(&[("UV_LINK_MODE", "copy"), ("UV_PROJECT_ENVIRONMENT", ENVIRONMENT), ("UV_PYTHON_DOWNLOADS", "never")]);
    dockerfile.run(&if config.has_uv() { format!("uv venv {ENVIRONMENT}") } else { format!("{python} -m virtualenv {ENVIRONMENT}") });
    let pip = if config.has_uv() {
        format!("uv pip install --python {ENVIRONMENT}")
    } else {
        format!("{ENVIRONMENT}/bin/pip install --no-cache-dir")
    };
    dockerfile.line("WORKDIR", "/app");
    dockerfile.copy_all();
    if let Some(file) = &packages {
        let (directory, name) = (directory_of(file), name_of(file));
        dockerfile.run(&inside(directory, &install(file, name, sources, &pip, &groups)));
    }
    if let Some(server) = run_app_as {
        // It stays as it is where the program names it itself.
        dockerfile.run(&format!("{pip} {}", server_package(*server)));
    }
    for package in asked.without {
        let uninstall = if config.has_uv() {
            format!("uv pip uninstall --python {ENVIRONMENT}")
        } else {
            format!("{ENVIRONMENT}/bin/pip uninstall -y")
        };
        dockerfile.run(&format!("{uninstall} {}", shell(package)));
    }
    if *minify {
        dockerfile.run(&format!("{python} -m pip install --no-cache-dir {MINIFIER} && pyminify --in-place ."));
    }
    // What tells Docker how to build is no part of the program.
    dockerfile.run("rm -rf .stacktape");
    if asked.lambda.is_some() {
        // Lambda looks for packages beside the sources.
        let packages = format!("{ENVIRONMENT}/lib/python*/site-packages/.");
        dockerfile.run(&format!("mkdir /out && cp -R {packages} /app/. /out && rm -f /out/_virtualenv.*"));
    }
    let plain = packages.is_none() && asked.without.is_empty() && !minify;
    Ok(Recipe { dockerfile, last: last(asked, version, *run_app_as), files: vec![super::ignore()], handler: None, plain })
}

/// Not every form says what is asked for, and not every version reads every form.
fn check(packages: Option<&str>, config: &PythonConfig, sources: &Sources) -> Result<(), Vec<Found>> {
    let name = packages.map(name_of);
    let found = |issue, field: &str| Err(vec![Found::new(issue, format!("languageSpecificConfig.{field}"))]);
    let has_groups = packages.is_some_and(|file| name == Some("pyproject.toml") && is_project(sources.text(file)));
    if config.chooses_groups() && !has_groups {
        let what = packages.map_or_else(|| "no list of packages".to_owned(), |file| format!("`{file}`"));
        return found(AssetIssue::NoGroups { found: what }, "packageManagerFile");
    }
    match packages {
        Some(file) if !config.has_uv() && matches!(name, Some("pyproject.toml" | "Pipfile")) => {
            found(AssetIssue::OldPython { file: file.to_owned(), version: config.version().as_str() }, "pythonVersion")
        }
        _ => Ok(()),
    }
}

/// The command that installs packages.
fn install(file: &str, name: &str, sources: &Sources, pip: &str, groups: &str) -> String {
    match name {
        "pyproject.toml" if is_project(sources.text(file)) => {
            let locked = sources.nearest(file, &["uv.lock"]).map_or("", |_| " --frozen");
            format!("uv sync{locked} --no-dev --no-editable{groups}")
        }
        // What other tools write has no table that `uv sync` reads.
        "pyproject.toml" => format!("{pip} -r pyproject.toml"),
        "Pipfile" => {
            let lock = if sources.has(&within(directory_of(file), "Pipfile.lock")) { "" } else { "uvx pipenv lock && " };
            format!("{lock}uvx pipenv requirements > /tmp/requirements.txt && {pip} -r /tmp/requirements.txt")
        }
        name => format!("{pip} -r {}", shell(name)),
    }
}

/// Whether a `pyproject.toml` describes a project in the form that Python itself has for that.
fn is_project(text: &str) -> bool {
    text.lines().any(|line| line.trim() == "[project]") || text.is_empty()
}

const fn server_package(server: PythonServer) -> &'static str {
    match server {
        PythonServer::Wsgi => "gunicorn",
        PythonServer::Asgi => "uvicorn",
    }
}

fn image(version: PythonVersion, libc: Libc, slim: bool) -> String {
    // The youngest Debian that each version has an image of.
    let debian = match version {
        PythonVersion::V2_7 => "buster",
        PythonVersion::V3_6 => "bullseye",
        _ => "bookworm",
    };
    let slim = if slim { "slim-" } else { "" };
    format!("{OFFICIAL}/python:{}-{}", version.as_str(), libc.choose("alpine".to_owned(), format!("{slim}{debian}")))
}

fn last(asked: &Asked<'_>, version: PythonVersion, server: Option<PythonServer>) -> Last {
    let entry = cleaned(asked.entry);
    // Modules are found from the project, and from where the entry file lies.
    let directory = directory_of(&entry);
    let path = if directory.is_empty() { "/app".to_owned() } else { format!("/app:/app/{directory}") };
    let module = entry.trim_end_matches(".py").replace('/', ".");
    let application = format!("{module}:{}", asked.application.unwrap_or_default());
    let by_shell = |command: String| vec!["sh".to_owned(), "-c".to_owned(), command];
    let command = match server {
        Some(PythonServer::Asgi) => by_shell(format!("exec uvicorn {} --host 0.0.0.0 --port {PORT}", shell(&application))),
        Some(PythonServer::Wsgi) => by_shell(format!("exec gunicorn --bind 0.0.0.0:{PORT} {}", shell(&application))),
        None => vec!["python".to_owned(), entry.clone()],
    };
    // Debian has moved the packages of this one away.
    let bare = asked.libc == Libc::Gnu && version == PythonVersion::V2_7;
    Last {
        base: image(version, asked.libc, true),
        install: (!bare).then(|| asked.libc.install(&["curl", "tini"])),
        copies: if asked.lambda.is_some() { vec![("/out/", "./")] } else { vec![("/venv", "/venv"), ("/app/", "./")] },
        environment: vec![
            ("PATH", format!("{ENVIRONMENT}/bin:$PATH")),
            ("PYTHONPATH", super::dockerfile::value(&path)),
            ("PYTHONUNBUFFERED", "1".to_owned()),
        ],
        tini: !bare,
        command,
    }
}
