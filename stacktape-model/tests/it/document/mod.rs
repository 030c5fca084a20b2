//! Stacks from YAML: what is read, what is told, and that nothing is lost on the way there and back.

mod cases;
mod directives;
mod function_events;
mod network;
mod reading;
#[cfg(feature = "proptest")]
mod round_trip;
mod services;

pub(crate) use cases::covered;

use stacktape_model::document::{Document, Facts};
use stacktape_model::report::Report;
use stacktape_model::stack::Stack;

/// The stack of a document.
pub(crate) fn read(text: &str) -> Result<Stack, Report> {
    Document::parse(text)?.stack(&Facts::new("shop", "dev"))
}

/// The stack of a document that has one.
#[track_caller]
pub(crate) fn stack(text: &str) -> Stack {
    read(text).unwrap_or_else(|report| panic!("{report}"))
}
