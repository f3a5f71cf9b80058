"""The manifest that opens the page beside a document in Word."""

from pathlib import Path
from urllib.parse import urlsplit

from defusedxml import ElementTree

MANIFEST = Path("clients/office-addin/manifest.xml")
SCHEMA = "{http://schemas.microsoft.com/office/appforoffice/1.1}"


def test_the_manifest_names_one_secure_address_throughout():
    root = ElementTree.parse(MANIFEST).getroot()
    assert root.tag == f"{SCHEMA}OfficeApp"
    addresses = [
        *(e.get("DefaultValue") for e in root.iter() if (e.get("DefaultValue") or "").startswith("http")),
        *(e.text for e in root.iter(f"{SCHEMA}AppDomain")),
    ]
    assert len(addresses) == 3
    assert {urlsplit(a)[:2] for a in addresses} == {("https", "factcheck.newsroom.example")}


def test_the_pane_asks_for_no_access_to_the_document():
    root = ElementTree.parse(MANIFEST).getroot()
    assert [e.text for e in root.iter(f"{SCHEMA}Permissions")] == ["Restricted"]
    assert [e.get("Name") for e in root.iter(f"{SCHEMA}Host")] == ["Document"]
