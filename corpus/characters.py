"""Spellings of one character that search must not tell apart.

Takes text, gives its search form: NFKC, radicals and old forms replaced, dashes and waves
unified, Latin letters in lower case. Quotations never pass through here.

>>> search_form("國際的なＩＣＴ")
'国際的なict'
"""

import unicodedata

# CJK Radicals Supplement (U+2E80 ff.), which PDF extraction yields and NFKC leaves alone.
_RADICALS = (
    "⺟母⺠民⺩王⺫目⺬示⻁虎⻄西⻆角⻑長⻘青⻝食⻤鬼⻩黄⻫斉⻭歯⻯竜⻲亀⻨麦⻳亀⻌辶⻖阝⻣骨⻞食"
    "⻟食⻓長⻔門⻗雨"
)

# Old and variant forms (旧字体・異体字) beside the form in common use today.
_OLD_FORMS = (
    "亞亜惡悪壓圧圍囲爲為醫医壹壱稻稲飮飲隱隠營営榮栄衞衛驛駅圓円艷艶鹽塩奧奥應応歐欧毆殴穩穏假仮"
    "價価畫画會会壞壊懷懐繪絵擴拡殼殻覺覚學学嶽岳樂楽勸勧卷巻寬寛歡歓罐缶觀観關関陷陥巖巌顏顔歸帰"
    "氣気龜亀僞偽戲戯犧犠舊旧據拠擧挙虛虚峽峡挾挟狹狭鄕郷堯尭曉暁區区驅駆勳勲薰薫徑径惠恵溪渓經経"
    "繼継莖茎螢蛍輕軽鷄鶏藝芸擊撃缺欠儉倹劍剣圈圏檢検權権獻献縣県險険顯顕驗験嚴厳效効廣広恆恒鑛鉱"
    "號号國国黑黒濟済碎砕齋斎劑剤雜雑參参慘惨棧桟蠶蚕贊賛殘残絲糸齒歯兒児辭辞濕湿實実舍舎寫写釋釈"
    "壽寿收収從従澁渋獸獣縱縦肅粛處処緖緒敍叙奬奨將将燒焼稱称證証乘乗剩剰壤壌孃嬢條条淨浄疊畳穰穣"
    "讓譲釀醸觸触囑嘱寢寝愼慎晉晋眞真盡尽圖図粹粋醉酔隨随髓髄數数樞枢聲声靜静齊斉攝摂竊窃專専戰戦"
    "淺浅潛潜纖繊踐践錢銭禪禅雙双壯壮搜捜插挿爭争窗窓總総聰聡莊荘裝装騷騒增増藏蔵臟臓屬属續続墮堕"
    "體体對対帶帯滯滞臺台瀧滝擇択澤沢單単擔担膽胆團団彈弾斷断癡痴遲遅晝昼蟲虫鑄鋳廳庁聽聴敕勅鎭鎮"
    "遞逓鐵鉄轉転點点傳伝黨党盜盗燈灯當当鬪闘德徳獨独讀読屆届繩縄貳弐惱悩腦脳廢廃拜拝賣売麥麦發発"
    "髮髪拔抜蠻蛮祕秘濱浜甁瓶拂払佛仏竝並變変邊辺邉辺辨弁瓣弁辯弁寶宝豐豊沒没飜翻槇槙萬万滿満默黙"
    "彌弥藥薬譯訳豫予餘余與与譽誉搖揺樣様謠謡來来賴頼亂乱覽覧龍竜兩両獵猟綠緑鄰隣壘塁淚涙勵励禮礼"
    "隸隷靈霊齡齢戀恋爐炉勞労樓楼郞郎錄録灣湾櫻桜嶋島嶌島髙高﨑崎栁柳桒桑冨富"
)

_DASHES = "‐‑‒–—―−－"
_WAVES = "〜～∼"

_SHAPES: dict[int, str] = {
    **{ord(a): b for a, b in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)},
    **{ord(dash): "-" for dash in _DASHES},
    **{ord(wave): "~" for wave in _WAVES},
}
_TABLE: dict[int, str] = _SHAPES | {
    ord(a): b for a, b in zip(_OLD_FORMS[::2], _OLD_FORMS[1::2], strict=True)
}


def shape_form(text: str) -> str:
    """Return `text` with NFKC and one shape of each radical, dash and wave; letters stay."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).translate(_SHAPES))


def search_form(text: str) -> str:
    """Return the form of `text` that search compares; applying it twice changes nothing."""
    folded = unicodedata.normalize("NFKC", text).translate(_TABLE).lower()
    return unicodedata.normalize("NFKC", folded)
