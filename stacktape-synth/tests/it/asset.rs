//! What images are built from.

use stacktape_model::container::{DotNetConfig, Image, JavaConfig, LanguageConfig, NodeConfig, PythonConfig, PythonVersion};
use stacktape_model::function::{Function, LambdaBuildpackBuilder, Package, Runtime};
use stacktape_model::stack::Stack;

use crate::support::{Project, Rule, api, empty, rule, web};

#[track_caller]
fn built(context: &str) -> Stack {
    let mut stack = empty();
    stack.add(api(web(Image::dockerfile(context))));
    stack
}

#[track_caller]
fn by_nixpacks(directory: &str) -> Stack {
    let mut stack = empty();
    stack.add(api(web(Image::nixpacks(directory))));
    stack
}

#[track_caller]
fn by_buildpacks(directory: &str) -> Stack {
    let mut stack = empty();
    stack.add(api(web(Image::external_buildpack(directory))));
    stack
}

#[track_caller]
fn dockerfile(path: &str) -> Stack {
    let mut stack = empty();
    stack.add(api(web(Image::dockerfile("api").dockerfile_path(path))));
    stack
}

#[track_caller]
fn of_sources(entry: &str) -> Stack {
    let mut stack = empty();
    stack.add(api(web(Image::buildpack(entry))));
    stack
}

#[track_caller]
fn with(entry: &str, config: impl Into<LanguageConfig>) -> Stack {
    let mut stack = empty();
    stack.add(api(web(Image::buildpack(entry).language(config.into()))));
    stack
}

#[track_caller]
fn files(include: &str, exclude: &str) -> Stack {
    let mut stack = empty();
    stack.add(api(web(Image::buildpack("src/main.ts").include_file(include).exclude_file(exclude))));
    stack
}

#[track_caller]
fn of_package(package: impl Into<Package>) -> Stack {
    let mut stack = empty();
    stack.add(Function::builder("report", package).runtime(Runtime::NodeJs24));
    stack
}

#[track_caller]
fn packed(path: &str) -> Stack {
    of_package(Package::artifact(path, "index:handler"))
}

#[track_caller]
fn packed_without(pattern: &str) -> Stack {
    of_package(Package::artifact("dist", "index:handler").exclude_file(pattern))
}

/// A project with a package that is ready.
fn ready() -> Project {
    Project::new(&[("dist.zip", "PK"), ("dist/index.js", "")])
}

#[track_caller]
fn function(package: LambdaBuildpackBuilder) -> Stack {
    let mut stack = empty();
    stack.add(Function::builder("report", package));
    stack
}

/// A project with a program in several languages.
fn program() -> Project {
    Project::new(&[
        ("src/main.ts", ""),
        ("src/main.py", ""),
        ("src/Main.java", "package src;"),
        ("src/Main.cs", ""),
        ("tsconfig.json", "{}"),
        ("assets/a.png", ""),
    ])
}

fn program_and(file: &str) -> Project {
    Project::new(&[("src/main.py", ""), ("src/Main.java", ""), ("src/Main.cs", ""), (file, "[project]\nname = 'x'\n")])
}

/// A project with an app, and a `.dockerignore` of this text.
fn ignoring(patterns: &str) -> Project {
    Project::new(&[("api/Dockerfile", "FROM scratch"), ("api/.dockerignore", patterns)])
}

