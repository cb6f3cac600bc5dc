"""Names of scenes: given by the editor, or made once from what the scene says."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from leer.scenarios.authoring.draft import ENDING, REACTION, Block, items

FIRST_WORDS = 5
PREFIX = {REACTION: "r-", ENDING: "einde-"}


def fill_names(scenes: Sequence[Block], known: Mapping[str, str]) -> list[Block]:
    """Give every scene without a name one: the name that it had (``known``, by block id), or one
    made from its place or its first words. No two get the same, and what says nothing yet gets
    none yet.
    """
    taken = {name_of(block).casefold() for block in scenes}
    named: list[Block] = []
    for block in scenes:
        name = name_of(block)
        if not name:
            name = _unused(known.get(block.get("id") or "") or _made(block), taken)
            taken.add(name.casefold())
        named.append({**block, "value": {**block["value"], "name": name}})
    return named


def name_of(block: Block) -> str:
    """The name as the editor gave it."""
    return (block["value"].get("name") or "").strip()


def _made(block: Block) -> str:
    value, kind = block["value"], block["type"]
    texts = [item.get("text") or "" for item in items(value.get("texts"))]
    words = _slug(value.get("place") or " ".join(texts)).split("-")[:FIRST_WORDS]
    name = "-".join(filter(None, words))
    return PREFIX.get(kind, "") + name if name else ""


def _unused(name: str, taken: set[str]) -> str:
    made, number = name, 1
    while made and made.casefold() in taken:
        number += 1
        made = f"{name}-{number}"
    return made


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def tidy_counters(counters: Sequence[Block]) -> list[Block]:
    """Counters with names as the engine wants them: “Nieuwe druk” becomes “nieuwe_druk”."""
    return [
        {**block, "value": {**block["value"], "name": _slug(name_of(block)).replace("-", "_")}}
        for block in counters
    ]
