//! Images that the deploying tool builds.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use stacktape_model::container::{ExternalBuildpack, ExternalBuildpackParts, ImageBuildpack, ImageBuildpackParts};
use stacktape_model::origin::Origin;
use stacktape_model::table::Table;

use super::context::{Context, Fingerprint};
use super::ignore::{Ignore, SOURCES};
use super::issue::{AssetIssue, Found};
use super::program::{Program, Read};
use super::recipe;
use super::selection::Selection;
use crate::cfn::{AssetKey, Value, sub};

/// An image that the deploying tool builds.
#[derive(Clone, Debug, PartialEq)]
pub struct DockerBuild {
    /// What asks for it: the path of the packaging in the configuration.
    pub key: AssetKey,
    /// What people see while it is built: `workload/container`.
    pub display_name: String,
    /// What it is built of.
    pub source: ImageSource,
    /// The processors that it is built for.
    pub platform: Platform,
    /// Where it is asked for in the user's program.
    pub origin: Option<Origin>,
}

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
}

/// The processors and the system that an image is built for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Linux on Intel and AMD.
    LinuxAmd64,
    /// Linux on ARM.
    LinuxArm64,
}

impl Platform {
    /// The platform as Docker spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LinuxAmd64 => "linux/amd64",
            Self::LinuxArm64 => "linux/arm64",
        }
    }
}

/// An image whose context has been read and hashed.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    key: AssetKey,
    pub(super) display_name: String,
    pub(super) platform: Platform,
    pub(super) context: Context,
    pub(super) how: How,
    hash: String,
}

/// How the deploying tool builds an image.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum How {
    /// By Docker.
    Dockerfile {
        /// Relative to the context.
        path: String,
        build_args: Table<String, String>,
    },
    /// By a script, relative to the context, that prints the name of the image.
    Script { path: &'static str },
}

/// A file that could not be read, or a directory that could not be listed.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {path}")]
pub struct ReadError {
    /// What could not be read.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl ReadError {
    pub(super) fn new(path: PathBuf, source: io::Error) -> Self {
        Self { path, source }
    }
}

/// Changes with the way in which the hash is made, so that two ways never share a tag.
const HASH_FORMAT: &str = "stacktape docker image 1";

/// What Docker is given.
struct Given {
    context: Context,
    how: How,
    /// What is found and does not stop anything.
    warnings: Vec<Found>,
}

/// What was read, or the mistakes in it.
pub(super) type Outcome<T> = Result<Result<T, Vec<Found>>, ReadError>;

impl Image {
    /// Reads what an image is built of. Directories in `never` stay out of it, such as the one that the assembly is written to.
    /// What is found in an image that can be built are warnings.
    pub(super) fn read(build: DockerBuild, project: &Path, never: &[PathBuf]) -> Outcome<(Self, Vec<Found>)> {
        let DockerBuild { key, display_name, source, platform, origin: _ } = build;
        let given = match &source {
            ImageSource::Dockerfile { context, dockerfile, build_args } => {
                from_dockerfile(context, dockerfile, build_args.clone(), project, never)?
            }
            ImageSource::Buildpack(image) => from_sources(image, project, never)?,
            ImageSource::ExternalBuildpack(image) => {
                let ExternalBuildpackParts { source_directory_path, .. } = image.parts(); // the rest is in the script
                let script = (recipe::SCRIPT, recipe::external_buildpack(image, platform));
                from_directory(source_directory_path, How::Script { path: recipe::SCRIPT }, vec![script], project, never)?
            }
        };
        let Given { context, how, warnings } = match given {
            Ok(given) => given,
            Err(found) => return Ok(Err(found)),
        };
        let mut hash = Fingerprint::new();
        hash.text(HASH_FORMAT);
        match &how {
            How::Dockerfile { path, build_args } => {
                hash.text(path);
                hash.text(platform.as_str());
                for (name, value) in build_args {
                    hash.text(name);
                    hash.text(value);
                }
            }
            // The platform is in the script.
            How::Script { path } => hash.text(path),
        }
        hash.text("files");
        context.hash(&mut hash)?;
        Ok(Ok((Self { key, display_name, platform, context, how, hash: hash.hex() }, warnings)))
    }

    /// What asks for the image.
    pub fn key(&self) -> &AssetKey {
        &self.key
    }

