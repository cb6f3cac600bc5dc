# SPDX-License-Identifier: EUPL-1.2
"""The tags behind a passage's name: what kind of page it is, and what is special about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from leer.scenarios.engine.graph import Kind, Outcome, Passage, Phase
from leer.scenarios.engine.problems import Problem, problem
from leer.scenarios.engine.source import Section

FATAL = "fataal"
PHASE_PREFIX = "fase-"
SCRIPTS = frozenset({"script", "stylesheet"})
"""Tags by which Twee marks code instead of a page (Twee 3 specification, "Special Tags")."""

PHASES = {PHASE_PREFIX + phase.value: phase for phase in Phase}
OUTCOMES = {outcome.value: outcome for outcome in Outcome}
KINDS = {kind.value: kind for kind in Kind}
ALLOWED = {
    Kind.SCENE: frozenset({*PHASES, FATAL}),
    Kind.REACTION: frozenset(),
    Kind.ENDING: frozenset(OUTCOMES),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """What the tags say."""

    kind: Kind
    phase: Phase | None = None
    outcome: Outcome | None = None
    fatal: bool = False


def read_labels(section: Section) -> tuple[Labels | None, list[Problem]]:
    """Read the tags of a story page; without a single kind nothing can be said of the rest."""
    if SCRIPTS.intersection(section.tags):
        return None, [_problem(section, "script-forbidden")]
    kinds = [KINDS[tag] for tag in section.tags if tag in KINDS]
    if len(set(kinds)) != 1:
        return None, [_problem(section, "kind-wrong", found=len(set(kinds)))]
    phases = [PHASES[tag] for tag in section.tags if tag in PHASES]
    outcomes = [OUTCOMES[tag] for tag in section.tags if tag in OUTCOMES]
    labels = Labels(
        kind=kinds[0],
        phase=phases[0] if phases else None,
        outcome=outcomes[0] if outcomes else None,
        fatal=FATAL in section.tags,
    )
    return labels, _label_problems(section, labels.kind, phases, outcomes)


def label_text(passage: Passage) -> str:
    """Return the tags of a passage as they are written, between brackets."""
    tags = [passage.kind.value]
    tags += [PHASE_PREFIX + passage.phase.value] if passage.phase else []
    tags += [passage.outcome.value] if passage.outcome else []
    tags += [FATAL] if passage.fatal else []
    return f"[{' '.join(tags)}]"


def _label_problems(
    section: Section, kind: Kind, phases: Sequence[Phase], outcomes: Sequence[Outcome]
) -> list[Problem]:
    found = _stray_tags(section, kind)
    if len(set(phases)) > 1:
        found.append(_problem(section, "phase-twice"))
    if kind is Kind.ENDING and len(set(outcomes)) != 1:
        found.append(_problem(section, "outcome-wrong", found=len(set(outcomes))))
    return found


def _stray_tags(section: Section, kind: Kind) -> list[Problem]:
    known = ALLOWED[kind] | {kind.value}
    stray = [tag for tag in dict.fromkeys(section.tags) if tag not in known]
    twice = [tag for tag in dict.fromkeys(section.tags) if section.tags.count(tag) > 1]
    return [
        *(_problem(section, "tag-unknown", tag=tag, kind=kind.value) for tag in stray),
        *(_problem(section, "tag-twice", tag=tag) for tag in twice),
    ]


def _problem(section: Section, code: str, **values: object) -> Problem:
    return problem(code, line=section.line, passage=section.name, **values)
