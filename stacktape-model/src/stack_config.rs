//! What is set for a whole stack. YAML: `stackConfig`.

mod reuse_vpc;
mod vpc;

pub use reuse_vpc::{ReuseVpc, ReuseVpcIssue, StackVpc, VpcIds};
pub use vpc::{AvailabilityZones, Nat, NatAvailabilityZones, Vpc, VpcOutput};

use stacktape_macros::Keyed;

use crate::check::Check;
use crate::name;
use crate::origin::Origin;
use crate::table::{Set, Table};
use crate::text::Text;

/// What is set for a whole stack.
#[derive(Clone, Debug, Default, PartialEq, Keyed)]
pub struct StackConfig {
    /// Values that the stack shows, and may export. YAML: `outputs`.
    pub outputs: Vec<Output>,
    /// Tags of every resource. YAML: `tags`.
    pub tags: Vec<Tag>,
    /// The stack's network. YAML: `vpc`.
    pub vpc: Vpc,
}

/// A value that the stack shows after a deployment.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct Output {
    /// Its name: letters and digits.
    #[required]
    pub name: String,
    /// The value. Secrets are no `Text` and cannot stand here.
    #[required]
    pub value: Text,
    /// At most 1024 characters.
    pub description: Option<String>,
    /// Whether other stacks can import it, by the name `{Stack}{Name}`.
    pub export: bool,
    /// Where the output is written.
    pub origin: Origin,
}

/// What an output can show: a [`Text`], and no secret.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of an output",
    label = "not a value that may be shown",
    note = "texts, parameters of resources and `Fact`s can; a secret is never shown, it reaches a container by `.env(..)`"
)]
pub trait OutputValue {
    /// The value.
    fn into_text(self) -> Text;
}

#[diagnostic::do_not_recommend]
impl<T: Into<Text>> OutputValue for T {
    fn into_text(self) -> Text {
        self.into()
    }
}

impl Output {
    /// A value with its name.
    #[track_caller]
    pub fn new(name: impl Into<String>, value: impl OutputValue) -> Self {
        Self { name: name.into(), value: value.into_text(), description: None, export: false, origin: Origin::here() }
    }

    /// Says what the value is, in at most 1024 characters. YAML: `description`.
    pub fn description(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Lets other stacks of the account and region import the value. YAML: `export`, default `false`.
    pub fn export(mut self) -> Self {
        self.export = true;
        self
    }
}

/// A tag of every resource of the stack.
#[derive(Clone, Debug, PartialEq, Keyed)]
pub struct Tag {
    /// 1 to 128 characters.
    #[required]
    pub name: String,
    /// 1 to 256 characters; that of a function's own tag may be empty.
    #[required]
    pub value: String,
    /// Where the tag is written.
    pub origin: Origin,
}

impl Tag {
    /// A tag.
    #[track_caller]
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into(), origin: Origin::here() }
    }
}

/// Tags that we set ourselves: stack, project and stage.
pub(crate) const OWN_TAGS: usize = 3;
/// How many tags a resource can have.
pub(crate) const TAGS_MAX: usize = 50;
const OUTPUTS_MAX: usize = 200;

impl StackConfig {
    /// `has_roles`: whether the stack has IAM roles. `own_outputs`: what it shows of its network beside the outputs here.
    pub(crate) fn check(&self, has_roles: bool, own_outputs: &[VpcOutput], at: &mut Check<'_>) {
        check_tags(&self.tags, has_roles, TAGS_MAX - OWN_TAGS, &mut at.field("tags"));
        at.field("tags").each(&self.tags, |at, tag| {
            if tag.value.is_empty() {
                at.written_here(tag.origin).field("value").report(&StackConfigIssue::TagEmpty { name: tag.name.clone() });
            }
        });
        self.check_outputs(own_outputs, &mut at.field("outputs"));
        if let Some(reused) = &self.vpc.reuse_vpc {
            reused.check(&mut at.field("vpc").field("reuseVpc"));
        }
    }