    /// SHA-256 of everything that the image is built from.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The image in the repository of the bootstrap stack.
    pub(super) fn uri(&self, qualifier: &str) -> Value<String> {
        let repository = format!("cdk-{qualifier}-container-assets-${{AWS::AccountId}}-${{AWS::Region}}");
        sub(format!("${{AWS::AccountId}}.dkr.ecr.${{AWS::Region}}.${{AWS::URLSuffix}}/{repository}:{}", self.hash))
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

/// A directory of the project, with files of our own that say how it is built.
fn from_directory(directory: &str, how: How, files: recipe::Files, project: &Path, never: &[PathBuf]) -> Outcome<Given> {
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
    Ok(Ok(Given { context, how, warnings: Vec::new() }))
}

pub(super) fn lines<'a>(patterns: impl Iterator<Item = &'a str>) -> String {
    patterns.flat_map(|pattern| [pattern, "\n"]).collect()
}

/// Reads a `.dockerignore` behind lines of our own. Lines that are no patterns are told at a field.
pub(super) fn read_ignore(root: &Path, file: &str, before: &str, field: &str, found: &mut Vec<Found>) -> Result<Ignore, ReadError> {
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

/// Where a path of the project leads.
pub(super) enum Place {
    Nowhere,
    Outside,
    Inside(PathBuf),
}

/// Follows a path that is relative to the project.
pub(super) fn find(path: &Path, project: &Path) -> Result<Place, ReadError> {
    let project = project.canonicalize().map_err(|error| ReadError::new(project.to_owned(), error))?;
    match project.join(path).canonicalize() {
        Ok(path) if path.starts_with(&project) => Ok(Place::Inside(path)),
        Ok(_) => Ok(Place::Outside),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Place::Nowhere),
        Err(error) => Err(ReadError::new(project.join(path), error)),
    }
}

pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// A relative path without `.` parts.
pub(super) fn normal(path: &Path) -> String {
    let parts = path.components().filter(|part| *part != Component::CurDir);
    parts.map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use stacktape_model::table::Set;

    use super::*;

    fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
        let project = tempfile::tempdir().expect("a directory");
        for (path, text) in files {
            let path = project.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("made");
            fs::write(path, text).expect("written");
        }
        project
    }

    fn build() -> DockerBuild {
        DockerBuild {
            key: AssetKey::new("resources.api.containers[0].packaging"),
            display_name: "api/web".into(),
            source: ImageSource::Dockerfile { context: "api".into(), dockerfile: "Dockerfile".into(), build_args: Table::new() },
            platform: Platform::LinuxAmd64,
            origin: None,
        }
    }

    /// The build with another context and Dockerfile.
    fn of(context: &str, dockerfile: &str) -> DockerBuild {
        let source = ImageSource::Dockerfile { context: context.into(), dockerfile: dockerfile.into(), build_args: Table::new() };
        DockerBuild { source, ..build() }
    }

    fn read(project: &tempfile::TempDir, build: DockerBuild) -> Result<Image, Vec<AssetIssue>> {
        let read = Image::read(build, project.path(), &[]).expect("readable");
        read.map(|(image, _)| image).map_err(|found| found.into_iter().map(|found| found.issue).collect())
    }

    fn hash(project: &tempfile::TempDir, build: DockerBuild) -> String {
        read(project, build).expect("a whole context").hash
    }

    const FILES: [(&str, &str); 3] = [("api/Dockerfile", "FROM scratch"), ("api/main.ts", "1"), ("api/lib/a.ts", "2")];

    #[test]
    fn the_hash_depends_on_content_alone() {
        let (one, two) = (project(&FILES), project(&[FILES[2], FILES[1], FILES[0]]));
        assert_eq!(hash(&one, build()), hash(&two, build()));
        let before = hash(&one, build());
        let long_ago = std::time::SystemTime::UNIX_EPOCH;
        fs::File::options().write(true).open(one.path().join("api/main.ts")).expect("open").set_modified(long_ago).expect("set");
        assert_eq!(hash(&one, build()), before);
        fs::write(one.path().join("api/main.ts"), "3").expect("written");
        assert_ne!(hash(&one, build()), before);
    }

