//! The generated files as a whole: what they are, and how they differ from those on disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::schema::{self, ResourceType};
use crate::sources::{self, SourceError};
use crate::{CodegenError, emit, fixups, names};

/// Paths below `cfn/` and what stands there.
pub(crate) type Tree = BTreeMap<PathBuf, String>;

/// Renders every file.
pub(crate) fn render(root: &Path, cfn: &Path) -> Result<Tree, CodegenError> {
    let sums = sources::sums(root)?;
    let mut services: BTreeMap<String, Vec<ResourceType>> = BTreeMap::new();
    for type_name in sources::types(root)? {
        let mut raw = sources::schema(root, &type_name, &sums)?;
        fixups::apply(&type_name, &mut raw)?;
        let service = type_name.split("::").nth(1).unwrap_or_default().to_owned();
        services.entry(service).or_default().push(schema::read(&raw)?);
    }
    let mut tree = Tree::new();
    let mut lines = String::new();
    for (service, resources) in &services {
        let folder = names::snake(service);
        lines += "#[rustfmt::skip]\n#[allow(missing_debug_implementations, clippy::all, clippy::pedantic)]\npub mod ";
        lines += &folder;
        lines += ";\n";
        for resource in resources {
            let file = emit::file(resource, &sources::file_name(&resource.name));
            tree.insert(Path::new(&folder).join(names::snake(&resource.rust_name) + ".rs"), file);
        }
        tree.insert(Path::new(&folder).join("mod.rs"), emit::service(service, &resources.iter().collect::<Vec<_>>()));
    }
    tree.insert(PathBuf::from("attributes.rs"), emit::attribute_table(services.values().flatten()));
    tree.insert(PathBuf::from("mod.rs"), with_services(&sources::read(&cfn.join("mod.rs"))?, &lines));
    Ok(tree)
}

const BEGIN: &str = "// @generated services: begin\n";
const END: &str = "// @generated services: end\n";

/// The hand-written `mod.rs` with the list of services between its two marks.
fn with_services(text: &str, lines: &str) -> String {
    let before = text.split_once(BEGIN).map_or(text, |(before, _)| before);
    let after = text.split_once(END).map_or("", |(_, after)| after);
    format!("{before}{BEGIN}{lines}{END}{after}")
}

/// The files that differ, are missing, or are left over.
pub(crate) fn drift(cfn: &Path, tree: &Tree) -> Result<Vec<String>, SourceError> {
    let mut drift = Vec::new();
    for (path, text) in tree {
        if fs::read_to_string(cfn.join(path)).ok().as_ref() != Some(text) {
            drift.push(path.display().to_string());
        }
    }
    drift.extend(left_over(cfn, tree)?.iter().map(|path| path.display().to_string()));
    Ok(drift)
}

/// Writes what differs and removes what is left over.
pub(crate) fn write(cfn: &Path, tree: &Tree) -> Result<usize, SourceError> {
    let mut changed = 0;
    for (path, text) in tree {
        let path = cfn.join(path);
        if fs::read_to_string(&path).ok().as_ref() != Some(text) {
            sources::write(&path, text)?;
            changed += 1;
        }
    }
    for path in left_over(cfn, tree)? {
        let path = cfn.join(path);
        fs::remove_file(&path).map_err(|source| SourceError::Write { path, source })?;
        changed += 1;
    }
    Ok(changed)
}

/// Files in the folders of services that no listed type makes.
fn left_over(cfn: &Path, tree: &Tree) -> Result<Vec<PathBuf>, SourceError> {
    let list = |folder: &Path| -> Result<Vec<PathBuf>, SourceError> {
        let error = |source| SourceError::Read { path: folder.to_owned(), source };
        let entries = fs::read_dir(folder).map_err(error)?;
        entries.map(|entry| entry.map(|entry| entry.path()).map_err(error)).collect()
    };
    let mut left = Vec::new();
    for folder in list(cfn)?.into_iter().filter(|path| path.is_dir()) {
        for path in list(&folder)? {
            let path = path.strip_prefix(cfn).map(Path::to_owned).unwrap_or(path);
            if !tree.contains_key(&path) {
                left.push(path);
            }
        }
    }
    left.sort();
    Ok(left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_services_stands_between_its_marks() {
        let text = format!("before\n{BEGIN}old\n{END}after\n");
        assert_eq!(with_services(&text, "new\n"), format!("before\n{BEGIN}new\n{END}after\n"));
    }

    #[test]
    fn every_listed_type_has_a_file() {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let tree = render(&root, &root.join("../../stacktape-synth/src/cfn")).expect("rendered");
        let types = sources::types(&root).expect("the list").len();
        let types_in_tree = tree.values().filter(|text| text.contains("impl Resource for")).count();
        assert_eq!(types, types_in_tree);
    }
}
