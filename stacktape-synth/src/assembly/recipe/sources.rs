//! What lies in the sources of a program.

use super::super::context::Context;
use super::super::project::ReadError;
use stacktape_model::table::Table;

/// The files that an image is built of, and the text of those that say how.
#[derive(Debug, Default)]
pub(in super::super) struct Sources {
    /// Sorted.
    files: Vec<String>,
    texts: Table<String, String>,
}

/// The files whose text matters, by the end of their name.
const READ: [&str; 4] = ["yarn.lock", "pnpm-lock.yaml", "pyproject.toml", ".csproj"];

impl Sources {
    /// What lies in a build context.
    pub(in super::super) fn of(context: &Context, entry: &str) -> Result<Self, ReadError> {
        let entry = cleaned(entry);
        let mut sources = Self::default();
        for path in context.files() {
            sources.files.push(path.to_owned());
            if path == entry || READ.iter().any(|end| path.ends_with(end)) {
                sources.texts.insert(path.to_owned(), context.text(path)?);
            }
        }
        Ok(sources)
    }

    /// Whether there is such a file.
    pub(in super::super) fn has(&self, path: &str) -> bool {
        self.files.iter().any(|file| file == path)
    }

    /// The paths of the files, sorted.
    pub(super) fn files(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(String::as_str)
    }

    /// The text of a file, empty where it was not read.
    pub(super) fn text(&self, path: &str) -> &str {
        self.texts.get(path).map_or("", String::as_str)
    }

    /// The first of these files that there is in the directory of a file, or else in the nearest one above it.
    pub(super) fn nearest(&self, file: &str, names: &[&str]) -> Option<String> {
        self.nearest_where(file, |name| names.iter().position(|wanted| *wanted == name))
    }

    /// The file of the lowest rank in the directory of a file, or else in the nearest one above it.
    pub(super) fn nearest_where(&self, file: &str, rank: impl Fn(&str) -> Option<usize>) -> Option<String> {
        let mut directory = directory_of(file);
        loop {
            let here = self.files.iter().filter(|path| directory_of(path) == directory);
            let ranked = here.filter_map(|path| Some((rank(name_of(path))?, path)));
            if let Some((_, path)) = ranked.min() {
                return Some(path.clone());
            }
            if directory.is_empty() {
                return None;
            }
            directory = directory_of(directory);
        }
    }
}

/// A path without `.` parts.
pub(super) fn cleaned(path: &str) -> String {
    path.split('/').filter(|part| !matches!(*part, "" | ".")).collect::<Vec<_>>().join("/")
}

/// The directory of a file, empty for that of the project.
pub(super) fn directory_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// The name of a file.
pub(super) fn name_of(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// A path in a directory.
pub(super) fn within(directory: &str, name: &str) -> String {
    if directory.is_empty() { name.to_owned() } else { format!("{directory}/{name}") }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Sources of these files and their texts.
    pub(in super::super) fn sources(files: &[(&str, &str)]) -> Sources {
        let texts: Table<_, _> = files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        Sources { files: texts.keys().cloned().collect(), texts }
    }

    #[test]
    fn the_nearest_file_is_found_upwards() {
        let sources = sources(&[("package.json", ""), ("api/package.json", ""), ("web/src/a.ts", ""), ("api/yarn.lock", "")]);
        let nearest = |file: &str| sources.nearest(file, &["yarn.lock", "package.json"]);
        assert_eq!(nearest("api/src/deep/main.ts").as_deref(), Some("api/yarn.lock"));
        assert_eq!(nearest("web/src/a.ts").as_deref(), Some("package.json"));
        assert_eq!(sources.nearest("web/src/a.ts", &["go.mod"]), None);
        assert_eq!(cleaned("./a//b/./c"), "a/b/c");
    }
}
