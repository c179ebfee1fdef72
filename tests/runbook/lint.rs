//! The lints over every script, and each lint on a snippet that it must catch.

use poolpair::plan::Deployment;
use poolpair::runbook::{self, Runbook, powershell};

use crate::support::lint::{self, PIECE, Rule, WHOLE};
use crate::support::script::{Script, Source};
use crate::support::{failovers, situations};

#[test]
fn the_module_is_clean() {
    let text = runbook::module();
    let source = Source::parse(&text);
    let module = source.script();
    assert_eq!(lint::piece(&module), Vec::<String>::new());
    let mut scripts: Vec<String> = books().map(|(_, deployment, book)| powershell(&deployment, &book)).collect();
    for (_, failover) in failovers::all() {
        let books = runbook::failover(&failover).unwrap();
        scripts.extend(books.iter().map(|book| runbook::failover_powershell(&failover, book)));
    }
    let called = scripts.iter().flat_map(|script| lint::whole::calls(&Source::parse(script).script())).collect();
    assert_eq!(lint::whole::misplaced_functions(&module, &called), Vec::<String>::new());
    let text = text.replace("\r\n", "\n");
    let long: Vec<&str> = text.lines().filter(|line| line.len() > 120).collect();
    assert_eq!(long, Vec::<&str>::new());
    assert!(text.is_ascii() && text.lines().count() <= 1000, "{} lines", text.lines().count());
    assert!(!text.contains("# SIG # Begin"), "a signature would be found in the module itself");
}

#[test]
fn every_script_is_clean() {
    let module = runbook::module();
    let module = Source::parse(&module);
    let known = module.script().signatures();
    for (name, deployment, book) in books() {
        let source = Source::parse(&powershell(&deployment, &book));
        let mut script = source.script();
        script.known = known.clone();
        assert_eq!(lint::script(&script), Vec::<String>::new(), "{name} {:?}", book.kind);
        assert_eq!(lint::whole::long_lines(script.text), Vec::<String>::new(), "{name} {:?}", book.kind);
        assert!(!script.text.contains("# SIG # Begin"), "{name}: a signature would be found in the script itself");
    }
}

#[test]
fn every_checklist_is_free_of_forbidden_words() {
    for (name, deployment, book) in books() {
        let text = runbook::markdown(&deployment, &book);
        assert_eq!(lint::words::forbidden_words(&text), Vec::<String>::new(), "{name} {:?}", book.kind);
    }
}

/// What belongs to a failover is no part of a pairing.
#[test]
fn no_pairing_fails_anything_over() {
    for (name, deployment, book) in books() {
        let texts = [powershell(&deployment, &book), runbook::markdown(&deployment, &book)];
        for cmdlet in ["Invoke-CsManagementServerFailover", "Invoke-CsPoolFail"] {
            assert!(texts.iter().all(|text| !text.contains(cmdlet)), "{name} {:?}: {cmdlet}", book.kind);
        }
    }
}

/// The runbook and the undo of every situation.
fn books() -> impl Iterator<Item = (&'static str, Deployment, Runbook)> {
    situations::all().into_iter().flat_map(|(name, deployment)| {
        let books = [runbook::runbook(&deployment).unwrap(), runbook::undo(&deployment).unwrap()];
        books.map(|book| (name, deployment.clone(), book))
    })
}

