//! How a struct is read from and written to a document: a map with a key for each field.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, LitStr, Result, Type};

/// A field that stands in the document.
pub(crate) struct KeyedField {
    pub(crate) name: Ident,
    pub(crate) ty: Type,
    pub(crate) key: String,
    pub(crate) required: bool,
    /// Whether it reads itself from several keys.
    pub(crate) group: bool,
    /// The function that reads it, where how it is read depends on another field.
    pub(crate) read_by: Option<syn::Path>,
}

/// What surrounds the fields.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Shape {
    /// A map of its own.
    Map,
    /// A map of its own, or the text of its one required field alone.
    Brief,
    /// A map with a key `enabled`, which says whether the value is there at all.
    Switch,
    /// The `properties` of a resource, whose name and overrides stand elsewhere.
    Resource,
    /// A map of its own, or keys of the map of something larger.
    Group,
}

/// `containerPort` for `container_port`.
pub(crate) fn camel(name: &Ident) -> String {
    let mut out = String::new();
    for (index, word) in name.to_string().split('_').enumerate() {
        let mut letters = word.chars();
        match letters.next() {
            Some(first) if index > 0 => out.extend(first.to_uppercase().chain(letters)),
            Some(first) => out.extend(std::iter::once(first).chain(letters)),
            None => {}
        }
    }
    out
}

/// The key that a field is given by `#[key("..")]`, or its own name.
pub(crate) fn key_of(name: &Ident, attributes: &[Attribute]) -> Result<String> {
    match attributes.iter().find(|attribute| attribute.path().is_ident("key")) {
        Some(attribute) => Ok(attribute.parse_args::<LitStr>()?.value()),
        None => Ok(camel(name)),
    }
}

/// The function of `#[read_by(..)]`.
pub(crate) fn reader_of(attributes: &[Attribute]) -> Result<Option<syn::Path>> {
    attributes.iter().find(|attribute| attribute.path().is_ident("read_by")).map(Attribute::parse_args).transpose()
}

