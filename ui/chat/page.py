"""The layout of the page: the conversation on the left, the report on the right.

Takes the handlers of its events; gives Gradio's Blocks. What is inside the two sides is HTML
from the pure modules beside this one; `static/chat.js` brings clicks on it to life.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ui.chat.events import Events

if TYPE_CHECKING:
    import gradio as gr

TITLE = "典拠（報告書に聞く）"

HEAD = """
<script>document.documentElement.lang = "ja";</script>
<meta name="referrer" content="no-referrer">
<link rel="stylesheet" href="/chat/chat.css">
<script type="module" src="/chat/chat.js"></script>
"""
"""From our own server; nothing else is loaded."""

_AT_ONCE = 20
"""Questions that may wait inside the server; the assistant answers them one by one."""

_HEADER = """
<header class="masthead">
  <h1>典拠</h1>
  <p>報告書の言葉のままの答えを、箇所と原文の引用つきで示します</p>
  <nav aria-label="ほかのページ"><a href="/check">原稿の照合</a></nav>
</header>
<p id="said" role="status" class="visually-hidden"></p>
"""

_NOTICES = """
<p id="notice" role="status"></p>
<p id="editing" hidden><span id="editing-words"></span>
<button type="button" id="editing-stop">やめる</button></p>
"""

_BASKET = """
<dialog id="basket" aria-labelledby="basket-heading">
  <h2 id="basket-heading">下書き</h2>
  <p id="basket-empty">出典はまだありません。答えの出典の「下書きに入れる」で集めます。</p>
  <ol id="basket-list"></ol>
  <p id="basket-trouble" role="alert"></p>
  <p id="basket-done" role="status"></p>
  <p><label><input type="checkbox" id="basket-record">
    出どころの記録（報告書の識別値、索引、方式、日付）を付ける</label></p>
  <div class="basket-exports" role="group" aria-label="書き出す形式">
    <button type="button" data-export="word">Word</button>
    <button type="button" data-export="markdown">Markdown</button>
    <button type="button" data-export="text">テキスト</button>
    <button type="button" id="basket-clear" class="basket-apart">すべて外す</button>
    <button type="button" id="basket-close">閉じる</button>
  </div>
  <p class="basket-kept">下書きは、このブラウザーにだけ残ります。</p>
</dialog>
"""

_REPORT = """
<div class="reading">
  <h2 class="visually-hidden">報告書</h2>
  <div class="reading-tools">
    <label for="report-choice" class="visually-hidden">報告書</label>
    <select id="report-choice"></select>
    <label class="scope" hidden><input type="checkbox" id="only-this"> この報告書だけに聞く</label>
    <span class="search" role="search">
      <label for="report-search" class="visually-hidden">報告書の中を探す</label>
      <input type="search" id="report-search" placeholder="報告書の中を探す" autocomplete="off">
      <output id="found" for="report-search"></output>
      <button type="button" id="found-before" aria-label="前の一致へ">↑</button>
      <button type="button" id="found-next" aria-label="次の一致へ">↓</button>
    </span>
    <button type="button" id="outline-toggle" aria-expanded="true"
      aria-controls="outline">目次</button>
  </div>
  <div class="reading-panes">
    <nav id="outline" aria-label="目次"></nav>
    <div id="report" role="region" aria-label="報告書の本文" tabindex="0" lang="ja"></div>
  </div>
