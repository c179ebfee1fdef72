
# ---- The run ----------------------------------------------------------------

function Find-Step {
    param([string]$Id, [string]$Parameter)
    for ($index = 0; $index -lt $Steps.Count; $index++) {
        if ($Steps[$index].Id -eq $Id) {
            return $index
        }
    }
    throw "-$Parameter names no step: $Id; -List prints all of them"
}

function Select-Step {
    if ($Only.Count -gt 0) {
        $wanted = @($Only | ForEach-Object { $_ -split ',' } | ForEach-Object { $_.Trim() } | Where-Object { $_ })
        $positions = @($wanted | ForEach-Object { Find-Step -Id $_ -Parameter 'Only' } | Sort-Object -Unique)
        return @($positions | ForEach-Object { $Steps[$_] })
    }
    $first = 0
    $last = $Steps.Count - 1
    if ($StartAt) {
        $first = Find-Step -Id $StartAt -Parameter 'StartAt'
    }
    if ($StopAfter) {
        $last = Find-Step -Id $StopAfter -Parameter 'StopAfter'
    }
    if ($first -gt $last) {
        throw '-StartAt names a step that comes after the one of -StopAfter'
    }
    return @($Steps[$first..$last])
}

# Refuses combinations that contradict each other, in one sentence each.
function Assert-Parameter {
    if ($UpdateInstaller -and $NoCumulativeUpdate) {
        throw '-UpdateInstaller and -NoCumulativeUpdate contradict each other: give one of them'
    }
    if ($Only.Count -gt 0 -and ($StartAt -or $StopAfter)) {
        throw '-Only cannot be combined with -StartAt or -StopAfter'
    }
    if ($List -and $Resume) {
        throw '-List does nothing and cannot be combined with -Resume'
    }
}

# The update that was there before is a fact that nobody but the operator may know.
function Assert-UpdateDecided {
    param([object[]]$Pending)
    $updated = @($Pending | Where-Object { $_.Task -eq 'apply-update' } | ForEach-Object { Get-PoolEntry -Fqdn $_.Pool })
    foreach ($pool in $updated) {
        if ($NoCumulativeUpdate -and $pool.UpdateInstaller) {
            throw "-NoCumulativeUpdate contradicts the plan, which declares an update for $($pool.Fqdn)"
        }
        if (-not $NoCumulativeUpdate -and -not (Get-Installer -Pool $pool)) {
            throw "the plan does not know the cumulative update of $($pool.Fqdn): give -UpdateInstaller with its path, or -NoCumulativeUpdate"
        }
    }
    if (-not $UpdateInstaller) {
        return
    }
    $names = @($updated | ForEach-Object { $_.UpdaterName } | Sort-Object -Unique)
    $products = @($updated | ForEach-Object { $_.Product } | Sort-Object -Unique)
    if ($products.Count -gt 1) {
        throw '-UpdateInstaller cannot serve pools of several product versions: declare each update in the request and plan again'
    }
    if ($names.Count -gt 0 -and -not $UpdateInstaller.EndsWith($names[0], [System.StringComparison]::OrdinalIgnoreCase)) {
        Write-Warning -Message "-UpdateInstaller is not named $($names[0])"
    }
}

function Assert-Fresh {
    if ($Resume -and -not (Test-Path -LiteralPath $StatePath)) {
        throw "there is nothing to resume, for the state file $StatePath does not exist: run this script without -Resume"
    }
    $partial = $Resume -or $StartAt -or $Only.Count -gt 0
    if (-not $partial -and (Test-Path -LiteralPath $StatePath)) {
        throw "the state file $StatePath is from an earlier run: give -Resume to go on after it"
    }
}

# A step may run when each step that it needs is done, now or in an earlier run.
function Assert-Order {
    param([object[]]$Selected, [System.Collections.IDictionary]$State)
    $before = @{}
    foreach ($step in $Selected) {
        foreach ($need in $step.Needs) {
            if (-not $before.ContainsKey($need) -and -not (Test-StepDone -State $State -Id $need)) {
                throw "the step $($step.Id) needs $need, which is not done: run that first, or leave -StartAt and -Only out"
            }
        }
        $before[$step.Id] = $true
    }
}

function Show-Step {
    param([object[]]$Selected)
    foreach ($step in $Selected) {
        '{0,3}  {1,-50}  {2}' -f ((Find-Step -Id $step.Id -Parameter 'List') + 1), $step.Id, (Get-StepTitle -Step $step)
    }
}

