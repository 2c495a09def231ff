"""Phrases of conversation: greeting, thanking, turning away and pointing back.

Tables of general Japanese alone, which a reader extends by a row; never words of a report.
What tells what a question wants is in `phrases.py`.
"""

import re

SMALLTALK: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), reply)
    for pattern, reply in (
        (
            r"^(?:報告書|全体|全文|内容|文章)?(?:全体)?[をの]?(?:要約|翻訳)(?:する|を|は|も|して|とか)?(?:こと)?[はがも]?"
            r"(?:でき|もらえ|くれ|いただけ|頂け|お願い|可能)",
            "要約や翻訳はいたしません。報告書の言葉のまま、箇所と引用を示してお答えします。"
            "「…について何と書いてありますか」のようにお尋ねください。",
        ),
        (
            r"^(?:インターネット|ネットワーク|ネット)に(?:つなが|接続)(?:って|り|し|され)"
            r"|^(?:質問|入力)(?:の内容|した内容)?は(?:外部に|どこかに)?(?:送信|送られ)",
            "ネットワークを使わず、手元の端末だけで動きます。",
        ),
        (
            r"^(?:あなた|このシステム|このチャット|このプログラム|このツール|このアプリ)(?:は|を)、?(?:誰|だれ|どこ)が?(?:作|開発|つく)"
            r"|^あなたの(?:お?名前)|^あなたを?の?(?:作った|開発した|製作者|開発者)",
            "典拠（Tenkyo）という、報告書の記述を探し、原文のままの引用と箇所を示すプログラムです。",
        ),
        (
            r"(ありがと|有難|感謝|助かりました|助かった|参考になりました|勉強になりました|thank)",
            "お役に立てて何よりです。ほかにも、報告書について知りたいことがあればお尋ねください。",
        ),
        (
            r"^(?:今の|さっきの|その|この)?(?:回答|答え|それ)(?:は|が|って)?(?:間違|誤|違って|違いま|おかし|正し|本当)"
            r"|^間違ってい(?:ませんか|たら|る場合)|^間違(?:う|える)ことは(?:あり|ない)|^どこまで(?:信用|信頼)|^(?:回答|答え)(?:は|を|って)(?:信用|信頼)|^本当(?:です|なの|に(?:合って|正し))|^(?:信用|信頼|信じて)(?:でき|して|も|い)",
            "引用と箇所を原文でお確かめください。違っていれば、言い方を変えるか、"
            "章や表の名前を添えてもう一度お尋ねください。引用は原文と一字ずつ照合しています。",
        ),
        (
            r"^(?:資料に)?出典(?:を|は)どう(?:書|示|付|つけ)|^(?:資料に)?(?:どう|どのように|どうやって)(?:引用|出典を(?:書|示|付|つけ))"
            r"|^(?:引用|出典)の(?:書き方|示し方|仕方|形式|表記)|^(?:この|文末の)?(?:番号|\[1\])(?:は何|は?どういう|とは|って)",
            "文末の［1］などの番号が出典です。番号ごとに、報告書名、見出し、行と、"
            "原文のままの引用を示します。資料に載せるときは、その見出しと引用をお使いください。",
        ),
        (
            r"^(?:ほか|他|別)の(?:報告書|資料|文書)(?:も|にも|についても|でも)(?:読め|聞け|使え|答え|尋ね)"
            r"|^(?:報告書|資料|文書)を(?:追加|取り込|増や)(?:する|す|む)(?:に|方法|こと)"
            r"|^(?:今は?|ここでは?)?(?:どの|どんな|何の)(?:報告書|資料|文書)(?:を|が|に)(?:読め|読んで|入って|取り込|使え|使って|答え)"
            r"|^(?:報告書|資料|文書)の(?:一覧|追加|取り込み|登録)(?:は|を|方法|の仕方)?(?:見せ|表示|どう|教え|$)",
            "取り込んである報告書にお答えします。一覧は tenkyo reports で見られ、"
            "tenkyo add で報告書を加えられます。",
        ),
        (
            r"^(?:英語|中国語|韓国語|日本語|外国語|ほかの言語|他の言語)(?:で|でも)(?:質問|答え|聞け|聞いて|話せ|使え|回答|尋ね)"
            r"|^(?:英語|日本語以外)(?:は|も|にも|に)(?:使え|対応でき|できます|大丈夫)"
            r"|^(?:do|can) you (?:speak|understand)",
            "日本語の質問に、日本語の報告書から原文のままの引用でお答えします。"
            "翻訳はいたしません。",
        ),
        (
            r"^(?:あなた|きみ|君|お前|そちら)(?:は|って|も)?、?.{0,10}(?:誰|何者|ai|人間|ロボット|機械|プログラム|人(?:です|なの))"
            r"|^(?:生成)?(?:ai|人間|ロボット|機械|中の人|人|chatgpt)(?:ですか|なの|ですよね|でしょうか|が(?:答え|回答|対応))"
            r"|^自己紹介|^(?:誰|だれ|どなた)(?:です|なの|ですか)?か?[?。]*$",
            "報告書の記述を探し、原文のままの引用と箇所を示すプログラムです。人ではありません。",
        ),
        (
            r"^(?:どんな|どのような|どういう)(?:質問|こと)(?:が|に|を)(?:できま|答えられ|答えてくれ|聞けま|聞いたら|尋ねられ|すればよ|すればい)"
            r"|^(?:すみません、?|ちなみに、?)?(?:あなた(?:は|に|って)?|このシステム(?:は|で)?|このチャット(?:は|で)?|これ(?:は|って|で)?"
            r"|ここ(?:では|で)?|典拠(?:は|で)?|tenkyo(?:は|で)?)?、?(?:何|なに|どんなこと|どういうこと)(?:が|を|まで)"
            r"(?:できる(?!よう)|できます|聞け|聞いたら|尋ね|質問でき|答え|してくれ|相談)"
            r"|^(?:すみません、?)?(?:この|ここの|本)?(?:チャット|システム|アプリ|ツール|サイト|画面|機能|あなた|典拠|tenkyo)?の?"
            r"(?:使い方|使いかた|操作方法|聞き方|使用方法)(?:が|を|は|って|$)|^ヘルプ|^help\W*$|^どう(?:使え|聞け|尋ねれ|質問すれ|やって使)",
            "取り込んだ報告書に書かれていることを、原文の引用と箇所つきでお答えします。"
            "「…は何年ですか」「…を全て挙げてください」のようにお尋ねください。",
        ),
        (
            r"^(?:こんにち[はわ]|おはよう|こんばん[はわ]|はじめまして|初めまして|よろしく|お疲れ|お世話にな[りっ]|ご無沙汰|もしもし"
            r"|お?元気(?:です|でし)|who are you|hello|hi\b)",
            "こんにちは。報告書について知りたいことをお尋ねください。",
        ),
        (
            r"^(?:すみません|申し訳|ごめん)[^?]{0,8}$|^お手数を?お?(?:かけ|おかけ)[^?か]{0,8}$|^(?:すごい|すばらしい|素晴らしい|さすが|いいですね|完璧|助かる)",
            "恐れ入ります。ほかにも、報告書について知りたいことがあればお尋ねください。",
        ),
        (
            r"^(?:さようなら|失礼(?:いた)?します|おやすみ|また(?:ね|来ます|お願い)|了解|承知|わかりました|分かりました|なるほど|はい[。!]?$"
            r"|いえ|結構です|大丈夫です|以上です|ok\b|終わり(?:です|ます|にし|[。!]?$)|特に(?:あり|ござ|ない)|そうなんですね[。!]?$|それでは失礼|では失礼|よ[くう]?わかりました[。!]?$|よく分かりました[。!]?$)",
            "承知しました。ほかにもあればお尋ねください。",
        ),
    )
)
"""What is said without seeking anything in a report, and the line that answers it."""

