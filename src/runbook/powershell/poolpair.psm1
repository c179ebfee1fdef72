# The machinery of the scripts that poolpair writes: runbook.ps1, undo.ps1 and the like. It is the same, byte for byte,
# in every bundle of one version of poolpair; each script holds its SHA-256, and `poolpair verify` knows it. It names no
# pool and no server: what is done, where and in which order stands in the scripts. For Windows PowerShell 5.1.
#
# A script hands its procedure to Invoke-Runbook: calls of Step, the one function whose name is no Verb-Noun. A step has
# up to six blocks, asked and carried out in this order; what they call is exported at the end of this file:
#
#   -Done    is there nothing left to do? With -NeedsRecord this run's record, and -Done or -Check, have to say so
#   -Check   must hold, or the run stops here
#   -Warn    should hold; what does not is printed as a warning
#   -Ready   is waited for before the change
#   -Do      the change: the one block that changes anything, after one question to the operator
#   -Until   is waited for after the change; without it, -Done is

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$ServiceName = 'LYNCBACKUP'
# What a pairing installs: nothing starts these services before their own steps.
$NewServices = @($ServiceName, 'MASTER', 'FTA')
$ServerAdminGroup = 'RTCUniversalServerAdmins'
$DomainAdminSidPattern = 'S-1-5-21-[0-9]+-[0-9]+-[0-9]+-512(?![0-9])'
# With the default pause this is longer than one sync interval: one failed sync is no verdict.
$MaxErrorAnswers = 10
$MaxStoppedAnswers = 2
$Mend = 'after a failed update: Invoke-CsComputerFailBack; Standard Edition: net start w3svc, Start-CsWindowsService'
# Published: the step failed, but the topology was written.
$StateOutcomes = @('begun', 'failed', 'published', 'handed-over', 'skipped', 'done')
$NoSettings = 'the settings of the backup service cannot be read'
$NoConsole = 'nobody can be asked here: run it in a console, or with -Force.'
# An error that says, in whatever words, that a pool has no backup pool; one about a connection or a right does not.
$SaysNoPartner = '(?s)^(?=.*(\b(no|not|none|without|cannot|unpaired)\b|n.t\b))(?=.*(backup|partner|relation|paired))' +
'(?!.*(access|denied|permission|authori|connect|reach|unavailable|time|recogni))'
$Run = @{}

# ---- The run ----------------------------------------------------------------
# Reads the procedure once to know its steps, then lists, previews or runs it.
function Invoke-Runbook {
    param(
        [hashtable]$Plan, [object]$Cmdlet, [scriptblock]$Topology, [scriptblock]$Planned, [scriptblock]$Previous,
        [scriptblock]$Procedure
    )
    $script:Run = @{
        Plan = $Plan; Options = (Read-Option -Cmdlet $Cmdlet); Cmdlet = $Cmdlet; Topology = $Topology
        Planned = $Planned; Previous = $Previous; Mode = 'Read'; Steps = @(); Selected = @(); State = [ordered]@{}
        Files = @(); LastSeen = @(); LeftOver = @(); Ended = ''
    }
    & $Procedure
    $Run.Selected = @(Select-Step)
    if ($Run.Options.List) {
        $listed = @($Run.Steps | Where-Object { $Run.Selected -contains $_.Id })
        return ($listed | ForEach-Object { '{0,-50} {1,3} min  {2}' -f $_.Id, $_.Minutes, $_.On })
    }
    if ($Run.Options.WhatIfPreference) {
        $Run.Mode = 'Preview'
        return (& $Procedure)
    }
    Read-State
    Assert-Order
    if (-not $Run.Plan.Undo) { Assert-UpdateDecided }
    $Run.Mode = 'Run'
    foreach ($folder in $Run.Options.BackupDirectory, (Split-Path -Path $Run.Options.StatePath -Parent)) {
        $null = New-Item -Path $folder -ItemType Directory -Force
    }
    Save-State
    $record = '{0}.{1}.log' -f $Run.Options.StatePath, (Get-Date -Format 'yyyyMMdd-HHmmss')
    try { $null = Start-Transcript -LiteralPath $record }
    catch {
        Write-Warning -Message "no transcript: $($_.Exception.Message)"
        $record = ''
    }
    try {
        & $Procedure
        foreach ($item in $Run.LeftOver) { Write-Warning -Message "left behind: $item" }
        if ($Run.LeftOver) { Write-Note "everything else is done; run this again later: $(Get-ResumeCommand)" }
        elseif (-not $Run.Ended) { Write-Note 'every selected step is done' }
        if ($Run.Plan['Recurs'] -and -not $Run.LeftOver -and $Run.Selected.Count -eq $Run.Steps.Count) {
            # What happens again must not find the record of the last time.
            Move-Item -LiteralPath $Run.Options.StatePath -Destination (Get-ReportPath "$($Run.Plan.Kind).state.json")
        }
    }
    finally { if ($record) { $null = Stop-Transcript } }
}

# 3: something has to be done in another window first. 4: something is left behind.
function Get-ExitCode {
    return $(if ($Run.Ended -eq 'Paused') { 3 } elseif ($Run.LeftOver) { 4 } else { 0 })
}

# What the script's parameters hold.
function Read-Option([object]$Cmdlet) {
    $names = 'TopologyPath', 'BackupDirectory', 'StatePath', 'UpdateInstaller', 'UpdateFolder', 'NoCumulativeUpdate',
    'Remoting', 'Resume', 'List', 'StartAt', 'StopAfter', 'Only', 'Force', 'TimeoutMinutes', 'PollSeconds',
    'WhatIfPreference'
    $options = @{ Given = $Cmdlet.MyInvocation.BoundParameters }
    foreach ($name in $names) { $options[$name] = $Cmdlet.SessionState.PSVariable.GetValue($name) }
    $options.Only = @($options.Only -join ',' -split ',' | ForEach-Object { $_.Trim() } | Where-Object { $_ })
    if ($options.UpdateInstaller -and $options.NoCumulativeUpdate) {
        throw '-UpdateInstaller and -NoCumulativeUpdate contradict each other: give one of them'
    }
    if ($options.Only.Count -gt 0 -and ($options.StartAt -or $options.StopAfter)) {
        throw '-Only cannot be combined with -StartAt or -StopAfter'
    }
    return $options
}

function Step {
    param(
        [Parameter(Mandatory = $true, Position = 0)][string]$Id, [string]$On = '', [string]$Impact = 'none',
        [int]$Minutes = 0, [double]$WaitMinutes = -1, [switch]$NeedsRecord, [switch]$Publishes, [switch]$Update,
        [switch]$OtherWindow, [string]$GoOn = '', [scriptblock]$Done, [scriptblock]$Check, [scriptblock]$Warn,
        [scriptblock]$Ready, [scriptblock]$Do, [scriptblock]$Until, [scriptblock]$Interval, [string]$Again = ''
    )
    if ($null -ne $Do -and $null -eq $Until) { $Until = $Done }
    $step = @{
        Id = $Id; On = $On; Minutes = $Minutes; WaitMinutes = $WaitMinutes; NeedsRecord = $NeedsRecord
        Publishes = $Publishes; Update = $Update; OtherWindow = $OtherWindow; GoOn = $GoOn; Done = $Done; Check = $Check
        Warn = $Warn; Ready = $Ready; 'Do' = $Do; 'Until' = $Until; Interval = $Interval; Again = $Again
        Always = ($null -ne $Check -and $null -eq $Do -and $null -eq $Done)
    }
    if ($Run.Mode -eq 'Read') { $Run.Steps += $step }
    elseif ($Run.Ended -or $Run.Selected -notcontains $Id) { return }
    elseif ($Run.Mode -eq 'Preview') { Show-Preview -Step $step }
    else {
        Write-Note "$Id (users: $Impact; about $Minutes minutes)"
        try { Invoke-Step -Step $step }
        catch { Resume-AfterFault -Step $step -Message $_.Exception.Message }
    }
}

