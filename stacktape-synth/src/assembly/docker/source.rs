//! What an image is built of, and what of it the deploying tool is given.

use std::path::{Path, PathBuf};

use stacktape_model::container::{ExternalBuildpack, ExternalBuildpackParts, ImageBuildpack, ImageBuildpackParts, Nixpacks, NixpacksParts};
use stacktape_model::table::Table;

use super::super::context::Context;
use super::super::ignore::SOURCES;
use super::super::issue::{AssetIssue, Found};
use super::super::program::{Program, Read, lines, read_ignore};
use super::super::project::{Outcome, Place, ReadError, find, normal, shown};
use super::super::recipe;
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
    let program = Program { entry_file: image.entry_file(), include_files, exclude_files };
    let Read { mut context, sources, included, warnings } = match program.read(project, never)? {
        Ok(read) => read,
        Err(found) => return Ok(Err(found)),
    };
    match recipe::buildpack(image, &sources, &included) {
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

fn find_directory(context: &Path, project: &Path) -> Result<Result<PathBuf, AssetIssue>, ReadError> {
    let shown = shown(context);
    Ok(match find(context, project)? {
        Place::Nowhere => Err(AssetIssue::ContextMissing { context: shown }),
        Place::Outside => Err(AssetIssue::ContextOutsideProject { context: shown }),
        Place::Inside(root) if root.is_dir() => Ok(root),
        Place::Inside(_) => Err(AssetIssue::ContextNotADirectory { context: shown }),
    })
}