_AFTER = r"(?:[ぁ-ん]{0,6}(?:が|けど|けれど|けれども|です|ます|ません|して|て|に)[、。,])?[、。,]?"

TURN_AWAY = re.compile(
    r"(?:話は変わ|話が変わ|話変わ|話を変え|話題を変え|話題は変わ|話題が変わ|話題変わ|ところで"
    r"|別件|(?:全然|全く|まったく)?別の(?:話|質問|件|話題)|それとは別|それはさておき|次の質問|違う(?:話|質問)|話を戻)"
    rf"{_AFTER}"
)
"""Signs that the question leaves what was talked of, near its beginning."""

POINTS_BACK = re.compile(
    r"それ(?!ぞれ)|その(?!他|もの)|そう(?!い|した[^の])|(?<!ど)これ(?!から|まで|ら)|(?<!ど)この(?!報告|資料|戦略|計画|素案|文書|ビジョン)|あれ|あの"
    r"|そこ|そちら|ここ(?!ろ)|前者|後者|同じ|同様|もう少し|もっと|ほか(に|は)|他(に|は)|先ほど|さっき"
)
"""Signs that the question rests on what was said before."""

OPENERS = re.compile(
    r"^(?:それでは|では|それじゃあ?|じゃあ?|でしたら|なら|それで|(?:で|あと|また|さらに|ちなみに|はい|あの|えっと"
    r"|なお|そうすると|すると|ほう)(?=[、，,])|(?:反対|逆)に(?:[、，,]|(?![言い]))|一方で?、?(?=[^、通的])|なるほど|へえ|へー|ふうん|そうですか|そうなんですね|わかりました"
    r"|分かりました|承知しました|(?:どうも)?ありがとう(?:ございま(?:す|した))?)[、。，,！!\s]*"
)
"""Words that only take up the thread."""

