"""The page as people meet it: a real browser on a page that really runs."""

from __future__ import annotations

import json
import re
import zipfile

import openpyxl
import pytest

from perfgoals_xl.resources import EXAMPLE_WORKBOOK, example_path
from tests.support.browser import CHECKS
from tests.support.commands import runner
from tests.support.page import running_page
from tests.support.steps import filled, text_of

CURRENT = ".line[aria-current]"
REASON = f"{CURRENT} .reason textarea"


@pytest.fixture
def perfgoals(monkeypatch, capsys, tmp_path):
    return runner(monkeypatch, capsys, tmp_path)


@pytest.fixture
def faulty(tmp_path):
    """A declaration with a handful of findings: F04, F02 and V02 are errors."""
    (tmp_path / "in").mkdir()
    return filled(tmp_path / "in", {"annual_amount": 290, "数量1": "无"})


def sheet_values(path):
    """What stands in the cells of a workbook, sheet by sheet."""
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[c.value for c in row] for row in sheet.iter_rows()] for sheet in book}


def reasons_in(path):
    """The reasons on 校验结果 of a marked copy, with their rules."""
    rows = sheet_values(path)["校验结果"]
    [head] = [row for row in rows if "说明" in row]
    rule, reason = head.index("规则"), head.index("说明")
    return [(row[rule], row[reason]) for row in rows[rows.index(head) + 1 :] if row[reason]]


def other_department(tmp_path):
    """The same declarations, of another department."""
    path = tmp_path / "教育局.txt"
    path.write_text(text_of().replace("青岚县林业和草原局", "青岚县教育局"), encoding="utf-8")
    return path


def test_a_newcomers_path(tab, faulty, perfgoals, tmp_path):
    assert tab.text("#intake h2") == "把申报文件拖到这里"
    tab.give(faulty)
    command = json.loads(perfgoals("validate", faulty, "--format", "json").out)
    counts = command["counts"]
    assert tab.texts(".totals b")[:3] == [
        f"{counts[level]} 项" for level in ("error", "warning", "info")
    ]
    assert tab.text(".standing b") == f"需要更正 {counts['error']} 处"
    assert "青岚县林业和草原局" in tab.text(".cover")
    # The first error, mended on the page by a reason; the others all at once, by their rule.
    tab.page.click("#next")
    first = command["findings"][0]
    assert first["message"] in tab.text(CURRENT)
    assert f"!{first['cell']}" in tab.text(f"{CURRENT} .place")
    tab.page.fill(REASON, "资金分两年安排")
    tab.page.keyboard.press("Enter")
    tab.page.locator(f"{CURRENT} .saved", has_text="已保存").wait_for()
    assert tab.text(".standing b") == f"需要更正 {counts['error'] - 1} 处"
    copy = tab.take("marked_copy")
    assert copy.name == "申报-已校验.xlsx"
    assert reasons_in(copy.path) == [(first["rule"], "资金分两年安排")]
    # The copy holds what the command's holds.
    own = tmp_path / "own.xlsx"
    place = f"{first['rule']}@{first['sheet']}!{first['cell']}"
    perfgoals("validate", faulty, "-o", own, "--reason", f"{place}=资金分两年安排")
    assert sheet_values(copy.path) == sheet_values(own)
    # And the mended file, given again under its name, takes the place of the other.
    mended = filled(tmp_path, {"数量1": "无"})
    assert mended.name == faulty.name
    tab.give(mended)
    assert tab.texts("#intake .files .name") == [mended.name]
    assert tab.text(".standing b") == "需要更正 1 处"
    summary = tab.take("summary")
    perfgoals("consolidate", mended, "-o", tmp_path / "汇总.xlsx")
    page, command = sheet_values(summary.path), sheet_values(tmp_path / "汇总.xlsx")
    assert list(page) == list(command)
    assert page["项目汇总"] == command["项目汇总"]


def checked_anew(tab, button):
    """Clicks what checks anew, and waits until the reasons typed before were given to it."""
    with tab.page.expect_response(lambda answer: answer.url.endswith("/reasons")):
        tab.page.click(button)
    tab.page.locator("#working").wait_for(state="hidden")


