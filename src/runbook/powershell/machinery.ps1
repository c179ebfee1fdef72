Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
# A cmdlet that reports an error without stopping must stop the step too; and the step has asked already.
$PSDefaultParameterValues = @{ '*-Cs*:ErrorAction' = 'Stop'; '*-Cs*:Confirm' = $false }
if ($Force -or $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }

# The machinery is the same in every bundle of poolpair TOOL_VERSION; a signature at its end does not count.
$Module = Join-Path -Path $PSScriptRoot -ChildPath 'MODULE_FILE'
$ModuleSha256 = 'MODULE_SHA256'
$Latin = [System.Text.Encoding]::GetEncoding(28591)
$Text = $Latin.GetString([System.IO.File]::ReadAllBytes($Module))
$Parts = @($Text -csplit ('# SIG # ' + 'Begin signature block'))
$Hashes = @($Parts[0], ($Parts[0] -replace '\r\n\z', '') | Select-Object -First $Parts.Count | ForEach-Object {
        $Digest = [System.Security.Cryptography.SHA256]::Create().ComputeHash($Latin.GetBytes($_))
        [System.BitConverter]::ToString($Digest).Replace('-', '')
    })
if ($Hashes -notcontains $ModuleSha256) { throw "$Module is not the one of this script: copy the bundle again" }
Import-Module -Name $Module -Force -DisableNameChecking

$Plan = @{
PLAN
}
PATHS$BackupDirectory = Resolve-RunPath -Cmdlet $PSCmdlet -Path $BackupDirectory -Root $PSScriptRoot -Name 'backup'
$StatePath = Resolve-RunPath -Cmdlet $PSCmdlet -Path $StatePath -Root $PSScriptRoot -Name 'STATE_FILE'
$Options = @{
    OPTIONS
    BackupDirectory = $BackupDirectory; StatePath = $StatePath
    Resume = $Resume; List = $List; StartAt = $StartAt; StopAfter = $StopAfter; Only = $Only; Force = $Force
    TimeoutMinutes = $TimeoutMinutes; PollSeconds = $PollSeconds; WhatIf = $WhatIfPreference; Given = $PSBoundParameters
}
