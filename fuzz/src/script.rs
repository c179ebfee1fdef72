//! Text to a script: whatever a topology or a request says stays text.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use poolpair::runbook::{self, Deployment, Runbook, RunbookError, powershell};

use crate::skeleton::skeleton;

#[path = "../../tests/runbook_support/situations.rs"]
mod situations;

/// The first byte chooses a situation, the rest is free text and, after U+001F, a name in it.
pub fn script(data: &[u8]) {
    let Some((&choice, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    let (free, name) = text.split_once('\u{1F}').unwrap_or((&text, "x"));
    let Ok(hostile) = Written::new(&with(choice, free, name)) else {
        assert!(runbook::quote::quote(name).is_err(), "a name that can be quoted was refused");
        return;
    };
    let tame = &*tame(choice);
    assert_eq!(hostile.skeletons, tame.skeletons, "text became code");
    for (hostile, tame) in hostile.checklists.iter().zip(&tame.checklists) {
        assert_eq!(hostile.lines().count(), tame.lines().count(), "text became a line of a checklist");
    }
}

/// What is written where the text is nothing but a letter; made once for each situation.
fn tame(choice: u8) -> Rc<Written> {
    thread_local!(static TAME: RefCell<HashMap<u8, Rc<Written>>> = RefCell::default());
    let write = || Rc::new(Written::new(&with(choice, "x", "x")).expect("tame text is written"));
    TAME.with_borrow_mut(|tame| tame.entry(choice).or_insert_with(write).clone())
}

/// The situation that the byte chooses, with these texts in it.
fn with(choice: u8, free: &str, name: &str) -> Deployment {
    let mut all = situations::all();
    let (_, deployment) = all.swap_remove(usize::from(choice) % all.len());
    situations::with_texts(deployment, free, name)
}

/// What is left of both scripts without their texts, and both checklists.
struct Written {
    skeletons: [String; 2],
    checklists: [String; 2],
}

impl Written {
    fn new(deployment: &Deployment) -> Result<Self, RunbookError> {
        let books = [runbook::runbook(deployment)?, runbook::undo(deployment)?];
        let [apply, undo] = &books;
        let skeletons = [skeleton(&generated(deployment, apply)?), skeleton(&generated(deployment, undo)?)];
        Ok(Self { skeletons, checklists: books.map(|book| runbook::markdown(deployment, &book)) })
    }
}

fn generated(deployment: &Deployment, book: &Runbook) -> Result<String, RunbookError> {
    let script = powershell(deployment, book)?.replace("\r\n", "\n");
    Ok(script.strip_suffix(&powershell::engine()).expect("every script ends in the engine").to_owned())
}
