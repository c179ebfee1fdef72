#!/usr/bin/env python3
"""The pairing as an lxml script: parse, add the dependency and the settings on both sides, write.

It checks nothing and proves nothing, and is the baseline that poolpair is compared with.
"""

import sys

from lxml import etree

TOPOLOGY = "{urn:schema:Microsoft.Rtc.Management.Deploy.Topology.2008}"
ROLES = "{urn:schema:Microsoft.Rtc.Management.Deploy.ServiceRoles.2008}"


def registrar(root, fqdn):
    """The Registrar installed on the pool with this FQDN."""
    for cluster in root.iterfind(f"{TOPOLOGY}Clusters/{TOPOLOGY}Cluster"):
        if cluster.get("Fqdn").lower() == fqdn.lower():
            home = dict(cluster.find(f"{TOPOLOGY}ClusterId").attrib)
            break
    else:
        sys.exit(f"no pool `{fqdn}`")
    for service in root.iterfind(f"{TOPOLOGY}Services/{TOPOLOGY}Service"):
        if service.find(f"{TOPOLOGY}ServiceId").get("RoleName") == "Registrar":
            cluster = service.find(f"{TOPOLOGY}InstalledOn/{TOPOLOGY}ClusterId")
            if cluster is not None and dict(cluster.attrib) == home:
                return service
    sys.exit(f"no Registrar on `{fqdn}`")


def back_up(service, partner):
    """Makes `partner` the backup of `service`."""
    depends_on = service.find(f"{TOPOLOGY}DependsOn")
    dependency = etree.SubElement(depends_on, f"{TOPOLOGY}Dependency", Usage="Backup")
    etree.SubElement(dependency, f"{TOPOLOGY}ServiceId", dict(partner.find(f"{TOPOLOGY}ServiceId").attrib))
    settings = service.find(f"{ROLES}RegistrarService")
    settings.set("EnableAutomaticFailover", "true")
    settings.set("FailureDetectionInterval", "PT5M")
    settings.set("FailbackDetectionInterval", "PT10M")


def main():
    source, pool, backup, target = sys.argv[1:]
    tree = etree.parse(source)
    one, other = (registrar(tree.getroot(), fqdn) for fqdn in (pool, backup))
    back_up(one, other)
    back_up(other, one)
    tree.write(target, encoding=tree.docinfo.encoding)


main()
