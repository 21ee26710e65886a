"""How much recto takes of what others wrote: every bound that keeps hostile or broken input from harm, in one place.

Each is far above what real filings need; what exceeds one is told (`UnsafeInputError` or a finding), never followed.
Modules read them here at the moment of use, so that a program (or a test) may set another value before it opens a
source. They are no settings of a user's: none can be set from outside the process.
"""

from __future__ import annotations

# Files and containers
FILE_SIZE = 1 << 30
"""Bytes of one file, archive member or answer from the web."""
SET_DOCUMENTS = 100
"""Inline documents in one folder that are looked at for others of the same set."""
FOLDER_FILES = 20_000
"""Files of a folder that is opened as a filing."""
RESPONSE_SECONDS = 600.0
"""Seconds for one answer of a server, however slowly it comes (archives that are downloaded in parts aside)."""
WEB_SECONDS = 3600.0
"""Seconds that one source may wait for the web in all."""
ARCHIVE_MEMBERS = 200_000
ARCHIVE_SIZE = 8 << 30
"""Bytes of all members of an archive when unpacked."""
ARCHIVE_RATIO = 250
"""How many times larger than packed a member of more than `ARCHIVE_RATIO_FROM` may be (XBRL packs about 1 to 30)."""
ARCHIVE_RATIO_FROM = 32 << 20

# XML
XML_SIZE = 1 << 30
"""Bytes of one document."""
XML_DEPTH = 256
"""Levels of elements. libxml2 fixes it below `XML_GUARDED`; larger documents are checked."""
XML_ATTRIBUTES = 4096
"""Attributes of one element; checked from `XML_GUARDED` on (below, their number cannot do harm)."""
XML_GUARDED = 10_000_000
"""Up to this size (bytes) libxml2's own limits hold (depth 256, amplification); a text node cannot exceed them."""
XML_FAULTS = 20
"""Faults of one document that recovery reports; those after the first few follow from them."""
XML_EXPANSION = 8 << 20
"""Bytes that the entity references of one document may expand to."""
DIGITS = 4000
"""Digits of a whole number that are read; Python's own conversion stops at 4,300."""

NUMBER_DIGITS = 100_000
"""Digits to which arithmetic with a filing's numbers is exact."""

# Links and inline content
ARC_PAIRS = 200_000
"""Relationships of one document beyond one for each arc: labels that many locators share could multiply without end."""
CONTENT_SIZE = 32 << 20
"""Characters of content of one inline document set, at least: parts that stand in several facts count for each."""
CONTENT_TIMES = 3
"""How many times the size of its documents the content of an inline document set may be, beyond `CONTENT_SIZE`."""
CONTENT_PART = 64
"""What one part of a continuation chain counts, however short it is."""

# XML Schema
PATTERN_STATES = 20_000
"""Positions of one pattern facet, its repetitions written out."""
PATTERN_SETS = 2_000
"""Sets of states that matching one pattern remembers."""
SCHEMA_PARTICLES = 200_000
"""What references to groups may bring into the content models of one DTS; groups in groups multiply."""
SCHEMA_POSITIONS = 4000
"""Positions of a content model beyond which its determinism is taken on trust (XML Schema 1, 3.8.6)."""
SCHEMA_MATCHES = 2000
"""Groups of a content model, times places, that are tried where a pass from left to right does not fit."""
SCHEMA_STEPS = 50_000
"""Comparisons of particles after which a restriction is taken on trust."""
SCHEMA_HEADS = 5000
"""Substitution groups, or types, in a row that are followed."""
SCHEMA_VALUES = 20_000
"""Valid values of attributes that are remembered for each type."""

# Pages and streams
PAGES_SIZE = 64 << 20
"""Bytes of a report from which `recto facts` reads it as it goes, and does not tell which pages show a fact."""
TREE_PLACES = 500_000
"""Places of one tree of concepts: parts that many parents share could multiply without end."""
STREAM_CONTEXTS = 100_000
"""Contexts that a stream of facts from xBRL-CSV remembers."""

# SQL that strangers ask of a lake
SQL_SECONDS = 60.0
"""Seconds for one statement."""
SQL_ANSWER = 512 << 20
"""Bytes of one answer."""
SQL_MEMORY = 4 << 30
SQL_DISK = 16 << 30
"""Bytes of temporary files."""
