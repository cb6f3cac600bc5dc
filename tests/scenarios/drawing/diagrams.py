"""Arbitrary diagrams, with the words and shapes that are hard to draw."""

from hypothesis import strategies as st

from leer.scenarios.drawing import Arrow, Box, Diagram

HOSTILE = (
    "</text><script>alert(1)</script>",
    '"><a href="javascript:alert(1)">',
    "&lt; & ]]> <!-- -->",
    "regel\neinde\ttab\x00\x0b\x1b\ud800\uffff",
    "woordzonderenigeruimtedatnietopeenregelpast" * 3,
    "één ’s-Gravenhage – € 3,50",
    "漢字 🙂",
    "",
)
EQUAL = st.just(1.0)
words = st.sampled_from(HOSTILE) | st.text(max_size=90)
KINDS = ("start", "scene", "reactie", "veilig", "leermoment", "schade", "onbekend", '"><x>')


@st.composite
def diagrams(draw, most=14, weights=EQUAL):
    count = draw(st.integers(0, most))
    keys = [f"k{number}" for number in range(count)]
    boxes = tuple(
        Box(
            key,
            draw(words),
            draw(st.sampled_from(KINDS)),
            href=draw(st.sampled_from(["", '/scène?a="1"&b=2'])),
            note=draw(words),
            marked=draw(st.booleans()),
        )
        for key in keys
    )
    arrow = st.builds(
        Arrow,
        st.sampled_from(keys or [""]),
        st.sampled_from(keys or [""]),
        st.just("") | words,
        weights,
        st.booleans(),
    )
    arrows = draw(st.lists(arrow, max_size=2 * count))
    direction = draw(st.sampled_from(["down", "right"]))
    return Diagram(draw(words), draw(words), boxes, tuple(arrows), direction)
