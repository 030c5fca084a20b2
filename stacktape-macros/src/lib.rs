//! What `stacktape` has written for it at compile time: the builders of model types and the bookkeeping
//! of issues. Pure token functions; no file and no network is touched.

mod issue;
mod keyed;
mod model;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a model type.
///
/// The setters come from `derive_builder` (owned pattern). This macro adds what makes building total:
/// `X::builder(arguments..)`, `XBuilder::build()` that cannot fail, `From<XBuilder> for X`, and
/// `X::parts()`, which lends every field, so that code which lowers `X` stops compiling when a field is
/// added.
///
/// Fields are marked with
/// - `#[argument]`: required; an argument of `builder(..)`, in the order of the fields;
/// - `#[each(name)]`: a `Vec`; `name(x)` pushes one element, the setter named like the field extends;
/// - `#[own]`: the type writes this field's setters itself;
/// - `#[key("..")]`: the key in a document, where it is not the field's name in camel case;
/// - `#[group]`: in a document, several keys beside those of the other fields, which the type reads as a `Group`;
/// - `#[read_by(function)]`: what reads the field from a document, where that depends on another field;
/// - nothing: a plain setter; an `Option` is set by its inner value.
///
/// A field `origin` is filled with the place where `builder(..)` was called.
///
/// The type reads itself from a document and writes itself into one, as a map. `#[model(switch)]`: the map has a key `enabled`, too.
/// `#[model(resource)]`: the map is the `properties` of a resource; `name` and `overrides` stand elsewhere. `#[model(group)]`: the type is
/// a `Group` as well, whose keys can stand in the map of something larger.
/// `#[model(brief)]`: the one argument may stand for the whole map.
#[proc_macro_attribute]
pub fn model(arguments: TokenStream, input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    model::expand(&arguments.to_string(), input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Writes `Issue` for an enum of mistakes: its stable codes, severities, helps and links.
///
/// The enum carries `#[issue(module = "container")]`; a variant `StopTimeout` has then the code
/// `container::stop_timeout`. Each variant carries `#[issue(help = "..")]`, a format string over its
/// fields, and may add `yaml = ".."` (the same help in a document), `docs = "https://.."` (the AWS page
/// of the limit) and `warning`. A help that is one field as a whole says nothing in the list of codes:
/// it comes with `mend = ".."`.
#[proc_macro_derive(Issue, attributes(issue))]
pub fn issue(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    issue::expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Lets a struct read itself from a document and write itself into one, as a map with a key for each field.
///
/// A field marked `#[required]` cannot be left out; others have their `Default`. `#[key("..")]` names the key, where it is not the
/// field's name in camel case. `#[group]` marks a field that reads several keys. A field `origin` is the place in the document.
#[proc_macro_derive(Keyed, attributes(key, required, group, read_by))]
pub fn keyed(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    keyed::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