    #[test]
    fn the_hash_changes_with_whatever_changes_the_image() {
        let project = project(&FILES);
        let before = hash(&project, build());
        fs::copy(project.path().join("api/Dockerfile"), project.path().join("api/Other")).expect("copied");
        let with_file = hash(&project, build());
        let with_dockerfile = hash(&project, of("api", "Other"));
        let with_platform = hash(&project, DockerBuild { platform: Platform::LinuxArm64, ..build() });
        let with_argument = hash(
            &project,
            DockerBuild {
                source: ImageSource::Dockerfile {
                    context: "api".into(),
                    dockerfile: "Dockerfile".into(),
                    build_args: [("A".into(), "1".into())].into_iter().collect(),
                },
                ..build()
            },
        );
        fs::rename(project.path().join("api/lib/a.ts"), project.path().join("api/lib/b.ts")).expect("renamed");
        let renamed = hash(&project, build());
        let all = [before, with_file, with_dockerfile, with_platform, with_argument, renamed];
        let different: Set<_> = all.iter().collect();
        assert_eq!(different.len(), all.len());
    }

    #[cfg(unix)]
    #[test]
    fn the_hash_changes_with_the_executable_bit() {
        use std::os::unix::fs::PermissionsExt;
        let project = project(&FILES);
        let before = hash(&project, build());
        fs::set_permissions(project.path().join("api/main.ts"), fs::Permissions::from_mode(0o755)).expect("set");
        assert_ne!(hash(&project, build()), before);
    }

    #[test]
    fn what_docker_ignores_does_not_count() {
        let project = project(&FILES);
        fs::write(project.path().join("api/.dockerignore"), "lib\nDockerfile\n*.log\n").expect("written");
        let before = read(&project, build()).expect("a whole context");
        assert_eq!(before.context.paths(), [".dockerignore", "Dockerfile", "main.ts"]);
        fs::write(project.path().join("api/lib/a.ts"), "changed").expect("written");
        fs::write(project.path().join("api/debug.log"), "new").expect("written");
        assert_eq!(hash(&project, build()), before.hash);
    }

    #[test]
    fn an_ignore_file_beside_the_dockerfile_goes_first() {
        let project = project(&FILES);
        fs::write(project.path().join("api/.dockerignore"), "main.ts").expect("written");
        fs::write(project.path().join("api/Dockerfile.dockerignore"), "lib").expect("written");
        let paths = read(&project, build()).expect("a whole context");
        assert_eq!(paths.context.paths(), [".dockerignore", "Dockerfile", "Dockerfile.dockerignore", "main.ts"]);
    }

    #[test]
    fn the_assembly_is_no_part_of_a_context() {
        let project = project(&FILES);
        let context = of(".", "api/Dockerfile");
        let out = project.path().canonicalize().expect("there").join("cdk.out");
        let read = || Image::read(context.clone(), project.path(), std::slice::from_ref(&out)).expect("readable").expect("whole").0;
        let before = read().hash;
        fs::create_dir(&out).expect("made");
        fs::write(out.join("manifest.json"), "{}").expect("written");
        assert_eq!(read().hash, before);
    }

    #[test]
    fn a_context_or_dockerfile_that_is_not_there_is_an_issue() {
        let project = project(&FILES);
        let code = |build: DockerBuild| {
            use stacktape_model::report::Issue;
            let issues = read(&project, build).expect_err("refused");
            issues.iter().map(|issue| issue.code().code).collect::<Vec<_>>()
        };
        assert_eq!(code(of("web", "Dockerfile")), ["asset::context_missing"]);
        assert_eq!(code(of("api/main.ts", "Dockerfile")), ["asset::context_not_a_directory"]);
        assert_eq!(code(of("..", "Dockerfile")), ["asset::context_outside_project"]);
        assert_eq!(code(of("api", "Other")), ["asset::dockerfile_missing"]);
        fs::write(project.path().join("api/.dockerignore"), "[a\n").expect("written");
        assert_eq!(code(of("api", "Other")), ["asset::dockerfile_missing", "asset::ignore_pattern"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_project_is_outside_it() {
        let (project, other) = (project(&FILES), project(&FILES));
        std::os::unix::fs::symlink(other.path().join("api"), project.path().join("elsewhere")).expect("linked");
        let issues = read(&project, of("elsewhere", "Dockerfile")).expect_err("refused");
        assert_eq!(issues, [AssetIssue::ContextOutsideProject { context: "elsewhere".into() }]);
    }
}
