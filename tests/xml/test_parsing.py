"""Parsing: what is read, how faults are told, which lines elements have."""

import codecs
import random
from typing import Any

import pytest

from recto import limits
from recto.errors import UnsafeInputError, XMLError
from recto.findings import Findings
from recto.xml import Limits, lines, parse, parse_or_recover, sniff_root
from recto.xml.lines import line_table

URL = "file:///x.xml"


def text_of(data: Any, **options: Any) -> Any:
    return parse(data, URL, **options).root.text


def test_text_is_whole_without_comments_instructions_and_cdata() -> None:
    document = parse(b"<a>1<!-- c -->2<?p i?>3<![CDATA[<4>]]>&amp;&#53;</a>", URL)
    assert document.root.text == "123<4>&5"
    assert len(document.root) == 0
    assert document.root.getprevious() is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "iso-8859-1", "utf-32"])
def test_encodings_with_declaration(encoding: Any) -> None:
    name = {"utf-8-sig": "utf-8"}.get(encoding, encoding)
    assert text_of(f'<?xml version="1.0" encoding="{name}"?>\n<a>é</a>'.encode(encoding)) == "é"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_without_declaration(encoding: Any) -> None:
    assert text_of("<a>é€</a>".encode(encoding)) == "é€"


@pytest.mark.parametrize(("encoding", "text"), [("shift_jis", "日本"), ("windows-1251", "Привет"), ("gb18030", "中文")])
def test_other_declared_encodings(encoding: Any, text: Any) -> None:
    assert text_of(f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'.encode(encoding)) == text


def test_a_byte_order_mark_outweighs_the_declaration() -> None:
    data = codecs.BOM_UTF8 + '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'.encode()
    assert text_of(data) == "é"


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"", "xml:empty", 1),
        (b"  \n", "xml:empty", 1),
        (b"plain text", "xml:notWellFormed", 1),
        (b"<a>\n\n<b></a>", "xml:notWellFormed", 3),
        (b"<a>\n<b>", "xml:truncated", 2),
        (b"<a>\n<b x='1", "xml:truncated", 2),
        (b"<a>\n<b>1</b", "xml:truncated", 2),
        (b"<a xmlns:x='u'>\n<x:", "xml:truncated", 2),
        (b"<a>\n<b>&am", "xml:truncated", 2),
        (b"<a>\n<![CDATA[ x", "xml:truncated", 2),
        (b"<a>\n<!-- ", "xml:truncated", 2),
        (b"<a/><b/>", "xml:notWellFormed", 1),
        (b"<a>\n&nbsp;</a>", "xml:notWellFormed", 2),
        (b'<a b="1" b="2"/>', "xml:notWellFormed", 1),
        (b"<x:a/>", "xml:notWellFormed", 1),
        (b"<a>\x00</a>", "xml:notWellFormed", 1),
        (b'<?xml version="1.0" encoding="utf-8"?>\n<a>\xe9</a>', "xml:encoding", 2),
        (b'<?xml version="1.0" encoding="utf-16"?><a/>', "xml:encoding", 1),
        (b'<?xml version="1.0" encoding="nonsense"?><a/>', "xml:encoding", 1),
        (b'<?xml version="1.0" encoding="zip"?><a/>', "xml:encoding", 1),
        (b'<?xml version="1.0" encoding="shift_jis"?>\n\n<a>\xff</a>', "xml:encoding", 3),
    ],
)
def test_faults_have_code_document_and_line(data: Any, code: Any, line: Any) -> None:
    with pytest.raises(XMLError) as caught:
        parse(data, URL)
    assert (caught.value.code, caught.value.document, caught.value.line) == (code, URL, line)
    assert caught.value.message


def test_recovery_gives_what_can_be_read_and_says_what_is_wrong() -> None:
    findings = Findings()
    document = parse(b"<a>\n<b>1</b>\n<c>2", URL, findings, recover=True)
    assert [child.tag for child in document.root] == ["b", "c"]
    (finding,) = findings
    assert (finding.code, finding.severity, finding.document, finding.line) == ("xml:notWellFormed", "error", URL, 3)


