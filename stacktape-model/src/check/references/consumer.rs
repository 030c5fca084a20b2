//! References of what runs a program: what it is connected to, and what it is told.

use super::{Known, ReferenceIssue};
use crate::check::Check;
use crate::consumer::Consumer;
use crate::container::{EnvValue, EnvironmentVariable};
use crate::name::environment_variable;
use crate::reference::{Connection, ResourceRef};
use crate::table::Table;
use crate::text::Text;

impl Known<'_> {
    /// Checks what a program may use; returns the variables that it is told, and for which resource.
    pub(super) fn check_consumer<'c>(&self, consumer: &Consumer<'c>, at: &mut Check<'_>) -> Table<String, &'c str> {
        at.field("connectTo").each(consumer.connections, |at, connection| {
            if let Connection::Resource(reference) = connection {
                self.check_reference(reference, at);
            }
        });
        at.field("iamRoleStatements").each(consumer.statements, |at, statement| {
            at.field("Resource").each(&statement.resources, |at, resource| self.check_text(resource, at));
            if let Some(condition) = &statement.condition {
                condition.visit(&mut |param| self.check_param(param, &mut at.field("Condition")));
            }
        });
        if consumer.is_told { self.injected_variables(consumer.connections, &mut at.field("connectTo")) } else { Table::new() }
    }

    pub(super) fn check_environment(&self, environment: &[EnvironmentVariable], injected: &Table<String, &str>, at: &mut Check<'_>) {
        at.each(environment, |at, variable| match &variable.value {
            EnvValue::Text(Text::Param(param)) => self.check_known(param, &mut at.field("value")),
            EnvValue::Text(text) => self.check_text(text, &mut at.field("value")),
            EnvValue::Integer(_) | EnvValue::Float(_) | EnvValue::Bool(_) | EnvValue::Secret(_) => {}
        });
        check_shadowed(environment, injected, at);
    }

    /// The variables that `connectTo` injects, and for which resource.
    fn injected_variables<'c>(&self, connections: &'c [Connection], at: &mut Check<'_>) -> Table<String, &'c str> {
        let mut injected = Table::new();
        for (index, connection) in connections.iter().enumerate() {
            let Connection::Resource(reference) = connection else { continue };
            let mut told = false;
            for variable in self.variables_of(reference) {
                if let Some(other) = injected.insert(variable.clone(), reference.name.as_str())
                    && other != reference.name
                    && !std::mem::replace(&mut told, true)
                {
                    let (name, other) = (reference.name.clone(), other.to_owned());
                    at.index(index).written_at(reference.origin).report(&ReferenceIssue::VariableTwice { variable, name, other });
                }
            }
        }
        injected
    }

    /// One for each thing that connected workloads are told of the resource.
    fn variables_of(&self, reference: &ResourceRef) -> Vec<String> {
        let resource = self.resources.get(&(reference.name.as_str(), reference.kind));
        let told = resource.map(|resource| resource.told()).unwrap_or_default();
        told.iter().map(|(word, _)| environment_variable(&reference.name, word)).collect()
    }
}

fn check_shadowed(environment: &[EnvironmentVariable], injected: &Table<String, &str>, at: &mut Check<'_>) {
    at.each(environment, |at, variable| {
        if let Some(name) = injected.get(&variable.name) {
            let issue = ReferenceIssue::VariableShadowed { variable: variable.name.clone(), name: (*name).to_owned() };
            at.written_here(variable.origin).field("name").report(&issue);
        } else if variable.name.starts_with("STP_") {
            let issue = ReferenceIssue::VariablePrefix { variable: variable.name.clone() };
            at.written_here(variable.origin).field("name").report(&issue);
        }
    });
}