    fn check_outputs(&self, own: &[VpcOutput], at: &mut Check<'_>) {
        let mut names = Set::new();
        let mut exports = Table::new();
        at.each(&self.outputs, |at, output| {
            let mut at = at.written_here(output.origin);
            let name = &output.name;
            if name.is_empty() || name.len() > 255 || !name.chars().all(|letter| letter.is_ascii_alphanumeric()) {
                at.field("name").report(&StackConfigIssue::OutputName { name: name.clone(), suggestion: suggestion(name) });
            }
            if !names.insert(name) {
                at.field("name").report(&StackConfigIssue::OutputDuplicate { name: name.clone() });
            } else if own.iter().any(|own| own.as_str() == name) {
                at.field("name").report(&StackConfigIssue::OutputOfOurs { name: name.clone() });
            }
            if output.export
                && let Some(other) = exports.insert(name::pascal(name), name).filter(|other| *other != name)
            {
                at.field("name").report(&StackConfigIssue::ExportTwice { name: name.clone(), other: other.clone() });
            }
            if output.value.reveals_secret() {
                at.field("value").report(&StackConfigIssue::OutputSecret { name: name.clone() });
            }
            let found = output.description.as_ref().map_or(0, String::len);
            if found > 1024 {
                at.field("description").report(&StackConfigIssue::OutputDescription { found });
            }
        });
        if self.outputs.len() + own.len() > OUTPUTS_MAX {
            at.report(&StackConfigIssue::TooManyOutputs { found: self.outputs.len(), expected: OUTPUTS_MAX - own.len() });
        }
    }
}

/// `on_roles`: whether IAM roles get them, which are stricter than other resources. `most`: how many there may be beside the others
/// that the resource has.
pub(crate) fn check_tags(tags: &[Tag], on_roles: bool, most: usize, at: &mut Check<'_>) {
    let mut names = Table::new();
    at.each(tags, |at, tag| {
        let mut at = at.written_here(tag.origin);
        let allowed = |letter: char| letter.is_alphanumeric() || " _.:/=+-@".contains(letter);
        let length = tag.name.chars().count();
        if !(1..=128).contains(&length) || !tag.name.chars().all(allowed) {
            at.field("name").report(&StackConfigIssue::TagName { name: tag.name.clone() });
        } else if ["aws:", "stp:"].iter().any(|prefix| tag.name.to_lowercase().starts_with(prefix)) {
            at.field("name").report(&StackConfigIssue::TagReserved { name: tag.name.clone() });
        }
        if tag.value.chars().count() > 256 || !tag.value.chars().all(allowed) {
            at.field("value").report(&StackConfigIssue::TagValue { value: tag.value.clone() });
        }
        let other = names.insert(tag.name.to_lowercase(), &tag.name);
        if other == Some(&tag.name) {
            at.field("name").report(&StackConfigIssue::TagDuplicate { name: tag.name.clone() });
        } else if let Some(other) = other.filter(|_| on_roles) {
            at.field("name").report(&StackConfigIssue::TagCase { name: tag.name.clone(), other: other.clone() });
        }
    });
    if tags.len() > most {
        at.report(&StackConfigIssue::TooManyTags { found: tags.len(), expected: most });
    }
}

fn suggestion(output: &str) -> String {
    let name = name::pascal(output);
    if name.is_empty() { "MyOutput".to_owned() } else { name.chars().take(255).collect() }
}

