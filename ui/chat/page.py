"""The layout of the page: the conversation on the left, the report on the right.

Takes the handlers of its events; gives Gradio's Blocks. What is inside the two sides is HTML
from the pure modules beside this one; `static/chat.js` brings clicks on it to life.
"""

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

_TOOLS = """
<button type="button" id="export">会話を書き出す</button>
"""

_EDITING = """
<p id="editing" hidden><span id="editing-words"></span>
<button type="button" id="editing-stop">やめる</button></p>
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
    <button type="button" id="outline-toggle" aria-expanded="true" aria-controls="outline">目次</button>
  </div>
  <div class="reading-panes">
    <nav id="outline" aria-label="目次" tabindex="0"></nav>
    <div id="report" role="region" aria-label="報告書の本文" tabindex="0" lang="ja"></div>
  </div>
</div>
"""

_HEADER = """
<header class="masthead">
  <h1>典拠</h1>
  <p>報告書の言葉のままの答えを、箇所と原文の引用つきで示します</p>
</header>
<p id="connection" role="status" hidden></p>
<p id="said" role="status" class="visually-hidden"></p>
"""

_EDITED = "(question, kept) => [question, kept, tenkyo.scope(), tenkyo.edited()]"
_JUDGED = "(kept) => [kept, ...tenkyo.judged()]"


def page(events: Events) -> "gr.Blocks":
    """Return the page."""
    import gradio as gr

    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_height=True, fill_width=True) as made:
        kept = gr.BrowserState([], storage_key="tenkyo-conversation", secret="tenkyo")
        number = gr.Number(visible=False)
        word = gr.Textbox(visible=False)
        _html(gr, _HEADER, elem_id="masthead")
        with gr.Row(elem_id="sides", equal_height=False):
            with gr.Column(elem_id="talk", min_width=280):
                _html(gr, '<h2 class="visually-hidden">会話</h2>', elem_id="talk-title")
                said = _html(gr, "", elem_id="conversation")
                notice = _html(gr, "", elem_id="notice")
                _html(gr, _EDITING, elem_id="editing-place")
                question, buttons = _composer(gr)
            with gr.Column(elem_id="read", min_width=280):
                _html(gr, _REPORT, elem_id="reading")
        shown = [said, kept, question, notice]
        settings: dict[str, Any] = {
            "outputs": shown,
            "show_progress": "hidden",
            "api_visibility": "private",
            "concurrency_limit": _AT_ONCE,
        }
        made.load(events.restore, [kept], **settings)
        asking = [
            buttons["send"].click(
                events.ask, [question, kept, word, number], js=_EDITED, **settings
            ),
            buttons["retry"].click(events.retry, [kept], **settings),
        ]
        for asked in asking:
            asked.then(None, js="() => tenkyo.done()", api_visibility="private")
        buttons["stop"].click(None, cancels=asking, api_visibility="private")
        buttons["clear"].click(events.clear, None, **settings)
        buttons["judge"].click(events.judge, [kept, number, word], js=_JUDGED, **settings)
    return made


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
        send = gr.Button("送る", variant="primary", elem_id="send", scale=0, min_width=72)
        stop = gr.Button("停止", elem_id="stop", scale=0, min_width=72)
    with gr.Row(elem_id="actions"):
        retry = gr.Button("もう一度答える", elem_id="retry", size="sm", scale=0, min_width=60)
        clear = gr.Button("新しい会話", elem_id="clear", size="sm", scale=0, min_width=60)
        _html(gr, _TOOLS, elem_id="tools")
    judge = gr.Button("送信", elem_id="judge", visible="hidden")
    return question, {"send": send, "stop": stop, "retry": retry, "clear": clear, "judge": judge}


def _html(gr: Any, value: str, elem_id: str) -> Any:  # noqa: ANN401 - the module, loaded late
    """Return a component that shows `value` as it is: what stands in it is escaped by its makers."""
    return gr.HTML(value, elem_id=elem_id, js_on_load=None, apply_default_css=False)
