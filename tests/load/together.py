"""Several people at once."""

import threading
from collections.abc import Callable, Sequence


def at_once[R](work: Sequence[Callable[[], R]]) -> list[R]:
    """Each of these in a thread of its own; what came of them, in order.

    Raises what the first of them raised, once all have ended.
    """
    done: dict[int, R] = {}
    broken: list[Exception] = []

    def run(number: int) -> None:
        try:
            done[number] = work[number]()
        except Exception as error:  # told to the main thread, which stops
            broken.append(error)

    threads = [threading.Thread(target=run, args=[number]) for number in range(len(work))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    return [done[number] for number in range(len(work))]
