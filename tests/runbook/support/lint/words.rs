//! Words that stand in no output.

use crate::support::script::Script;

/// Words that stand in no output, whatever the situation.
const FORBIDDEN: [&str; 21] = [
    "-FinalizeUninstall",
    "-Clean",
    "-RemoveExportedConfiguration",
    "Set-CsRegistrar",
    "-BackupRegistrar",
    "Set-CsManagementConnection",
    "Move-CsManagementServer",
    "Set-CsConfigurationStoreLocation",
    "Backup-CsPool",
    "Import-CsConfiguration",
    "Write-Host",
    "Invoke-Expression",
    "iex",
    "$global:",
    "-Credential",
    "Get-Credential",
    "ConvertTo-SecureString",
    "-AsPlainText",
    "Add-Type",
    "Enable-WSManCredSSP",
    "-ExecutionPolicy",
];

pub(super) fn forbidden(script: &Script<'_>) -> Vec<String> {
    forbidden_words(script.text)
}

/// The forbidden words of any text, a Markdown document too.
pub(crate) fn forbidden_words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let found =
        |word: &&&str| lower.match_indices(&word.to_lowercase()).any(|(at, hit)| is_word(&lower, at, at + hit.len()));
    FORBIDDEN.iter().filter(found).map(|word| (*word).to_owned()).collect()
}

fn is_word(text: &str, start: usize, end: usize) -> bool {
    let inner = |character: char| character.is_alphanumeric() || character == '_' || character == '-';
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(inner) && (text[..end].ends_with(':') || !after.is_some_and(inner))
}