def test_recovery_understands_named_characters_and_wrong_encodings() -> None:
    assert text_of(b"<a>&nbsp;&eacute;</a>", recover=True) == "\xa0é"
    findings = Findings()
    document = parse(b'<?xml version="1.0" encoding="utf-8"?><a>\x93q\x94</a>', URL, findings, recover=True)
    assert document.root.text == "“q”"
    assert [finding.code for finding in findings] == ["xml:encoding"]


def test_recovery_takes_declared_encodings_at_their_word() -> None:
    findings = Findings()
    data = '<?xml version="1.0" encoding="iso-8859-1"?><a>é</a>'.encode("iso-8859-1")
    assert parse(data, URL, findings, recover=True).root.text == "é"
    assert not len(findings)


def test_faults_can_be_findings() -> None:
    findings = Findings()
    document = parse_or_recover(b"<a>\n<b>1</b>\n<c>2<d></c>", URL, findings)
    assert document.root[0].text == "1"
    assert [(finding.code, finding.line) for finding in findings] == [("xml:notWellFormed", 3)]
    with pytest.raises(XMLError):
        parse_or_recover(b"text", URL, findings)
    with pytest.raises(UnsafeInputError):
        parse_or_recover(b"<a>" * 5000, URL, findings)
    assert len(findings) == 1
    assert parse_or_recover(b"<a/>", URL, findings).root.tag == "a"


def test_recovery_of_nothing_is_an_error() -> None:
    with pytest.raises(XMLError, match="no element"):
        parse(b"<!-- only -->", URL, recover=True)


def test_lines_are_those_where_start_tags_end() -> None:
    document = parse(b"<a\n x='1'\n>\n<b\n/><c y='>'\n\n>\n</c></a>", URL)
    assert [document.line(element) for element in document.root.iter()] == [3, 5, 7]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lines_beyond_16_bits(encoding: Any) -> None:
    body = (
        "<a\n>"
        + "\n" * 70_000
        + "<b\n x='1'\n\n/><c/>text\n<!-- <z> --><d y='<!>'\n/><![CDATA[<e>]]><?p <f>?><g>\n</g></a>"
    )
    document = parse(body.replace("<!>", "&lt;!>").encode(encoding), URL)
    assert [document.line(element) for element in document.root.iter()] == [2, 70_005, 70_005, 70_007, 70_007]
    assert document.line(document.root[3]) == 70_007


_PARTS = ("<b/>", "<b>text</b>", "<c x='1'\n y='2'>\n\n</c>", "<c\n/>", "<d>\n<b>\n</b\n></d>", "\n", "text\n")


@pytest.mark.parametrize("head", ["", "<?xml version='1.0'?>\n"])
@pytest.mark.parametrize("seed", range(6))
def test_lines_are_counted_by_tags_where_nothing_else_is_marked(seed: int, head: str) -> None:
    chosen = random.Random(seed).choices(_PARTS, k=300)
    body = f"{head}<a>{''.join(chosen)}</a>"
    data, marked = body.encode(), body.replace("</a>", "<!-- <c> > --></a>").encode()
    for beyond in (2, 5, 100, 2_000):
        root = parse(data, URL).root
        counted = {each: line for each, line in line_table(root, data, beyond).items() if line >= beyond}
        with_comment = line_table(root, marked, beyond)
        assert counted == with_comment
        assert all(each.sourceline == line for each, line in counted.items())


