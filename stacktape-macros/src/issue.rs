//! `#[derive(Issue)]`: codes, severities, helps and links of an enum of mistakes.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Data, DeriveInput, Error, Expr, ExprLit, Fields, Lit, LitStr, Result, Variant};

pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let name = &input.ident;
    let Data::Enum(data) = &input.data else {
        return Err(Error::new_spanned(name, "issues are an enum"));
    };
    let module = IssueAttribute::of(&input.attrs)?.module.ok_or_else(|| Error::new_spanned(name, "add `#[issue(module = \"..\")]`"))?;
    let mut codes = Vec::new();
    let mut helps = Vec::new();
    let mut yaml_helps = Vec::new();
    let mut kinds = Vec::new();
    for (index, variant) in data.variants.iter().enumerate() {
        let attribute = IssueAttribute::of(&variant.attrs)?;
        let ident = &variant.ident;
        let help = attribute.help.ok_or_else(|| Error::new_spanned(ident, "add `#[issue(help = \"..\")]`"))?;
        let mend = mend(&help, attribute.mend.as_ref())?;
        let code = format!("{}::{}", module.value(), snake(&ident.to_string()));
        let docs = attribute.docs.map_or_else(|| quote!(None), |docs| quote!(Some(#docs)));
        let severity = if attribute.warning { quote!(Warning) } else { quote!(Error) };
        let meaning = doc_text(&variant.attrs);
        if meaning.is_empty() {
            return Err(Error::new_spanned(ident, "say in a doc comment what the rule guards"));
        }
        let pattern = pattern(variant)?;
        let yaml_mend = attribute.yaml.as_ref().map_or_else(
            || quote!(None),
            |yaml| {
                let mend = in_general(&yaml.value());
                quote!(Some(#mend))
            },
        );
        if let Some(yaml) = attribute.yaml {
            yaml_helps.push(quote!(Self::#ident #pattern => Some(format!(#yaml)),));
        }
        codes.push(quote! {
            ::stacktape_model::report::Code::new(#code, ::stacktape_model::report::Severity::#severity, #meaning, #mend, #docs)
                .in_yaml(#yaml_mend)
        });
        helps.push(quote!(Self::#ident #pattern => format!(#help)));
        let any = match variant.fields {
            Fields::Named(_) => quote!({ .. }),
            Fields::Unnamed(_) => quote!((..)),
            Fields::Unit => quote!(),
        };
        kinds.push(quote!(Self::#ident #any => &Self::CODES[#index]));
    }
    let yaml_help = (!yaml_helps.is_empty()).then(|| {
        quote! {
            #[allow(unused_variables, unreachable_patterns, clippy::useless_format)]
            fn yaml_help(&self) -> Option<String> {
                match self { #(#yaml_helps)* _ => None }
            }
        }
    });
    Ok(quote! {
        impl #name {
            /// Every code of this module, in the order of the variants.
            pub const CODES: &'static [::stacktape_model::report::Code] = &[#(#codes),*];
        }

        impl ::stacktape_model::report::Issue for #name {
            fn code(&self) -> &'static ::stacktape_model::report::Code {
                match self { #(#kinds),* }
            }

            #[allow(unused_variables, clippy::useless_format)]
            fn help(&self) -> String {
                match self { #(#helps),* }
            }

            #yaml_help
        }
    })
}

/// The fields by name, so that a help may speak of them.
fn pattern(variant: &Variant) -> Result<TokenStream> {
    match &variant.fields {
        Fields::Named(fields) => {
            let names = fields.named.iter().map(|field| &field.ident);
            Ok(quote!({ #(#names),* }))
        }
        Fields::Unit => Ok(quote!()),
        Fields::Unnamed(_) => Err(Error::new_spanned(variant, "name the fields of an issue")),
    }
}

#[derive(Default)]
struct IssueAttribute {
    module: Option<LitStr>,
    help: Option<LitStr>,
    mend: Option<LitStr>,
    yaml: Option<LitStr>,
    docs: Option<LitStr>,
    warning: bool,
}

impl IssueAttribute {
    fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut found = Self::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("issue")) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("warning") {
                    found.warning = true;
                    return Ok(());
                }
                let slot = if meta.path.is_ident("module") {
                    &mut found.module
                } else if meta.path.is_ident("help") {
                    &mut found.help
                } else if meta.path.is_ident("mend") {
                    &mut found.mend
                } else if meta.path.is_ident("yaml") {
                    &mut found.yaml
                } else if meta.path.is_ident("docs") {
                    &mut found.docs
                } else {
                    return Err(meta.error("expected `module`, `help`, `yaml`, `mend`, `docs` or `warning`"));
                };
                *slot = Some(meta.value()?.parse()?);
                Ok(())
            })?;
        }
        Ok(found)
    }
}

/// The help as the list of codes shows it. Where the whole help depends on the breach, the list has words of its own.
fn mend(help: &LitStr, words: Option<&LitStr>) -> Result<String> {
    let text = in_general(&help.value());
    match words {
        Some(words) => Ok(words.value()),
        None if text.starts_with('<') && text.find('>') == Some(text.len() - 1) => {
            Err(Error::new_spanned(help, "say in `mend = \"..\"` how this is mended, since the help says so for one breach only"))
        }
        None => Ok(text),
    }
}

/// A format string as people read it: `{name}` becomes `<name>`, and doubled braces become single ones.
fn in_general(format: &str) -> String {
    let mut out = String::with_capacity(format.len());
    let mut letters = format.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '{' | '}' if letters.next_if_eq(&letter).is_some() => out.push(letter),
            '{' => out.push('<'),
            '}' => out.push('>'),
            letter => out.push(letter),
        }
    }
    out
}

fn doc_text(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter(|attribute| attribute.path().is_ident("doc")).filter_map(|attribute| {
        match &attribute.meta.require_name_value().ok()?.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        }
    });
    lines.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// `StopTimeout` -> `stop_timeout`.
fn snake(name: &str) -> String {
    let mut out = String::new();
    for (index, letter) in name.chars().enumerate() {
        if letter.is_ascii_uppercase() && index > 0 {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn a_code_is_made_of_module_and_variant() {
        let text = expand(&parse_quote! {
            #[issue(module = "container")]
            enum ContainerIssue {
                /// ECS waits so long.
                #[issue(help = "write {expected}", docs = "https://docs.aws.amazon.com/", warning)]
                StopTimeout { expected: u16 },
            }
        })
        .expect("a whole enum")
        .to_string();
        assert!(text.contains("\"container::stop_timeout\"") && text.contains("Severity :: Warning"), "{text}");
    }

    #[test]
    fn the_list_shows_a_help_in_general() {
        assert_eq!(in_general("write `{min}`, or `/{{proxy+}}`"), "write `<min>`, or `/{proxy+}`");
        let all_of_it = expand(&parse_quote! { #[issue(module = "m")] enum I { /** why */ #[issue(help = "{help}")] A { help: String } } });
        assert!(all_of_it.expect_err("nothing for the list").to_string().starts_with("say in `mend = \"..\"`"));
        let mended = expand(&parse_quote! {
            #[issue(module = "m")] enum I { /** why */ #[issue(help = "{help}", mend = "add it")] A { help: String } }
        });
        assert!(mended.expect("words of its own").to_string().contains("\"add it\""));
    }

    #[test]
    fn a_variant_without_help_or_meaning_does_not_compile() {
        let without_help = expand(&parse_quote! { #[issue(module = "m")] enum I { /** why */ A } }).expect_err("no help");
        assert_eq!(without_help.to_string(), "add `#[issue(help = \"..\")]`");
        let without_meaning = expand(&parse_quote! { #[issue(module = "m")] enum I { #[issue(help = "h")] A } }).expect_err("no meaning");
        assert_eq!(without_meaning.to_string(), "say in a doc comment what the rule guards");
    }
}
