//! The Dockerfile of each language for Lambda. `UPDATE_EXPECT=1 cargo test -p stacktape-synth dockerfiles` rewrites them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use expect_test::expect_file;
use stacktape_model::container::{
    JavaConfig, JavaVersion, LanguageConfig, ModuleFormat, NodeConfig, PythonConfig, RubyConfig, RubyVersion,
};
use stacktape_model::function::{LambdaBuildpackBuilder, Package};

use super::super::sources::tests::sources;
use super::*;

struct Case {
    name: &'static str,
    package: LambdaBuildpack,
    runtime: Runtime,
    files: &'static [(&'static str, &'static str)],
}

fn case(name: &'static str, package: LambdaBuildpackBuilder, runtime: Runtime, files: &'static [(&'static str, &'static str)]) -> Case {
    Case { name, package: package.build(), runtime, files }
}

fn with(entry: &str, config: impl Into<LanguageConfig>) -> LambdaBuildpackBuilder {
    Package::buildpack(entry).language(config.into())
}

const MAIN_JAVA: (&str, &str) = ("src/main/java/com/acme/Main.java", "package com.acme;\nclass Main {}");

fn cases() -> Vec<Case> {
    let java = |version| with(MAIN_JAVA.0, JavaConfig::builder().java_version(version));
    vec![
        case("node", Package::buildpack("src/main.ts"), Runtime::NodeJs24, &[("src/main.ts", ""), ("package-lock.json", "")]),
        case("node_alone", Package::buildpack("main.mjs").handler_function("run"), Runtime::NodeJs22, &[("main.mjs", "")]),
        case(
            "node_18_yarn_1",
            with("api/main.js", NodeConfig::builder().output_module_format(ModuleFormat::Esm)).exclude_dependency("pg"),
            Runtime::NodeJs18,
            &[("api/main.js", ""), ("api/yarn.lock", "# yarn lockfile v1\n")],
        ),
        case("node_yarn_4", Package::buildpack("main.ts"), Runtime::NodeJs20, &[("main.ts", ""), ("yarn.lock", "__metadata:\n")]),
        case("python", Package::buildpack("main.py"), Runtime::Python313, &[("main.py", ""), ("requirements.txt", "")]),
        case(
            "python_3_9_uv",
            with("api/main.py", PythonConfig::builder().uv_with_group("web").minify(true)).exclude_dependency("boto3"),
            Runtime::Python39,
            &[("api/main.py", ""), ("api/pyproject.toml", "[project]\nname = 'x'\n"), ("uv.lock", "")],
        ),
        case("java_maven", java(JavaVersion::V21), Runtime::Java21, &[MAIN_JAVA, ("pom.xml", "")]),
        case("java_gradle_25", Package::buildpack(MAIN_JAVA.0).include_file("assets"), Runtime::Java25, &[MAIN_JAVA, ("build.gradle", "")]),
        case("go", Package::buildpack("cmd/main.go").include_file("assets"), Runtime::ProvidedAl2023, &[("go.mod", ""), ("go.sum", "")]),
        case("ruby", Package::buildpack("api/main.rb"), Runtime::Ruby33, &[("api/Gemfile", ""), ("api/Gemfile.lock", "")]),
        case("ruby_3_2", with("main.rb", RubyConfig::version(RubyVersion::V3_2)), Runtime::Ruby32, &[("Gemfile", "")]),
        case("php", Package::buildpack("index.php"), Runtime::ProvidedAl2, &[("composer.json", "")]),
        case("dot_net", Package::buildpack("Api/Report.cs"), Runtime::DotNet10, &[("Api/Api.csproj", "")]),
    ]
}

fn packed(case: &Case, platform: Platform) -> Packed {
    let included = if case.package.parts().include_files.is_empty() { vec![] } else { vec!["assets/a b.png".to_owned()] };
    package(&case.package, case.runtime, platform, &sources(case.files), &included).expect("a recipe")
}

fn built(case: &Case, platform: Platform) -> (Files, Option<String>) {
    match packed(case, platform) {
        Packed::Built { files, handler } => (files, handler),
        Packed::Plain => panic!("{} is its sources", case.name),
    }
}

fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    files.iter().find(|(name, _)| *name == path).map(|(_, text)| text.as_str()).expect("the file")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dockerfiles/lambda")
}

#[test]
fn dockerfiles_are_as_they_were() {
    for case in cases() {
        let (files, _) = built(&case, Platform::LinuxAmd64);
        expect_file![folder().join(format!("{}.Dockerfile", case.name))].assert_eq(text(&files, DOCKERFILE));
    }
    let names: BTreeSet<_> = cases().iter().map(|case| folder().join(format!("{}.Dockerfile", case.name))).collect();
    let there = fs::read_dir(folder()).expect("listed").map(|entry| entry.expect("an entry").path()).collect();
    assert_eq!(names, there, "files without a case");
}

#[test]
fn every_dockerfile_builds_on_one_platform_and_ends_with_the_package_alone() {
    for case in cases() {
        for platform in [Platform::LinuxAmd64, Platform::LinuxArm64] {
            let (files, _) = built(&case, platform);
            let lines: Vec<_> = text(&files, DOCKERFILE).lines().collect();
            let stages: Vec<_> = lines.iter().filter_map(|line| line.strip_prefix("FROM ")).collect();
            assert_eq!(stages.len(), 3, "{}", case.name);
            assert!(stages[0].ends_with(" AS build") && !stages[0].contains("--platform"), "{}", case.name);
            assert!(stages[1].starts_with("--platform=$BUILDPLATFORM "), "{}", case.name);
            assert_eq!(lines[lines.len() - 2..], ["FROM scratch", "COPY --from=pack /package.zip /package.zip"], "{}", case.name);
            // Packages with native parts are compiled where they run.
            if !["java", "go", "php", "dot_net"].iter().any(|portable| case.name.starts_with(portable)) {
                assert!(stages[0].starts_with("public.ecr.aws/lambda/"), "{}", case.name);
            }
            assert!(
                lines.iter().all(|line| line.is_empty() || line.starts_with(|letter: char| letter.is_ascii_uppercase())),
                "{}",
                case.name
            );
            assert!(text(&files, SCRIPT).contains(&format!("--platform {} ", platform.as_str())), "{}", case.name);
            let paths: BTreeSet<_> = files.iter().map(|(path, _)| *path).collect();
            assert!(paths.len() == files.len() && paths.contains(PACKER.0), "{}", case.name);
        }
    }
}

#[test]
fn what_is_asked_of_the_processors_reaches_what_is_made_for_them() {
    let case = case("dot_net", Package::buildpack("Api.csproj"), Runtime::DotNet8, &[("Api.csproj", "")]);
    let (files, handler) = built(&case, Platform::LinuxArm64);
    assert!(text(&files, DOCKERFILE).contains(" --runtime linux-arm64 "), "{}", text(&files, DOCKERFILE));
    assert!(text(&files, DOCKERFILE).starts_with("FROM mcr.microsoft.com/dotnet/sdk:8.0 AS build"), "{}", text(&files, DOCKERFILE));
    assert_eq!(handler.as_deref(), Some("Api"));
}

#[test]
fn the_sources_tell_what_lambda_calls() {
    let handler = |package: LambdaBuildpackBuilder, runtime, files: &[(&str, &str)]| {
        let packed = super::package(&package.build(), runtime, Platform::LinuxAmd64, &sources(files), &[]).expect("a recipe");
        let Packed::Built { handler, .. } = packed else { panic!("it is its sources") };
        handler.expect("a handler")
    };
    let java = |text: &str| handler(Package::buildpack("src/Report.java"), Runtime::Java21, &[("src/Report.java", text), ("pom.xml", "")]);
    assert_eq!(java("// package no.such;\npackage com.acme ;\nclass Report {}"), "com.acme.Report");
    assert_eq!(java("class Report {}"), "Report");
    let method = Package::buildpack("Report.java").handler_function("run");
    assert_eq!(handler(method, Runtime::Java21, &[("Report.java", "package a;"), ("pom.xml", "")]), "a.Report::run");

    let net =
        |text: &str| handler(Package::buildpack("Api/Report.cs"), Runtime::DotNet8, &[("Api/Report.cs", text), ("Api/Api.csproj", "")]);
    assert_eq!(net("using System;\nnamespace Shop.Api;\n\npublic sealed class Report : Base {"), "Api::Shop.Api.Report::FunctionHandler");
    assert_eq!(
        net("namespace Shop {\n  // class Other\n  class First {}\n  internal class Report<T> {}"),
        "Api::Shop.Report::FunctionHandler"
    );
    assert_eq!(net("class First {}\nclass Second {}"), "Api::First::FunctionHandler");
    // A program of statements, which has a loop of its own.
    assert_eq!(net("await LambdaBootstrapBuilder.Create(Handle).Build().RunAsync(); // no class Report"), "Api");
    let named = ("Api/Api.csproj", "<AssemblyName>Shop</AssemblyName>");
    let method = Package::buildpack("Api/Report.cs").handler_function("Run");
    assert_eq!(handler(method, Runtime::DotNet8, &[("Api/Report.cs", "class Report {}"), named]), "Shop::Report::Run");
}

