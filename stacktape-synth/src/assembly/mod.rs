//! The cloud assembly: the directory that the `cdk` CLI deploys.

mod context;
mod directory;
mod docker;
mod file;
mod ignore;
mod issue;
mod manifest;
mod program;
mod project;
mod recipe;
mod selection;

pub use directory::WriteError;
pub use docker::{DockerBuild, Image, ImageSource, Platform};
pub use file::{FileAsset, FileBuild, FileSource};
pub use issue::AssetIssue;
pub use manifest::Bootstrap;
pub use project::ReadError;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use stacktape_model::origin::Origin;
use stacktape_model::report::{Finding, Report};
use stacktape_model::stack::Stack;
use stacktape_model::table::Set;

use self::issue::Found;
use crate::cfn::{AssetHole, AssetKey, Node, sub};
use crate::lower;
use crate::synthesis::synthesize;
use crate::target::Target;
use crate::template::{Template, print};

/// A whole assembly, not yet written.
#[derive(Clone, Debug)]
pub struct Assembly {
    stack_name: String,
    region: Option<String>,
    bootstrap: Bootstrap,
    template: Template,
    template_json: String,
    images: Vec<Image>,
    files: Vec<FileAsset>,
    tags: Vec<(String, String)>,
    warnings: Report,
}

/// Why there is no assembly.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AssembleError {
    /// The configuration has mistakes.
    #[error("the configuration was refused: {} errors", .0.errors())]
    Refused(Report),
    /// A source could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The template could not be printed.
    #[error("cannot print the template")]
    Print(#[from] serde_json::Error),
}

/// Makes the assembly of a stack: validates it, renders its template, and reads what its images are built from. `out` is where it
/// will be written; it is no part of any build context.
///
/// # Errors
/// The report of all mistakes, of configuration and of build contexts together; or a source that could not be read.
pub fn assemble(stack: Stack, target: &Target, out: &Path) -> Result<Assembly, AssembleError> {
    let Read { images, files, mut report } = read_assets(&stack, target, out)?;
    let valid = match stack.validate() {
        Ok(valid) => valid,
        Err(found) => {
            report.merge(found);
            return Err(AssembleError::Refused(report.sorted()));
        }
    };
    let synthesis = match synthesize(&valid) {
        Ok(mut synthesis) if !report.has_errors() => {
            synthesis.warnings.merge(report);
            synthesis
        }
        Ok(synthesis) => {
            report.merge(synthesis.warnings);
            return Err(AssembleError::Refused(report.sorted()));
        }
        Err(found) => {
            report.merge(found);
            return Err(AssembleError::Refused(report.sorted()));
        }
    };
    let bootstrap = Bootstrap::default();
    let mut template = synthesis.template;
    template.fill_assets(&|hole| match hole {
        AssetHole::ImageUri(key) => {
            let image = images.iter().find(|image| image.key() == key);
            image.map_or(Node::Null, |image| image.uri(&bootstrap.qualifier).into_node())
        }
        AssetHole::FileBucket(_) => sub(bootstrap.bucket()).into_node(),
        AssetHole::FileObjectKey(key) => {
            let file = files.iter().find(|file| file.key() == key);
            file.map_or(Node::Null, |file| Node::Text(file.object_key().into()))
        }
        AssetHole::FileHandler(key) => {
            let handler = files.iter().find(|file| file.key() == key).and_then(FileAsset::handler);
            handler.map_or(Node::Null, |handler| Node::Text(handler.to_owned().into()))
        }
    });
    Ok(Assembly {
        stack_name: synthesis.stack_name,
        region: target.region.clone(),
        bootstrap,
        template_json: template.to_json()?,
        template,
        images,
        files,
        tags: synthesis.tags,
        warnings: synthesis.warnings.sorted(),
    })
}

/// What was read of the project.
struct Read {
    images: Vec<Image>,
    files: Vec<FileAsset>,
    report: Report,
}

