//! Paths of the project that the user wrote, and what is read there.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::issue::Found;

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

/// What was read, or the mistakes in it.
pub(super) type Outcome<T> = Result<Result<T, Vec<Found>>, ReadError>;

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
