
# ---- The live topology ------------------------------------------------------

function Get-LiveTopology {
    $texts = @(foreach ($item in @(Get-CsTopology -AsXml)) {
            if ($item -is [System.Xml.XmlNode]) {
                $item.get_OuterXml()
            }
            elseif ($null -ne $item) {
                $item.ToString()
            }
        })
    return ($texts -join "`n")
}

# Without declaration, with line feeds only, trimmed: what differs between two ways to save the same text.
function ConvertTo-NormalText {
    param([string]$Text)
    $plain = $Text.TrimStart([char]0xFEFF).Trim()
    $plain = $plain -replace '^<\?xml\s[^>]*\?>', ''
    return $plain.Replace("`r`n", "`n").Replace("`r", "`n").Trim()
}

function Get-TextHash {
    param([string]$Text)
    $algorithm = [System.Security.Cryptography.SHA256]::Create()
    try {
        $hash = $algorithm.ComputeHash([System.Text.Encoding]::UTF8.GetBytes($Text))
    }
    finally {
        $algorithm.Dispose()
    }
    return [System.BitConverter]::ToString($hash).Replace('-', '').ToLowerInvariant()
}

# One text for all documents that differ in nothing but the order of attributes and siblings, white space and the
# root's signature, which the server may write anew.
function ConvertTo-CanonicalText {
    param([System.Xml.XmlElement]$Element)
    $parts = New-Object -TypeName System.Collections.Generic.List[string]
    foreach ($attribute in $Element.get_Attributes()) {
        $name = $attribute.get_Name()
        if ($name -ne 'xmlns' -and -not $name.StartsWith('xmlns:') -and $name -ne 'Signature') {
            $parts.Add(('@{0}={1}' -f $name, $attribute.get_Value()))
        }
    }
    foreach ($child in $Element.get_ChildNodes()) {
        if ($child -is [System.Xml.XmlElement]) {
            $parts.Add((ConvertTo-CanonicalText -Element $child))
        }
        elseif ($child -is [System.Xml.XmlCharacterData] -and $child -isnot [System.Xml.XmlComment]) {
            $text = $child.get_Value().Trim()
            if ($text) {
                $parts.Add($text)
            }
        }
    }
    $parts.Sort([System.StringComparer]::Ordinal)
    return ('{0}|{1}({2})' -f $Element.get_NamespaceURI(), $Element.get_LocalName(), ($parts -join ';'))
}

function Read-CanonicalText {
    param([string]$Text)
    $document = New-Object -TypeName System.Xml.XmlDocument
    $document.XmlResolver = $null
    $document.LoadXml($Text)
    return (ConvertTo-CanonicalText -Element ($document.get_DocumentElement()))
}

# Whether the text and the file hold the same topology.
function Test-SameTopology {
    param([string]$Text, [string]$Path)
    if (-not $Path -or -not (Test-Path -LiteralPath $Path)) {
        return $false
    }
    $planned = ConvertTo-NormalText -Text ([System.IO.File]::ReadAllText($Path))
    try {
        return ((Read-CanonicalText -Text $Text) -ceq (Read-CanonicalText -Text $planned))
    }
    catch [System.Xml.XmlException] {
        Write-Warning -Message "one of the two topologies is no well-formed XML: $($_.Exception.Message)"
        return $false
    }
}

# Where a topology stands: Before or After the change, or Other. A file that was published may come back as another
# text of the same content.
function Get-TextPosition {
    param([string]$Text)
    $normal = ConvertTo-NormalText -Text $Text
    $hash = Get-TextHash -Text $normal
    if ($hash -eq $Plan.AfterTextSha256) {
        return 'After'
    }
    if ($hash -eq $Plan.BeforeTextSha256) {
        return 'Before'
    }
    if ($Plan.PublishRoute -eq 'cmdlet' -and (Test-SameTopology -Text $normal -Path $TopologyPath)) {
        return 'After'
    }
    if ($Plan.PublishRoute -eq 'cmdlet' -and (Test-SameTopology -Text $normal -Path $BeforePath)) {
        return 'Before'
    }
    return 'Other'
}

function Get-TopologyPosition {
    return (Get-TextPosition -Text (Get-LiveTopology))
}

# A backup relationship as text, with what its properties hold in turn: their names are not documented.
function ConvertTo-RelationText {
    param([object[]]$Relation = @())
    $text = ConvertTo-PlainText -InputObject $Relation
    try {
        return ($text + (ConvertTo-Json -InputObject $Relation -Depth 3 -Compress -WarningAction SilentlyContinue))
    }
    catch {
        Write-Verbose -Message $_.Exception.Message
        return $text
    }
}