COMMENT = re.compile(
    r"(?:です|ました|ます|た|だ)よ?ね[。！!]?$|(?:です|ます)か、?なるほど[。！!]?$"
)
"""A remark on the answer, which asks for nothing new (「米中と比べてってことですね」)."""

NUMERAL = re.compile(r"[0-9]{1,2}|[一二三四五六七八九十]{1,3}")

NTH = re.compile(
    r"(?:(?:その|この|そのうち|うち)の?)?第?(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})(?:つ目|番目|点目|個目|項目目|本目|件目|番(?=[はもを]))(?:の(?:もの|やつ|項目)?)?"
    r"|[①-⑳]|(?:一番)?(?:最後|末尾)(?=の(?:もの|やつ|項目|回)?[はもを]|[はもを])(?:の(?:もの|やつ|項目|回)?)?"
)
"""One of a series by its number."""

STEP = re.compile(
    r"^(?:(?:その|この)(?:1つ|一つ|ひとつ|すぐ)?|(?:1つ|一つ|ひとつ|もう1つ|もう一つ))"
    r"(?:(?P<on>次|後|あと|下)|(?P<back>前|手前|上))(?:の[^はもを、。?？]{1,6})?(?=[はもを?？。]|$)"
    r"|^(?P<next>次)(?:の(?:もの|やつ|項目|回|段階))?(?=[はもを?？。]|$)"
)
"""The neighbour of what was answered, in its series."""

NEXT_TIME = re.compile(r"^次(?:の(?:とき|時|回))?(?=は(?:いつ|何[年月日曜時]|どこ))")
"""The next time that something takes place, no neighbour of what was answered."""

ASKS_REASON = re.compile(r"なぜ|何故|どうして|理由|原因|わけは")
"""A reason is asked for."""

WHICH = re.compile(r"どの|どれ|どちら|どっち")
"""One of several is asked for: the place that answers is called what was sought."""

HOW_MANY = re.compile(r"何(?P<unit>[一-龥ァ-ヶー%％]{1,3})")
"""A count is asked for, in a unit."""

VALUE_OF = re.compile(r"の(?:値|数値|数字|欄|列|行)$")
"""What a user calls the cells of a row or column, behind its name."""

SELF_NUMBERED = re.compile(
    r"[一-龥ァ-ヶー]の?[①-⑳0-9０-９一二三四五六七八九十]+(?:つ目|番目)?の?[一-龥ァ-ヶー]{2}"
)
"""A number inside a name (方向性①の概要, 章の３番目の項目) is not of what was answered."""

CONTRAST = re.compile(
    r"^(?P<name>[^、。?？]{1,30}?)"
    r"(?:(?:[のな](?:ほう|方(?![向法針式面策])|やつ|場合|件|ところ))(?:で(?:は|も)|だと|なら|は|も|について(?:は|も)|って)?"
    r"|だと(?=どう|いかが|何|[、?？。]|$)|(?:について|に関して)も|(?:で|について|に関して)は(?=どう|いかが|[?？。]|$)"
    r"|[はも](?=どう(?:です|でしょ|なり|なって|なの|だ|[?？]|$)|いかが|同じ|お願い)|でも(?=同じ|どう)"
    r"|も(?=[。?？]|$|教えて|知りた|お願い|挙げ))"
    r"、?(?P<rest>.*)$",
    re.DOTALL,
)
"""The question puts `name` in the place of what was asked and asks the same of it."""

NAMING = re.compile(
    r"^(?P<name>[^、。?？]{1,24}?)(?:について)?(?:では|には|とは|は|(?<![ぁ-ん])って)(?P<rest>.*)$",
    re.DOTALL,
)
"""A short question that opens with a name, which may stand beside what was asked."""

FILLERS = frozenset(
    """
    もう 余り ほう 方 奴 やつ 場合 件 同じ 同様 時 際 感じ 話 実 度 他 外 以上 以下
    今 現在 今後 先程
    """.split()
)
"""Nouns that say nothing of what a follow-up is about."""

PRONOUN = re.compile(
    r"(?:それら?|そこ|そちら|これら?|ここ)(?=[はがのをにでもって、])(?!ぞれ|で、)"
    r"|その(?:人|方|者|先生|施設|会社|団体|組織|場所|表|項目|事業|制度|取組|計画|助成|補助)(?=[はがのをにでもって、])"
)
"""A word in whose place the name of what was talked of can be put."""

TOPIC_ENDS = frozenset(("は", "が", "を", "って", "とは", "では", "には", "について", "に関して"))
"""Particles behind the words of a question that name what it is about."""

