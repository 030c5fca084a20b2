//! A directory that appears whole or not at all.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::{fs, io};

/// An output that could not be written. What stood there before still stands there, unless the message says otherwise.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// The directory holds something else.
    #[error("{path} is not a cloud assembly, and is left as it is: write to another directory, or remove it")]
    Foreign {
        /// The directory.
        path: PathBuf,
    },
    /// A file or directory could not be made or moved.
    #[error("cannot write {path}")]
    Io {
        /// What could not be written.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl WriteError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        |source| Self::Io { path: path.to_owned(), source }
    }
}

/// What every cloud assembly has, and what is written last.
const MANIFEST: &str = "manifest.json";

/// Fills a new directory beside `out`, then puts it in the place of `out`.
pub(super) fn replace(out: &Path, fill: impl FnOnce(&Path) -> io::Result<()>) -> Result<(), WriteError> {
    let standing = Standing::of(out)?;
    // The parent of `cdk.out` is the empty path, which stands for the current directory.
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(WriteError::io(parent))?;
    let fresh = Scratch::beside(out, parent, "new")?;
    fill(&fresh.0).map_err(WriteError::io(out))?;
    match standing {
        Standing::Nothing => fs::rename(&fresh.0, out).map_err(WriteError::io(out)),
        Standing::Assembly => {
            let old = Scratch::name(out, parent, "old");
            fs::rename(out, &old.0).map_err(WriteError::io(out))?;
            fs::rename(&fresh.0, out).map_err(|source| {
                // Nothing was lost: the former assembly goes back.
                let _ = fs::rename(&old.0, out);
                WriteError::Io { path: out.to_owned(), source }
            })
        }
        Standing::Locked => move_into(&fresh.0, out),
    }
}

/// What stands at the output path.
enum Standing {
    Nothing,
    /// A former assembly, or an empty directory.
    Assembly,
    /// The same, and the `cdk` CLI holds a lock inside, which must stay.
    Locked,
}

impl Standing {
    fn of(out: &Path) -> Result<Self, WriteError> {
        let metadata = match fs::metadata(out) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::Nothing),
            Err(source) => return Err(WriteError::Io { path: out.to_owned(), source }),
        };
        let foreign = || WriteError::Foreign { path: out.to_owned() };
        if !metadata.is_dir() {
            return Err(foreign());
        }
        let entries = fs::read_dir(out).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(WriteError::io(out))?;
        let (locks, others): (Vec<_>, Vec<_>) = entries.into_iter().map(|entry| entry.path()).partition(|path| is_lock(path));
        if !others.is_empty() && !is_assembly(out) {
            return Err(foreign());
        }
        Ok(if locks.is_empty() { Self::Assembly } else { Self::Locked })
    }
}

/// The CLI's locks: `synth.lock` while an assembly is made, `read.<pid>.<n>.lock` while it is read.
fn is_lock(path: &Path) -> bool {
    path.extension() == Some(OsStr::new("lock"))
}

fn is_assembly(out: &Path) -> bool {
    let manifest = fs::read(out.join(MANIFEST)).ok().and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
    manifest.is_some_and(|manifest| manifest["version"].is_string())
}

/// Moves the entries of `fresh` into `out`. The manifest goes first out of the old assembly and comes last into the new one, so that
/// nobody reads half of it.
fn move_into(fresh: &Path, out: &Path) -> Result<(), WriteError> {
    let list = |directory: &Path| -> Result<Vec<PathBuf>, WriteError> {
        let entries = fs::read_dir(directory).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(WriteError::io(directory))?;
        let paths = entries.into_iter().map(|entry| entry.path());
        let (mut paths, others): (Vec<_>, Vec<_>) = paths.partition(|path| path.file_name() == Some(OsStr::new(MANIFEST)));
        paths.extend(others);
        Ok(paths)
    };
    for path in list(out)?.into_iter().filter(|path| !is_lock(path)) {
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.map_err(WriteError::io(&path))?;
    }
    for path in list(fresh)?.into_iter().rev() {
        let to = out.join(path.file_name().unwrap_or_default());
        fs::rename(&path, &to).map_err(WriteError::io(&to))?;
    }
    Ok(())
}

