"""The manual for staff says what the buttons, the functions, the commands and the checks really do.

What it quotes is compared with where it comes from, so that it cannot go stale.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
import typer.main
from lxml import etree, html

import perfgoals_xl.excel.udfs  # noqa: F401  (fills the registry)
from perfgoals_xl import cli
from perfgoals_xl.api import load
from perfgoals_xl.excel.functions.function_registry import FUNCTIONS
from perfgoals_xl.excel.session.guidance import write_manual_page
from perfgoals_xl.excel.session.notes import MARK
from perfgoals_xl.excel.setup.diagnosis import as_lines
from perfgoals_xl.excel.setup.doctor import checks
from perfgoals_xl.excel.setup.manual_page import as_html
from perfgoals_xl.excel.setup.office import Office as OfficeRegistry
from perfgoals_xl.excel.setup.vba_writer import TEXTS
from perfgoals_xl.resources import EXAMPLE_WORKBOOK, addin_path, example_path, manual_path
from perfgoals_xl.review.catalogue import RULES, SEVERITY_OF_LABEL
from perfgoals_xl.review.settings import FILE_NAME, read_settings
from perfgoals_xl.workbooks.findings.layout import COLUMNS
from perfgoals_xl.workbooks.standard.import_sheet import _ORDER
from tests.excel.conftest import pg_highlight
from tests.excel.fake_pc import windows_pc
from tests.support.excel_engine import ExcelOverLibreOffice
from tools import manual_pictures

if TYPE_CHECKING:
    from tests.support.libreoffice import Office

ROOT = Path(__file__).parents[1]
MANUAL = manual_path()
PICTURES = MANUAL.parent / "images" / "manual"
PAGE_PICTURES = MANUAL.parent / "images" / "page"
ALL_PICTURES = sorted([*PICTURES.iterdir(), *PAGE_PICTURES.iterdir()])
CHECKLIST = MANUAL.parent / "excel-checklist.md"
RIBBON = ROOT / "addin" / "ribbon" / "customUI14.xml"
INSTALLER_MESSAGES = sorted((ROOT / "addin" / "install" / "messages").glob("*.txt"))
LARGEST_PICTURE = 150_000


@pytest.fixture(scope="module")
def page() -> html.HtmlElement:
    """The manual as staff see it."""
    return html.fromstring(as_html(MANUAL))


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return [element.text_content().strip() for element in page.iterfind(f".//{path}")]


def table(page: html.HtmlElement, *headings: str) -> list[list[str]]:
    """The lines of the one table with these headings."""
    (found,) = [t for t in page.iterfind(".//table") if texts(t, "th") == list(headings)]
    return [texts(row, "td") for row in found.iterfind("./tbody/tr")]


def buttons() -> list[etree._Element]:
    return etree.parse(RIBBON).findall(".//{*}button")


def blocks_of_code(page: html.HtmlElement) -> list[str]:
    return [element.text for element in page.iterfind(".//pre/code")]


def commands(page: html.HtmlElement) -> list[str]:
    lines = [line for block in blocks_of_code(page) for line in block.splitlines()]
    lines += [element.text for element in page.iterfind(".//p/code")]
    return [line for line in lines if re.match(r"perfgoals |py -m perfgoals_xl ", line)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_every_button_is_a_heading_in_the_order_of_the_ribbon(page):
    labels = [button.get("label") for button in buttons()]
    assert len(labels) == 17
    headings = texts(page, "h3")
    first = headings.index(labels[0])
    assert headings[first : first + len(labels)] == labels


def test_the_letters_of_the_buttons(page):
    told = {row[0]: row[1] for row in table(page, "按钮", "字母", "一句话")}
    assert told == {button.get("label"): button.get("keytip") for button in buttons()}
    (tab,) = etree.parse(RIBBON).findall(".//{*}tab")
    letters = "、".join(tab.get("keytip"))
    assert f"按 Alt，再依次按 {letters}" in page.text_content()


def test_every_picture_is_there_and_used(page):
    shown = re.findall(r"!\[(.+?)\]\((.+?)\)", MANUAL.read_text(encoding="utf-8"))
    assert all(words for words, _ in shown)
    assert sorted(path for _, path in shown) == sorted(
        f"images/{picture.parent.name}/{picture.name}" for picture in ALL_PICTURES
    )
    assert len(page.findall(".//img")) == len(shown)


@pytest.mark.parametrize("picture", ALL_PICTURES, ids=lambda path: path.name)
def test_pictures_are_small_and_wide_enough_to_read(picture):
    data = picture.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(data) < LARGEST_PICTURE
    assert 900 <= int.from_bytes(data[16:20], "big") <= 1200


def test_every_command_exists(page, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    program = typer.main.get_command(cli.app)
    found = commands(page)
    assert len(found) >= 8
    for line in found:
        words = shlex.split(re.sub(r"^py -m perfgoals_xl", "perfgoals", line))[1:]
        command, names = program, "perfgoals"
        while hasattr(command, "commands"):
            names = f"{names} {words[0]}"
            command = command.commands[words.pop(0)]
        # Parses the options and does nothing; an unknown one is a UsageError.
        command.make_context(names, words)


def test_the_table_of_functions_is_the_registry(page):
    assert table(page, "函数", "示例", "结果") == [
        [function.name, function.example, function.example_result]
        for function in FUNCTIONS.values()
    ]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_is_described_as_excel_describes_it(page, name):
    function = FUNCTIONS[name]
    (heading,) = [h for h in page.iterfind(".//h3") if h.text_content() == name]
    signature, description, arguments = list(heading.itersiblings())[:3]
    names = ", ".join(f"[{a.name}]" if a.optional else a.name for a in function.arguments)
    assert signature.text_content() == f"{name}({names})"
    assert description.text_content() == function.description
    assert texts(arguments, "li") == [f"{a.name}：{a.description}" for a in function.arguments]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_example_computes_to_its_result(name):
    function = FUNCTIONS[name]
    computed = manual_pictures.computed(function.example)
    assert manual_pictures.shown(computed, "") == function.example_result


def test_the_columns_of_the_findings(page):
    assert [row[0] for row in table(page, "栏", "内容")] == [column.header for column in COLUMNS]


def test_the_kinds_of_the_sheet_of_an_import(page):
    assert [row[0] for row in table(page, "导入说明的类别", "意思", "怎么办")] == list(_ORDER)


def test_the_colours_are_the_severities(page):
    assert [row[1] for row in table(page, "颜色", "级别", "怎么办")] == list(SEVERITY_OF_LABEL)


def test_the_number_of_rules(page):
    assert f"共 {len(RULES)} 条规则" in page.text_content()


def test_the_settings_file_of_the_manual_is_understood(page, tmp_path):
    (settings,) = [block for block in blocks_of_code(page) if block.startswith("[rules.")]
    assert tomllib.loads(settings)["marks"] == {"notes": True}
    (tmp_path / FILE_NAME).write_text(settings, encoding="utf-8")
    workbook = tmp_path / EXAMPLE_WORKBOOK
    workbook.write_bytes(example_path(EXAMPLE_WORKBOOK).read_bytes())
    found = read_settings(load(workbook))
    assert found.thresholds == {"M01": 85}
    assert {code: severity and severity.label for code, severity in found.severities.items()} == {
        "G05": None,
        "C03": "错误",
    }
    assert found.notes


def test_the_checks_of_the_diagnosis(page, tmp_path, monkeypatch):
    monkeypatch.setattr(OfficeRegistry, "has_disabled", lambda self, name: True)
    found = checks(windows_pc(tmp_path).machine)
    assert [row[0] for row in table(page, "检查", "看什么")] == [check.name for check in found]
    (disabled,) = [check for check in found if check.key == "disabled"]
    quoted = squeezed("".join(texts(page, "blockquote")))
    assert squeezed("".join(list(as_lines([disabled]))[:2])) in quoted
    (cure,) = [r[2] for r in table(page, "现象", "原因", "处理") if r[0].startswith("以前有")]
    assert cure == disabled.todo


def test_the_symptoms_are_what_vba_and_the_installer_say(page):
    said = squeezed("".join(TEXTS.values()))
    said += squeezed("".join(p.read_text(encoding="utf-8") for p in INSTALLER_MESSAGES))
    symptoms = [row[0] for row in table(page, "现象", "原因", "处理")]
    quoted = [text for row in symptoms for text in re.findall("“(.+?)”", row)]
    known = {"绩效目标"}  # the tab
    assert [text for text in quoted if text not in known and squeezed(text) not in said] == []
    assert len(quoted) > len(known) + 3


def test_nothing_of_markdown_is_left(page):
    for element in page.iter("p", "li", "td", "th", "h1", "h2", "h3"):
        text = "".join(element.xpath(".//text()[not(ancestor::code)]"))
        # Three stars are a placeholder that staff write; nothing else has any.
        assert not re.search(r"\*|\]\(|`|^#|\|---|^> ", text.replace("***", "")), text
        assert "\\" not in re.sub(r"[A-Z]:\\\S+", "", text), text


def test_headings_go_down_step_by_step(page):
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", [MANUAL, CHECKLIST], ids=lambda path: path.name)
def test_no_place_of_one_machine_is_named(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"(?<![\w.])/(?:work|home|tmp|usr|root|Users)/|[A-Z]:\\Users", text)


def test_the_button_for_help_shows_the_manual(page, tmp_path):
    shown = html.fromstring(write_manual_page(tmp_path / "手册.html").read_bytes())
    assert shown.text_content() == page.text_content()
    # It is opened from a folder of its own.
    assert all(picture.get("src").startswith("data:image/png") for picture in shown.iter("img"))


def test_links_lead_to_a_heading_of_the_page(page):
    places = [f"#{heading.get('id')}" for heading in page.iter("h2")]
    assert [unquote(link.get("href")) for link in page.iter("a")] == places


def test_the_checklist_has_every_button():
    text = CHECKLIST.read_text(encoding="utf-8")
    assert [b.get("label") for b in buttons() if f"**{b.get('label')}**" not in text] == []


@pytest.mark.slow
def test_the_messages_are_those_of_the_buttons(page, office: Office, monkeypatch, tmp_path):
    """What the manual quotes is said, and each picture is still taken."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    taken = []
    with ExcelOverLibreOffice(office, addin_path()) as excel:
        excel.macros["PgHighlight"] = pg_highlight
        told = manual_pictures.play(
            excel, lambda book, sheet, area, name, **_: taken.append(name), tmp_path
        )
    assert sorted(f"{name}.png" for name in taken) == sorted(p.name for p in PICTURES.iterdir())
    assert [name for name, text in told.items() if not text] == [
        "insert_indicator_row",
        "open_rules",
    ]
    assert told["note"].startswith(MARK)
    quoted = [squeezed(text) for text in texts(page, "blockquote")]
    said = [text for text in told.values() if text]
    assert [text for text in said if _as_quoted(text, tmp_path) not in quoted] == []


def _as_quoted(text: str, folder: Path) -> str:
    """A message as the manual has it: on a PC, and on its day."""
    text = text.replace(f"{folder}/", "D:\\绩效目标\\")
    return re.sub(r"-\d{8}\.xlsx", "-20251020.xlsx", squeezed(text))
