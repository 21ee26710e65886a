"""Reports that lie beside each other, and the documents of one report: told apart by their contexts."""

import zipfile
from pathlib import Path

import pytest

import recto
from recto.sources import open_source
from tests.sources.samples import IX, codes, inline, instance, shape, write

PUBLISHED = "https://example.org/accounts.xsd"


def context(entity: str, year: int, name: str = "c1") -> str:
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="urn:s">{entity}</xbrli:identifier>'
        f"</xbrli:entity><xbrli:period><xbrli:instant>{year}-12-31</xbrli:instant></xbrli:period></xbrli:context>"
    )


def accounts(contexts: str, used: str = "c1", schema: str = PUBLISHED) -> str:
    fact = f'<ix:nonNumeric name="x:Name" contextRef="{used}">text</ix:nonNumeric>'
    text = inline(schema, f"<ix:header><ix:resources>{contexts}</ix:resources></ix:header>{fact}")
    return text.replace("<html ", '<html xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:x="urn:x" ', 1)


def test_reports_that_call_different_contexts_alike_are_no_set(tmp_path: Path) -> None:
    files = {f"{entity}.html": accounts(context(entity, 2024)) for entity in ("A", "B", "C")}
    with recto.open(write(tmp_path, files), offline=True) as filing:
        assert [(fact.context and fact.context.identifier, fact.document[-6:]) for fact in filing.facts] == [
            ("A", "A.html"),
            ("B", "B.html"),
            ("C", "C.html"),
        ]


def test_so_are_those_of_one_company_over_years(tmp_path: Path) -> None:
    write(tmp_path, {f"{year}.html": accounts(context("A", year)) for year in (2023, 2024)})
    assert shape(open_source(tmp_path)) == [("inline", ["2023.html"]), ("inline", ["2024.html"])]


def test_reports_of_different_entities_by_one_published_taxonomy_are_no_set(tmp_path: Path) -> None:
    write(tmp_path, {f"{name}.html": accounts(context(name, 2024, name), name) for name in ("A", "B")})
    assert len(open_source(tmp_path).entries) == 2
    own = {f"{name}.html": accounts(context(name, 2024, name), name, "own.xsd") for name in ("A", "B")}
    assert len(open_source(write(tmp_path / "own", own)).entries) == 1, "an extension of their own holds them together"


@pytest.mark.parametrize("schema", [PUBLISHED, "own.xsd"])
def test_documents_that_need_or_repeat_each_other_s_contexts_stay_a_set(tmp_path: Path, schema: str) -> None:
    same = context("A", 2024).replace("><", "> \n<").replace("xbrli:", "i:")
    write(
        tmp_path,
        {
            "a.htm": accounts(context("A", 2024) + context("A", 2023, "c2"), schema=schema),
            "b.htm": accounts("", "c2", schema),
            "c.htm": accounts(same, schema=schema),
            "d.htm": accounts(context("A", 2022), "c2", schema),
        },
    )
    assert shape(open_source(tmp_path)) == [("inline", ["a.htm", "b.htm", "c.htm", "d.htm"])]


def test_neighbors_are_told_of_only_where_they_are_of_the_set(tmp_path: Path) -> None:
    files = {f"{name}.html": accounts(context(name, 2024)) for name in "AB"} | {"c.html": accounts("", "c1")}
    folder = write(tmp_path, files)
    (told,) = open_source(folder / "A.html", offline=True).findings
    assert (told.code, "c.html" in told.message, "B.html" in told.message) == ("recto:otherDocuments", True, False)


def test_documents_of_like_names_in_other_folders_are_other_reports(tmp_path: Path) -> None:
    """Their schemas are called alike, and are not the same; nor is an instance extracted from a document elsewhere."""
    files = {"2023/r.htm": inline("r.xsd"), "2024/r.htm": inline("r.xsd"), "2025/r_htm.xml": instance("r.xsd")}
    source = open_source(write(tmp_path / "f", files))
    assert [entry.kind for entry in source.entries] == ["inline", "inline", "xbrl"]
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    assert len(open_source(tmp_path / "z.zip").entries) == 3


def test_an_instance_of_another_company_was_not_extracted(tmp_path: Path) -> None:
    other = instance(PUBLISHED).replace("</xbrli:xbrl>", context("B", 2024) + "</xbrli:xbrl>")
    write(tmp_path, {"a.html": accounts(context("A", 2024)), "b.xbrl": other})
    source = open_source(tmp_path)
    assert shape(source) == [("inline", ["a.html"]), ("xbrl", ["b.xbrl"])]
    assert codes(source.findings) == []
    write(tmp_path, {"b.xbrl": other.replace(">B<", ">A<")})
    assert codes(open_source(tmp_path).findings) == ["recto:extractedInstance"]


def test_contexts_that_do_not_end_are_looked_for_once(tmp_path: Path) -> None:
    endless = accounts('<xbrli:context id="c">' * 200_000)
    write(tmp_path, {"a.htm": endless, "b.htm": endless.replace(IX, IX + " ")})
    assert open_source(tmp_path).entries