def in_other_language(tab, reasons):
    """Switches the language, and waits for the count of reasons in it."""
    checked_anew(tab, "#language")
    shown = tab.page.locator(".totals .reasons b", has_text=re.compile(f"^{reasons}$"))
    shown.wait_for()


def test_a_reason_is_kept_when_the_file_is_given_again(tab, faulty):
    tab.give(faulty)
    tab.page.click("#by-rule")
    tab.page.fill("#search", "V02")
    tab.page.locator("#shown", has_text="显示 1 /").wait_for()
    tab.page.fill(".line .reason textarea", "当年没有这项任务")
    tab.page.keyboard.press("Enter")
    tab.page.locator(".saved", has_text="已保存").wait_for()
    tab.give(faulty)
    tab.page.locator(".totals .reasons b", has_text="1 项").wait_for()
    assert reasons_in(tab.take("marked_copy").path) == [("V02", "当年没有这项任务")]


@pytest.mark.exhaustive
def test_a_reason_outlives_a_page_that_is_loaded_anew(tab, faulty, tmp_path):
    asked = []
    tab.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    tab.give(faulty)
    for text in ("资金分两年安排", "另有批复"):
        tab.page.click("#next")
        tab.page.fill(REASON, text)
        tab.page.keyboard.press("Enter")
        tab.page.locator(f"{CURRENT} .saved", has_text="已保存").wait_for()
    for again in (1, 2):
        tab.page.reload()
        tab.seen()
        # Nothing was taken away: it is asked about each time.
        assert asked == ["beforeunload"] * again
    typed = tab.page.locator(".totals .reasons b", has_text="2 项")
    checked_anew(tab, "#check")
    typed.wait_for()
    in_other_language(tab, "2")
    in_other_language(tab, "2 项")
    # What was answered is mended in the new file; the other answer is given to it.
    tab.give(filled(tmp_path, {"数量1": "无"}))
    tab.give(faulty)
    typed.wait_for()
    assert {text for _, text in reasons_in(tab.take("marked_copy").path)} == {
        "资金分两年安排", "另有批复",
    }  # fmt: skip
    tab.page.locator(".made").wait_for()
    for _ in range(2):
        tab.page.reload()
        tab.seen()
    assert len(asked) == 2


def test_a_reason_is_for_one_of_two_findings_of_a_cell(tab):
    example = example_path()
    tab.give(example)
    tab.page.click("#by-rule")
    tab.page.fill("#search", "没有可持续影响指标")
    tab.page.locator("#shown", has_text="显示 1 /").wait_for()
    tab.page.fill(".line .reason textarea", "一次性任务")
    tab.page.keyboard.press("Enter")
    typed = tab.page.locator(".totals .reasons b", has_text="1 项")
    typed.wait_for()
    tab.give(example)
    typed.wait_for()
    in_other_language(tab, "1")
    in_other_language(tab, "1 项")


def test_a_reason_for_a_whole_rule_and_none_again(tab, tmp_path):
    tab.give(filled(tmp_path, {"数量1": "***", "质量1": "***"}))
    tab.page.check("#by-rule")
    rule = tab.page.locator(".group", has=tab.page.locator("h3", has_text="V01"))
    rule.locator(".rule-reason textarea").fill("年中再定")
    rule.locator(".rule-reason button").click()
    rule.locator(".rule-reason .saved", has_text="已写给 2 处").wait_for()
    fields = rule.locator(".line .reason textarea")
    assert [fields.nth(n).input_value() for n in range(2)] == ["年中再定"] * 2
    assert tab.text(".standing b") == "可以报送"
    # One of them is answered otherwise; filters by reason, and F7 passes over what is answered.
    fields.nth(0).fill("另有说明")
    fields.nth(0).press("Enter")
    rule.locator(".line .saved", has_text="已保存").wait_for()
    tab.page.select_option("#only-answered", "answered")
    tab.page.locator("#shown", has_text="显示 2 /").wait_for()
    tab.page.keyboard.press("F7")
    assert tab.text("#shown") == "没有待处理的问题。"
    copied = reasons_in(tab.take("marked_copy").path)
    assert copied == [("V01", "另有说明"), ("V01", "年中再定")]


