//! Files that the deploying tool uploads: the code of functions.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use stacktape_model::function::{CustomArtifact, CustomArtifactParts, LambdaBuildpack, LambdaBuildpackParts, Runtime};
use stacktape_model::origin::Origin;

use super::context::{Context, Fingerprint};
use super::docker::Platform;
use super::issue::{AssetIssue, Found};
use super::program::{Program, Read};
use super::project::{Outcome, Place, ReadError, find, shown};
use super::recipe::{self, Packed};
use super::selection::Selection;
use crate::cfn::AssetKey;

/// A file that the deploying tool uploads.
#[derive(Clone, Debug, PartialEq)]
pub struct FileBuild {
    /// What asks for it: the path of the packaging in the configuration.
    pub key: AssetKey,
    /// What people see while it is uploaded.
    pub display_name: String,
    /// What it is made of.
    pub source: FileSource,
    /// Where it is asked for in the user's program.
    pub origin: Option<Origin>,
}

/// What a file is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum FileSource {
    /// A directory that is packaged as it is, or a file that is ready.
    Artifact(CustomArtifact),
    /// The sources of a program, which are packaged when they are deployed.
    Buildpack {
        /// What is said about them.
        package: Box<LambdaBuildpack>,
        /// What runs the program.
        runtime: Runtime,
        /// The processors that it runs on.
        platform: Platform,
    },
}

/// A file whose content has been read and hashed.
#[derive(Clone, Debug, PartialEq)]
pub struct FileAsset {
    key: AssetKey,
    pub(super) display_name: String,
    pub(super) content: Content,
    handler: Option<String>,
    hash: String,
}

/// What was read, and what Lambda calls in it where its sources alone tell.
type Packaged = (Content, Option<String>, Vec<Found>);

/// What is staged of a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    /// A directory, which the deploying tool packs.
    Directory(Context),
    /// A file that is packed already.
    Zip(PathBuf),
    /// A directory with a script that packs it and prints the path of what it made.
    Script(Context),
}

/// Changes with the way in which the hash is made, so that two ways never share an object.
const HASH_FORMAT: &str = "stacktape file 1";
/// Lambda's limit of what it unpacks.
/// <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>
const UNPACKED_MAX: u64 = 250 * 1024 * 1024;

impl FileAsset {
    /// Reads what a file is made of. Directories in `never` stay out of it. What is found in a file that can be made are warnings.
    pub(super) fn read(build: FileBuild, project: &Path, never: &[PathBuf]) -> Outcome<(Self, Vec<Found>)> {
        let FileBuild { key, display_name, source, origin: _ } = build;
        let read = match source {
            FileSource::Artifact(artifact) => from_artifact(&artifact, project, never)?,
            FileSource::Buildpack { package, runtime, platform } => from_sources(&package, runtime, platform, project, never)?,
        };
        let (staged, handler, warnings) = match read {
            Ok(read) => read,
            Err(found) => return Ok(Err(found)),
        };
        let mut hash = Fingerprint::new();
        hash.text(HASH_FORMAT);
        match &staged {
            Content::Directory(context) => {
                hash.text("directory");
                context.hash(&mut hash)?;
            }
            // Runtime and processors are in its files.
            Content::Script(context) => {
                hash.text("script");
                context.hash(&mut hash)?;
            }
            Content::Zip(path) => {
                hash.text("zip");
                hash.file(path).map_err(|error| ReadError::new(path.clone(), error))?;
            }
        }
        Ok(Ok((Self { key, display_name, content: staged, handler, hash: hash.hex() }, warnings)))
    }

    /// What asks for the file.
    pub fn key(&self) -> &AssetKey {
        &self.key
    }

    /// SHA-256 of everything that the file is made of.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// What Lambda calls in the file, where its sources alone tell.
    pub(super) fn handler(&self) -> Option<&str> {
        self.handler.as_deref()
    }

    /// The file's key in the bucket.
    pub(super) fn object_key(&self) -> String {
        format!("{}.zip", self.hash)
    }

    /// Where the content is staged, relative to the assembly.
    pub(super) fn staged(&self) -> String {
        match self.content {
            Content::Directory(_) | Content::Script(_) => format!("asset.{}", self.hash),
            Content::Zip(_) => format!("asset.{}.zip", self.hash),
        }
    }

