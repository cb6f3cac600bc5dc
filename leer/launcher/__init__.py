"""``manage.py start``: everything up with one command, everything down with one Ctrl-C.

The order of events is in ``run.py``; what a data folder must be in ``folder.py``; how the
processes are watched and stopped in ``processes.py``.
"""