function Show-Preview {
    param([hashtable]$Step)
    $title = Get-StepTitle -Step $Step
    if ($Handlers[$Step.Task].Change) {
        $null = $RunbookCmdlet.ShouldProcess((Get-StepTarget -Step $Step), $title)
    }
    else {
        Write-Note -Message "What if: only reading: $title"
    }
}

function Invoke-Step {
    param([hashtable]$Step)
    $handler = $Handlers[$Step.Task]
    if ($handler.Ready) {
        $null = & $handler.Ready -Step $Step
    }
    if ($handler.Done) {
        $answer = & $handler.Done -Step $Step
        if ($answer.Good) {
            Write-Note -Message '  nothing left to do'
            return
        }
    }
    if ($handler.Change) {
        Assert-Consent -Step $Step
        $null = & $handler.Change -Step $Step
    }
    if ($handler.Verify) {
        $null = & $handler.Verify -Step $Step
    }
}

# Whether a step of this run is left out, because an earlier run has done it.
function Test-Skipped {
    param([hashtable]$Step, [System.Collections.IDictionary]$State)
    if ($Only.Count -gt 0 -or $Handlers[$Step.Task].Always) {
        return $false
    }
    return (Test-StepDone -State $State -Id $Step.Id)
}

function Invoke-Runbook {
    param([object[]]$Selected, [System.Collections.IDictionary]$State)
    foreach ($step in $Selected) {
        if (Test-Skipped -Step $step -State $State) {
            Write-Note -Message "$($step.Id): done in an earlier run"
            continue
        }
        Write-Note -Message "$($step.Id): $(Get-StepTitle -Step $step)"
        try {
            Invoke-Step -Step $step
        }
        catch {
            Write-Warning -Message "$($step.Id) failed: $($_.Exception.Message)"
            Write-Warning -Message "what to do: $($Tasks[$step.Task].OnFailure)"
            Write-Warning -Message 'then run this script again with the same parameters and -Resume: it goes on with this step'
            $State[$step.Id] = 'failed'
            Save-State -Path $StatePath -State $State
            throw
        }
        $State[$step.Id] = 'done'
        Save-State -Path $StatePath -State $State
    }
}

# A host that cannot record is no reason not to run.
function Start-Record {
    $path = '{0}.{1}.log' -f $StatePath, (Get-Date -Format 'yyyyMMdd-HHmmss')
    try {
        $null = Start-Transcript -LiteralPath $path
        return $true
    }
    catch {
        Write-Warning -Message "no transcript: $($_.Exception.Message)"
        return $false
    }
}

function Resolve-Location {
    param([string]$Path, [string]$Directory, [string]$Name)
    if (-not $Path) {
        $Path = Join-Path -Path $Directory -ChildPath $Name
    }
    return $RunbookCmdlet.GetUnresolvedProviderPathFromPSPath($Path)
}

Assert-Parameter
$Selected = @(Select-Step)
if ($List) {
    Show-Step -Selected $Selected
    return
}
if ($WhatIfPreference) {
    foreach ($step in $Selected) {
        Show-Preview -Step $step
    }
    return
}

# The questions of a run are those of this script: with -Confirm, the cmdlets below it ask none of their own.
if ($Force -or $PSBoundParameters.ContainsKey('Confirm')) {
    $ConfirmPreference = 'None'
}
$Directory = $PSScriptRoot
if (-not $Directory) {
    $Directory = (Get-Location).ProviderPath
}
$BackupDirectory = Resolve-Location -Path $BackupDirectory -Directory $Directory -Name 'backup'
$StatePath = Resolve-Location -Path $StatePath -Directory $Directory -Name $Plan.StateFile
if ($Plan.Kind -eq 'undo') {
    $TopologyPath = Resolve-Location -Path $TopologyPath -Directory $BackupDirectory -Name $Plan.TopologyFile
}
else {
    $TopologyPath = Resolve-Location -Path $TopologyPath -Directory $Directory -Name $Plan.TopologyFile
}
$BeforePath = ''
if ($Plan.BeforeFile) {
    $BeforePath = Resolve-Location -Directory $Directory -Name $Plan.BeforeFile
}
Assert-Fresh
$State = Read-State -Path $StatePath
Assert-Order -Selected $Selected -State $State
Assert-UpdateDecided -Pending @($Selected | Where-Object { -not (Test-Skipped -Step $_ -State $State) })
Initialize-Directory -Path (Split-Path -Path $StatePath -Parent)

if ($Remoting -eq 'CredSSP') {
    Write-Warning -Message 'CredSSP hands your password to every server that a step runs on'
}
$recording = Start-Record
try {
    Invoke-Runbook -Selected $Selected -State $State
    Write-Note -Message 'every selected step is done'
}
finally {
    if ($recording) {
        $null = Stop-Transcript
    }
}
