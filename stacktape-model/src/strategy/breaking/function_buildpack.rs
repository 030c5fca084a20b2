//! Mistakes in code of functions that is packaged from sources.

use super::planting::{Mistake, Planting};
use crate::container::{JavaConfig, JavaVersion, LanguageConfig, NodeConfig, PythonConfig, PythonServer, PythonVersion};
use crate::function::{Function, FunctionBuilder, LambdaBuildpackBuilder, Package, Runtime};

pub(super) const MISTAKES: &[Mistake] = &[
    Mistake::anywhere("package::language_version", |planting| {
        let (entry, key, config): (_, _, LanguageConfig) = match planting.one(&[0, 1, 2]) {
            0 => ("main.ts", "nodeVersion", NodeConfig::builder().node_version(planting.one(&[16, 23])).into()),
            1 => ("main.py", "pythonVersion", PythonConfig::builder().python_version(PythonVersion::V3_7).into()),
            _ => ("Main.java", "javaVersion", JavaConfig::builder().java_version(JavaVersion::V19).into()),
        };
        let path = add(planting, of(Package::buildpack(entry).language(config)), "packaging.languageSpecificConfig.");
        path + key
    }),
    Mistake::anywhere("package::runtime", |planting| {
        let (entry, runtime) = planting.one(&[
            ("main.ts", Runtime::Python314),
            ("main.py", Runtime::ProvidedAl2023),
            ("main.go", Runtime::NodeJs24),
            ("Main.java", Runtime::DotNet10),
        ]);
        add(planting, of(Package::buildpack(entry)).runtime(runtime), "runtime")
    }),
    Mistake::anywhere("package::runtime_version", |planting| {
        let version = planting.one(&[PythonVersion::V3_12, PythonVersion::V3_13]);
        let package = Package::buildpack("main.py").language(PythonConfig::builder().python_version(version));
        add(planting, of(package).runtime(Runtime::Python314), "runtime")
    }),
    Mistake::anywhere("package::server", |planting| {
        let config = PythonConfig::builder().run_app_as(planting.one(&PythonServer::ALL));
        add(planting, of(Package::buildpack("main.py").language(config)), "packaging.languageSpecificConfig.runAppAs")
    }),
    Mistake::anywhere("package::handler_function", |planting| {
        let (entry, function) =
            planting.one(&[("main.ts", ""), ("main.ts", "a.b"), ("main.py", "run me"), ("main.rb", "Shop::"), ("a.py", "1st")]);
        add(planting, of(Package::buildpack(entry).handler_function(function)), "packaging.handlerFunction")
    }),
    Mistake::anywhere("package::idle_handler_function", |planting| {
        add(planting, of(Package::buildpack("main.go").handler_function("run")), "packaging.handlerFunction")
    }),
    Mistake::anywhere("package::dot_in_path", |planting| {
        let entry = planting.one(&["report.v2.py", "a.b/main.rb"]);
        add(planting, of(Package::buildpack(entry)), "packaging.entryfilePath")
    }),
    Mistake::anywhere("package::long_entry", |planting| {
        let entry = planting.text(&["my report.py", &format!("{}.rb", "a".repeat(121))]);
        add(planting, of(Package::buildpack(entry)), "packaging.entryfilePath")
    }),
    Mistake::anywhere("package::no_php", |planting| {
        let entry = planting.one(&["index.php", "src/index.php"]);
        add(planting, of(Package::buildpack(entry)), "layers")
    }),
];

fn of(package: LambdaBuildpackBuilder) -> FunctionBuilder {
    Function::builder("planted", package)
}

/// Adds a function; the path is that of a place below it.
fn add(planting: &mut Planting<'_>, function: FunctionBuilder, below: &str) -> String {
    planting.stack.add(function);
    format!("resources.planted.{below}")
}
