//! The list of codes: each has cases, and none is forgotten or renamed by accident.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use expect_test::expect_file;
use stacktape_model::codes;

use crate::rules;

#[test]
fn every_code_has_a_case_that_breaks_it_and_one_that_does_not() {
    // Without the feature, there is no text to trip the codes of documents with.
    let reachable = |code: &&str| cfg!(feature = "yaml") || !(code.starts_with("document::") || code.starts_with("directive::"));
    let declared: BTreeSet<_> = codes().into_iter().map(|code| code.code).filter(reachable).collect();
    #[allow(unused_mut)]
    let mut covered: BTreeSet<_> = rules::all().iter().filter(|rule| rule.is_covered()).map(crate::support::Rule::code).collect();
    #[cfg(feature = "yaml")]
    covered.extend(crate::document::covered());
    assert_eq!(declared.difference(&covered).collect::<Vec<_>>(), [&""; 0], "codes without cases");
    assert_eq!(covered.difference(&declared).collect::<Vec<_>>(), [&""; 0], "cases without codes");
}

/// Codes are a part of the API: removing or renaming one is a breaking change.
#[test]
fn codes_are_stable() {
    let lines = codes().into_iter().map(|code| format!("{:7} {}\n", code.severity.as_str(), code.code));
    expect_file!["codes.txt"].assert_eq(&lines.collect::<String>());
}

#[test]
fn every_code_says_what_it_guards_and_links_to_the_documentation_of_its_limit() {
    let sites = ["https://docs.", "https://yaml.org/", "https://nixpacks.com/docs/"];
    for code in codes() {
        assert!(code.meaning.ends_with('.') && code.meaning.len() > 10, "{}: {}", code.code, code.meaning);
        assert!(code.docs.is_none_or(|docs| sites.iter().any(|site| docs.starts_with(site))), "{}: {:?}", code.code, code.docs);
    }
}

#[test]
fn no_list_of_codes_is_forgotten() {
    let mut modules = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut modules);
    let listed: BTreeSet<_> = codes().into_iter().filter_map(|code| code.code.split("::").next()).map(str::to_owned).collect();
    assert_eq!(modules, listed);
}

/// The modules that sources name in `#[issue(module = "..")]`.
fn collect(directory: &Path, modules: &mut BTreeSet<String>) {
    for entry in fs::read_dir(directory).expect("a directory of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, modules);
        } else {
            let source = fs::read_to_string(&path).expect("a source");
            let named = source.split("#[issue(module = \"").skip(1).filter_map(|rest| rest.split('"').next());
            modules.extend(named.map(str::to_owned));
        }
    }
}