function Invoke-Step([hashtable]$Step) {
    # A step that the operator names runs again, whatever the record says.
    $named = $Step.Id -eq $Run.Options.StartAt -or $Run.Options.Only -contains $Step.Id
    if ($Step.Update -and $Run.Options.NoCumulativeUpdate) {
        Write-Note '  skipped, because of -NoCumulativeUpdate'
        return (Set-Outcome -Id $Step.Id -Outcome 'skipped')
    }
    if (-not $named -and (Test-StepDone -Step $Step)) {
        Write-Note '  nothing left to do'
        return (Set-Outcome -Id $Step.Id -Outcome 'done')
    }
    $seen = Get-Verdict -Block $Step.Check
    if ($seen.State -ne 'Good') { throw $seen.Text }
    $seen = Get-Verdict -Block $Step.Warn
    if ($seen.State -ne 'Good') { Write-Warning -Message $seen.Text }
    if (-not $Run.Ended -and $null -ne $Step.Do) { Invoke-Change -Step $Step }
    if ($Run.Ended) { return }
    if ($null -ne $Step.Until) { Wait-Answer -Step $Step -Block $Step.Until -Interval $Step.Interval }
    Set-Outcome -Id $Step.Id -Outcome 'done'
}

# Done is what the deployment shows; where it cannot show it, this run's record has to say so too.
function Test-StepDone([hashtable]$Step) {
    if ($Step.NeedsRecord -and $Run.State[$Step.Id] -ne 'done') { return $false }
    $shown = $(if ($Step.NeedsRecord -and $null -eq $Step.Done) { $Step.Check } else { $Step.Done })
    if ($null -eq $shown) { return [bool]$Step.NeedsRecord }
    return ((Get-Verdict -Block $shown).State -eq 'Good')
}

function Invoke-Change([hashtable]$Step) {
    $question = "Have all lines been run on $($Step.On), without an error, and each program with exit code 0?"
    if ($Run.State[$Step.Id] -eq 'handed-over' -and (Test-Yes -Question $question -Caption $Step.Id)) { return }
    # Whether an earlier run that broke off got through, only the operator can tell; -Force is no knowledge.
    $broken = -not $Run.Options.Force -and 'begun', 'failed' -contains $Run.State[$Step.Id]
    if ($Step.Again -and $broken -and -not (Test-Yes -Question 'Run it again?' -Caption $Step.Id)) {
        return (Assert-Yes $Step.Again -Caption $Step.Id)
    }
    if ($Step.GoOn -and $Step.On -and $null -ne $Step.Until) {
        $seen = Get-Verdict -Block $Step.Until
        if ($seen.State -eq 'Unreachable') { throw $seen.Text }
    }
    if ($null -ne $Step.Ready) { Wait-Answer -Step $Step -Block $Step.Ready }
    Assert-Consent -Step $Step
    if ($Step.Publishes) { Clear-LaterOutcome -Id $Step.Id }
    Set-Outcome -Id $Step.Id -Outcome 'begun'
    $local = -not $Step.On -or (Test-Local -Machine $Step.On)
    if ($local -and $Step.OtherWindow) { Suspend-Run -Step $Step }
    elseif ($local) {
        # The step reads a program's exit code: that of an earlier program must not be taken for it.
        Set-Variable -Name 'LASTEXITCODE' -Scope 'Global' -Value 0
        & $Step.Do | ForEach-Object { Show-Output @($_) }
    }
    elseif ($Run.Options.Remoting -eq 'CredSSP' -and -not $Step.OtherWindow) {
        Invoke-OnServer -Machine $Step.On -Lines @(Get-Line -Block $Step.Do) | ForEach-Object { Show-Output @($_) }
    }
    else {
        Show-Line -Machine $Step.On -Block $Step.Do -OtherWindow $Step.OtherWindow -Plain $false
        Assert-Yes $question -Caption $Step.Id
    }
}

# What this server cannot do from a window of its own run is handed to the operator; the run ends here.
function Suspend-Run([hashtable]$Step) {
    Set-Outcome -Id $Step.Id -Outcome 'handed-over'
    Show-Line -Machine $Step.On -Block $Step.Do -OtherWindow $true -Plain $true
    Write-Note "the run ends here. When the lines above are done, continue with:`n    $(Get-ResumeCommand)"
    $Run.Ended = 'Paused'
}

# After a fault the run stops, unless the script says what is left behind and the operator agrees to continue. On
# the day of a failover nobody is asked about a wait, or about a change that did not begin.
function Resume-AfterFault([hashtable]$Step, [string]$Message) {
    Write-Warning -Message "$($Step.Id) failed: $Message"
    $begun = $Run.State[$Step.Id] -eq 'begun'
    if ($begun) {
        Set-Outcome -Id $Step.Id -Outcome $(if ($Step.Publishes) { Get-PublishOutcome } else { 'failed' })
    }
    $question = "Continue without it? Left behind: $($Step.GoOn)"
    $asks = $begun -or -not $Run.Plan['Recurs']
    if ($Step.GoOn -and (-not $asks -or (Test-Yes -Caption $Step.Id -Question $question))) {
        $Run.LeftOver = @($Run.LeftOver) + @("$($Step.Id): $($Step.GoOn) ($Message)")
        return (Set-Outcome -Id $Step.Id -Outcome 'skipped')
    }
    Write-Warning -Message "the checklist says under $($Step.Id) what to do; then run:`n    $(Get-ResumeCommand)"
    throw "$($Step.Id): $Message"
}

# The command that continues this run, with the parameters that it was given.
function Get-ResumeCommand {
    $given = $Run.Options.Given
    $parts = @(".\$(Split-Name -Path $Run.Plan.Script)", '-Resume')
    foreach ($name in 'TopologyPath', 'BackupDirectory', 'StatePath', 'UpdateInstaller', 'Remoting') {
        if ($given.ContainsKey($name)) { $parts += "-$name $(ConvertTo-Literal -Text ([string]$given[$name]))" }
    }
    if ($Run.Options.NoCumulativeUpdate) { $parts += '-NoCumulativeUpdate' }
    return ($parts -join ' ')
}

# ---- Which steps ------------------------------------------------------------
function Find-Step([string]$Id, [string]$Parameter) {
    $index = [array]::IndexOf(@($Run.Steps | ForEach-Object { $_.Id }), $Id)
    if ($index -ge 0) { return $index }
    throw "-$Parameter names no step: $Id; -List prints all of them"
}

# The ids of the selected steps. What confirms, checks rights and looks for drift runs before -StartAt too.
function Select-Step {
    $options = $Run.Options
    $wanted = @($options.Only | ForEach-Object { Find-Step -Id $_ -Parameter 'Only' })
    $first = $(if ($options.StartAt) { Find-Step -Id $options.StartAt -Parameter 'StartAt' } else { 0 })
    $last = $Run.Steps.Count - 1
    if ($options.StopAfter) { $last = Find-Step -Id $options.StopAfter -Parameter 'StopAfter' }
    if ($first -gt $last) { throw '-StartAt names a step that comes after the one of -StopAfter' }
    for ($index = 0; $index -lt $Run.Steps.Count; $index++) {
        $within = $index -le $last -and ($index -ge $first -or $Run.Steps[$index].Always)
        if ($wanted.Count -gt 0) { $within = $wanted -contains $index }
        if ($within) { $Run.Steps[$index].Id }
    }
}

