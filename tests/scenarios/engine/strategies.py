"""Arbitrary scenarios: well formed, but sound only by luck."""

from hypothesis import strategies as st

from leer.scenarios.engine import (
    Change,
    Choice,
    Condition,
    Counter,
    Effect,
    Kind,
    Operator,
    Outcome,
    Passage,
    Phase,
    Scenario,
    TextBlock,
)

WORD_LIST = (
    "je|zegt|nee|'s|’t|‘nee’|é|plek:|druk:|12|3,|–|&|<|>|*nu*|**nooit**|::|--|;|(|)|'|\"|#|-"
)
WORDS = st.sampled_from(WORD_LIST.split("|"))
# A first word that Markdown, Twee or Chapbook doesn't take for something else.
FIRST = st.sampled_from(["Je", "Hij", "‘Nee’", "plek:", "druk:", "'s", "*Nu*", "(", "é", "--x"])
PLAIN = st.sampled_from(["je", "nee", "'s", "’t", "é", "12", "&", "<", "(", "'", '"', "#", ";"])


@st.composite
def lines(draw):
    return " ".join([draw(FIRST), *draw(st.lists(WORDS, max_size=5))])


@st.composite
def texts(draw):
    paragraphs = st.lists(lines(), min_size=1, max_size=2).map("\n".join)
    bullets = st.lists(lines().map("- {}".format), min_size=1, max_size=2).map("\n".join)
    pieces = draw(st.lists(paragraphs | bullets, min_size=1, max_size=2))
    return "\n\n".join(pieces)


values = st.lists(PLAIN, max_size=4).map(" ".join)
labels = st.lists(PLAIN, min_size=1, max_size=4).map(" ".join)


@st.composite
def counters(draw):
    names = draw(st.lists(st.sampled_from(["druk", "vertrouwen", "x_1"]), unique=True, max_size=2))
    result = []
    for name in names:
        low = draw(st.integers(-1, 1))
        high = draw(st.integers(low, low + 3))
        result.append(Counter(name, low, high, draw(st.integers(low, high))))
    return tuple(result)


def conditions(known):
    if not known:
        return st.just(())
    one = st.builds(
        Condition,
        st.sampled_from([counter.name for counter in known]),
        st.sampled_from(Operator),
        st.integers(-1, 4),
    )
    return st.lists(one, max_size=2).map(tuple)


@st.composite
def effects(draw, known):
    changing = [counter for counter in known if draw(st.booleans())]
    kinds, amounts = st.sampled_from(Change), st.integers(-2, 3)
    return tuple(Effect(counter.name, draw(kinds), draw(amounts)) for counter in changing)


@st.composite
def blocks(draw, known):
    found = draw(st.lists(st.tuples(texts(), conditions(known)), max_size=3))
    result = []
    for text, needed in found:
        if not result or result[-1].conditions != needed:
            result.append(TextBlock(text, needed))
    return tuple(result)


@st.composite
def choices_to(draw, names, known, least, most):
    targets = draw(st.lists(st.sampled_from(names), unique=True, min_size=least, max_size=most))
    return tuple(Choice(target, draw(labels), draw(conditions(known))) for target in targets)


@st.composite
def passages(draw, name, names, known, kind):
    limits = {Kind.SCENE: (0, 3), Kind.REACTION: (1, 1), Kind.ENDING: (0, 0)}[kind]
    return Passage(
        name=name,
        kind=kind,
        phase=draw(st.none() | st.sampled_from(Phase)) if kind is Kind.SCENE else None,
        outcome=draw(st.sampled_from(Outcome)) if kind is Kind.ENDING else None,
        fatal=kind is Kind.SCENE and draw(st.booleans()),
        place="" if kind is Kind.REACTION else draw(values),
        picture=draw(st.sampled_from(["", "kantine"])),
        rationalisation=draw(values) if kind is Kind.REACTION else "",
        effects=draw(effects(known)),
        blocks=draw(blocks(known)),
        choices=draw(choices_to(names, known, *limits)),
        position=draw(st.none() | st.tuples(st.integers(-99, 99), st.integers(0, 999))),
    )


