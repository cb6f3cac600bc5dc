"""What a learner does. Each action is idempotent: doing it twice, or from two tabs, is once."""

from leer.delivery.actions.attempts import NothingToPlay, start_attempt
from leer.delivery.actions.cases import read_case
from leer.delivery.actions.common import Stale
from leer.delivery.actions.modules import begin_module, finish_lesson, finish_module
from leer.delivery.actions.policies import acknowledge
from leer.delivery.actions.quiz import answer
from leer.delivery.actions.scenario import Chosen, choice_key, choose, states_of, try_again

__all__ = [
    "Chosen",
    "NothingToPlay",
    "Stale",
    "acknowledge",
    "answer",
    "begin_module",
    "choice_key",
    "choose",
    "finish_lesson",
    "finish_module",
    "read_case",
    "start_attempt",
    "states_of",
    "try_again",
]
