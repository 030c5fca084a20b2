//! Images that are built of sources.

use stacktape_model::container::{
    Container, DotNetConfig, Image, JavaConfig, LanguageConfig, NodeConfig, PhpConfig, PhpVersion, PythonConfig, PythonPackageManager,
    PythonServer, PythonVersion, RubyConfig, RubyVersion,
};
use stacktape_model::stack::Stack;

use crate::support::{Rule, rule, running};

#[track_caller]
fn from(image: impl Into<Image>) -> Stack {
    running([Container::builder("web", image)])
}

#[track_caller]
fn with(entry: &str, config: impl Into<LanguageConfig>) -> Stack {
    from(Image::buildpack(entry).language(config.into()))
}

#[track_caller]
fn node(version: u16) -> Stack {
    with("main.ts", NodeConfig::builder().node_version(version))
}

#[track_caller]
fn python(file: &str) -> Stack {
    with("main.py", PythonConfig::builder().package_manager_file(file))
}

#[track_caller]
fn java(maven: bool, file: &str) -> Stack {
    with("Main.java", JavaConfig::builder().use_maven(maven).package_manager_file(file))
}

const ENTRY: &str = "resources.api.containers[0].packaging.entryfilePath";
const LANGUAGE: &str = "resources.api.containers[0].packaging.languageSpecificConfig";

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = vec![
        rule("buildpack::extension")
            .refuses(ENTRY, from(Image::buildpack("src/main.rs")))
            .saying(
                "found the entry file `src/main.rs`, expected an extension that is `js`, `mjs`, `cjs`, `jsx`, `ts`, `mts`, `tsx`, `py`, \
                 `java`, `go`, `rb`, `php`, `cs` or `csproj`",
                "name the file that starts the program, or build the image with `Image::dockerfile(..)`",
            )
            .refuses(ENTRY, from(Image::buildpack("src.ts/main")))
            .refuses(ENTRY, from(Image::buildpack("src/main.ts:app")))
            .takes(from(Image::buildpack("main.ts")))
            .takes(from(Image::buildpack("./deep/er.d/Main.csproj")))
            .takes(from(Image::buildpack("a.mjs")))
            .takes(from(Image::buildpack("a.cjs")))
            .takes(from(Image::buildpack("a.jsx")))
            .takes(from(Image::buildpack("a.mts")))
            .takes(from(Image::buildpack("a.tsx"))),
        rule("buildpack::outside")
            .refuses(ENTRY, from(Image::buildpack("../main.ts")))
            .saying(
                "found the path `../main.ts`, expected one inside the project, relative to it",
                "write a path such as `src/main.ts`, without `..` and without a `/` at its beginning",
            )
            .refuses(ENTRY, from(Image::buildpack("/app/main.ts")))
            .refuses("resources.api.containers[0].packaging.includeFiles[0]", from(Image::buildpack("a.ts").include_file("../secrets")))
            .refuses("resources.api.containers[0].packaging.excludeFiles[0]", from(Image::buildpack("a.ts").exclude_file("")))
            .refuses(&format!("{LANGUAGE}.tsConfigPath"), with("a.ts", NodeConfig::builder().ts_config_path("../tsconfig.json")))
            .refuses(&format!("{LANGUAGE}.outputSourceMapsTo"), with("a.ts", NodeConfig::builder().output_source_maps_to("/maps")))
            .refuses(&format!("{LANGUAGE}.packageManagerFile"), python("../requirements.txt"))
            .refuses(&format!("{LANGUAGE}.packageManagerFile"), java(false, "../build.gradle"))
            .refuses(&format!("{LANGUAGE}.projectFile"), with("a.cs", DotNetConfig::builder().project_file("../a.csproj")))
            .takes(from(Image::buildpack("./src/main.ts").include_file("assets/**/*.{png,jpg}").exclude_file("**/*.test.ts"))),
        rule("buildpack::language")
            .refuses(LANGUAGE, with("main.ts", PythonConfig::builder()))
            .saying(
                "found options of Python with the entry file `main.ts`, expected those of JavaScript",
                "leave `.language(..)` out, or write the options of the language of the entry file",
            )
            .refuses(LANGUAGE, with("main.go", NodeConfig::builder()))
            .saying(
                "found options of JavaScript with the entry file `main.go`, expected none: Go has no options",
                "leave `.language(..)` out, or write the options of the language of the entry file",
            )
            .takes(with("main.ts", NodeConfig::builder()))
            .takes(with("main.py", PythonConfig::builder()))
            .takes(with("Main.java", JavaConfig::builder()))
            .takes(with("main.rb", RubyConfig::version(RubyVersion::V3_4)))
            .takes(with("main.php", PhpConfig::version(PhpVersion::V8_2)))
            .takes(with("Main.cs", DotNetConfig::builder())),
        rule("buildpack::node_version")
            .refuses(&format!("{LANGUAGE}.nodeVersion"), node(15))
            .saying("found Node.js 15, expected 16 to 24", "write `.node_version(24)`")
            .refuses(&format!("{LANGUAGE}.nodeVersion"), node(25))
            .takes(node(16))
            .takes(node(24)),
        rule("buildpack::no_source_maps")
            .refuses(
                &format!("{LANGUAGE}.outputSourceMapsTo"),
                with("a.ts", NodeConfig::builder().disable_source_maps(true).output_source_maps_to("maps")),
            )
            .saying(
                "found a directory for source maps, which are switched off",
                "leave one of `.disable_source_maps(true)` and `.output_source_maps_to(..)` out",
            )
            .takes(with("a.ts", NodeConfig::builder().output_source_maps_to("maps")))
            .takes(with("a.ts", NodeConfig::builder().disable_source_maps(true))),
    ];
    rules.extend(python_rules());
    rules.extend([
        rule("buildpack::excluded_dependencies")
            .refuses("resources.api.containers[0].packaging.excludeDependencies", from(Image::buildpack("main.go").exclude_dependency("x")))
            .saying(
                "found dependencies to exclude in a program of Go, expected one of JavaScript or Python",
                "leave them out of the files in which the program names its dependencies",
            )
            .takes(from(Image::buildpack("main.ts").exclude_dependency("x")))
            .takes(from(Image::buildpack("main.py").exclude_dependency("x"))),
        rule("buildpack::empty_command")
            .refuses(
                "resources.api.containers[0].packaging.customDockerBuildCommands[1]",
                from(Image::buildpack("main.go").custom_docker_build_commands(["true", " "])),
            )
            .saying("found an empty command, expected one that changes the image", "write a command such as `apk add ffmpeg`, or leave it out")
            .takes(from(Image::buildpack("main.go").custom_docker_build_command("apk add \\\n  ffmpeg"))),
    ]);
    rules
}

