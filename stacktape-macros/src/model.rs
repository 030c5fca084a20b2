//! `#[model]`: builders that cannot fail, and `parts()`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Error, Field, Fields, GenericArgument, Ident, PathArguments, Result, Token, Type, parse_quote};

use crate::keyed::{self, KeyedField, Shape};

pub(crate) fn expand(arguments: &str, mut input: DeriveInput) -> Result<TokenStream> {
    let name = input.ident.clone();
    let shape = match arguments {
        "" => Shape::Map,
        "brief" => Shape::Brief,
        "switch" => Shape::Switch,
        "resource" => Shape::Resource,
        "group" => Shape::Group,
        _ => {
            return Err(Error::new_spanned(&name, "expected `#[model]`, or one with `brief`, `switch`, `resource` or `group` in brackets"));
        }
    };
    let Data::Struct(data) = &mut input.data else {
        return Err(Error::new_spanned(&name, "a model type is a struct with named fields"));
    };
    let Fields::Named(fields) = &mut data.fields else {
        return Err(Error::new_spanned(&name, "a model type is a struct with named fields"));
    };
    let fields = fields.named.iter_mut().map(ModelField::take).collect::<Result<Vec<_>>>()?;
    let builder = builder(&name, &fields);
    let parts = parts(&name, &fields);
    let document = document(&name, &fields, shape);
    Ok(quote! {
        #[derive(Clone, Debug, PartialEq, ::derive_builder::Builder)]
        #[builder(pattern = "owned", setter(into), create_empty = "empty", custom_constructor, build_fn(private, name = "finish", error = "::derive_builder::UninitializedFieldError"))]
        #input
        #builder
        #parts
        #document
    })
}

fn document(name: &Ident, fields: &[ModelField], shape: Shape) -> TokenStream {
    let elsewhere = |field: &ModelField| shape == Shape::Resource && (field.name == "name" || field.name == "overrides");
    let keyed = fields.iter().filter(|field| field.role != Role::Origin && !elsewhere(field)).map(|field| KeyedField {
        name: field.name.clone(),
        ty: field.ty.clone(),
        key: field.key.clone(),
        required: field.role == Role::Argument,
        group: field.group,
        read_by: field.read_by.clone(),
    });
    let has_origin = fields.iter().any(|field| field.role == Role::Origin);
    keyed::expand(name, &keyed.collect::<Vec<_>>(), shape, has_origin)
}

/// How a field is set.
#[derive(PartialEq)]
enum Role {
    Argument,
    Each(Ident),
    Origin,
    Other,
}

struct ModelField {
    name: Ident,
    ty: Type,
    docs: Vec<Attribute>,
    role: Role,
    key: String,
    group: bool,
    read_by: Option<syn::Path>,
}

