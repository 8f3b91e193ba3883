"""What a letter says: its title, its sentences, what is asked of the files themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from perfgoals_xl.bureau.account import State
from perfgoals_xl.bureau.digest import OUR_FAULT
from perfgoals_xl.bureau.letters.letter_items import short
from perfgoals_xl.bureau.letters.letter_settings import LetterSettings
from perfgoals_xl.bureau.letters.shares import LastRound, Letter, Share
from perfgoals_xl.form.amounts import COMMON_UNIT, plain
from perfgoals_xl.form.fields import label_of
from perfgoals_xl.workbooks.findings.layout import FindingLine

MEND, ANSWER, ANSWERED = "须修改的问题", "须修改或者说明理由的问题", "已作说明的问题"
"""What the findings are called: errors, warnings, and those with a reason."""
_REPORTED_ELSEWHERE = re.compile(r"(?:自评表|监控表)，项目以.*为准")
_MOST_FILES, _LONGEST_NAME, _SHORT_NAME = 20, 60, 14


def title(letter: Letter) -> str:
    """The title of the letter; a line break stands where it may be divided."""
    if not letter.shares and not letter.was_ready:
        return f"关于报送{_subject(letter)}的函"
    if letter.shares and not _counts(letter):
        return f"关于{_whose(letter)}{'报送文件' if letter.department else ''}的审核意见"
    return f"关于{_whose(letter)}\n{_subject(letter)}的审核意见"


def addressee(letter: Letter) -> str:
    """Whom the letter is addressed to."""
    return f"{short(letter.department, _LONGEST_NAME)}：" if letter.department else "报送单位："


def opening(letter: Letter) -> str:
    """What was handed in, with its counts and amounts."""
    if not letter.shares:
        return ""
    if not _counts(letter):
        return f"你单位报送的文件{'' if letter.department else _whose(letter)}已收悉。"
    told = _handed_in(letter)
    return f"你单位报送的{_subject(letter)}{f'（{told}）' if told else ''}已收悉。"


def outcome(letter: Letter) -> list[str]:
    """What the review comes to, and what changed since the last round."""
    if letter.was_ready:
        return [
            f"你单位上一轮报送的{_subject(letter)}经审核可以报送，本轮没有收到你单位重新报送的文件。"
        ]
    if not letter.shares:
        again = "重新" if letter.before else ""
        return [f"截至本函发出之日，尚未收到你单位{again}报送的{_subject(letter)}。"]
    asked = [
        f"{name}{len(lines)}项{_of_projects(lines)}"
        for name, lines in ((MEND, letter.to_mend), (ANSWER, letter.to_answer))
        if lines
    ]
    if letter.returned:
        found = f"发现{'，'.join(asked)}" if asked else "报送的文件需要更正"
        said = f"经审核，{found}，现予退回，请修改后重新报送。"
    elif asked:
        said = f"经审核，没有必须修改的问题，可以报送；另有{asked[0]}，请一并处理。"
    else:
        said = "经审核，没有须修改或者说明理由的问题，可以报送。"
    if letter.answered:
        # The department's own, or a reviewer's in the last round's book.
        said += f"已作说明的问题{len(letter.answered)}项，由审核人员认定。"
    told = [said]
    # Nothing then and nothing now is nothing to be told.
    if (last := letter.last_round) not in (None, LastRound()):
        told.append(
            f"与上一轮审核相比，已解决{last.solved}项，新增{last.new}项，仍存在{last.standing}项"
            f"{f'，已说明{last.explained}项' if last.explained else ''}。"
        )
    return told


def of_files(letter: Letter) -> list[str]:
    """What is to be told of the files themselves, a sentence or two each."""
    told = [sentence for share in letter.shares for sentence in _of_file(share)]
    told += [f"{short(note).rstrip('。')}。" for note in letter.notes if not _is_settled(note)]
    twins = {frozenset((share.name, *share.twins)) for share in letter.shares if share.twins}
    for names in sorted(map(sorted, twins)):
        listed = _listed(names)
        told.append(
            f"同一年度报送了{len(names)}个文件（{listed}），金额都计入了合计，请核对是否重复。"
        )
    return told


def demands(letter: Letter, settings: LetterSettings) -> list[str]:
    """What the department is to do, and until when; nothing where nothing is to be done."""
    told = []
    asked = []
    if letter.to_mend:
        asked.append(f"{MEND}请逐项更正，确有特殊情况不能更正的写明理由")
    if letter.to_answer:
        asked.append(f"{ANSWER}请更正或者写明理由")
    if asked:
        told.append(f"{'；'.join(asked)}。理由写在“校验结果”表的“说明”一栏，也可以随文件书面报送。")
    until = settings.until or "尽快"
    if letter.was_ready:
        told.append(f"没有修改的不必重新报送；有修改的，请{until}报送。")
    elif letter.returned:
        told.append(f"请{until}将修改后的文件重新报送。")
    elif letter.to_answer or any(share.twins for share in letter.shares) or not letter.shares:
        told.append(f"请{until}报送。")
    if settings.contact:
        contact = f"联系方式：{short(settings.contact)}"
        # Behind until when, so that a letter keeps to its page.
        told = [*told[:-1], f"{told[-1]}{contact}。"] if told else [contact]
    return told


def subject(letter: Letter) -> str:
    """A short title for the properties of the document."""
    return title(letter).replace("\n", "")


def annex_title(letter: Letter) -> str:
    """The title of the list behind the letter, divided where it is long."""
    whose = _whose(letter)
    return f"{whose}{chr(10) if len(whose) > _SHORT_NAME else ''}绩效目标审核问题清单"


def amount(value: Decimal | None) -> str:
    """An amount in 万元 as a letter writes it, all its digits; empty for none."""
    if value is None:
        return ""
    whole, point, rest = plain(value).partition(".")
    return f"{int(whole):,}{point}{rest}" if whole not in ("-0",) else f"-0{point}{rest}"


def _counts(letter: Letter) -> bool:
    return any(share.counts for share in letter.shares)


def _whose(letter: Letter) -> str:
    if letter.department:
        return short(letter.department, _LONGEST_NAME)
    name = letter.shares[0].name if letter.shares else ""
    return f"“{short(name, _LONGEST_NAME)}”"


def _subject(letter: Letter) -> str:
    """What was handed in, such as 2026年项目支出绩效目标和绩效自评."""
    shares = letter.shares or tuple(filter(None, [letter.others]))
    years = {year for share in shares for year in share.years}
    year = f"{next(iter(years))}年" if len(years) == 1 else ""
    reports = [
        word
        for word, there in (
            ("绩效运行监控", any(share.monitorings for share in shares)),
            ("绩效自评", any(share.evaluations for share in shares)),
        )
        if there
    ]
    goals = any(share.projects or share.department_table for share in shares) or not reports
    if goals and not letter.shares:
        reports = []  # which not everybody owes
    parts = ["绩效目标"] * goals + reports
    only_department = goals and not reports and not any(share.projects for share in shares)
    only_department = only_department and any(share.department_table for share in shares)
    kind = "部门整体支出" if only_department else "项目支出"
    joined = parts[0] if len(parts) == 1 else f"{'、'.join(parts[:-1])}和{parts[-1]}"
    return f"{year}{kind}{joined}"


def _handed_in(letter: Letter) -> str:
    counted = [share for share in letter.shares if share.counts]
    told = [f"{len(letter.shares)}个文件"] if len(letter.shares) > 1 else []
    projects = sum(share.projects for share in counted)
    if projects:
        told.append(f"{projects}个项目")
        sums = [share.amount for share in counted if share.amount is not None]
        if sums:
            total = amount(sum(sums, Decimal(0)))
            told.append(f"{label_of('annual_amount')}合计{total}{COMMON_UNIT}")
        if lacking := sum(share.uncounted for share in counted):
            told.append(f"其中{lacking}个项目的年度资金总额没有填写或不是数字，未计入合计")
    for count, label in (
        (sum(share.monitorings for share in counted), "监控表"),
        (sum(share.evaluations for share in counted), "自评表"),
    ):
        if count:
            told.append(f"{count}张{label}")
    budget = sum((share.budget for share in counted), Decimal(0))
    if budget:
        spent = sum((share.spent for share in counted), Decimal(0))
        told.append(f"全年预算{amount(budget)}{COMMON_UNIT}，已执行{amount(spent)}{COMMON_UNIT}")
    return "，".join(told)


def _of_projects(lines: Sequence[FindingLine]) -> str:
    projects = {(line.file, line.project) for line in lines if line.project}
    return f"（涉及{len(projects)}个项目）" if projects else ""


def _of_file(share: Share) -> Iterable[str]:
    name = f"“{short(share.name, _LONGEST_NAME)}”"
    reason = short(share.reason).rstrip("。")
    if share.state is State.FAULT and share.reason.startswith(OUR_FAULT):
        yield f"{name}没有能够读出，由审核人员另行核对。"
    elif share.state is State.FAULT:
        yield f"{name}无法读取：{reason}。"
    elif share.state is State.UNREVIEWED:
        yield f"{name}没有能够审核：{reason}。"
    elif not share.counts:
        yield f"{name}{reason}。"
    elif share.blank:
        yield f"{name}是空白的表，没有填写项目。请填好后重新报送。"
    if share.template:
        yield f"{name}：{short(share.template).rstrip('。')}。"
    for note in filter(lambda note: not _is_settled(note), share.notes):
        yield f"{name}：{short(note).rstrip('。')}。"


def _is_settled(note: str) -> bool:
    """Whether a note asks nothing: forms of projects that are declared in another file."""
    return _REPORTED_ELSEWHERE.search(note) is not None


def _listed(names: Sequence[str]) -> str:
    told = "、".join(f"“{short(name, _LONGEST_NAME)}”" for name in names[:_MOST_FILES])
    return f"{told}等" if len(names) > _MOST_FILES else told