DEGREE = re.compile(
    r"(?:最も|もっとも|一番|いちばん)[一-龥]{1,3}[いくかなえ][い]?|最[大小多少高低長短新古]"
)
"""A degree by which the most or the least is asked for."""

ATTRIBUTE_HEAD = re.compile(
    r"(?:[一-龥ぁ-ん](?:料|費|額|率|数|先|法|日|期間|期限|時間|金額|面積|年齢|条件|要件|人数|件数|部署|課)"
    r"|使い[道途方]|^値段|^休み|^料金)$"
)
"""Endings of a noun for what everything of a kind has (手数料, 実施率, 対象年齢, 相談先)."""

ASKS_LATIN = re.compile(
    r"英語|英文|英名|欧文|ローマ字|アルファベット|スペル|つづり|綴り|略称|略語|略す|略した|何の略|正式な?名称|フルネーム"
)
"""Another name is asked for: in Latin letters, short or in full."""

ASKS_POST = re.compile(
    r"肩書|役職|所属|職業|立場|職名|(?:どういう|どんな|何をしている)(?:人|方|かた)"
)
"""What a person is, is asked for."""

ASKS_COST = re.compile(
    r"^(?:お金|料金|費用|代金|会費|使用料)(?:は|が|も|って)?(?:かか|必要|要り|要る|取られ|$|[?？])"
    r"|^(?:有料|無料|ただ)(?:です|なの|でしょ|か)"
)
"""Whether something is free is asked for, in whatever words."""

FREE = re.compile(r"無料|無償|有料|円")
"""What a text says that tells it."""

NAMES_SOURCE = re.compile(
    r"出典|出所|出どころ|資料[:：]|(?:調査|統計|推計|白書)[」』)）]|に基づ|による[。)）]|より作成"
)
"""Signs that a place says where its figures are from."""

SOURCE_REPLY = (
    "先の答えの出典は、その文末の番号に示した報告書の箇所です。"
    "その箇所に、ほかの資料の名前は書かれていません。"
)

DETAIL = re.compile(
    r"もう少し|もうちょっと|もっと|詳し[くいめ]?|くわしく?|具体的に?|詳細に?|掘り下げて?|補足|説明して"
)
"""More of the same place is asked for."""

ASKS = re.compile(
    r"[?？]|[かの][。]?$|ください|下さい|願い|たい|って[。]?$|は[。]?$|[何誰]|どこ|どう|どの|どれ|どんな|いつ|なぜ|いくら|いくつ|教え"
)
"""Signs that something is asked for."""

ASKED_BY_KIND: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"いつ|何年|何月|何日|時期", "日時"),
        (r"どこ|場所", "場所"),
        (r"なぜ|どうして|理由|わけ", "理由"),
        (r"いくら|費用|値段", "金額"),
        (r"誰|だれ|どなた", "氏名"),
    )
)
"""What labels call the kind of thing that a follow-up without words of its own asks for."""

CASE = re.compile(r"^[^、]{1,30}場合、")
"""How a question is read that asks the same of something else."""

ALIKE = re.compile(r"同じ(?:こと|もの|内容|項目)|同様の(?:こと|もの|内容|項目)")
"""All that was asked before is asked again."""

MORE = re.compile(r"(?:ほか|他|以外)(?:に|の|は|で)|残り|続き")
"""What was said before is not asked again."""

QUOTING = re.compile(r"^[「『].*[」』]について、")
"""How a question is read whose subject only a whole former question tells."""

INTERROGATIVE = re.compile(r"[何誰]|どこ|どれ|どの|どんな|いつ|なぜ|いくら|いくつ")
"""Words by which a question asks for itself; どう alone asks the same as before."""

ATTRIBUTES = frozenset(
    """
    事例 例 実例 効果 課題 問題 予算 費用 金額 期間 時期 期限 期日 日程 目的 狙い 理由 原因 背景
    目標 現状 現在 実績 結果 内容 対象 規模 方法 手段 体制 担当 所属 役職 肩書き 氏名 略称 正式 所在
    地 住所 場所 割合 件数 人数 数 率 額 単位 出典 根拠 定義 特徴 利点 欠点 範囲 条件 役割 関係 影響
    進捗 見通し 今後 予定 計画 取り組み
    取組 対策 対応 方針 方向 性 詳細 概要 種類 分野 項目 主体 財源 評価 意見
    定員 料金 料 値段 金 上限 下限 年齢 休み 時間 曜日 連絡 先 窓口 条件 要件 使い道 使途
    任期 部署 課 日 会場 名称 経緯 由来 頻度 回数 面積 人 者 円 歳 値
    """.split()
)
"""What everything has: a question of these nouns alone is about what was talked of."""

ASKS_CONTENT = re.compile(r"何を|何が|どんな|どのような|どういう|内容|詳し|説明|中身")
"""Signs that what stands under a heading is asked for, not its name."""