/// A directory that is removed when it goes out of scope, if it is still there.
struct Scratch(PathBuf);

impl Scratch {
    fn name(out: &Path, parent: &Path, what: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = out.file_name().unwrap_or(OsStr::new("out")).to_string_lossy();
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(parent.join(format!(".{name}.{what}.{}.{count}", std::process::id())))
    }

    fn beside(out: &Path, parent: &Path, what: &str) -> Result<Self, WriteError> {
        let scratch = Self::name(out, parent, what);
        fs::create_dir(&scratch.0).map_err(WriteError::io(out))?;
        Ok(scratch)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left over harms nobody, and there is nobody to tell.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(text: &'static str) -> impl FnOnce(&Path) -> io::Result<()> {
        move |directory| {
            fs::write(directory.join("a.txt"), text)?;
            fs::write(directory.join(MANIFEST), r#"{"version":"36.0.0"}"#)
        }
    }

    fn names(directory: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(directory).expect("there").map(|entry| entry.expect("read").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn an_assembly_replaces_the_former_one_as_a_whole() {
        let home = tempfile::tempdir().expect("a directory");
        let out = home.path().join("deep/cdk.out");
        replace(&out, fill("one")).expect("written");
        fs::write(out.join("left-over"), "").expect("written");
        replace(&out, fill("two")).expect("written");
        assert_eq!(names(&out), ["a.txt", MANIFEST]);
        assert_eq!(fs::read_to_string(out.join("a.txt")).expect("read"), "two");
        assert_eq!(names(&home.path().join("deep")), ["cdk.out"]);
    }

    #[test]
    fn a_lock_of_the_cli_stays() {
        let home = tempfile::tempdir().expect("a directory");
        let out = home.path().join("cdk.out");
        fs::create_dir(&out).expect("made");
        fs::write(out.join("synth.lock"), "1").expect("written");
        replace(&out, fill("one")).expect("written");
        replace(&out, fill("two")).expect("written");
        assert_eq!(names(&out), ["a.txt", MANIFEST, "synth.lock"]);
        assert_eq!(names(home.path()), ["cdk.out"]);
    }

    #[test]
    fn a_foreign_directory_or_file_is_left_alone() {
        let home = tempfile::tempdir().expect("a directory");
        fs::write(home.path().join("thesis.tex"), "").expect("written");
        let error = replace(home.path(), fill("one")).expect_err("foreign");
        assert!(matches!(error, WriteError::Foreign { .. }), "{error}");
        let error = replace(&home.path().join("thesis.tex"), fill("one")).expect_err("a file");
        assert!(matches!(error, WriteError::Foreign { .. }), "{error}");
        assert_eq!(names(home.path()), ["thesis.tex"]);
    }

    #[test]
    fn what_fails_leaves_nothing_behind() {
        let home = tempfile::tempdir().expect("a directory");
        let out = home.path().join("cdk.out");
        replace(&out, fill("one")).expect("written");
        let error = replace(&out, |directory| {
            fs::write(directory.join("half"), "")?;
            Err(io::Error::other("the disk is full"))
        })
        .expect_err("failed");
        assert!(error.to_string().starts_with("cannot write "), "{error}");
        assert_eq!(names(home.path()), ["cdk.out"]);
        assert_eq!(fs::read_to_string(out.join("a.txt")).expect("read"), "one");
        fs::write(home.path().join("file"), "").expect("written");
        replace(&home.path().join("file/cdk.out"), fill("one")).expect_err("the parent is a file");
        assert_eq!(names(home.path()), ["cdk.out", "file"]);
    }
}
