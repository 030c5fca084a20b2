//! What a user meets of the model: its rules, where they point, and what does not compile.

mod codes;
#[cfg(feature = "yaml")]
mod document;
mod facts;
mod origins;
mod properties;
mod report;
mod rules;
mod support;
mod ui;
