
# ---- State ------------------------------------------------------------------

function Read-State {
    param([string]$Path)
    $state = [ordered]@{}
    if (-not (Test-Path -LiteralPath $Path)) {
        return $state
    }
    $advice = 'every step may run again, so move the file away and run this script without -Resume'
    try {
        $document = [System.IO.File]::ReadAllText($Path) | ConvertFrom-Json
    }
    catch {
        throw "the state file $Path cannot be read: $($_.Exception.Message); $advice"
    }
    $planId = Get-PropertyValue -InputObject $document -Name 'planId'
    if (-not $planId) {
        throw "the state file $Path is damaged; $advice"
    }
    if ($planId -ne $Plan.PlanId) {
        throw "the state file $Path belongs to another plan: give another -StatePath"
    }
    foreach ($entry in @(Get-PropertyValue -InputObject $document -Name 'steps' -Default @())) {
        $id = [string](Get-PropertyValue -InputObject $entry -Name 'id')
        $state[$id] = [string](Get-PropertyValue -InputObject $entry -Name 'outcome')
    }
    return $state
}

# Written beside and moved over the old file: a crash leaves the old state or the new one, never half of it.
function Save-State {
    param([string]$Path, [System.Collections.IDictionary]$State)
    $steps = @(foreach ($id in $State.Keys) { [pscustomobject]@{ id = $id; outcome = $State[$id] } })
    $document = [pscustomobject]@{ formatVersion = 1; planId = $Plan.PlanId; kind = $Plan.Kind; steps = $steps }
    $text = ConvertTo-Json -InputObject $document -Depth 5
    $temporary = "$Path.new"
    [System.IO.File]::WriteAllText($temporary, $text, (New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false))
    if ([System.IO.File]::Exists($Path)) {
        [System.IO.File]::Replace($temporary, $Path, [NullString]::Value)
    }
    else {
        [System.IO.File]::Move($temporary, $Path)
    }
}

function Test-StepDone {
    param([System.Collections.IDictionary]$State, [string]$Id)
    return ($State.Contains($Id) -and $State[$Id] -eq 'done')
}
