"""Phrases of the Japanese language that tell what a question wants.

Tables alone: a reader adds a row. They hold words of asking, thanking and counting, never
words of a report.
"""

import re

QUESTION_WORDS = frozenset(
    """
    教える 下さる 願う 御 知る 挙げる 列挙 列記 リスト アップ 一覧 全て 全部
    漏れ 漏れる 何 何れ 誰 何時 何処 どの どんな どう 如何 幾つ 幾ら 言う 書く
    載る 記載 記す 述べる 事 物 所 方 為 等 様 具体 的 詳しい 説明 確認 紹介
    質問 其々 各々 夫々 思う 有る 居る 成る 為る 出来る 呼ぶ 指す 意味 定義
    理由 どちら 此の 其の あの 此れ 其れ 此処 其処 ください 頂く 致す 申す
    存ずる 有り難い 済む 失礼 因み それぞれ 又 及び 関する 就く 対する 於く 依る
    拠る 因る 先生 さん 氏 君 欲しい 良い 宜しい 聞く 伺う 見る 番 目 点 項目
    内容 何か国 世話 担当 者 資料 作成 作る 当たる 引用 出る 入る 是非 一つ
    名前 名称 呼称 お 上 内
    """.split()
)
"""Lemmas that ask and say nothing of what is sought."""

HONORIFICS = frozenset(("さん", "様", "氏", "君", "番", "目"))
"""Suffixes that are no part of a name."""

LIST_CUES = re.compile(
    r"一覧|列挙|列記|リスト|箇条書|全て|すべて|(?:全部|ぜんぶ)(?!で)|全部(?=で.{0,12}(?:挙げ|並べ|教え))|全員"
    r"|一通り|ひととおり|内訳|漏れなく|もれなく|落とさず|残らず|(?i:\blist\b|\bevery\b)|何と何|どことどこ|誰と誰|どこどこ"
    r"|(?<![0-9０-９,，.．])(?:[2-9２-９]|[0-9０-９]{2}|[二三四五六七八九十][一二三四五六七八九十]*)"
    r"\s*(つ|点|個|項目|人|名|か所|カ所|種類|分野|本柱)\s*(とも|全|は|を|の|挙|列|，|、|$)"
    r"|には何が|どのような.{0,12}(があり|が挙|が並|が示|が列|を挙)|どんな(もの|こと|項目|分野|国|課題|取組).{0,10}(あ|並|挙)"
    r"|何が(?:挙が|挙げ|並)|何(?:を)?(?:やる|するの)|なにをするの|(?:どんな|どのような)(?:取組|取り組み|事業|施策|対策)を"
    r"|を(挙げ|あげ)|並んで|はどこですか|はどれですか|の構成|目次"
)
"""Signs that all items of something are asked for."""

COUNT = re.compile(
    r"(?<![0-9,.])([0-9]{1,2}|[一二三四五六七八九十]+)\s*(?:つ|点|個|件|項目|人|名|か所|カ所|ヶ所|種類|分野|地区|地域|か国|カ国"
    r"|本柱|箇条)(?!目)"
)
"""How many items the question expects."""

RANGE = re.compile(
    r"(?<![0-9,.])(?:第|no\.?)?([0-9]{1,2})\s*(?:つ目|番目?|[回次章節号条項期位])?\s*(?:から|~|〜|-)\s*"
    r"(?:第|no\.?)?([0-9]{1,2})(?![0-9,.])\s*(?![年月日時歳割%ー円万億千人]|パー|か月|キロ|メート)"
)
"""The first and the last of the numbered items that are asked for (①から⑨, 第1回から第7回)."""

SUPERLATIVE = re.compile(
    r"最も|もっとも|一番(?!目)|いちばん|最(大|小|多|少|高|低|古|新|長|短)|何位"
)
"""Signs that things must be compared to answer."""

ONE_OF = re.compile(r"のうち、?(どれ|どの|いずれ|何番目|どちら)|の中で、?(どれ|どの|いずれ|どちら)")
"""Signs that one of several is asked for, though their number is named."""

SEVERAL_PARTS = re.compile(
    r"それぞれ|各々|両方|双方|また[、は]|および|及び|ならびに|並びに"
    r"|[もと]、|と.{1,30}(も|とも)|も(知りた|教え|お願)"
)
"""Signs that the question has parts that may be answered in different places."""

DEFINITION = re.compile(
    r"^[「『]?(.{2,40}?)[」』]?\s*(?:という(?:言葉|用語|の)|の)?(?:とは|って(?:何|なに|なん)|の?定義|の意味)"
)
"""A question for the meaning of a term, which is the first group."""

SAYS_OF_TERM = re.compile(
    r"[「『]([^「」『』]{2,40})[」』](?:って|とは|というのは|は)、?[^。?]{0,40}"
    r"(?:こと|もの|の|意味|仕組み?)を?(?:言[いうっ]|いう|いい|いっ|指[しす]|定義)"
)
"""A question for what a quoted term is said to be."""

ASKS_SOURCE = re.compile(r"(出典|出所|出どころ|典拠|データ元)(は|を|が|も|って|$|[?？])")
"""Signs that the source itself is the answer."""

SOURCE_CUES = re.compile(
    r"出典|出所|出どころ|資料|文献|引用|引いた|典拠|どこから|何から|データ元|調査"
)
"""Signs that the source of a figure is asked for, not the figure."""

ASKS_WHAT_IS_SAID = re.compile(
    r"(?:どう|どのように)(?:書[かい]|述べ|記載|記述|説明|評価|位置付け|位置づけ)"
)
"""Signs that whatever is said of something is asked for, even of an amount."""