@st.composite
def scenarios(draw):
    known = draw(counters())
    names = draw(
        st.lists(
            st.sampled_from(["kantine", "r-1", "Thuis bij Jan", "à", "x.y", "auto", "#", "kade 4"]),
            unique=True,
            min_size=1,
            max_size=6,
        )
    )
    kinds = [Kind.SCENE, *(draw(st.sampled_from(Kind)) for _ in names[1:])]
    made = {
        name: draw(passages(name, [*names, "weg"], known, kind))
        for name, kind in zip(names, kinds, strict=True)
    }
    opening = tuple(Effect(counter.name, Change.SET, counter.start) for counter in known)
    first = made[names[0]]
    made[names[0]] = Passage(
        **{field: getattr(first, field) for field in first.__slots__} | {"effects": opening}
    )
    return Scenario(
        ifid="D674C58C-DEFA-4F70-B7A2-27742230C0FC",
        title=draw(st.sampled_from(["Het rooster", "Één", "a: b {c} [d]"])),
        start=names[0],
        card=draw(st.dictionaries(st.sampled_from(["versie", "taal", "iets"]), labels)),
        counters=known,
        passages=made,
    )


@st.composite
def playable(draw):
    """A story that always comes to an ending: every scene has a way on that is always open.

    Other choices go anywhere, also back or to the scene itself, under any condition. A counter
    goes up only while there is room (``_rise``), so none leaves its range.
    """
    known = draw(counters())
    endings = [f"e{number}" for number in range(draw(st.integers(1, 3)))]
    scenes = [f"s{number}" for number in range(draw(st.integers(1, 6)))]
    order = [*scenes, *endings]
    made = {name: _ending(name, draw(st.sampled_from(Outcome))) for name in endings}
    for place, name in enumerate(scenes):
        onward = draw(st.sampled_from(order[place + 1 :]))
        others = draw(st.lists(st.sampled_from(order), unique=True, max_size=3))
        ways = [Choice(onward, "Verder")]
        ways += [Choice(t, "Of", draw(conditions(known))) for t in others if t != onward]
        if known and draw(st.booleans()):
            rise, way = _rise(name, draw(st.sampled_from(known)), draw(st.sampled_from(order)))
            made[rise.name] = rise
            ways.append(way)
        settings = draw(st.sampled_from([(), (), *map(_reset, known)])) if place else ()
        made[name] = _scene(name, known, settings, ways, opening=not place)
    return Scenario(
        ifid="D674C58C-DEFA-4F70-B7A2-27742230C0FC",
        title="Verhaal",
        start=scenes[0],
        card={},
        counters=known,
        passages=made,
    )


def _ending(name, outcome):
    return Passage(name, Kind.ENDING, outcome=outcome, blocks=(TextBlock("Klaar."),))


def _reset(counter):
    return (Effect(counter.name, Change.SET, counter.minimum),)


def _rise(name, counter, target):
    """A reaction that takes a counter up by one, and the choice to it, open while there is room."""
    reaction = Passage(
        f"r-{name}",
        Kind.REACTION,
        effects=(Effect(counter.name, Change.ADD, 1),),
        blocks=(TextBlock("Zo."),),
        choices=(Choice(target, "Verder"),),
    )
    room = Condition(counter.name, Operator.LESS, counter.maximum)
    return reaction, Choice(reaction.name, "Meer", (room,))


def _scene(name, known, settings, ways, *, opening):
    start = tuple(Effect(counter.name, Change.SET, counter.start) for counter in known)
    return Passage(
        name,
        Kind.SCENE,
        effects=start if opening else settings,
        blocks=(TextBlock("Een vraag."),),
        choices=tuple(ways),
    )