</div>
"""


@dataclass(frozen=True)
class _Parts:
    """The components that events read and write."""

    said: Any
    kept: Any
    earlier: Any
    question: Any
    trouble: Any
    number: Any
    word: Any
    buttons: dict[str, Any]


def page(events: Events) -> "gr.Blocks":
    """Return the page."""
    import gradio as gr

    blocks: gr.Blocks
    with gr.Blocks(
        title=TITLE, analytics_enabled=False, fill_height=True, fill_width=True
    ) as blocks:
        parts = _layout(gr)
        _connect(blocks, parts, events)
    return blocks


def _layout(gr: Any) -> _Parts:  # noqa: ANN401 - the module, loaded late
    kept = gr.BrowserState([], storage_key="tenkyo-conversation", secret="tenkyo")
    earlier = gr.BrowserState([], storage_key="tenkyo-earlier", secret="tenkyo")
    number, word = gr.Number(visible=False), gr.Textbox(visible=False)
    _html(gr, _HEADER, "masthead")
    with gr.Row(elem_id="sides", equal_height=False):
        with gr.Column(elem_id="talk", min_width=280):
            _html(gr, '<h2 class="visually-hidden">会話</h2>', "talk-title")
            said = _html(gr, "", "conversation")
            _html(gr, _NOTICES, "notices")
            trouble = _html(gr, "", "trouble")
            question, buttons = _composer(gr)
        with gr.Column(elem_id="read", min_width=280):
            _html(gr, _REPORT, "reading")
    _html(gr, _BASKET, "basket-place")
    return _Parts(said, kept, earlier, question, trouble, number, word, buttons)


def _composer(gr: Any) -> tuple[Any, dict[str, Any]]:  # noqa: ANN401 - the module, loaded late
    """Return the box for the question, and the buttons by name."""
    with gr.Row(elem_id="composer", equal_height=True):
        question = gr.Textbox(
            label="質問",
            show_label=False,
            container=False,
            lines=2,
            max_lines=6,
            placeholder="報告書について知りたいことを、文で入力してください",
            elem_id="question",
            autofocus=True,
            scale=1,
        )
        made = {
            "send": gr.Button("送る", variant="primary", elem_id="send", scale=0, min_width=72),
            "stop": gr.Button("停止", elem_id="stop", scale=0, min_width=72),
        }
    with gr.Row(elem_id="actions"):
        for name, words in {"retry": "もう一度答える", "clear": "新しい会話"}.items():
            made[name] = gr.Button(words, elem_id=name, size="sm", scale=0, min_width=60)
        _html(
            gr,
            '<button type="button" id="export">会話を書き出す</button>'
            '<button type="button" id="basket-open">下書き（0）</button>',
            "tools",
        )
    for name in ("judge", "reopen", "forget"):
        # Clicked by chat.js, for buttons that stand inside the conversation.
        made[name] = gr.Button(name, elem_id=name, visible="hidden")
    return question, made


def _connect(blocks: Any, parts: _Parts, events: Events) -> None:  # noqa: ANN401 - as above
    """Let what users do reach the handlers; `tenkyo` is the object that chat.js puts there."""
    buttons, talks = parts.buttons, [parts.kept, parts.earlier]
    settings: dict[str, Any] = {
        "outputs": [parts.said, parts.kept, parts.earlier, parts.question, parts.trouble],
        "show_progress": "hidden",
        "api_visibility": "private",
        "concurrency_limit": _AT_ONCE,
    }
    typed = [parts.question, parts.kept, parts.word, parts.number]
    judged = [parts.kept, parts.number, parts.word]
    asked = "(question, kept) => [question, kept, tenkyo.scope(), tenkyo.edited()]"
    chosen = "(kept, earlier) => [kept, earlier, tenkyo.talk()]"
    asking = [
        buttons["send"].click(events.ask, typed, js=asked, **settings),
        buttons["retry"].click(events.retry, [parts.kept], **settings),
    ]
    others = [
        buttons["judge"].click(
            events.judge, judged, js="(kept) => [kept, ...tenkyo.judged()]", **settings
        ),
        buttons["clear"].click(events.clear, talks, **settings),
        buttons["reopen"].click(events.reopen, [*talks, parts.number], js=chosen, **settings),
        buttons["forget"].click(events.forget, [*talks, parts.number], js=chosen, **settings),
    ]
    for event in asking:
        event.then(None, js="() => tenkyo.done()", api_visibility="private")
    for event in others:
        event.then(None, js="() => tenkyo.told()", api_visibility="private")
    buttons["stop"].click(None, cancels=asking, api_visibility="private")
    blocks.load(events.restore, talks, **settings)


def _html(gr: Any, value: str, elem_id: str) -> Any:  # noqa: ANN401 - the module, loaded late
    """Return a component that shows `value` as it is; whoever makes it has escaped it."""
    return gr.HTML(value, elem_id=elem_id, js_on_load=None, apply_default_css=False)