fn python_rules() -> Vec<Rule> {
    let served = || PythonConfig::builder().run_app_as(PythonServer::Asgi);
    let old = || PythonConfig::builder().python_version(PythonVersion::V3_7);
    vec![
        rule("buildpack::no_application")
            .refuses(ENTRY, with("app/main.py", served()))
            .saying(
                "found the entry file `app/main.py` and the server ASGI, expected the application behind a colon",
                "write the entry file as `app/main.py:app`",
            )
            .refuses(ENTRY, with("app/main.py:", served()))
            .takes(with("app/main.py:app", served()))
            .takes(with("main.py:application", PythonConfig::builder().run_app_as(PythonServer::Wsgi))),
        rule("buildpack::no_server")
            .refuses(ENTRY, from(Image::buildpack("main.py:app")))
            .saying(
                "found the application `app` behind the entry file, expected a server for it",
                "write `.language(PythonConfig::builder().run_app_as(PythonServer::Asgi))`, or leave `:app` out",
            )
            .takes(from(Image::buildpack("main.py"))),
        rule("buildpack::old_python")
            .refuses(&format!("{LANGUAGE}.pythonVersion"), with("a.py", old().package_manager(PythonPackageManager::Uv)))
            .saying(
                "found Python 3.7 with options of `uv`, expected 3.8 or later",
                "take a later Python, or leave the options of `uv` out, so that `pip` installs the packages",
            )
            .refuses(&format!("{LANGUAGE}.pythonVersion"), with("a.py", old().uv_only_group("web")))
            .takes(with("a.py", old()))
            .takes(with("a.py", PythonConfig::builder().python_version(PythonVersion::V3_8).uv_with_group("web"))),
        rule("buildpack::package_manager_file")
            .refuses(&format!("{LANGUAGE}.packageManagerFile"), python("uv.lock"))
            .saying(
                "found the file `uv.lock`, expected a `pyproject.toml`, a `Pipfile` or a list of requirements such as `requirements.txt`",
                "write the path of a `pyproject.toml`, a `Pipfile` or a list of requirements such as `requirements.txt`; a lock file beside \
                 it is found by itself",
            )
            .refuses(&format!("{LANGUAGE}.packageManagerFile"), java(true, "build.gradle"))
            .refuses(&format!("{LANGUAGE}.packageManagerFile"), java(false, "settings.xml"))
            .refuses(&format!("{LANGUAGE}.projectFile"), with("a.cs", DotNetConfig::builder().project_file("Api.sln")))
            .takes(python("api/requirements-dev.txt"))
            .takes(python("Pipfile"))
            .takes(python("api/pyproject.toml"))
            .takes(java(true, "api/pom.xml"))
            .takes(java(false, "pom.xml"))
            .takes(java(false, "build.gradle.kts"))
            .takes(with("a.cs", DotNetConfig::builder().project_file("api/Api.csproj"))),
    ]
}
