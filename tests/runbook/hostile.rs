//! No text of a topology or a request becomes code.

use poolpair::plan::Deployment;
use poolpair::runbook::{self, powershell};
use poolpair::text::is_unsafe_for_display;
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop_oneof, proptest};

use crate::support::script::Source;
use crate::support::situations;

fn with(free: &str, name: &str) -> Deployment {
    situations::with_texts(situations::central_management(), free, name)
}

/// The kinds of all nodes of the script's own part, in document order.
fn shape(deployment: &Deployment) -> Vec<String> {
    let script = powershell(deployment, &runbook::runbook(deployment).unwrap()).replace("\r\n", "\n");
    let source = Source::parse(&script);
    let script = source.script();
    script.everything().iter().map(|node| node.kind().to_owned()).collect()
}

/// The checklist's lines, by what begins each: text must neither add a line nor turn one into something else.
fn outline(deployment: &Deployment) -> Vec<String> {
    let text = runbook::markdown(deployment, &runbook::runbook(deployment).unwrap());
    text.lines().map(|line| line.chars().take_while(|c| !c.is_alphanumeric()).take(2).collect()).collect()
}

fn hostile() -> impl Strategy<Value = String> {
    let snippet = prop_oneof![
        Just("#>".to_owned()),
        Just("<#".to_owned()),
        Just("'".to_owned()),
        Just("''".to_owned()),
        Just("\u{2018}\u{2019}\u{201A}\u{201B}".to_owned()),
        Just("$(calc)".to_owned()),
        Just("`n\n`\"".to_owned()),
        Just("\r\n.PARAMETER x\n".to_owned()),
        Just("'@\n".to_owned()),
        Just("@'\n".to_owned()),
        Just("; calc; #".to_owned()),
        Just("| a | <b> ```".to_owned()),
        Just("\u{202E}\u{2066}\u{0}\u{85}\u{2028}".to_owned()),
        Just("{0}".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(snippet, 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn free_text_stays_text(text in hostile()) {
        let deployment = with(&text, "x");
        assert_eq!(shape(&deployment), shape(&with("x", "x")));
        assert_eq!(outline(&deployment).len(), outline(&with("x", "x")).len());
    }

    #[test]
    fn names_stay_text_or_are_refused(name in hostile()) {
        let deployment = with("x", &name);
        let refused = runbook::runbook(&deployment).is_err();
        let visible = !name.contains(is_unsafe_for_display);
        assert_eq!(refused, !visible);
        if visible {
            assert_eq!(shape(&deployment), shape(&with("x", "x")));
        }
    }

    #[test]
    fn a_literal_is_one_literal(text in hostile()) {
        let line = runbook::quote::one_line(&text);
        let quoted = runbook::quote::quote(&line);
        assert_eq!(unquote(&quoted), Some(line));
    }
}

/// Reads a literal as PowerShell's tokenizer does: any single quote closes it, two in a row are one.
fn unquote(literal: &str) -> Option<String> {
    let is_quote = |c: char| matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}');
    let mut rest = literal.strip_prefix('\'')?.chars().peekable();
    let mut text = String::new();
    while let Some(character) = rest.next() {
        if is_quote(character) && rest.next_if(|next| is_quote(*next)).is_none() {
            return rest.next().is_none().then_some(text);
        }
        text.push(character);
    }
    None
}
