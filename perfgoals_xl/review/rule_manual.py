"""``docs/规则说明.md``, made from the catalogue: ``python -m perfgoals_xl.review.rule_manual``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from perfgoals_xl.review.catalogue import RULES, RULES_VERSION, Rule, Text
from perfgoals_xl.review.catalogue.examples import EXAMPLES
from perfgoals_xl.storage.files import replacing, whole_file

PATH = Path(__file__).parents[2] / "docs" / "规则说明.md"
FAMILY_NAMES: Mapping[str, Text] = {
    "K": Text("文件", "file"),
    "H": Text("表头和总体目标", "header and goals"),
    "F": Text("资金", "funding"),
    "G": Text("总体目标的内容", "content of the goals"),
    "S": Text("指标结构", "structure of indicators"),
    "V": Text("指标值", "target values"),
    "T": Text("时间", "times"),
    "M": Text("满意度", "satisfaction"),
    "C": Text("成本核对", "costs"),
    "N": Text("指标名称", "names of indicators"),
    "P": Text("项目之间", "between projects"),
    "D": Text("部门整体", "department"),
    "Z": Text("自评表和监控表", "self-evaluation and monitoring"),
}
"""What the rules of a family, by their letter, are about."""


def manual() -> str:
    """The manual of all rules in Chinese, family by family, as Markdown."""
    lines = [
        "# 规则说明",
        "",
        f"规则版本 {RULES_VERSION}。本文件由规则目录生成，请勿手工修改。",
        "",
        "错误须更正或写明理由，警告请核实，提示供参考。缺少数据而无法判断的，单独列出，既不算错误也不算通过。",
        "每条规则都可以在工作簿的“校验规则”表中停用、改变级别或阈值。",
    ]
    for letter, family in FAMILY_NAMES.items():
        rules = [rule for rule in RULES.values() if rule.code.startswith(letter)]
        if rules:
            lines += ["", f"## {family.zh}"]
            for rule in rules:
                lines += ["", *_entry(rule)]
    return "\n".join(lines) + "\n"


def _entry(rule: Rule) -> list[str]:
    threshold = "" if rule.threshold is None else f"，阈值 {rule.threshold:g}"
    example = EXAMPLES[rule.code]
    return [
        f"### {rule.code} {rule.title}（{rule.severity.label}{threshold}）",
        "",
        rule.explanation,
        "",
        f"- 不对：{example.wrong}",
        f"- 对：{example.right}",
        *(line for wrong, right in example.more for line in (f"- 不对：{wrong}", f"- 对：{right}")),
    ]


def main() -> None:
    """Write the manual to its place and print where."""
    with replacing(), whole_file(PATH) as temporary:
        temporary.write_text(manual(), encoding="utf-8")
    print(PATH)


if __name__ == "__main__":
    main()
