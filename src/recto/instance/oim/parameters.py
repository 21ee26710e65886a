"""Parameters of xBRL-CSV reports: those of the metadata, and those of the file that `parameterURL` names."""

from __future__ import annotations

from typing import Any

from recto.errors import NotFoundError
from recto.findings import Findings
from recto.instance.oim.csvfile import FileFault, rows
from recto.instance.oim.metadata import Metadata, Resolver
from recto.instance.oim.vocabulary import IDENTIFIER
from recto.xml import resolve_url


def report_parameters(metadata: Metadata, resolver: Resolver, findings: Findings) -> dict[str, str]:
    """Values by name; those of the file win (xBRL-CSV 1.0, parameters)."""
    content = metadata.content
    parameters: dict[str, str] = dict(content.get("parameters", {}))
    for name in parameters:
        if IDENTIFIER.fullmatch(name) is None:
            metadata.fault(("parameters", name), "invalidIdentifier", f"is not an identifier: {name!r}")
    href = content.get("parameterURL")
    if href is None:
        return parameters
    url = resolve_url(metadata.url, href)
    try:
        data = resolver.read(url)
    except NotFoundError as error:
        metadata.fault(("parameterURL",), "missingParametersFile", f"names a file that is absent: {error.message}")
        return parameters
    parameters.update(_read(data, url, findings))
    return parameters


def _read(data: bytes, url: str, findings: Findings) -> dict[str, str]:
    found: dict[str, str] = {}

    def fault(code: str, line: int, message: str) -> None:
        code = f"xbrlce:{code}"
        findings.found(code, about="Parameters", reason=message, document=url, line=line)

    line = 1
    try:
        for number, (line, row) in enumerate(rows(data)):
            if number == 0:
                if _trimmed(row) != ["name", "value"]:
                    fault("invalidParameterCSVFile", line, "The first row must be name,value")
                    return {}
                continue
            cells: list[Any] = _trimmed(row)
            if not cells:
                continue
            name = cells[0]
            if name and IDENTIFIER.fullmatch(name) is None:
                fault("invalidIdentifier", line, f"{name!r} is not an identifier, so it names no parameter")
            elif len(cells) != 2 or not name:
                fault("invalidParameterCSVFile", line, "A row must hold a name and a value, and nothing more")
            elif name in found:
                fault("invalidParameterCSVFile", line, f"The parameter {name!r} occurs more than once")
            else:
                found[name] = cells[1]
        if not data:
            fault("invalidParameterCSVFile", 1, "The first row must be name,value")
    except FileFault as error:
        fault(error.code, error.line, f"This file cannot be read: {error}")
    return found


def _trimmed(row: list[str]) -> list[str]:
    cells = list(row)
    while cells and not cells[-1]:
        cells.pop()
    return cells
