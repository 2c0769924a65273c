"""What a file is, by its content and never by its ending."""

from enum import Enum
from pathlib import Path

HEAD = 8192


class FileKind(Enum):
    EMPTY = "empty"
    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    OLD_XLS = "xls"
    HTML = "html"
    PARQUET = "parquet"
    UTF16 = "utf-16"
    BINARY = "binary"


def kind_of(path: Path) -> FileKind:
    """The kind of a file; OSError where it cannot be read."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return kind_of_bytes(head)


def kind_of_bytes(head: bytes) -> FileKind:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return FileKind.JSON if kind is FileKind.UTF16 and _is_json(head) else kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        return FileKind.EMPTY
    if b"\0" in head:
        return FileKind.BINARY
    if text[:1] in b"{[":
        return FileKind.JSON
    if text[:1] == b"<":
        return FileKind.HTML
    return FileKind.BINARY if _is_garbage(head) else FileKind.CSV


_MAGIC = (
    (b"PK\x03\x04", FileKind.XLSX),
    (b"PK\x05\x06", FileKind.XLSX),
    (b"\xd0\xcf\x11\xe0", FileKind.OLD_XLS),
    (b"PAR1", FileKind.PARQUET),
    (b"\xff\xfe", FileKind.UTF16),
    (b"\xfe\xff", FileKind.UTF16),
    (b"%PDF", FileKind.BINARY),
    (b"\x89PNG", FileKind.BINARY),
    (b"\x1f\x8b", FileKind.BINARY),
    (b"Rar!", FileKind.BINARY),
    (b"7z\xbc\xaf", FileKind.BINARY),
)


def _is_json(head: bytes) -> bool:
    """Whether a text in UTF-16 begins as JSON does."""
    return head.decode("utf-16", "ignore").lstrip()[:1] in ("{", "[")


def _is_garbage(head: bytes) -> bool:
    """More than one control character in fifty is no text."""
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13, 27) for byte in head)
    return controls * 50 > len(head)
