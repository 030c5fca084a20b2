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

/// `Decode` and `Serialize` for a struct.
pub(crate) fn expand(name: &Ident, fields: &[KeyedField], shape: Shape, has_origin: bool) -> TokenStream {
    let decode = decode(name, fields, shape, has_origin);
    let serialize = serialize(name, fields, shape);
    quote!(#decode #serialize)
}

fn decode(name: &Ident, fields: &[KeyedField], shape: Shape, has_origin: bool) -> TokenStream {
    let keys: Vec<_> =
        (shape == Shape::Switch).then(|| "enabled".to_owned()).into_iter().chain(fields.iter().map(|field| field.key.clone())).collect();
    let reads = fields.iter().map(|KeyedField { name, ty, key, required }| {
        if *required {
            quote!(let #name: Option<#ty> = fields.required(#key, at);)
        } else {
            quote!(let #name: Option<#ty> = fields.optional(#key, at);)
        }
    });
    let sets = fields.iter().map(
        |KeyedField { name, required, .. }| {
            if *required { quote!(#name: #name?) } else { quote!(#name: #name.unwrap_or_default()) }
        },
    );
    if shape == Shape::Resource {
        return quote! {
            impl crate::resource::DecodeResource for #name {
                #[inline]
                #[allow(unused_variables)]
                fn decode_resource(
                    frame: crate::resource::Frame,
                    properties: &crate::document::Tree,
                    at: &mut crate::document::Reader<'_>,
                ) -> Option<Self> {
                    let fields = at.fields(properties, &[#(#keys),*])?;
                    #(#reads)*
                    Some(Self { #(#sets,)* name: frame.name, overrides: frame.overrides, origin: frame.origin })
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
                let enabled: bool = at.fields(tree, &[#(#keys),*])?.required("enabled", at)?;
                if enabled { read.map(Some) } else { Some(None) }
            }
        }
    });
    quote! {
        impl crate::document::Decode for #name {
            #[inline]
            #[allow(unused_variables)]
            fn decode(tree: &crate::document::Tree, at: &mut crate::document::Reader<'_>) -> Option<Self> {
                #brief
                let fields = at.fields(tree, &[#(#keys),*])?;
                #(#reads)*
                Some(Self { #(#sets,)* #origin })
            }

            #switch
        }
    }
}

fn serialize(name: &Ident, fields: &[KeyedField], shape: Shape) -> TokenStream {
    let switch = (shape == Shape::Switch).then(|| quote!(map.serialize_entry("enabled", &true)?;));
    let entries = fields.iter().map(|KeyedField { name, ty, key, required }| {
        if *required {
            quote!(map.serialize_entry(#key, &self.#name)?;)
        } else {
            quote!(if self.#name != <#ty>::default() { map.serialize_entry(#key, &self.#name)?; })
        }
    });
    quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use ::serde::ser::SerializeMap as _;
                let mut map = serializer.serialize_map(None)?;
                #switch
                #(#entries)*
                map.end()
            }
        }
    }
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
        fields.push(KeyedField { name, ty: field.ty.clone(), key, required });
    }
    Ok(expand(name, &fields, Shape::Map, has_origin))
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
