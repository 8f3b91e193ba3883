"""The VBA of the built add-in, run in pyOpenVBA's interpreter against its model of Excel.

xlwings' own module runs too, up to its DLL. The Python commands that the callbacks hand to its
RunPython are really executed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from perfgoals_xl.excel import macros
from perfgoals_xl.excel.functions.function_registry import FUNCTIONS
from perfgoals_xl.excel.setup.addin_build import SOURCES, build_addin
from perfgoals_xl.excel.setup.vba_writer import TEXTS
from perfgoals_xl.resources import ADDIN_NAME, EXAMPLE_WORKBOOK, example_path
from tests.excel.test_ribbon import ENTRY_POINTS

CALLBACKS = dict(
    re.findall(
        r"(?s)Public Sub (\w+)\(control As IRibbonControl\)\n.*?m\.(\w+)\(\)",
        (SOURCES / "vba" / "PgRibbon.bas").read_text("ascii"),
    )
)
# These must work without a workbook.
ANYWHERE = {"new_workbook", "import_files", "open_help", "diagnose", "show_functions"}


@pytest.fixture(scope="module")
def addin(tmp_path_factory) -> Path:
    pytest.importorskip("pyopenvba", reason="building and running the add-in needs pyOpenVBA")
    return build_addin(tmp_path_factory.mktemp("addin") / ADDIN_NAME)


@pytest.fixture
def host(addin):
    from tests.support.vba_host import VbaHost

    return VbaHost(addin)


@pytest.fixture
def called(host, monkeypatch) -> list[str]:
    """The entry points that were called; the commands run as Python, the macros are stand-ins."""
    names: list[str] = []
    for entry in ENTRY_POINTS.values():
        monkeypatch.setattr(macros, entry, lambda entry=entry: names.append(entry))
    host.run_python = lambda command: exec(command, {})
    return names


def failure(description: str, number: int = 1000) -> Exception:
    from tests.support.vba_host import failure

    return failure(description, number)


# --- the buttons ----------------------------------------------------------------------------------


def test_every_entry_point_has_its_callback():
    assert sorted(CALLBACKS.values()) == sorted(ENTRY_POINTS.values())


@pytest.mark.parametrize(("callback", "entry"), CALLBACKS.items())
def test_a_click_runs_the_python_function(host, called, callback, entry):
    host.open_book()
    host.click(callback)
    assert called == [entry]
    assert host.commands == [f"import perfgoals_xl.excel.macros as m; m.{entry}()"]
    # Before the click and behind it, for what there is to tell; xlwings' own in between.
    ours = "perfgoals_xl.excel.macros"
    assert host.imported == [ours, "xlwings._xlwindows", ours]
    assert host.caller is host.application.active_book
    assert host.messages == host.popups == []


@pytest.mark.parametrize(("callback", "entry"), CALLBACKS.items())
def test_without_a_workbook(host, called, callback, entry):
    host.click(callback)
    if entry in ANYWHERE:
        assert called == [entry]
        assert host.messages == []
    else:
        assert called == []
        assert host.messages == [TEXTS["TextNoWorkbook"]]
        assert host.excel.dialogs[0][2] == "绩效目标工具"
    assert host.excel.workbooks() == []


def test_the_workbook_for_what_needs_none_is_there_while_python_runs(host):
    active = []
    host.run_python = lambda command: active.append(host.application.active_book)
    host.click("PgOpenHelp")
    assert active[0] is not None
    assert host.excel.workbooks() == []


def test_it_stays_where_python_wrote_into_it(host):
    def write(command):
        host.excel.sheet(1).set_value("A1", "已填")
        host.application.active_book.saved = False

    host.run_python = write
    host.click("PgDiagnose")
    [book] = host.excel.workbooks()
    assert host.excel.sheet(1, workbook=book).value("A1") == "已填"


def test_a_workbook_that_was_open_is_never_closed(host, called):
    book = host.open_book()
    assert book.saved
    host.click("PgOpenHelp")
    assert host.excel.workbooks() == [book]


def test_a_workbook_that_cannot_be_added_is_told(host, monkeypatch):
    def refuse(*arguments):
        raise failure("Method 'Add' of object 'Workbooks' failed", 1004)

    monkeypatch.setattr(type(host.application.workbooks_), "vba_get", refuse)
    host.click("PgOpenHelp")
    assert host.messages == [TEXTS["TextNoWorkbook"]]
    assert host.commands == []


@pytest.mark.slow
def test_from_the_click_to_the_marks_in_an_open_workbook(host, excel, opened, monkeypatch):
    """The callback in the interpreter, its command in Python, the workbook in LibreOffice."""
    book = opened(example_path(EXAMPLE_WORKBOOK))
    host.open_book()
    host.run_python = lambda command: exec(command, {})
    # As on Windows: Python leaves its message, the add-in shows it.
    monkeypatch.setattr(macros, "_vba_tells", lambda: True)
    host.take_message = macros.take_message
    host.click("PgValidateBook")
    results = "\n".join(
        str(cell) for row in book.sheets["校验结果"].used_range.value for cell in row if cell
    )
    assert "C02" in results
    (message,) = host.messages
    assert message.startswith("全部工作表：错误 13 项")
    assert excel.alerts == []
    assert excel.status_history[-1] is None


# --- Python cannot be started ---------------------------------------------------------------------


def test_without_settings_the_installer_is_named(host, called):
    host.open_book()
    del host.files[host.settings_path]
    host.click("PgValidateBook")
    [message] = host.messages
    assert message == f"{TEXTS['TextNotInstalled']}\n{host.settings_path}"
    assert "install.cmd" in message
    assert (called, host.imported) == ([], [])


@pytest.mark.parametrize("interpreter", [r"D:\gone\python.exe", ""])
def test_without_the_interpreter_it_is_named(host, called, interpreter):
    host.open_book()
    host.settings["INTERPRETER_WIN"] = interpreter
    host.click("PgValidateBook")
    assert host.messages == [f"{TEXTS['TextNoInterpreter']}\n{interpreter}"]
    assert (called, host.imported) == ([], [])


@pytest.mark.parametrize(
    ("description", "shown"),
    [
        (
            "Could not load xlwings64-0.37.8.dll from either of the following folders: \r\nC:\\x",
            "Could not load xlwings64-0.37.8.dll from either of the following folders:  (1)",
        ),
        (
            "ModuleNotFoundError: No module named 'perfgoals_xl'\n    File \"<string>\", line 1\n"
            "Traceback (most recent call last):",
            "ModuleNotFoundError: No module named 'perfgoals_xl' (1)",
        ),
        ("", " (1)"),
        ("x" * 5000, "x" * 200 + " (1)"),
    ],
)
def test_a_python_that_does_not_start_is_told_in_chinese(host, called, description, shown):
    def refuse(name):
        raise failure(description, 1)

    host.open_book()
    host.import_module = refuse
    host.application.status_bar = "正在校验"
    host.application.screen_updating = False
    host.click("PgValidateBook")
    assert host.messages == [f"{TEXTS['TextCannotStart']}\n{shown}"]
    assert "Traceback" not in host.messages[0]
    assert host.application.status_bar is False
    assert host.application.screen_updating is True
    assert called == []


def test_a_fault_in_run_python_itself_is_told(host):
    def refuse(name):
        if name == "xlwings._xlwindows":
            raise failure("The remote procedure call failed.", -2147023170)

    host.open_book()
    host.import_module = refuse
    host.click("PgConsolidate")
    [message] = host.messages
    assert message.startswith(TEXTS["TextCannotStart"])
    assert message.endswith("The remote procedure call failed. (-2147023170)")


@pytest.mark.parametrize("said", ["标记已清除。", "!工作表受保护"])
def test_what_python_has_to_say_is_shown_when_it_is_done(host, called, said):
    host.open_book()
    host.take_message = lambda: said
    host.click("PgClearMarks")
    assert host.messages == [said.removeprefix("!")]


def test_a_python_that_ended_in_the_middle_leaves_no_status_bar(host):
    automatic = host.application.calculation

    def die(command):
        host.application.calculation = -4135
        host.application.status_bar = "正在校验"
        host.application.screen_updating = host.application.enable_events = False
        raise failure("The remote procedure call failed.", -2147023170)

    host.open_book()
    host.run_python = die
    host.click("PgValidateBook")
    assert host.application.status_bar is False
    assert host.application.screen_updating is True
    assert host.application.enable_events is True
    assert host.application.calculation == automatic
    # xlwings has told; once is enough.
    assert len(host.popups) == 1
    assert host.messages == []


# --- what is changed in xlwings' module -----------------------------------------------------------


def test_all_workbooks_share_one_python(host, called):
    for name in ("一.xlsx", "二.xlsx"):
        host.open_book().name = name
        host.click("PgValidateBook")
    assert called == ["validate_book"] * 2
    [line] = host.servers
    assert r"C:\Python\python.exe" in line
    assert "xlsx" not in line
    assert len(line) < 1024  # the DLL has room for 2048 bytes and ends Excel behind them


def test_a_workbook_cannot_bring_its_own_interpreter(host, called):
    book = host.open_book()
    book.path = r"C:\Users\user\Downloads"
    evil = {"INTERPRETER_WIN": r"\\elsewhere\python.exe"}
    host.files[r"C:\Users\user\Downloads\perfgoals.conf"] = evil
    sheet = host.excel.sheet(1)
    sheet.sheet.vba_set("Name", "perfgoals.conf")
    sheet.set_value("A1", "INTERPRETER_WIN")
    sheet.set_value("B1", evil["INTERPRETER_WIN"])
    host.click("PgValidateBook")
    assert called == ["validate_book"]
    assert host.call("PG_UNIT", "12台") == "台"
    [line] = host.servers
    assert "elsewhere" not in line


PY_SHEETS = ["说明.py", "perfgoals_xl.py", "pandas.py", "目标.PY", ".py", "a'b\".py"]
NAMES = [
    "a'); import os; os.system('calc').xlsx",
    'a" & calc & ".xlsx',
    "%COMSPEC% & calc ^& x.xlsx",
    "a^&calc.exe&b.xlsx",
    "$(calc)`calc`.xlsx",
    "申报表（绩效）𠮷🙂.xlsx",
    "$(CLSID).xlsx",
    "100%;;C:\\x.xlsx",
]
FOLDERS = [
    r"C:\Users\user\Downloads",
    r"\\server\共享$\100% & co^",
    "https://d.docs.live.net/0123456789abcdef/绩效",
    "https://x-my.sharepoint.com/personal/a_b/Documents/%26calc",
    r"C:\O'Neil\$(calc)",
    "",
]


@pytest.mark.parametrize("sheet", PY_SHEETS)
@pytest.mark.parametrize("licensed", [False, True])
def test_a_sheet_named_like_a_python_file_is_a_sheet(host, called, sheet, licensed):
    host.open_book()
    host.excel.sheet(1).sheet.vba_set("Name", sheet)
    host.excel.sheet(1).set_value("A1", "raise SystemExit")
    if licensed:
        host.settings["LICENSE_KEY"] = "x"
    host.click("PgValidateBook")
    assert called == ["validate_book"]
    assert host.commands == ["import perfgoals_xl.excel.macros as m; m.validate_book()"]
    assert host.messages == host.popups == []
    assert host.call("PG_UNIT", "12台") == "台"
    assert "embedded" not in " ".join(host.imported)


@pytest.mark.parametrize(
    "sheet", ["perfgoals.conf", "xlwings.conf", "_xlwings.conf", "myaddin.conf"]
)
def test_a_sheet_of_settings_sets_nothing(host, called, sheet):
    host.open_book()
    host.excel.sheet(1).sheet.vba_set("Name", sheet)
    evil = {
        "INTERPRETER_WIN": r"\\elsewhere\python.exe",
        "PYTHONPATH": r"\\elsewhere",
        "ADD_WORKBOOK_TO_PYTHONPATH": "True",
        "UDF MODULES": "evil",
        "LICENSE_KEY": "');evil('",
        "CONDA PATH": r"\\elsewhere",
        "CONDA ENV": "evil",
        "SHOW_ERROR_POPUPS": "False",
    }
    for row, (key, value) in enumerate(evil.items(), start=1):
        host.excel.sheet(1).set_value(f"A{row}", key)
        host.excel.sheet(1).set_value(f"B{row}", value)
    host.click("PgValidateBook")
    assert called == ["validate_book"]
    [line] = host.servers
    assert "elsewhere" not in line
    assert "evil" not in line


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("name", NAMES)
def test_no_name_or_folder_gets_into_the_command_line(host, called, name, folder):
    host.open_book()
    host.click("PgValidateBook")
    [plain] = host.servers
    book = host.open_book()
    book.name, book.path = name, folder
    host.click("PgValidateBook")
    assert called == ["validate_book"] * 2
    assert host.call("PG_UNIT", "12台") == "台"
    assert host.servers == [plain]
    assert plain.startswith(r"C:\Windows\System32\cmd.exe ")
    assert " -B -P -c " in plain
    assert r"prepare_sys_path(\"false;;;;;;\")" in plain
    assert set(host.commands) == {"import perfgoals_xl.excel.macros as m; m.validate_book()"}


@pytest.mark.parametrize("setting", ["True", "true", "TRUE"])
def test_the_folder_of_a_workbook_is_never_searched_for_modules(host, called, setting):
    host.settings["ADD_WORKBOOK_TO_PYTHONPATH"] = setting
    host.open_book().path = r"C:\Users\user\Downloads"
    host.click("PgValidateBook")
    assert called == ["validate_book"]
    [line] = host.servers
    assert "Downloads" not in line
    assert r"prepare_sys_path(\"false;" in line


def test_where_the_setting_of_the_server_is_gone_no_shell_is_used_either(host, called):
    del host.settings["USE UDF SERVER"]
    host.open_book().name = "a^&calc.exe&b.xlsx"
    host.click("PgValidateBook")
    assert called == ["validate_book"]
    assert len(host.servers) == 1


@pytest.mark.parametrize("name", ["pandas", "perfgoals_xl", "xlwings", "win32api", "os"])
def test_a_python_file_in_the_current_folder_is_not_imported(host, called, tmp_path, name):
    """The command line of the add-in in a real Python, up to where it would wait for Excel."""
    host.open_book()
    host.click("PgValidateBook")
    [line] = host.servers
    script = re.search(r' -B -P -c "(.*)""$', line)[1].replace('\\"', '"')
    *before, serve = script.split(";")
    assert serve.strip() == "xlwings.serve('$(CLSID)')"
    (tmp_path / f"{name}.py").write_text("raise SystemExit('imported')", "utf-8")
    look = (
        "import pandas, perfgoals_xl.excel.macros; "
        "print([p for p in sys.path if p in ('', os.getcwd())])"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-P", "-c", ";".join([*before, look])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr


@pytest.mark.parametrize(
    ("name", "is_unsafe"),
    [
        ("申报表（绩效）.xlsx", False),
        ("O'Neil & 100% ^ 🙂.xlsx", False),
        ('a"b.xlsx', True),
        ("$(calc).xlsx", True),
        ("`calc`.xlsx", True),
        ("a\\b.xlsx", True),
        ("a|b|c.xlsx", True),
        ("a\nb.xlsx", True),
    ],
)
def test_on_a_mac_a_name_that_a_shell_would_run_is_refused(addin, monkeypatch, name, is_unsafe):
    from tests.support import vba_host

    modules = dict(vba_host.runnable_modules(addin))
    head, separator, rest = modules["PgGuard"].partition("Option Explicit")
    modules["PgGuard"] = f"{head}#Const Mac = True\r\n{separator}{rest}"
    monkeypatch.setattr(vba_host, "runnable_modules", lambda addin: modules)
    host = vba_host.VbaHost(addin)
    host.open_book().name = name
    host.click("PgValidateBook")
    told = [f"{TEXTS['TextUnsafeName']}\n{name}"]
    assert host.messages == (told if is_unsafe else [])
    assert bool(host.commands) is not is_unsafe


# --- the function wizard --------------------------------------------------------------------------


def test_functions_are_described_once_a_workbook_is_open(host):
    host.excel.run("Auto_Open")
    [(_, procedure)] = host.scheduled
    assert procedure == f"'{ADDIN_NAME}'!PgDescribeWhenReady"
    host.pass_time()
    assert host.described == {}
    assert len(host.scheduled) == 1
    host.open_book()
    host.pass_time()
    assert host.scheduled == []
    assert host.described == {
        name: {
            "description": function.description,
            "category": "绩效目标",
            "arguments": [argument.description for argument in function.arguments],
        }
        for name, function in FUNCTIONS.items()
    }


def test_it_is_not_tried_for_ever(host):
    host.excel.run("Auto_Open")
    tries = 0
    while host.scheduled and tries < 1000:
        host.pass_time()
        tries += 1
    assert 30 <= tries < 1000
    assert host.described == {}


def test_what_is_scheduled_goes_when_the_addin_closes(host):
    host.excel.run("Auto_Open")
    host.excel.run("Auto_Close")
    assert host.scheduled == []
    host.excel.run("Auto_Close")


def test_an_excel_that_describes_nothing_is_left_in_peace(host, monkeypatch):
    def refuse(*arguments, **named):
        raise failure("Method 'MacroOptions' of object '_Application' failed", 1004)

    host.open_book()
    spec = type(host.application)._vba_members["macrooptions"]
    monkeypatch.setattr(spec, "getter", refuse)
    host.excel.run("PgDescribeWhenReady")
    assert host.messages == []
