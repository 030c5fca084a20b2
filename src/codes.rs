//! The list of codes: every rule of the project.

use stacktape_model::report::Code;

/// Every code that a finding can have, sorted.
///
/// ```
/// let codes: Vec<_> = stacktape::codes().into_iter().map(|code| code.code).collect();
/// assert!(codes.contains(&"container::stop_timeout") && codes.contains(&"template::empty"));
/// ```
pub fn codes() -> Vec<&'static Code> {
    let mut codes = stacktape_model::codes();
    codes.extend(stacktape_synth::codes());
    stacktape_model::table::sort_by(&mut codes, |one, other| one.code.cmp(other.code));
    codes
}
