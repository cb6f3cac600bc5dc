"""The About Resource: xAPI 1.0.3, Communication 2.8; IEEE 9274.1.1 (2.0), 4.1.6.7."""

import re
from typing import Any

from tests.xapi.requirements.kit import NEW, OLD, assert_statuses, read
from tests.xapi.rest_client import Lrs


def _about(lrs: Lrs) -> Any:
    return read(lrs.send("GET", "about"))


def test_xapi_00315_it_is_at_about(lrs: Lrs) -> None:
    assert_statuses([lrs.send("GET", "about")], 200)
    assert_statuses([lrs.send("GET", path) for path in ("About", "about/", "abouts")], 404)


def test_xapi_00316_versions_are_versions_of_xapi(lrs: Lrs) -> None:
    known = re.compile(r"0\.9|0\.95|1\.0\.\d+|2\.0\.\d+")
    assert all(known.fullmatch(version) for version in _about(lrs)["version"])


def test_xapi_00317_the_version_that_is_spoken_is_among_them(lrs: Lrs) -> None:
    assert lrs.version in _about(lrs)["version"]
    for version in _about(lrs)["version"]:
        assert_statuses([lrs.send("GET", x_experience_api_version=version)], 200)


def test_xapi_00318_versions_are_an_array_of_strings(lrs: Lrs) -> None:
    assert _about(lrs)["version"] == [OLD, NEW]


def test_xapi_00319_get_is_accepted_from_everybody(lrs: Lrs) -> None:
    answer = lrs.send("GET", "about", authorization="", x_experience_api_version="")
    assert read(answer)["version"]
    assert_statuses([lrs.send(method, "about") for method in ("POST", "PUT", "DELETE")], 405)


def test_xapi_00320_extensions_are_extensions_if_there_are_any(lrs: Lrs) -> None:
    """They are optional (2.8), and the suite has no test of them."""
    about = _about(lrs)
    assert set(about) <= {"version", "extensions"}
    assert all(":" in key for key in about.get("extensions", {}))
