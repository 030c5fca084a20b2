//! Images that the deploying tool builds.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use stacktape_model::origin::Origin;
use stacktape_model::table::Table;

use super::context::{Context, Fingerprint};
use super::ignore::Ignore;
use crate::cfn::{AssetKey, Value, sub};

/// An image that the deploying tool builds.
#[derive(Clone, Debug, PartialEq)]
pub struct DockerBuild {
    /// What asks for it: the path of the packaging in the configuration.
    pub key: AssetKey,
    /// What people see while it is built: `workload/container`.
    pub display_name: String,
    /// The build context, relative to the project.
    pub context: PathBuf,
    /// The Dockerfile, relative to the build context.
    pub dockerfile: PathBuf,
    /// Values of the Dockerfile's `ARG`s.
    pub build_args: Table<String, String>,
    /// The processors that it is built for.
    pub platform: Platform,
    /// Where it is asked for in the user's program.
    pub origin: Option<Origin>,
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
    pub(super) build: DockerBuild,
    pub(super) context: Context,
    hash: String,
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

/// Mistakes in what an image is built from.
#[derive(Clone, Debug, PartialEq, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "asset")]
#[non_exhaustive]
pub enum AssetIssue {
    /// An image is built from a directory of the project.
    #[error("found no directory `{context}` in the project, expected the build context of an image")]
    #[issue(
        help = "write a path relative to the project directory, or make the directory",
        docs = "https://docs.docker.com/build/concepts/context/"
    )]
    ContextMissing {
        /// What was found.
        context: String,
    },
    /// An image is built from a directory.
    #[error("found the file `{context}`, expected a directory")]
    #[issue(help = "write the directory that the Dockerfile lies in", docs = "https://docs.docker.com/build/concepts/context/")]
    ContextNotADirectory {
        /// What was found.
        context: String,
    },
    /// What lies outside the project is not the project's to deploy, and is not there on another machine.
    #[error("found the build context `{context}` outside the project, expected a directory inside it")]
    #[issue(
        help = "move the directory into the project, or run from a directory that holds both",
        docs = "https://docs.docker.com/build/concepts/context/"
    )]
    ContextOutsideProject {
        /// What was found.
        context: String,
    },
    /// Without a Dockerfile, Docker does not know what to build.
    #[error("found no file `{dockerfile}` in the build context `{context}`, expected a Dockerfile")]
    #[issue(
        help = "write the Dockerfile, or name another one with `.dockerfile_path(\"..\")`",
        yaml = "write the Dockerfile, or name another one with `dockerfilePath`",
        docs = "https://docs.docker.com/reference/dockerfile/"
    )]
    DockerfileMissing {
        /// What was expected.
        dockerfile: String,
        /// Where.
        context: String,
    },
    /// A line that Docker could not read either, or reads in a way that nobody expects.
    #[error("found the pattern `{pattern}` in line {line} of `{file}`, expected one of Docker's patterns")]
    #[issue(
        help = "close brackets, and let `**` stand alone between slashes, as in `**/*.log`",
        docs = "https://docs.docker.com/build/concepts/context/#dockerignore-files"
    )]
    IgnorePattern {
        /// The file.
        file: String,
        /// The line, counted from one.
        line: usize,
        /// The pattern.
        pattern: String,
    },
}

/// Changes with the way in which the hash is made, so that two ways never share a tag.
const HASH_FORMAT: &str = "stacktape docker image 1";