pub(crate) fn rules() -> Vec<Rule> {
    const CONTEXT: &str = "resources.api.containers[0].packaging.buildContextPath";
    const CODE: &str = "resources.report.packaging.entryfilePath";
    const SOURCES: &str = "resources.api.containers[0].packaging.sourceDirectoryPath";
    const DOCKERFILE: &str = "resources.api.containers[0].packaging.dockerfilePath";
    const ENTRY: &str = "resources.api.containers[0].packaging.entryfilePath";
    const PYTHON: &str = "resources.api.containers[0].packaging.languageSpecificConfig.pythonVersion";
    const PACKAGES: &str = "resources.api.containers[0].packaging.languageSpecificConfig.packageManagerFile";
    const PACKAGE: &str = "resources.report.packaging.packagePath";
    let whole = || ignoring("");
    let old = || PythonConfig::builder().python_version(PythonVersion::V3_7);
    let web_group = || PythonConfig::builder().uv_with_group("web");
    vec![
        rule("asset::entry_file_missing")
            .refuses_in(program(), ENTRY, of_sources("src/index.ts"))
            .refuses_in(Project::new(&[("main.ts/a", "")]), ENTRY, of_sources("main.ts"))
            .refuses_in(program(), CODE, function(Package::buildpack("src/index.ts")))
            .takes_in(program(), function(Package::buildpack("./src/main.ts")))
            .takes_in(program(), of_sources("./src/main.ts"))
            // The entry file is there whatever stays out, and so is what lies beside it in a directory of outputs.
            .takes_in(Project::new(&[("dist/main.js", ""), (".dockerignore", "dist")]), of_sources("dist/main.js")),
        rule("asset::file_missing")
            .refuses_in(
                program(),
                "resources.api.containers[0].packaging.languageSpecificConfig.tsConfigPath",
                with("src/main.ts", NodeConfig::builder().ts_config_path("tsconfig.build.json")),
            )
            .refuses_in(program(), PACKAGES, with("src/main.py", PythonConfig::builder().package_manager_file("requirements.txt")))
            .refuses_in(program(), PACKAGES, with("src/Main.java", JavaConfig::builder().package_manager_file("pom.xml")))
            .refuses_in(
                program(),
                "resources.api.containers[0].packaging.languageSpecificConfig.projectFile",
                with("src/Main.cs", DotNetConfig::builder().project_file("src/A.csproj")),
            )
            .takes_in(program(), with("src/main.ts", NodeConfig::builder().ts_config_path("./tsconfig.json"))),
        rule("asset::no_build_file")
            .refuses_in(program(), ENTRY, of_sources("src/Main.java"))
            .refuses_in(program(), ENTRY, of_sources("src/Main.cs"))
            .refuses_in(program_and("build.gradle"), ENTRY, with("src/Main.java", JavaConfig::builder().use_maven(true)))
            .refuses_in(program(), CODE, function(Package::buildpack("src/Main.java")))
            .takes_in(program_and("build.gradle"), function(Package::buildpack("src/Main.java")))
            .takes_in(program_and("build.gradle"), of_sources("src/Main.java"))
            .takes_in(program_and("pom.xml"), of_sources("src/Main.java"))
            .takes_in(program_and("Shop.csproj"), of_sources("src/Main.cs")),
        rule("asset::several_projects")
            .refuses_in(Project::new(&[("Main.cs", ""), ("A.csproj", ""), ("B.csproj", "")]), ENTRY, of_sources("Main.cs"))
            .takes_in(Project::new(&[("a/Main.cs", ""), ("a/A.csproj", ""), ("B.csproj", "")]), of_sources("a/Main.cs"))
            .takes_in(
                Project::new(&[("Main.cs", ""), ("A.csproj", ""), ("B.csproj", "")]),
                with("Main.cs", DotNetConfig::builder().project_file("B.csproj")),
            ),
        rule("asset::old_python")
            .refuses_in(program_and("pyproject.toml"), PYTHON, with("src/main.py", old()))
            .refuses_in(program_and("Pipfile"), PYTHON, with("src/main.py", old()))
            .takes_in(program_and("requirements.txt"), with("src/main.py", old()))
            .takes_in(program_and("pyproject.toml"), of_sources("src/main.py")),
        rule("asset::no_groups")
            .refuses_in(program_and("requirements.txt"), PACKAGES, with("src/main.py", web_group()))
            .refuses_in(program(), PACKAGES, with("src/main.py", web_group()))
            .takes_in(program_and("pyproject.toml"), with("src/main.py", web_group())),
        rule("asset::package_missing")
            .refuses_in(program(), PACKAGE, packed("dist"))
            .refuses_in(program(), PACKAGE, packed("dist.zip"))
            .takes_in(program(), packed("src")),
        rule("asset::package_outside_project")
            .refuses_in(program().linked("out", "/"), PACKAGE, packed("out"))
            .takes_in(program().linked("in", "src"), packed("in")),
        rule("asset::package_no_zip").refuses_in(program(), PACKAGE, packed("src/main.py")).takes_in(ready(), packed("dist.zip")),
        rule("asset::package_no_file")
            .refuses_in(Project::new(&[("dist.zip/index.js", "")]), PACKAGE, packed("dist.zip"))
            .takes_in(ready(), packed("dist.zip")),
        rule("asset::package_empty")
            .refuses_in(Project::new(&[("dist/a.map", "")]), PACKAGE, packed_without("**/*.map"))
            .takes_in(Project::new(&[("dist/a.map", ""), ("dist/a.js", "")]), packed_without("**/*.map")),
        rule("asset::package_size")
            .refuses_in(ready().sized("dist.zip", 262_144_001), PACKAGE, packed("dist.zip"))
            .refuses_in(ready().sized("dist/large", 262_144_001), PACKAGE, packed("dist"))
            .takes_in(ready().sized("dist.zip", 262_144_000), packed("dist.zip")),
        rule("asset::file_pattern")
            .refuses_in(program(), "resources.api.containers[0].packaging.includeFiles[0]", files("assets/[a", "docs"))
            .refuses_in(program(), "resources.api.containers[0].packaging.excludeFiles[0]", files("assets", "a**b"))
            .refuses_in(
                program(),
                "resources.report.packaging.includeFiles[0]",
                function(Package::buildpack("src/main.ts").include_file("assets/[a")),
            )
            .takes_in(program(), files("assets/**/*.{png,jpg}", "**/[a-c].md")),
        rule("asset::nothing_included")
            .warns_in(program(), "resources.api.containers[0].packaging.includeFiles[0]", files("public/**", "docs"))
            .warns_in(
                program(),
                "resources.report.packaging.includeFiles[0]",
                function(Package::buildpack("src/main.py").include_file("public/**")),
            )
            .takes_in(program(), function(Package::buildpack("src/main.py").include_file("assets")))
            .takes_in(program(), files("assets", "docs")),
        rule("asset::context_missing")
            .refuses_in(whole(), CONTEXT, built("app"))
            .refuses_in(whole(), CONTEXT, built("api/Dockerfile/deeper"))
            .refuses_in(whole(), SOURCES, by_buildpacks("app"))
            .refuses_in(whole(), SOURCES, by_nixpacks("app"))
            .takes_in(whole(), by_nixpacks("api"))
            .takes_in(whole(), by_buildpacks("api"))
            .takes_in(whole(), built("api")),
        rule("asset::context_not_a_directory").refuses_in(whole(), CONTEXT, built("api/Dockerfile")).takes_in(whole(), built("./api/")),
        rule("asset::context_outside_project")
            .refuses_in(whole(), CONTEXT, built(".."))
            .refuses_in(whole(), CONTEXT, built("/"))
            .takes_in(whole(), built("../project/api")),
        rule("asset::dockerfile_missing")
            .refuses_in(whole(), DOCKERFILE, built("."))
            .refuses_in(whole(), DOCKERFILE, dockerfile("docker/Dockerfile"))
            .takes_in(whole(), dockerfile("Dockerfile")),
        rule("asset::ignore_pattern")
            .refuses_in(ignoring("node_modules\n[cache\n"), CONTEXT, built("api"))
            .refuses_in(ignoring("a**b"), CONTEXT, built("api"))
            .refuses_in(ignoring("a**b"), SOURCES, by_buildpacks("api"))
            .takes_in(ignoring("# [cache\n[cC]ache\n**/*.log\n!keep.log"), built("api")),
    ]
}
