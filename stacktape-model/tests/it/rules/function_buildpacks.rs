//! Code of functions that is packaged from sources.

use stacktape_model::container::{
    DotNetConfig, DotNetVersion, JavaConfig, JavaVersion, LanguageConfig, NodeConfig, PhpConfig, PhpVersion, PythonConfig, PythonServer,
    PythonVersion, RubyConfig, RubyVersion,
};
use stacktape_model::function::{Function, FunctionBuilder, LambdaBuildpackBuilder, Package, Runtime};
use stacktape_model::stack::Stack;

use crate::support::{Rule, rule};

#[track_caller]
fn stack(function: FunctionBuilder) -> Stack {
    let mut stack = Stack::new("shop", "dev");
    stack.add(function);
    stack
}

#[track_caller]
fn of(package: LambdaBuildpackBuilder) -> Stack {
    stack(Function::builder("report", package))
}

#[track_caller]
fn with(entry: &str, config: impl Into<LanguageConfig>) -> Stack {
    of(Package::buildpack(entry).language(config.into()))
}

#[track_caller]
fn node(version: u16) -> Stack {
    with("main.ts", NodeConfig::builder().node_version(version))
}

#[track_caller]
fn on(entry: &str, runtime: Runtime) -> Stack {
    stack(Function::builder("report", Package::buildpack(entry)).runtime(runtime))
}

#[track_caller]
fn calling(entry: &str, function: &str) -> Stack {
    of(Package::buildpack(entry).handler_function(function))
}

const ENTRY: &str = "resources.report.packaging.entryfilePath";
const HANDLER: &str = "resources.report.packaging.handlerFunction";
const LANGUAGE: &str = "resources.report.packaging.languageSpecificConfig";
const RUNTIME: &str = "resources.report.runtime";

pub(crate) fn rules() -> Vec<Rule> {
    let mut rules = of_sources();
    rules.extend(of_runtimes());
    rules.extend(of_handlers());
    rules
}

/// What holds of images holds of packages.
fn of_sources() -> Vec<Rule> {
    vec![
        rule("buildpack::extension")
            .refuses(ENTRY, of(Package::buildpack("src/main.rs")))
            .refuses(ENTRY, of(Package::buildpack("main.py:app")))
            .takes(of(Package::buildpack("src/main.ts"))),
        rule("buildpack::outside")
            .refuses(ENTRY, of(Package::buildpack("../main.ts")))
            .refuses("resources.report.packaging.includeFiles[0]", of(Package::buildpack("a.ts").include_file("../secrets")))
            .takes(of(Package::buildpack("./src/main.ts").include_file("assets/**"))),
        rule("buildpack::language")
            .refuses(LANGUAGE, with("main.ts", PythonConfig::builder()))
            .takes(with("main.py", PythonConfig::builder())),
        rule("buildpack::node_version").refuses(&format!("{LANGUAGE}.nodeVersion"), node(25)).takes(node(24)),
        rule("buildpack::excluded_dependencies")
            .refuses("resources.report.packaging.excludeDependencies", of(Package::buildpack("main.go").exclude_dependency("x")))
            .takes(of(Package::buildpack("main.py").exclude_dependency("x"))),
    ]
}