/// `Decode` and `Serialize` for a struct.
pub(crate) fn expand(name: &Ident, fields: &[KeyedField], shape: Shape, has_origin: bool) -> TokenStream {
    let decode = decode(name, fields, shape, has_origin);
    let serialize = serialize(name, fields, shape);
    quote!(#decode #serialize)
}

fn decode(name: &Ident, fields: &[KeyedField], shape: Shape, has_origin: bool) -> TokenStream {
    let own = fields.iter().filter(|field| !field.group).map(|field| field.key.clone());
    let keys: Vec<_> = (shape == Shape::Switch).then(|| "enabled".to_owned()).into_iter().chain(own).collect();
    let groups: Vec<_> = fields.iter().filter(|field| field.group).map(|field| &field.ty).collect();
    let keys = if groups.is_empty() {
        quote!(&[#(#keys),*])
    } else {
        quote!(&[&[#(#keys),*][..], #(<#groups as crate::document::Group>::KEYS),*].concat())
    };
    let reads = reads(fields);
    let sets = fields.iter().map(
        |KeyedField { name, required, group, .. }| {
            if *required || *group { quote!(#name: #name?) } else { quote!(#name: #name.unwrap_or_default()) }
        },
    );
    if shape == Shape::Resource {
        return quote! {
            #[cfg(feature = "yaml")]
            impl crate::resource::DecodeResource for #name {
                #[inline]
                #[allow(unused_variables)]
                fn decode_resource(
                    frame: crate::resource::Frame,
                    properties: &crate::document::Tree,
                    at: &mut crate::document::Reader<'_>,
                ) -> Option<Self> {
                    let fields = at.properties(properties, #keys)?;
                    #(#reads)*
                    Some(Self { #(#sets,)* name: frame.name, overrides: frame.overrides, origin: frame.origin })
                }
            }
        };
    }
    if shape == Shape::Group {
        let entries = entries(fields);
        let origin = has_origin.then(|| quote!(origin: fields.origin()));
        return quote! {
            impl crate::document::Group for #name {
                const KEYS: &'static [&'static str] = #keys;

                #[cfg(feature = "yaml")]
                #[inline]
                fn decode_group(fields: &crate::document::Fields<'_>, at: &mut crate::document::Reader<'_>) -> Option<Self> {
                    #(#reads)*
                    Some(Self { #(#sets,)* #origin })
                }

                fn serialize_group<M: ::serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                    #(#entries)*
                    Ok(())
                }
            }

            #[cfg(feature = "yaml")]
            impl crate::document::Decode for #name {
                #[inline]
                fn decode(tree: &crate::document::Tree, at: &mut crate::document::Reader<'_>) -> Option<Self> {
                    let fields = at.fields(tree, <Self as crate::document::Group>::KEYS)?;
                    <Self as crate::document::Group>::decode_group(&fields, at)
                }
            }
        };
    }
    let origin = has_origin.then(|| quote!(origin: tree.place.origin()));
    let brief = fields.iter().find(|field| shape == Shape::Brief && field.required).map(|KeyedField { name: required, .. }| {
        let others = fields.iter().map(|field| &field.name).filter(|name| *name != required);
        let origin = &origin;
        quote! {
            if matches!(tree.kind, crate::document::Kind::Text(_)) {
                let #required = crate::document::Decode::decode(tree, at)?;
                return Some(Self { #required, #(#others: Default::default(),)* #origin });
            }
        }
    });
    let switch = (shape == Shape::Switch).then(|| {
        quote! {
            #[inline]
            #[allow(clippy::option_option)]
            fn decode_option(tree: &crate::document::Tree, at: &mut crate::document::Reader<'_>) -> Option<Option<Self>> {
                let read = Self::decode(tree, at);
                let enabled: bool = at.fields(tree, #keys)?.required("enabled", at)?;
                if enabled { read.map(Some) } else { Some(None) }
            }
        }
    });
    quote! {
        #[cfg(feature = "yaml")]
        impl crate::document::Decode for #name {
            #[inline]
            #[allow(unused_variables)]
            fn decode(tree: &crate::document::Tree, at: &mut crate::document::Reader<'_>) -> Option<Self> {
                #brief
                let fields = at.fields(tree, #keys)?;
                #(#reads)*
                Some(Self { #(#sets,)* #origin })
            }

            #switch
        }
    }
}

fn serialize(name: &Ident, fields: &[KeyedField], shape: Shape) -> TokenStream {
    let switch = (shape == Shape::Switch).then(|| quote!(map.serialize_entry("enabled", &true)?;));
    let entries =
        if shape == Shape::Group { vec![quote!(crate::document::Group::serialize_group(self, map)?;)] } else { entries(fields).collect() };
    quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeMap as _;
                let mut entries = serializer.serialize_map(None)?;
                let map = &mut entries;
                #switch
                #(#entries)*
                entries.end()
            }
        }
    }
}

/// Reads each field into a variable of its name.
fn reads(fields: &[KeyedField]) -> impl Iterator<Item = TokenStream> {
    fields.iter().map(|KeyedField { name, ty, key, required, group, read_by }| {
        if *group {
            quote!(let #name: Option<#ty> = crate::document::Group::decode_group(&fields, at);)
        } else if let Some(read) = read_by {
            quote!(let #name: Option<#ty> = #read(&fields, at);)
        } else if *required {
            quote!(let #name: Option<#ty> = fields.required(#key, at);)
        } else {
            quote!(let #name: Option<#ty> = fields.optional(#key, at);)
        }
    })
}

/// Writes each field into the map of this name.
fn entries(fields: &[KeyedField]) -> impl Iterator<Item = TokenStream> {
    fields.iter().map(|KeyedField { name, ty, key, required, group, read_by: _ }| {
        if *group {
            quote!(crate::document::Group::serialize_group(&self.#name, &mut *map)?;)
        } else if *required {
            quote!(map.serialize_entry(#key, &self.#name)?;)
        } else {
            quote!(if self.#name != <#ty>::default() { map.serialize_entry(#key, &self.#name)?; })
        }
    })
}

/// `#[derive(Keyed)]`.
pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let Data::Struct(data) = &input.data else { return Err(Error::new_spanned(name, "a keyed type is a struct with named fields")) };
    let Fields::Named(named) = &data.fields else { return Err(Error::new_spanned(name, "a keyed type is a struct with named fields")) };
    let mut fields = Vec::new();
    let mut has_origin = false;
    for field in &named.named {
        let name = field.ident.clone().ok_or_else(|| Error::new_spanned(field, "a keyed field has a name"))?;
        if name == "origin" {
            has_origin = true;
            continue;
        }
        let key = key_of(&name, &field.attrs)?;
        let required = field.attrs.iter().any(|attribute| attribute.path().is_ident("required"));
        let group = field.attrs.iter().any(|attribute| attribute.path().is_ident("group"));
        let read_by = reader_of(&field.attrs)?;
        fields.push(KeyedField { name, ty: field.ty.clone(), key, required, group, read_by });
    }
    let is_group = input.attrs.iter().any(|attribute| attribute.path().is_ident("group"));
    Ok(expand(name, &fields, if is_group { Shape::Group } else { Shape::Map }, has_origin))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn keys_are_in_camel_case_unless_they_are_given() {
        let text = derive(&parse_quote! {
            struct Statement {
                #[key("Sid")]
                sid: Option<String>,
                #[required]
                container_port: u16,
                origin: Origin,
            }
        })
        .expect("a struct")
        .to_string();
        for expected in [
            "fields . optional (\"Sid\" , at)",
            "fields . required (\"containerPort\" , at)",
            "origin : tree . place . origin ()",
            "map . serialize_entry (\"containerPort\" , & self . container_port)",
        ] {
            assert!(text.contains(expected), "no `{expected}` in {text}");
        }
    }
}
