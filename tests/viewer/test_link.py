"""The front end's modules keep to the form in which they can be put together, and its own logic is tested by Node."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from recto.viewer.link import front_file, later, linked, modules

FRONT = Path(__file__).resolve().parents[2] / "src" / "recto" / "viewer" / "front"
NODE = shutil.which("node")


@pytest.mark.parametrize("path", sorted(FRONT.glob("*.js")), ids=lambda path: path.name)
def test_modules_keep_to_the_form(path: Path) -> None:
    text = path.read_text("utf-8")
    imports = [line for line in text.splitlines() if line.startswith("import ")]
    assert all(re.fullmatch(r"import \{[^}]*\} from '\./[\w-]+\.js';", line) for line in imports)
    exports = [line for line in text.splitlines() if line.startswith("export")]
    assert all(re.match(r"export (?:async )?(?:function|class|const|let)\b", line) for line in exports)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
    assert len(text.splitlines()) <= 500


def test_every_module_is_reached() -> None:
    reached = set(modules("main")) | set(modules("home"))
    assert {path.stem for path in FRONT.glob("*.js")} == reached


def test_the_scripts_are_without_imports_and_share_no_module() -> None:
    scripts = [linked(), later()]
    for script in scripts:
        assert not re.search(r"^\s*(?:import|export) |\bimport\(", script, re.M)
        assert "</script" not in script
    first, rest = (set(re.findall(r"^const m_(\w+) = \(", script, re.M)) for script in scripts)
    assert not first & rest
    assert first | rest == set(modules("main"))
    with pytest.raises(FileNotFoundError):
        front_file("../bundle.py")


@pytest.mark.skipif(NODE is None, reason="Node is not here; the browser tests walk through the same")
def test_the_logic_of_the_front_end(tmp_path: Path) -> None:
    here = Path(__file__).resolve().parent / "front"
    for source in [*FRONT.glob("*.js"), *here.glob("*.js")]:
        (tmp_path / source.name).write_bytes(source.read_bytes())
    (tmp_path / "package.json").write_text('{"type": "module"}')
    names = sorted(path.name for path in here.glob("*_test.js"))
    done = subprocess.run([str(NODE), "--test", *names], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(NODE is None, reason="Node is not here")
def test_the_script_is_well_formed(tmp_path: Path) -> None:
    for name, text in {"main": linked(), "later": later(), "home": linked("home")}.items():
        path = tmp_path / f"{name}.js"
        path.write_text(text, "utf-8")
        subprocess.run([str(NODE), "--check", str(path)], check=True, timeout=60)
