//! The layout of a printed template: one space of indentation a level.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// The JSON of a value, with a line break at the end.
pub(crate) fn json(value: &impl Serialize, capacity: usize) -> Result<String, serde_json::Error> {
    let mut bytes = Vec::with_capacity(capacity);
    value.serialize(&mut Serializer::with_formatter(&mut bytes, Indented::default()))?;
    bytes.push(b'\n');
    String::from_utf8(bytes).map_err(serde::ser::Error::custom)
}

/// Prints what `PrettyFormatter` of `serde_json` does, which writes each space of an indentation by itself and takes nearly twice as
/// long.
#[derive(Default)]
struct Indented {
    depth: usize,
    /// Whether the innermost list or object has an element.
    filled: bool,
}

/// What stands between two elements, written at once; deeper lines are indented in several writes.
const LINE: &[u8; 66] = b",\n                                                                ";

impl Indented {
    fn begin(&mut self, writer: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        writer.write_all(bracket)
    }

    fn end(&mut self, writer: &mut (impl Write + ?Sized), bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled {
            self.line(writer, true)?;
        }
        writer.write_all(bracket)
    }

    /// Begins a line, behind a comma unless it is the first.
    fn line(&self, writer: &mut (impl Write + ?Sized), first: bool) -> io::Result<()> {
        let spaces = LINE.len() - 2;
        let mut written = self.depth.min(spaces);
        writer.write_all(&LINE[usize::from(first)..written + 2])?;
        while written < self.depth {
            let more = (self.depth - written).min(spaces);
            writer.write_all(&LINE[2..more + 2])?;
            written += more;
        }
        Ok(())
    }
}

impl Formatter for Indented {
    fn begin_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.line(writer, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn pretty(value: &Value) -> String {
        let mut bytes = Vec::new();
        let formatter = serde_json::ser::PrettyFormatter::with_indent(b" ");
        value.serialize(&mut Serializer::with_formatter(&mut bytes, formatter)).expect("a tree");
        String::from_utf8(bytes).expect("UTF-8") + "\n"
    }

    #[test]
    fn the_layout_is_that_of_serde_json() {
        let mut deep = json!([1, {"a": [], "b": {}}]);
        for _ in 0..140 {
            deep = json!({"inside": [deep, null]});
        }
        for value in [json!({}), json!([]), json!({"a": [{}, [], {"b": "c\n"}], "d": 1.5}), deep] {
            assert_eq!(json(&value, 0).expect("a tree"), pretty(&value));
        }
    }
}
