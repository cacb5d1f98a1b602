"""Put the server and all that it imports into `bundled/`: pure Python once, libyaml per system.

Run it with a Python that has pip and hatchling, such as the project's `.venv`.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
EXTENSION = os.path.dirname(HERE)
PROJECT = os.path.dirname(EXTENSION)
BUNDLED = os.path.join(EXTENSION, "bundled")
LIBS = os.path.join(BUNDLED, "libs")
CLIB = os.path.join(BUNDLED, "clib")

LIBYAML = "ruamel.yaml.clib==0.2.15"
PYTHONS = ("310", "311", "312", "313", "314")
SYSTEMS = {  # folder, as serve.py names it: platform, as pip names it
    "darwin-arm64": "macosx_14_0_arm64",
    "darwin-x86_64": "macosx_13_0_x86_64",
    "linux-aarch64": "manylinux2014_aarch64",
    "linux-x86_64": "manylinux2014_x86_64",
    "win32-amd64": "win_amd64",
}
COMPILED = (".so", ".pyd", ".dylib")


def main() -> int:
    """Make `bundled/libs` and `bundled/clib` anew; `--pure` leaves the latter as it is."""
    shutil.rmtree(LIBS, ignore_errors=True)
    install_pure()
    if "--pure" not in sys.argv:
        shutil.rmtree(CLIB, ignore_errors=True)
        for system, platform in SYSTEMS.items():
            fetch_libyaml(system, platform)
    shutil.copy(os.path.join(PROJECT, "LICENSE"), EXTENSION)
    return 0


def install_pure() -> None:
    """Install the project and what it imports; no other compiled module may come along."""
    pinned = os.path.join(BUNDLED, "requirements.txt")
    target = ("--target", LIBS, "--no-deps", "--no-compile")
    # Pinned and without dependencies: pip would follow the markers of the Python that runs it.
    pip("install", *target, "--only-binary", ":all:", "--requirement", pinned)
    pip("install", *target, "--no-build-isolation", PROJECT)
    shutil.rmtree(os.path.join(LIBS, "bin"), ignore_errors=True)
    files = glob.glob(os.path.join(LIBS, "**"), recursive=True)
    if strangers := [name for name in files if name.endswith(COMPILED)]:
        raise SystemExit(f"error: compiled modules in the bundle: {', '.join(strangers)}")


def fetch_libyaml(system: str, platform: str) -> None:
    """Unpack the compiled parser for one system and all Pythons; their names differ."""
    only = ("--no-deps", "--only-binary", ":all:", "--implementation", "cp")
    with tempfile.TemporaryDirectory() as folder:
        for python in PYTHONS:
            version = ("--platform", platform, "--python-version", python)
            pip("download", *only, *version, "--dest", folder, LIBYAML)
        for wheel in sorted(glob.glob(os.path.join(folder, "*.whl"))):
            unpack(wheel, os.path.join(CLIB, system))


def unpack(wheel: str, target: str) -> None:
    """Take the compiled module and its licence out of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(
            target, [name for name in names if name.endswith((*COMPILED, "/LICENSE"))]
        )


def pip(*arguments: str) -> None:
    """Run pip; its own configuration says where packages come from."""
    quiet = ("--quiet", "--quiet", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "pip", *arguments, *quiet], check=True)


if __name__ == "__main__":
    sys.exit(main())