impl Image {
    /// Reads the context of a build. Directories in `never` stay out of it, such as the one that the assembly is written to.
    pub(super) fn read(build: DockerBuild, project: &Path, never: &[PathBuf]) -> Result<Result<Self, Vec<AssetIssue>>, ReadError> {
        let root = match find_context(&build, project)? {
            Ok(root) => root,
            Err(issue) => return Ok(Err(vec![issue])),
        };
        let mut issues = Vec::new();
        if !root.join(&build.dockerfile).is_file() {
            let (dockerfile, context) = (shown(&build.dockerfile), shown(&build.context));
            issues.push(AssetIssue::DockerfileMissing { dockerfile, context });
        }
        let dockerfile = normal(&build.dockerfile);
        // One beside the Dockerfile goes before the one of the context.
        let own = format!("{dockerfile}.dockerignore");
        let file = if root.join(&own).is_file() { own } else { ".dockerignore".to_owned() };
        let (ignore, bad) = match fs::read_to_string(root.join(&file)) {
            Ok(text) => Ignore::parse(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Default::default(),
            Err(error) => return Err(ReadError::new(root.join(&file), error)),
        };
        issues.extend(bad.into_iter().map(|bad| AssetIssue::IgnorePattern { file: file.clone(), line: bad.line, pattern: bad.pattern }));
        if !issues.is_empty() {
            return Ok(Err(issues));
        }
        let context = Context::list(&root, &ignore, &[&dockerfile, &file], never)?;
        let mut hash = Fingerprint::new();
        hash.text(HASH_FORMAT);
        hash.text(&dockerfile);
        hash.text(build.platform.as_str());
        for (name, value) in &build.build_args {
            hash.text(name);
            hash.text(value);
        }
        hash.text("files");
        context.hash(&mut hash)?;
        Ok(Ok(Self { build, context, hash: hash.hex() }))
    }

    /// What asks for the image.
    pub fn key(&self) -> &AssetKey {
        &self.build.key
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

fn find_context(build: &DockerBuild, project: &Path) -> Result<Result<PathBuf, AssetIssue>, ReadError> {
    let project = project.canonicalize().map_err(|error| ReadError::new(project.to_owned(), error))?;
    let context = shown(&build.context);
    let root = match project.join(&build.context).canonicalize() {
        Ok(root) => root,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(Err(AssetIssue::ContextMissing { context }));
        }
        Err(error) => return Err(ReadError::new(project.join(&build.context), error)),
    };
    Ok(if !root.starts_with(&project) {
        Err(AssetIssue::ContextOutsideProject { context })
    } else if root.is_dir() {
        Ok(root)
    } else {
        Err(AssetIssue::ContextNotADirectory { context })
    })
}

fn shown(path: &Path) -> String {
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
            context: "api".into(),
            dockerfile: "Dockerfile".into(),
            build_args: Table::new(),
            platform: Platform::LinuxAmd64,
            origin: None,
        }
    }

    fn read(project: &tempfile::TempDir, build: DockerBuild) -> Result<Image, Vec<AssetIssue>> {
        Image::read(build, project.path(), &[]).expect("readable")
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
        let with_dockerfile = hash(&project, DockerBuild { dockerfile: "Other".into(), ..build() });
        let with_platform = hash(&project, DockerBuild { platform: Platform::LinuxArm64, ..build() });
        let with_argument = hash(&project, DockerBuild { build_args: [("A".into(), "1".into())].into_iter().collect(), ..build() });
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
        let context = DockerBuild { context: ".".into(), dockerfile: "api/Dockerfile".into(), ..build() };
        let out = project.path().canonicalize().expect("there").join("cdk.out");
        let read = || Image::read(context.clone(), project.path(), std::slice::from_ref(&out)).expect("readable").expect("whole");
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
        assert_eq!(code(DockerBuild { context: "web".into(), ..build() }), ["asset::context_missing"]);
        assert_eq!(code(DockerBuild { context: "api/main.ts".into(), ..build() }), ["asset::context_not_a_directory"]);
        assert_eq!(code(DockerBuild { context: "..".into(), ..build() }), ["asset::context_outside_project"]);
        assert_eq!(code(DockerBuild { dockerfile: "Other".into(), ..build() }), ["asset::dockerfile_missing"]);
        fs::write(project.path().join("api/.dockerignore"), "[a\n").expect("written");
        assert_eq!(code(DockerBuild { dockerfile: "Other".into(), ..build() }), ["asset::dockerfile_missing", "asset::ignore_pattern"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_out_of_the_project_is_outside_it() {
        let (project, other) = (project(&FILES), project(&FILES));
        std::os::unix::fs::symlink(other.path().join("api"), project.path().join("elsewhere")).expect("linked");
        let issues = read(&project, DockerBuild { context: "elsewhere".into(), ..build() }).expect_err("refused");
        assert_eq!(issues, [AssetIssue::ContextOutsideProject { context: "elsewhere".into() }]);
    }
}
