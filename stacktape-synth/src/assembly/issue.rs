//! Mistakes in what images are built from, which only show in the project.

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
    #[issue(help = "write the directory that the image is built of", docs = "https://docs.docker.com/build/concepts/context/")]
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
    /// The code of a function lies in the project.
    #[error("found nothing at `{path}` in the project, expected a directory or a `.zip` file with the code of a function")]
    #[issue(
        help = "build the code before, or write another path relative to the project directory",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html"
    )]
    PackageMissing {
        /// What was found.
        path: String,
    },
    /// What lies outside the project is not the project's to deploy, and is not there on another machine.
    #[error("found the package `{path}` outside the project, expected a path inside it")]
    #[issue(
        help = "move the code into the project, or run from a directory that holds both",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html"
    )]
    PackageOutsideProject {
        /// What was found.
        path: String,
    },
    /// Lambda unpacks `.zip` files.
    #[error("found the file `{path}`, expected a directory or a `.zip` file")]
    #[issue(
        help = "write the directory that the file lies in; a file whose name ends in `.zip` is taken as it is",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html"
    )]
    PackageNoZip {
        /// What was found.
        path: String,
    },
    /// A name that ends in `.zip` is that of a file.
    #[error("found the directory `{path}`, expected a file, since its name ends in `.zip`")]
    #[issue(help = "rename the directory", docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html")]
    PackageNoFile {
        /// What was found.
        path: String,
    },
    /// Lambda refuses a package without a file.
    #[error("found no file in `{path}` that is packaged, expected the code of a function")]
    #[issue(
        help = "build the code before, or change `include_files` and `exclude_files`",
        yaml = "build the code before, or change `includeFiles` and `excludeFiles`",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/configuration-function-zip.html"
    )]
    PackageEmpty {
        /// What was found.
        path: String,
    },
    /// Lambda's limit of what it unpacks.
    #[error("found {found} bytes in `{path}`, expected at most 262,144,000")]
    #[issue(
        help = "leave out what the function does not need, or run the code in a container",
        docs = "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"
    )]
    PackageSize {
        /// What was found.
        path: String,
        /// How many bytes there are.
        found: u64,
    },
    /// An image is built of the file that starts the program.
    #[error("found no file `{file}` in the project, expected the file that starts the program")]
    #[issue(help = "write its path relative to the project directory", docs = "https://docs.docker.com/build/concepts/context/")]
    EntryFileMissing {
        /// What was expected.
        file: String,
    },
    /// What says how a program is built must be there.
    #[error("found no file `{file}` in the project, or it is left out of the image")]
    #[issue(
        help = "write a path relative to the project directory, and take the file out of `.dockerignore` and `exclude_files`",
        yaml = "write a path relative to the project directory, and take the file out of `.dockerignore` and `excludeFiles`",
        docs = "https://docs.docker.com/build/concepts/context/"
    )]
    FileMissing {
        /// What was expected.
        file: String,
    },
    /// Some languages are not built without a file that says how.
    #[error("found no file that says how `{entry}` is built, expected {expected} in its directory or above")]
    #[issue(help = "write such a file, or build the image with a Dockerfile")]
    NoBuildFile {
        /// The entry file.
        entry: String,
        /// What was expected.
        expected: &'static str,
    },
    /// A directory with two projects does not say which one is meant.
    #[error("found {found} in the directory of `{entry}` or above, expected one project")]
    #[issue(
        help = "name one with `DotNetConfig::builder().project_file(\"..\")`",
        yaml = "name one with `projectFile` in `languageSpecificConfig`",
        docs = "https://docs.docker.com/guides/dotnet/containerize/"
    )]
    SeveralProjects {
        /// The entry file.
        entry: String,
        /// What was found.
        found: String,
    },
    /// Before Python 3.8, `pip` installs packages, and it reads lists of requirements only.
    #[error("found `{file}` with Python {version}, expected a list of requirements such as `requirements.txt`")]
    #[issue(help = "take Python 3.8 or later, or list the packages in `requirements.txt`")]
    OldPython {
        /// What was found.
        file: String,
        /// The version.
        version: &'static str,
    },
    /// Groups and optional dependencies stand in `pyproject.toml`.
    #[error("found {found}, with groups or optional dependencies to install, expected a `pyproject.toml` with a table `[project]`")]
    #[issue(help = "describe the project in `pyproject.toml`, or leave the groups and optional dependencies out")]
    NoGroups {
        /// What was found.
        found: String,
    },
    /// A pattern that cannot be read.
    #[error("found the pattern `{pattern}`, expected one of Docker's patterns")]
    #[issue(
        help = "close brackets, and let `**` stand alone between slashes, as in `assets/**/*.png`",
        docs = "https://docs.docker.com/build/concepts/context/#dockerignore-files"
    )]
    FilePattern {
        /// What was found.
        pattern: String,
    },
    /// A pattern that matches nothing is likely misspelt.
    #[error("found no file that matches `{pattern}`, expected at least one in the project")]
    #[issue(
        warning,
        help = "write a path relative to the project; a pattern that begins with `*` does not reach into what is left out",
        docs = "https://docs.docker.com/build/concepts/context/#dockerignore-files"
    )]
    NothingIncluded {
        /// What was found.
        pattern: String,
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

/// A mistake and where it is found, below the packaging.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) issue: AssetIssue,
    pub(super) field: String,
}

impl Found {
    pub(super) fn new(issue: AssetIssue, field: impl Into<String>) -> Self {
        Self { issue, field: field.into() }
    }
}
