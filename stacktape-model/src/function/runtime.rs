//! What runs the code of a function.

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

impl Runtime {
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
