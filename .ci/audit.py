"""Known weaknesses of what is installed, by pip-audit: fails where a release without them is out.

Skipped with a word where pip-audit or its data cannot be reached.
"""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path
from typing import Any


def main() -> int:
    """1 where an upgrade would cure something."""
    with tempfile.TemporaryDirectory() as folder:
        found = audited(Path(folder))
    if found is None:
        print("pip-audit: skipped, its data cannot be reached from here")
        return 0
    weak = [(one["name"], one["version"], vuln) for one in found for vuln in one.get("vulns", ())]
    for name, version, vuln in weak:
        print(f"{name} {version}: {vuln['id']}, fixed in {vuln['fix_versions'] or 'no release'}")
    print(f"pip-audit: {len(found)} packages, {len(weak)} known weaknesses")
    return int(any(vuln["fix_versions"] for _, _, vuln in weak))


def audited(folder: Path) -> list[dict[str, Any]] | None:
    """Every package of this environment, from an environment beside it; None where it fails."""
    venv.create(folder, with_pip=True)
    tool = [str(folder / "bin" / "python"), "-m"]
    installed = subprocess.run([*tool, "pip", "install", "--quiet", "pip-audit"], check=False)
    if installed.returncode:
        return None
    where = sysconfig.get_path("purelib")
    flags = ["--path", where, "--format", "json", "--progress-spinner", "off"]
    ran = subprocess.run([*tool, "pip_audit", *flags], capture_output=True, text=True, check=False)
    try:
        dependencies: list[dict[str, Any]] = json.loads(ran.stdout)["dependencies"]
    except ValueError:
        return None
    return dependencies


if __name__ == "__main__":
    sys.exit(main())