@pytest.mark.exhaustive
def test_long_names_are_not_wider_than_a_phone(open_tab, running, faulty, tmp_path):
    phone = open_tab(running, width=360, height=740)
    other = tmp_path / f"{'department_of_water_' * 4}2026.key.json"
    other.write_text("{}", encoding="utf-8")
    phone.give(other, faulty)
    assert other.name in phone.text(".refused")
    assert phone.wide() == 0


def test_everything_by_keyboard(tab, faulty):
    press = tab.page.keyboard.press
    # Known to the browser before the key is pressed, and not at the same time.
    tab.page.on("filechooser", lambda chooser: None)

    def focused():
        return tab.page.evaluate("document.activeElement.id || document.activeElement.className")

    for _ in range(9):
        press("Tab")
        if focused() == "choose":
            break
    assert focused() == "choose"
    with tab.page.expect_file_chooser() as chooser:
        press("Enter")
    chooser.value.set_files(str(faulty))
    tab.seen()
    press("F7")
    first = tab.text(CURRENT)
    press("j")
    second = tab.text(CURRENT)
    assert first != second
    press("k")
    assert tab.text(CURRENT) == first
    press("Tab")
    assert tab.page.evaluate("document.activeElement.tagName") == "TEXTAREA"
    # In a field, letters are letters.
    tab.page.keyboard.type("jk按批复执行")
    press("Shift+F7")
    tab.page.locator(".saved", has_text="已保存").wait_for()
    assert tab.text(CURRENT) != first
    press("F7")
    assert tab.text(CURRENT) != first, "what has a reason is passed over"
    press("k")
    group = tab.page.locator(".group h3 button").first
    group.focus()
    press("Enter")
    assert group.get_attribute("aria-expanded") == "false"
    press("F7")
    assert group.get_attribute("aria-expanded") == "true"


def test_files_are_dropped_anywhere(tab):
    tab.drag("申报.txt", text_of(), "dragenter")
    assert tab.page.locator("#drop").is_visible()
    tab.drag("申报.txt", text_of(), "drop")
    tab.seen()
    assert not tab.page.locator("#drop").is_visible()
    assert tab.texts("#intake .files .name") == ["申报.txt"]
    assert tab.text(".standing b") == "可以报送"
    tab.drag("照片.jpg", "x", "drop")
    tab.page.locator(".refused li", has_text="照片.jpg").wait_for()
    assert tab.texts("#intake .files .name") == ["申报.txt"]


def test_a_folder_with_two_files_of_one_name(tab, faulty, tmp_path):
    folder = tmp_path / "报送"
    for name in ("林草局", "教育局"):
        (folder / name).mkdir(parents=True)
    (folder / "林草局" / "申报.xlsx").write_bytes(faulty.read_bytes())
    other_department(tmp_path).rename(folder / "教育局" / "申报.txt")
    (folder / "教育局" / "申报.xlsx").write_bytes(filled(folder).read_bytes())
    (folder / "申报.xlsx").unlink()
    (folder / "林草局" / "~$申报.xlsx").write_bytes(b"x")
    (folder / "Thumbs.db").write_bytes(b"x")
    tab.page.set_input_files("#pick-folder", str(folder))
    tab.seen()
    assert sorted(tab.texts("#intake .files .name")) == ["申报 (2).xlsx", "申报.txt", "申报.xlsx"]
    assert tab.text(".refused") == "文件夹里另有 2 个文件不是申报文件，没有读入。"
    # The same folder again takes the place of all of them.
    tab.page.set_input_files("#pick-folder", str(folder))
    tab.seen()
    assert sorted(tab.texts("#intake .files .name")) == ["申报 (2).xlsx", "申报.txt", "申报.xlsx"]


def test_a_file_whose_place_a_newer_one_takes_is_not_ready(tab, faulty):
    """As when the marked copy is mended and dropped beside the file that it was made of."""
    tab.give(faulty)
    projects = tab.text("#overview .projects summary")
    copy = tab.take("marked_copy").path
    book = openpyxl.load_workbook(copy)
    book.worksheets[-1].sheet_view.zoomScale = 90
    book.save(copy)
    tab.give(copy)
    assert tab.texts("#intake .files .name") == [faulty.name, copy.name]
    old, new = tab.texts("#overview tbody tr")
    assert "没有计入" in old
    assert "可以报送" not in old
    assert "需要更正" in new
    assert tab.text("#overview .projects summary") == projects


