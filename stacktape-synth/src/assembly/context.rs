//! A build context: which of its files count, and the hash of them all.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use stacktape_model::table::Table;
use walkdir::WalkDir;

use super::project::ReadError;
use super::selection::Selection;

/// The files of a build context, by their path with `/` between its parts. Directories count through their files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Context {
    root: PathBuf,
    entries: Table<String, Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Entry {
    File {
        executable: bool,
    },
    /// Docker sends a link as it is, wherever it leads.
    Link(PathBuf),
    /// A file of our own, which is not in the project.
    Generated(String),
}

impl Context {
    /// Lists what counts. `always` stays in whatever is ignored, `never` stays out with all below it.
    pub(super) fn list(root: &Path, selection: &Selection, always: &[&str], never: &[PathBuf]) -> Result<Self, ReadError> {
        Self::walk(WalkDir::new(root), root, selection, always, never)
    }

    /// Lists what counts, with what links lead to in their place.
    pub(super) fn list_followed(root: &Path, selection: &Selection, never: &[PathBuf]) -> Result<Self, ReadError> {
        Self::walk(WalkDir::new(root).follow_links(true), root, selection, &[], never)
    }

    fn walk(walk: WalkDir, root: &Path, selection: &Selection, always: &[&str], never: &[PathBuf]) -> Result<Self, ReadError> {
        let mut entries = Table::new();
        let relative = |path: &Path| slashed(path.strip_prefix(root).unwrap_or(path));
        let kept = |path: &str| always.contains(&path) || selection.keeps(path);
        let leads_to_kept = |path: &str| always.iter().any(|file| file.starts_with(&format!("{path}/")));
        let walk = walk.min_depth(1).sort_by_file_name().into_iter().filter_entry(|entry| {
            let path = relative(entry.path());
            let enters = !entry.file_type().is_dir() || kept(&path) || leads_to_kept(&path) || selection.reaches_below(&path);
            enters && !never.iter().any(|out| entry.path() == out)
        });
        for entry in walk {
            let entry = entry.map_err(|error| {
                let path = error.path().unwrap_or(root).to_owned();
                ReadError::new(path, error.into_io_error().unwrap_or_else(|| io::Error::other("a circle of links")))
            })?;
            let path = relative(entry.path());
            if !kept(&path) {
                continue;
            }
            let kind = entry.file_type();
            if kind.is_file() {
                let metadata = entry.metadata().map_err(|error| ReadError::new(entry.path().to_owned(), error.into()))?;
                entries.insert(path, Entry::File { executable: is_executable(&metadata) });
            } else if kind.is_symlink() {
                let target = fs::read_link(entry.path()).map_err(|error| ReadError::new(entry.path().to_owned(), error))?;
                entries.insert(path, Entry::Link(target));
            }
        }
        Ok(Self { root: root.to_owned(), entries })
    }

    /// Adds a file that is not in the project, in the place of one of the same name.
    pub(super) fn generate(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.entries.insert(path.into(), Entry::Generated(text.into()));
    }

    /// The paths of the files, sorted.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().filter(|(_, entry)| matches!(entry, Entry::File { .. })).map(|(path, _)| path.as_str())
    }

    /// The bytes of all files together.
    pub(super) fn size(&self) -> Result<u64, ReadError> {
        let mut size = 0;
        for path in self.files() {
            let file = self.root.join(path);
            size += fs::metadata(&file).map_err(|error| ReadError::new(file, error))?.len();
        }
        Ok(size)
    }

    /// The text of a file.
    pub(super) fn text(&self, path: &str) -> Result<String, ReadError> {
        let file = self.root.join(path);
        let bytes = fs::read(&file).map_err(|error| ReadError::new(file, error))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Feeds every file to the hash: its path, what it is, and its content. Times, owners and the order of walking do not count.
    pub(super) fn hash(&self, hash: &mut Fingerprint) -> Result<(), ReadError> {
        for (path, entry) in &self.entries {
            hash.text(path);
            match entry {
                Entry::File { executable } => {
                    hash.text(if *executable { "executable" } else { "file" });
                    let file = self.root.join(path);
                    hash.file(&file).map_err(|error| ReadError::new(file, error))?;
                }
                Entry::Link(target) => {
                    hash.text("link");
                    hash.text(&slashed(target));
                }
                Entry::Generated(text) => {
                    hash.text("generated");
                    hash.text(text);
                }
            }
        }
        Ok(())
    }

    /// Copies every file into a directory.
    pub(super) fn copy_to(&self, directory: &Path) -> io::Result<()> {
        fs::create_dir_all(directory)?;
        for (path, entry) in &self.entries {
            let to = directory.join(path);
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent)?;
            }
            match entry {
                Entry::File { .. } => {
                    fs::copy(self.root.join(path), &to)?;
                }
                Entry::Link(target) => link(target, &to)?,
                Entry::Generated(text) => fs::write(&to, text)?,
            }
        }
        Ok(())
    }

    /// The number of files and links.
    #[cfg(test)]
    pub(super) fn paths(&self) -> Vec<&str> {
        self.entries.keys().map(String::as_str).collect()
    }
}

/// SHA-256 over pieces, each behind its length, so that pieces cannot run into each other.
pub(super) struct Fingerprint(hmac_sha256::Hash);

impl Fingerprint {
    pub(super) fn new() -> Self {
        Self(hmac_sha256::Hash::new())
    }

    pub(super) fn text(&mut self, text: &str) {
        self.0.update((text.len() as u64).to_be_bytes());
        self.0.update(text.as_bytes());
    }

    pub(super) fn file(&mut self, path: &Path) -> io::Result<()> {
        let mut file = File::open(path)?;
        let mut content = hmac_sha256::Hash::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                self.0.update(content.finalize());
                return Ok(());
            }
            content.update(&buffer[..read]);
        }
    }

    pub(super) fn hex(self) -> String {
        crate::hash::hex(&self.0.finalize(), 64)
    }
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}

#[cfg(unix)]
fn is_executable(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_metadata: &fs::Metadata) -> bool {
    false
}

#[cfg(unix)]
fn link(target: &Path, at: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, at)
}

#[cfg(not(unix))]
fn link(target: &Path, at: &Path) -> io::Result<()> {
    // Windows has two kinds of links, and needs a privilege for both.
    let target = at.parent().map_or_else(|| target.to_owned(), |parent| parent.join(target));
    fs::copy(target, at).map(|_| ())
}
