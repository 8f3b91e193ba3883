"""What the page is made of: no markup from texts, no newer language than the oldest browser's."""

from __future__ import annotations

import json
import re
import shutil
import subprocess

import pytest

from perfgoals_xl.actions.action_list import ACTIONS, Group, Need
from perfgoals_xl.declaration import RemarkKind
from perfgoals_xl.resources import manual_path
from perfgoals_xl.workbooks.kit import styles
from tests.support.browser import CHECKS, STATIC

SCRIPTS = sorted(STATIC.glob("*.js"))
CSS = (STATIC / "page.css").read_text(encoding="utf-8")
SHELL = (STATIC / "index.html").read_text(encoding="utf-8")
ALL = "\n".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
NOT_WORDS = "\n".join(
    p.read_text(encoding="utf-8") for p in SCRIPTS if p.stem not in ("chinese", "english")
)
names = pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)

MARKUP = (
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|createContextualFragment"
)
CODE = r"\beval\(|new Function|setTimeout\(\s*['\"]|javascript:|srcdoc|\bimport\("
STYLE = r"\.style\b|cssText|style[:=]\s*['\"]"
# What came after Chromium 86.
NEWER = (
    r"\?\?=|\|\|=|&&=|replaceAll|\.at\(|structuredClone|Object\.hasOwn\b|findLast|toSorted|"
    r"Promise\.any|WeakRef|AbortSignal\.timeout|showPicker|\.inert\b|Array\.fromAsync|^await "
)
NEWER_CSS = (
    r":has\(|(?<!-)\binset:|aspect-ratio|accent-color|color-mix|@container|@layer|"
    r"\bsubgrid\b|dvh|oklch|field-sizing|text-wrap:|&[:. ]"
)


@names
def test_texts_never_become_markup_or_code(path):
    text = path.read_text(encoding="utf-8")
    assert re.findall(f"{MARKUP}|{CODE}|{STYLE}", text) == []


@names
def test_scripts_are_small(path):
    assert path.read_text(encoding="utf-8").count("\n") <= 400


@names
def test_nothing_is_newer_than_the_oldest_browser(path):
    assert re.findall(NEWER, path.read_text(encoding="utf-8"), re.MULTILINE) == []


def test_styles_are_no_newer():
    assert re.findall(NEWER_CSS, CSS) == []


# What acorn says of every file that it cannot read.
PARSE = """
const { parse } = require(process.argv[1]);
const told = {};
for (const file of process.argv.slice(2)) {
  try {
    parse(require('fs').readFileSync(file, 'utf8'), { ecmaVersion: 2020, sourceType: 'module' });
  } catch (fault) {
    told[require('path').basename(file)] = fault.message;
  }
}
console.log(JSON.stringify(told));
"""


def parsed(*files):
    call = ["node", "-e", PARSE, str(CHECKS / "acorn"), *map(str, files)]
    return json.loads(subprocess.run(call, check=True, capture_output=True).stdout)


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no node")
@pytest.mark.skipif(not (CHECKS / "acorn").is_dir(), reason="acorn is not installed (make test)")
def test_scripts_are_of_2020(tmp_path):
    newer = tmp_path / "newer.js"
    newer.write_text("let a; a ??= 1;")
    assert list(parsed(*SCRIPTS, newer)) == ["newer.js"]


def test_the_shell_holds_neither_scripts_nor_styles_of_its_own():
    assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", SHELL) == []


def test_a_browser_that_runs_none_of_the_scripts_says_what_to_do():
    [intake] = re.findall(r'<section id="intake".*?</section>', SHELL, re.DOTALL)
    assert "Internet Explorer 不能用" in intake
    main = (STATIC / "main.js").read_text(encoding="utf-8")
    begins = main.partition("function begin() {")[2]
    assert "fill(byId('intake'));" in begins.partition("takeKey")[0]


def test_everything_comes_from_here():
    outside = r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}"
    # The name of a namespace is no address.
    allowed = {"http://www.w3.org"}
    found = {
        m for p in STATIC.iterdir() for m in re.findall(outside, p.read_text(encoding="utf-8"))
    }
    assert found <= allowed


