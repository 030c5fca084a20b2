//! The list of codes: every rule of this crate.

use stacktape_model::report::Code;

use crate::assembly::AssetIssue;
use crate::template::TemplateIssue;

/// Every code of this crate, sorted; those of the model are not among them.
///
/// ```
/// let codes = stacktape_synth::codes();
/// assert!(codes.iter().any(|code| code.code == "template::too_many_resources"));
/// ```
pub fn codes() -> Vec<&'static Code> {
    let lists: &[&'static [Code]] = &[AssetIssue::CODES, TemplateIssue::CODES];
    let mut codes: Vec<_> = lists.iter().copied().flatten().collect();
    stacktape_model::table::sort_by(&mut codes, |one, other| one.code.cmp(other.code));
    codes
}
