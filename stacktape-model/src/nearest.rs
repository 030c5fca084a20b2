//! What somebody may have meant.

/// Words in quotes: `` `a`, `b` or `c` ``.
pub fn listed<W: AsRef<str>>(words: &[W]) -> String {
    let quoted: Vec<_> = words.iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match quoted.as_slice() {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [others @ .., last] => format!("{} or {last}", others.join(", ")),
    }
}

/// Advice to write the nearest word, or something else where none is near.
pub fn or_nearest<W: AsRef<str>>(found: &str, words: &[W], otherwise: impl FnOnce() -> String) -> String {
    nearest(found, words).map_or_else(otherwise, |word| format!("write `{word}`"))
}

/// The word that `found` is most like, if it is like one of them.
fn nearest<'w, W: AsRef<str>>(found: &str, words: &'w [W]) -> Option<&'w str> {
    let plain = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
    let found = plain(found);
    if found.len() < 2 {
        return None;
    }
    // Who knows the beginning of a word knows the word.
    if let Some(word) = words.iter().find(|word| found.len() > 2 && plain(word.as_ref()).starts_with(&found)) {
        return Some(word.as_ref());
    }
    let distance = |word: &str| strsim::damerau_levenshtein(&found, &plain(word));
    let (word, distance) = words.iter().map(|word| (word.as_ref(), distance(word.as_ref()))).min_by_key(|(_, distance)| *distance)?;
    // A third of the letters may differ.
    (distance * 3 <= found.len().max(3)).then_some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_differs_in_few_letters() {
        let words = ["containerPort", "httpApiGatewayName", "method", "path"];
        for (found, expected) in [
            ("containerport", Some("containerPort")),
            ("container_port", Some("containerPort")),
            ("contanierPort", Some("containerPort")),
            ("methods", Some("method")),
            ("pth", Some("path")),
            ("container", Some("containerPort")),
            ("p", None),
            ("loadBalancerName", None),
            ("", None),
        ] {
            assert_eq!(nearest(found, &words), expected, "{found}");
        }
        assert_eq!(listed(&words), "`containerPort`, `httpApiGatewayName`, `method` or `path`");
    }
}
