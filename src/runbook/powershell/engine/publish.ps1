
# ---- Publishing -------------------------------------------------------------

# The default instance of an SQL server has no name.
function Install-StandbyStore {
    param([hashtable]$Step)
    $pool = Get-PoolEntry -Fqdn $Step.Pool
    if ($pool.SqlInstance) {
        Show-Object -InputObject @(Install-CsDatabase -CentralManagementDatabase -SqlServerFqdn $pool.SqlServer -SqlInstanceName $pool.SqlInstance)
    }
    else {
        Show-Object -InputObject @(Install-CsDatabase -CentralManagementDatabase -SqlServerFqdn $pool.SqlServer)
    }
}

function Assert-Publishable {
    param([hashtable]$Step)
    if (-not (Test-Path -LiteralPath $TopologyPath)) {
        throw "the topology file $TopologyPath is missing: give -TopologyPath, or the -BackupDirectory that it was saved in"
    }
    if ($Plan.FileSha256) {
        $same = (Get-FileHash -LiteralPath $TopologyPath -Algorithm SHA256).Hash -eq $Plan.FileSha256
    }
    else {
        $text = ConvertTo-NormalText -Text ([System.IO.File]::ReadAllText($TopologyPath))
        $same = (Get-TextHash -Text $text) -eq $Plan.AfterTextSha256
    }
    if (-not $same) {
        throw "the topology file $TopologyPath is not the planned one"
    }
    if ((Get-TopologyPosition) -eq 'Other') {
        throw 'the live topology has changed since the drift check: export it again and plan again'
    }
}

function Test-Published {
    param([hashtable]$Step)
    return (New-Answer -Good ((Get-TopologyPosition) -eq 'After') -Text 'the live topology is not the one after the change')
}

function Assert-Published {
    param([hashtable]$Step)
    $answer = Test-Published -Step $Step
    if (-not $answer.Good) {
        throw $answer.Text
    }
}

function Get-ReportPath {
    param([string]$Name)
    return (Get-BackupPath -Name ('{0}-{1}' -f (Get-Date -Format 'yyyyMMdd-HHmmss'), $Name))
}

function Publish-Plan {
    param([hashtable]$Step)
    Initialize-Directory -Path $BackupDirectory
    Publish-CsTopology -FileName $TopologyPath -WhatIf
    Show-Object -InputObject @(Publish-CsTopology -FileName $TopologyPath -BackupFileName (Get-ReportPath -Name 'publish.xml') -Report (Get-ReportPath -Name 'publish.html'))
}

function Enable-Plan {
    param([hashtable]$Step)
    Initialize-Directory -Path $BackupDirectory
    Show-Object -InputObject @(Enable-CsTopology -Report (Get-ReportPath -Name 'enable.html'))
}

function Show-ManualChange {
    param([hashtable]$Step)
    Write-Note -Message '  In Topology Builder: download the topology, open the properties of each pool below, page General, section Resiliency.'
    foreach ($pool in $Pools) {
        Write-Note -Message "  $($pool.Fqdn)"
        if ($pool.PartnerAfter) {
            Write-Note -Message "    Associated backup pool: selected, $($pool.PartnerAfter)"
        }
        else {
            Write-Note -Message '    Associated backup pool: cleared'
        }
        foreach ($setting in @($pool.VoiceAfter.Keys)) {
            Write-Note -Message ('    {0}: {1}' -f $SettingLabels[$setting], $pool.VoiceAfter[$setting])
        }
    }
    Write-Note -Message '  Then publish the topology there, and let it create the databases that it lists.'
    Assert-Yes -Caption 'Topology Builder' -Question 'Has Topology Builder published the change without an error?'
}

# The comparisons of all pools with the plan, as they are live.
function Compare-Plan {
    foreach ($pool in $Pools) {
        Compare-Relation -Pool $pool
        Compare-Voice -Pool $pool
    }
}

# Good only with evidence: relationships that changed and could be read, or voice settings that the cmdlets show.
function Test-PublishedByHand {
    param([hashtable]$Step)
    $contradiction = Test-NoContradiction
    if (-not $contradiction.Good) {
        return $contradiction
    }
    $changed = @($Pools | Where-Object { $_.PartnerBefore -ne $_.PartnerAfter })
    $compared = @($Pools | ForEach-Object { Compare-Voice -Pool $_ })
    if ($changed.Count -gt 0) {
        $compared = @($changed | ForEach-Object { Compare-Relation -Pool $_ })
    }
    $unknown = @($compared | Where-Object { -not $_.Known })
    return (New-Answer -Good ($unknown.Count -eq 0) -Text 'the cmdlets do not show whether the change is published')
}