/// A snippet for every rule: one that it catches, and a like one that it lets pass.
const SNIPPETS: &[(&str, &str, &str)] = &[
    ("syntax", "if ($true) { 'a'", "if ($true) { 'a' }"),
    ("try-without-catch", "try { 'a' }", "try { 'a' } finally { 'b' }"),
    ("empty-catch", "try { 'a' } catch { }", "try { 'a' } catch { throw }"),
    (
        "catch-all-first",
        "try { 'a' } catch { throw } catch [System.IO.IOException] { throw }",
        "try { 'a' } catch [System.IO.IOException] { throw } catch { throw }",
    ),
    ("variable-before-colon", "\"$name: text\"", "\"${name}: $env:ProgramFiles\""),
    ("duplicate-parameter", "function Get-A { param($B, [int]$b) }", "function Get-A { param($B, [int]$C) }"),
    ("duplicate-key", "@{ A = 1; 'a' = 2 }", "@{ A = 1; 'b' = @{ A = 2 } }"),
    ("duplicate-argument", "Get-Date -Format 'a' -Format 'b'", "Get-Date -Format 'a'"),
    ("splat-as-expression", "$a = @b", "Get-Date @b"),
    ("literal-assigned", "1 = $a", "$a = 1"),
    ("newer-shell", "$a = $b ?? 'c'", "$a = $b"),
    ("newer-shell", "$a = $b ? 'c' : 'd'", "$a = 'c'"),
    ("newer-shell", "Get-Date && Get-Date", "Get-Date; Get-Date"),
    (
        "duplicate-function",
        "function Get-A { 'a' }\nfunction get-a { 'b' }",
        "function Get-A { 'a' }\nfunction Get-B { 'b' }",
    ),
    ("shadowed-cmdlet", "function Show-Command { 'a' }", "function Show-Hint { 'a' }"),
    ("null-on-the-right", "if ($a -eq $null) { 'b' }", "if ($null -eq $a) { 'b' }"),
    ("forbidden", "Install-CsDatabase -CentralManagementDatabase -Clean", "'clean-up and tidy-cleaning'"),
    ("unknown-command", "gci | % { $_ }", "Get-Date | ForEach-Object { $_ }"),
    ("unknown-parameter", "Get-CsBackupServiceStatus -BackupModule 'a'", "Get-CsBackupServiceStatus -PoolFqdn 'a'"),
    ("unknown-parameter", "function Get-A { param($B) $B }\nGet-A -C 1", "function Get-A { param($B) $B }\nGet-A -B 1"),
    ("positional-argument", "Get-CsPoolBackupRelationship 'a'", "Get-CsPoolBackupRelationship -PoolFqdn 'a'"),
    ("unapproved-verb", "function Do-It { 'a' }", "function Get-It { 'a' }"),
    ("undeclared-variable", "function Get-A { $b = 1 }\nfunction Get-C { $b }", "$b = 1\nfunction Get-C { $b }"),
    ("undeclared-variable", "$b = 1\n$Block = { $b }", "$b = 1\n$Block = { param($b) $b }"),
    ("automatic-variable", "$host = 'a'", "$machine = 'a'"),
    ("automatic-variable", "function Get-A { param($Input) $Input }", "function Get-A { param($Text) $Text }"),
    ("preference-of-module", "function Get-A { if ($WhatIfPreference) { 'a' } }", "if ($WhatIfPreference) { 'a' }"),
    ("count-of-scalar", "$a = Get-Date\n$a.Count", "$a = @(Get-Date)\n$a.Count"),
    (
        "count-of-scalar",
        "function Get-A { param([object]$B) $B.Length }",
        "function Get-A { param([object[]]$B) $B.Length }",
    ),
    (
        "leaking-call",
        "function Get-A { param($B) $B.Remove('a') }",
        "function Get-A { param($B) $null = $B.Remove('a') }",
    ),
    ("leaking-call", "$a.Start()", "$a.Add('b')"),
    ("every-service", "Stop-CsWindowsService -Graceful", "Stop-CsWindowsService -Name 'LYNCBACKUP'"),
];

#[test]
fn every_rule_catches_its_snippet() {
    for (name, bad, good) in SNIPPETS {
        let rule = rule(name);
        assert!(!rule(&Source::parse(bad).script()).is_empty(), "{name} lets pass: {bad}");
        assert_eq!(rule(&Source::parse(good).script()), Vec::<String>::new(), "{name} catches: {good}");
    }
}

#[test]
fn every_rule_has_a_snippet() {
    for (name, _) in PIECE {
        assert!(SNIPPETS.iter().any(|(known, _, _)| *known == name), "{name} has no snippet");
    }
}

#[test]
fn a_misplaced_function_is_caught() {
    let text = "function Get-A { Get-A }\nfunction Get-B { 'b' }\nfunction Get-C { Get-D }\nfunction Get-D { 'd' }\n\
                Export-ModuleMember -Function @('Get-C', 'Get-D')";
    let called = ["Get-B", "Get-C"].map(str::to_owned).into();
    assert_eq!(lint::whole::misplaced_functions(&Source::parse(text).script(), &called), ["Get-A", "Get-B", "Get-D"]);
}

/// The rules of a whole script catch what is broken in one on purpose.
#[test]
fn a_broken_script_is_caught() {
    let deployment = situations::standard_2015();
    let script = powershell(&deployment, &runbook::runbook(&deployment).unwrap());
    let breaks = [
        ("header", "#Requires -Version 5.1\r\n\r\n", "#Requires -Version 5.1\r\n"),
        ("header", "ConfirmImpact = 'High'", "ConfirmImpact = 'Low'"),
        ("header", "Set-StrictMode -Version 3.0", ""),
        ("header", "'*-Cs*:ErrorAction' = 'Stop'; ", ""),
        ("header", "$ConfirmPreference = 'None'", "$ConfirmPreference = 'Low'"),
        ("checks-change", "-Do { Start-CsWindowsService", "-Until { Start-CsWindowsService"),
        ("checks-change", "{ Assert-NoDrift }", "{ Enable-CsTopology }"),
        ("broken-line", "Enable-CsTopology -Report", "Enable-CsTopology `\r\n -Report"),
        ("every-service", " -Update ", " "),
        ("unknown-command", "Assert-NoDrift", "Assert-NoDrifts"),
    ];
    for (name, from, to) in breaks {
        assert!(script.contains(from), "{from}");
        let broken = Source::parse(&script.replace(from, to));
        assert!(!rule(name)(&broken.script()).is_empty(), "{name} lets pass: {to}");
    }
}

fn rule(name: &str) -> fn(&Script<'_>) -> Vec<String> {
    let all: Vec<&Rule> = PIECE.iter().chain(&WHOLE).collect();
    all.into_iter().find(|(known, _)| *known == name).unwrap().1
}
