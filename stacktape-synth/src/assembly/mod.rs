//! The cloud assembly: the directory that the `cdk` CLI deploys.

mod context;
mod directory;
mod docker;
mod ignore;
mod issue;
mod manifest;
mod recipe;
mod selection;

pub use directory::WriteError;
pub use docker::{DockerBuild, Image, ImageSource, Platform, ReadError};
pub use issue::AssetIssue;
pub use manifest::Bootstrap;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use stacktape_model::report::{Finding, Report};
use stacktape_model::stack::Stack;
use stacktape_model::table::Set;

use crate::cfn::{AssetHole, Node};
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
    let (images, mut report) = read_images(lower::builds(&stack), target, out)?;
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
    template.fill_assets(&|AssetHole::ImageUri(key)| {
        let image = images.iter().find(|image| image.key() == key);
        image.map_or(Node::Null, |image| image.uri(&bootstrap.qualifier).into_node())
    });
    Ok(Assembly {
        stack_name: synthesis.stack_name,
        region: target.region.clone(),
        bootstrap,
        template_json: template.to_json()?,
        template,
        images,
        tags: synthesis.tags,
        warnings: synthesis.warnings.sorted(),
    })
}

fn read_images(builds: Vec<DockerBuild>, target: &Target, out: &Path) -> Result<(Vec<Image>, Report), ReadError> {
    let never = [resolved(out), resolved(&target.project_directory.join("cdk.out"))];
    let mut images = Vec::new();
    let mut report = Report::new();
    for build in builds {
        let (path, origin) = (build.key.as_str().to_owned(), build.origin);
        let found = match Image::read(build, &target.project_directory, &never)? {
            Ok((image, warnings)) => {
                images.push(image);
                warnings
            }
            Err(found) => found,
        };
        for found in found {
            report.push(Finding::new(&found.issue, format!("{path}.{}", found.field), origin));
        }
    }
    Ok((images, report))
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

    /// What was found and does not refuse the stack.
    pub fn warnings(&self) -> &Report {
        &self.warnings
    }

    /// Writes the assembly: whole, in the place of a former one, or not at all.
    ///
    /// # Errors
    /// Where the output path holds something else, or cannot be written.
    pub fn write(&self, out: &Path) -> Result<(), WriteError> {
        directory::replace(out, |directory| self.fill(directory))
    }

    fn fill(&self, directory: &Path) -> io::Result<()> {
        let mut staged = Set::new();
        for image in self.images.iter().filter(|image| staged.insert(image.hash())) {
            image.context.copy_to(&directory.join(manifest::image_directory(image)))?;
        }
        let template_hash = crate::hash::short(&self.template_json, 64);
        let facts = manifest::Facts {
            bootstrap: &self.bootstrap,
            stack_name: &self.stack_name,
            region: self.region.as_deref(),
            tags: &self.tags,
            template_hash: &template_hash,
            images: &self.images,
        };
        fs::write(directory.join(manifest::template_file(&self.stack_name)), &self.template_json)?;
        write_json(&directory.join(manifest::assets_file(&self.stack_name)), &facts.asset_manifest())?;
        write_json(&directory.join("manifest.json"), &facts.manifest())
    }
}

fn write_json(path: &Path, value: &Node) -> io::Result<()> {
    fs::write(path, print::json(value, 0)?)
}
