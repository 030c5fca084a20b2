//! How large a template will about be, before it is printed.

use super::Template;
use crate::cfn::Node;
use crate::fragment::Rendered;

/// What an intrinsic function counts for in an estimate: an ARN that is not too short.
const INTRINSIC_SIZE: usize = 100;

/// Sizes of what a template holds, as they will about be.
#[derive(Default)]
pub(super) struct Sizes {
    pub(super) body: usize,
    pub(super) dynamic_references: usize,
}

impl Sizes {
    /// Counts a resource; what comes back is the size that the limits of its type are about.
    pub(super) fn of(&mut self, resource: &Rendered) -> usize {
        // The lines of `"Id": {`, `"Properties":`, `"Type": ".."` and `}`.
        self.body += resource.id.as_str().len() + resource.resource_type.len() + 44;
        for (key, node) in &resource.attributes {
            self.body += key.len() + 7;
            self.node(node, 3);
        }
        if !resource.depends_on.is_empty() {
            self.body += 25 + resource.depends_on.iter().map(|id| id.as_str().len() + 8).sum::<usize>();
        }
        let size = self.node(&resource.properties, 3);
        match (resource.resource_type.as_ref(), &resource.properties) {
            ("AWS::IAM::Role", Node::Object(entries)) => {
                let policies = entries.iter().find(|(key, _)| key == "Policies");
                policies.map_or(0, |(_, node)| Self::default().node(node, 0))
            }
            _ => size,
        }
    }

    /// Counts the outputs, and the lines around them and around the resources.
    pub(super) fn outputs(&mut self, template: &Template) {
        self.body += 83;
        for (name, node) in &template.outputs {
            self.body += name.len() + 6;
            self.node(node, 2);
        }
    }

    /// The compact size of a node; the printed size, with its indentation, is added to the body.
    fn node(&mut self, node: &Node, depth: usize) -> usize {
        // What surrounds a node of one line, and one of two brackets with lines between.
        let (line, lines) = (depth + 2, 2 * depth + 3);
        match node {
            Node::Null | Node::Bool(_) | Node::Integer(_) | Node::Float(_) => self.add(8, line),
            Node::Text(text) => {
                self.dynamic_references += dynamic_references(text);
                self.add(text.len() + 2, line)
            }
            Node::List(items) => items.iter().map(|item| self.node(item, depth + 1) + 1).sum::<usize>() + self.add(2, lines),
            Node::Object(entries) => {
                let size: usize = entries.iter().map(|(key, node)| self.add(key.len() + 4, 0) + self.node(node, depth + 1)).sum();
                size + self.add(2, lines)
            }
            Node::Ref(id) => self.add(id.as_str().len() + 12, lines + depth + 1).max(INTRINSIC_SIZE),
            Node::GetAtt(id, attribute) => self.add(id.as_str().len() + attribute.len() + 24, 6 * depth + 12).max(INTRINSIC_SIZE),
            Node::Pseudo(_) => self.add(28, lines + depth).max(INTRINSIC_SIZE / 4),
            Node::Sub(text, variables) => {
                self.dynamic_references += dynamic_references(text);
                let variables: usize = variables.iter().map(|(key, node)| self.add(key.len() + 4, 0) + self.node(node, depth + 3)).sum();
                // With variables, text and variables stand in a list.
                let list = if variables == 0 { 0 } else { 4 * depth + 12 };
                variables + self.add(text.len() + 16, lines + depth + 1 + list).max(INTRINSIC_SIZE)
            }
            Node::Function(name, argument) => self.add(name.len() + 6, lines) + self.node(argument, depth + 1),
            Node::Asset(_) => self.add(2 * INTRINSIC_SIZE, lines + depth),
        }
    }

    fn add(&mut self, size: usize, indentation: usize) -> usize {
        self.body += size + indentation;
        size
    }
}

/// Most texts are shorter than a dynamic reference or have no brace, and both are much cheaper to find out than a word is.
fn dynamic_references(text: &str) -> usize {
    if text.len() > "{{resolve:".len() && text.contains('{') { text.matches("{{resolve:").count() } else { 0 }
}
