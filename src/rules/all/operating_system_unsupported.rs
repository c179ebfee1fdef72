//! The rule `operating-system-unsupported`.

use crate::rules::prelude::*;

rule! {
    /// # What it checks
    ///
    /// The operating system that the request declares for a pool is listed on the page of its product.
    ///
    /// | product | Windows Server |
    /// | --- | --- |
    /// | Lync Server 2013 | 2008 R2 SP1, 2012; 2012 R2 with the update of October 2013 |
    /// | Skype for Business Server 2015 | 2012, 2012 R2; 2016 from cumulative update 5 on, 2019 from 9 on; 2008 R2 after an in-place upgrade only |
    /// | Skype for Business Server 2019 | 2016, 2019 |
    ///
    /// `operating-system-mismatch` asks for an undeclared system. Subscription Edition is not checked.
    ///
    /// # Why
    ///
    /// Setup refuses some of these systems, and Microsoft supports none of them.
    ///
    /// # Example
    ///
    /// `operating-system = "Windows Server 2012 R2"` for a pool of 2019.
    ///
    /// # How to fix
    ///
    /// Correct the declaration, or plan the move to a listed system: a new pool, to which the users are moved.
    ///
    /// # Source
    ///
    /// "Server requirements for Skype for Business Server 2015" and "System requirements for Skype for Business Server
    /// 2019"; the row of 2013 is second-hand. The versions of these pages that were read do not name Windows Server
    /// 2022.
    OPERATING_SYSTEM_UNSUPPORTED = "operating-system-unsupported", Advice from Declared,
        "server-requirements.md, system-requirements.md", Pool(check_pool)
}

/// Whether a page lists a system for a product.
enum Support {
    Yes,
    No,
    OnlyIf(&'static str),
    NotOnReadVersion,
}

fn check_pool(context: &RuleContext<'_>, pool: PoolIndex) -> Option<Finding> {
    let system = context.requested.and(context.facts(pool))?.operating_system.as_ref()?;
    let product = context.topology().version(pool)?.value;
    if is_subscription_edition(context, pool) == Some(true) {
        return None;
    }
    let name = context.name(pool);
    let (message, help, severity) = match support(product, release(&system.value)?)? {
        Support::Yes => return None,
        Support::No => (
            format!("`{name}` runs {product} on `{}`, which the page of that product does not list", system.value),
            "correct the declaration, or move the users to a pool on a listed system",
            Severity::Warning,
        ),
        Support::OnlyIf(what) => (
            format!("`{name}` runs {product} on `{}`, which is listed only {what}", system.value),
            "make sure that this is the case",
            Severity::Note,
        ),
        Support::NotOnReadVersion => (
            format!("`{name}` runs {product} on `{}`: not on the version of the page that was read", system.value),
            "read the current page of system requirements",
            Severity::Warning,
        ),
    };
    let finding = OPERATING_SYSTEM_UNSUPPORTED.finding([name], message, help).with_severity(severity);
    Some(finding.at(&system.origin, "declared here"))
}

/// The release of Windows Server in a declaration; longer names are tried first.
fn release(system: &str) -> Option<&'static str> {
    let system = system.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    ["2008 r2", "2012 r2", "2012", "2016", "2019", "2022", "2025"].into_iter().find(|release| system.contains(release))
}

fn support(product: ServiceVersion, release: &str) -> Option<Support> {
    Some(match (product, release) {
        (ServiceVersion::LYNC_2013, "2008 r2") => Support::OnlyIf("with Service Pack 1"),
        (ServiceVersion::LYNC_2013, "2012 r2") => Support::OnlyIf("with the update of October 2013"),
        (ServiceVersion::SFB_2015, "2016") => Support::OnlyIf("with cumulative update 5 or later"),
        (ServiceVersion::SFB_2015, "2019") => Support::OnlyIf("with cumulative update 9 or later"),
        (ServiceVersion::SFB_2015, "2008 r2") => Support::OnlyIf("after an in-place upgrade from Lync Server 2013"),
        (ServiceVersion::LYNC_2013 | ServiceVersion::SFB_2015, "2012")
        | (ServiceVersion::SFB_2015, "2012 r2")
        | (ServiceVersion::SFB_2019, "2016" | "2019") => Support::Yes,
        (ServiceVersion::SFB_2019, "2022" | "2025") => Support::NotOnReadVersion,
        (ServiceVersion::LYNC_2013 | ServiceVersion::SFB_2015 | ServiceVersion::SFB_2019, _) => Support::No,
        _ => return None,
    })
}
