"""Where the time of one warm page goes: ``uv run python -m tests.load.hotspots PAGE --data DIR``.

Runs in this process on the data folder of an earlier measurement, without a network between.
The profiler makes everything slower, Python calls most of all: read shares, not milliseconds.
"""

import argparse
import cProfile
import pstats
import sys
import time
from collections.abc import Callable
from pathlib import Path

from leer.core import embedded
from tests.load import tasks
from tests.load.django_here import enter

TIMES = 200


def main() -> None:
    """Profile one page and print the shares."""
    options = _options()
    data = options.data.expanduser().resolve()
    server = embedded.start_postgres(data)  # leaves again at exit
    assert server is not None
    enter(data)
    run = _runner(options.page)
    print(f"{options.page}: {_cpu(run) * 1000:.2f} ms CPU, without the profiler")
    with cProfile.Profile() as profile:
        run()
    stats = pstats.Stats(profile, stream=sys.stdout).strip_dirs()
    stats.sort_stats(options.sort).print_stats(options.lines)


def _options() -> argparse.Namespace:
    pages = [task.key for task in tasks.learner_pages()] + ["team_5", "team_50"]
    parser = argparse.ArgumentParser(prog="python -m tests.load.hotspots", description=__doc__)
    parser.add_argument("page", choices=pages)
    parser.add_argument("--data", type=Path, required=True, help="a data folder with the demo")
    parser.add_argument("--sort", default="cumulative", help="as in pstats: cumulative, tottime")
    parser.add_argument("--lines", type=int, default=60)
    return parser.parse_args()


def _runner(key: str) -> Callable[[], None]:
    """Somebody at a page; every call fetches it ``TIMES`` times. Warm."""
    from tests.load import inside

    known = [*tasks.learner_pages(), *tasks.team_pages(inside.teams((5, 50)))]
    task = next(task for task in known if task.key == key)
    manager = task.who == "manager"
    browser = inside.InsideBrowser(inside.MANAGER if manager else inside.fresh_learners(1)[0])
    (request,) = task.prepare(browser)[0]
    browser.send(request)

    def run() -> None:
        for _ in range(TIMES):
            browser.send(request)

    return run


def _cpu(run: Callable[[], None]) -> float:
    began = time.process_time()
    run()
    return (time.process_time() - began) / TIMES


if __name__ == "__main__":
    main()
