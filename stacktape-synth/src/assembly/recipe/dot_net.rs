//! .NET: a project is published, and runs on ASP.NET.

use stacktape_model::container::{DotNetConfig, DotNetConfigParts};

use super::dockerfile::{Dockerfile, Last, shell};
use super::sources::{Sources, cleaned, directory_of, name_of};
use super::{Asked, AssetIssue, Found, Recipe, named};

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
    dockerfile.run(&format!("dotnet publish {} --configuration Release --output /out", shell(&format!("./{project}"))));
    asked.copy_included(&mut dockerfile, "/out");

    let last = Last {
        base: format!("{MICROSOFT}/aspnet:{version}"),
        install: Some(asked.libc.install(&["curl", "tini"])),
        copies: vec![("/out/", "./")],
        environment: Vec::new(),
        tini: true,
        command: vec!["dotnet".to_owned(), format!("{}.dll", assembly_name(&project, sources))],
    };
    let files = std::iter::once(super::ignore()).chain(asked.list_of_included()).collect();
    Ok(Recipe { dockerfile, last, files })
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
