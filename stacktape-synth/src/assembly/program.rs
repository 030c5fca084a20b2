//! The sources of a program: which files of the project they are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::context::Context;
use super::ignore::{INFRASTRUCTURE, Ignore, SOURCES};
use super::issue::{AssetIssue, Found};
use super::project::{Outcome, ReadError, normal};
use super::recipe::Sources;
use super::selection::Selection;

/// What the user says of the files of a program.
pub(super) struct Program<'a> {
    pub(super) entry_file: &'a str,
    pub(super) include_files: &'a [String],
    pub(super) exclude_files: &'a [String],
}

/// What was read of a program.
pub(super) struct Read {
    pub(super) context: Context,
    pub(super) sources: Sources,
    /// Files that are asked for by name.
    pub(super) included: Vec<String>,
    pub(super) warnings: Vec<Found>,
}

impl Program<'_> {
    /// Reads what is there. Directories in `never` stay out of it.
    pub(super) fn read(&self, project: &Path, never: &[PathBuf]) -> Outcome<Read> {
        let Self { entry_file, include_files, exclude_files } = self;
        let root = project.canonicalize().map_err(|error| ReadError::new(project.to_owned(), error))?;
        let entry = normal(Path::new(entry_file));
        let mut found = Vec::new();
        let is_inside = |file: PathBuf| file.is_file() && file.canonicalize().is_ok_and(|file| file.starts_with(&root));
        if !is_inside(root.join(&entry)) {
            found.push(Found::new(AssetIssue::EntryFileMissing { file: (*entry_file).to_owned() }, "entryfilePath"));
        }
        // What the entry file lies in is no output of another build.
        let defaults = SOURCES.iter().chain(INFRASTRUCTURE).copied();
        let defaults = lines(defaults.filter(|line| !Ignore::parse(line).0.excludes(&entry)));
        let ignore = read_ignore(&root, ".dockerignore", &defaults, "entryfilePath", &mut found)?;
        let selection = Selection::of_sources(ignore, include_files, exclude_files).unwrap_or_else(|bad| {
            found.extend(bad.into_iter().map(|(includes, index)| {
                let (key, patterns) = if includes { ("includeFiles", include_files) } else { ("excludeFiles", exclude_files) };
                Found::new(AssetIssue::FilePattern { pattern: patterns[index].clone() }, format!("{key}[{index}]"))
            }));
            Selection::default()
        });
        if !found.is_empty() {
            return Ok(Err(found));
        }
        let context = Context::list(&root, &selection, &[&entry], never)?;
        let included: Vec<_> = context.files().filter(|path| selection.includes(path)).map(str::to_owned).collect();
        let idle = selection.idle(&context.files().collect::<Vec<_>>()).into_iter();
        let idle = idle.map(|index| {
            let issue = AssetIssue::NothingIncluded { pattern: include_files[index].clone() };
            Found::new(issue, format!("includeFiles[{index}]"))
        });
        let warnings = idle.collect();
        let sources = Sources::of(&context, &entry)?;
        Ok(Ok(Read { context, sources, included, warnings }))
    }
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