# The operator has said that it is published: what the cmdlets do not show is no fault any more.
function Test-NoContradiction {
    $faults = @(Compare-Plan | Where-Object { -not $_.Good })
    return (New-Answer -Good ($faults.Count -eq 0) -Text (@($faults | ForEach-Object { $_.Text }) -join '; '))
}

function Wait-PublishedByHand {
    param([hashtable]$Step)
    Wait-Until -What 'the published change' -Test 'Test-NoContradiction' -Arguments @{}
}

# ---- Simple URLs ------------------------------------------------------------

function Get-SavedSimpleUrl {
    return @(Import-Clixml -LiteralPath (Get-BackupPath -Name 'simple-urls.xml'))
}

function ConvertTo-SimpleUrlText {
    param([object]$Configuration)
    $urls = @(foreach ($url in @(Get-PropertyValue -InputObject $Configuration -Name 'SimpleUrl' -Default @())) {
            $entries = @(foreach ($entry in @(Get-PropertyValue -InputObject $url -Name 'SimpleUrlEntry' -Default @())) {
                    [string](Get-PropertyValue -InputObject $entry -Name 'Url' -Default $entry)
                })
            $component = Get-PropertyValue -InputObject $url -Name 'Component' -Default $url
            $domain = Get-PropertyValue -InputObject $url -Name 'Domain'
            $active = Get-PropertyValue -InputObject $url -Name 'ActiveUrl'
            '{0} {1} {2} {3}' -f $component, $domain, $active, (@($entries | Sort-Object) -join ' ')
        })
    return (@($urls | Sort-Object) -join '; ')
}

# The saved configurations that are no longer live as they were.
function Get-LostSimpleUrl {
    $live = @{}
    foreach ($configuration in @(Get-CsSimpleUrlConfiguration)) {
        $identity = [string](Get-PropertyValue -InputObject $configuration -Name 'Identity')
        $live[$identity] = ConvertTo-SimpleUrlText -Configuration $configuration
    }
    foreach ($configuration in @(Get-SavedSimpleUrl)) {
        $identity = [string](Get-PropertyValue -InputObject $configuration -Name 'Identity')
        if (-not $live.ContainsKey($identity) -or $live[$identity] -ne (ConvertTo-SimpleUrlText -Configuration $configuration)) {
            $configuration
        }
    }
}

function Test-SimpleUrl {
    param([hashtable]$Step)
    $lost = @(Get-LostSimpleUrl)
    return (New-Answer -Good ($lost.Count -eq 0) -Text "$($lost.Count) simple URL configuration(s) differ from the saved ones")
}

function Assert-SimpleUrl {
    param([hashtable]$Step)
    $answer = Test-SimpleUrl -Step $Step
    if (-not $answer.Good) {
        throw $answer.Text
    }
}

function Restore-SimpleUrl {
    param([hashtable]$Step)
    foreach ($configuration in @(Get-LostSimpleUrl)) {
        $identity = [string](Get-PropertyValue -InputObject $configuration -Name 'Identity')
        $urls = @(foreach ($url in @(Get-PropertyValue -InputObject $configuration -Name 'SimpleUrl' -Default @())) {
                New-SimpleUrl -Saved $url
            })
        Set-CsSimpleUrlConfiguration -Identity $identity -SimpleUrl @{ Replace = $urls }
        Write-Warning -Message "the simple URLs of $identity were lost and are put back: run Enable-CsComputer on every Front End"
    }
}

function New-SimpleUrl {
    param([object]$Saved)
    $entries = @(foreach ($entry in @(Get-PropertyValue -InputObject $Saved -Name 'SimpleUrlEntry' -Default @())) {
            New-CsSimpleUrlEntry -Url ([string](Get-PropertyValue -InputObject $entry -Name 'Url'))
        })
    $component = [string](Get-PropertyValue -InputObject $Saved -Name 'Component')
    $domain = [string](Get-PropertyValue -InputObject $Saved -Name 'Domain')
    $active = [string](Get-PropertyValue -InputObject $Saved -Name 'ActiveUrl')
    New-CsSimpleUrl -Component $component -Domain $domain -SimpleUrlEntry $entries -ActiveUrl $active
}