impl ModelField {
    /// Reads the marks of a field and replaces them by those of `derive_builder`.
    fn take(field: &mut Field) -> Result<Self> {
        let name = field.ident.clone().ok_or_else(|| Error::new_spanned(&*field, "a model field has a name"))?;
        let mut role = if name == "origin" { Role::Origin } else { Role::Other };
        let key = keyed::key_of(&name, &field.attrs)?;
        let read_by = keyed::reader_of(&field.attrs)?;
        let (mut own, mut group) = (false, false);
        let mut kept = Vec::new();
        for attribute in std::mem::take(&mut field.attrs) {
            if attribute.path().is_ident("argument") {
                role = Role::Argument;
            } else if attribute.path().is_ident("each") {
                role = Role::Each(attribute.parse_args()?);
            } else if attribute.path().is_ident("own") {
                own = true;
            } else if attribute.path().is_ident("group") {
                group = true;
            } else if attribute.path().is_ident("key") || attribute.path().is_ident("read_by") {
                // Read above.
            } else {
                kept.push(attribute);
            }
        }
        field.attrs.clone_from(&kept);
        let setter = match role {
            Role::Argument | Role::Origin | Role::Each(_) => quote!(setter(custom)),
            Role::Other if own => quote!(setter(custom)),
            // With `into`, a literal such as `20` would be an `i32`, which is no `u16`.
            Role::Other if inner(&field.ty, "Option").is_some_and(is_primitive) => quote!(setter(into = false, strip_option)),
            Role::Other if inner(&field.ty, "Option").is_some() => quote!(setter(into, strip_option)),
            Role::Other if is_primitive(&field.ty) => quote!(setter(into = false)),
            Role::Other => quote!(setter(into)),
        };
        field.attrs.push(match role {
            Role::Argument | Role::Origin => parse_quote!(#[builder(#setter)]),
            // The builder holds the value itself, its default to begin with: an `Option` around it would be taken apart for each field
            // of each type, which every user would compile.
            Role::Each(_) | Role::Other => {
                let (ty, build) = (field.ty.to_token_stream().to_string(), format!("self.{name}"));
                parse_quote!(#[builder(#setter, field(ty = #ty, build = #build))])
            }
        });
        let docs = kept.into_iter().filter(|attribute| attribute.path().is_ident("doc")).collect();
        Ok(Self { name, ty: field.ty.clone(), docs, role, key, group, read_by })
    }
}

fn builder(name: &Ident, fields: &[ModelField]) -> TokenStream {
    let builder = format_ident!("{name}Builder");
    let arguments = || fields.iter().filter(|field| field.role == Role::Argument);
    // A literal such as `20` would be an `i32`, which is no `u16`.
    let taken =
        arguments().map(|ModelField { name, ty, .. }| if is_primitive(ty) { quote!(#name: #ty) } else { quote!(#name: impl Into<#ty>) });
    let set = arguments().map(|ModelField { name, ty, .. }| {
        let value = if is_primitive(ty) { quote!(#name) } else { quote!(#name.into()) };
        quote!(builder.#name = Some(#value);)
    });
    let origin =
        fields.iter().any(|field| field.role == Role::Origin).then(|| quote!(builder.origin = Some(crate::origin::Origin::here());));
    let lists = fields.iter().filter_map(|field| match &field.role {
        Role::Each(each) => Some(list_setters(field, each)),
        _ => None,
    });
    let begins = format!("Begins a [`{name}`] with what it cannot do without.");
    let docs: Vec<&Attribute> = arguments().flat_map(|field| field.docs.iter()).collect();
    let separator = (!docs.is_empty()).then(|| quote!(#[doc = ""]));
    quote! {
        impl #name {
            #[doc = #begins]
            #separator
            #(#docs)*
            #[track_caller]
            pub fn builder(#(#taken),*) -> #builder {
                #[allow(unused_mut)]
                let mut builder = #builder::empty();
                #(#set)*
                #origin
                builder
            }
        }

        #[allow(clippy::must_use_candidate)]
        impl #builder {
            #(#lists)*

            /// Ends the building. It cannot fail: mistakes are reported together, when the stack is validated.
            pub fn build(self) -> #name {
                match self.finish() {
                    Ok(built) => built,
                    Err(error) => unreachable!("`builder` sets every required field: {error}"),
                }
            }
        }

        impl From<#builder> for #name {
            fn from(builder: #builder) -> Self {
                builder.build()
            }
        }
    }
}

fn list_setters(field: &ModelField, each: &Ident) -> TokenStream {
    let ModelField { name, ty, docs, .. } = field;
    let Some(item) = inner(ty, "Vec") else {
        return Error::new_spanned(ty, "`each` stands on a `Vec`").into_compile_error();
    };
    let one = format!("Adds one to [`Self::{name}`].");
    let setters = if each == name {
        None
    } else {
        Some(quote! {
            #(#docs)*
            ///
            /// Adds to what was given before.
            #[track_caller]
            pub fn #name(mut self, values: impl IntoIterator<Item = impl Into<#item>>) -> Self {
                self.#name.extend(values.into_iter().map(Into::into));
                self
            }
        })
    };
    quote! {
        #[doc = #one]
        ///
        #(#docs)*
        #[track_caller]
        pub fn #each(mut self, value: impl Into<#item>) -> Self {
            self.#name.push(value.into());
            self
        }
        #setters
    }
}

fn parts(name: &Ident, fields: &[ModelField]) -> TokenStream {
    let parts = format_ident!("{name}Parts");
    let fields: Vec<_> = fields.iter().filter(|field| field.role != Role::Origin).collect();
    let names: Vec<_> = fields.iter().map(|field| &field.name).collect();
    let types = fields.iter().map(|field| &field.ty);
    let docs = fields.iter().map(|field| &field.docs);
    let what = format!("Every field of a [`{name}`], lent: destructure it without `..`, and a new field is never forgotten.");
    quote! {
        #[doc = #what]
        #[derive(Debug)]
        pub struct #parts<'a> {
            #(#(#docs)* pub #names: &'a #types,)*
        }

        impl #name {
            /// Lends every field.
            pub fn parts(&self) -> #parts<'_> {
                #parts { #(#names: &self.#names),* }
            }
        }
    }
}

/// The `T` of a `Wrapper<T>`.
fn inner<'a>(ty: &'a Type, wrapper: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let arguments: &Punctuated<GenericArgument, Token![,]> = &arguments.args;
    match (segment.ident == wrapper, arguments.first()) {
        (true, Some(GenericArgument::Type(inner))) => Some(inner),
        _ => None,
    }
}

/// Whether a type is a number or a `bool`.
fn is_primitive(ty: &Type) -> bool {
    const PRIMITIVES: [&str; 9] = ["bool", "u8", "u16", "u32", "u64", "i32", "i64", "f32", "f64"];
    matches!(ty, Type::Path(path) if PRIMITIVES.iter().any(|primitive| path.path.is_ident(primitive)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_enum_is_refused() {
        let error = expand("", parse_quote! { enum Image { Prebuilt } }).expect_err("enums are written by hand");
        assert_eq!(error.to_string(), "a model type is a struct with named fields");
    }

    #[test]
    fn arguments_lists_and_options_get_their_setters() {
        let text = expand(
            "",
            parse_quote! {
                struct Container {
                    #[argument]
                    name: String,
                    #[each(event)]
                    events: Vec<Event>,
                    logging: Option<Logging>,
                    stop_timeout: Option<u16>,
                    essential: bool,
                    origin: Origin,
                }
            },
        )
        .expect("a struct")
        .to_string();
        for expected in [
            "pub fn builder (name : impl Into < String >) -> ContainerBuilder",
            "pub fn event (mut self , value : impl Into < Event >) -> Self",
            "pub fn events (mut self , values : impl IntoIterator < Item = impl Into < Event >>) -> Self",
            "setter (into , strip_option)",
            "setter (into = false , strip_option)",
            "setter (into = false) , field (ty = \"bool\" , build = \"self.essential\")",
            "builder . origin = Some (crate :: origin :: Origin :: here ())",
            "pub stop_timeout : & 'a Option < u16 >",
        ] {
            assert!(text.contains(expected), "no `{expected}` in {text}");
        }
        assert!(!text.contains("pub origin"), "where a value was written is no part of what it says");
    }
}