function Show-Preview([hashtable]$Step) {
    if ($null -eq $Step.Do) { return (Write-Note "What if: only reading: $($Step.Id)") }
    Write-Note "What if: $($Step.Id)"
    foreach ($line in @(Get-Line -Block $Step.Do)) { Write-Note "    $line" }
}

# What comes before the first selected step has to be done; an update may have been left out.
function Assert-Order {
    foreach ($step in $Run.Steps) {
        $selected = $Run.Selected -contains $step.Id
        if ($Run.Plan.Undo -or $step.Id -eq $Run.Selected[-1] -or ($selected -and -not $step.Always)) { return }
        $enough = $(if ($step.Update) { 'done', 'skipped' } else { 'done' })
        if (-not $selected -and $null -ne $step.Do -and $enough -notcontains $Run.State[$step.Id]) {
            throw "$($step.Id) comes before the selected steps and is not done: leave -StartAt and -Only out"
        }
    }
}

# The update that was there before is a fact that nobody but the operator may know.
function Assert-UpdateDecided {
    $open = @($Run.Steps | Where-Object {
            $_.Update -and $Run.Selected -contains $_.Id -and $Run.State[$_.Id] -ne 'done'
        })
    if ($open.Count -eq 0) { return }
    $declared = [string]$Run.Plan.UpdateInstaller
    $given = [string]$Run.Options.UpdateInstaller
    if ($declared -and ($Run.Options.NoCumulativeUpdate -or ($given -and $given -ne $declared))) {
        throw "the plan declares the update ${declared}: for another, or none, plan again with that in the request"
    }
    if ($given -and -not $declared -and (Split-Name -Path $given) -ne $Run.Plan.UpdateProgram) {
        throw "-UpdateInstaller has to name $($Run.Plan.UpdateProgram), in the folder that the Front Ends see it in"
    }
    if (-not $declared -and -not $given -and -not $Run.Options.NoCumulativeUpdate) {
        throw 'the plan does not know the update: give -UpdateInstaller with its path, or -NoCumulativeUpdate'
    }
}

# ---- The state file ---------------------------------------------------------
function Set-Outcome([string]$Id, [string]$Outcome) {
    $Run.State[$Id] = $Outcome
    Save-State
}

# A topology that is published again makes whatever was done after it undone.
function Clear-LaterOutcome([string]$Id) {
    $later = @($Run.Steps | Select-Object -Skip (1 + (Find-Step -Id $Id)))
    foreach ($step in $later) { $null = $Run.State.Remove($step.Id) }
}

# A runbook takes the record of an earlier run only where it is told to. An undo continues it, and can do without.
function Read-State {
    $options = $Run.Options
    $path = $options.StatePath
    if (-not (Test-Path -LiteralPath $path)) {
        if (-not $options.Resume -or $Run.Plan.Undo) { return }
        throw "there is nothing to resume, for $path does not exist: run this script without -Resume"
    }
    $time = (Get-Item -LiteralPath $path).LastWriteTime
    if ($Run.Plan['Recurs'] -and $options.Resume -and $time -lt (Get-Date).AddDays(-1)) {
        Assert-Yes "Is this still the run of ${time}? If not, move $path away." -Caption 'An older run'
    }
    if (-not ($options.Resume -or $options.StartAt -or $options.Only.Count -gt 0 -or $Run.Plan.Undo)) {
        throw "the state file $path is from a run of ${time}: give -Resume to continue it, or move it away"
    }
    try { Read-StateFile -Path $path }
    catch {
        $text = "the state file $path is refused: $($_.Exception.Message)"
        if (-not $Run.Plan.Undo) { throw "$text; or move it away and start again" }
        Write-Warning -Message $text
        $Run.State = [ordered]@{}
    }
}

# A state file is taken only when it is what this script writes, to the letter.
function Read-StateFile([string]$Path) {
    $text = [System.IO.File]::ReadAllText($Path)
    $document = ConvertFrom-Json -InputObject $text
    foreach ($entry in @($document.steps)) { $Run.State.Add([string]$entry.id, [string]$entry.outcome) }
    $Run.Files = @($document.files | ForEach-Object { [string]$_ })
    $known = @($Run.Steps | ForEach-Object { $_.Id })
    $strange = @($Run.State.Keys | Where-Object { $known -cnotcontains $_ }) +
    @($Run.State.Values | Where-Object { $StateOutcomes -cnotcontains $_ })
    if ($strange.Count -gt 0 -or (ConvertTo-StateText) -cne $text) {
        throw 'it was edited, or is of another plan or script (then give another -StatePath)'
    }
}

function ConvertTo-StateText {
    $steps = @(foreach ($id in @($Run.State.Keys)) { [pscustomobject]@{ id = $id; outcome = $Run.State[$id] } })
    $document = [pscustomobject]@{
        formatVersion = 1; planId = $Run.Plan.Id; kind = $Run.Plan.Kind; steps = $steps; files = @($Run.Files)
    }
    return (ConvertTo-Json -InputObject $document -Depth 5 -Compress)
}

# Written beside and moved over the old file: a crash leaves the old state or the new one, never half of it.
function Save-State {
    $path = $Run.Options.StatePath
    [System.IO.File]::WriteAllText("$path.new", (ConvertTo-StateText))
    if ([System.IO.File]::Exists($path)) { [System.IO.File]::Replace("$path.new", $path, [NullString]::Value) }
    else { [System.IO.File]::Move("$path.new", $path) }
}

# ---- Answers ----------------------------------------------------------------
# Good, Bad, Unreachable, Error (ends a wait at the tenth in a row) or Stopped (ends it at the second).
function New-Answer([bool]$Good, [string]$Text, [string]$Else = 'Bad') {
    $state = $(if ($Good) { 'Good' } else { $Else })
    return [pscustomobject]@{ PSTypeName = 'PoolPair.Answer'; State = $state; Text = $Text }
}

# The answers of a block as one: good where all are. An error is an answer too: what is asked may be restarting.
function Get-Verdict([scriptblock]$Block) {
    if ($null -eq $Block) { return (New-Answer -Good $true -Text '') }
    $bad = New-Object -TypeName System.Collections.Generic.List[object]
    try {
        & $Block | Where-Object { $null -ne $_ } | ForEach-Object {
            if ($_.PSObject.TypeNames -notcontains 'PoolPair.Answer') { Show-Output @($_) }
            elseif ($_.State -ne 'Good') { $bad.Add($_) }
        }
    }
    catch { $bad.Add((New-Answer -Good $false -Text $_.Exception.Message)) }
    $states = @($bad | ForEach-Object { $_.State })
    $worst = 'Stopped', 'Error', 'Unreachable', 'Bad' | Where-Object { $states -contains $_ } | Select-Object -First 1
    return (New-Answer -Good ($bad.Count -eq 0) -Else $worst -Text (@($bad | ForEach-Object { $_.Text }) -join '; '))
}

