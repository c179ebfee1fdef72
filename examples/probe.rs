fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let mut parser = tree_sitter::Parser::new();
    parser
        .set_language(&tree_sitter_pwsh::LANGUAGE.into())
        .unwrap();
    let tree = parser.parse(&text, None).unwrap();
    fn show(n: tree_sitter::Node, t: &str, d: usize) {
        println!(
            "{}{}{} {:?}",
            "  ".repeat(d),
            if n.is_named() { "" } else { "~" },
            n.kind(),
            t[n.byte_range()].chars().take(40).collect::<String>()
        );
        for i in 0..n.child_count() {
            show(n.child(i as u32).unwrap(), t, d + 1);
        }
    }
    show(tree.root_node(), &text, 0);
}