fn read_assets(stack: &Stack, target: &Target, out: &Path) -> Result<Read, ReadError> {
    let project = &target.project_directory;
    let never = [resolved(out), resolved(&project.join("cdk.out"))];
    let mut read = Read { images: Vec::new(), files: Vec::new(), report: Report::new() };
    for build in lower::builds(stack) {
        let (key, origin) = (build.key.clone(), build.origin);
        let image = Image::read(build, project, &never)?;
        read.images.extend(told(image, &key, origin, &mut read.report));
    }
    for build in lower::files(stack) {
        let (key, origin) = (build.key.clone(), build.origin);
        let file = FileAsset::read(build, project, &never)?;
        read.files.extend(told(file, &key, origin, &mut read.report));
    }
    Ok(read)
}

/// Tells the report what was found below a packaging.
fn told<T>(outcome: Result<(T, Vec<Found>), Vec<Found>>, key: &AssetKey, origin: Option<Origin>, report: &mut Report) -> Option<T> {
    let (asset, found) = match outcome {
        Ok((asset, warnings)) => (Some(asset), warnings),
        Err(found) => (None, found),
    };
    for found in found {
        report.push(Finding::new(&found.issue, format!("{}.{}", key.as_str(), found.field), origin));
    }
    asset
}

/// The path as a walk over a canonical directory meets it, whether it is there already or not.
fn resolved(path: &Path) -> PathBuf {
    if let Ok(canonical) = path.canonicalize() {
        return canonical;
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (parent.canonicalize(), path.file_name()) {
        (Ok(parent), Some(name)) => parent.join(name),
        _ => path.to_owned(),
    }
}

impl Assembly {
    /// `{project}-{stage}`.
    pub fn stack_name(&self) -> &str {
        &self.stack_name
    }

    /// The template, every hole filled.
    pub fn template(&self) -> &Template {
        &self.template
    }

    /// The template as it is written.
    pub fn template_json(&self) -> &str {
        &self.template_json
    }

    /// The images that the deploying tool builds.
    pub fn images(&self) -> &[Image] {
        &self.images
    }

    /// The files that the deploying tool uploads, beside the template.
    pub fn files(&self) -> &[FileAsset] {
        &self.files
    }

    /// What was found and does not refuse the stack.
    pub fn warnings(&self) -> &Report {
        &self.warnings
    }

    /// Writes the assembly: whole, in the place of a former one, or not at all.
    ///
    /// # Errors
    /// Where the output path holds something else, or cannot be written.
    pub fn write(&self, out: &Path) -> Result<(), WriteError> {
        // Scripts that package functions are named by where they will lie: nobody tells from where they are run.
        let place = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
        directory::replace(out, |directory| self.fill(directory, &place))
    }

    /// Writes everything into a directory, which then goes to its place.
    fn fill(&self, directory: &Path, place: &Path) -> io::Result<()> {
        let mut staged = Set::new();
        for image in self.images.iter().filter(|image| staged.insert(image.hash())) {
            image.context.copy_to(&directory.join(manifest::image_directory(image)))?;
        }
        for file in self.files.iter().filter(|file| staged.insert(file.hash())) {
            file.stage(directory)?;
        }
        let template_hash = crate::hash::short(&self.template_json, 64);
        let facts = manifest::Facts {
            bootstrap: &self.bootstrap,
            stack_name: &self.stack_name,
            region: self.region.as_deref(),
            tags: &self.tags,
            template_hash: &template_hash,
            images: &self.images,
            files: &self.files,
            place,
        };
        fs::write(directory.join(manifest::template_file(&self.stack_name)), &self.template_json)?;
        write_json(&directory.join(manifest::assets_file(&self.stack_name)), &facts.asset_manifest())?;
        write_json(&directory.join("manifest.json"), &facts.manifest())
    }
}

fn write_json(path: &Path, value: &Node) -> io::Result<()> {
    fs::write(path, print::json(value, 0)?)
}
