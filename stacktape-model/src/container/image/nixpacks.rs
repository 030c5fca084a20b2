//! Images that Nixpacks makes.

use stacktape_macros::{Keyed, model};

use super::{Image, ImageIssue, NixpacksIssue};
use crate::check::Check;
use crate::table::Set;

/// An image that Nixpacks makes of a directory, with packages of Nix: it finds out what is in it, and how that is built. YAML:
/// `nixpacks`.
///
/// What is said here goes before what the directory's own `nixpacks.toml` says, and that before what Nixpacks finds out. In a list,
/// `...` stands for what is found out. The tool `nixpacks` builds the image, where it is installed; elsewhere Docker runs it.
#[model]
pub struct Nixpacks {
    /// `source_directory_path`: a directory of the project, relative to it. What its `.dockerignore` names stays out. YAML:
    /// `sourceDirectoryPath`.
    #[argument]
    source_directory_path: String,
    /// The image in which the phases run. YAML: `buildImage`, default: that of Nixpacks.
    build_image: Option<String>,
    /// What the sources are taken for: `node`, `python`. YAML: `providers`, default: what is found out.
    #[own]
    providers: Option<Vec<String>>,
    /// The command that starts the program. YAML: `startCmd`, default: what is found out.
    start_cmd: Option<String>,
    /// The image in which the program runs. YAML: `startRunImage`, default: the one in which it was built.
    start_run_image: Option<String>,
    /// What of the directory goes into the image in which the program runs, where that is another one. YAML:
    /// `startOnlyIncludeFiles`, default: everything.
    #[own]
    start_only_include_files: Option<Vec<String>>,
    /// What is done to build the program, one after the other. YAML: `phases`.
    #[each(phase)]
    phases: Vec<NixpacksPhase>,
}

/// A phase of the building. What it leaves out is found out. YAML: an entry of `phases`.
///
/// ```
/// use stacktape_model::container::NixpacksPhase;
/// let setup = NixpacksPhase::new("setup").nix_pkgs(["...", "ffmpeg"]).apt_pkgs(["wget"]);
/// let nothing_to_install = NixpacksPhase::new("install").cmds::<&str>([]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Keyed)]
pub struct NixpacksPhase {
    /// Its name. Nixpacks knows `setup`, `install` and `build`; others are the user's own. YAML: `name`.
    #[required]
    pub name: String,
    /// Commands. YAML: `cmds`.
    pub cmds: Option<Vec<String>>,
    /// Packages of Nix. YAML: `nixPkgs`.
    pub nix_pkgs: Option<Vec<String>>,
    /// Packages of Nix whose libraries programs load. YAML: `nixLibs`.
    pub nix_libs: Option<Vec<String>>,
    /// Addresses of archives that add to the packages of Nix. YAML: `nixOverlay`.
    pub nix_overlay: Option<Vec<String>>,
    /// The commit of `nixpkgs` that packages are taken of. YAML: `nixpkgsArchive`.
    pub nixpkgs_archive: Option<String>,
    /// Packages of the distribution. YAML: `aptPkgs`.
    pub apt_pkgs: Option<Vec<String>>,
    /// Directories that one build keeps for the next, and which are not in the image. YAML: `cacheDirectories`.
    pub cache_directories: Option<Vec<String>>,
    /// What of the directory the commands see. YAML: `onlyIncludeFiles`.
    pub only_include_files: Option<Vec<String>>,
}

impl NixpacksPhase {
    /// A phase that is what Nixpacks finds out.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The commit of `nixpkgs` that packages are taken of. YAML: `nixpkgsArchive`, default: the one of Nixpacks.
    #[must_use]
    pub fn nixpkgs_archive(mut self, commit: impl Into<String>) -> Self {
        self.nixpkgs_archive = Some(commit.into());
        self
    }
}

