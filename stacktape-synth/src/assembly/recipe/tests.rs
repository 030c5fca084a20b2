//! The Dockerfile of each language, beside its options. `UPDATE_EXPECT=1 cargo test -p stacktape-synth dockerfiles` rewrites them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use stacktape_model::container::{
    DotNetConfig, DotNetVersion, Image, ImageBuildpack, ImageBuildpackBuilder, JavaConfig, JavaVersion, LanguageConfig, ModuleFormat,
    NodeConfig, PhpConfig, PhpVersion, PythonConfig, PythonServer, PythonVersion, RubyConfig, RubyVersion,
};

use super::sources::tests::sources;
use super::{AssetIssue, DOCKERFILE, Files};

struct Case {
    name: &'static str,
    image: ImageBuildpack,
    files: &'static [(&'static str, &'static str)],
}

fn case(name: &'static str, image: ImageBuildpackBuilder, files: &'static [(&'static str, &'static str)]) -> Case {
    Case { name, image: image.build(), files }
}

fn with(entry: &str, config: impl Into<LanguageConfig>) -> ImageBuildpackBuilder {
    Image::buildpack(entry).language(config.into())
}

fn cases() -> Vec<Case> {
    let node = |version| with("src/main.ts", NodeConfig::builder().node_version(version));
    let python = |version| with("main.py", PythonConfig::builder().python_version(version));
    let served = |server| with("services/api/main.py:app", PythonConfig::builder().run_app_as(server));
    let java = |version| with("src/main/java/com/acme/Main.java", JavaConfig::builder().java_version(version));
    let main_java = ("src/main/java/com/acme/Main.java", "// package no.such;\npackage com.acme;\nclass Main {}");
    let main_java: &'static (&str, &str) = Box::leak(Box::new(main_java));
    let java_files = |build: &'static str| -> &'static [(&str, &str)] { Box::leak(Box::new([*main_java, (build, "")])) };
    vec![
        case("node", Image::buildpack("src/main.ts"), &[("package.json", ""), ("package-lock.json", ""), ("src/main.ts", "")]),
        case("node_alone", Image::buildpack("main.mjs"), &[("main.mjs", "")]),
        case("node_without_lock_file", Image::buildpack("api/src/main.js"), &[("api/package.json", ""), ("api/src/main.js", "")]),
        case("node_glibc", node(18).requires_glibc_binaries(true).run_as_root(true), &[("src/main.ts", ""), ("package-lock.json", "")]),
        case("node_16_pnpm_6", node(16), &[("src/main.ts", ""), ("pnpm-lock.yaml", "lockfileVersion: '6.0'\n")]),
        case("node_pnpm", node(22), &[("src/main.ts", ""), ("pnpm-lock.yaml", "lockfileVersion: '9.0'\n")]),
        case("node_yarn_1", node(20), &[("src/main.ts", ""), ("yarn.lock", "# yarn lockfile v1\n")]),
        case("node_yarn_4", node(20), &[("src/main.ts", ""), ("yarn.lock", "__metadata:\n  version: 8\n")]),
        case(
            "node_bun_decorators",
            with("src/main.ts", NodeConfig::builder().emit_ts_decorator_metadata(true).output_module_format(ModuleFormat::CommonJs))
                .custom_docker_build_commands(["apk add --no-cache ffmpeg", "echo a \\\n  b"]),
            &[("src/main.ts", ""), ("bun.lock", "")],
        ),
        case("python", Image::buildpack("main.py"), &[("main.py", ""), ("requirements.txt", "")]),
        case("python_alone_glibc", Image::buildpack("main.py").requires_glibc_binaries(true), &[("main.py", "")]),
        case(
            "python_uv_groups",
            with(
                "main.py",
                PythonConfig::builder()
                    .python_version(PythonVersion::V3_14)
                    .uv_optional_dependency("pdf")
                    .uv_with_group("web")
                    .uv_without_group("lint me")
                    .minify(true),
            )
            .exclude_dependency("boto3"),
            &[("main.py", ""), ("pyproject.toml", "[project]\nname = 'x'\n"), ("uv.lock", "")],
        ),
        case(
            "python_asgi",
            served(PythonServer::Asgi),
            &[("services/api/main.py", ""), ("services/api/pyproject.toml", "[tool.poetry]\n")],
        ),
        case("python_wsgi_pipfile", served(PythonServer::Wsgi), &[("services/api/main.py", ""), ("Pipfile", ""), ("Pipfile.lock", "")]),
        case("python_2_7", python(PythonVersion::V2_7), &[("main.py", ""), ("requirements.txt", "")]),
        case(
            "python_3_6_glibc",
            python(PythonVersion::V3_6).requires_glibc_binaries(true).exclude_dependency("boto3"),
            &[("main.py", ""), ("requirements.txt", "")],
        ),
        case("java_gradle", java(JavaVersion::V17), java_files("build.gradle.kts")),
        case("java_maven", java(JavaVersion::V21).include_file("assets"), java_files("pom.xml")),
        case("java_19_glibc", java(JavaVersion::V19).requires_glibc_binaries(true), java_files("build.gradle")),
        case("go", Image::buildpack("api/cmd/server/main.go").include_file("assets"), &[("api/go.mod", ""), ("api/go.sum", "")]),
        case("go_alone_glibc", Image::buildpack("tools/hello world.go").requires_glibc_binaries(true), &[]),
        case("ruby", Image::buildpack("api/main.rb"), &[("api/main.rb", ""), ("api/Gemfile", ""), ("api/Gemfile.lock", "")]),
        case("ruby_alone_glibc", with("main.rb", RubyConfig::version(RubyVersion::V3_2)).requires_glibc_binaries(true), &[]),
        case("php", Image::buildpack("public/index.php"), &[("composer.json", ""), ("composer.lock", "")]),
        case("php_alone_glibc", with("index.php", PhpConfig::version(PhpVersion::V8_4)).requires_glibc_binaries(true), &[]),
        case("dot_net", Image::buildpack("Api/Program.cs"), &[("Api/Api.csproj", "<AssemblyName>Shop.Api</AssemblyName>")]),
        case(
            "dot_net_6_glibc",
            with("Api/Program.cs", DotNetConfig::builder().project_file("Api/B.csproj").dotnet_version(DotNetVersion::V6))
                .requires_glibc_binaries(true)
                .include_file("assets"),
            &[("Api/A.csproj", ""), ("Api/B.csproj", "")],
        ),
    ]
}

