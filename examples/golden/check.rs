//! Golden templates: what each scenario becomes, byte by byte. `UPDATE_EXPECT=1 cargo test --test golden` rewrites them; read the
//! difference as you would read code.

#[allow(unreachable_pub)] // examples and tests share it
mod scenarios;

use std::path::PathBuf;

use stacktape::assembly::assemble;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/golden").join(format!("{name}.template.json"))
}

#[test]
fn every_scenario_becomes_its_golden_template() {
    let mut different = Vec::new();
    for scenario in scenarios::ALL {
        let (stack, target) = scenarios::stack(scenario, scenario.describe);
        let assembly = assemble(stack, &target, "cdk.out".as_ref()).expect("a valid stack");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(file(scenario.name), assembly.template_json()).expect("written");
        } else if std::fs::read_to_string(file(scenario.name)).ok().as_deref() != Some(assembly.template_json()) {
            different.push(scenario.name);
        }
    }
    assert!(
        different.is_empty(),
        "{different:?} differ from their golden templates: compare after `UPDATE_EXPECT=1 cargo test --test golden`"
    );
}

/// The same stack from its document.
#[cfg(feature = "yaml")]
#[test]
fn every_scenario_has_a_twin_in_yaml() {
    use stacktape::document::{Document, Facts};

    for scenario in scenarios::ALL {
        let (_, target) = scenarios::stack(scenario, scenario.describe);
        let text = std::fs::read_to_string(file(scenario.name).with_file_name(format!("{}.yml", scenario.name))).expect("a document");
        let document = Document::parse(&text).unwrap_or_else(|report| panic!("{}: {report}", scenario.name));
        let facts = Facts::new(&target.project, &target.stage);
        let stack = document.stack(&facts).unwrap_or_else(|report| panic!("{}: {report}", scenario.name));
        let assembly = assemble(stack, &target, "cdk.out".as_ref()).expect("a valid stack");
        let golden = std::fs::read_to_string(file(scenario.name)).expect("a template");
        assert!(assembly.template_json() == golden, "{}: the document becomes another template", scenario.name);
    }
}

#[test]
fn every_change_is_valid_and_changes_the_template() {
    for scenario in scenarios::ALL {
        let template = |describe| {
            let (stack, target) = scenarios::stack(scenario, describe);
            assemble(stack, &target, "cdk.out".as_ref()).expect("a valid stack").template_json().to_owned()
        };
        assert_ne!(template(scenario.describe), template(scenario.change), "{}", scenario.name);
    }
}

#[test]
fn there_is_no_template_or_document_without_a_scenario() {
    let names: Vec<_> = scenarios::ALL.iter().map(|scenario| file(scenario.name)).collect();
    for entry in std::fs::read_dir(file("x").parent().expect("a folder")).expect("listed") {
        let path = entry.expect("an entry").path();
        // A document is beside the template that it becomes.
        let template =
            if path.extension().is_some_and(|extension| extension == "yml") { path.with_extension("template.json") } else { path };
        let left_over = template.to_string_lossy().ends_with(".template.json") && !names.contains(&template);
        assert!(!left_over, "{} belongs to no scenario", template.display());
    }
}