#[test]
fn sources_are_the_package_where_nothing_is_to_be_built() {
    let plain = |package: LambdaBuildpackBuilder, runtime, files| {
        matches!(packed(&case("", package, runtime, files), Platform::LinuxAmd64), Packed::Plain)
    };
    assert!(plain(Package::buildpack("api/main.py"), Runtime::Python313, &[("api/main.py", ""), ("web/requirements.txt", "")]));
    assert!(!plain(Package::buildpack("api/main.py"), Runtime::Python313, &[("api/main.py", ""), ("requirements.txt", "")]));
    assert!(!plain(with("main.py", PythonConfig::builder().minify(true)), Runtime::Python313, &[("main.py", "")]));
    assert!(plain(Package::buildpack("main.rb"), Runtime::Ruby33, &[("main.rb", "")]));
    assert!(!plain(Package::buildpack("main.rb"), Runtime::Ruby33, &[("main.rb", ""), ("Gemfile", "")]));
    assert!(plain(Package::buildpack("main.php"), Runtime::ProvidedAl2023, &[("main.php", "")]));
    assert!(!plain(Package::buildpack("main.php"), Runtime::ProvidedAl2023, &[("main.php", ""), ("composer.json", "")]));
    assert!(!plain(Package::buildpack("main.mjs"), Runtime::NodeJs24, &[("main.mjs", "")]));
}

#[test]
fn the_bundle_exports_what_lambda_calls() {
    let package = Package::buildpack("api/src/main.ts").handler_function("run");
    let case = case("", package, Runtime::NodeJs22, &[("api/src/main.ts", ""), ("api/package.json", "")]);
    let (files, _) = built(&case, Platform::LinuxAmd64);
    let options: serde_json::Value = serde_json::from_str(text(&files, ".stacktape/bundle.json")).expect("JSON");
    assert_eq!(
        (&options["entry"], &options["format"], &options["target"]),
        (&"api/src/.stacktape-handler.js".into(), &"cjs".into(), &"node22".into())
    );
    assert!(text(&files, DOCKERFILE).contains("RUN cp .stacktape/handler.js ./api/src/.stacktape-handler.js\n"));
    let handler = text(&files, ".stacktape/handler.js");
    assert!(handler.contains("from \"./main.ts\"") && handler.ends_with("export { found as run };\n"), "{handler}");
}

/// Runs a program of Python, if the machine has any.
fn python(arguments: &[&std::ffi::OsStr]) -> Option<Output> {
    Command::new("python3").args(arguments).output().ok()
}

