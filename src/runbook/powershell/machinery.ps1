Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
# A cmdlet that reports an error without stopping must stop the step too; and the step has asked already.
$PSDefaultParameterValues = @{ '*-Cs*:ErrorAction' = 'Stop'; '*-Cs*:Confirm' = $false }
if ($Force -or $PSBoundParameters.ContainsKey('Confirm')) { $ConfirmPreference = 'None' }

# The hashes that a file may have: of its bytes, and of what stands before a signature that ends it.
$Hashes = {
    param($File)
    $Latin = [System.Text.Encoding]::GetEncoding(28591)
    $Text = $Latin.GetString([System.IO.File]::ReadAllBytes($File))
    $Signature = '# SIG [#] Begin signature block(\r*\n(# SIG [#] [0-9A-Za-z+/=]*)?)*# SIG [#] End signature block[\r\n]*\z'
    foreach ($Part in $Text, ($Text -creplace $Signature, ''), ($Text -creplace "\r\n$Signature", '')) {
        $Digest = [System.Security.Cryptography.SHA256]::Create().ComputeHash($Latin.GetBytes($Part))
        [System.BitConverter]::ToString($Digest).Replace('-', '')
    }
}
# The machinery is the same in every bundle of poolpair TOOL_VERSION.
$Module = Join-Path -Path $PSScriptRoot -ChildPath 'MODULE_FILE'
$ModuleSha256 = 'MODULE_SHA256'
if (@(& $Hashes $Module) -notcontains $ModuleSha256) { throw "$Module is not the one of this script: copy it again" }
Import-Module -Name $Module -Force -DisableNameChecking

$Plan = @{
PLAN
}
PATHS$BackupDirectory = Resolve-RunPath -Cmdlet $PSCmdlet -Path $BackupDirectory -Root $PSScriptRoot -Name 'backup'
$StatePath = Resolve-RunPath -Cmdlet $PSCmdlet -Path $StatePath -Root $PSScriptRoot -Name 'STATE_FILE'
