"""Sending the ledger's statements on to other LRSs: at least once, in order, by stable ids.

The story: each target remembers how far it got in the ledger's order (``ForwardTarget.position``).
Every ten seconds the clock asks for the targets that are due; a worker takes the target's lock,
reads on from its position, picks what the target should have (``wanted``), and posts it in
batches (``sending``). Only after the target took a batch is the position moved. So whoever dies,
and whenever: the next worker begins where the last answer was, with the same ids, and a target
that has those already says so.

The ledger itself is the queue. There is no ``Job`` row per try: the position is the durable
request for work, and the clock's question is its sweep.
"""