_FAR = (
    *("<b>x</b>", "<b\n y='1'>text</b>", "<b>\n <c>x</c>\n</b>", "<b><c>x</c></b>", "<b/>\n", "<b>\nx</b>", "\n"),
    *(f"<b>{'long é ' * 200}</b>", f"<b>{'y' * 700}</b >\n", "<b>x &amp; y</b>", f"<b>{'  ' * 200}<c/></b>"),
    *("<b\n\n>\n\n<c\n>x</c></b>", "<b>\n\né</b>", "<b>é\n</b>", "<b>" + "  \n" * 200 + "<c>&lt;</c></b>"),
)
_FLAT = (
    *("<b>x</b>", "<b>\n <c>x</c>\n</b>", "<b><c>x</c></b>", "<b/>\n", "<b></b> ", "<b/>x\n", "<b><c/></b>\n", "\n"),
    "<b><b><b><b><b><b><b>x</b></b></b></b></b></b></b>\n",
)
_REFERENCES = ("<b>&#10;</b>", "<b>&#xa0;\n</b>", "<b>\n&#32;</b>", "<b>&#65;x</b>")


@pytest.mark.parametrize("seed", range(16))
def test_far_lines_are_told_by_texts_where_those_say_it(seed: int) -> None:
    chance = random.Random(seed)
    parts = (_FLAT if seed < 8 else _FAR) + (_REFERENCES if seed % 4 == 1 else ())
    last = "<!-- \n -->" if seed % 4 == 2 else ""
    head = "<!DOCTYPE a [<!ENTITY e '\n'>]>" if seed % 4 == 3 else "<?xml version='1.0'?><!-- \n -->"
    chosen = [*chance.choices(parts, k=120), *(["<b>&e;</b>"] if seed % 4 == 3 else [])]
    chance.shuffle(chosen)
    data = f"{head}<a>{chance.randrange(65_500, 65_536) * chr(10)}{''.join(chosen)}{last}<b>x</b></a>".encode()
    if seed % 8 == 4:
        data = data.replace(b"\n", b"\r\n")
    document = parse(data, URL)
    elements = list(document.root.iter())
    table = line_table(document.root, data, 0)
    assert document.lines(elements) == [table[each] for each in elements] == [document.line(each) for each in elements]


def test_far_lines_that_texts_tell_need_no_table() -> None:
    tail = "<b>x</b><c> <d>y</d></c><c><d><d/>\n</d></c>"
    document = parse(f"<a>{'<b>x</b>' + chr(10)}{chr(10) * 70_000}{tail}</a>".encode(), URL)
    assert document.lines(list(document.root.iter("b", "c", "d"))) == [1, *[70_002] * 6]
    last = parse(b"<a>" + b"\n" * 65_534 + b"<b>x</b></a>", URL)
    assert last.line(last.root[0]) == 65_535
    for each in (document, last):
        assert each.line._data is not None  # type: ignore[attr-defined]