@pytest.mark.exhaustive
def test_another_file_of_the_same_name_need_not_replace_it(tab, faulty, tmp_path):
    tab.give(faulty)
    tab.give(filled(tmp_path, {"数量1": "无"}))
    assert tab.texts("#intake .files .name") == ["申报.xlsx"]
    tab.page.click(".replaced button")
    tab.page.locator("#intake .files .name", has_text="申报 (2).xlsx").wait_for()
    tab.seen()
    assert tab.texts("#intake .files .name") == ["申报.xlsx", "申报 (2).xlsx"]
    assert tab.page.locator(".replaced").count() == 0


def test_a_reason_that_the_file_holds_is_shown_and_kept(tab, faulty):
    tab.give(faulty)
    tab.page.fill("#search", "F02")
    tab.page.locator("#shown", has_text="显示 1 /").wait_for()
    tab.page.fill(".line .reason textarea", "分两年支付")
    tab.page.keyboard.press("Enter")
    tab.page.locator(".saved", has_text="已保存").wait_for()
    copy = tab.take("marked_copy")
    tab.page.click("#start-over")
    tab.give(copy.path)
    assert "与上次校验相比" in tab.text(".since")
    tab.page.fill("#search", "F02")
    tab.page.locator("#shown", has_text="显示 1 /").wait_for()
    field = tab.page.locator(".line .reason textarea")
    assert field.input_value() == "分两年支付"
    # It is not written over, as with the button 统一说明, and what is shown is what is there.
    field.fill("又改了")
    field.press("Enter")
    tab.page.locator(".saved", has_text="没有改动").wait_for()
    assert field.input_value() == "分两年支付"


SCRIPT = "document.title='taken'"
HOSTILE = f"""<img src=x onerror="{SCRIPT}">'"><script>{SCRIPT}</script>\u202e"""


def test_texts_of_a_workbook_stay_texts(tab, tmp_path):
    texts = {"project_name": f"{HOSTILE}甲", "annual_goal": HOSTILE, "数量1": HOSTILE}
    texts |= {"implementing_unit": HOSTILE, "质量1 名称": HOSTILE, "annual_amount": HOSTILE}
    path = filled(tmp_path, texts).rename(tmp_path / "<img src=x onerror=alert(1)>&amp;.xlsx")
    tab.give(path)
    tab.page.click(".projects summary")
    for summary in tab.page.locator("#account summary, .not-judged summary").all():
        summary.click()
    for by in ("#by-rule", "#by-project"):
        tab.page.check(by)
        for button in tab.page.locator(".line button[aria-expanded=false]").all():
            button.click()
    # What is on paper as well.
    tab.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.page.locator("main img, main script, #paper img, #paper script").count() == 0
    assert tab.page.title() == "绩效目标校验"
    assert "<img src=x" in tab.text(".projects")
    assert "<img src=x onerror=" in tab.text("#findings")


@pytest.mark.exhaustive
def test_reading_is_stopped_and_taken_up_again(tab):
    data = example_path(EXAMPLE_WORKBOOK).read_bytes()
    files = [{"name": f"{n}.xlsx", "mimeType": "x/y", "buffer": data} for n in range(10)]
    tab.page.set_input_files("#pick-files", files)
    tab.page.click("#stop")
    tab.page.locator(".note", has_text="已停止").wait_for()
    assert len(tab.texts("#intake .files .name")) == 10
    assert not tab.page.locator("#result").is_visible()
    tab.page.click("#check")
    tab.seen()
    assert tab.text(".standing b") == "需要更正 13 处"
    assert tab.page.locator(".note").count() == 0


@pytest.mark.exhaustive
def test_the_settings_are_those_of_the_check(tab, tmp_path):
    tab.give(filled(tmp_path))
    assert tab.text(".standing b") == "可以报送"
    tab.page.click(".settings summary")
    tab.page.fill("#year", "2027")
    tab.page.click("#check")
    tab.seen()
    assert "H04" in tab.text("#findings")
    tab.page.reload()
    tab.seen()
    assert tab.page.input_value("#year") == "2027"


