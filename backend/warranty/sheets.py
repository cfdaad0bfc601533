"""Rows of a CSV or Excel file, one after the other, so that memory does not grow with the file."""

import codecs
import csv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MEBIBYTE = 1024 * 1024
LARGEST_FILE_MB = 200
LARGEST_UNPACKED_MB = 2000
MOST_COLUMNS = 200
CHUNK = 64 * 1024
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = ",\t;|"
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Row = tuple[int, list[Any]]
"""A row's number as a spreadsheet shows it, and its cells."""


class SheetError(Exception):
    """A file that cannot be read; worded at `files.<code>` of data/register/sheets.yml."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Sheet:
    """A table in a file. `encoding` is that of a CSV file, `merged` are an Excel sheet's merged cells."""

    def __init__(self, path: Path) -> None:
        head = _head(path)
        self._path = path
        self.excel = head.startswith(ZIP)
        self.encoding = None if self.excel else _encoding(path, head)
        self.merged = _merged(path) if self.excel else []

    def rows(self) -> Iterator[Row]:
        """All rows that are not empty, the header first.

        Raises:
            SheetError: the file turns out to be broken.
        """
        source = self._excel_rows() if self.excel else self._csv_rows()
        for number, cells in source:
            if any(cell not in {None, ""} for cell in cells):
                yield number, cells

    def _csv_rows(self) -> Iterator[Row]:
        with self._path.open(encoding=self.encoding, newline="") as file:
            first = file.readline()
            file.seek(0)
            delimiter = max(DELIMITERS, key=first.count)
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            number = 0
            try:
                for number, cells in enumerate(reader, start=1):
                    yield number, [cell.strip() for cell in cells[:MOST_COLUMNS]]
            except csv.Error as error:
                raise SheetError("broken_csv", row=number + 1) from error

    def _excel_rows(self) -> Iterator[Row]:
        try:
            book = load_workbook(self._path, read_only=True, data_only=True, keep_links=False)
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, ET.ParseError) as error:
            raise SheetError("broken_excel") from error
        try:
            rows = book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS)
            for number, cells in enumerate(rows, start=1):
                yield number, [cell.strip() if isinstance(cell, str) else cell for cell in cells]
        except (zipfile.BadZipFile, KeyError, ValueError, IndexError, ET.ParseError) as error:
            raise SheetError("broken_excel") from error
        finally:
            book.close()


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(CHUNK)
    except OSError as error:
        raise SheetError("missing") from error
    if not head.strip():
        raise SheetError("empty")
    if size > LARGEST_FILE_MB * MEBIBYTE:
        raise SheetError("too_big", limit=LARGEST_FILE_MB)
    if head.startswith(OLD_OFFICE):
        raise SheetError("old_excel")
    return head


def _encoding(path: Path, head: bytes) -> str:
    """The encoding in which the whole file can be read.

    Raises:
        SheetError: there is none.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if b"\0" in head:
        raise SheetError("binary")
    undecodable = 0
    for encoding in ("utf-8-sig", "gb18030"):
        undecodable = _first_undecodable(path, encoding)
        if undecodable < 0:
            return encoding
    raise SheetError("encoding", position=undecodable + 1)


def _first_undecodable(path: Path, encoding: str) -> int:
    """The position of the first byte that cannot be read; -1 if all can be."""
    decoder = codecs.getincrementaldecoder(encoding)()
    position = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(CHUNK)
            pending = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return position - pending + error.start
            if not chunk:
                return -1
            position += len(chunk)


def _merged(path: Path) -> list[str]:
    """The merged cells of the first sheet, such as B2:B5. openpyxl does not tell them when it streams."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_UNPACKED_MB * MEBIBYTE:
                raise SheetError("too_big", limit=LARGEST_FILE_MB)
            with archive.open(_first_sheet(archive)) as sheet:
                found = []
                for _, element in ET.iterparse(sheet):  # noqa: S314  # expat refuses entity bombs
                    if element.tag == f"{SPREADSHEET}mergeCell":
                        found.append(element.attrib["ref"])
                    elif element.tag == f"{SPREADSHEET}row":
                        element.clear()
                return found
    except (zipfile.BadZipFile, KeyError, ET.ParseError, StopIteration) as error:
        raise SheetError("broken_excel") from error


def _first_sheet(archive: zipfile.ZipFile) -> str:
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    relation = next(book.iter(f"{SPREADSHEET}sheet")).attrib[RELATION]
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    target = next(one.attrib["Target"] for one in relations if one.attrib["Id"] == relation)
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
