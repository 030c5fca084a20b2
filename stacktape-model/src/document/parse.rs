//! From text to tree. The parser knows YAML 1.2, of which JSON is a part; what this file adds is the meaning of plain scalars,
//! anchors, merge keys, and limits on what a small text may blow up to.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use granit_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, Tag};

use super::issue::DocumentIssue;
use super::tree::{Entry, Kind, Place, Tree};
use crate::report::{Finding, Report};

/// How many lists and maps may stand in each other. The deepest place of a stack has about 10.
const DEPTH_MAX: usize = 64;
/// How many values a document may have, copies by aliases included.
const VALUES_MAX: usize = 200_000;

/// Reads a text as one document.
pub(super) fn parse(text: &str) -> Result<Tree, Report> {
    let mut composer = Composer { report: Report::new(), anchors: BTreeMap::new(), values: 0 };
    let tree = composer.document(&mut Parser::new_from_str(text.trim_start_matches('\u{feff}')));
    let report = composer.report.sorted();
    match tree {
        Some(tree) if !report.has_errors() => Ok(tree),
        _ => Err(report),
    }
}

type Events<'p, 't> = &'p mut Parser<'t, granit_parser::StrInput<'t>>;

struct Composer {
    report: Report,
    anchors: BTreeMap<usize, (Tree, usize)>,
    values: usize,
}

/// A value, and how many values are in it.
type Composed = Option<(Tree, usize)>;

impl Composer {
    /// Tells of a mistake after which reading ends.
    fn tell<T>(&mut self, place: Place, issue: &DocumentIssue) -> Option<T> {
        self.report.push(Finding::new(issue, String::new(), Some(place.origin())));
        None
    }

