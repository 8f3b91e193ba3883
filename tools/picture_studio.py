"""Pictures of cells of an open workbook: printed by LibreOffice, cut out of the page.

Each has its row and column headings and 256 colours.
"""

from __future__ import annotations

import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import xlwings as xw

from tests.support.libreoffice import Office, properties
from tests.support.rendering import RenderError

_WIDTH = 900  # pixels
_MARGIN = 500  # hundredths of a millimetre
_HEADINGS = 4000  # room for the row and column headings, likewise
_WHITE = 250
"""Lighter than this is paper."""


class Camera(Protocol):
    """Takes a picture of the cells ``area`` of an open workbook."""

    def __call__(
        self, book: xw.Book, sheet: str, area: str, name: str, *, width: int = _WIDTH
    ) -> None:
        """Writes it as ``name.png``, ``width`` pixels wide."""


class Studio:
    """Takes pictures of what stands in an open workbook, which stays as it is."""

    def __init__(self, office: Office, folder: Path, scratch: Path) -> None:
        self._office = office
        self._folder = folder
        self._scratch = scratch
        self.taken: list[Path] = []

    def __call__(
        self, book: xw.Book, sheet: str, area: str, name: str, *, width: int = _WIDTH
    ) -> None:
        """As a :class:`Camera` does."""
        copy = self._scratch / f"{name}.xlsx"
        to_excel = properties(FilterName="Calc MS Excel 2007 XML")
        book.impl.document.storeToURL(copy.as_uri(), to_excel)
        pdf = self._scratch / f"{name}.pdf"
        with self._office.open(copy) as document:
            document.recalculate()
            _print_only(document.component, sheet, area)
            document.to_pdf(pdf)
        self.taken.append(_cut_out(pdf, self._folder / f"{name}.png", width))


def _print_only(component: Any, name: str, area: str) -> None:
    """Sets the workbook to print these cells on one page of their size, with headings."""
    # A sheet without a print area is left out as soon as another one has one.
    for sheet in component.Sheets:
        sheet.setPrintAreas(())
    sheet = component.Sheets.getByName(name)
    sheet.IsVisible = True
    cells = sheet.getCellRangeByName(area)
    sheet.setPrintAreas((cells.RangeAddress,))
    sheet.setPrintTitleRows(False)
    sheet.setPrintTitleColumns(False)
    page = component.StyleFamilies.getByName("PageStyles").getByName(sheet.PageStyle)
    page.HeaderIsOn = page.FooterIsOn = False
    page.PrintHeaders = True
    page.PrintGrid = False
    page.CenterHorizontally = False
    page.ScaleToPagesX = page.ScaleToPagesY = page.ScaleToPages = 0
    page.PageScale = 100
    page.IsLandscape = False
    page.LeftMargin = page.RightMargin = page.TopMargin = page.BottomMargin = _MARGIN
    page.Width = cells.Size.Width + 2 * _MARGIN + _HEADINGS
    page.Height = cells.Size.Height + 2 * _MARGIN + _HEADINGS


def _cut_out(pdf: Path, picture: Path, width: int) -> Path:
    """The first page of ``pdf`` without the white around it."""
    rough = 60
    pixels = _pixels(_rendered(pdf, rough, "-singlefile"))
    dark = (pixels < _WHITE).any(axis=2)
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    left, right, top, bottom = columns[0], columns[-1] + 1, rows[0], rows[-1] + 1
    scale = (width - 4) / (right - left)
    box = {
        "-x": left * scale - 2,
        "-y": top * scale - 2,
        "-W": width,
        "-H": (bottom - top) * scale + 4,
    }
    places = [text for key, value in box.items() for text in (key, str(round(value)))]
    picture.write_bytes(_png(_pixels(_rendered(pdf, rough * scale, "-singlefile", *places))))
    return picture


def _rendered(pdf: Path, dpi: float, *options: str) -> bytes:
    run = subprocess.run(
        ["pdftoppm", "-r", f"{dpi:.3f}", *options, str(pdf)],
        capture_output=True,
        timeout=120,
        check=False,
    )
    if run.returncode or not run.stdout:
        raise RenderError(run.stderr.decode("utf-8", "replace"))
    return run.stdout


def _pixels(ppm: bytes) -> np.ndarray:
    magic, size, depth, data = ppm.split(b"\n", 3)
    if (magic, depth) != (b"P6", b"255"):
        raise RenderError(f"not a picture: {ppm[:20]!r}")
    columns, rows = map(int, size.split())
    return np.frombuffer(data, np.uint8, rows * columns * 3).reshape(rows, columns, 3)


def _png(pixels: np.ndarray) -> bytes:
    """A picture of 256 colours, a third of the size that pdftoppm writes."""
    packed = pixels.astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    colours, places, counts = np.unique(packed, return_inverse=True, return_counts=True)
    split = np.stack([colours >> 16, colours >> 8 & 255, colours & 255], axis=1).astype(np.int32)
    palette = split[np.argsort(counts)[::-1][:256]]
    nearest = ((split[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
    indexes = nearest[places].reshape(packed.shape).astype(np.uint8)
    height, width = indexes.shape
    # Each row behind a zero: no filter, which suits a palette best.
    rows = np.hstack([np.zeros((height, 1), np.uint8), indexes])
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            (b"PLTE", palette.astype(np.uint8).tobytes()),
            (b"IDAT", zlib.compress(rows.tobytes(), 9)),
            (b"IEND", b""),
        )
    )
