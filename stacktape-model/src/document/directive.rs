//! The grammar of directives: `$Name(parameters).path`.
//!
//! A directive fills a whole text. Parameters are split by commas; each is a quoted text, another directive, a number, `true` or
//! `false`, or bare words. Nothing is escaped inside quotes.

/// A directive, read but not resolved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Call<'t> {
    /// With its `$`.
    pub(crate) name: &'t str,
    pub(crate) params: Vec<Param<'t>>,
    /// What is picked from the result.
    pub(crate) path: Vec<&'t str>,
}

/// A parameter of a directive.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Param<'t> {
    Text(&'t str),
    Number(f64),
    Bool(bool),
    Call(Call<'t>),
}

/// How many directives may stand in each other.
pub(crate) const DEPTH_MAX: usize = 16;

/// Whether a text is a directive, well written or not: it begins with `$` and a name, has a parenthesis behind it, and ends with a
/// parenthesis or a path.
pub(crate) fn is_directive(text: &str) -> bool {
    let Some((name, rest)) = text.split_once('(') else { return false };
    let Some(end) = rest.rfind(')') else { return false };
    let tail = &rest[end + 1..];
    is_name(name) && (tail.is_empty() || (tail.starts_with('.') && !tail.ends_with(char::is_whitespace)))
}

fn is_name(name: &str) -> bool {
    let letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '$';
    name.len() > 1 && name.starts_with('$') && name.chars().all(letter) && !name[1..].starts_with(|first: char| first.is_ascii_digit())
}

/// Reads a directive; what is wrong comes back in words.
pub(crate) fn parse(text: &str) -> Result<Call<'_>, &'static str> {
    parse_at(text, 0)
}

fn parse_at(text: &str, depth: usize) -> Result<Call<'_>, &'static str> {
    if depth > DEPTH_MAX {
        return Err("too many directives stand in each other");
    }
    let (name, rest) = text.split_once('(').ok_or("there is no `(`")?;
    if !is_name(name) {
        return Err("the name has other letters than A to Z, digits and `_`");
    }
    let (inside, behind) = rest.split_at(closing(rest)?);
    let tail = &behind[1..];
    let path = match tail.strip_prefix('.') {
        Some(path) => path.split('.').collect(),
        None if tail.is_empty() => Vec::new(),
        None => return Err("something stands behind the last `)`"),
    };
    if path.iter().any(|key: &&str| key.trim().is_empty()) {
        return Err("a key of the path is empty");
    }
    let params = split(inside).into_iter().map(str::trim).filter(|param| !param.is_empty());
    let params = params.map(|param| parse_param(param, depth)).collect::<Result<_, _>>()?;
    Ok(Call { name, params, path })
}

/// Where the parenthesis closes that was open before the text.
fn closing(text: &str) -> Result<usize, &'static str> {
    let mut walk = Walk::default();
    for (index, letter) in text.char_indices() {
        if letter == ')' && walk.is_outside() && walk.open == 0 {
            return Ok(index);
        }
        walk.step(letter);
    }
    Err(if walk.quote.is_some() { "a quote is not closed" } else { "a parenthesis is not closed" })
}

/// Splits at commas that stand in no quotes and no parentheses.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut begin, mut walk) = (Vec::new(), 0, Walk::default());
    for (index, letter) in text.char_indices() {
        if letter == ',' && walk.is_outside() && walk.open == 0 {
            parts.push(&text[begin..index]);
            begin = index + 1;
        }
        walk.step(letter);
    }
    parts.push(&text[begin..]);
    parts
}

/// Quotes and parentheses on the way through a text.
#[derive(Default)]
struct Walk {
    quote: Option<char>,
    open: usize,
}

impl Walk {
    fn is_outside(&self) -> bool {
        self.quote.is_none()
    }

    fn step(&mut self, letter: char) {
        match (self.quote, letter) {
            (Some(quote), letter) if quote == letter => self.quote = None,
            (None, '\'' | '"') => self.quote = Some(letter),
            (None, '(') => self.open += 1,
            (None, ')') => self.open = self.open.saturating_sub(1),
            _ => {}
        }
    }
}

fn parse_param(param: &str, depth: usize) -> Result<Param<'_>, &'static str> {
    for quote in ['\'', '"'] {
        if let Some(rest) = param.strip_prefix(quote) {
            return match rest.strip_suffix(quote) {
                Some(text) if !text.contains(quote) => Ok(Param::Text(text)),
                _ => Err("something stands beside a quoted parameter"),
            };
        }
    }
    Ok(match param {
        "true" => Param::Bool(true),
        "false" => Param::Bool(false),
        _ if is_directive(param) => Param::Call(parse_at(param, depth + 1)?),
        _ => number(param).map_or(Param::Text(param), Param::Number),
    })
}

/// A number as the original reads it, hexadecimal, octal and binary too.
fn number(text: &str) -> Option<f64> {
    let first = text.trim_start_matches(['-', '+']).chars().next()?;
    if !first.is_ascii_digit() && first != '.' {
        return None;
    }
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)];
    if let Some((prefix, radix)) = radix.into_iter().find(|(prefix, _)| text.to_ascii_lowercase().starts_with(prefix)) {
        return u32::from_str_radix(&text[prefix.len()..], radix).ok().map(f64::from);
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_text_is_a_directive() {
        for text in ["$Stage()", "$Var().a.b", "$ResourceParam('a', 'b')", "$a$b()", "$F(')"] {
            assert!(is_directive(text), "{text}");
        }
        for text in
            ["$F(", "$Stage() ", " $Stage()", "a$Stage()", "$Stage", "$()", "$1()", "$a-b()", "costs $5 (net)", "", "$Var().a ", "$F()x"]
        {
            assert!(!is_directive(text), "{text:?}");
        }
    }

    #[test]
    fn parameters_are_split_outside_of_quotes_and_parentheses() {
        let call = parse(r#"$CfFormat('{}, {}', $ResourceParam("a", 'b').c, 1e3 , true,, bare words, '', 0x10)"#).expect("well written");
        let inner = Call { name: "$ResourceParam", params: vec![Param::Text("a"), Param::Text("b")], path: vec!["c"] };
        assert_eq!(call.name, "$CfFormat");
        assert_eq!(
            call.params,
            [
                Param::Text("{}, {}"),
                Param::Call(inner),
                Param::Number(1000.0),
                Param::Bool(true),
                Param::Text("bare words"),
                Param::Text(""),
                Param::Number(16.0),
            ]
        );
    }

    #[test]
    fn nothing_is_escaped_inside_quotes() {
        assert_eq!(parse(r"$F('a\')").expect("a backslash stays").params, [Param::Text(r"a\")]);
        assert_eq!(parse(r#"$F("it's (fine), so")"#).expect("other quotes inside").params, [Param::Text("it's (fine), so")]);
    }

    #[test]
    fn what_is_badly_written_is_told() {
        for (text, problem) in [
            ("$F('a)", "a quote is not closed"),
            ("$F((a)", "a parenthesis is not closed"),
            ("$F(a).", "a key of the path is empty"),
            ("$F(a)).b", "something stands behind the last `)`"),
            ("$F('a'b)", "something stands beside a quoted parameter"),
        ] {
            assert_eq!(parse(text), Err(problem), "{text}");
        }
        let deep = "$F(".repeat(40) + &")".repeat(40);
        assert_eq!(parse(&deep), Err("too many directives stand in each other"));
    }
}