function Get-RelationText {
    param([string]$PoolFqdn)
    return (ConvertTo-RelationText -Relation @(Get-CsPoolBackupRelationship -PoolFqdn $PoolFqdn))
}

# A number of seconds from a time span, a number or a text; nothing where it is none of them.
function ConvertTo-Second {
    param([object]$Value)
    if ($null -eq $Value) {
        return $null
    }
    if ($Value -is [System.TimeSpan]) {
        return [long]$Value.TotalSeconds
    }
    $text = [string]$Value
    if ($text.StartsWith('P')) {
        return [long][System.Xml.XmlConvert]::ToTimeSpan($text).TotalSeconds
    }
    $number = [long]0
    if ([long]::TryParse($text, [ref]$number)) {
        return $number
    }
    $span = [System.TimeSpan]::Zero
    if ([System.TimeSpan]::TryParse($text, [System.Globalization.CultureInfo]::InvariantCulture, [ref]$span)) {
        return [long]$span.TotalSeconds
    }
    return $null
}

# Compares the live backup relationship with the plan. An error is also the answer for a pool without a backup pool.
function Compare-Relation {
    param([hashtable]$Pool)
    try {
        $relation = Get-RelationText -PoolFqdn $Pool.Fqdn
    }
    catch {
        $text = "the backup relationship of $($Pool.Fqdn) cannot be read: $($_.Exception.Message)"
        return @{ Good = (-not $Pool.PartnerAfter); Known = $false; Text = $text }
    }
    if ($Pool.PartnerAfter -and -not (Test-Mention -Text $relation -Name $Pool.PartnerAfter)) {
        return @{ Good = $false; Known = $true; Text = "the backup pool of $($Pool.Fqdn) is not $($Pool.PartnerAfter)" }
    }
    $moved = $Pool.PartnerBefore -and $Pool.PartnerBefore -ne $Pool.PartnerAfter
    if ($moved -and (Test-Mention -Text $relation -Name $Pool.PartnerBefore)) {
        return @{ Good = $false; Known = $true; Text = "the backup pool of $($Pool.Fqdn) is still $($Pool.PartnerBefore)" }
    }
    return @{ Good = $true; Known = $true; Text = '' }
}

# Compares the live voice settings with the plan, as far as the cmdlet shows them.
function Compare-Voice {
    param([hashtable]$Pool)
    try {
        $registrar = @(Get-CsService -Registrar -PoolFqdn $Pool.Fqdn) | Select-Object -First 1
    }
    catch {
        $text = "the Registrar of $($Pool.Fqdn) cannot be read: $($_.Exception.Message)"
        return @{ Good = $true; Known = ($Pool.VoiceAfter.Count -eq 0); Text = $text }
    }
    $known = $true
    foreach ($setting in @($Pool.VoiceAfter.Keys)) {
        $live = Get-PropertyValue -InputObject $registrar -Name $setting
        if ($null -eq $live) {
            $known = $false
            continue
        }
        $planned = $Pool.VoiceAfter[$setting]
        $same = [string]$live -eq [string]$planned
        if ($planned -isnot [bool]) {
            $same = (ConvertTo-Second -Value $live) -eq $planned
        }
        if (-not $same) {
            return @{ Good = $false; Known = $true; Text = "$setting of $($Pool.Fqdn) is $live instead of $planned" }
        }
    }
    return @{ Good = $true; Known = $known; Text = '' }
}

# Whether the active Central Management store is where the plan has it: one sentence where it is not.
function Get-StoreFault {
    $active = @($Pools | Where-Object { $_.CentralManagement -eq 'Active' })
    if ($active.Count -ne 1) {
        return
    }
    try {
        $store = @(Get-CsManagementStoreReplicationStatus -CentralManagementStoreStatus)
    }
    catch {
        Write-Warning -Message "the active Central Management store cannot be read: $($_.Exception.Message)"
        return
    }
    Show-Object -InputObject $store
    $master = [string](Get-PropertyValue -InputObject ($store | Select-Object -First 1) -Name 'ActiveMasterFqdn')
    $names = @($active[0].Fqdn) + @($active[0].Machines)
    if ($master -and $names -notcontains $master) {
        "the active Central Management store is on $master instead of $($active[0].Fqdn)"
    }
}
