
# ---- Tools ------------------------------------------------------------------

function Write-Note {
    param([string]$Message)
    Write-Information -MessageData $Message -InformationAction Continue
}

# The whole object, as text that a person reads: the properties of most cmdlets here are not documented.
function ConvertTo-PlainText {
    param([object[]]$InputObject = @())
    $items = @($InputObject | Where-Object { $null -ne $_ })
    if ($items.Count -eq 0) {
        return ''
    }
    $described = $items | Format-List -Property * | Out-String -Width 4096
    return ('{0}{1}{2}' -f $described.Trim(), [System.Environment]::NewLine, ($items -join [System.Environment]::NewLine))
}

function Show-Object {
    param([object[]]$InputObject = @())
    $text = ConvertTo-PlainText -InputObject $InputObject
    if ($text) {
        Write-Note -Message $text
    }
}

# The value of a property, or the default where the object has no such property.
function Get-PropertyValue {
    param([object]$InputObject, [string]$Name, [object]$Default = $null)
    if ($null -eq $InputObject) {
        return $Default
    }
    if ($InputObject -is [System.Collections.IDictionary]) {
        if ($InputObject.Contains($Name)) {
            return $InputObject[$Name]
        }
        return $Default
    }
    $property = $InputObject.PSObject.Properties[$Name]
    if ($null -eq $property) {
        return $Default
    }
    return $property.Value
}

function New-Answer {
    param([bool]$Good, [string]$Text)
    return @{ Good = $Good; Text = $Text }
}

function ConvertTo-Literal {
    param([string]$Text)
    return "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text) + "'"
}

function Get-PoolEntry {
    param([string]$Fqdn)
    foreach ($pool in $Pools) {
        if ($pool.Fqdn -eq $Fqdn) {
            return $pool
        }
    }
    throw "the plan describes no pool $Fqdn"
}

function Get-StepTarget {
    param([hashtable]$Step)
    if ($Step.Machine) {
        return $Step.Machine
    }
    if ($Step.Pool) {
        return $Step.Pool
    }
    return 'the deployment'
}

function Get-StepTitle {
    param([hashtable]$Step)
    return ($Tasks[$Step.Task].Title -f (Get-StepTarget -Step $Step))
}

# Whether the text holds the name as a whole: pool1.contoso.com is not a part of mypool1.contoso.com.
function Test-Mention {
    param([string]$Text, [string]$Name)
    $pattern = '(?<![\w.-])' + [regex]::Escape($Name) + '(?![\w-]|\.\w)'
    return [regex]::IsMatch($Text, $pattern, [System.Text.RegularExpressions.RegexOptions]::IgnoreCase)
}

# COMPUTERNAME holds the first 15 letters only; where it is another name, as in a rehearsal, it is the name.
function Get-LocalName {
    $properties = [System.Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
    $name = $properties.HostName
    if ($env:COMPUTERNAME -and -not $name.StartsWith($env:COMPUTERNAME, [System.StringComparison]::OrdinalIgnoreCase)) {
        return $env:COMPUTERNAME
    }
    if ($properties.DomainName -and $properties.DomainName -ne '(none)' -and -not $name.Contains('.')) {
        return ('{0}.{1}' -f $name, $properties.DomainName)
    }
    return $name
}

# A computer that knows no domain of its own, as in a rehearsal, is compared by its first label.
function Test-Local {
    param([string]$Machine)
    $local = Get-LocalName
    if ($local.Contains('.')) {
        return ($local -eq $Machine)
    }
    return ($local -eq $Machine.Split('.')[0])
}

# A wait is bounded by the clock and by the number of polls: neither a slow cmdlet nor no pause makes it endless.
function Get-PollLimit {
    $seconds = [Math]::Max(1, $PollSeconds)
    return [int][Math]::Ceiling($TimeoutMinutes * 60.0 / $seconds) + 1
}

# An error is an answer too: what is asked may be restarting.
function Wait-Until {
    param([string]$What, [string]$Test, [hashtable]$Arguments)
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $limit = Get-PollLimit
    $lastText = ''
    for ($poll = 1; $poll -le $limit; $poll++) {
        try {
            $answer = & $Test @Arguments
        }
        catch {
            $answer = New-Answer -Good $false -Text $_.Exception.Message
        }
        if ($answer.Good) {
            return
        }
        if ($answer.Text -ne $lastText) {
            Write-Note -Message ('  waiting for {0}: {1}' -f $What, $answer.Text)
            $lastText = $answer.Text
        }
        if ($poll -lt $limit -and $watch.Elapsed.TotalMinutes -lt $TimeoutMinutes) {
            Start-Sleep -Seconds $PollSeconds
        }
        else {
            break
        }
    }
    throw ('{0}: not within {1} minutes; last seen: {2}' -f $What, $TimeoutMinutes, $lastText)
}

# Asks for a yes; Enter alone is a no. A rehearsal with -Force is not asked.
function Assert-Yes {
    param([string]$Question, [string]$Caption)
    if ($Force) {
        Write-Warning -Message "taken as yes because of -Force: $Question"
        return
    }
    $choices = [System.Management.Automation.Host.ChoiceDescription[]]@('&Yes', '&No')
    try {
        $answer = $Host.UI.PromptForChoice($Caption, $Question, $choices, 1)
    }
    catch {
        throw "nobody can be asked in this shell, so open an interactive one: $Question ($($_.Exception.Message))"
    }
    if ($answer -ne 0) {
        throw "the operator did not say yes to: $Question"
    }
}

# The one yes that a change needs. -Confirm:$false, or a rehearsal with -Force, leaves the question out.
function Assert-Consent {
    param([hashtable]$Step)
    $target = Get-StepTarget -Step $Step
    try {
        $agreed = $RunbookCmdlet.ShouldProcess($target, (Get-StepTitle -Step $Step))
    }
    catch {
        throw "nobody can be asked in this shell, so open an interactive one, or give -Confirm:`$false ($($_.Exception.Message))"
    }
    if (-not $agreed) {
        throw 'the operator declined the step'
    }
}
