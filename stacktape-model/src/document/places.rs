//! Where the path of a finding stands in a document.

use super::tree::{Entry, Kind, Tree};
use crate::origin::Origin;

/// The place of a path, or of the last part of it that the document has. Paths leave `properties` out, and count the entries of
/// lists even where the document has a map, or one value without its list.
pub(super) fn find(root: &Tree, path: &str) -> Option<Origin> {
    let mut at = At { place: root.place, tree: root };
    let mut rest = path;
    while !rest.is_empty() {
        let Some((next, after)) = at.step(rest) else { break };
        at = next;
        rest = after.strip_prefix('.').unwrap_or(after);
    }
    (at.place.line > 0).then(|| at.place.origin())
}

/// A value, and the place that stands for it: that of its key, where it has one.
struct At<'t> {
    place: super::tree::Place,
    tree: &'t Tree,
}

impl At<'_> {
    fn step<'p>(&self, path: &'p str) -> Option<(Self, &'p str)> {
        if let Some(inside) = path.strip_prefix('[') {
            let (index, after) = inside.split_once(']')?;
            return Some((self.item(index.parse().ok()?)?, after));
        }
        let tree = self.tree;
        tree.get("properties").filter(|_| key_of(tree, path).is_none()).map_or_else(
            || key_of(tree, path).map(|(entry, after)| (of_entry(entry, after), after)),
            |properties| At { place: properties.place, tree: properties }.step(path),
        )
    }

    fn item(&self, index: usize) -> Option<Self> {
        match &self.tree.kind {
            Kind::List(items) => items.get(index).map(|tree| Self { place: tree.place, tree }),
            Kind::Map(entries) => entries.get(index).map(|entry| Self { place: entry.key_place, tree: &entry.value }),
            _ => (index == 0).then_some(Self { place: self.tree.place, tree: self.tree }),
        }
    }
}

/// A finding about a value stands at the value, one about something inside begins at the key.
fn of_entry<'t>(entry: &'t Entry, after: &str) -> At<'t> {
    let is_scalar = !matches!(entry.value.kind, Kind::List(_) | Kind::Map(_));
    let place = if after.is_empty() && is_scalar { entry.value.place } else { entry.key_place };
    At { place, tree: &entry.value }
}

/// The longest key that the path begins with: keys may have dots and brackets themselves.
fn key_of<'t, 'p>(tree: &'t Tree, path: &'p str) -> Option<(&'t Entry, &'p str)> {
    let matching = tree.entries().iter().filter_map(|entry| {
        let after = path.strip_prefix(entry.key.as_str())?;
        (after.is_empty() || after.starts_with(['.', '['])).then_some((entry, after))
    });
    matching.max_by_key(|(entry, _)| entry.key.len())
}

#[cfg(all(test, feature = "yaml"))]
mod tests {
    use super::super::Document;

    const TEXT: &str = "\
resources:
  api:
    type: multi-container-workload
    properties:
      containers:
        - name: web
          stopTimeout: 1
          environment: {PORT: 80, '': x}
          events:
            - type: http-api-gateway
              properties:
                path: users
      iamRoleStatements:
        - Action: s3
  my.bucket[0]:
    type: bucket
";

    #[test]
    fn a_path_leads_to_the_value_or_to_the_key_of_what_holds_it() {
        let document = Document::parse(TEXT).expect("YAML");
        for (path, expected) in [
            ("resources.api.containers[0].stopTimeout", (7, 24)),
            ("resources.api.containers[0].environment[1].name", (8, 35)),
            ("resources.api.containers[0].events[0].path", (12, 23)),
            ("resources.api.containers[0].events[0].method", (10, 15)),
            ("resources.api.iamRoleStatements[0].Action[0]", (14, 19)),
            ("resources.api.scaling.maxInstances", (2, 3)),
            ("resources.api", (2, 3)),
            ("resources.my.bucket[0].cors", (15, 3)),
            ("stackConfig.tags", (1, 1)),
            ("", (1, 1)),
        ] {
            let place = document.place_of(path).expect("a place");
            assert_eq!((place.line(), place.column()), expected, "{path}");
        }
    }
}
