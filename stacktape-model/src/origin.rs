//! Where the user wrote something.

use std::fmt;
use std::panic::Location;

/// The place in the user's own program where a value was written.
///
/// Two origins are always equal: where a value was written is no part of what it says, and values are
/// compared by what they say.
#[derive(Clone, Copy)]
pub struct Origin(&'static Location<'static>);

impl Origin {
    /// The place of the caller, through every `#[track_caller]` function on the way.
    #[track_caller]
    pub fn here() -> Self {
        Self(Location::caller())
    }

    /// The file as the compiler was given it.
    pub fn file(&self) -> &'static str {
        self.0.file()
    }

    /// The line, counted from one.
    pub fn line(&self) -> u32 {
        self.0.line()
    }

    /// What places are sorted by.
    pub(crate) fn place(self) -> (&'static str, u32, u32) {
        (self.file(), self.line(), self.column())
    }

    /// The column, counted from one.
    pub fn column(&self) -> u32 {
        self.0.column()
    }
}

impl PartialEq for Origin {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.0, f)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.0, f)
    }
}