fn files(image: &ImageBuildpack, files: &[(&str, &str)]) -> Files {
    let included = if image.parts().include_files.is_empty() { vec![] } else { vec!["assets/a b.png".to_owned()] };
    super::buildpack(image, &sources(files), &included).expect("a recipe")
}

fn text<'a>(files: &'a Files, path: &str) -> &'a str {
    files.iter().find(|(name, _)| *name == path).map(|(_, text)| text.as_str()).expect("the file")
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/dockerfiles")
}

#[test]
fn dockerfiles_are_as_they_were() {
    for case in cases() {
        let path = folder().join(format!("{}.Dockerfile", case.name));
        expect_file![path].assert_eq(text(&files(&case.image, case.files), DOCKERFILE));
    }
    let names: BTreeSet<_> = cases().iter().map(|case| folder().join(format!("{}.Dockerfile", case.name))).collect();
    let there = std::fs::read_dir(folder()).expect("listed").map(|entry| entry.expect("an entry").path());
    let there = there.filter(|path| path.is_file()).collect(); // those of functions are in a directory of their own
    assert_eq!(names, there, "files without a case");
}

#[test]
fn every_dockerfile_runs_as_nobody_and_never_as_a_shell_unless_it_must() {
    for case in cases() {
        let files = files(&case.image, case.files);
        let lines: Vec<_> = text(&files, DOCKERFILE).lines().collect();
        let last = lines.iter().rposition(|line| line.starts_with("FROM ")).expect("a stage");
        let stage = &lines[last..];
        let user = stage.contains(&"USER 1000:1000");
        assert_eq!(user, !case.image.parts().run_as_root, "{}", case.name);
        assert!(stage.last().is_some_and(|line| line.starts_with("CMD [\"")), "{}", case.name);
        assert!(lines.iter().all(|line| line.is_empty() || line.starts_with(|letter: char| letter.is_ascii_uppercase())), "{}", case.name);
    }
}

