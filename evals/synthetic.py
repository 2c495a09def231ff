"""Reports of any size for measuring speed: generated sentences that mean nothing.

Takes a number of passages and a seed; gives Markdown texts with headings, lead sentences, lists and
paragraphs. Every word is from the short lists below, so that no one's text is copied.
Says nothing about how good answers are.
"""

import random
from collections.abc import Iterator

PER_REPORT = 1000
"""Passages of one report; the shipped report has about half as many."""

_FIELDS = (
    "農業 林業 漁業 医療 介護 教育 防災 交通 物流 観光 金融 製造 建設 通信 "
    "放送 行政 環境 文化 研究 雇用 住宅 水道 電力 港湾 空港 道路 河川 森林 "
    "海洋 宇宙 食品 繊維 化学 機械 鉄鋼 電池 半導体 衛星 統計 地図"
).split()
_THINGS = (
    "計画 基盤 制度 基準 人材 技術 設備 情報 市場 需要 供給 費用 効果 課題 "
    "目標 期間 地域 住民 企業 団体 窓口 手続 契約 評価 指標 調査 事業 施設 "
    "予算 体制 規格 認証 監視 予測 点検 更新 連携 共有 公開 保護"
).split()
_DEEDS = (
    "推進する 整備する 検討する 支援する 強化する 拡大する 見直す 公表する "
    "導入する 実施する 促進する 確保する 改善する 共有する 育成する"
).split()
_UNITS = ("件", "億円", "か所", "人", "社", "％", "団体")
_LEADS = ("次の取組を進める。", "主な課題は以下のとおり。", "次の事項に留意する。")


def reports(passages: int, seed: int = 0) -> Iterator[str]:
    """Yield the texts of reports that have about `passages` passages together."""
    for first in range(0, passages, PER_REPORT):
        size = min(PER_REPORT, passages - first)
        yield _report(random.Random(f"{seed}-{first}"), first // PER_REPORT, size)


def questions(number: int, seed: int = 1) -> list[str]:
    """Return questions in the words of the reports."""
    chance = random.Random(seed)
    forms = (
        "{}の{}は何{}ですか",
        "{}における{}を{}単位で教えてください",
        "{}の{}について、{}を教えて",
    )
    return [
        chance.choice(forms).format(_topic(chance), chance.choice(_THINGS), chance.choice(_UNITS))
        for _ in range(number)
    ]


def _report(chance: random.Random, number: int, passages: int) -> str:
    lines = [f"# {_topic(chance)}に関する報告書 {number + 1}"]
    made = 1
    while made < passages:
        lines += ["", f"## {_topic(chance)}の{chance.choice(_THINGS)}", "", _sentence(chance), ""]
        items = min(chance.randint(2, 8), passages - made - 2)
        if items > 0:
            lines += [chance.choice(_LEADS), "", *(f"- {_item(chance)}" for _ in range(items))]
            made += 1
        made += 2 + max(items, 0)
    return "\n".join(lines) + "\n"


def _topic(chance: random.Random) -> str:
    return chance.choice(_FIELDS) + chance.choice(_THINGS)


def _item(chance: random.Random) -> str:
    return f"{_topic(chance)}を{chance.randint(2, 99)}{chance.choice(_UNITS)}まで{_deed(chance)}"


def _sentence(chance: random.Random) -> str:
    clauses = [f"{_topic(chance)}の{chance.choice(_THINGS)}を{_deed(chance)}" for _ in range(2)]
    figure = f"{chance.randint(1, 9999):,}{chance.choice(_UNITS)}"
    return f"{clauses[0]}ため、{2000 + chance.randint(0, 40)}年度までに{figure}の{clauses[1]}。"


def _deed(chance: random.Random) -> str:
    return chance.choice(_DEEDS)
