//! The fields of states, and which types of states and query languages know them.

/// The types of states, as fields are marked with them.
pub(super) const TYPES: [(&str, char); 8] =
    [("Task", 'T'), ("Pass", 'P'), ("Choice", 'C'), ("Wait", 'W'), ("Succeed", 'S'), ("Fail", 'F'), ("Parallel", 'L'), ("Map", 'M')];

/// By what a state picks from its input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    JsonPath,
    Jsonata,
}

impl Language {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::JsonPath => "JSONPath",
            Self::Jsonata => "JSONata",
        }
    }

    pub(super) const fn other(self) -> Self {
        match self {
            Self::JsonPath => Self::Jsonata,
            Self::Jsonata => Self::JsonPath,
        }
    }
}

/// Fields, the types of states that have them, and the language where only one knows them.
/// <https://states-language.net/#state-type-table>
const FIELDS: &[(&str, &str, Option<Language>)] = &[
    ("Type Comment QueryLanguage", "TPCWSFLM", None),
    ("Next End", "TPWLM", None),
    ("Assign", "TPCWLM", None),
    ("Retry Catch", "TLM", None),
    ("Resource TimeoutSeconds HeartbeatSeconds Credentials", "T", None),
    ("Choices Default", "C", None),
    ("Seconds Timestamp", "W", None),
    ("Error Cause", "F", None),
    ("Branches", "L", None),
    (
        "ItemProcessor Iterator ItemReader ItemSelector ItemBatcher ResultWriter MaxConcurrency ToleratedFailureCount \
         ToleratedFailurePercentage Label",
        "M",
        None,
    ),
    ("InputPath OutputPath", "TPCWSFLM", Some(Language::JsonPath)),
    ("ResultPath Parameters", "TPLM", Some(Language::JsonPath)),
    ("ResultSelector", "TLM", Some(Language::JsonPath)),
    ("Result", "P", Some(Language::JsonPath)),
    ("TimeoutSecondsPath HeartbeatSecondsPath", "T", Some(Language::JsonPath)),
    ("SecondsPath TimestampPath", "W", Some(Language::JsonPath)),
    ("ErrorPath CausePath", "F", Some(Language::JsonPath)),
    ("ItemsPath MaxConcurrencyPath ToleratedFailureCountPath ToleratedFailurePercentagePath", "M", Some(Language::JsonPath)),
    ("Arguments", "TL", Some(Language::Jsonata)),
    ("Output", "TPCWSLM", Some(Language::Jsonata)),
    ("Items", "M", Some(Language::Jsonata)),
];

/// Whether a type of states has a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Knows {
    Not,
    In(Language),
    InBoth,
}

/// Whether a type of states has a field, and in which language.
pub(super) fn of_type(field: &str, kind: char) -> Knows {
    let known = FIELDS.iter().find(|(fields, kinds, _)| kinds.contains(kind) && fields.split_whitespace().any(|known| known == field));
    match known {
        None => Knows::Not,
        Some((_, _, None)) => Knows::InBoth,
        Some((_, _, Some(language))) => Knows::In(*language),
    }
}

/// Fields of which a type of states has one, and whether it must.
const ONE_OF: &[(char, &[&str], bool)] = &[
    ('W', &["Seconds", "Timestamp", "SecondsPath", "TimestampPath"], true),
    ('M', &["ItemProcessor", "Iterator"], true),
    ('M', &["MaxConcurrency", "MaxConcurrencyPath"], false),
    ('M', &["ToleratedFailureCount", "ToleratedFailureCountPath"], false),
    ('M', &["ToleratedFailurePercentage", "ToleratedFailurePercentagePath"], false),
    ('T', &["TimeoutSeconds", "TimeoutSecondsPath"], false),
    ('T', &["HeartbeatSeconds", "HeartbeatSecondsPath"], false),
    ('F', &["Error", "ErrorPath"], false),
    ('F', &["Cause", "CausePath"], false),
];

/// Fields of which a state of a type has one, and whether it must.
pub(super) fn one_of(kind: char) -> impl Iterator<Item = (&'static [&'static str], bool)> {
    ONE_OF.iter().filter(move |(of, _, _)| *of == kind).map(|(_, fields, required)| (*fields, *required))
}

/// The field that a type of states cannot do without.
pub(super) const fn required(kind: char) -> Option<&'static str> {
    match kind {
        'T' => Some("Resource"),
        'C' => Some("Choices"),
        'L' => Some("Branches"),
        _ => None,
    }
}
