//! Code of functions that is packaged from sources: what is staged, who builds it, and what the functions are told.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value as Json, json};
use stacktape_model::compute::Architecture;
use stacktape_model::container::{Language, NodeConfig, PythonConfig};
use stacktape_model::function::{Function, FunctionBuilder, LambdaBuildpack, Package, Runtime};
use stacktape_model::stack::Stack;
use stacktape_model::strategy;
use stacktape_model::text::{Fact, Text};
use stacktape_synth::Target;
use stacktape_synth::assembly::{Assembly, assemble};
use stacktape_synth::synthesize;

use crate::properties::{cases, of_type};
use crate::support::empty;

fn properties(function: FunctionBuilder) -> Json {
    let mut stack = empty();
    stack.add(function);
    let template = synthesize(&stack.validate().expect("valid")).expect("a template").template.to_value();
    template["Resources"]["ReportLambdaFunction"]["Properties"].clone()
}

/// What the sources tell is filled in when they are read.
const HOLE: &str = "resources.report.packaging";

fn report(package: impl Into<Package>) -> FunctionBuilder {
    Function::builder("report", package)
}

#[test]
fn the_entry_file_tells_runtime_and_handler() {
    let told = |entry: &str| {
        let properties = properties(report(Package::buildpack(entry)).layer("arn:aws:lambda:us-east-1:534081306603:layer:php-83:99"));
        [&properties["Runtime"], &properties["Handler"]].map(|value| value.as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(told("./src/report.ts"), ["nodejs24.x", "index.default"]);
    assert_eq!(told("src/report.py"), ["python3.13", "src/report.handler"]);
    assert_eq!(told("report.rb"), ["ruby3.3", "report.handler"]);
    assert_eq!(told("cmd/main.go"), ["provided.al2023", "bootstrap"]);
    assert_eq!(told("src/report.php"), ["provided.al2023", "src/report.php"]);
    assert_eq!(told("Report.java"), ["java25", HOLE]);
    assert_eq!(told("Report.cs"), ["dotnet10", HOLE]);
    let named = properties(report(Package::buildpack("report.py").handler_function("run")).runtime(Runtime::Python312));
    assert_eq!((&named["Runtime"], &named["Handler"]), (&json!("python3.12"), &json!("report.run")));
}

#[test]
fn programs_are_told_what_their_packages_need() {
    let variables = |function: FunctionBuilder| properties(function)["Environment"]["Variables"].clone();
    let all = "--enable-source-maps --experimental-require-module --experimental-detect-module";
    assert_eq!(variables(report(Package::buildpack("a.ts"))), json!({"NODE_OPTIONS": all}));
    // The runtime tells the version, too.
    let old = report(Package::buildpack("a.ts")).runtime(Runtime::NodeJs20);
    assert_eq!(variables(old.env("NODE_OPTIONS", "--no-warnings")), json!({"NODE_OPTIONS": "--no-warnings --enable-source-maps"}));
    let silent = NodeConfig::builder().node_version(20).disable_source_maps(true);
    assert_eq!(variables(report(Package::buildpack("a.ts").language(silent))), Json::Null);
    assert_eq!(variables(report(Package::artifact("dist", "index:handler")).runtime(Runtime::NodeJs24)), Json::Null);
    // Modules beside the entry file are found from there.
    assert_eq!(variables(report(Package::buildpack("report.py"))), Json::Null);
    let beside = report(Package::buildpack("./jobs/nightly/report.py"));
    assert_eq!(variables(beside), json!({"PYTHONPATH": "/var/runtime:/var/task/jobs/nightly"}));
    let own = report(Package::buildpack("jobs/report.py")).env("PYTHONPATH", Text::from(Fact::Region));
    assert_eq!(variables(own), json!({"PYTHONPATH": {"Ref": "AWS::Region"}}));
}

fn apps() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/apps")
}

fn assembled(stack: Stack, project: &Path) -> Assembly {
    let target = Target::new("shop", "dev").project_directory(project);
    assemble(stack, &target, &project.join("cdk.out")).unwrap_or_else(|error| panic!("{error:?}"))
}

#[test]
fn the_key_changes_with_what_is_packaged_and_with_nothing_else() {
    let home = tempfile::tempdir().expect("a directory");
    let write = |path: &str, text: &str| fs::write(home.path().join(path), text).expect("written");
    write("report.py", "");
    write("requirements.txt", "");
    let key = |function: FunctionBuilder| {
        let mut stack = empty();
        stack.add(function);
        assembled(stack, home.path()).files()[0].hash().to_owned()
    };
    let plain = || report(Package::buildpack("report.py"));
    let before = key(plain());
    std::thread::sleep(std::time::Duration::from_millis(20));
    write("report.py", "");
    write("infrastructure.rs", "fn main() {}");
    assert_eq!(key(plain()), before);
    assert_eq!(key(plain().memory(stacktape_model::units::Memory::mib(512)).env("RECIPIENT", "team")), before);
    // The same runtime, said or told.
    assert_eq!(key(plain().runtime(Runtime::Python313)), before);
    let mut different = vec![
        before,
        key(plain().architecture(Architecture::Arm64)),
        key(plain().runtime(Runtime::Python314)),
        key(report(Package::buildpack("report.py").exclude_dependency("boto3"))),
        key(report(Package::buildpack("report.py").language(PythonConfig::builder().minify(true)))),
    ];
    write("report.py", "def handler(event, context): pass");
    different.push(key(plain()));
    write("requirements.txt", "requests");
    different.push(key(plain()));
    assert_eq!(different.iter().collect::<BTreeSet<_>>().len(), different.len());
}

/// Functions of the sources of any language, on both kinds of processors.
fn functions() -> impl Strategy<Value = Vec<(LambdaBuildpack, Architecture, bool)>> {
    let files = ["main.ts", "main.py", "Main.java", "main.go", "main.rb", "main.php", "Main.cs"];
    let files = files.map(|file| format!("packaging/{file}"));
    vec((strategy::lambda_buildpack(&files), select(Architecture::ALL.to_vec()), any::<bool>()), 1..4)
}

fn function(index: usize, package: &LambdaBuildpack, architecture: Architecture, says_runtime: bool) -> Function {
    let is_php = package.source_language() == Some(Language::Php);
    let layer = is_php.then_some("arn:aws:lambda:us-east-1:534081306603:layer:php-83:99");
    let function = || Function::builder(format!("function{index}"), package.clone()).architecture(architecture).layers(layer);
    let silent = function().build();
    match silent.used_runtime().filter(|_| says_runtime) {
        Some(runtime) => function().runtime(runtime).build(),
        None => silent,
    }
}

proptest! {
    #![proptest_config(cases(32))]

    /// Each function has code that is published and a handler, whatever its language, and what must be built is built for its
    /// processors by a script that is found from anywhere.
    #[test]
    fn the_code_of_every_function_is_published(functions in functions()) {
        let mut stack = empty();
        for (index, (package, architecture, says_runtime)) in functions.iter().enumerate() {
            stack.add(function(index, package, *architecture, *says_runtime));
        }
        let home = tempfile::tempdir().expect("a directory");
        let out = home.path().join("cdk.out");
        let assembly = assembled(stack, &apps());
        assembly.write(&out).expect("written");
        let assets: Json = serde_json::from_str(&fs::read_to_string(out.join("shop-dev.assets.json")).expect("read")).expect("JSON");
        let template: Json = serde_json::from_str(assembly.template_json()).expect("JSON");
        let rendered: Vec<_> = of_type(&template, "AWS::Lambda::Function").collect();
        prop_assert_eq!(rendered.len(), functions.len());
        for (id, resource) in rendered {
            let properties = &resource["Properties"];
            prop_assert!(properties["Handler"].as_str().is_some_and(|handler| !handler.is_empty()), "{}: {}", id, properties);
            prop_assert!(properties["Runtime"].is_string(), "{}: {}", id, properties);
            let key = properties["Code"]["S3Key"].as_str().and_then(|key| key.strip_suffix(".zip")).expect("a key");
            let file = &assets["files"][key];
            prop_assert_eq!(file["destinations"]["current"]["objectKey"].as_str(), properties["Code"]["S3Key"].as_str());
            let directory = out.join(format!("asset.{key}"));
            if file["source"]["executable"].is_null() {
                prop_assert_eq!(&file["source"], &json!({"path": format!("asset.{key}"), "packaging": "zip"}));
                prop_assert!(directory.join("packaging").is_dir() && !directory.join(".stacktape").exists());
            } else {
                let script = directory.join(".stacktape/build.sh");
                prop_assert_eq!(&file["source"], &json!({"executable": ["sh", script.to_str()]}));
                let text = fs::read_to_string(&script).expect("the script");
                let processors = if properties["Architectures"] == json!(["arm64"]) { "linux/arm64" } else { "linux/amd64" };
                prop_assert!(text.contains(&format!("--platform {processors} ")), "{}", text);
                prop_assert!(directory.join(".stacktape/Dockerfile").is_file());
            }
        }
    }
}
