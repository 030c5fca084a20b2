//! What does not compile, and how that reads. `TRYBUILD=overwrite` rewrites the expectations.

#[test]
fn misuse_is_a_compile_error_in_the_words_of_the_user() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
