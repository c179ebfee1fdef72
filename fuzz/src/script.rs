//! Text to a script: whatever a topology or a request says stays text.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use poolpair::runbook::deployment::{Allowed, CumulativeUpdate, Deployment};
use poolpair::runbook::{self, Runbook, RunbookError, powershell};

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

/// A deployment in which every free text is `free`, and every name that is no host name holds `name`.
fn with(choice: u8, free: &str, name: &str) -> Deployment {
    let mut all = situations::all();
    let (_, mut deployment) = all.swap_remove(usize::from(choice) % all.len());
    deployment.notation.name = free.into();
    deployment.allowed = vec![Allowed { rule: free.into(), message: free.into(), reason: free.into() }];
    deployment.questions = vec![free.into()];
    deployment.notes = vec![free.into()];
    deployment.topology_file = format!("t{name}");
    for pool in &mut deployment.pools {
        pool.site = free.into();
        let (installer, build) = (format!("i{name}"), Some(format!("b{name}")));
        pool.cumulative_update = CumulativeUpdate::Installed { installer, build };
        pool.file_store.as_mut().expect("every situation has shares").share = format!("s{name}");
        pool.sql_instance.as_mut().expect("every situation has databases").instance = format!("d{name}");
    }
    deployment
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