fn of_runtimes() -> Vec<Rule> {
    let php = || Function::builder("report", Package::buildpack("src/index.php"));
    let bref = "arn:aws:lambda:eu-west-1:534081306603:layer:php-83:99";
    let both = |version, runtime| {
        let package = Package::buildpack("main.py").language(PythonConfig::builder().python_version(version));
        stack(Function::builder("report", package).runtime(runtime))
    };
    vec![
        rule("package::language_version")
            .refuses(&format!("{LANGUAGE}.nodeVersion"), node(23))
            .saying(
                "found JavaScript 23, expected a version that Lambda runs: `24`, `22`, `20` or `18`",
                "write one of them, or leave the version out",
            )
            .refuses(&format!("{LANGUAGE}.pythonVersion"), with("a.py", PythonConfig::builder().python_version(PythonVersion::V3_7)))
            .refuses(&format!("{LANGUAGE}.javaVersion"), with("A.java", JavaConfig::builder().java_version(JavaVersion::V19)))
            .refuses(&format!("{LANGUAGE}.dotnetVersion"), with("A.cs", DotNetConfig::builder().dotnet_version(DotNetVersion::V9)))
            .takes(node(22))
            .takes(with("a.py", PythonConfig::builder().python_version(PythonVersion::V3_11)))
            .takes(with("A.java", JavaConfig::builder().java_version(JavaVersion::V8)))
            .takes(with("a.rb", RubyConfig::version(RubyVersion::V4_0)))
            .takes(with("A.cs", DotNetConfig::builder().dotnet_version(DotNetVersion::V10))),
        rule("package::runtime")
            .refuses(RUNTIME, on("main.ts", Runtime::Python314))
            .saying(
                "found the runtime `python3.14` with the entry file `main.ts`, expected one of JavaScript",
                "leave `.runtime(..)` out: the entry file tells it",
            )
            .refuses(RUNTIME, on("main.go", Runtime::NodeJs24))
            .refuses(RUNTIME, on("main.py", Runtime::ProvidedAl2023))
            .takes(on("main.ts", Runtime::NodeJs22))
            .takes(on("main.go", Runtime::ProvidedAl2023))
            .takes(on("Main.java", Runtime::Java17)),
        rule("package::runtime_version")
            .refuses(RUNTIME, both(PythonVersion::V3_12, Runtime::Python314))
            .saying("found the runtime `python3.14` beside Python 3.12, expected both to be of one version", "leave one of the two out")
            .takes(both(PythonVersion::V3_14, Runtime::Python314)),
        rule("package::server")
            .refuses(&format!("{LANGUAGE}.runAppAs"), with("a.py", PythonConfig::builder().run_app_as(PythonServer::Wsgi)))
            .saying(
                "found the server WSGI, expected none, since Lambda calls a function of the entry file",
                "leave `.run_app_as(..)` out, or run the application in a container",
            )
            .takes(with("a.py", PythonConfig::builder().minify(true))),
        rule("package::no_php")
            .refuses("resources.report.layers", stack(php()))
            .saying(
                "found the entry file `src/index.php`, expected a layer that runs PHP, since Lambda has no runtime of it",
                "write `.layer(\"..\")` with the ARN of a layer of Bref, or run the program in a container",
            )
            .takes(stack(php().layer(bref)))
            .takes(stack(
                Function::builder("report", Package::buildpack("a.php").language(PhpConfig::version(PhpVersion::V8_2))).layer(bref),
            )),
    ]
}

fn of_handlers() -> Vec<Rule> {
    let long = |letters: usize| of(Package::buildpack(format!("{}.py", "a".repeat(letters))));
    vec![
        rule("package::handler_function")
            .refuses(HANDLER, calling("main.ts", "a.b"))
            .saying(
                "found the handler function `a.b`, expected the name of a function in the entry file",
                "write at most 64 letters, digits and `_`, the first one no digit",
            )
            .refuses(HANDLER, calling("main.py", ""))
            .refuses(HANDLER, calling("main.rb", "Shop::"))
            .refuses(HANDLER, calling("main.ts", &"a".repeat(65)))
            .takes(calling("main.ts", "$run_1"))
            .takes(calling("main.rb", "Shop::Report.run"))
            .takes(calling("Main.java", "handle"))
            .takes(calling("main.ts", &"a".repeat(64))),
        rule("package::idle_handler_function")
            .refuses(HANDLER, calling("main.go", "run"))
            .saying(
                "found a handler function in a program of Go, expected none, since Lambda runs the program itself",
                "leave `.handler_function(..)` out",
            )
            .takes(of(Package::buildpack("main.go"))),
        rule("package::dot_in_path")
            .refuses(ENTRY, of(Package::buildpack("src/report.v2.py")))
            .saying(
                "found a dot in the path `src/report.v2.py`, expected none but that of the extension, since Lambda looks for a function \
                 behind it",
                "rename the file or its directory",
            )
            .refuses(ENTRY, of(Package::buildpack("a.b/main.rb")))
            .takes(of(Package::buildpack("./src/report_v2.py")))
            .takes(of(Package::buildpack("a.b/main.ts"))),
        rule("package::long_entry")
            .refuses(ENTRY, long(121))
            .saying(
                &format!(
                    "found the entry file `{}.py`, expected a path and a function of at most 128 characters without blanks",
                    "a".repeat(121)
                ),
                "move or rename the file",
            )
            .refuses(ENTRY, of(Package::buildpack("my report.rb")))
            .takes(long(120))
            .takes(of(Package::buildpack("my report.ts"))),
    ]
}
