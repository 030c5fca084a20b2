//! Images that the deploying tool builds.

mod source;

pub use source::ImageSource;

pub(super) use source::How;

use std::path::{Path, PathBuf};

use stacktape_model::origin::Origin;

use self::source::Given;
use super::context::{Context, Fingerprint};
use super::issue::Found;
use super::project::Outcome;
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

/// Changes with the way in which the hash is made, so that two ways never share a tag.
const HASH_FORMAT: &str = "stacktape docker image 1";

impl Image {
    /// Reads what an image is built of. Directories in `never` stay out of it, such as the one that the assembly is written to.
    /// What is found in an image that can be built are warnings.
    pub(super) fn read(build: DockerBuild, project: &Path, never: &[PathBuf]) -> Outcome<(Self, Vec<Found>)> {
        let DockerBuild { key, display_name, source, platform, origin: _ } = build;
        let Given { context, how, warnings } = match source.read(platform, project, never)? {
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

#[cfg(test)]
mod tests {
    use std::fs;

    use stacktape_model::table::{Set, Table};

    use super::super::issue::AssetIssue;
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
