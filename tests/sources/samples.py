"""Small documents of every kind that a source may hold."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

IX = "http://www.xbrl.org/2013/inlineXBRL"


def instance(schema: str = "x.xsd") -> str:
    return (
        '<?xml version="1.0"?>\n<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance"'
        ' xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<link:schemaRef xlink:type="simple" xlink:href="{schema}"/></xbrli:xbrl>'
    )


def inline(schema: str | None = "x.xsd", body: str = "") -> str:
    reference = f'<link:schemaRef xlink:type="simple" xlink:href="{schema}"/>' if schema else ""
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="{IX}" xmlns:link="http://www.xbrl.org/2003/linkbase"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"><head><title>t</title></head><body>'
        f"<ix:header><ix:references>{reference}</ix:references></ix:header>{body}</body></html>"
    )


SCHEMA = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://example.com/x"/>'
LINKBASE = '<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase"/>'
PLAIN = "<html><head><title>exhibit</title></head><body><br>no XBRL</body></html>"
JSON = '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-json"}, "facts": {}}'
CSV = '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv"}, "tables": {}}'
CATALOG = """<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
<rewriteURI uriStartString="http://example.com/tax/" rewritePrefix="../tax/"/>
</catalog>"""
PACKAGE = """<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en">
<tp:identifier>http://example.com/package</tp:identifier>
<tp:name>Example</tp:name><tp:version>1</tp:version>
<tp:entryPoints><tp:entryPoint><tp:name>All</tp:name>
<tp:entryPointDocument href="http://example.com/tax/x.xsd"/></tp:entryPoint></tp:entryPoints>
</tp:taxonomyPackage>"""


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def pack(path: Path, files: dict[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def shape(source: Any) -> list[tuple[str, list[str]]]:
    """Kinds and document names of a source's entries."""
    return [(entry.kind, [url[len(source.base_url) :] for url in entry.urls]) for entry in source.entries]


def codes(findings: Any) -> list[str]:
    return [finding.code for finding in findings]
