//! What `stacktape` has written for it at compile time: the builders of model types and the bookkeeping
//! of issues. Pure token functions; no file and no network is touched.

mod issue;
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
/// - nothing: a plain setter; an `Option` is set by its inner value.
///
/// A field `origin` is filled with the place where `builder(..)` was called.
#[proc_macro_attribute]
pub fn model(_arguments: TokenStream, input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    model::expand(input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Writes `Issue` for an enum of mistakes: its stable codes, severities, helps and links.
///
/// The enum carries `#[issue(module = "container")]`; a variant `StopTimeout` has then the code
/// `container::stop_timeout`. Each variant carries `#[issue(help = "..")]`, a format string over its
/// fields, and may add `docs = "https://.."` (the AWS page of the limit) and `warning`.
#[proc_macro_derive(Issue, attributes(issue))]
pub fn issue(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    issue::expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
