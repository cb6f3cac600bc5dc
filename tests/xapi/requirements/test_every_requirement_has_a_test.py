"""The suite's verdict without the suite: each requirement that it names has a test here."""

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.xapi.requirements.named import (
    NAMED,
    NEW,
    OLD,
    ONE_VERSION,
    PARTS,
    UNTESTED_BY_THE_SUITE,
    WITHOUT_TEST,
)

FOLDER = Path(__file__).parent
NAME = re.compile(r"test_xapi_(\d{5})_[a-z0-9_]{8,}")
VERSIONS = {"ONLY_OLD": {OLD}, "ONLY_NEW": {NEW}}
WITHOUT_LRS = {328}  # asked at the door of the process, which knows no versions


def _functions() -> Iterator[ast.FunctionDef]:
    """Every test in this folder."""
    for path in sorted(FOLDER.glob("test_*.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield node


def _number(function: ast.FunctionDef) -> int:
    """Of the requirement that it is named by; zero for a test of something else."""
    found = NAME.fullmatch(function.name)
    return int(found[1]) if found else 0


def _versions(function: ast.FunctionDef) -> set[str]:
    """Those in which it is tried."""
    names = {one.id for one in function.decorator_list if isinstance(one, ast.Name)}
    for name, versions in VERSIONS.items():
        if name in names:
            return versions
    return {OLD, NEW}


TESTED = {number: function for function in _functions() if (number := _number(function))}


def test_every_requirement_has_a_test_that_is_named_by_it() -> None:
    assert NAMED - set(TESTED) - set(WITHOUT_TEST) == set()


def test_no_test_is_named_by_a_requirement_that_is_not_there() -> None:
    assert set(TESTED) - NAMED == set()
    misnamed = [one.name for one in _functions() if "xapi_0" in one.name and not _number(one)]
    assert misnamed == []


def test_what_has_no_test_has_a_reason_and_no_test() -> None:
    assert set(WITHOUT_TEST) <= NAMED
    assert set(WITHOUT_TEST) & set(TESTED) == set()
    assert all(WITHOUT_TEST.values())


def test_every_requirement_is_tried_in_the_versions_that_have_it() -> None:
    tried: defaultdict[int, set[str]] = defaultdict(set)
    for function in _functions():
        tried[_number(function)] |= _versions(function)
    for number in TESTED:
        assert tried[number] >= {ONE_VERSION.get(number, OLD), ONE_VERSION.get(number, NEW)}


def test_every_requirement_is_asked_of_the_store() -> None:
    """The fixture speaks both versions."""
    for number, function in TESTED.items():
        assert number in WITHOUT_LRS or "lrs" in {one.arg for one in function.args.args}


def test_no_name_is_given_twice() -> None:
    """A second test of the same name in a module would hide the first."""
    for path in FOLDER.glob("test_*.py"):
        times = Counter(re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE))
        assert [name for name, count in times.items() if count > 1] == []


def test_the_list_is_whole() -> None:
    assert sorted(number for part in PARTS.values() for number in part) == list(range(1, 337))
    assert set(TESTED) >= UNTESTED_BY_THE_SUITE