#[test]
fn the_bundler_is_told_what_the_user_said() {
    let config = NodeConfig::builder()
        .ts_config_path("./tsconfig.build.json")
        .dependency_to_exclude_from_bundle("pg")
        .dependency_to_exclude_from_deployment_package("aws-sdk")
        .node_version(22)
        .output_source_maps_to("maps/")
        .emit_ts_decorator_metadata(true);
    let image = with("./src/main.ts", config).exclude_dependency("left-pad").include_file("assets/**").build();
    let files = files(&image, &[("tsconfig.build.json", ""), ("src/main.ts", "")]);
    let options: serde_json::Value = serde_json::from_str(text(&files, ".stacktape/bundle.json")).expect("JSON");
    let expected = serde_json::json!({
        "entry": "src/main.ts", "out": "index.cjs", "format": "cjs", "target": "node22", "tsconfig": "tsconfig.build.json",
        "decorators": true, "beside": ["pg"], "without": ["left-pad", "aws-sdk"], "sourceMaps": true, "sourceMapsTo": "maps",
        "included": ["assets/a b.png"],
    });
    assert_eq!(options, expected);
}

#[test]
fn what_a_language_needs_and_the_sources_lack_is_found() {
    let found = |image: ImageBuildpackBuilder, files: &[(&str, &str)]| {
        let found = super::buildpack(&image.build(), &sources(files), &[]).expect_err("something is missing");
        found.into_iter().map(|found| (found.field, found.issue)).collect::<Vec<_>>()
    };
    let language = |key: &str| format!("languageSpecificConfig.{key}");
    let missing = |file: &str| AssetIssue::FileMissing { file: file.to_owned() };
    let config = NodeConfig::builder().ts_config_path("tsconfig.json");
    assert_eq!(found(with("main.ts", config), &[("main.ts", "")]), [(language("tsConfigPath"), missing("tsconfig.json"))]);
    let config = JavaConfig::builder().use_maven(true);
    let none = AssetIssue::NoBuildFile { entry: "api/Main.java".to_owned(), expected: "a `pom.xml`" };
    assert_eq!(found(with("api/Main.java", config), &[("build.gradle", "")]), [("entryfilePath".to_owned(), none)]);
    let two = AssetIssue::SeveralProjects { entry: "a/Main.cs".to_owned(), found: "`a/A.csproj` and `a/B.csproj`".to_owned() };
    assert_eq!(
        found(Image::buildpack("a/Main.cs"), &[("a/A.csproj", ""), ("a/B.csproj", ""), ("C.csproj", "")]),
        [("entryfilePath".to_owned(), two)]
    );
    let old = || PythonConfig::builder().python_version(PythonVersion::V3_7);
    let issue = AssetIssue::OldPython { file: "pyproject.toml".to_owned(), version: "3.7" };
    assert_eq!(found(with("a.py", old()), &[("pyproject.toml", "[project]\n")]), [(language("pythonVersion"), issue)]);
    let groups = || PythonConfig::builder().uv_only_group("web");
    let issue = |found: &str| vec![(language("packageManagerFile"), AssetIssue::NoGroups { found: found.to_owned() })];
    assert_eq!(found(with("a.py", groups()), &[("requirements.txt", "")]), issue("`requirements.txt`"));
    assert_eq!(found(with("a.py", groups()), &[]), issue("no list of packages"));
}