# Asks until the answer is good. A wait is bounded by the clock and by the number of polls: neither a slow cmdlet nor
# a pause of nothing makes it endless. With -Interval two good answers count, one sync interval apart.
function Wait-Answer([hashtable]$Step, [scriptblock]$Block, [scriptblock]$Interval) {
    $pause = $Run.Options.PollSeconds
    $minutes = $Run.Options.TimeoutMinutes
    if ($Step.WaitMinutes -ge 0) { $minutes = [Math]::Min($minutes, $Step.WaitMinutes) }
    $end = ([DateTime]::UtcNow).AddMinutes($minutes)
    $limit = [int][Math]::Ceiling($minutes * 60.0 / [Math]::Max(1, $pause)) + 2
    $row = @{ Good = 0; Error = 0; Stopped = 0 }
    $lastText = ''
    for ($poll = 1; $poll -le $limit; $poll++) {
        $answer = Get-Verdict -Block $Block
        foreach ($state in @($row.Keys)) { $row[$state] = [int]($answer.State -eq $state) * ($row[$state] + 1) }
        if ($row.Good -ge 2 -or ($row.Good -eq 1 -and $null -eq $Interval)) { return }
        if ($row.Stopped -ge $MaxStoppedAnswers) { throw $answer.Text }
        if ($answer.Text -and $answer.Text -ne $lastText) { Write-Note "  waiting: $($answer.Text)" }
        $lastText = $answer.Text
        if ($row.Good -eq 0 -and ($row.Error -ge $MaxErrorAnswers -or [DateTime]::UtcNow -ge $end)) { break }
        $settings = $(if ($row.Good -eq 1) { Read-First -By $Interval -Else $NoSettings })
        $between = ConvertTo-Second -Value (Get-PropertyValue $settings 'SyncInterval' -Default ($row.Good * 120))
        Start-Sleep -Seconds ([Math]::Max($pause, [int]$between))
    }
    Show-Output $Run.LastSeen
    if ($row.Error -ge $MaxErrorAnswers) { throw "ErrorState $MaxErrorAnswers times in a row: $lastText" }
    throw "not within $minutes minutes; last seen: $lastText"
}

# ---- The operator -----------------------------------------------------------
# Asks; Enter alone is a no. With -Force nobody is asked.
function Test-Yes([string]$Question, [string]$Caption = 'Confirm') {
    if ($Run.Options.Force) { Write-Warning -Message "taken as yes because of -Force: $Question"; return $true }
    $choices = [System.Management.Automation.Host.ChoiceDescription[]]@('&Yes', '&No')
    try { $answer = $Host.UI.PromptForChoice($Caption, $Question, $choices, 1) }
    catch { throw "$NoConsole $Question $($_.Exception.Message)" }
    return ($answer -eq 0)
}

function Assert-Yes([Parameter(Position = 0)][string]$Question, [string]$Caption = 'Confirm') {
    if (-not (Test-Yes -Question $Question -Caption $Caption)) { throw "the operator did not say yes to: $Question" }
}

# The one yes that a change needs. -Confirm:$false, or -Force, leaves the question out.
function Assert-Consent([hashtable]$Step) {
    if ($Run.Options.Force) { return }
    $target = $(if ($Step.On) { $Step.On } else { 'the deployment' })
    try { $agreed = $Run.Cmdlet.ShouldProcess($target, $Step.Id) }
    catch { throw "$NoConsole $($_.Exception.Message)" }
    if (-not $agreed) { throw 'the operator declined the step' }
}

# A yes that has to say why; the transcript keeps the reason.
function Assert-Reason([string]$Question, [string]$Because) {
    Write-Warning -Message $Because
    $reason = $(if (-not $Run.Options.Force) { Read-Host -Prompt "$Question Type REASON, in your own words" })
    if (-not $reason) { throw "no reason was given, and -Force does not replace one: $Because" }
    Write-Note "  the reason: $reason"
}

function Write-Note([Parameter(Position = 0)][string]$Message) {
    Write-Information -MessageData $Message -InformationAction Continue
}

