//! Where the user wrote something.

use std::fmt;
use std::panic::Location;

/// The place in the user's own program, or in a document, where a value was written.
///
/// Two origins are always equal: where a value was written is no part of what it says, and values are
/// compared by what they say.
#[derive(Clone, Copy)]
pub struct Origin(Place);

#[derive(Clone, Copy)]
enum Place {
    Program(&'static Location<'static>),
    Document { line: u32, column: u32 },
}

impl Origin {
    /// The place of the caller, through every `#[track_caller]` function on the way.
    #[track_caller]
    pub fn here() -> Self {
        Self(Place::Program(Location::caller()))
    }

    /// A place in the document that the stack is read from; line and column are counted from one.
    pub const fn document(line: u32, column: u32) -> Self {
        Self(Place::Document { line, column })
    }

    /// The file of the program as the compiler was given it; none in a document, which is known to whoever read it.
    pub const fn file(&self) -> Option<&'static str> {
        match self.0 {
            Place::Program(location) => Some(location.file()),
            Place::Document { .. } => None,
        }
    }

    /// The line, counted from one.
    pub const fn line(&self) -> u32 {
        match self.0 {
            Place::Program(location) => location.line(),
            Place::Document { line, .. } => line,
        }
    }

    /// What places are sorted by.
    pub(crate) fn place(self) -> (Option<&'static str>, u32, u32) {
        (self.file(), self.line(), self.column())
    }

    /// The column, counted from one.
    pub const fn column(&self) -> u32 {
        match self.0 {
            Place::Program(location) => location.column(),
            Place::Document { column, .. } => column,
        }
    }
}

impl PartialEq for Origin {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Place::Program(location) => fmt::Display::fmt(location, f),
            Place::Document { line, column } => write!(f, "line {line}, column {column}"),
        }
    }
}
