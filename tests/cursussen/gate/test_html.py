"""Words are replaced in rich text without breaking what is around them."""

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from cursussen.blocks import TEXT_FEATURES
from cursussen.gate.html import CannotReplace, read, replaced


@pytest.mark.parametrize(
    ("html", "after"),
    [
        ("<p>Toen kwam Jan aan.</p>", "<p>Toen kwam Sam aan.</p>"),
        ("<p>Toen kwam <b>Jan</b> aan.</p>", "<p>Toen kwam <b>Sam</b> aan.</p>"),
        ("<p>Toen kwam <b>J</b><i>an</i> aan.</p>", "<p>Toen kwam <b>Sam</b> aan.</p>"),
        ("<p>Toen kwam <b>J</b>an aan.</p>", "<p>Toen kwam <b>Sam</b> aan.</p>"),
        ("<p>Toen kwam J<b>an aan</b>.</p>", "<p>Toen kwam Sam<b> aan</b>.</p>"),
        ("<p>Jan &amp; Jan: Jan &lt;3</p>", "<p>Sam &amp; Jan: Jan &lt;3</p>"),
        (
            '<p><a href="https://voorbeeld.nl/Jan">Jan</a></p>',
            '<p><a href="https://voorbeeld.nl/Jan">Sam</a></p>',
        ),
        ('<p data-block-key="Jan">Jan</p>', '<p data-block-key="Jan">Sam</p>'),
        ("<ul><li>Een</li><li>&#74;an</li></ul>", "<ul><li>Een</li><li>Sam</li></ul>"),
    ],
)
def test_only_those_words_are_others(html: str, after: str) -> None:
    start = read(html).text.index("Jan")
    changed = replaced(html, start, start + 3, "Sam")
    assert changed == after
    assert _as_the_editor_keeps_it(changed).count("Sam") == 1


def test_what_is_put_there_is_text_and_no_html() -> None:
    assert replaced("<p>Jan</p>", 0, 3, "<b> & ’s") == "<p>&lt;b&gt; &amp; ’s</p>"


def test_two_paragraphs_stay_two() -> None:
    html = "<p>Jan</p><p>Smit</p>"
    with pytest.raises(CannotReplace):
        replaced(html, 0, len("Jan\nSmit"), "Sam")


def test_each_paragraph_is_read_on_a_line_of_its_own() -> None:
    assert read("<h2>Kop</h2><p>Een<br/>twee</p>").text == "Kop\nEen\ntwee\n"


def _as_the_editor_keeps_it(html: str) -> str:
    """Into the editor of the CMS and out of it again."""
    converter = ContentstateConverter(features=TEXT_FEATURES)
    kept: str = converter.to_database_format(converter.from_database_format(html))
    return kept
