"""A chat model on loopback: an OpenAI-compatible server that says what a script tells it to.

A script takes the messages of a request and gives the reply: a text, the pieces of a stream (a
float among them is a pause in seconds), or a `Fault`. Requests are kept, so that a test can look
at what was sent. No model is behind it.
"""

import json
import re
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PIECE = re.compile(r"記号\[(\w+)\]》\n(.*?)\n《/", re.DOTALL)


@dataclass
class Fault:
    """What goes wrong instead of a reply, or in the middle of one."""

    status: int = 200
    pieces: tuple = ()
    """What still comes before it goes wrong."""
    wait: float = 0.0
    """Seconds of silence."""
    raw: bytes = b""
    """Bytes that are no event."""
    body: bytes = b'{"error": {"message": "sk-secret-1234567890 refused"}}'
    """Of a status that is not 200."""


@dataclass
class Scripted:
    """A running server."""

    url: str
    requests: list = field(default_factory=list)
    headers: list = field(default_factory=list)
    reply: object = ""

    def prompt(self, number=-1):
        return "\n".join(message["content"] for message in self.requests[number]["messages"])


def keys_of(messages):
    """Return the passages of a prompt by their keys, in order."""
    found = {}
    for message in messages:
        found |= dict(_PIECE.findall(message["content"]))
    return found


def key_for(messages, words):
    """Return the key of the first passage that holds `words`."""
    return next(key for key, text in keys_of(messages).items() if words in text)


@contextmanager
def served():
    """Serve until the block ends."""
    state = Scripted("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_POST(self):  # noqa: N802 - the name that http.server calls
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.requests.append(body)
            state.headers.append({name.lower(): value for name, value in self.headers.items()})
            said = state.reply(body["messages"]) if callable(state.reply) else state.reply
            if isinstance(said, dict):  # by whether a temperature is asked for
                said = said["temperature" in body]
            _answer(self, said, body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _answer(handler, said, body):
    fault = said if isinstance(said, Fault) else Fault(pieces=_pieces(said))
    try:
        if fault.status != 200:
            handler.send_response(fault.status)
            handler.end_headers()
            handler.wfile.write(fault.body)
            return
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.end_headers()
        for piece in fault.pieces:
            if isinstance(piece, float):
                time.sleep(piece)
                continue
            _event(handler, {"choices": [{"index": 0, "delta": {"content": piece}}]})
        if fault.wait:
            time.sleep(fault.wait)
        if fault.raw:
            handler.wfile.write(fault.raw)
            handler.wfile.flush()
        if not isinstance(said, Fault):
            _end(handler, body)
    except (BrokenPipeError, ConnectionResetError):  # the client has given up
        pass


def _pieces(said):
    if isinstance(said, str):
        return tuple(said[at : at + 3] for at in range(0, len(said), 3))
    return tuple(said)


def _end(handler, body):
    done = {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    _event(handler, done)
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    _event(handler, {"choices": [], "usage": usage})
    handler.wfile.write(b"data: [DONE]\n\n")
    handler.wfile.flush()


def _event(handler, fields):
    told = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
    line = json.dumps(told | fields, ensure_ascii=False).encode("utf-8", "surrogatepass")
    handler.wfile.write(b"data: " + line + b"\n\n")
    handler.wfile.flush()
