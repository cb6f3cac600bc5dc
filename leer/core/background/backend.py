"""The ``TASKS`` backend: Django's and Wagtail's tasks become jobs that Celery runs."""

from typing import Any

from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import Task, TaskResult, TaskResultStatus

from leer.core.background import queue


class CeleryTaskBackend(BaseTaskBackend):
    """Writes a ``Job`` now, tells Celery on commit."""

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Ask for the work; the result's id is the job's id."""
        self.validate_task(task)
        job = queue.enqueue_path(task.module_path, args=list(args), kwargs=dict(kwargs))
        return TaskResult(
            task=task,
            id=str(job.id),
            status=TaskResultStatus.READY,
            enqueued_at=job.enqueued_at,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=job.arguments["args"],
            kwargs=job.arguments["kwargs"],
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
