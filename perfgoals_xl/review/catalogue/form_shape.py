"""Rules about the file and the form as a form (K)."""

from __future__ import annotations

from perfgoals_xl.review.catalogue.model import E, I, W, rule

RULES = (
    rule(
        "K01",
        E,
        ("文件中没有申报表", "No declaration in the file"),
        (
            "文件里找不到项目支出绩效目标表，也找不到部门整体支出绩效目标表。",
            "The file holds neither a project's goal table nor a department's.",
        ),
        {
            "": (
                "文件中没有找到绩效目标申报表",
                "No performance goal table was found in the file",
            ),
            "hidden": (
                "文件中的申报表都在隐藏的工作表中（{sheets}），没有计入",
                "All performance goal tables of the file stand on hidden sheets ({sheets}); "
                "not counted",
            ),
        },
        (
            "请确认选对了文件；表中应有“项目名称”“年度总体绩效目标”“一级指标”等标签。",
            "Check that this is the right file; a form has labels such as 项目名称 and 一级指标.",
        ),
    ),
    rule(
        "K02",
        W,
        ("表上缺少标签", "A label of the form is missing"),
        (
            "程序按标签读表；标签被删除或改写，右边的内容就读不到，需要它的规则不作判断。",
            "A form is read by its labels; what stands beside a lost label is not read, and the "
            "rules that need it are not judged.",
        ),
        {
            "": ("表上找不到标签{labels}", "The form has no label {labels}"),
            "unlike": ("表上找不到标签{labels}", "The form has no label {labels}"),
            "foreign": (
                "表上没有找到{labels}，需要它的规则没有判断",
                "{labels} was not found on the form; the rules that need it were not judged",
            ),
            "list": (
                "表上没有找到{labels}，{count} 个项目都一样，需要它的规则没有判断",
                "{labels} was not found for any of {count} projects; the rules that need it were "
                "not judged",
            ),
            "form": (
                "工作表“{sheet}”像项目表，但没有“项目名称”标签，没有读取",
                "Sheet “{sheet}” looks like a project's form but has no label 项目名称; not read",
            ),
        },
        {
            "": (
                "请按模板恢复标签的文字和位置；表格可以加行，不要删改标签。",
                "Restore the label as on the template; rows may be added, labels stay as they are.",
            ),
            "unlike": (
                "本文件的其他表上有这个标签：请照其他表补上。",
                "The other forms of the file have it: put it there as on those.",
            ),
            **dict.fromkeys(
                ("foreign", "list"),
                (
                    "这种版式本来没有的，不用改动原表；要补填的，请用“导入”把内容转到标准工作簿再填。",
                    "Where this layout has no such label, leave it as it is; to fill it in, import "
                    "the form into a standard workbook.",
                ),
            ),
        },
    ),
    rule(
        "K03",
        I,
        ("模板版本不同", "Another version of the template"),
        (
            "工作簿由另一版模板制作，标签、下拉列表可能与现行模板不同。",
            "The workbook was made from another version of the template.",
        ),
        (
            "工作簿的模板版本是 {found}，现行版本是 {current}",
            "The workbook's template is version {found}; the present one is {current}",
        ),
        (
            "可以继续使用；要换成现行模板，请用“导入”把内容转到新工作簿。",
            "It can be used as it is; to change over, import it into a new workbook.",
        ),
    ),
    rule(
        "K04",
        W,
        ("申报表在隐藏的工作表中", "A form stands on a hidden sheet"),
        (
            "隐藏的工作表中的申报表不计入：不校验、不汇总、不公开、不导出。隐藏的行列、筛选掉的行照常读取。",
            "A form on a hidden sheet is not counted: not reviewed, totalled, published or "
            "exported. Hidden rows and columns and rows filtered away are read as ever.",
        ),
        (
            "隐藏的工作表“{sheet}”中有申报表（{names}），没有计入",
            "There are forms on the hidden sheet “{sheet}” ({names}); not counted",
        ),
        (
            "要计入的，请取消隐藏；不再需要的，请删除这张工作表。",
            "Unhide the sheet if it is to count, delete it if it is not needed any more.",
        ),
    ),
)
