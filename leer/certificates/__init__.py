"""Certificates: that somebody did a module, on paper, with a page that checks it.

What a certificate shows is its holder's choice (``models``); whether it is true is asked of the
ledger, each time again (``checking``). See ``docs/decisions/0029-certificates.md``.
"""
