"""Document type declarations: what is harmless works, what is not is refused, nothing is ever fetched."""

import socket
from pathlib import Path
from typing import Any, Never

import pytest

from recto.errors import RectoError, UnsafeInputError, XMLError
from recto.findings import Findings
from recto.xml import parse

URL = "file:///x.xml"
XHTML = b'<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">'


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> Never:
        raise AssertionError("the parser reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_named_characters_of_xhtml() -> None:
    findings = Findings()
    document = parse(XHTML + b"\n<html title='&eacute;'>&nbsp;&mdash;&amp;&lt;</html>", URL, findings)
    assert document.root.text == "\xa0—&<"
    assert document.root.get("title") == "é"
    assert document.line(document.root) == 2
    assert not len(findings)


def test_unknown_named_characters_are_faults() -> None:
    with pytest.raises(XMLError, match="unheard") as caught:
        parse(XHTML + b"<html>\n&unheard;</html>", URL)
    assert caught.value.line == 2


def test_internal_subsets_without_entities_are_passed_over() -> None:
    data = b"<!DOCTYPE a SYSTEM 'a.dtd' [\n<!-- ]> -->\n<!ATTLIST a b CDATA 'd>'>\n<!ENTITY % p ''>\n]>\n<a/>"
    document = parse(data, URL)
    assert document.root.attrib == {}
    assert document.line(document.root) == 6


def test_plain_text_entities_work_and_are_noted() -> None:
    findings = Findings()
    document = parse(b'<!DOCTYPE a [<!ENTITY co "A &amp; &#66;">]>\n<a c="&co;">&co;</a>', URL, findings)
    assert document.root.text == document.root.get("c") == "A & B"
    assert [(finding.code, finding.line) for finding in findings] == [("xml:entityDeclaration", 1)]


BOMB = b"".join(
    b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10 if level else b"lol") for level in range(10)
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<!DOCTYPE a [" + BOMB + b"]><a>&l9;</a>", "xml:nestedEntity"),
        (b"<!DOCTYPE a [" + BOMB + b"]><a b='&l9;'/>", "xml:nestedEntity"),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "xml:externalEntity"),
        (b'<!DOCTYPE a [<!ENTITY x PUBLIC "p" "http://127.0.0.1:9/x">]><a>&x;</a>', "xml:externalEntity"),
        (b'<!DOCTYPE a [<!ENTITY x "<b>markup</b>">]><a>&x;</a>', "xml:nestedEntity"),
        (b'<!DOCTYPE a [<!ENTITY x "&#60;b/>">]><a>&x;</a>', "xml:nestedEntity"),
        (b'<!DOCTYPE a [<!ENTITY x "&#x26;y;">]><a>&x;</a>', "xml:nestedEntity"),
        (b'<!DOCTYPE a [<!ENTITY x "%s">]><a>%s</a>' % (b"y" * 50_000, b"&x;" * 5_000), "xml:entityExpansion"),
        (b'<!DOCTYPE a [<!ENTITY x "%s">]><a b="%s"/>' % (b"y" * 50_000, b"&x;" * 5_000), "xml:entityExpansion"),
    ],
)
def test_hostile_entities_are_refused(data: Any, code: Any) -> None:
    with pytest.raises(UnsafeInputError) as caught:
        parse(data, URL)
    assert (caught.value.code, caught.value.document) == (code, URL)
    with pytest.raises(UnsafeInputError):
        parse(data, URL, recover=True)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037"])
def test_no_encoding_hides_an_entity(encoding: Any) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY x SYSTEM "/etc/hostname">]><a>&x;</a>'
    data = text.encode(encoding)
    if encoding == "utf-7":
        data = text.replace("<!ENTITY", "+ADwAIQ-ENTITY").encode("ascii")
    with pytest.raises(RectoError):
        parse(data, URL)


def test_parameter_entities_do_nothing() -> None:
    data = b'<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]><a>1</a>'
    assert parse(data, URL).root.text == "1"


def test_external_subsets_are_not_read(tmp_path: Path) -> None:
    dtd = tmp_path / "x.dtd"
    dtd.write_text('<!ENTITY x "from outside">')
    with pytest.raises(XMLError):
        parse(f'<!DOCTYPE a SYSTEM "{dtd.as_uri()}"><a>&x;</a>'.encode(), URL)


def test_unfinished_declarations_are_faults() -> None:
    for data in (b"\n<!DOCTYPE a", b"<!DOCTYPE a [ <!ENTITY x 'y", b"<!DOCTYPE a ["):
        with pytest.raises(XMLError) as caught:
            parse(data, URL)
        assert caught.value.line


def test_inclusions_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    data = f'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="{secret.as_uri()}" parse="text"/></a>'
    assert "secret" not in "".join(parse(data.encode(), URL).root.itertext())


def test_compressed_documents_are_not_unpacked() -> None:
    import gzip

    with pytest.raises(XMLError):
        parse(gzip.compress(b"<a/>"), URL)


def test_mentions_of_declarations_in_content_are_content() -> None:
    assert parse(b"<!-- <!DOCTYPE b [ --><a><![CDATA[<!DOCTYPE x [<!ENTITY]]></a>", URL).root.text.startswith("<!DOC")
