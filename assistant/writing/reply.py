"""What a model wrote → sentences with the keys that they name.

Takes text as it comes; gives `Sentence`s, each once it is complete, so that a stream can be
checked while it runs. Broken characters, another language and thoughts are recognised here.
Knows nothing about passages.

>>> [(s.text, s.keys) for s in sentences_of("整備は12か所で行われる[k7d2]。費用は未定である。")]
[('整備は12か所で行われる。', ('k7d2',)), ('費用は未定である。', ())]
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.japanese import sentences
from corpus.model import Span

_KEY = re.compile(r"\s*[\[［]([A-Za-z0-9]{1,12})[\]］]")
_KEYS_BEHIND = re.compile(r"(?:\s*[\[［][A-Za-z0-9]{1,12}[\]］])+")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"^```\w*\s*$", re.MULTILINE)
_MARKUP = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)|<[^<>]{1,200}>|https?://\S+|[*_`#]{1,3}|[《》]")
_BULLET = re.compile(r"^\s*(?:[-*・•]|\d{1,2}[.)．）])\s+")
_OPENING, _CLOSING = "「『（(【〔［[｛{〈《", "」』）)】〕］]｝}〉》"
_ENDED = re.compile(r"[。！？!?]+[」』）)】〕］\]]*(?:\s*[\[［][A-Za-z0-9]{1,12}[\]］])*\s*")
_KANA = re.compile(r"[\u3041-\u309f\u30a1-\u30ff]")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
_OTHER_SCRIPT = re.compile(r"[\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a reply."""

    text: str
    """Without keys and markup."""
    keys: tuple[str, ...]
    is_item: bool = False
    """True for an item of a list."""
    line: int = 0
    """Of the reply, counting those with words; sentences of one line may share their keys."""


def sentences_of(reply: str) -> list[Sentence]:
    """Return the sentences of a whole reply."""
    return [s for number, line in enumerate(_lines(reply)) for s in _sentences(line, number)]


class Incoming:
    """A reply as it comes; says which sentences are complete."""

    def __init__(self) -> None:
        """Nothing has come yet."""
        self.text = ""
        self._told = 0

    def take(self, piece: str) -> Iterator[Sentence]:
        """Add a piece and yield the sentences that it completes.

        A sentence is complete once something follows it, as its keys may come behind its full
        stop, and no bracket is open that could still close around it.
        """
        self.text += piece
        found = sentences_of(_settled(self.text))
        yield from found[self._told :]
        self._told = max(self._told, len(found))

    def rest(self) -> list[Sentence]:
        """Return what was not yet yielded; the reply has ended."""
        return sentences_of(self.text)[self._told :]


def _settled(text: str) -> str:
    """Return the beginning of `text` whose sentences no further text can change."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[-1] != lines[-1].rstrip("\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"):
        return text
    line = lines.pop()
    cut, waiting = 0, ""
    for at, letter in enumerate(line):
        if letter in _OPENING:
            waiting += letter
        elif letter in _CLOSING:
            # Without its partner it closes nothing; what opened inside of the two never will.
            before, _, _ = waiting.rpartition(_OPENING[_CLOSING.index(letter)])
            waiting = before if _OPENING[_CLOSING.index(letter)] in waiting else waiting
        end = None if waiting else _ENDED.match(line, at)
        if end and end.end() < len(line) and line[end.end()] not in _OPENING:
            cut = end.end()
    return "".join(lines) + line[:cut]


def is_japanese(reply: str) -> bool:
    """True for a reply that can be read: in Japanese, with no broken character."""
    text = shown(reply)
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or "\ufffd" in text or _OTHER_SCRIPT.search(text):
        return False
    japanese = len(_JAPANESE.findall(text))
    return bool(_KANA.search(text)) and 2 * japanese >= len(letters)


def shown(reply: str) -> str:
    """Return what of a reply may be shown: no thoughts, no markup, no addresses, no keys."""
    text = _FENCE.sub("", _THOUGHT.sub("", reply))
    return "\n".join(_plain(_KEY.sub("", line)) for line in text.splitlines()).strip()


def _lines(reply: str) -> Iterator[str]:
    text = _FENCE.sub("", _THOUGHT.sub("", reply))
    yield from (line for line in text.splitlines() if line.strip())


def _sentences(line: str, number: int) -> Iterator[Sentence]:
    is_item = bool(_BULLET.match(line))
    rest = _BULLET.sub("", line)
    for span in _with_keys(rest):
        part = span.of(rest)
        text = _plain(_KEY.sub("", part))
        if re.search(r"\w", text):
            keys = tuple(dict.fromkeys(match[1] for match in _KEY.finditer(part)))
            yield Sentence(text, keys, is_item, number)


def _with_keys(line: str) -> Iterator[Span]:
    """Yield the sentences of a line, each with the keys that stand behind its full stop."""
    start = 0
    for span in sentences(line):
        if span.end <= start:
            continue
        behind = _KEYS_BEHIND.match(line, span.end)
        end = behind.end() if behind else span.end
        begin = max(start, span.start)
        if _KEYS_BEHIND.fullmatch(line[begin:end].strip()) is None:
            yield Span(begin, end)
        start = end


def _plain(text: str) -> str:
    """Return a line without markup: what a model writes is text and nothing else."""
    return " ".join(_MARKUP.sub(lambda found: found[1] or "", text).split())
