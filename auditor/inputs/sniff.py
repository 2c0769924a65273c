"""What a file is, by its content and never by its ending."""

from enum import Enum
from pathlib import Path

HEAD = 8192


class Kind(Enum):
    EMPTY = "empty"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    OLD_XLS = "xls"
    HTML = "html"
    PARQUET = "parquet"
    UTF16 = "utf-16"
    BINARY = "binary"


def kind_of(path: Path) -> Kind:
    """The kind of a file; OSError where it cannot be read."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return kind_of_bytes(head)


def kind_of_bytes(head: bytes) -> Kind:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        return Kind.EMPTY
    if b"\0" in head:
        return Kind.BINARY
    if text[:1] in b"{[":
        return Kind.JSON
    if text[:1] == b"<":
        return Kind.HTML
    return Kind.BINARY if _is_garbage(head) else Kind.CSV


_MAGIC = (
    (b"PK\x03\x04", Kind.XLSX),
    (b"PK\x05\x06", Kind.XLSX),
    (b"\xd0\xcf\x11\xe0", Kind.OLD_XLS),
    (b"PAR1", Kind.PARQUET),
    (b"\xff\xfe", Kind.UTF16),
    (b"\xfe\xff", Kind.UTF16),
    (b"%PDF", Kind.BINARY),
    (b"\x89PNG", Kind.BINARY),
    (b"\x1f\x8b", Kind.BINARY),
    (b"Rar!", Kind.BINARY),
    (b"7z\xbc\xaf", Kind.BINARY),
)


def _is_garbage(head: bytes) -> bool:
    """More than one control character in fifty is no text."""
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls * 50 > len(head)
