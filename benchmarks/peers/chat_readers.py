"""Reads WhatsApp exports with a peer and prints what it made of them; run with the peers' own Python.

    PYTHON benchmarks/peers/chat_readers.py whatstk|chat-miner [--time] FILE...

One JSON line a file: {"messages": [[moment, author, text], …]} with moments as ISO 8601, or {"refused": why}. With --time:
{"seconds": of the processor, "megabytes": peak of the process, "count": messages}.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import logging
import resource
import sys
import time
from typing import Any

Rows = list[tuple[Any, str, str]]


def _whatstk(path: str) -> Rows:
    from whatstk import df_from_whatsapp

    found = df_from_whatsapp(path)
    return list(zip(found["date"], found["username"], found["message"], strict=True))


def _chat_miner(path: str) -> Rows:
    from chatminer.chatparsers import WhatsAppParser

    reader = WhatsAppParser(path)
    reader.parse_file()
    rows = reader.parsed_messages.get_df().to_dicts()
    return [(row["timestamp"], row["author"], row["message"]) for row in rows]


_MODULES = {"whatstk": "whatstk", "chat-miner": "chatminer.chatparsers"}
READERS = {"whatstk": _whatstk, "chat-miner": _chat_miner}


def _looked_at(name: str, path: str) -> dict[str, Any]:
    try:
        rows = READERS[name](path)
    except Exception as error:  # noqa: BLE001  (whatever a peer raises, it has not read the file)
        return {"refused": f"{type(error).__name__}: {error}"[:200]}
    return {"messages": [[when.isoformat(), str(who), str(text)] for when, who, text in rows]}


def _timed(name: str, path: str) -> dict[str, Any]:
    importlib.import_module(_MODULES[name])
    start = time.process_time()
    count = len(READERS[name](path))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "megabytes": peak, "count": count}


def _quietly(work: Any, name: str, path: str) -> dict[str, Any]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        found: dict[str, Any] = work(name, path)
    return found


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asked, *files = [argument for argument in sys.argv[1:] if argument != "--time"]
    for file in files:
        print(json.dumps(_quietly(_timed if "--time" in sys.argv else _looked_at, asked, file)))