# ---- On another server ------------------------------------------------------
# COMPUTERNAME holds 15 letters; another one is the name. Without a domain of its own, the first label is compared.
function Test-Local([string]$Machine) {
    $properties = [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    $name, $domain = $properties.HostName, $properties.DomainName
    $short = [string]$env:COMPUTERNAME
    if ($short -and -not $name.StartsWith($short, [System.StringComparison]::OrdinalIgnoreCase)) { $name = $short }
    elseif ($domain -and $domain -ne '(none)' -and -not $name.Contains('.')) { $name = "$name.$domain" }
    if ($name.Contains('.')) { return ($name -eq $Machine) }
    return ($name -eq $Machine.Split('.')[0])
}

function Test-Here([string[]]$On) {
    $here = @($On | Where-Object { Test-Local -Machine $_ })
    return (New-Answer -Good ($here.Count -gt 0) -Text "run this script on $($On -join ' or ')")
}

# The lines of a step's change as they have to be typed. The one value that is a parameter of this script stands just
# before its first use: a window that was opened earlier does not hold it.
function Get-Line([scriptblock]$Block) {
    $folder = "`$UpdateFolder = $(ConvertTo-Literal -Text ([string]$Run.Options.UpdateFolder))"
    foreach ($line in @($Block.ToString() -split "`r?`n" | Where-Object { $_.Trim() })) {
        if ($folder -and $line.Contains('$UpdateFolder')) { $folder; $folder = '' }
        ($line -replace '^ {1,4}', '').TrimEnd()
    }
}

# Lines stand in blocks that stop at their first error; a comment asks for another window. Plain ones stand alone.
function Show-Line([string]$Machine, [scriptblock]$Block, [bool]$OtherWindow, [bool]$Plain) {
    $shell = $(if ($OtherWindow) { 'a plain, elevated PowerShell' } else { 'an elevated Management Shell' })
    Write-Note "Run these lines on $Machine, in ${shell}:"
    $open = $false
    foreach ($line in @(Get-Line -Block $Block)) {
        $wraps = -not $Plain -and -not $line.StartsWith('#')
        if ($open -and -not $wraps) { Write-Note '}' }
        if ($wraps -and -not $open) { Write-Note "& {`n    `$ErrorActionPreference = 'Stop'" }
        $open = $wraps
        Write-Note $(if ($wraps) { "    $line" } else { $line })
    }
    if ($open) { Write-Note '}' }
}

# A session that the operator opened before is used first: the script itself never asks for a password.
function Invoke-OnServer([string]$Machine, [string[]]$Lines) {
    $block = [scriptblock]::Create((@("`$ErrorActionPreference = 'Stop'") + $Lines) -join "`n")
    $sessions = @(Get-PSSession | Where-Object { $_.ComputerName -eq $Machine -and [string]$_.State -eq 'Opened' })
    if ($sessions.Count -gt 0) { return (Invoke-Command -Session $sessions[0] -ScriptBlock $block) }
    return (Invoke-Command -ComputerName $Machine -Authentication CredSSP -ScriptBlock $block)
}

# ---- The bundle and the rights ----------------------------------------------
# A guard against a slip, not against an attacker: who can change this script can change what it compares with.
function Assert-Bundle([scriptblock]$By) {
    $topology = $Run.Options.TopologyPath
    $script = $Run.Plan.Script
    $planned = $Run.Plan['TopologySha256']
    if ($planned -and (-not (Test-File -Path $topology) -or @(& $By $topology) -notcontains $planned)) {
        throw "the topology file $topology is missing or not the planned one: copy the whole bundle again"
    }
    $sums = Join-Path -Path (Split-Path -Path $script -Parent) -ChildPath 'SHA256SUMS'
    $pattern = '^[0-9a-fA-F]{64} [ *]' + [regex]::Escape((Split-Name -Path $script)) + '$'
    $lines = @(if (Test-File -Path $sums) { [System.IO.File]::ReadAllLines($sums) -match $pattern })
    if ($lines.Count -ne 1) {
        Write-Warning -Message "this script could not check itself, for $sums does not name it"
        Assert-Yes 'Is this script the reviewed one, unchanged?' -Caption 'This script'
    }
    elseif (@(& $By $script) -notcontains $lines[0].Substring(0, 64)) {
        throw "this script was changed after it was made: its SHA-256 is not the one in $sums"
    }
}

function Assert-Right([string[]]$On, [scriptblock]$By) {
    if ($null -eq (Get-Command -Name 'whoami.exe' -ErrorAction SilentlyContinue)) {
        return (Assert-Yes "Is this shell elevated, for $ServerAdminGroup and Domain Admins?" -Caption 'Rights')
    }
    $groups = @(whoami.exe /groups) -join "`n"
    if (-not $groups.Contains('S-1-16-12288')) { throw 'this shell is not elevated: start it as administrator' }
    if ($groups -notmatch [regex]::Escape($ServerAdminGroup)) { throw "this account is not in $ServerAdminGroup" }
    if ($groups -match $DomainAdminSidPattern) { return }
    foreach ($machine in $On) {
        $text = 'it does not say True'
        try {
            $found = ([adsisearcher]"(&(objectCategory=computer)(dNSHostName=$machine))").FindOne()
            $container = [string]$found.Properties['distinguishedname'][0] -replace '^[^,]*,', ''
            if (@(& $By $container) -contains 'True') { continue }
        }
        catch { $text = $_.Exception.Message }
        Write-Warning -Message "no domain administrator, and Test-CsSetupPermission for ${machine}: $text"
        Assert-Yes "Was setup permission for $machine delegated to this account?" -Caption 'Rights'
    }
}

# ---- Back-ups ---------------------------------------------------------------
function Resolve-RunPath([object]$Cmdlet, [string]$Path, [string]$Root, [string]$Name) {
    if ($Path) { return $Cmdlet.GetUnresolvedProviderPathFromPSPath($Path) }
    return (Join-Path -Path $Root -ChildPath $Name)
}

function Get-ExportPath([Parameter(Position = 0)][string]$Name) {
    return (Join-Path -Path $Run.Options.BackupDirectory -ChildPath "before-$Name")
}

function Get-ReportPath([Parameter(Position = 0)][string]$Name) {
    return (Join-Path -Path $Run.Options.BackupDirectory -ChildPath "$(Get-Date -Format 'yyyyMMdd-HHmmss')-$Name")
}

function Test-File([string]$Path) { (Test-Path -LiteralPath $Path) -and (Get-Item -LiteralPath $Path).Length -gt 0 }

function Test-Export([Parameter(Position = 0)][string[]]$Names) {
    foreach ($name in $Names) {
        $path = Get-ExportPath $name
        New-Answer -Good (Test-File -Path $path) -Text "the back-up file $path is missing or empty"
    }
}

# A file that is there is kept; one that this run did not write is asked about. A new one grows under another name: a
# half-written file must not be taken for a back-up later. What recurs needs the newest, and sets the older one aside.
function Save-Export {
    param([Parameter(Position = 0)][string]$Name, [Parameter(Position = 1)][scriptblock]$By, [switch]$Optional)
    $path = Get-ExportPath $Name
    $isThere = Test-File -Path $path
    if ($isThere -and $Run.Files -contains $Name) { return }
    if ($isThere -and -not $Run.Plan['Recurs']) {
        $age = [int]([DateTime]::UtcNow - (Get-Item -LiteralPath $path).LastWriteTimeUtc).TotalDays
        Write-Warning -Message "$path exists already, $age days old; for a new one, give another -BackupDirectory"
        Assert-Yes "Is $path, $age days old, the state before this change?" -Caption 'An older back-up'
    }
    else {
        $part = Join-Path -Path $Run.Options.BackupDirectory -ChildPath "part-$Name"
        if (Test-Path -LiteralPath $part) { Remove-Item -LiteralPath $part }
        try { $null = & $By $part }
        catch {
            if (-not $Optional) { throw }
            Write-Warning -Message "$Name is not saved: $($_.Exception.Message)"
            return (Assert-Yes "Continue without ${Name}? (Yes where the pool has none.)" -Caption 'Back-up')
        }
        if (-not (Test-File -Path $part)) { throw "the export of $Name ended without an error, but wrote no file" }
        if ($isThere) { Move-Item -LiteralPath $path -Destination (Get-ReportPath $Name) }
        Move-Item -LiteralPath $part -Destination $path -Force
    }
    $Run.Files = @($Run.Files) + @($Name)
    Save-State
}

function Save-Topology([object[]]$Topology, [string]$Path) {
    [System.IO.File]::WriteAllText($Path, (ConvertTo-TopologyText -Topology $Topology), [System.Text.Encoding]::Unicode)
}

# ---- The live topology ------------------------------------------------------
function ConvertTo-TopologyText([object[]]$Topology) {
    $texts = @($Topology | Where-Object { $null -ne $_ } | ForEach-Object {
            if ($_ -is [System.Xml.XmlNode]) { $_.get_OuterXml() } else { $_.ToString() }
        })
    return ($texts -join "`n")
}

# Without declaration, with line feeds only, trimmed: what differs between two ways to save the same text.
function ConvertTo-NormalText([string]$Text) {
    $plain = $Text.TrimStart([char]0xFEFF).Trim() -replace '^<\?xml\s[^>]*\?>', ''
    return $plain.Replace("`r`n", "`n").Replace("`r", "`n").Trim()
}

function Get-TextDigest([string]$Text) {
    $bytes = [System.Text.Encoding]::UTF8.GetBytes((ConvertTo-NormalText -Text $Text))
    $hash = [System.Security.Cryptography.SHA256]::Create().ComputeHash($bytes)
    return [System.BitConverter]::ToString($hash).Replace('-', '')
}

function Test-FileDigest([string]$Path, [string]$Digest) {
    return ((Test-File -Path $Path) -and (Get-TextDigest -Text ([System.IO.File]::ReadAllText($Path))) -eq $Digest)
}

# One text for all documents that differ only in order, white space and the signature, which the server writes anew.
function ConvertTo-CanonicalText([System.Xml.XmlElement]$Element) {
    $parts = New-Object -TypeName System.Collections.Generic.List[string]
    foreach ($attribute in $Element.get_Attributes()) {
        $name = $attribute.get_Name()
        if ($name -notmatch '^(xmlns(:.*)?|Signature)$') { $parts.Add(('@{0}={1}' -f $name, $attribute.get_Value())) }
    }
    foreach ($child in $Element.get_ChildNodes()) {
        if ($child -is [System.Xml.XmlElement]) { $parts.Add((ConvertTo-CanonicalText -Element $child)) }
        elseif ($child -is [System.Xml.XmlCharacterData] -and $child -isnot [System.Xml.XmlComment]) {
            $parts.Add($child.get_Value().Trim())
        }
    }
    $parts.Sort([System.StringComparer]::Ordinal)
    return ('{0}|{1}({2})' -f $Element.get_NamespaceURI(), $Element.get_LocalName(), ($parts -join ';'))
}

function Read-CanonicalText([string]$Text) {
    $document = New-Object -TypeName System.Xml.XmlDocument
    $document.XmlResolver = $null
    $document.LoadXml((ConvertTo-NormalText -Text $Text))
    return (ConvertTo-CanonicalText -Element ($document.get_DocumentElement()))
}

# Whether a text, or its content, is that of this digest: what was published may come back as another text.
function Test-SameTopology([string]$Text, [string]$Digest, [string]$Path) {
    if (-not $Digest) { return $false }
    if ((Get-TextDigest -Text $Text) -eq $Digest) { return $true }
    if (-not (Test-FileDigest -Path $Path -Digest $Digest)) { return $false }
    return ((Read-CanonicalText -Text $Text) -ceq (Read-CanonicalText -Text ([System.IO.File]::ReadAllText($Path))))
}

# Where the live topology stands: Before or After the change, Unknown where the cmdlets do not show it, or Other.
# Topology Builder writes the document anew, so that the associations are compared on that route.
function Get-Position {
    $plan = $Run.Plan
    $text = ConvertTo-TopologyText -Topology @(& $Run.Topology)
    $saved = Get-ExportPath 'topology.xml'
    if (Test-SameTopology -Text $text -Digest $plan.BeforeTextSha256 -Path $saved) { return 'Before' }
    if ($plan.Route -eq 'cmdlet') {
        $after = Test-SameTopology -Text $text -Digest $plan.AfterTextSha256 -Path $Run.Options.TopologyPath
        return $(if ($after) { 'After' } else { 'Other' })
    }
    $after = Get-Verdict -Block $Run.Planned
    # A text that is known tells before from another; what Topology Builder wrote to take the change back is a new one.
    $loose = -not $plan.BeforeTextSha256 -or $plan.Undo -or @(Get-Published).Count -gt 0
    $before = $(if ($loose) { Get-Verdict -Block $Run.Previous } else { New-Answer -Good $false -Text '' })
    if ($after.State -eq 'Good') { return $(if ($before.State -eq 'Good') { 'Unknown' } else { 'After' }) }
    if ($before.State -eq 'Good') { return 'Before' }
    $unread = @($after, $before | Where-Object { $_.State -eq 'Unreachable' } | ForEach-Object { $_.Text })
    if ($unread) { throw ($unread -join '; ') }
    return 'Other'
}

function Test-Position([string]$Is) {
    $position = Get-Position
    return (New-Answer -Good ($position -eq $Is) -Text "the live topology stands $position the change, not $Is")
}

# The publishing steps of this run's record that may have written, or only those of one outcome.
function Get-Published([string[]]$Outcome = @('begun', 'published', 'done')) {
    return @($Run.Steps | Where-Object { $_.Publishes -and $Outcome -contains $Run.State[$_.Id] })
}

# What becomes of a step that failed to publish: a topology that does not stand where it stood was written all the same.
function Get-PublishOutcome {
    $position = $(try { Get-Position } catch { 'Unknown' })
    if ($position -eq 'Unknown') { return 'begun' }
    $start = $(if ($Run.Plan.Undo) { 'After' } else { 'Before' })
    return $(if ($position -eq $start) { 'failed' } else { 'published' })
}

# Publishing replaces the whole topology, so that it must be the one that was planned from, or the planned one already.
# What was published by hand in this run may be corrected by hand.
function Assert-NoDrift {
    $position = Get-Position
    $byHand = $Run.Plan.Route -ne 'cmdlet' -and @(Get-Published).Count -gt 0
    if ($position -eq 'Before') { Assert-NotUndone }
    if ($position -eq 'Other' -and -not $byHand) {
        throw 'the live topology is neither the planned baseline nor the planned result: export it again and plan again'
    }
    if ($position -eq 'Unknown') {
        Write-Warning -Message 'the cmdlets do not show whether the change is published'
        Assert-Yes 'Is the topology unchanged since it was exported, apart from this change?' -Caption 'Drift'
    }
    if ($position -eq 'After' -and $Run.Plan.Route -eq 'cmdlet' -and (Test-Saved).State -ne 'Good') {
        Write-Warning -Message 'no back-up holds the topology before the change, which is published already'
        Assert-Yes 'Continue without a file to roll back to?' -Caption 'No rollback'
    }
    Write-Note "  live topology, relative to the change: $position"
}

# A change that was published and is gone was taken back, and must not be made again by going on.
function Assert-NotUndone {
    $anew = "to start anew, move $($Run.Options.StatePath) away and run this script without -Resume"
    $begun = @(Get-Published).Count -gt 0
    $wrote = @(Get-Published -Outcome 'published', 'done').Count -gt 0
    if ($wrote -or ($begun -and (Read-OtherRecord) -eq 'Published')) {
        throw "the change was published, and the live topology is the one before it again: it was undone. $anew"
    }
    if ($begun) {
        Write-Warning -Message "an earlier run stopped while it published. If the change was undone, say no; $anew"
        Assert-Yes 'Did it stop before it published, and was nothing undone?' -Caption 'Stopped'
    }
}

# Whether the saved topology is the one before the change: nobody can roll back to an older file of that name.
function Test-Saved {
    $path = Get-ExportPath 'topology.xml'
    $good = Test-FileDigest -Path $path -Digest $Run.Plan.BeforeTextSha256
    return (New-Answer -Good $good -Text "$path is missing or not the one before: give another -BackupDirectory")
}

# Ends the run where nothing has to be undone. The deployment decides, as far as it answers; the records of both scripts
# are hints. Servers: those that are to lose the backup service. No check of a pool's health stops it.
function Find-Change([string[]]$Servers, [scriptblock]$Service, [scriptblock]$SimpleUrl) {
    $position = $(try { Get-Position } catch { Write-Warning -Message $_.Exception.Message; 'Unknown' })
    Write-Note "  live topology, relative to the change: $position; back-ups: $($Run.Options.BackupDirectory)"
    $urls = Test-SimpleUrl -By $SimpleUrl
    $services = @(Test-Service -Is 'Absent' -On $Servers -By $Service | Where-Object { $_.State -ne 'Good' })
    foreach ($answer in @($urls) + $services) {
        if ($answer.State -ne 'Good') { Write-Note "  found: $($answer.Text)" }
    }
    if ($position -eq 'Other' -and $Run.Plan.Route -eq 'cmdlet') {
        throw 'somebody changed more since, and publishing the saved topology would undo that too: make the change ' +
        'in Topology Builder instead, with the partners and voice settings that undo.md names'
    }
    if ($position -eq 'Unknown') {
        Assert-Yes 'The cmdlets do not show whether the change is published. Was it?' -Caption 'Found'
    }
    if ($position -eq 'Before' -and -not (Test-Unfinished -Url $urls -Installed ($services.Count -gt 0))) {
        Write-Note 'nothing to undo: the live topology is the one before the change, and nothing was done after it'
        $Run.Ended = 'NothingToDo'
    }
    else { Assert-UpdateDecided }
}

# Whether something of the change is left, though the topology is the one before it, as where an undo broke off.
function Test-Unfinished([object]$Url, [bool]$Installed) {
    if (@(Get-Published).Count -gt 0) {
        $open = @($Run.Steps | Where-Object { $null -ne $_.Do -and $Run.State[$_.Id] -ne 'done' })
        return ($Installed -or $open.Count -gt 0)
    }
    if ($Url.State -ne 'Good' -and (Test-File -Path (Get-ExportPath 'simple-urls.xml'))) { return $true }
    $made = Read-OtherRecord
    if ($made) { return ($made -eq 'Published') }
    return ($Installed -and (Test-Yes -Question "Did this change install $ServiceName there?" -Caption 'Found'))
}

# What the record of the other script beside this one says: runbook.ps1 and undo.ps1 are witnesses of each other.
function Read-OtherRecord {
    $path = Join-Path -Path (Split-Path -Path $Run.Plan.Script -Parent) -ChildPath $Run.Plan.OtherState
    if (-not (Test-File -Path $path)) { return '' }
    $pattern = '-publish"\s*,\s*"outcome"\s*:\s*"(published|done)"'
    return $(if ([System.IO.File]::ReadAllText($path) -match $pattern) { 'Published' } else { 'Untouched' })
}

# ---- Pools and servers ------------------------------------------------------
# The relationship is read as text, with what its properties hold in turn: their names are not documented. Names count
# as a whole. No page tells the answer for a pool without a backup pool: nothing, or an error that says so. An error in
# another language the operator may understand; -Force is no knowledge.
function Test-Partner([string]$Of, [string]$Is = '', [string]$IsNot = '', [scriptblock]$By) {
    $relation = @()
    try { $relation = @(& $By) }
    catch {
        $fault = $_.Exception.Message
        $question = "Does this error say that $Of has no backup pool? $fault"
        $isNone = ($fault -replace '\w+-Cs\w+') -match $SaysNoPartner
        if (-not ($isNone -or $Is -or $Run.Options.Force)) { $isNone = Test-Yes -Question $question }
        if (-not $isNone) {
            $text = "the backup pool of $Of cannot be read (mend that first, and run $("$By".Trim()) by hand): $fault"
            return (New-Answer -Good $false -Else 'Unreachable' -Text $text)
        }
    }
    $names = @((ConvertTo-SearchText -InputObject $relation) -split '[^\w.-]+' | ForEach-Object { $_.Trim('.') })
    if ($Is) { New-Answer -Good ($names -contains $Is) -Text "the backup pool of $Of is not $Is" }
    if ($IsNot) { New-Answer -Good ($names -notcontains $IsNot) -Text "the backup pool of $Of is still $IsNot" }
}

# The voice settings of a pool, as far as the cmdlet shows them: the rest is compared in Topology Builder.
function Test-Registrar([string]$Of, [System.Collections.IDictionary]$Expected, [scriptblock]$By) {
    $registrar = Read-First -By $By -Else "compare the settings of $Of in Topology Builder"
    foreach ($setting in @($Expected.Keys)) {
        $live = Get-PropertyValue $registrar $setting
        $planned = $Expected[$setting]
        $same = [string]$live -eq [string]$planned
        if ($planned -is [int]) { $same = (ConvertTo-Second -Value $live) -eq $planned }
        New-Answer -Good ($same -or $null -eq $live) -Text "$setting of $Of is $live instead of $planned"
    }
}

function Test-Replica([string[]]$On, [scriptblock]$By) {
    $current = @(& $By | Where-Object { [string](Get-PropertyValue $_ 'UpToDate') -eq 'True' })
    $names = @($current | ForEach-Object { [string](Get-PropertyValue $_ 'ReplicaFqdn') })
    $late = @($On | Where-Object { $names -notcontains $_ })
    return (New-Answer -Good ($late.Count -eq 0) -Text "the replica is not up to date on $($late -join ', ')")
}

# Whether a service of each server is Absent, Installed, Running or StillRunning; or whether the server is InService:
# all run but those of a pairing. Looked for in the list of all, for an error is the answer of a server that is down.
# GoOnWith: the steps that start what has stopped, last that of a run without update.
function Test-Service {
    param([string[]]$On, [string]$Is, [scriptblock]$By, [string]$Name = $ServiceName, [string[]]$GoOnWith = @())
    foreach ($machine in $On) {
        $status = [ordered]@{}
        try {
            foreach ($service in @(& $By $machine | Where-Object { $null -ne $_ })) {
                $status[[string](Get-PropertyValue $service 'Name')] = [string](Get-PropertyValue $service 'Status')
            }
        }
        catch {
            New-Answer -Good $false -Else 'Unreachable' -Text "$machine does not answer: $($_.Exception.Message)"
            continue
        }
        $found = $(if ($status.Contains($Name)) { $status[$Name] } else { 'not installed' })
        $down = @($status.Keys | Where-Object { $NewServices -notcontains $_ -and $status[$_] -ne 'Running' })
        $text = "$Name on $machine is $found"
        switch ($Is) {
            'Absent' { New-Answer -Good ($found -eq 'not installed') -Text $text }
            'Installed' { New-Answer -Good ($found -ne 'not installed') -Text $text }
            'Running' { New-Answer -Good ($found -eq 'Running') -Text $text }
            'InService' { New-Answer -Good (-not $down) -Text "not running on ${machine}: $($down -join ', ') ($Mend)" }
            'StillRunning' {
                $step = $GoOnWith[$(if ($Run.Options.NoCumulativeUpdate) { -1 } else { 0 })]
                $cause = ', as it is where an update was not applied again: then not with -NoCumulativeUpdate'
                $text = "$text$(if ($GoOnWith.Count -gt 1) { $cause })."
                $text = "$text Go on with: $(Get-ResumeCommand) -StartAt '$step $machine'"
                New-Answer -Good ($found -eq 'Running') -Else 'Stopped' -Text $text
            }
        }
    }
}

# Whether the active Central Management store answers, from one of these names or from none of those.
function Test-CentralManagement([string[]]$On = @(), [string[]]$NotOn = @(), [scriptblock]$By) {
    $status = & $By | Select-Object -First 1
    $hosts = @()
    foreach ($name in 'ActiveMasterFqdn', 'ActiveFileTransferAgents') {
        $hosts = @(Get-PropertyValue $status $name -Default $hosts | Where-Object { "$_" })
        $wrong = @($hosts | Where-Object { $NotOn -contains $_ -or ($On.Count -gt 0 -and $On -notcontains $_) })
        New-Answer -Good ($hosts.Count -gt 0 -and $wrong.Count -eq 0) -Text "Central Management: $name is '$hosts'"
    }
}

function Test-Store([scriptblock]$By) {
    $good = @(& $By | Where-Object { [string](Get-PropertyValue $_ 'Succeed') -eq 'True' })
    $names = @($good | ForEach-Object { [string](Get-PropertyValue $_ 'DatabaseName') })
    foreach ($database in 'xds', 'lis') {
        New-Answer -Good ($names -contains $database) -Text "the Central Management database $database is not there"
    }
}

# Tried from this computer, which is not where the traffic comes from: a warning, never a verdict.
function Test-Port([string[]]$On, [int[]]$Ports) {
    foreach ($machine in $On) {
        $closed = @($Ports | Where-Object {
                -not (Test-NetConnection -ComputerName $machine -Port $_ -InformationLevel Quiet -WarningAction Ignore)
            })
        New-Answer -Good ($closed.Count -eq 0) -Text "$machine does not answer from here on TCP $($closed -join ', ')"
    }
}

function Test-Disk([string[]]$On, [int]$Gigabytes, [scriptblock]$By) {
    foreach ($machine in $On) {
        $low = @(& $By $machine | Where-Object { $_.FreeSpace -lt $Gigabytes * 1GB } | ForEach-Object { $_.DeviceID })
        New-Answer -Good ($low.Count -eq 0) -Text "less than $Gigabytes GB are free on $low of $machine"
    }
}

# ---- Simple URLs ------------------------------------------------------------
function ConvertTo-SimpleUrlText([object]$Configuration) {
    $urls = @(foreach ($url in @(Get-PropertyValue $Configuration 'SimpleUrl' -Default @())) {
            $entries = @(Get-PropertyValue $url 'SimpleUrlEntry' -Default @() | ForEach-Object {
                    [string](Get-PropertyValue $_ 'Url' -Default $_)
                })
            $rest = @('Domain', 'ActiveUrl' | ForEach-Object { Get-PropertyValue $url $_ })
            "$(Get-PropertyValue $url 'Component' -Default $url) $rest $($entries | Sort-Object)"
        })
    return "$(Get-PropertyValue $Configuration 'Identity'): $(@($urls | Sort-Object) -join '; ')"
}

# The saved configurations that are no longer live as they were.
function Get-LostSimpleUrl([scriptblock]$By) {
    $live = @(& $By | ForEach-Object { ConvertTo-SimpleUrlText -Configuration $_ })
    Import-Clixml -LiteralPath (Get-ExportPath 'simple-urls.xml') | Where-Object {
        $live -notcontains (ConvertTo-SimpleUrlText -Configuration $_)
    }
}

function Test-SimpleUrl([scriptblock]$By) {
    $saved = Test-Export 'simple-urls.xml'
    if ($saved.State -ne 'Good') { return $saved }
    $lost = @(Get-LostSimpleUrl -By $By | ForEach-Object { [string](Get-PropertyValue $_ 'Identity') })
    return (New-Answer -Good ($lost.Count -eq 0) -Text "the simple URLs of $($lost -join ', ') are not the saved ones")
}

function Restore-SimpleUrl([scriptblock]$By, [scriptblock]$Set) {
    foreach ($lost in @(Get-LostSimpleUrl -By $By)) {
        $identity = [string](Get-PropertyValue $lost 'Identity')
        $urls = @(Get-PropertyValue $lost 'SimpleUrl' -Default @() | ForEach-Object { New-SimpleUrl -Saved $_ })
        & $Set $identity $urls
        Write-Warning -Message "lost simple URLs of $identity are restored: run Enable-CsComputer on each Front End"
    }
}

function New-SimpleUrl([object]$Saved) {
    $text = @{}
    foreach ($name in 'Component', 'Domain', 'ActiveUrl') { $text[$name] = [string](Get-PropertyValue $Saved $name) }
    $old = @(Get-PropertyValue $Saved 'SimpleUrlEntry' -Default @())
    $entries = @($old | ForEach-Object { New-CsSimpleUrlEntry -Url ([string](Get-PropertyValue $_ 'Url')) })
    New-CsSimpleUrl -Component $text.Component -Domain $text.Domain -SimpleUrlEntry $entries -ActiveUrl $text.ActiveUrl
}

# ---- The backup service -----------------------------------------------------
# A module is good when its export has nothing to send, or no backlog, and its import works. One that may be idle, as
# Central Management on its standby side, need not have begun to export. Response Groups count where they are backed up.
function Test-BackupStatus {
    param([scriptblock]$By, [scriptblock]$With, [string[]]$Also = @(), [string[]]$MayBeIdle = @())
    $modules = @('UserServices.PresenceFocus', 'ConfServices.DataConf') + $Also + $MayBeIdle
    $settings = $(if ($With) { Read-First -By $With -Else $NoSettings })
    if ([string](Get-PropertyValue $settings 'EnableRgsBackupService') -eq 'True') {
        $modules += @('ApplicationServer.RGSDataStore', 'ApplicationServer.RGSFileStore')
    }
    $statuses = @(& $By)
    $rows = @($statuses | ForEach-Object { Get-PropertyValue $_ 'BackupModules' } | ForEach-Object { $_ })
    $Run.LastSeen = @($statuses) + @($rows)
    foreach ($module in $modules) {
        $row = $rows | Where-Object { (Get-PropertyValue $_ 'Identity') -like "*$module" } | Select-Object -First 1
        $export = [string](Get-PropertyValue $row 'ExportStatus' -Default 'no row')
        $import = [string](Get-PropertyValue $row 'ImportStatus' -Default 'no row')
        $idle = $MayBeIdle -contains $module -and $export -eq 'NotInitialized'
        $good = ($idle -or 'SteadyState', 'FinalState' -contains $export) -and $import -eq 'NormalState'
        $else = $(if (@($export, $import) -contains 'ErrorState') { 'Error' } else { 'Bad' })
        New-Answer -Good $good -Else $else -Text "${module}: export $export, import $import"
    }
}

# ---- Tools ------------------------------------------------------------------
# All that an object holds, as one text to search, for the properties of most cmdlets here are not documented.
function ConvertTo-SearchText([object[]]$InputObject = @()) {
    $described = $InputObject | Format-List -Property * | Out-String -Width 4096
    try { $json = ConvertTo-Json -InputObject $InputObject -Depth 3 -Compress -WarningAction SilentlyContinue }
    catch { $json = '' }
    return ("$described $($InputObject -join ' ') $json")
}

# The first object that a block gives; nothing, with a warning, where it fails.
function Read-First([scriptblock]$By, [string]$Else) {
    try { return (& $By | Select-Object -First 1) }
    catch { Write-Warning -Message "${Else}: $($_.Exception.Message)" }
}

function Show-Output([Parameter(Position = 0)][object[]]$InputObject = @()) {
    $items = @($InputObject | Where-Object { $null -ne $_ })
    if ($items.Count -gt 0) { Write-Note ($items | Format-List -Property * | Out-String -Width 4096).Trim() }
}

# The value of a property, or the default where the object has no such property.
function Get-PropertyValue {
    param([Parameter(Position = 0)][object]$InputObject, [Parameter(Position = 1)][string]$Name, [object]$Default)
    if ($null -eq $InputObject) { return $Default }
    if ($InputObject -is [System.Collections.IDictionary]) { $InputObject = [pscustomobject]$InputObject }
    $property = $InputObject.PSObject.Properties[$Name]
    if ($null -eq $property) { return $Default }
    return $property.Value
}

# A number of seconds from a time span, a number or a text; nothing where it is none of them.
function ConvertTo-Second([object]$Value) {
    $text = [string]$Value
    if ($text -match '^[0-9]+$') { return [long]$text }
    $span = [System.TimeSpan]::Zero
    if ([System.TimeSpan]::TryParse($text, [ref]$span)) { return [long]$span.TotalSeconds }
}

function ConvertTo-Literal([string]$Text) {
    return "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text) + "'"
}

# A path is split at its last separator, whichever: it may be one of another computer.
function Split-Name([string]$Path) { return $Path.Substring($Path.LastIndexOfAny([char[]]'\/') + 1) }
function Split-Folder([string]$Path) { return $Path.Substring(0, [Math]::Max(0, $Path.LastIndexOfAny([char[]]'\/'))) }

Export-ModuleMember -Function @(
    'Invoke-Runbook', 'Step', 'Get-ExitCode', 'Resolve-RunPath', 'Split-Folder', 'Write-Note', 'Find-Change',
    'Assert-Yes', 'Assert-Reason', 'Assert-Bundle', 'Assert-Right', 'Assert-NoDrift', 'Test-Here', 'Test-Export',
    'Test-Position', 'Test-Saved', 'Test-Partner', 'Test-Registrar', 'Test-Replica', 'Test-Service', 'Test-Store',
    'Test-CentralManagement', 'Test-Port', 'Test-Disk', 'Test-SimpleUrl', 'Test-BackupStatus', 'Save-Export',
    'Save-Topology', 'Get-ExportPath', 'Get-ReportPath', 'Restore-SimpleUrl'
)
