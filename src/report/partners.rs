//! Possible partners of a pool, for `partners`.

use std::fmt::Write as _;

use super::text::{Table, harmless};
use crate::partners::{Partner, Partners, Reason};
use crate::topology::Edition;

impl Partners {
    /// The verdicts as a table, and below it what the rules say of each pool.
    pub fn text(&self) -> String {
        let mut out = format!("partners for {}", harmless(self.pool.as_str()));
        if let Some(backup) = &self.backup_pool {
            let _ = write!(out, ", which has the backup pool {}", harmless(backup.as_str()));
        }
        let mut table = Table::new(["POOL", "KIND", "EDITION", "VERSION", "SITE", "VERDICT"]);
        for partner in &self.partners {
            table.row(cells(partner));
        }
        let _ = write!(out, "\n\n{table}");
        for partner in &self.partners {
            push_reasons(&mut out, partner);
        }
        out
    }
}

fn cells(partner: &Partner) -> [String; 6] {
    [
        partner.fqdn.to_string(),
        partner.kind.name().to_owned(),
        partner.edition.map_or("", Edition::name).to_owned(),
        partner.product.clone().unwrap_or_default(),
        partner.site.clone(),
        verdict(partner).to_owned(),
    ]
}

fn verdict(partner: &Partner) -> &'static str {
    match (partner.eligible, partner.warnings.is_empty()) {
        (true, true) => "eligible",
        (true, false) => "eligible, with warnings",
        (false, _) => "not eligible",
    }
}

fn push_reasons(out: &mut String, partner: &Partner) {
    if partner.reasons.is_empty() && partner.warnings.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", harmless(partner.fqdn.as_str()));
    let mut push = |severity: &str, reasons: &[Reason]| {
        for Reason { rule, message } in reasons {
            let _ = writeln!(out, "  {severity}[{rule}] {}", harmless(message));
        }
    };
    push("error", &partner.reasons);
    push("warning", &partner.warnings);
}