    /// Stages the content below the directory of the assembly.
    pub(super) fn stage(&self, directory: &Path) -> io::Result<()> {
        let to = directory.join(self.staged());
        match &self.content {
            Content::Directory(context) | Content::Script(context) => context.copy_to(&to),
            Content::Zip(path) => fs::copy(path, to).map(|_| ()),
        }
    }
}

fn from_artifact(artifact: &CustomArtifact, project: &Path, never: &[PathBuf]) -> Outcome<Packaged> {
    const KEY: &str = "packagePath";
    let CustomArtifactParts { package_path, handler: _, include_files, exclude_files } = artifact.parts();
    let shown = shown(Path::new(package_path));
    let refuse = |issue| Ok(Err(vec![Found::new(issue, KEY)]));
    let path = match find(Path::new(package_path), project)? {
        Place::Inside(path) => path,
        Place::Outside => return refuse(AssetIssue::PackageOutsideProject { path: shown }),
        Place::Nowhere => return refuse(AssetIssue::PackageMissing { path: shown }),
    };
    if path.is_file() != artifact.is_file() {
        return refuse(if path.is_file() { AssetIssue::PackageNoZip { path: shown } } else { AssetIssue::PackageNoFile { path: shown } });
    }
    if artifact.is_file() {
        let size = fs::metadata(&path).map_err(|error| ReadError::new(path.clone(), error))?.len();
        return if size > UNPACKED_MAX {
            refuse(AssetIssue::PackageSize { path: shown, found: size })
        } else {
            Ok(Ok((Content::Zip(path), None, Vec::new())))
        };
    }
    let selection = match Selection::of_package(include_files, exclude_files) {
        Ok(selection) => selection,
        Err(bad) => {
            return Ok(Err(bad
                .into_iter()
                .map(|(includes, index)| {
                    let (key, patterns) = if includes { ("includeFiles", include_files) } else { ("excludeFiles", exclude_files) };
                    Found::new(AssetIssue::FilePattern { pattern: patterns[index].clone() }, format!("{key}[{index}]"))
                })
                .collect()));
        }
    };
    let context = Context::list_followed(&path, &selection, never)?;
    if context.files().next().is_none() {
        return refuse(AssetIssue::PackageEmpty { path: shown });
    }
    let size = context.size()?;
    if size > UNPACKED_MAX {
        return refuse(AssetIssue::PackageSize { path: shown, found: size });
    }
    let idle = selection.idle(&context.files().collect::<Vec<_>>()).into_iter();
    let warnings = idle.map(|index| {
        let issue = AssetIssue::NothingIncluded { pattern: include_files[index].clone() };
        Found::new(issue, format!("includeFiles[{index}]"))
    });
    Ok(Ok((Content::Directory(context), None, warnings.collect())))
}

/// The sources of a program, and what packages them where that is more than to pack them.
fn from_sources(package: &LambdaBuildpack, runtime: Runtime, platform: Platform, project: &Path, never: &[PathBuf]) -> Outcome<Packaged> {
    let LambdaBuildpackParts { entryfile_path, include_files, exclude_files, .. } = package.parts(); // the rest is in the recipe
    let program = Program { entry_file: entryfile_path, include_files, exclude_files };
    let Read { mut context, sources, included, warnings } = match program.read(project, never)? {
        Ok(read) => read,
        Err(found) => return Ok(Err(found)),
    };
    match recipe::package(package, runtime, platform, &sources, &included) {
        Ok(Packed::Plain) => {
            let found = context.size()?;
            if found > UNPACKED_MAX {
                let path = shown(Path::new(entryfile_path));
                return Ok(Err(vec![Found::new(AssetIssue::PackageSize { path, found }, "entryfilePath")]));
            }
            Ok(Ok((Content::Directory(context), None, warnings)))
        }
        Ok(Packed::Built { files, handler }) => {
            for (path, text) in files {
                context.generate(path, text);
            }
            Ok(Ok((Content::Script(context), handler, warnings)))
        }
        Err(found) => Ok(Err(found)),
    }
}
