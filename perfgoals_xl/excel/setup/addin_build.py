"""Builds the Excel add-in ``perfgoals.xlam`` from the text in ``addin/``, on any system.

    python -m perfgoals_xl.excel.setup.addin_build   # writes addin/perfgoals.xlam of the checkout

It holds the ribbon, our VBA modules, xlwings' own modules for exactly the version installed, and
a wrapper for every worksheet function. The same sources give the same bytes.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import io
import re
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from lxml import etree

from perfgoals_xl._version import __version__
from perfgoals_xl.errors import InputError
from perfgoals_xl.excel.setup.vba_writer import (
    FUNCTIONS_MODULE,
    TEXTS_MODULE,
    functions_module,
    texts_module,
)
from perfgoals_xl.excel.setup.xlwings_changes import adapted
from perfgoals_xl.resources import ADDIN_NAME
from perfgoals_xl.storage.files import replacing, whole_file
from perfgoals_xl.storage.origin import RELATIONS_SPACE, TYPES_SPACE

VERSION_PROPERTY = "PG_ADDIN_VERSION"
XLWINGS_PROPERTY = "PG_XLWINGS_VERSION"

SOURCES = Path(__file__).parents[3] / "addin"
"""The add-in as text; in a checkout only."""

_RIBBON_SOURCE = Path("ribbon") / "customUI14.xml"
_RIBBON_PART = "customUI/customUI14.xml"
_RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_CUSTOM_PART = "docProps/custom.xml"
_CUSTOM_RELATION = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
)
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_VALUES_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"

_TITLE = "绩效目标工具"
_COMMENTS = "项目支出绩效目标表的填报、校验与汇总"


class Module(NamedTuple):
    """One module of the VBA project: its name, its source with CRLF line ends, class or not."""

    name: str
    source: str
    is_class: bool = False


def build_addin(output: Path, *, sources: Path = SOURCES) -> Path:
    """Writes the add-in to ``output``, whole or not at all, and returns that path.

    Raises :class:`InputError` where the library that writes VBA is not installed, a source is
    missing or not ASCII, or the installed xlwings is not the one its modules say.
    """
    ribbon = _ribbon(sources)
    project = _workbook_with(addin_modules(sources=sources))
    properties = {VERSION_PROPERTY: __version__, XLWINGS_PROPERTY: _xlwings_version()}
    package = _package(project, ribbon, properties)
    # Unsealed: what stands in it is what the add-in's own tests say, part by part.
    with whole_file(output, seal=False) as temporary:
        temporary.write_bytes(package)
    return output


def addin_modules(*, sources: Path = SOURCES) -> list[Module]:
    """All modules of the VBA project as they go into the add-in, in their order."""
    # Late: the worksheet functions need pandas and more.
    registry = importlib.import_module("perfgoals_xl.excel.functions.function_registry")
    importlib.import_module("perfgoals_xl.excel.udfs")
    folder = sources / "vba"
    own = [Module(path.stem, _vba_source(path)) for path in sorted(folder.glob("*.bas"))]
    if not own:
        raise InputError(
            "没有找到加载项的 VBA 源文件", hint="请在源代码的检出目录中运行。", file=folder
        )
    return [
        *_xlwings_modules(),
        *own,
        Module(FUNCTIONS_MODULE, _crlf(functions_module(registry.FUNCTIONS.values()))),
        Module(TEXTS_MODULE, _crlf(texts_module())),
    ]


def addin_versions(path: Path) -> tuple[str, str]:
    """The versions of this package and of xlwings that a built add-in was made from and for.

    Raises :class:`InputError` where the file is not there or is no add-in of ours.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            root = etree.fromstring(archive.read(_CUSTOM_PART))
    except FileNotFoundError:
        raise InputError("没有找到加载项文件", hint="请重新安装。", file=path) from None
    except (zipfile.BadZipFile, KeyError, OSError, etree.XMLSyntaxError):
        raise _not_ours(path) from None
    found = {
        element.get("name"): "".join(str(text) for text in element.itertext()).strip()
        for element in root.iter(f"{{{_CUSTOM_SPACE}}}property")
    }
    try:
        return found[VERSION_PROPERTY], found[XLWINGS_PROPERTY]
    except KeyError:
        raise _not_ours(path) from None


def _not_ours(path: Path) -> InputError:
    return InputError("这不是绩效目标工具的加载项，或文件已损坏", hint="请重新安装。", file=path)


def _ribbon(sources: Path) -> bytes:
    path = sources / _RIBBON_SOURCE
    data = _read(path).replace(b"\r\n", b"\n")
    try:
        etree.fromstring(data)
    except etree.XMLSyntaxError as error:
        raise InputError(f"功能区的 XML 有错：{error.msg}", file=path) from None
    return data