/// Mistakes in what is set for a whole stack.
#[derive(Debug, thiserror::Error, stacktape_macros::Issue)]
#[issue(module = "stack_config")]
#[non_exhaustive]
pub enum StackConfigIssue {
    /// AWS's spelling of a tag's key.
    #[error("found the tag name `{name}`, expected 1 to 128 letters, digits, spaces and `_.:/=+-@`")]
    #[issue(
        help = "leave out everything else",
        docs = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices"
    )]
    TagName {
        /// What was found.
        name: String,
    },
    /// AWS keeps `aws:` for itself, and we mark what belongs to a stack with `stp:`.
    #[error("found the tag name `{name}`, expected one that begins with neither `aws:` nor `stp:`")]
    #[issue(
        help = "choose another prefix",
        docs = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices"
    )]
    TagReserved {
        /// What was found.
        name: String,
    },
    /// AWS's spelling of a tag's value.
    #[error("found the tag value `{value}`, expected at most 256 letters, digits, spaces and `_.:/=+-@`")]
    #[issue(
        help = "leave out everything else",
        docs = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices"
    )]
    TagValue {
        /// What was found.
        value: String,
    },
    /// CloudFormation takes no tag of a stack without a value.
    #[error("found the tag `{name}` without a value, expected at least 1 character")]
    #[issue(
        help = "give it a value, or leave the tag out",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Tag.html"
    )]
    TagEmpty {
        /// The tag.
        name: String,
    },
    /// A resource has each tag once.
    #[error("found the tag `{name}` a second time, expected each name once")]
    #[issue(help = "leave one of the two out")]
    TagDuplicate {
        /// The name.
        name: String,
    },
    /// IAM takes tag names for the same that differ in case only, and refuses a role that has both.
    #[error("found the tags `{name}` and `{other}`, expected names that differ in more than case, since roles are tagged too")]
    #[issue(help = "leave one of the two out", docs = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules")]
    TagCase {
        /// The name.
        name: String,
        /// The name it is taken for.
        other: String,
    },
    /// A resource has at most 50 tags, and three are ours.
    #[error("found {found} tags, expected at most {expected}")]
    #[issue(
        help = "leave some out: a resource has at most 50 tags, of which 3 name the stack",
        docs = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices"
    )]
    TooManyTags {
        /// How many there are.
        found: usize,
        /// How many there may be.
        expected: usize,
    },
    /// CloudFormation takes letters and digits in an output's logical id.
    #[error("found the output name `{name}`, expected 1 to 255 letters and digits of ASCII")]
    #[issue(
        help = "write a name such as `{suggestion}`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html"
    )]
    OutputName {
        /// What was found.
        name: String,
        /// The same without what is not allowed.
        suggestion: String,
    },
    /// A stack shows one value under a name.
    #[error("found the output `{name}` a second time, expected each name once")]
    #[issue(help = "rename one of the two")]
    OutputDuplicate {
        /// The name.
        name: String,
    },
    /// A stack with NAT gateways shows their addresses, and one that lets other stacks reuse its VPC shows what these import.
    #[error("found the output `{name}`, which the stack has of its own, expected another name")]
    #[issue(help = "rename the output, or leave it out where it shows the same")]
    OutputOfOurs {
        /// The name.
        name: String,
    },
    /// CloudFormation puts the secret in the place of such a reference, and outputs are shown to whoever may see the stack.
    #[error("found a dynamic reference to a secret in the output `{name}`, expected a value that may be shown")]
    #[issue(
        help = "leave the output out; what needs the secret reads it from Secrets Manager or Parameter Store by its name",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html"
    )]
    OutputSecret {
        /// The output.
        name: String,
    },
    /// An export's name begins with a capital, whatever the output's name does, and is unique in account and region.
    #[error("found the exported outputs `{name}` and `{other}`, expected names that differ in more than the case of the first letter")]
    #[issue(
        help = "rename one of the two, or leave out one `.export()`",
        yaml = "rename one of the two, or leave out one `export: true`",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html"
    )]
    ExportTwice {
        /// The name.
        name: String,
        /// The name that is exported as the same.
        other: String,
    },
    /// CloudFormation's limit of a description.
    #[error("found a description of {found} bytes, expected at most 1024")]
    #[issue(
        help = "shorten the description",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html"
    )]
    OutputDescription {
        /// Its length.
        found: usize,
    },
    /// CloudFormation's limit of outputs in one template, those of the network among them.
    #[error("found {found} outputs, expected at most {expected}")]
    #[issue(
        help = "leave some out, or split the stack: CloudFormation takes 200, with those of the stack's network",
        docs = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
    )]
    TooManyOutputs {
        /// How many there are.
        found: usize,
        /// How many there may be.
        expected: usize,
    },
}
