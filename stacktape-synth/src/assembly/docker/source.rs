//! What an image is built of, and what of it the deploying tool is given.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use stacktape_model::container::{ExternalBuildpack, ExternalBuildpackParts, ImageBuildpack, ImageBuildpackParts, Nixpacks, NixpacksParts};
use stacktape_model::table::Table;

use super::super::context::Context;
use super::super::ignore::{INFRASTRUCTURE, Ignore, SOURCES};
use super::super::issue::{AssetIssue, Found};
use super::super::project::{Outcome, Place, ReadError, find, normal, shown};
use super::super::recipe::{self, Sources};
use super::super::selection::Selection;
use super::Platform;

/// What an image is built of.
#[derive(Clone, Debug, PartialEq)]
pub enum ImageSource {
    /// A Dockerfile of the project.
    Dockerfile {
        /// The build context, relative to the project.
        context: PathBuf,
        /// The Dockerfile, relative to the build context.
        dockerfile: PathBuf,
        /// Values of the Dockerfile's `ARG`s.
        build_args: Table<String, String>,
    },
    /// The sources of a program, for which a Dockerfile is written.
    Buildpack(Box<ImageBuildpack>),
    /// A directory, of which Cloud Native Buildpacks make the image.
    ExternalBuildpack(ExternalBuildpack),
    /// A directory, of which Nixpacks makes the image.
    Nixpacks(Box<Nixpacks>),
}

/// How the deploying tool builds an image.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) enum How {
    /// By Docker.
    Dockerfile {
        /// Relative to the context.
        path: String,
        build_args: Table<String, String>,
    },
    /// By a script, relative to the context, that prints the name of the image.
    Script { path: &'static str },
}

/// What the deploying tool is given.
pub(super) struct Given {
    pub(super) context: Context,
    pub(super) how: How,
    /// What is found and does not stop anything.
    pub(super) warnings: Vec<Found>,
}

impl ImageSource {
    /// Reads the files, but for those in the directories `never`.
    pub(super) fn read(&self, platform: Platform, project: &Path, never: &[PathBuf]) -> Outcome<Given> {
        match self {
            Self::Dockerfile { context, dockerfile, build_args } => {
                from_dockerfile(context, dockerfile, build_args.clone(), project, never)
            }
            Self::Buildpack(image) => from_sources(image, project, never),
            Self::ExternalBuildpack(image) => {
                let ExternalBuildpackParts { source_directory_path, .. } = image.parts(); // the rest is in the script
                from_directory(source_directory_path, recipe::external_buildpack(image, platform), project, never)
            }
            Self::Nixpacks(image) => {
                let NixpacksParts { source_directory_path, .. } = image.parts(); // the rest is in the plan
                from_directory(source_directory_path, recipe::nixpacks(image, platform), project, never)
            }
        }
    }
}

/// The build context that the user wrote, with the user's Dockerfile.
fn from_dockerfile(
    context: &Path,
    dockerfile: &Path,
    build_args: Table<String, String>,
    project: &Path,
    never: &[PathBuf],
) -> Outcome<Given> {
    let root = match find_directory(context, project)? {
        Ok(root) => root,
        Err(issue) => return Ok(Err(vec![Found::new(issue, "buildContextPath")])),
    };
    let mut found = Vec::new();
    if !root.join(dockerfile).is_file() {
        let issue = AssetIssue::DockerfileMissing { dockerfile: shown(dockerfile), context: shown(context) };
        found.push(Found::new(issue, "dockerfilePath"));
    }
    let dockerfile = normal(dockerfile);
    // One beside the Dockerfile goes before the one of the context.
    let own = format!("{dockerfile}.dockerignore");
    let file = if root.join(&own).is_file() { own } else { ".dockerignore".to_owned() };
    let ignore = read_ignore(&root, &file, "", "buildContextPath", &mut found)?;
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let context = Context::list(&root, &Selection::of_context(ignore), &[&dockerfile, &file], never)?;
    Ok(Ok(Given { context, how: How::Dockerfile { path: dockerfile, build_args }, warnings: Vec::new() }))
}

