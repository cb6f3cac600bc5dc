"""Figures about how stories are played and questions answered: of everybody, never of a team.

At night people are counted (``counting``, ``items``) and handed to ``leer.disclosure``, which
decides what may be shown. The pages (``reading``, ``views``) read its releases and nothing else.
"""
