//! The vendored schemas: where they come from, and that nobody has changed them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::Value as Json;

/// What the vendored schemas can be wrong about.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SourceError {
    #[error("cannot read {path}")]
    Read { path: PathBuf, source: io::Error },
    #[error("cannot write {path}")]
    Write { path: PathBuf, source: io::Error },
    #[error("{path} is no JSON")]
    Json { path: PathBuf, source: serde_json::Error },
    #[error("{type_name} is not vendored: run `cargo codegen import PACKAGE`")]
    NotVendored { type_name: String },
    #[error("{path} differs from the SHA-256 in SOURCES.md: vendored schemas are not edited; write a fixup instead")]
    Changed { path: PathBuf },
    #[error("the package has no schema of {type_name}")]
    NotInPackage { type_name: String },
}

/// The name of a type's file: `aws-ecs-service.json`.
pub(crate) fn file_name(type_name: &str) -> String {
    type_name.to_lowercase().replace("::", "-") + ".json"
}

pub(crate) fn read(path: &Path) -> Result<String, SourceError> {
    fs::read_to_string(path).map_err(|source| SourceError::Read { path: path.to_owned(), source })
}

pub(crate) fn write(path: &Path, text: &str) -> Result<(), SourceError> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| fs::write(path, text)).map_err(|source| SourceError::Write { path: path.to_owned(), source })
}

/// The types in the list, sorted as they stand there.
pub(crate) fn types(root: &Path) -> Result<Vec<String>, SourceError> {
    let text = read(&root.join("types.txt"))?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect())
}

/// The vendored schema of a type, unchanged since it was imported.
pub(crate) fn schema(root: &Path, type_name: &str, sums: &BTreeMap<String, String>) -> Result<Json, SourceError> {
    let name = file_name(type_name);
    let path = root.join("schemas").join(&name);
    let not_vendored = || SourceError::NotVendored { type_name: type_name.to_owned() };
    let sum = sums.get(&name).ok_or_else(not_vendored)?;
    let text = read(&path)?;
    if *sum != sha256(&text) {
        return Err(SourceError::Changed { path });
    }
    serde_json::from_str(&text).map_err(|source| SourceError::Json { path, source })
}

/// The SHA-256 of every vendored file, as SOURCES.md has them.
pub(crate) fn sums(root: &Path) -> Result<BTreeMap<String, String>, SourceError> {
    let text = read(&root.join("schemas/SOURCES.md"))?;
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.strip_suffix("` |")?.split_once("` | `"));
    Ok(rows.map(|(file, sum)| (file.to_owned(), sum.to_owned())).collect())
}

/// Copies the schemas of all listed types out of an unpacked `cfn-lint` package, and writes SOURCES.md.
pub(crate) fn import(root: &Path, package: &Path) -> Result<usize, SourceError> {
    let data = package.join("data/schemas");
    let json = |path: PathBuf| -> Result<Json, SourceError> {
        serde_json::from_str(&read(&path)?).map_err(|source| SourceError::Json { path, source })
    };
    let index = json(data.join("providers/us-east-1.json"))?;
    let released = json(data.join("version.json"))?;
    let version = read(&package.join("version.py"))?;
    let mut sources = format!(
        "# Where the resource schemas come from\n\n\
         The Python package `cfn-lint` (licence MIT-0), {}, schemas of {}, region us-east-1. The files are copied \
         unchanged by `cargo codegen import PACKAGE`; what is wrong in them is mended by `src/fixups.rs`.\n\n\
         | file | SHA-256 |\n|---|---|\n",
        version.lines().find(|line| line.contains("version")).unwrap_or("version unknown").replace('"', ""),
        released["schema_date"].as_str().unwrap_or("an unknown date"),
    );
    let types = types(root)?;
    for type_name in &types {
        let hash = index[type_name].as_str().ok_or_else(|| SourceError::NotInPackage { type_name: type_name.clone() })?;
        let text = read(&data.join("resources").join(format!("{hash}.json")))?;
        let name = file_name(type_name);
        // Writing to a `String` cannot fail.
        let _ = writeln!(sources, "| `{name}` | `{}` |", sha256(&text));
        write(&root.join("schemas").join(name), &text)?;
    }
    write(&root.join("schemas/SOURCES.md"), &sources)?;
    Ok(types.len())
}

fn sha256(text: &str) -> String {
    hmac_sha256::Hash::hash(text.as_bytes()).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR"))
    }

    #[test]
    fn the_list_is_sorted_and_has_no_type_twice() {
        let types = types(&root()).expect("the list");
        assert!(types.is_sorted_by(|a, b| a < b));
        assert!(types.len() > 80);
    }

    #[test]
    fn every_vendored_schema_is_listed_and_unchanged() {
        let sums = sums(&root()).expect("the sums");
        let types = types(&root()).expect("the list");
        assert_eq!(sums.len(), types.len());
        for type_name in types {
            let schema = schema(&root(), &type_name, &sums).expect("a vendored schema");
            assert_eq!(schema["typeName"], type_name.as_str());
        }
    }

    #[test]
    fn an_edited_schema_is_refused() {
        let mut sums = sums(&root()).expect("the sums");
        sums.insert(file_name("AWS::SQS::Queue"), "0".repeat(64));
        let error = schema(&root(), "AWS::SQS::Queue", &sums).expect_err("another sum");
        assert!(error.to_string().contains("vendored schemas are not edited"), "{error}");
    }
}
