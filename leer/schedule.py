"""When what runs by itself. The schedule lives in code, so that it is reviewed like code."""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    # A worker that was away must not find a night of these: each is good for its own interval.
    "sweep-jobs": {
        "task": "leer.core.tasks.sweep_jobs",
        "schedule": 15.0,
        "options": {"expires": 15},
    },
    "forget-old-jobs": {"task": "leer.core.tasks.forget_old_jobs", "schedule": crontab("10", "3")},
    "publish-on-time": {
        "task": "cursussen.tasks.publish_on_time",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 300},
    },
    "forget-old-imports": {
        "task": "leer.organisation.tasks.forget_old_uploads",
        "schedule": crontab("30", "3"),
    },
    "forget-old-looks": {
        "task": "leer.privacy.tasks.forget_old_looks",
        "schedule": crontab("20", "3"),
    },
    "forget-leavers": {
        "task": "leer.monitoring.tasks.forget_leavers",
        # At night, before the ledger's own rules; who is not reached comes the next night.
        "schedule": crontab("50", "1"),
        "options": {"expires": 6 * 3600},
    },
    "daily-reminders": {
        "task": "leer.monitoring.tasks.start_daily_reminders",
        # Every hour of the working day: the jobs are asked for once a day however often this
        # runs, so a worker that was away at eight costs an hour and not a day.
        "schedule": crontab(minute="0", hour="8-19"),
        "options": {"expires": 3600},
    },
    "waiting-nudges": {
        "task": "leer.monitoring.tasks.start_waiting_nudges",
        # After the reminders of the day: who hears those gets no nudge beside them.
        "schedule": crontab(minute="30", hour="8-19"),
        "options": {"expires": 3600},
    },
    "open-waves": {
        "task": "leer.rollout.tasks.open_waves",
        "schedule": crontab(minute="*/15", hour="6-20"),
        "options": {"expires": 900},
    },
    "compare-programmes": {
        "task": "leer.rollout.tasks.start_comparing",
        # Before the reminders, and again by day for a worker that was away: once a day.
        "schedule": crontab(minute="40", hour="4-20"),
        "options": {"expires": 3600},
    },
    "forget-calculations": {
        "task": "leer.rollout.tasks.forget_calculations",
        "schedule": crontab("40", "3"),
    },
    "tell-what-expired": {
        "task": "leer.certificates.tasks.tell_what_expired",
        "schedule": crontab("20", "4"),
    },
    "forget-proofs-of-elsewhere": {
        "task": "leer.rollout.tasks.forget_proofs",
        "schedule": crontab("45", "3"),
    },
    "forget-corrections": {
        "task": "leer.rollout.tasks.forget_corrections",
        "schedule": crontab("55", "3"),
    },
    "count-figures": {
        "task": "leer.monitoring.tasks.start_counting",
        # At night, and again by day for a worker that was away: once a day whatever happens.
        "schedule": crontab(minute="20", hour="5-20"),
        "options": {"expires": 3600},
    },
    "fold-counts": {
        "task": "leer.monitoring.tasks.fold_counts",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "forward-statements": {
        "task": "leer.xapi.tasks.forward_due",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "apply-retention": {"task": "leer.xapi.tasks.apply_retention", "schedule": crontab("10", "4")},
    "ensure-ledger-years": {"task": "leer.xapi.tasks.ensure_years", "schedule": crontab("50", "3")},
}