    fn next<'t>(&mut self, events: Events<'_, 't>) -> Option<(Event<'t>, Span)> {
        loop {
            match events.next_event() {
                Some(Ok((event, _))) if !(event.is_node() || is_structure(&event)) => {}
                Some(Ok(event)) => return Some(event),
                Some(Err(error)) => return self.tell(of_marker(*error.marker()), &syntax(&error)),
                None => return None,
            }
        }
    }

    fn document(&mut self, events: Events<'_, '_>) -> Option<Tree> {
        let mut root = None;
        loop {
            let (event, span) = self.next(events)?;
            match event {
                Event::StreamEnd => break,
                event if event.is_node() => {
                    if root.is_some() {
                        return self.tell(of_span(&span), &DocumentIssue::SecondDocument);
                    }
                    root = Some(self.value(event, &span, events, 0)?.0);
                }
                _ => {}
            }
        }
        let Some(tree) = root else { return self.tell(Place { line: 1, column: 1 }, &DocumentIssue::Empty) };
        if tree.kind == Kind::Null {
            return self.tell(Place { line: 1, column: 1 }, &DocumentIssue::Empty);
        }
        Some(tree)
    }

    fn value(&mut self, event: Event<'_>, span: &Span, events: Events<'_, '_>, depth: usize) -> Composed {
        let place = of_span(span);
        if depth > DEPTH_MAX {
            return self.tell(place, &DocumentIssue::TooDeep);
        }
        self.count(1, place)?;
        let anchor = event.anchor_id();
        let tag_place = span.tag_start().map_or(place, of_marker);
        let (kind, size) = match event {
            Event::Scalar(text, style, _, tag) => (self.scalar(&text, style, tag.as_deref(), (place, tag_place))?, 1),
            Event::SequenceStart(_, _, tag) => {
                self.check_tag(tag.as_deref(), "seq", tag_place)?;
                self.list(events, depth)?
            }
            Event::MappingStart(_, _, tag) => {
                self.check_tag(tag.as_deref(), "map", tag_place)?;
                self.map(events, depth)?
            }
            Event::Alias(id) => {
                let Some((tree, size)) = self.anchors.get(&id).cloned() else {
                    return self.tell(place, &DocumentIssue::AliasInside);
                };
                self.count(size, place)?;
                return Some((Tree { place, ..tree }, size));
            }
            _ => return self.tell(place, &DocumentIssue::Syntax { problem: "found no value".to_owned() }),
        };
        let tree = Tree::new(place, kind);
        if let Some(id) = anchor {
            self.anchors.insert(id, (tree.clone(), size));
        }
        Some((tree, size))
    }

    fn count(&mut self, size: usize, place: Place) -> Option<()> {
        self.values = self.values.saturating_add(size);
        if self.values > VALUES_MAX { self.tell(place, &DocumentIssue::TooMany { expected: VALUES_MAX }) } else { Some(()) }
    }

    fn list(&mut self, events: Events<'_, '_>, depth: usize) -> Option<(Kind, usize)> {
        let (mut items, mut size) = (Vec::new(), 1);
        loop {
            let (event, span) = self.next(events)?;
            if matches!(event, Event::SequenceEnd) {
                return Some((Kind::List(items), size));
            }
            let (item, of_item) = self.value(event, &span, events, depth + 1)?;
            items.push(item);
            size += of_item;
        }
    }

    fn map(&mut self, events: Events<'_, '_>, depth: usize) -> Option<(Kind, usize)> {
        let (mut entries, mut merged, mut size): (Vec<Entry>, Vec<Entry>, usize) = (Vec::new(), Vec::new(), 1);
        let mut places: BTreeMap<String, Place> = BTreeMap::new();
        loop {
            let (event, span) = self.next(events)?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let key_place = of_span(&span);
            let is_merge = matches!(&event, Event::Scalar(key, ScalarStyle::Plain, _, None) if key == "<<");
            let key = self.key(event, &span, events, depth)?;
            let (event, span) = self.next(events)?;
            let (value, of_value) = self.value(event, &span, events, depth + 1)?;
            size += of_value + 1;
            if is_merge {
                self.merge(value, &mut merged)?;
                continue;
            }
            if let Some(first) = places.insert(key.clone(), key_place) {
                // Reading goes on, so that every second key is told.
                self.tell::<()>(key_place, &DocumentIssue::DuplicateKey { key: key.clone(), line: first.line });
            }
            entries.push(Entry { key, key_place, value });
        }
        // A key that the map has itself goes before a merged one, and an earlier merge before a later one.
        let mut known: BTreeSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        entries.extend(merged.into_iter().filter(|entry| known.insert(entry.key.clone())));
        Some((Kind::Map(entries), size))
    }

    /// Keys are texts; a number or a boolean is taken as it is written.
    fn key(&mut self, event: Event<'_>, span: &Span, events: Events<'_, '_>, depth: usize) -> Option<String> {
        match event {
            Event::Scalar(text, _, id, _) => {
                if id != 0 {
                    self.anchors.insert(id, (Tree::new(of_span(span), Kind::Text(text.clone().into_owned())), 1));
                }
                Some(text.into_owned())
            }
            event => {
                let value = self.value(event, span, events, depth + 1)?.0;
                match value.kind {
                    Kind::Text(text) => Some(text),
                    _ => self.tell(of_span(span), &DocumentIssue::KeyIsNoText),
                }
            }
        }
    }

    fn merge(&mut self, value: Tree, merged: &mut Vec<Entry>) -> Option<()> {
        match value.kind {
            Kind::Map(entries) => merged.extend(entries),
            Kind::List(items) => items.into_iter().try_for_each(|item| match item.kind {
                Kind::Map(entries) => {
                    merged.extend(entries);
                    Some(())
                }
                _ => self.tell(item.place, &DocumentIssue::MergeOfNoMap),
            })?,
            _ => return self.tell(value.place, &DocumentIssue::MergeOfNoMap),
        }
        Some(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, (place, tag_place): (Place, Place)) -> Option<Kind> {
        if let Some(tag) = tag {
            if tag.is_yaml_core_schema_tag("str") {
                return Some(Kind::Text(text.to_owned()));
            }
            let plain = ["int", "float", "bool", "null"].iter().any(|name| tag.is_yaml_core_schema_tag(name));
            if !plain {
                return self.tell(tag_place, &DocumentIssue::Tag { tag: tag.original() });
            }
        } else if style != ScalarStyle::Plain {
            return Some(Kind::Text(text.to_owned()));
        }
        match plain(text) {
            Ok(kind) => Some(kind),
            Err(number) => self.tell(place, &DocumentIssue::HugeNumber { number: number.into_owned() }),
        }
    }

    fn check_tag(&mut self, tag: Option<&Tag>, own: &str, place: Place) -> Option<()> {
        match tag {
            Some(tag) if !tag.is_yaml_core_schema_tag(own) => self.tell(place, &DocumentIssue::Tag { tag: tag.original() }),
            _ => Some(()),
        }
    }
}

