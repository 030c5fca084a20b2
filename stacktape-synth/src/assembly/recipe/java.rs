//! Java: Gradle or Maven compiles, and its classes go beside the libraries that they need.

use stacktape_model::container::{JavaConfig, JavaConfigParts, JavaVersion};

use super::dockerfile::{Dockerfile, Last, OFFICIAL, inside, shell};
use super::sources::{Sources, cleaned, directory_of, name_of};
use super::{Asked, AssetIssue, Found, Recipe, named};

/// Tells Gradle to put everything in one place.
const COLLECT: (&str, &str) = (".stacktape/collect.init.gradle", include_str!("collect.init.gradle"));

pub(super) fn recipe(asked: &Asked<'_>, config: &JavaConfig, sources: &Sources) -> Result<Recipe, Vec<Found>> {
    let JavaConfigParts { use_maven, package_manager_file, java_version: _ } = config.parts();
    let given = named(package_manager_file.as_deref(), "packageManagerFile", sources)?.map(cleaned);
    let (names, expected): (&[&str], _) = if *use_maven {
        (&["pom.xml"], "a `pom.xml`")
    } else {
        (&["build.gradle", "build.gradle.kts", "pom.xml"], "a `build.gradle`, `build.gradle.kts` or `pom.xml`")
    };
    let Some(file) = given.or_else(|| sources.nearest(asked.entry, names)) else {
        let issue = AssetIssue::NoBuildFile { entry: asked.entry.to_owned(), expected };
        return Err(vec![Found::new(issue, "entryfilePath")]);
    };
    let maven = name_of(&file) == "pom.xml";
    let directory = directory_of(&file);
    let version = config.version();

    let mut dockerfile = Dockerfile::default();
    dockerfile.build_stage(&tool(version, maven));
    if maven {
        dockerfile.line("WORKDIR", "/app");
        dockerfile.copy_all();
        let maven = sources.nearest(&file, &["mvnw"]).map_or_else(|| "mvn".to_owned(), |wrapper| format!("sh /app/{}", shell(&wrapper)));
        let collect = "dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib";
        dockerfile.run(&inside(directory, &format!("{maven} -B -DskipTests package {collect}")));
        dockerfile.run(&inside(directory, "cp -r target/classes /out/classes"));
    } else {
        dockerfile.line("USER", "root");
        dockerfile.line("WORKDIR", "/app");
        dockerfile.copy_all();
        let gradle =
            sources.nearest(&file, &["gradlew"]).map_or_else(|| "gradle".to_owned(), |wrapper| format!("sh /app/{}", shell(&wrapper)));
        let command = format!("STACKTAPE_PROJECT=\"$PWD\" {gradle} --no-daemon --init-script /app/{} stacktapeCollect", COLLECT.0);
        dockerfile.run(&inside(directory, &command));
    }
    if asked.lambda.is_some() {
        // There may be no library.
        dockerfile.run("mkdir -p /out/classes /out/lib");
        asked.copy_included(&mut dockerfile, "/out/classes");
    } else {
        asked.copy_included(&mut dockerfile, "/out");
    }

    let class = main_class(asked.entry, sources);
    let handler = asked.lambda.as_ref().map(|lambda| match lambda.handler_function {
        Some(method) => format!("{class}::{method}"),
        None => class.clone(),
    });
    let last = Last {
        base: format!("public.ecr.aws/amazoncorretto/amazoncorretto:{}{}", version.as_str(), asked.libc.choose("-alpine", "")),
        // The image of Amazon Linux has `curl`.
        install: asked.libc.choose(true, false).then(|| asked.libc.install(&["curl", "tini"])),
        copies: if asked.lambda.is_some() { vec![("/out/classes/", "./"), ("/out/lib/", "lib/")] } else { vec![("/out/", "./")] },
        environment: Vec::new(),
        tini: asked.libc.choose(true, false),
        command: ["java", "-cp", "/app/classes:/app/lib/*", &class].map(str::to_owned).to_vec(),
    };
    let mut files = vec![super::ignore()];
    (!maven).then(|| files.push((COLLECT.0, COLLECT.1.to_owned())));
    files.extend(asked.list_of_included());
    Ok(Recipe { dockerfile, last, files, handler, plain: false })
}

/// The image that has the build tool.
fn tool(version: JavaVersion, maven: bool) -> String {
    match (maven, version) {
        // There are only old ones for a version without long support.
        (true, JavaVersion::V19) => format!("{OFFICIAL}/maven:3.9-amazoncorretto-19"),
        (true, version) => format!("{OFFICIAL}/maven:3-amazoncorretto-{}", version.as_str()),
        (false, JavaVersion::V19) => format!("{OFFICIAL}/gradle:8.1-jdk19"),
        // Gradle 8 does not run on it.
        (false, JavaVersion::V25) => format!("{OFFICIAL}/gradle:9-jdk25"),
        (false, version) => format!("{OFFICIAL}/gradle:8-jdk{}", version.as_str()),
    }
}

/// The class of a file, in the package that it declares.
fn main_class(entry: &str, sources: &Sources) -> String {
    let class = name_of(entry).trim_end_matches(".java");
    let text = sources.text(&cleaned(entry));
    let declared = text.lines().find_map(|line| line.trim().strip_prefix("package "));
    match declared.and_then(|rest| rest.split(';').next()).map(str::trim) {
        Some(package) if !package.is_empty() => format!("{package}.{class}"),
        _ => class.to_owned(),
    }
}
