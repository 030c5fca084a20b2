//! Images that are built of sources: what is staged for them, and what their containers are told.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use stacktape_model::container::{Container, ContainerBuilder, Image, Language, LanguageConfig, NodeConfig, PythonConfig};
use stacktape_model::multi_container_workload::MultiContainerWorkload;
use stacktape_model::text::{Fact, Secret, Text};
use stacktape_synth::Target;
use stacktape_synth::assembly::assemble;
use stacktape_synth::synthesize;

use crate::properties::{cases, items, of_type, stacks, template, text, validated};
use crate::support::{api, empty, web};

fn definition(container: ContainerBuilder) -> Json {
    let mut stack = empty();
    stack.add(api(container));
    let template = synthesize(&stack.validate().expect("valid")).expect("a template").template.to_value();
    template["Resources"]["ApiTaskDefinition"]["Properties"]["ContainerDefinitions"][0].clone()
}

fn node_options(container: ContainerBuilder) -> Json {
    let definition = definition(container);
    let options = items(&definition["Environment"]).find(|variable| variable["Name"] == "NODE_OPTIONS");
    options.map_or(Json::Null, |variable| variable["Value"].clone())
}

#[test]
fn node_is_told_to_read_source_maps_and_modules_of_both_forms() {
    let node = |version| web(Image::buildpack("a.ts").language(NodeConfig::builder().node_version(version)));
    let all = "--enable-source-maps --experimental-require-module --experimental-detect-module";
    assert_eq!(node_options(web(Image::buildpack("a.ts"))), all);
    assert_eq!(node_options(node(22)), all);
    assert_eq!(node_options(node(21)), "--enable-source-maps");
    let silent = NodeConfig::builder().node_version(20).disable_source_maps(true);
    assert_eq!(node_options(web(Image::buildpack("a.ts").language(silent))), Json::Null);
    for other in [web(Image::buildpack("a.py")), web(Image::dockerfile("api")), web(Image::prebuilt("node:24"))] {
        assert_eq!(node_options(other), Json::Null);
    }
}

#[test]
fn what_the_user_told_node_stays_and_is_not_said_twice() {
    let with =
        |own: Text| node_options(web(Image::buildpack("a.ts").language(NodeConfig::builder().node_version(20))).env("NODE_OPTIONS", own));
    assert_eq!(with("--max-old-space-size=512".into()), "--max-old-space-size=512 --enable-source-maps");
    assert_eq!(with("--enable-source-maps".into()), "--enable-source-maps");
    assert_eq!(with("".into()), "--enable-source-maps");
    let joined = Text::joined(["--title=".into(), Fact::Region.into()]);
    assert_eq!(with(joined), json!({"Fn::Sub": "--title=${AWS::Region} --enable-source-maps"}));
    let secret = definition(web(Image::buildpack("a.ts")).env("NODE_OPTIONS", Secret::new("options")));
    assert_eq!((&secret["Secrets"][0]["Name"], &secret["Environment"]), (&json!("NODE_OPTIONS"), &Json::Null));
}

#[test]
fn a_variable_keeps_its_place() {
    let definition = definition(web(Image::buildpack("a.ts")).env("NODE_OPTIONS", "--no-warnings").env("PORT", 80));
    let names: Vec<_> = items(&definition["Environment"]).map(|variable| text(&variable["Name"])).collect();
    assert_eq!(names, ["NODE_OPTIONS", "PORT"]);
}

/// What is staged of a project for its one image.
fn staged(image: impl Into<Image>, files: &[&str]) -> BTreeSet<String> {
    let home = tempfile::tempdir().expect("a directory");
    let project = home.path().join("project");
    for path in files {
        let path = project.join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        let is_ignore_file = path.ends_with(".dockerignore");
        fs::write(path, if is_ignore_file { "*.log\n" } else { "" }).expect("written");
    }
    let mut stack = empty();
    stack.add(api(Container::builder("web", image)));
    let out = home.path().join("cdk.out");
    assemble(stack, &Target::new("shop", "dev").project_directory(&project), &out).expect("valid").write(&out).expect("written");
    let asset = fs::read_dir(&out).expect("listed").map(|entry| entry.expect("an entry").path()).find(|path| path.is_dir());
    let mut found = BTreeSet::new();
    collect(&asset.expect("a staged directory"), "", &mut found);
    found
}

fn collect(directory: &Path, prefix: &str, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).expect("listed") {
        let entry = entry.expect("an entry");
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{path}/"), found);
        } else {
            found.insert(path);
        }
    }
}

