//! Tables of events: an enum with a variant for each kind, which documents spell as `type` and `properties`.

macro_rules! event_table {
    (
        $(#[$enum_doc:meta])* $events:ident, by $(#[$trait_doc:meta])* $event_type:ident:
        $($(#[$doc:meta])* $kind:ident($event:ty) = $key:literal;)*
    ) => {
        $(#[$enum_doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $events {
            $(
                $(#[$doc])*
                #[doc = concat!("YAML: `", $key, "`.")]
                $kind($event),
            )*
        }

        $(#[$trait_doc])*
        pub trait $event_type: Sized + 'static {
            /// The event, if it is of this kind.
            fn of(event: &$events) -> Option<&Self>;
        }

        #[cfg(feature = "yaml")]
        impl $crate::document::Decode for $events {
            #[inline]
            fn decode(tree: &$crate::document::Tree, at: &mut $crate::document::Reader<'_>) -> Option<Self> {
                let (kind, properties) = at.tagged(tree, &[$($key),*])?;
                match kind {
                    $($key => <$event>::decode(&properties, at).map(Self::$kind),)*
                    _ => None,
                }
            }
        }

        impl serde::Serialize for $events {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$kind(properties) => $crate::document::Tagged { kind: $key, properties }.serialize(serializer)),*
                }
            }
        }

        $(
            impl $event_type for $event {
                fn of(event: &$events) -> Option<&Self> {
                    match event {
                        $events::$kind(event) => Some(event),
                        #[allow(unreachable_patterns, reason = "a table may have one row")]
                        _ => None,
                    }
                }
            }

            impl From<$event> for $events {
                fn from(event: $event) -> Self {
                    Self::$kind(event)
                }
            }
        )*
    };
}

pub(crate) use event_table;