fn is_structure(event: &Event<'_>) -> bool {
    matches!(event, Event::SequenceEnd | Event::MappingEnd | Event::StreamEnd)
}

fn of_marker(marker: Marker) -> Place {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    Place { line: number(marker.line()), column: number(marker.col()).saturating_add(1) }
}

fn of_span(span: &Span) -> Place {
    of_marker(span.start)
}

fn syntax(error: &ScanError) -> DocumentIssue {
    DocumentIssue::Syntax { problem: error.info() }
}

/// What a plain scalar is by the core schema of YAML 1.2 (<https://yaml.org/spec/1.2.2/#103-core-schema>); a number that 64 bits do
/// not hold comes back.
fn plain(text: &str) -> Result<Kind, Cow<'_, str>> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Kind::Null),
        "true" | "True" | "TRUE" => return Ok(Kind::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Kind::Bool(false)),
        ".nan" | ".NaN" | ".NAN" => return Ok(Kind::Float(f64::NAN)),
        _ => {}
    }
    let (sign, digits) = match text.as_bytes()[0] {
        b'-' => (-1.0, &text[1..]),
        b'+' => (1.0, &text[1..]),
        _ => (1.0, text),
    };
    if matches!(digits, ".inf" | ".Inf" | ".INF") {
        return Ok(Kind::Float(sign * f64::INFINITY));
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) =
            text.strip_prefix(prefix).filter(|digits| !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix)))
        {
            return i64::from_str_radix(digits, radix).map(Kind::Integer).map_err(|_| Cow::Borrowed(text));
        }
    }
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map(Kind::Integer).map_err(|_| Cow::Borrowed(text));
    }
    if is_float(digits) {
        // A number past the range of `f64` becomes infinite, which nobody wrote.
        return match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Kind::Float(number)),
            _ => Err(Cow::Borrowed(text)),
        };
    }
    Ok(Kind::Text(text.to_owned()))
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, without its sign.
fn is_float(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = text.split_once(['e', 'E']).map_or((text, None), |(mantissa, exponent)| (mantissa, Some(exponent)));
    let whole = match mantissa.split_once('.') {
        Some((before, after)) => digits(before) && digits(after) && !(before.is_empty() && after.is_empty()),
        None => digits(mantissa) && !mantissa.is_empty(),
    };
    whole
        && exponent.is_none_or(|exponent| {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Kind {
        parse(text).unwrap_or_else(|report| panic!("{text:?}: {report}")).kind
    }

    fn code(text: &str) -> (&'static str, Option<(u32, u32)>) {
        let report = parse(text).expect_err("refused");
        let finding = report.iter().next().expect("a finding");
        (finding.code.code, finding.origin.map(|origin| (origin.line(), origin.column())))
    }

    #[test]
    fn plain_scalars_are_read_by_the_core_schema() {
        for (text, expected) in [
            ("3000", Kind::Integer(3000)),
            ("-7", Kind::Integer(-7)),
            ("+7", Kind::Integer(7)),
            ("0o17", Kind::Integer(15)),
            ("0xff", Kind::Integer(255)),
            ("0.25", Kind::Float(0.25)),
            (".5", Kind::Float(0.5)),
            ("1e3", Kind::Float(1000.0)),
            ("-.inf", Kind::Float(f64::NEG_INFINITY)),
            ("true", Kind::Bool(true)),
            ("FALSE", Kind::Bool(false)),
            ("yes", Kind::Text("yes".into())),
            ("on", Kind::Text("on".into())),
            ("1.2.3", Kind::Text("1.2.3".into())),
            ("12:30", Kind::Text("12:30".into())),
            ("1_000", Kind::Text("1_000".into())),
            ("0x", Kind::Text("0x".into())),
            (".", Kind::Text(".".into())),
            ("'3000'", Kind::Text("3000".into())),
            ("\"true\"", Kind::Text("true".into())),
            ("!!str 5", Kind::Text("5".into())),
            ("!!int '5'", Kind::Integer(5)),
        ] {
            assert_eq!(value(text), expected, "{text:?}");
        }
    }

    #[test]
    fn json_is_read_too() {
        let tree = parse(r#"{"a": [1, 2.5, null, true, "x\u00e4\n"], "b": {}}"#).expect("JSON");
        let Some(Kind::List(items)) = tree.get("a").map(|a| &a.kind) else { panic!("{tree:?}") };
        let kinds: Vec<_> = items.iter().map(|item| item.kind.clone()).collect();
        assert_eq!(kinds, [Kind::Integer(1), Kind::Float(2.5), Kind::Null, Kind::Bool(true), Kind::Text("x\u{e4}\n".into())]);
        assert_eq!(tree.get("b").map(|b| b.kind.clone()), Some(Kind::Map(vec![])));
    }

    #[test]
    fn everything_knows_its_place() {
        let tree = parse("# first\nresources:\n  photos:\n    type: bucket\n").expect("YAML");
        let photos = tree.get("resources").and_then(|all| all.entry("photos")).expect("there");
        assert_eq!(photos.key_place, Place { line: 3, column: 3 });
        assert_eq!(photos.value.get("type").map(|kind| kind.place), Some(Place { line: 4, column: 11 }));
    }

    #[test]
    fn anchors_and_merges_are_copies() {
        let tree = parse("base: &b {x: 1, y: 2}\none:\n  <<: *b\n  y: 3\ntwo: {<<: [{z: 1}, *b]}\nthree: *b\n").expect("YAML");
        let integers = |key: &str| -> Vec<_> {
            tree.get(key).expect("there").entries().iter().map(|entry| (entry.key.clone(), entry.value.kind.clone())).collect()
        };
        let entry = |key: &str, value| (key.to_owned(), Kind::Integer(value));
        assert_eq!(integers("one"), [entry("y", 3), entry("x", 1)]);
        assert_eq!(integers("two"), [entry("z", 1), entry("x", 1), entry("y", 2)]);
        assert_eq!(integers("three"), [entry("x", 1), entry("y", 2)]);
    }

    #[test]
    fn what_is_no_document_is_told_with_its_place() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for (name, of) in [("b", "a"), ("c", "b"), ("d", "c"), ("e", "d"), ("f", "e"), ("g", "f")] {
            bomb.extend([name, ": &", name, " [", &vec![format!("*{of}"); 10].join(","), "]\n"]);
        }
        for (text, expected) in [
            ("", ("document::empty", Some((1, 1)))),
            ("# nothing\n", ("document::empty", Some((1, 1)))),
            ("a: 1\na: 2\n", ("document::duplicate_key", Some((2, 1)))),
            ("a: 1\n---\nb: 2\n", ("document::second_document", Some((3, 1)))),
            ("a: 99999999999999999999\n", ("document::huge_number", Some((1, 4)))),
            ("a: 1e999\n", ("document::huge_number", Some((1, 4)))),
            ("a: !Ref x\n", ("document::tag", Some((1, 4)))),
            ("? [1]\n: 2\n", ("document::key_is_no_text", Some((1, 3)))),
            ("a:\n  <<: 5\n", ("document::merge_of_no_map", Some((2, 7)))),
            ("a: &x [*x]\n", ("document::alias_inside", Some((1, 8)))),
        ] {
            assert_eq!(code(text), expected, "{text:?}");
        }
        assert_eq!(code("a: [1").0, "document::syntax");
        assert_eq!(code("a: *nothing\n").0, "document::syntax");
        assert_eq!(code(&deep).0, "document::too_deep");
        assert_eq!(code(&bomb).0, "document::too_many");
    }

    #[test]
    fn every_duplicate_key_is_told() {
        let report = parse("a: 1\na: 2\nb: {c: 1, c: 2}\n").expect_err("refused");
        assert_eq!(report.errors(), 2, "{report}");
    }
}
