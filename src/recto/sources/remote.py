"""Opening a URL: a document, an archive, a submission, or the folder that EDGAR keeps a filing in."""

from __future__ import annotations

from recto.edgar.addresses import document_url, folder_url, submission_base
from recto.sources.archive import Archive
from recto.sources.classify import entries_of
from recto.sources.containers import open_submission, open_zip
from recto.sources.contents import HEAD, UrlReader, entry_of_document, expect_report, is_submission
from recto.sources.edgar_folder import folder_candidates
from recto.sources.gzipped import inner_name, is_gzip, unpack
from recto.sources.places import Members, is_zip
from recto.sources.source import Around, FilingSource
from recto.xml import file_name, normalize_url, resolve_url, split_fragment


def open_url(source: str, around: Around) -> FilingSource:
    url = split_fragment(normalize_url(document_url(source)))[0]
    folder = folder_url(url)
    resolver = around.resolver([], folder or url.rpartition("/")[0] + "/")
    if folder is not None:
        names, candidates = folder_candidates(folder, resolver.read)
        entries = entries_of(candidates, around.findings)
        expect_report(entries, folder, around.findings)
        files = {name: UrlReader(resolver, resolve_url(folder, name)) for name in names}
        name = folder.rstrip("/").rpartition("/")[2]
        return FilingSource(name, folder, resolver, entries, files, around.findings, close=around.web.close)
    data = resolver.read(url)
    name = file_name(url)
    if is_gzip(data):
        data, name, url = unpack(data, url), inner_name(name), inner_name(url)
        resolver.add(Members(resolver.base_url, {name: lambda: data}), first=True)
    stem, dot, extension = name.rpartition(".")
    if is_zip(data):
        return open_zip(Archive(data, url), stem or name, (dot + extension).lower(), url + "/", around)
    if is_submission(data[:HEAD]):
        return open_submission(data, stem or name, submission_base(url), around)
    entry = entry_of_document(name, url, lambda: data, data)
    files = {name: UrlReader(resolver, url)}
    return FilingSource(
        stem or name, resolver.base_url, resolver, [entry], files, around.findings, close=around.web.close
    )