const PROJECT: [&str; 16] = [
    "src/main.ts",
    "src/main.rs",
    "Cargo.toml",
    "package.json",
    "node_modules/a/index.js",
    "api/node_modules/b/index.js",
    "target/debug/program",
    ".git/HEAD",
    ".env",
    "api/.env.local",
    "cdk.json",
    "dist/main.js",
    "debug.log",
    ".dockerignore",
    "docs/a.md",
    "assets/a.png",
];

fn set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn sources_are_staged_without_what_no_program_needs() {
    let generated = [".dockerignore", ".stacktape/Dockerfile", ".stacktape/bundle.json", ".stacktape/bundle.mjs"];
    let with = |paths: &[&str]| set(&[&generated[..], paths].concat());
    assert_eq!(staged(Image::buildpack("src/main.ts"), &PROJECT), with(&["src/main.ts", "package.json", "docs/a.md", "assets/a.png"]));
    let chosen = Image::buildpack("src/main.ts").include_files([".env", "dist", "**/*.log"]).exclude_files(["docs", "assets/*.png"]);
    assert_eq!(staged(chosen, &PROJECT), with(&["src/main.ts", "package.json", ".env", "dist/main.js", "debug.log"]));
    // What the entry file lies in is no output of another build.
    let of_outputs = staged(Image::buildpack("dist/main.js"), &PROJECT);
    assert!(of_outputs.contains("dist/main.js") && !of_outputs.contains("node_modules/a/index.js"), "{of_outputs:?}");
}

#[test]
fn the_image_changes_with_every_option_and_not_with_what_is_left_out() {
    let home = tempfile::tempdir().expect("a directory");
    fs::write(home.path().join("main.py"), "").expect("written");
    let uri = |image: Image| {
        let mut stack = empty();
        stack.add(api(Container::builder("web", image)));
        let target = Target::new("shop", "dev").project_directory(home.path());
        assemble(stack, &target, &home.path().join("cdk.out")).expect("valid").images()[0].hash().to_owned()
    };
    let plain = || Image::buildpack("main.py");
    let before = uri(plain().into());
    fs::write(home.path().join("infrastructure.rs"), "fn main() {}").expect("written");
    assert_eq!(uri(plain().into()), before);
    let different = [
        before,
        uri(plain().requires_glibc_binaries(true).into()),
        uri(plain().run_as_root(true).into()),
        uri(plain().custom_docker_build_command("true").into()),
        uri(plain().exclude_dependency("boto3").into()),
        uri(plain().language(PythonConfig::builder().minify(true)).into()),
    ];
    assert_eq!(different.iter().collect::<BTreeSet<_>>().len(), different.len());
}

proptest! {
    #![proptest_config(cases(64))]

    /// A program without rights may listen where its events lead, and only there is anything changed.
    #[test]
    fn low_ports_are_open_to_programs_without_rights(stack in stacks().workloads(1..=2)) {
        let valid = validated(stack);
        let template = template(&valid);
        let definitions: Vec<_> = of_type(&template, "AWS::ECS::TaskDefinition")
            .flat_map(|(_, task)| items(&task["Properties"]["ContainerDefinitions"])).collect();
        let controlled = definitions.iter().filter(|definition| !definition["SystemControls"].is_null()).count();
        let containers: Vec<_> = valid.workloads().flat_map(MultiContainerWorkload::containers).collect();
        let expected = containers.iter().filter(|container| match container.parts().packaging {
            Image::Buildpack(image) => !image.parts().run_as_root && container.ports().iter().any(|port| *port < 1024),
            _ => false,
        });
        prop_assert_eq!(controlled, expected.count());
        for definition in definitions.iter().filter(|definition| !definition["SystemControls"].is_null()) {
            let low = json!([{"Namespace": "net.ipv4.ip_unprivileged_port_start", "Value": "0"}]);
            prop_assert_eq!(&definition["SystemControls"], &low);
        }
        let told = definitions.iter().filter(|definition| {
            items(&definition["Environment"]).any(|variable| variable["Name"] == "NODE_OPTIONS")
        });
        let node = containers.iter().filter(|container| match container.parts().packaging {
            Image::Buildpack(image) => image.source_language() == Some(Language::Node) && says_something(image.parts().language.as_ref()),
            _ => false,
        });
        prop_assert_eq!(told.count(), node.count());
    }
}

/// Old versions without source maps are told nothing.
fn says_something(config: Option<&LanguageConfig>) -> bool {
    match config {
        Some(LanguageConfig::Node(config)) => !config.parts().disable_source_maps || config.version() >= 22,
        _ => true,
    }
}