/// Setters that add to a list, of a phase or of a builder.
macro_rules! lists {
    ($of:ident: $($(#[$doc:meta])* $field:ident;)*) => {
        impl $of {$(
            $(#[$doc])*
            ///
            /// Adds to what was given before; no values at all are an empty list.
            #[must_use]
            pub fn $field<V: Into<String>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
                self.$field.get_or_insert_default().extend(values.into_iter().map(Into::into));
                self
            }
        )*}
    };
}

lists! { NixpacksBuilder:
    /// What the sources are taken for: `node`, `python`. YAML: `providers`, default: what is found out.
    providers;
    /// What of the directory goes into the image in which the program runs, where that is another one. YAML:
    /// `startOnlyIncludeFiles`, default: everything.
    start_only_include_files;
}

lists! { NixpacksPhase:
    /// Commands. YAML: `cmds`.
    cmds;
    /// Packages of Nix: `nodejs_22`. YAML: `nixPkgs`.
    nix_pkgs;
    /// Packages of Nix whose libraries programs load. YAML: `nixLibs`.
    nix_libs;
    /// Addresses of archives that add to the packages of Nix. YAML: `nixOverlay`.
    nix_overlay;
    /// Packages of the distribution. YAML: `aptPkgs`.
    apt_pkgs;
    /// Directories that one build keeps for the next, and which are not in the image. YAML: `cacheDirectories`.
    cache_directories;
    /// What of the directory the commands see; files of earlier phases are there too. YAML: `onlyIncludeFiles`.
    only_include_files;
}

impl NixpacksBuilder {
    /// Adds one to [`Self::providers`]. YAML: an entry of `providers`.
    #[must_use]
    pub fn provider(self, provider: impl Into<String>) -> Self {
        self.providers([provider])
    }

    /// Adds one to [`Self::start_only_include_files`]. YAML: an entry of `startOnlyIncludeFiles`.
    #[must_use]
    pub fn start_only_include_file(self, file: impl Into<String>) -> Self {
        self.start_only_include_files([file])
    }
}

impl From<NixpacksBuilder> for Image {
    fn from(builder: NixpacksBuilder) -> Self {
        Self::Nixpacks(Box::new(builder.build()))
    }
}

impl Nixpacks {
    pub(super) fn check(&self, at: &mut Check<'_>) {
        if self.source_directory_path.trim().is_empty() {
            at.field("sourceDirectoryPath").report(&ImageIssue::NoContext);
        }
        for (key, image) in [("buildImage", &self.build_image), ("startRunImage", &self.start_run_image)] {
            if let Some(image) = image.as_ref().filter(|image| image.is_empty() || image.contains(char::is_whitespace)) {
                at.field(key).report(&NixpacksIssue::Image { image: image.clone() });
            }
        }
        if let Some(command) = &self.start_cmd {
            check_command(command, &mut at.field("startCmd"));
        }
        let mut names = Set::new();
        at.field("phases").each(&self.phases, |at, phase| {
            let NixpacksPhase { name, cmds, nixpkgs_archive, .. } = phase; // others may be any words
            if name.trim().is_empty() || name.contains(char::is_control) {
                at.field("name").report(&NixpacksIssue::PhaseName { name: name.clone() });
            }
            if !names.insert(name) {
                at.field("name").report(&NixpacksIssue::PhaseTwice { name: name.clone() });
            }
            let is_commit = |archive: &str| {
                !archive.is_empty() && archive.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_.".contains(letter))
            };
            if let Some(archive) = nixpkgs_archive.as_ref().filter(|archive| !is_commit(archive)) {
                at.field("nixpkgsArchive").report(&NixpacksIssue::Archive { archive: archive.clone() });
            }
            at.field("cmds").each(cmds.as_deref().unwrap_or_default(), |at, command| check_command(command, at));
        });
    }
}

/// Nixpacks writes a command as it is into a line of a Dockerfile.
fn check_command(command: &str, at: &mut Check<'_>) {
    if command.trim().is_empty() || command.trim().contains(['\n', '\r']) {
        at.report(&NixpacksIssue::Command { command: command.to_owned() });
    }
}