@pytest.mark.exhaustive
def test_two_tabs_do_not_meet(open_tab, running, faulty, tmp_path):
    one, two = open_tab(running), open_tab(running)
    one.give(faulty)
    packed = tmp_path / "教育局.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(other_department(tmp_path), "教育局.txt")
    two.give(packed)
    assert one.texts("#intake .files .name") == [faulty.name]
    assert two.texts("#intake .files .name") == ["教育局.zip"]
    assert "青岚县教育局" in two.text("#overview")
    assert "教育局" not in one.text("#overview")
    one.page.reload()
    one.seen()
    assert one.texts("#intake .files .name") == [faulty.name]
    assert one.text(".standing b") == "需要更正 3 处"


@pytest.mark.exhaustive
def test_a_broken_file_among_good_ones(tab, faulty, tmp_path):
    broken = tmp_path / "坏了.xlsx"
    broken.write_bytes(faulty.read_bytes()[:2000])
    notice = tmp_path / "通知.txt"
    notice.write_text("明天开会", encoding="utf-8")
    tab.give(faulty, broken, notice, other_department(tmp_path))
    rows = {row.split(" ")[0]: row for row in tab.texts("#overview .scrolled >> nth=0 >> tbody tr")}
    assert set(rows) == {"申报.xlsx", "坏了.xlsx", "通知.txt", "教育局.txt"}
    assert "没有读出来" in rows["坏了.xlsx"]
    assert "没有" in rows["通知.txt"]
    assert "需要更正 3 处" in rows["申报.xlsx"]
    assert "可以报送" in rows["教育局.txt"]
    # Reasons go where they can: there is no marked copy of several departments.
    tab.page.click("#next")
    tab.page.fill(REASON, "分两年支付")
    tab.page.keyboard.press("Enter")
    tab.page.locator(".saved", has_text="会写进校验报告").wait_for()
    assert reasons_in(tab.take("report").path) == [("F04", "分两年支付")]
    book = tab.take("department_book")
    assert {"部门汇总", "项目汇总"} <= set(sheet_values(book.path))
    # Away with the broken ones.
    for name in ("坏了.xlsx", "通知.txt", "教育局.txt"):
        tab.page.click(f"[aria-label='移除 {name}']")
        tab.seen()
    assert tab.texts("#intake .files .name") == ["申报.xlsx"]
    assert tab.page.locator("#take-department_book").count() == 0
    # Nothing but what cannot be read: that, and nothing to take away.
    tab.page.once("dialog", lambda dialog: dialog.accept())  # There is a reason.
    tab.page.click("#start-over")
    tab.give(broken)
    assert tab.text(".standing b") == "1 个文件没有读出来"
    assert not tab.page.locator("#taking").is_visible()


def test_in_english(tab, faulty):
    tab.give(faulty)
    tab.page.click("#language")
    tab.page.locator(".standing b", has_text="3 to be mended").wait_for()
    assert tab.page.locator("html").get_attribute("lang") == "en"
    assert tab.page.title() == "Performance goals check"
    said = tab.texts(
        "h2, h3:not(.group h3), label, legend, summary, th, dt, #taking button, .buttons button"
    )
    assert [text for text in said if re.search(r"[\u4e00-\u9fff]", text)] == []
    assert "the sum of" in tab.text("#findings") or "≠" in tab.text("#findings")
    tab.page.click("#language")
    tab.page.locator(".standing b", has_text="需要更正 3 处").wait_for()
    assert tab.page.locator("html").get_attribute("lang") == "zh-CN"


@pytest.mark.skipif(not (CHECKS / "axe-core").is_dir(), reason="axe is not installed (make test)")
def test_axe_finds_nothing(tab):
    assert tab.accessibility_faults() == []
    tab.give(example_path())
    tab.page.click(".projects summary")
    tab.page.click(".settings summary")
    tab.page.locator(".line button[aria-expanded=false]").first.click()
    tab.page.click("#take-monitoring_form")
    tab.page.keyboard.press("F7")
    assert tab.accessibility_faults() == []
    tab.page.check("#by-rule")
    tab.page.set_viewport_size({"width": 360, "height": 740})
    assert tab.accessibility_faults() == []
    # At 360 pixels, which is also 200 % of a small window, nothing stands beside the window.
    assert tab.wide() == 0
    # The check itself sees what is wrong.
    tab.page.evaluate("document.querySelector('header img').removeAttribute('alt')")
    assert [name for name, _ in tab.accessibility_faults()] == ["image-alt"]