/// The sources of a program, with a Dockerfile of our own.
fn from_sources(image: &ImageBuildpack, project: &Path, never: &[PathBuf]) -> Outcome<Given> {
    let ImageBuildpackParts { include_files, exclude_files, .. } = image.parts(); // the rest is in the recipe
    let root = project.canonicalize().map_err(|error| ReadError::new(project.to_owned(), error))?;
    let entry = normal(Path::new(image.entry_file()));
    let mut found = Vec::new();
    let is_inside = |file: PathBuf| file.is_file() && file.canonicalize().is_ok_and(|file| file.starts_with(&root));
    if !is_inside(root.join(&entry)) {
        found.push(Found::new(AssetIssue::EntryFileMissing { file: image.entry_file().to_owned() }, "entryfilePath"));
    }
    // What the entry file lies in is no output of another build.
    let defaults = SOURCES.iter().chain(INFRASTRUCTURE).copied();
    let defaults = lines(defaults.filter(|line| !Ignore::parse(line).0.excludes(&entry)));
    let ignore = read_ignore(&root, ".dockerignore", &defaults, "entryfilePath", &mut found)?;
    let selection = Selection::of_sources(ignore, include_files, exclude_files).unwrap_or_else(|bad| {
        found.extend(bad.into_iter().map(|(includes, index)| {
            let (key, patterns) = if includes { ("includeFiles", include_files) } else { ("excludeFiles", exclude_files) };
            Found::new(AssetIssue::FilePattern { pattern: patterns[index].clone() }, format!("{key}[{index}]"))
        }));
        Selection::default()
    });
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let mut context = Context::list(&root, &selection, &[&entry], never)?;
    let included: Vec<_> = context.files().filter(|path| selection.includes(path)).map(str::to_owned).collect();
    let idle = selection.idle(&context.files().collect::<Vec<_>>()).into_iter();
    let idle = idle.map(|index| {
        let issue = AssetIssue::NothingIncluded { pattern: include_files[index].clone() };
        Found::new(issue, format!("includeFiles[{index}]"))
    });
    let warnings = idle.collect();
    match recipe::buildpack(image, &Sources::of(&context, &entry)?, &included) {
        Ok(files) => files.into_iter().for_each(|(path, text)| context.generate(path, text)),
        Err(found) => return Ok(Err(found)),
    }
    let how = How::Dockerfile { path: recipe::DOCKERFILE.to_owned(), build_args: Table::new() };
    Ok(Ok(Given { context, how, warnings }))
}

/// A directory of the project, with a script of our own that builds it, and what that reads.
fn from_directory(directory: &str, files: recipe::Files, project: &Path, never: &[PathBuf]) -> Outcome<Given> {
    const KEY: &str = "sourceDirectoryPath";
    let root = match find_directory(Path::new(directory), project)? {
        Ok(root) => root,
        Err(issue) => return Ok(Err(vec![Found::new(issue, KEY)])),
    };
    let mut found = Vec::new();
    let ignore = read_ignore(&root, ".dockerignore", &lines(SOURCES.iter().copied()), KEY, &mut found)?;
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let mut context = Context::list(&root, &Selection::of_context(ignore), &[], never)?;
    for (path, text) in files {
        context.generate(path, text);
    }
    Ok(Ok(Given { context, how: How::Script { path: recipe::SCRIPT }, warnings: Vec::new() }))
}

fn lines<'a>(patterns: impl Iterator<Item = &'a str>) -> String {
    patterns.flat_map(|pattern| [pattern, "\n"]).collect()
}

/// Reads a `.dockerignore` behind lines of our own. Lines that are no patterns are told at a field.
fn read_ignore(root: &Path, file: &str, before: &str, field: &str, found: &mut Vec<Found>) -> Result<Ignore, ReadError> {
    let text = match fs::read_to_string(root.join(file)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(ReadError::new(root.join(file), error)),
    };
    let (mut ignore, _) = Ignore::parse(before);
    let (own, bad) = Ignore::parse(&text);
    ignore.append(own);
    found.extend(bad.into_iter().map(|bad| {
        let issue = AssetIssue::IgnorePattern { file: file.to_owned(), line: bad.line, pattern: bad.pattern };
        Found::new(issue, field)
    }));
    Ok(ignore)
}

fn find_directory(context: &Path, project: &Path) -> Result<Result<PathBuf, AssetIssue>, ReadError> {
    let shown = shown(context);
    Ok(match find(context, project)? {
        Place::Nowhere => Err(AssetIssue::ContextMissing { context: shown }),
        Place::Outside => Err(AssetIssue::ContextOutsideProject { context: shown }),
        Place::Inside(root) if root.is_dir() => Ok(root),
        Place::Inside(_) => Err(AssetIssue::ContextNotADirectory { context: shown }),
    })
}
