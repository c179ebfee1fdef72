//! The output of `partners`.

use std::fmt::Write as _;

use super::table::Table;
use crate::partners::{Partner, Partners, Reason};
use crate::text::sanitize;
use crate::topology::Edition;

impl Partners {
    /// The verdicts as a table, followed by the reasons for each pool. A table wider than `width` columns is written as
    /// a list.
    pub fn text(&self, width: Option<usize>) -> String {
        let mut out = format!("partners for {}", sanitize(self.pool.as_str()));
        if let Some(backup) = &self.backup_pool {
            let _ = write!(out, ", which has the backup pool {}", sanitize(backup.as_str()));
        }
        if self.partners.is_empty() {
            out.push_str("\n\nno other pool runs server roles\n");
            return out;
        }
        let mut table = Table::new(["POOL", "KIND", "EDITION", "VERSION", "SITE", "VERDICT"]);
        for partner in &self.partners {
            table.row(cells(partner));
        }
        let _ = write!(out, "\n\n{}", table.fitted(width));
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
        partner.verdict().to_owned(),
    ]
}

impl Partner {
    /// Whether the pool is eligible.
    pub fn verdict(&self) -> &'static str {
        match (self.eligible, self.warnings.is_empty()) {
            (true, true) => "eligible",
            (true, false) => "eligible, with warnings",
            (false, _) => "not eligible",
        }
    }
}

fn push_reasons(out: &mut String, partner: &Partner) {
    if partner.reasons.is_empty() && partner.warnings.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", sanitize(partner.fqdn.as_str()));
    let mut push = |severity: &str, reasons: &[Reason]| {
        for Reason { rule, message } in reasons {
            let _ = writeln!(out, "  {severity}[{rule}] {}", sanitize(message));
        }
    };
    push("error", &partner.reasons);
    push("warning", &partner.warnings);
}
