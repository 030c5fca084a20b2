//! What runs the code of a function.

use crate::container::Language;
use crate::document::words;

macro_rules! runtimes {
    ($($family:ident: $($runtime:ident = $word:literal),*;)*) => {
        /// What runs the code of a function. YAML: `runtime`.
        ///
        /// These are the runtimes that Lambda still lets people create functions of.
        /// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Runtime {
            $($(
                #[doc = concat!("YAML: `", $word, "`.")]
                $runtime,
            )*)*
        }

        impl Runtime {
            /// Every runtime.
            pub const ALL: [Self; [$($($word),*),*].len()] = [$($(Self::$runtime),*),*];

            /// The runtime as YAML and Lambda spell it.
            pub const fn as_str(self) -> &'static str {
                match self { $($(Self::$runtime => $word),*),* }
            }

            pub(super) const fn family(self) -> Family {
                match self { $($(Self::$runtime)|* => Family::$family),* }
            }
        }
    };
}

/// How a runtime finds what it calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// A function in a file: `index.handler`.
    File,
    /// A method of a class: `shop.Order::handle`.
    Class,
    /// A program of its own, which may read the handler or not.
    Program,
}

runtimes! {
    File:
        NodeJs24 = "nodejs24.x", NodeJs22 = "nodejs22.x", NodeJs20 = "nodejs20.x", NodeJs18 = "nodejs18.x",
        Python314 = "python3.14", Python313 = "python3.13", Python312 = "python3.12", Python311 = "python3.11",
        Python310 = "python3.10", Python39 = "python3.9", Python38 = "python3.8",
        Ruby40 = "ruby4.0", Ruby34 = "ruby3.4", Ruby33 = "ruby3.3", Ruby32 = "ruby3.2";
    Class:
        Java25 = "java25", Java21 = "java21", Java17 = "java17", Java11 = "java11", Java8Al2 = "java8.al2",
        DotNet10 = "dotnet10", DotNet8 = "dotnet8", DotNet6 = "dotnet6";
    Program:
        ProvidedAl2023 = "provided.al2023", ProvidedAl2 = "provided.al2";
}

words!(Runtime);

/// The runtimes of a language begin with the same word, behind which its version stands.
const LANGUAGES: [(&str, Language); 5] = [
    ("nodejs", Language::Node),
    ("python", Language::Python),
    ("java", Language::Java),
    ("ruby", Language::Ruby),
    ("dotnet", Language::DotNet),
];

impl Runtime {
    /// The version of its language that a runtime has, as the language spells it; none where it runs any program.
    pub fn version(self) -> Option<&'static str> {
        let (_, rest) = self.split()?;
        Some(rest.trim_end_matches(".x").trim_end_matches(".al2"))
    }

    /// The language that a runtime runs; none where it runs any program.
    pub fn language(self) -> Option<Language> {
        self.split().map(|(language, _)| language)
    }

    fn split(self) -> Option<(Language, &'static str)> {
        LANGUAGES.iter().find_map(|(word, language)| Some((*language, self.as_str().strip_prefix(word)?)))
    }

    /// Whether the runtime has Amazon Linux 2 below it; later ones have Amazon Linux 2023.
    /// <https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>
    pub const fn is_on_amazon_linux_2(self) -> bool {
        matches!(
            self,
            Self::NodeJs18
                | Self::Python311
                | Self::Python310
                | Self::Python39
                | Self::Python38
                | Self::Ruby32
                | Self::Java17
                | Self::Java11
                | Self::Java8Al2
                | Self::DotNet6
                | Self::ProvidedAl2
        )
    }

    /// The runtime that programs of a language run on.
    pub(super) fn of(language: Language, version: Option<&str>) -> Option<Self> {
        match (language, version) {
            (Language::Go | Language::Php, _) => Some(Self::ProvidedAl2023),
            (Language::Node, None) => Some(Self::NodeJs24),
            (Language::Python, None) => Some(Self::Python313),
            (Language::Java, None) => Some(Self::Java25),
            (Language::Ruby, None) => Some(Self::Ruby33),
            (Language::DotNet, None) => Some(Self::DotNet10),
            (_, version) => Self::ALL.into_iter().find(|runtime| runtime.language() == Some(language) && runtime.version() == version),
        }
    }

    /// Whether programs of a language run on it.
    pub(super) fn runs(self, language: Language) -> bool {
        match language {
            Language::Go | Language::Php => self.family() == Family::Program,
            language => self.language() == Some(language),
        }
    }

    /// The latest one of its kind, where AWS has deprecated this one.
    pub(super) const fn successor(self) -> Option<Self> {
        match self {
            Self::NodeJs20 | Self::NodeJs18 => Some(Self::NodeJs24),
            Self::Python310 | Self::Python39 | Self::Python38 => Some(Self::Python314),
            Self::Ruby32 => Some(Self::Ruby40),
            Self::DotNet8 | Self::DotNet6 => Some(Self::DotNet10),
            Self::ProvidedAl2 => Some(Self::ProvidedAl2023),
            _ => None,
        }
    }
}
