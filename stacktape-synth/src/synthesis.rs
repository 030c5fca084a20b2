//! From a valid stack to a template.

use stacktape_model::report::Report;
use stacktape_model::stack::ValidStack;

use crate::lower;
use crate::plan::Plan;
use crate::template::Template;

/// A template, not yet printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Synthesis {
    /// `{project}-{stage}`.
    pub stack_name: String,
    /// The template; image URIs are still open.
    pub template: Template,
    /// The tags of the stack itself.
    pub tags: Vec<(String, String)>,
    /// What was found and does not refuse the stack.
    pub warnings: Report,
}

/// Renders a stack as CloudFormation. It reads no file and asks nobody.
///
/// # Errors
/// The report of everything that CloudFormation would refuse about the template as a whole.
pub fn synthesize(stack: &ValidStack) -> Result<Synthesis, Report> {
    let plan = Plan::of(stack);
    let (template, found) = Template::merge(stack, lower::lower(stack, &plan), lower::outputs(&plan));
    if found.has_errors() {
        return Err(found);
    }
    let mut warnings = stack.warnings().clone();
    warnings.merge(found);
    let tags = plan.tags.entries().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    Ok(Synthesis { stack_name: stack.name().to_owned(), template, tags, warnings })
}