#[cfg(unix)]
#[test]
fn the_same_files_are_packed_to_the_same_bytes() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let home = tempfile::tempdir().expect("a directory");
    let script = home.path().join("pack.py");
    fs::write(&script, PACKER.1).expect("written");
    let pack = |name: &str, files: &[(&str, u32)]| {
        let directory = home.path().join(name);
        for (path, mode) in files {
            let file = directory.join(path);
            fs::create_dir_all(file.parent().expect("a parent")).expect("made");
            fs::write(&file, path).expect("written");
            fs::set_permissions(&file, fs::Permissions::from_mode(*mode)).expect("set");
        }
        if !files.is_empty() {
            symlink("b.py", directory.join("link.py")).expect("made");
        }
        fs::create_dir_all(directory.join("empty")).expect("made");
        let to = home.path().join(format!("{name}.zip"));
        let output = python(&[script.as_os_str(), directory.as_os_str(), to.as_os_str()])?;
        Some((output, fs::read(to).unwrap_or_default()))
    };
    let Some((output, one)) = pack("one", &[("a/deep.py", 0o600), ("b.py", 0o640), ("run", 0o700), ("__pycache__/b.pyc", 0o644)]) else {
        return;
    };
    assert!(output.status.success(), "{output:?}");
    std::thread::sleep(std::time::Duration::from_millis(20));
    let (_, two) = pack("two", &[("run", 0o755), ("b.py", 0o644), ("a/deep.py", 0o644)]).expect("Python");
    assert!(!one.is_empty() && one == two, "the packages differ");
    let list = "import sys, zipfile\nfor one in zipfile.ZipFile(sys.argv[1]).infolist(): print(one.filename, oct(one.external_attr >> 16), one.date_time[0])";
    let listed = python(&["-c".as_ref(), list.as_ref(), home.path().join("one.zip").as_os_str()]).expect("Python");
    let listed = String::from_utf8(listed.stdout).expect("text");
    assert_eq!(listed, "a/deep.py 0o100644 1980\nb.py 0o100644 1980\nlink.py 0o120777 1980\nrun 0o100755 1980\n");
    let (output, _) = pack("nothing", &[]).expect("Python");
    assert!(!output.status.success() && String::from_utf8_lossy(&output.stderr).contains("found no file to pack"), "{output:?}");
}

/// Runs the script of an asset with this program in the place of Docker, from elsewhere.
#[cfg(unix)]
fn run_script(docker: Option<&str>) -> (Output, PathBuf) {
    use std::os::unix::fs::PermissionsExt;

    let home = tempfile::tempdir().expect("a directory").keep();
    let assembly = home.join("my, cdk.out");
    let asset = assembly.join("asset.abc/.stacktape");
    fs::create_dir_all(&asset).expect("made");
    fs::write(asset.join("build.sh"), script(Platform::LinuxArm64)).expect("written");
    let program = home.join("docker");
    if let Some(docker) = docker {
        fs::write(&program, format!("#!/bin/sh\n{docker}")).expect("written");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("set");
    }
    let output = Command::new("sh").arg(asset.join("build.sh")).env("CDK_DOCKER", &program).current_dir("/").output().expect("it runs");
    (output, home)
}

#[cfg(unix)]
#[test]
fn the_script_prints_the_path_of_the_package_and_nothing_else() {
    let docker = "printf '%s|' \"$@\" >&2; echo building; for word; do case $word in type=local,dest=*) echo zip > \"${word#*dest=}/package.zip\"; esac; done";
    let (output, home) = run_script(Some(docker));
    assert!(output.status.success(), "{output:?}");
    let package = String::from_utf8(output.stdout).expect("text");
    let package = Path::new(package.strip_suffix('\n').expect("a line"));
    assert!(package.is_absolute() && package.ends_with("my, cdk.out/.cache/asset.abc/package.zip"), "{package:?}");
    assert_eq!(fs::read_to_string(package).expect("read"), "zip\n");
    let told = String::from_utf8(output.stderr).expect("text");
    let arguments =
        "build|--platform|linux/arm64|--file|asset.abc/.stacktape/Dockerfile|--output|type=local,dest=.cache/asset.abc|asset.abc|";
    assert!(told.starts_with(arguments), "{told}");
    fs::remove_dir_all(home).expect("removed");
}

#[cfg(unix)]
#[test]
fn the_script_says_what_is_missing() {
    for (docker, message) in [
        (None, "install Docker, or name another one in CDK_DOCKER"),
        (Some("exit 1"), "could not build the package for linux/arm64"),
        (Some("exit 0"), "wrote no package"),
    ] {
        let (output, home) = run_script(docker);
        assert!(!output.status.success() && output.stdout.is_empty(), "{output:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(message), "{output:?}");
        fs::remove_dir_all(home).expect("removed");
    }
}
