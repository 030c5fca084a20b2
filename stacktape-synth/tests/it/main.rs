//! What a user meets of the synthesis: its rules, each on both sides of its limit.

mod asset;
mod codes;
mod support;
mod template;