def test_every_file_that_is_named_is_there():
    there = {path.name for path in STATIC.iterdir()}
    imported = set(re.findall(r"from '\./([\w.]+)'", ALL))
    linked = set(re.findall(r"/static/([\w.]+)", SHELL))
    assert imported | linked | {"index.html"} == there


WORDS = re.compile(r"^  (\w+): '(.*)',$", re.MULTILINE)
TEXTS = [(STATIC / name).read_text(encoding="utf-8") for name in ("chinese.js", "english.js")]
ZH, EN = (dict(WORDS.findall(text)) for text in TEXTS)


def test_both_languages_say_the_same_things():
    assert list(ZH) == list(EN)
    holes = {
        name: (set(re.findall(r"\{\d\}", ZH[name])), set(re.findall(r"\{\d\}", EN[name])))
        for name in ZH
    }
    assert {name: pair for name, pair in holes.items() if pair[0] != pair[1]} == {}
    # Every line was understood.
    assert [len(ZH)] * 2 == [text.count("\n  ") for text in TEXTS]


def test_every_word_is_there_and_used():
    used = set(re.findall(r"say\('(\w+)'", NOT_WORDS))
    used |= set(re.findall(r'data-say="(\w+)"', SHELL))
    assert used <= set(ZH)
    # Names that are handed on stand in quotes, alone or in a list of words; of those that are put
    # together a part does.
    lists = re.findall(r"'([\w ]+)'", NOT_WORDS)
    quoted = {word for words in lists for word in words.split()}
    quoted |= {f"group_{word}" for word in quoted}
    quoted |= {f"{word}{end}" for word in quoted for end in ("_more", "_count")}
    quoted |= {f"with_{word}" for word in quoted}
    assert set(ZH) - used - quoted == set()


def test_english_has_no_chinese_words():
    told = {name: text for name, text in EN.items() if re.search(r"[\u4e00-\u9fff]", text)}
    assert set(told) == {"other_language"}


def test_the_account_knows_every_kind_of_remark():
    account = (STATIC / "account.js").read_text(encoding="utf-8")
    sorts = [
        re.search(rf"const {n} = '([\w ]+)'", account)[1].split() for n in ("INFERRED", "NOT_TAKEN")
    ]
    other = {"missing", "other"}
    assert sorted([*sorts[0], *sorts[1], *other]) == sorted(map(str, RemarkKind))


@pytest.mark.parametrize(
    ("name", "colour"),
    [
        ("ink", styles.INK), ("line", styles.LINE), ("head", styles.HEAD_FILL),
        ("label", styles.LABEL_FILL), ("link", styles.LINK), ("green", styles.GREEN),
        ("red", styles.RED), ("amber", styles.AMBER), ("blue", styles.BLUE),
    ],
)  # fmt: skip
def test_it_has_the_colours_of_the_workbooks(name, colour):
    assert f"--{name}: {colour.lower()};" in CSS


def test_axe_and_acorn_are_pinned():
    wanted = json.loads((CHECKS.parent / "package.json").read_text())["devDependencies"]
    locked = json.loads((CHECKS.parent / "package-lock.json").read_text())["packages"]
    assert {n: locked[f"node_modules/{n}"]["version"] for n in wanted} == wanted


def test_the_manual_calls_things_as_the_page_does():
    manual = manual_path().read_text(encoding="utf-8")
    section = re.compile(r"^## [一二三四五十]+、没有 Excel.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    [part] = section.findall(manual)
    called = set(re.findall("“(.+?)”", part))
    said = {re.sub(r"\{\d\}|（.*?）", "", text).strip() for text in ZH.values()}
    assert len(called) > 15
    # What is Excel's or the browser's own.
    assert called - said - {"下载", "极速模式", "项目01!D19"} == set()
    labels = [
        a.label.zh for a in ACTIONS if a.group is Group.WORKBOOK and a.need is not Need.TWO_FILES
    ]
    assert [label for label in labels if label not in part] == []