def test_paper_holds_every_finding(tab):
    tab.give(example_path())
    tab.page.fill("#search", "没有这样的内容")
    tab.page.locator("#shown", has_text="显示 0 /").wait_for()
    tab.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    tab.page.emulate_media(media="print")
    shown = int(
        tab.text(".shown") and tab.page.locator("#paper tbody tr:not(.paper-group)").count()
    )
    counts = [int(n) for n in re.findall(r"(?:错误|警告|提示) (\d+) 项", tab.text(".paper-counts"))]
    assert shown == sum(counts) > 0
    assert example_path().name in tab.text(".paper-head")
    assert tab.page.locator("main").is_hidden()
    tab.page.emulate_media(media="screen")
    assert tab.page.input_value("#search") == "没有这样的内容"


@pytest.mark.exhaustive
def test_leaving_with_reasons_is_asked_about(tab, faulty):
    asked = []

    def answer(dialog):
        asked.append(dialog.type)
        dialog.accept()

    tab.page.on("dialog", answer)
    tab.give(faulty)
    tab.page.reload()
    tab.seen()
    assert asked == []
    tab.page.click("#next")
    tab.page.fill(REASON, "按批复执行")
    tab.page.keyboard.press("Enter")
    tab.page.locator(".saved", has_text="已保存").wait_for()
    tab.page.reload()
    tab.seen()
    assert asked == ["beforeunload"]
    tab.page.locator(".totals .reasons b", has_text="1 项").wait_for()
    # What is no reason is refused, and stands there to be mended.
    tab.page.click("#previous")
    tab.page.fill(REASON, "无")
    tab.page.keyboard.press("Enter")
    tab.page.locator(f"{CURRENT} .saved", has_text="“无”不是理由").wait_for()
    refused = tab.page.locator(CURRENT).get_attribute("data-first")
    tab.page.click("#next")
    tab.page.fill(REASON, "另有批复")
    tab.page.keyboard.press("Enter")
    tab.page.locator(".saved", has_text="已保存").wait_for()
    tab.take("marked_copy")
    tab.page.locator(".made").wait_for()
    field = tab.page.locator(f".line[data-first='{refused}'] textarea")
    assert field.input_value() == "无"
    field.fill("")
    tab.page.reload()
    tab.seen()
    assert asked == ["beforeunload"]


@pytest.mark.exhaustive
def test_thousands_of_findings_are_made_when_they_are_looked_at(tab, faulty):
    """What the browser is given is multiplied on its way, so that the workbook need not be."""

    def many(route):
        told = route.fetch().json()
        own = told["review"]["findings"]
        some = [
            {**own[n % len(own)], "project": f"项目{n // 50}", "message": f"第 {n} 处"}
            for n in range(2000)
        ]
        told["review"]["findings"] = some
        told["groups"] = [[n] for n in range(2000)]
        route.fulfill(json=told)

    tab.page.route("**/result", many)
    tab.give(faulty)
    assert tab.text("#shown") == "显示 2000 / 2000 项"
    assert tab.page.locator(".line").count() <= 120
    tab.page.check("#by-rule")
    assert tab.page.locator(".line").count() <= 120
    tab.page.check("#by-project")
    tab.page.keyboard.press("Shift+F7")
    assert "第 1999 处" in tab.text(CURRENT)
    tab.page.fill("#search", "项目35 1777")
    tab.page.locator("#shown", has_text="显示 1 /").wait_for()
    assert "第 1777 处" in tab.text(".line")


@pytest.mark.exhaustive
def test_the_program_ends_and_the_page_says_so(open_tab, tmp_path, faulty):
    (tmp_path / "run").mkdir()
    with running_page(tmp_path / "run", faulty, "--lang", "en") as running:
        tab = open_tab(running)
        tab.seen()
        assert tab.text(".standing b") == "3 to be mended"
        assert "key" not in tab.page.url
        running.process.terminate()
        tab.page.locator("#gone", has_text="The program has ended").wait_for()
        enabled = tab.page.locator(
            "button:enabled, input:enabled, select:enabled, textarea:enabled"
        )
        assert enabled.count() == 0
        assert tab.page.locator("#gone").get_attribute("role") == "alert"
        if (CHECKS / "axe-core").is_dir():
            assert tab.accessibility_faults() == []
