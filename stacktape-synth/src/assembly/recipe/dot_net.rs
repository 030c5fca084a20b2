//! .NET: a project is published, and runs on ASP.NET.

use stacktape_model::container::{DotNetConfig, DotNetConfigParts};

use super::super::docker::Platform;
use super::dockerfile::{Dockerfile, Last, shell};
use super::sources::{Sources, cleaned, directory_of, name_of};
use super::{Asked, AssetIssue, Found, Recipe, named};

/// A library is run by Lambda as a program is, and brings along what is made for the processors at hand.
const OF_LAMBDA: (&str, &str) = (
    " --runtime linux-x64 --self-contained false -p:GenerateRuntimeConfigurationFiles=true",
    " --runtime linux-arm64 --self-contained false -p:GenerateRuntimeConfigurationFiles=true",
);
const MICROSOFT: &str = "mcr.microsoft.com/dotnet";

pub(super) fn recipe(asked: &Asked<'_>, config: &DotNetConfig, sources: &Sources) -> Result<Recipe, Vec<Found>> {
    let DotNetConfigParts { project_file, dotnet_version: _ } = config.parts();
    let given = named(project_file.as_deref(), "projectFile", sources)?.map(cleaned);
    let project = match given {
        Some(project) => project,
        None => project_of(asked.entry, sources)?,
    };
    let version = format!("{}.0{}", config.version().as_str(), asked.libc.choose("-alpine", ""));

    let mut dockerfile = Dockerfile::default();
    dockerfile.build_stage(&format!("{MICROSOFT}/sdk:{version}"));
    dockerfile.line("WORKDIR", "/app");
    dockerfile.copy_all();
    let options = asked.lambda.as_ref().map_or("", |lambda| match lambda.platform {
        Platform::LinuxAmd64 => OF_LAMBDA.0,
        Platform::LinuxArm64 => OF_LAMBDA.1,
    });
    dockerfile.run(&format!("dotnet publish {} --configuration Release --output /out{options}", shell(&format!("./{project}"))));
    asked.copy_included(&mut dockerfile, "/out");

    let assembly = assembly_name(&project, sources);
    let handler = asked.lambda.as_ref().map(|lambda| handler(assembly, asked.entry, lambda.handler_function, sources));
    let last = Last {
        base: format!("{MICROSOFT}/aspnet:{version}"),
        install: Some(asked.libc.install(&["curl", "tini"])),
        copies: vec![("/out/", "./")],
        environment: Vec::new(),
        tini: true,
        command: vec!["dotnet".to_owned(), format!("{assembly}.dll")],
    };
    let files = std::iter::once(super::ignore()).chain(asked.list_of_included()).collect();
    Ok(Recipe { dockerfile, last, files, handler, plain: false })
}

/// The entry file where it is a project, or the one project in the nearest directory that has any.
fn project_of(entry: &str, sources: &Sources) -> Result<String, Vec<Found>> {
    let is_project = |path: &str| path.ends_with(".csproj");
    let entry_path = cleaned(entry);
    if is_project(&entry_path) {
        return Ok(entry_path);
    }
    let issue = match sources.nearest_where(&entry_path, |name| is_project(name).then_some(0)) {
        Some(project) => {
            let beside: Vec<_> = sources.files().filter(|path| is_project(path) && directory_of(path) == directory_of(&project)).collect();
            if beside.len() == 1 {
                return Ok(project);
            }
            let found: Vec<_> = beside.iter().map(|path| format!("`{path}`")).collect();
            AssetIssue::SeveralProjects { entry: entry.to_owned(), found: found.join(" and ") }
        }
        None => AssetIssue::NoBuildFile { entry: entry.to_owned(), expected: "a `.csproj`" },
    };
    Err(vec![Found::new(issue, "entryfilePath")])
}

/// The name of what is built: that of the project, unless it says another one.
fn assembly_name<'a>(project: &'a str, sources: &'a Sources) -> &'a str {
    let said = sources.text(project).split("<AssemblyName>").nth(1).and_then(|rest| rest.split("</AssemblyName>").next());
    said.map(str::trim).filter(|name| !name.is_empty()).unwrap_or_else(|| name_of(project).trim_end_matches(".csproj"))
}

/// What Lambda calls: a method of the class of the entry file, or the program itself where there is none.
fn handler(assembly: &str, entry: &str, method: Option<&str>, sources: &Sources) -> String {
    match class_of(sources.text(&cleaned(entry)), name_of(entry).trim_end_matches(".cs")) {
        Some(class) if name_of(entry).rsplit('.').next() == Some("cs") => {
            format!("{assembly}::{class}::{}", method.unwrap_or("FunctionHandler"))
        }
        _ => assembly.to_owned(),
    }
}

/// The class that is named as its file is, or else the first one, in the namespace that the file declares.
fn class_of(text: &str, file: &str) -> Option<String> {
    let lines = || text.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let word = |text: &str| {
        let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '.').unwrap_or(text.len());
        text[..end].to_owned()
    };
    let classes: Vec<_> = lines()
        .filter_map(|line| {
            let mut words = line.split_whitespace();
            words.find(|word| *word == "class" || !MODIFIERS.contains(word)).filter(|word| *word == "class")?;
            words.next().map(word)
        })
        .collect();
    let class = classes.iter().find(|class| *class == file).or_else(|| classes.first())?;
    let namespace = lines().find_map(|line| line.strip_prefix("namespace ")).map(|rest| word(rest.trim_start()));
    Some(namespace.filter(|name| !name.is_empty()).map_or_else(|| class.clone(), |name| format!("{name}.{class}")))
}

/// What stands before a class.
const MODIFIERS: [&str; 8] = ["public", "internal", "sealed", "abstract", "static", "partial", "unsafe", "file"];
