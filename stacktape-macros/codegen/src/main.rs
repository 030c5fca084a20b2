//! Writes the typed CloudFormation resources of `stacktape-synth` from vendored resource schemas.
//!
//! `cargo codegen` writes, `cargo codegen --check` fails on drift, `cargo codegen import PACKAGE` takes newer schemas out of an
//! unpacked `cfn-lint` package. Adding a type is one line in `types.txt` and an import.

mod emit;
mod fixups;
mod names;
mod schema;
mod sources;
mod tree;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::fixups::Stale;
use crate::schema::SchemaError;
use crate::sources::SourceError;

/// What can stop the generator.
#[derive(Debug, thiserror::Error)]
enum CodegenError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error(transparent)]
    Schema(#[from] SchemaError),
    #[error(transparent)]
    Fixup(#[from] Stale),
    #[error("these files differ from what the schemas say; run `cargo codegen`:\n{}", .0.join("\n"))]
    Drift(Vec<String>),
    #[error("usage: cargo codegen [--check | import PACKAGE]")]
    Usage,
}

fn main() -> ExitCode {
    match run(&std::env::args().skip(1).collect::<Vec<_>>()) {
        Ok(message) => {
            let _ = writeln!(std::io::stdout().lock(), "{message}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            let _ = writeln!(std::io::stderr().lock(), "{error}{cause}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<String, CodegenError> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let cfn = root.join("../../stacktape-synth/src/cfn");
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => {
            let changed = tree::write(&cfn, &tree::render(&root, &cfn)?)?;
            Ok(format!("{changed} files changed"))
        }
        ["--check"] => {
            let drift = tree::drift(&cfn, &tree::render(&root, &cfn)?)?;
            if drift.is_empty() { Ok("no drift".to_owned()) } else { Err(CodegenError::Drift(drift)) }
        }
        ["import", package] => Ok(format!("{} schemas imported", sources::import(&root, Path::new(package))?)),
        _ => Err(CodegenError::Usage),
    }
}
