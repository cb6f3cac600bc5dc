"""The table of who may see which URL (see ``leer.accounts.access`` for how it is read).

What is not here is closed. ``docs/developers/urls.md`` is made from this table by
``manage.py access_table``, and ``tests/project/test_access.py`` tries every URL as every role.
"""

from leer.accounts.access import ANYONE, SIGNED_IN, Rule, only
from leer.accounts.roles import Role

FRAME = only(Role.EDITOR, Role.CHIEF_EDITOR, Role.PROGRAMME, Role.ADMINISTRATOR)
FIGURES = only(Role.EDITOR, Role.CHIEF_EDITOR, Role.PROGRAMME)

TABLE: dict[str, Rule] = {
    # Signing in, and what must work without an account or a trace.
    "accounts:login": ANYONE,
    "accounts:logout": ANYONE,
    "healthz": ANYONE,
    "xapi": ANYONE,  # asks for a credential itself
    "set_language": ANYONE,
    "delivery:help": ANYONE,
    "delivery:info": ANYONE,
    # Learning: everybody who works here.
    "delivery:home": SIGNED_IN,
    "delivery:my_learning": SIGNED_IN,
    "delivery:module": SIGNED_IN,
    "delivery:begin": SIGNED_IN,
    "delivery:part": SIGNED_IN,
    "delivery:finish": SIGNED_IN,
    "delivery:start": SIGNED_IN,
    "delivery:answer": SIGNED_IN,
    "delivery:choose": SIGNED_IN,
    "delivery:again": SIGNED_IN,
    "delivery:proof": SIGNED_IN,
    "delivery:cases": SIGNED_IN,
    "delivery:case": SIGNED_IN,
    "delivery:policies": SIGNED_IN,
    "delivery:policy": SIGNED_IN,
    "delivery:policy_understood": SIGNED_IN,
    "delivery:policy_version": SIGNED_IN,
    "delivery:own_data": SIGNED_IN,
    "delivery:own_data_file": SIGNED_IN,
    "privacy:register": SIGNED_IN,
    "media": SIGNED_IN,
    "wagtaildocs_serve": SIGNED_IN,
    # A manager's own teams; whose they are is asked in the view.
    "monitoring:teams": only(Role.MANAGER),
    "monitoring:team": only(Role.MANAGER),
    "monitoring:team_csv": only(Role.MANAGER),
    "monitoring:nudge": only(Role.MANAGER),
    "monitoring:guide": only(Role.MANAGER),
    # How a programme stands, and its plan (class D): the programme, and nobody else.
    "monitoring:programmes": only(Role.PROGRAMME),
    "monitoring:programme": only(Role.PROGRAMME),
    "monitoring:programme_rows": only(Role.PROGRAMME),
    "monitoring:programme_csv": only(Role.PROGRAMME),
    "monitoring:programme_planning": only(Role.PROGRAMME),
    # How stories are played, by everybody together: what was released of it, no more.
    "monitoring:stories": FIGURES,
    "monitoring:story": FIGURES,
    "monitoring:story_version": FIGURES,
    "monitoring:story_csv": FIGURES,
    "monitoring:question": only(Role.EDITOR, Role.CHIEF_EDITOR),
    # The risk of teams (class D): the programme, and nobody else.
    "risk:*": only(Role.PROGRAMME),
    # Setting up and planning a rollout (class D).
    "rollout:*": only(Role.PROGRAMME),
    # Looking after people and teams.
    "organisation:*": only(Role.ADMINISTRATOR),
    # The ledger, in Wagtail's admin; and keys with which other systems come to it.
    "ledger:*": only(Role.PROGRAMME, Role.ADMINISTRATOR),
    "credentials:*": only(Role.ADMINISTRATOR),
    # A new round of a module that changed: asked and judged by those who write.
    "renewals:*": only(Role.EDITOR, Role.CHIEF_EDITOR),
    # What every screen of the admin stands in. The programme gets this and the ledger, no more.
    "wagtailadmin_home": FRAME,
    "wagtailadmin_sprite": FRAME,
    "wagtailadmin_javascript_catalog": FRAME,
    "/cms/account/": FRAME,
    "/cms/logout/": FRAME,
    # The rest of the admin; what each may do there is Wagtail's own permission system.
    "/cms/": only(Role.EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR),
}
