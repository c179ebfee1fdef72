//! The runbooks of the situations, as snapshots.

mod runbook_support;

use poolpair::runbook::{self, powershell};
use runbook_support::situations;

#[test]
fn dump() {
    for (name, deployment) in situations::all() {
        let apply = runbook::runbook(&deployment).unwrap();
        let undo = runbook::undo(&deployment).unwrap();
        let dir = std::path::Path::new("/tmp/dump");
        std::fs::create_dir_all(dir).unwrap();
        for (kind, book) in [("apply", &apply), ("undo", &undo)] {
            let script = powershell(&deployment, book).unwrap();
            std::fs::write(dir.join(format!("{name}.{kind}.ps1")), &script).unwrap();
            std::fs::write(dir.join(format!("{name}.{kind}.md")), runbook::markdown(&deployment, book)).unwrap();
            let mut parser = tree_sitter::Parser::new();
            parser.set_language(&tree_sitter_pwsh::LANGUAGE.into()).unwrap();
            let text = script.replace("\r\n", "\n");
            let tree = parser.parse(&text, None).unwrap();
            let mut stack = vec![tree.root_node()];
            while let Some(node) = stack.pop() {
                if node.is_error() || node.is_missing() {
                    println!(
                        "{name} {kind} {:?} {}",
                        node.start_position(),
                        &text[node.byte_range()].chars().take(80).collect::<String>()
                    );
                }
                for i in 0..node.child_count() {
                    stack.push(node.child(i as u32).unwrap());
                }
            }
        }
    }
}