@pytest.mark.parametrize("block", [1, 50, 1 << 20])
def test_lines_are_counted_block_by_block(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(lines, "_BLOCK", block)
    data = b"<a>" + b"<b c='a rather long value of an attribute, longer than a block'>\n</b>" * 50 + b"</a>"
    root = parse(data, URL).root
    assert list(line_table(root, data, 2).values())[-49:] == list(range(2, 51))


def test_lines_beyond_16_bits_after_a_document_type() -> None:
    data = b"<!DOCTYPE a [\n<!ENTITY x 'y'>\n]>\n<a>" + b"\n" * 70_000 + b"<b>&x;</b></a>"
    document = parse(data, URL)
    assert document.line(document.root) == 4
    assert document.line(document.root[0]) == 70_004


def test_base_uri_follows_xml_base() -> None:
    document = parse(
        b'<a xml:base="http://other.org/x/"><b xml:base="y/z.xml"><c/></b><d xml:base="/r/"/></a>', "http://h/i.xml"
    )
    b, d = document.root
    assert document.has_base
    assert document.base_uri(document.root) == "http://other.org/x/"
    assert document.base_uri(b[0]) == "http://other.org/x/y/z.xml"
    assert document.resolve(b[0], "w.xsd#q") == "http://other.org/x/y/w.xsd#q"
    assert document.base_uri(d) == "http://other.org/r/"


def test_base_uri_is_the_url_without_xml_base() -> None:
    document = parse(b"<a><b/></a>", "http://h/i.xml")
    assert not document.has_base
    assert document.resolve(document.root[0], "j.xml") == "http://h/j.xml"


def test_texts_of_more_than_ten_megabytes() -> None:
    document = parse(b"<a>" + b"x" * 11_000_000 + b"</a>", URL)
    assert len(document.root.text) == 11_000_000


def test_size_limit() -> None:
    with pytest.raises(UnsafeInputError) as caught:
        parse(b"<a>" + b"x" * 100 + b"</a>", URL, limits=Limits(size=50))
    assert caught.value.code == "xml:tooLarge"


def test_depth_limit() -> None:
    assert parse(b"<a>" * 200 + b"</a>" * 200, URL).root.tag == "a"
    with pytest.raises(UnsafeInputError) as caught:
        parse(b"<a>" * 5000 + b"</a>" * 5000, URL)
    assert (caught.value.code, caught.value.line) == ("xml:tooDeep", 1)


def test_limits_of_large_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "XML_GUARDED", 1000)
    deep = b"<a>" * 300 + b"</a>" * 300
    with pytest.raises(UnsafeInputError) as caught:
        parse(deep, URL)
    assert caught.value.code == "xml:tooDeep"
    attributes = b" ".join(b"a%d='1'" % number for number in range(5000))
    for around in (b"", b"<b>text</b>" * 100, b"<b>" + b"=" * 50_000 + b"</b>"):
        with pytest.raises(UnsafeInputError) as caught:
            parse(b"<a>" + around + b"<c " + attributes + b"/>" + around + b"</a>", URL)
        assert caught.value.code == "xml:tooManyAttributes"
    wide = b"<a " + b" ".join(b"a%d='1'" % number for number in range(5000)) + b"/>"
    with pytest.raises(UnsafeInputError) as caught:
        parse(wide, URL)
    assert caught.value.code == "xml:tooManyAttributes"
    assert parse(b"<a>" + b"<b/>" * 1000 + b"</a>", URL).root.tag == "a"
    assert parse(b"<a>" + b"<b/>" * 1000 + b"=" * 50_000 + b"</a>", URL).root.tag == "a"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_sniffing_the_root(encoding: Any) -> None:
    data = '<?xml version="1.0"?><!-- c --><!DOCTYPE x><x:r xmlns:x="http://n" a="1"><b'.encode(encoding)
    assert sniff_root(data) == ("{http://n}r", {"a": "1"})


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252", "shift_jis"])
def test_sniffing_names_in_any_encoding(encoding: Any) -> None:
    text = "日本" if encoding == "shift_jis" else "é"
    data = f'<?xml version="1.1" encoding="{encoding}"?><{text} xmlns="u" {text}="{text}"/>'.encode(encoding)
    assert sniff_root(data) == (f"{{u}}{text}", {text: text})


def test_sniffing_a_broken_start() -> None:
    for data in (b"<a\n\xff", b"<a x='1' x='2'>", b"<p:a/>", b"<!DOCTYPE a [<!ENTITY x '&x;'>]><a b='&x;'/>"):
        assert sniff_root(data * 3) is None


@pytest.mark.parametrize("data", [b"", b"text", b"\x89PNG\r\n", b"<", b"<!-- never", b"{}"])
def test_sniffing_what_has_no_root(data: Any) -> None:
    assert sniff_root(data) is None


def test_ids_are_found_once_and_first_come() -> None:
    document = parse(b'<a><b id="x"/><c id="x"/></a>', URL)
    assert document.ids["x"].tag == "b"
    assert document.find("x").tag == "b"
    assert document.find("y") is None


@pytest.mark.parametrize("name", [b"nope", b"UTF\x00-8", b"hex", b"\xff"])
def test_names_that_are_no_encoding(name: Any) -> None:
    with pytest.raises(XMLError) as caught:
        parse(b'<?xml version="1.0" encoding="' + name + b'"?><a/>', "https://x.example/a.xml")
    assert caught.value.code.startswith("xml:")