def _vba_source(path: Path) -> str:
    """A VBA source with CRLF line ends, whatever the checkout made of them."""
    data = _read(path)
    for number, line in enumerate(data.splitlines(), start=1):
        if not line.isascii():
            raise InputError(
                f"第 {number} 行有非 ASCII 字符", hint="中文请放进 vba_writer.TEXTS。", file=path
            )
    return _crlf(data.decode("ascii"))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            "没有找到加载项的源文件", hint="请在源代码的检出目录中运行。", file=path
        ) from None


def _crlf(text: str) -> str:
    return "\r\n".join(text.splitlines()) + "\r\n"


def _xlwings_modules() -> list[Module]:
    folder = _xlwings_folder()
    source = _vba_source(folder / "xlwings_custom_addin.bas")
    told = re.search(r'XLWINGS_VERSION As String = "([^"]+)"', source)
    installed = _xlwings_version()
    if told is None or told[1] != installed:
        raise InputError(
            f"xlwings 的 VBA 模块是 {told[1] if told else '未知'} 版，安装的是 {installed} 版",
            hint="请重新安装 xlwings。",
            file=folder,
        )
    return [
        Module("xlwings", _adapted(source, folder)),
        Module("Dictionary", _vba_source(folder / "addin" / "Dictionary.cls"), is_class=True),
    ]


def _adapted(source: str, folder: Path) -> str:
    try:
        return adapted(source)
    except ValueError as missing:
        raise InputError(
            f"这个版本的 xlwings 中没有找到要改的一处：{missing}", file=folder
        ) from None


def _xlwings_folder() -> Path:
    # Without importing it: that starts looking for Excel.
    found = importlib.metadata.distribution("xlwings").locate_file("xlwings")
    return Path(str(found))


def _xlwings_version() -> str:
    return importlib.metadata.version("xlwings")


def _workbook_with(modules: list[Module]) -> bytes:
    """A new, empty .xlam with these modules in its VBA project."""
    try:
        library: Any = importlib.import_module("pyopenvba")
    except ImportError:
        raise InputError(
            "制作加载项需要 pyOpenVBA", hint='请先运行：pip install "perfgoals-xl[addin]"'
        ) from None
    with TemporaryDirectory() as folder:
        path = Path(folder) / ADDIN_NAME
        with library.ExcelFile.create_new(path) as workbook:
            project = workbook.vba_project()
            project.delete_module("Module1")
            kinds = library.VBAModuleKind
            for module in modules:
                kind = kinds.other if module.is_class else kinds.standard
                project.add_module(module.name, module.source, kind=kind)
            workbook.save()
        return path.read_bytes()


def _package(workbook: bytes, ribbon: bytes, properties: dict[str, str]) -> bytes:
    """The package with the ribbon and the properties of the document added."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/core.xml"] = _core_properties()
    parts[_CUSTOM_PART] = _custom_properties(properties)
    parts[_RIBBON_PART] = ribbon
    parts["_rels/.rels"] = _related(
        parts["_rels/.rels"], {_CUSTOM_RELATION: _CUSTOM_PART, _RIBBON_RELATION: _RIBBON_PART}
    )
    parts["[Content_Types].xml"] = _typed(parts["[Content_Types].xml"], _CUSTOM_PART, _CUSTOM_TYPE)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            # Stored: what deflate makes of the same bytes depends on the zlib of the system.
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED
            archive.writestr(entry, data)
    return packed.getvalue()


def _core_properties() -> bytes:
    return _document(
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(_TITLE)}</dc:title><dc:creator>perfgoals-xl</dc:creator>"
        f"<dc:description>{escape(_COMMENTS)}</dc:description>"
        "</cp:coreProperties>"
    )


def _custom_properties(properties: dict[str, str]) -> bytes:
    # The numbers of custom properties begin at 2.
    items = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), start=2)
    )
    return _document(
        f'<Properties xmlns="{_CUSTOM_SPACE}" xmlns:vt="{_VALUES_SPACE}">{items}</Properties>'
    )


def _related(xml: bytes, targets: dict[str, str]) -> bytes:
    root = etree.fromstring(xml)
    for kind, target in targets.items():
        name = PurePosixPath(target).stem
        etree.SubElement(
            root, f"{{{RELATIONS_SPACE}}}Relationship", Id=f"pg_{name}", Type=kind, Target=target
        )
    return _serialised(root)


def _typed(xml: bytes, part: str, content_type: str) -> bytes:
    root = etree.fromstring(xml)
    etree.SubElement(
        root, f"{{{TYPES_SPACE}}}Override", PartName=f"/{part}", ContentType=content_type
    )
    return _serialised(root)


def _document(xml: str) -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml.encode()


def _serialised(root: Any) -> bytes:
    return _document(etree.tostring(root, encoding="unicode"))


if __name__ == "__main__":
    with replacing():
        built = build_addin(SOURCES / ADDIN_NAME)
    print(f"{built}: {built.stat().st_size} bytes")
