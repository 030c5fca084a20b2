//! From a valid stack to a template.

use stacktape_model::report::Report;
use stacktape_model::stack::ValidStack;

use crate::assembly::DockerBuild;
use crate::lower;
use crate::plan::Plan;
use crate::template::Template;

/// A template with the images that must be built for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Synthesis {
    /// `{project}-{stage}`.
    pub stack_name: String,
    /// The template; image URIs are still open.
    pub template: Template,
    /// The images, in the order of workloads and containers.
    pub builds: Vec<DockerBuild>,
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
    let mut fragments = lower::lower(stack, &plan);
    let builds = fragments.iter_mut().flat_map(|fragment| std::mem::take(&mut fragment.builds)).collect();
    let (template, found) = Template::merge(stack, fragments)?;
    let mut warnings = stack.warnings().clone();
    warnings.merge(found);
    Ok(Synthesis { stack_name: stack.name().to_owned(), template, builds, tags: plan.tags.entries().to_vec(), warnings })
}
