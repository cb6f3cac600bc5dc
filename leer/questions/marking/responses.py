"""A response: what somebody answered, as the words that the ledger keeps.

By kind: the keys that were chosen; keys in the order they were put; pairs of a key and what it was
matched with or rated as. Pairs are written as the interaction types of xAPI and SCORM 2004 write
them: ``source[.]target``. Nothing, when what was thought is nobody's business.
"""

from collections.abc import Iterable

Response = tuple[str, ...]
PAIR = "[.]"


def pair(key: str, value: str) -> str:
    """What this key was matched with, or rated as."""
    return f"{key}{PAIR}{value}"


def pairs(response: Iterable[str]) -> dict[str, str]:
    """The same, read back; a word that is no pair is a key with nothing."""
    split = (word.partition(PAIR) for word in response)
    return {key: value for key, _delimiter, value in split}
