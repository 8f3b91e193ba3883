"""Units of measure, as the tables write them behind a number: 次, 万元, 人/次, 篇(次), 支队伍.

``read_unit`` finds where the unit of a number ends; ``family`` says what it measures.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Family(StrEnum):
    """What a unit measures."""

    COUNT = "count"  # anything that is none of the others, and no unit at all
    PERCENT = "percent"
    MONEY = "money"
    DURATION = "duration"  # whole days and longer: a period, a deadline
    TIME = "time"  # hours and shorter: a response time, which is a measure


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MONEY: Final = _words("元 角 美元 港元 港币 欧元 英镑 日元 人民币 元人民币 块钱 元整")
DURATIONS: Final = _words(
    """年 周年 整年 学年 个年度 个财年 年时间 个月 月 个整月 学期 个学期 季度 个季度 周 个周 星期
    个星期 天 日 个工作日 工作日 个自然日 自然日 个日历天 日历天 日历日 个日历日 个交易日 旬"""
)
_TIMES: Final = _words("小时 个小时 分钟 秒 秒钟 毫秒 微秒 刻钟")

# Classifiers that name a kind of thing: the noun behind them belongs to the unit (2支队伍).
_NOMINAL: Final = _words(
    """个 名 位 家 户 支 项 台 套 座 所 处 栋 幢 间 辆 艘 架 条 件 部 份 块 片 种 类 张 把 只 头
    匹 口 眼 棵 株 盏 根 门 本 册 幅 枚 颗 面 顶 双 副 对 组 队 款 尊 樽 封 首 则 段 层 面"""
)
_EVENTS: Final = _words(
    """次 场 场次 期 批 批次 届 轮 轮次 回 遍 起 例 宗 桩 笔 单 票 趟 节 课 讲 章 档 栏 版 集 篇 班
    班次 车次 航次 航班 架次 台次 艘次 人次 人次数 户次 家次 件次 头次 项次 份次 册次 篇次 矿次 处次
    站次 床次 例次 课次 支次 团次 项目次 厂次 店次 辆次 校次 所次 村次 名次 组次 座次 套次"""
)
_THINGS: Final = _words(
    """人 户人 台套 台件 台班 件套 套件 人天 人日 人月 人年 工日 工时 机时 台时 学时 课时 个学时
    个课时 床 张床 床位 床日 张床位 个床位 席 点位 站点 站 点 卡 卷 盒 包 袋 瓶 箱 桶 罐 筐 捆 桌
    尾 羽 丛 粒 样 等 级 度 代 岁 周岁 步 帧 字 词 页 行 列 孔 管 路 线 网 端 帮 村 镇 乡 县 区 市
    省 州 旗 校 园 馆 院 厂 矿 店 局 社 社区 街道 乡镇 行政村 自然村 小区 企业 单位 部门 学校 医院
    家庭 班组 支部 专业 课题 方面 批件 案 案件 宗地 地块 标段 工区 门类 品种 位数 秩 格 槽 围 梯
    年一遇 件次 组件 栋楼 道 门次 本次 只次 只羊 头猪 头牛 人份 剂 剂次 针次 针 支剂 剂量 疗程"""
)
# Counted without a classifier, most of all behind 万: 26万画幅, 1.2万学生.
_NOUNS: Final = _words(
    """学生 农户 群众 居民 职工 用户 老人 老年人 儿童 病人 患者 游客 旅客 观众 读者 受众 粉丝
    农民 劳动力 画幅 图幅 标准箱 标箱 像素 图斑 照片 问卷 标本 车辆 绿植 盆花 苗木 点击 点击量"""
)
_MEASURES: Final = _words(
    """公里 千米 米 厘米 分米 毫米 微米 里 华里 海里 延米 延长米 车道公里 车公里 芯公里 皮长公里
    平方米 平米 平方公里 平方千米 平方厘米 平方 方 亩 亩次 亩地 公顷 顷 立方米 立方 立方米/秒 方量
    升 毫升 吨 公斤 千克 克 毫克 微克 斤 担 吨公里 人公里 千瓦 千瓦时 兆瓦
    兆瓦时 瓦 度电 吨标煤 吨标准煤 标准煤 千伏 千伏安 伏 安 赫兹 分贝 摄氏度 兆 兆比特 倍 成 折 分
    个点 百分点 个百分点 千分点 个千分点 个基点
    ㎡ ㎢ ㎥ ㎞ ㎏ ㎎ ㎝ ㎜ ㎖ ㏄ ℃ ° m² m³ km² 勒克斯 帕 千帕 兆帕 吨次"""
)

ATOMS: Final = _MONEY | DURATIONS | _TIMES | _NOMINAL | _EVENTS | _THINGS | _NOUNS | _MEASURES
_LONGEST: Final = max(map(len, ATOMS))
_PERCENT: Final = "%‰‱"
# 95百分比 is said for 95%, most of all where the unit has a column of its own.
_PERCENT_WORD: Final = re.compile(r"百分[比率数](?![例重])")
_MYRIADS: Final = "十百千万亿"
# 万 and 亿 with no noun: an amount of money unless the words in front say otherwise.
SCALES: Final = frozenset({"万", "亿", "百万", "千万", "万亿"})

# Words that begin like a unit and are none.
_NO_UNIT: Final = re.compile(
    r"""人员|人均|人才|人口|项目|方案|方式|方法|方便|分析|分值|分类|分别|分管|分之|名称|名单|年级|年均|年度
    |日均|日常|月均|月报|周边|天然|条例|条件|条款|处理|处置|处罚|部分|类型|类别|点击|期间|期末|期满|期限
    |次年|次月|次日|次生|场所|场地|场景|位置|家长|户籍|户外|户均|支付|支出|支持|座谈|所有|所需|间隔|间断
    |件均|成本|成果|成效|成功|成立|成员|倍增|度假|级别|面积|面向|头部|口径|把关|把握|对象|对于|对外|对接
    |组织|队员|队伍|层级|层面|首次|首批|段落|道路|路径|路面|线上|线下|线路|线索|网上|网络|网点|端午|站在
    |校园|园区|院内|院校|区域|区内|区外|区级|市级|市区|市场|市民|省级|省内|省外|县级|县区|镇区|村级|村民
    |社会|局部|案例|等级|等保|版权|集中|集体|班子|班主|课程|单独|单一|起步|起草|起到|回访|回复|批复
    |批准|届时|升级|升学|方向|方针|分布|分配|号""",
    re.VERBOSE,
)
# Nouns that may follow a classifier without being counted by it.
_NO_NOUN: Final = re.compile(
    r"的|了|完成|等|均|达|并|且|以|为|在|到|被|将|应|须|得|和|及|与|或|内$|前$|后$|"
    r"(?:建设|改造|整改|验收|检查|评审|评估|支付|采购|维修|维护|培训|合格|到位|覆盖|左右|优良|发放|安装"
    r"|升级|更新|投入|运行|使用|工作|任务|不等|值班|值守|参加|参与|参训|受益|满意|上下|有余|开展|组织|新增"
    r"|巡查|监测|检测|抽检|督导|督查|调研|宣传|编制|补助|资助|救助|奖励|服务|修复|治理|保障|管理|提升|创建"
    r"|竣工|开工|投产|投用|交付|通过|落地|正常|优秀|良好|不低于|不少于)$"
)
_NOUN: Final = re.compile(r"[\u4e00-\u9fff]{1,4}(?=$|[;,。!(]|及?以[上下内]|之内)")
_STRANGE: Final = re.compile(r"[\u4e00-\u9fff]{1,4}?(?=$|[^\u4e00-\u9fff]|及?以[上下内]|之内|左右)")
_NO_STRANGE: Final = re.compile(
    r"[的了完达且并和及与或为在均等前后内起止底末中上下左右至到约个、是有无不含其该每第十百千万亿两半]"
)
_LATIN: Final = re.compile(
    r"(?![XxNn])[A-Za-zµμΩ]+(?:[²³]|[23](?![0-9]))?(?:[/·][A-Za-zµμ]+(?:[²³]|[23](?![0-9]))?)*"
)
_PER: Final = re.compile(r"[/·每]每?")
_BRACKETS: Final = re.compile(r"\(([^()]{1,3})\)")
_ABOUT: Final = re.compile(r"[余多来几](?![少年月日天])")
_CURRENCIES: Final = "|".join(sorted(_MONEY, key=len, reverse=True))
_MONEY_UNIT: Final = re.compile(
    rf"[{_MYRIADS}]{{0,8}}(?:(?:{_CURRENCIES})(?![\u4e00-\u9fff])|元每|[万亿]$)"
)
# 12/10万, 4.5/千人: so many among so many.
_AMONG: Final = re.compile(rf"/[0-9]*[{_MYRIADS}]+(?:人口?|活产|车公里)?")


def read_unit(plain: str, start: int) -> tuple[str, int]:
    """The unit that stands at ``start``, behind a number, and where the text goes on.

    ``("", start)`` where there is none. Every unit is returned as written, but for 余, 多 and 来
    of an approximate number (10余家 → 家) and 百分比, which is %.
    """
    size = len(plain)
    if start >= size:
        return "", start
    if plain[start] in _PERCENT:
        return plain[start], start + 1
    if word := _PERCENT_WORD.match(plain, start):
        return "%", word.end()
    if among := _AMONG.match(plain, start):
        return among[0], among.end()
    skipped = _ABOUT.match(plain, start)
    begin = skipped.end() if skipped else start
    end = _head(plain, begin)
    if end == begin:
        return "", start
    scale = ""
    if plain[end - 1] in _MYRIADS and (skipped := _ABOUT.match(plain, end)):
        scale = plain[begin:end]
        begin, end = skipped.end(), max(skipped.end(), _atom(plain, skipped.end()))
    end = _tail(plain, begin, end) if end > begin else end
    return scale + plain[begin:end], end


def family(unit: str) -> Family:
    """What ``unit`` measures."""
    if not unit:
        return Family.COUNT
    if unit in _PERCENT:
        return Family.PERCENT
    if unit in DURATIONS:
        return Family.DURATION
    if unit in _TIMES:
        return Family.TIME
    if _MONEY_UNIT.match(unit):
        return Family.MONEY
    return Family.COUNT


def _head(plain: str, start: int) -> int:
    """Behind the first unit word, its 万 or 亿 included: 万人次 → behind 次."""
    end = _atom(plain, start)
    if end > start:
        return end
    scaled = start
    while scaled < len(plain) and plain[scaled] in _MYRIADS:
        scaled += 1
        # 千 of 万千瓦时 belongs to the unit: the longest reading counts.
        end = max(end, scaled, _atom(plain, scaled))
    if end <= scaled and (latin := _LATIN.match(plain, scaled)):
        return latin.end()
    return end


def _atom(plain: str, start: int) -> int:
    """Behind the longest unit word at ``start``, or behind a word that reads like one."""
    rest = plain[start : start + _LONGEST]
    for length in range(len(rest), 0, -1):
        if rest[:length] in ATOMS:
            if length <= 2 and _NO_UNIT.match(plain, start):
                break
            return start + length
    # A word that nobody listed: a single character, or one that ends in a classifier (矿次).
    strange = _STRANGE.match(plain, start)
    if strange is None or _NO_UNIT.match(strange[0]) or _NO_STRANGE.search(strange[0]):
        return start
    word = strange[0]
    if len(word) == 1 or (len(word) <= 3 and word[-1] in _EVENTS):
        return strange.end()
    return start


def _tail(plain: str, start: int, end: int) -> int:
    """Behind what follows the first unit word: 次 of 人次, /人·年, (次), the noun of 支队伍."""
    size = len(plain)
    if end < size and plain[end] == "次" and not _NO_UNIT.match(plain, end):
        end += plain[end - 1] not in "次个第"
    counts_things = plain[start:end] in _NOMINAL or plain[end - 1 : end] in _NOMINAL
    while end < size:
        if per := _PER.match(plain, end):
            behind = _head(plain, per.end())
            if behind == per.end():
                strange = _STRANGE.match(plain, behind)
                if strange is None or _NO_STRANGE.search(strange[0]):
                    break
                behind = strange.end()
            end, counts_things = behind, False
        elif (inner := _BRACKETS.match(plain, end)) and inner[1] in ATOMS:
            end, counts_things = inner.end(), False
        else:
            break
    if counts_things and end < size:
        noun = _NOUN.match(plain, end)
        if noun and not _NO_NOUN.search(noun[0]):
            end = noun.end()
    return end
