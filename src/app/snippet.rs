//! The line of a document that a finding is about, drawn with a mark below it.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use stacktape_model::origin::Origin;
use stacktape_model::report::Severity;

use super::report::Source;

/// Draws the line and marks what stands at the place.
pub(super) fn draw(source: Source<'_>, origin: Origin, severity: Severity, to: &mut dyn Write) -> io::Result<()> {
    let (begin, end) = span(source.text, origin);
    let mark = if severity == Severity::Error { Level::ERROR } else { Level::WARNING };
    let snippet = Snippet::source(source.text).path(source.name).annotation(AnnotationKind::Primary.span(begin..end));
    let drawn = Renderer::styled().render(&[Group::with_level(mark).element(snippet)]);
    for line in drawn.lines() {
        writeln!(to, "  {line}")?;
    }
    Ok(())
}

/// The bytes of the word at a place: up to the end of a key, of a scalar or of the line.
fn span(text: &str, origin: Origin) -> (usize, usize) {
    let (line, column) = (origin.line().saturating_sub(1) as usize, origin.column().saturating_sub(1) as usize);
    let begin: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let found = text[begin..].lines().next().unwrap_or_default().trim_end();
    let skipped = found.char_indices().nth(column).map_or(found.len(), |(index, _)| index);
    let word = &found[skipped..];
    let length = match word.chars().next() {
        Some(quote @ ('\'' | '"')) => word[1..].find(quote).map_or(word.len(), |end| end + 2),
        Some(_) => word.find([',', ']', '}']).unwrap_or(word.len()).min(word.find(": ").unwrap_or(word.len())),
        None => 0,
    };
    let word = word[..length].trim_end().trim_end_matches(':');
    (begin + skipped, begin + skipped + word.len().max(usize::from(skipped < found.len())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_covers_a_key_or_a_scalar() {
        let text = "a: 1\r\nbucket:\n  ty: 'x y' # z\n  l: [é, b]\n";
        for (line, column, expected) in
            [(1, 1, "a"), (1, 4, "1"), (2, 1, "bucket"), (3, 7, "'x y'"), (4, 7, "é"), (4, 10, "b"), (4, 99, ""), (9, 1, "l"), (0, 0, "a")]
        {
            let (begin, end) = span(text, Origin::document(line, column));
            let marked = &text[begin..end];
            if line < 9 {
                assert_eq!(marked, expected, "{line}:{column}");
            }
        }
    }
}
