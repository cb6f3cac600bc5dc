# SPDX-License-Identifier: EUPL-1.2
"""A scenario as a diagram, and the same told in words."""

from collections import Counter
from collections.abc import Iterable, Iterator

from leer.scenarios import engine
from leer.scenarios.drawing.model import Arrow, Box, Diagram

UNKNOWN = "onbekend"
SIGNS = {
    engine.Operator.AT_LEAST: "≥",
    engine.Operator.MORE: ">",
    engine.Operator.AT_MOST: "≤",
    engine.Operator.LESS: "<",
    engine.Operator.EQUAL: "=",
}


def diagram_of(scenario: engine.Scenario, *, problems: Iterable[engine.Problem] = ()) -> Diagram:
    """Return the whole scenario as a diagram; boxes with problems are marked and say how many."""
    counted = Counter(found.passage for found in problems)
    passages = engine.reading_order(scenario)
    return Diagram(
        title=f"Tekening van het scenario “{scenario.title}”",
        description=_summary(scenario),
        boxes=(
            *(_box(scenario, passage, counted[passage.name]) for passage in passages),
            *(Box(name, name, UNKNOWN, note="bestaat niet") for name in _unknown(scenario)),
        ),
        arrows=tuple(
            Arrow(passage.name, choice.target, conditions_text(choice.conditions))
            for passage in passages
            for choice in passage.choices
        ),
    )


def text_of(scenario: engine.Scenario) -> str:
    """Return what the drawing shows, in words, passage by passage from the start."""
    parts = [f"{scenario.title}\n{_summary(scenario)}"]
    if scenario.counters:
        parts.append("\n".join(map(_counter_text, scenario.counters)))
    parts += ["\n".join(_told(scenario, passage)) for passage in engine.reading_order(scenario)]
    return "\n\n".join(parts) + "\n"


def conditions_text(conditions: Iterable[engine.Condition]) -> str:
    """Return conditions as a person reads them: “als druk ≥ 2 en vertrouwen = 0”."""
    parts = [f"{item.counter} {SIGNS[item.operator]} {item.value}" for item in conditions]
    return f"als {' en '.join(parts)}" if parts else ""


def effects_text(effects: Iterable[engine.Effect]) -> str:
    """Return what entering a passage does to the counters: “druk + 1, vertrouwen = 0”."""
    return ", ".join(map(_effect_text, effects))


def kind_text(passage: engine.Passage) -> str:
    """Return what a passage is: “scène, fase contact”, “reactie”, “einde: veilig”."""
    if passage.kind is engine.Kind.REACTION:
        return "reactie"
    if passage.kind is engine.Kind.ENDING:
        return f"einde: {passage.outcome.value}" if passage.outcome else "einde"
    parts = ["scène"]
    parts += [f"fase {passage.phase.value.replace('-', ' ')}"] if passage.phase else []
    parts += ["fataal"] if passage.fatal else []
    return ", ".join(parts)


def _box(scenario: engine.Scenario, passage: engine.Passage, problems: int) -> Box:
    notes = [] if passage.kind is engine.Kind.REACTION else [kind_text(passage)]
    starting = passage.name == scenario.start
    if passage.effects and not starting:
        notes.append(effects_text(passage.effects))
    if problems:
        notes.append("1 melding" if problems == 1 else f"{problems} meldingen")
    kind = "start" if starting else (passage.outcome or passage.kind).value
    return Box(
        key=passage.name,
        label=passage.name,
        kind=kind,
        note="; ".join(notes),
        marked=bool(problems),
    )


def _unknown(scenario: engine.Scenario) -> Iterator[str]:
    """Yield the targets that are no passage, each once."""
    targets = dict.fromkeys(
        choice.target for passage in engine.reading_order(scenario) for choice in passage.choices
    )
    yield from (name for name in targets if name not in scenario.passages)


def _summary(scenario: engine.Scenario) -> str:
    kinds = Counter(passage.kind for passage in scenario.passages.values())
    scenes, reactions = kinds[engine.Kind.SCENE], kinds[engine.Kind.REACTION]
    endings = Counter(p.outcome.value for p in scenario.passages.values() if p.outcome)
    told = ", ".join(f"{endings[outcome]} {outcome.value}" for outcome in engine.Outcome)
    arrows = sum(len(passage.choices) for passage in scenario.passages.values())
    return (
        f"Van “{scenario.start}” naar {kinds[engine.Kind.ENDING]} eindes ({told}), "
        f"door {scenes} scènes en {reactions} reacties, met {arrows} pijlen."
    )


def _counter_text(counter: engine.Counter) -> str:
    limits = f"van {counter.minimum} tot en met {counter.maximum}"
    return f"Teller {counter.name}: {limits}, begint op {counter.start}"


def _effect_text(effect: engine.Effect) -> str:
    if effect.change is engine.Change.SET:
        return f"{effect.counter} = {effect.amount}"
    return f"{effect.counter} {'−' if effect.amount < 0 else '+'} {abs(effect.amount)}"


def _told(scenario: engine.Scenario, passage: engine.Passage) -> Iterator[str]:
    start = ", begin" if passage.name == scenario.start else ""
    yield f"{passage.name} ({kind_text(passage)}{start})"
    if passage.effects:
        yield f"  {effects_text(passage.effects)}"
    for choice in passage.choices:
        condition = conditions_text(choice.conditions)
        needed = f" ({condition})" if condition else ""
        unknown = "" if choice.target in scenario.passages else " (bestaat niet)"
        yield f"  {choice.text}{needed} → {choice.target}{unknown}"
