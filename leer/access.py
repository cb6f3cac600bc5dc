"""Who may see which URL (``TABLE``; see ``leer.accounts.access`` for how it is read), and what
each shows of others (``SHOWS``; see ``leer.privacy.policy``).

What is not in both is closed. ``docs/developers/urls.md`` is made from this table by
``manage.py access_table``, and ``tests/project/test_access.py`` tries every URL as every role.
"""

from django.utils.translation import gettext_lazy as _

from leer.accounts.access import ANYONE, SIGNED_IN, Rule, only
from leer.accounts.roles import Role
from leer.privacy.facilities import Facility
from leer.privacy.kinds import Kind
from leer.privacy.policy import NOTHING, Form, Shown

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
    "delivery:help_situation": ANYONE,
    "delivery:info": ANYONE,
    "certificates:check": ANYONE,  # shows something to colleagues, or when its holder has it open
    # Learning: everybody who works here.
    "delivery:home": SIGNED_IN,
    "delivery:my_learning": SIGNED_IN,
    "delivery:module": SIGNED_IN,
    "delivery:begin": SIGNED_IN,
    "delivery:elsewhere": SIGNED_IN,
    "delivery:part": SIGNED_IN,
    "delivery:finish": SIGNED_IN,
    "delivery:start": SIGNED_IN,
    "delivery:answer": SIGNED_IN,
    "delivery:choose": SIGNED_IN,
    "delivery:again": SIGNED_IN,
    "delivery:proof": SIGNED_IN,
    "delivery:cases": SIGNED_IN,
    "delivery:case": SIGNED_IN,
    "delivery:case_read": SIGNED_IN,
    "delivery:case_talk": SIGNED_IN,
    "delivery:themes": SIGNED_IN,
    "delivery:theme": SIGNED_IN,
    "delivery:goals": SIGNED_IN,
    "delivery:glossary": SIGNED_IN,
    "delivery:policies": SIGNED_IN,
    "delivery:policy_search": SIGNED_IN,
    "delivery:policy": SIGNED_IN,
    "delivery:policy_understood": SIGNED_IN,
    "delivery:policy_version": SIGNED_IN,
    "delivery:own_data": SIGNED_IN,
    "delivery:own_data_file": SIGNED_IN,
    "delivery:on_a_day": SIGNED_IN,
    "delivery:facts": SIGNED_IN,
    "delivery:correct": SIGNED_IN,
    "privacy:register": SIGNED_IN,
    # What the works council decided: everybody reads it. Recording and confirming are two people.
    "privacy:decisions": SIGNED_IN,
    "privacy:record": only(Role.PROGRAMME),
    "privacy:confirm": only(Role.ADMINISTRATOR),
    "privacy:end": only(Role.PROGRAMME, Role.ADMINISTRATOR),
    "certificates:*": SIGNED_IN,
    "media": SIGNED_IN,
    "wagtaildocs_serve": SIGNED_IN,
    # A manager's own teams; whose they are is asked in the view.
    "monitoring:teams": only(Role.MANAGER),
    "monitoring:team": only(Role.MANAGER),
    "monitoring:team_csv": only(Role.MANAGER),
    "monitoring:team_trend": only(Role.MANAGER),
    "monitoring:team_trend_csv": only(Role.MANAGER),
    "monitoring:deputies": only(Role.MANAGER),
    "monitoring:end_deputy": only(Role.MANAGER),
    "monitoring:below": only(Role.MANAGER),
    "monitoring:nudge": only(Role.MANAGER),
    "monitoring:guide": only(Role.MANAGER),
    # How a programme stands, and its plan (class D): the programme, and nobody else.
    "monitoring:programmes": only(Role.PROGRAMME),
    "monitoring:whole": only(Role.PROGRAMME),
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
    # Which module serves which outcome of the programme: about content, of nobody.
    "monitoring:outcomes": FIGURES,
    "monitoring:outcomes_csv": FIGURES,
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
    # Accounts: Wagtail's own permissions would do, and a page of names gets two locks.
    "wagtailusers_users:*": only(Role.ADMINISTRATOR),
    # The rest of the admin; what each may do there is Wagtail's own permission system.
    "/cms/": only(Role.EDITOR, Role.CHIEF_EDITOR, Role.ADMINISTRATOR),
}

ABOUT_TEAMS = _("gaat over teams en nooit over een persoon")
TO_GIVE = _("zonder dit kan niemand krijgen wat bij het werk hoort, en niets ervan volgt iemand")
ASKED = _("wie het aangaat vroeg er zelf om, en niets ervan volgt iemand")
TEAM = {
    Kind.WHO: {Form.NAME},
    Kind.A: {Form.STATES, Form.COUNTS},
    Kind.B: {Form.GROUPS},
    Kind.D: {Form.REASONS},
}
STANDING = Shown({Kind.A: {Form.COUNTS}, Kind.D: {Form.ROWS}}, needs=(Facility.STANDING,))
CHOICES = Shown({Kind.B: {Form.GROUPS}}, needs=(Facility.FIGURES,))
ELSEWHERE = Shown(
    {Kind.WHO: {Form.NAME}, Kind.A: {Form.REQUEST}, Kind.DUTY: {Form.ROWS}}, always=ASKED
)
WITHDRAWN = Shown(
    {Kind.WHO: {Form.NAME}, Kind.A: {Form.ASSIGNED}, Kind.DUTY: {Form.ROWS}}, always=TO_GIVE
)
WORK_OF_COLLEAGUES = _("is wat iemand in zijn functie schreef, besloot of beheerde")

# What each shows of others; of oneself a page may show everything. A new page needs a line here,
# and a new report a decision of the works council.
SHOWS: dict[str, Shown] = {
    "accounts:*": NOTHING,
    "healthz": NOTHING,
    "xapi": NOTHING,  # to systems: what a key may read is in its scopes
    "set_language": NOTHING,
    "delivery:*": NOTHING,
    "certificates:*": NOTHING,  # nothing by one's role: the holder chose what is shown, and to whom
    "privacy:*": NOTHING,
    "media": NOTHING,
    "wagtaildocs_serve": NOTHING,
    # Not FOLLOW: no person of these teams is followed, and who decides that may refuse this.
    "monitoring:below": Shown({Kind.A: {Form.COUNTS}}, needs=(Facility.LAYERS,)),
    "monitoring:teams": Shown(
        {Kind.A: {Form.COUNTS}}, needs=(Facility.FOLLOW,), asked_in_view=True
    ),
    "monitoring:team_trend": Shown({Kind.A: {Form.COUNTS}}, needs=(Facility.FOLLOW,)),
    "monitoring:team_trend_csv": Shown(
        {Kind.A: {Form.COUNTS}}, needs=(Facility.FOLLOW, Facility.EXPORT)
    ),
    "monitoring:deputies": Shown({Kind.WHO: {Form.NAME}}, always=TO_GIVE),
    "monitoring:end_deputy": NOTHING,
    "monitoring:team": Shown(TEAM, needs=(Facility.FOLLOW,), asked_in_view=True),
    "monitoring:team_csv": Shown(TEAM, needs=(Facility.FOLLOW, Facility.EXPORT)),
    "monitoring:nudge": Shown(needs=(Facility.REMIND,)),
    "monitoring:guide": Shown({Kind.B: {Form.GROUPS}}, needs=(Facility.FIGURES,)),
    "monitoring:programmes": Shown({Kind.D: {Form.ROWS}}, always=ABOUT_TEAMS),
    "monitoring:programme": Shown(
        STANDING.of, STANDING.needs, otherwise="leer.monitoring.without_decision.programme"
    ),
    "monitoring:programme_rows": STANDING,
    "monitoring:whole": Shown({Kind.A: {Form.COUNTS}}, needs=(Facility.STANDING,)),
    "monitoring:programme_csv": Shown(STANDING.of, (*STANDING.needs, Facility.EXPORT)),
    "monitoring:programme_planning": Shown({Kind.D: {Form.ROWS}}, always=ABOUT_TEAMS),
    "monitoring:stories": CHOICES,
    "monitoring:story": CHOICES,
    "monitoring:story_version": CHOICES,
    "monitoring:story_csv": Shown(CHOICES.of, (*CHOICES.needs, Facility.EXPORT)),
    "monitoring:question": CHOICES,
    "monitoring:outcomes": NOTHING,
    "monitoring:outcomes_csv": NOTHING,
    "risk:*": Shown({Kind.D: {Form.ROWS}, Kind.DUTY: {Form.ROWS}}, always=ABOUT_TEAMS),
    "rollout:exemptions": Shown(
        {Kind.WHO: {Form.NAME}, Kind.A: {Form.EXEMPTION}, Kind.DUTY: {Form.ROWS}}, always=TO_GIVE
    ),
    "rollout:withdrawals": WITHDRAWN,
    "rollout:withdrawal": WITHDRAWN,
    "rollout:corrections": Shown({Kind.A: {Form.REQUEST}}, always=ASKED),
    "rollout:correction": ELSEWHERE,
    "rollout:equivalences": Shown({Kind.A: {Form.REQUEST}}, always=ASKED),
    "rollout:equivalence": ELSEWHERE,
    "rollout:equivalence_proof": ELSEWHERE,
    "renewals:*": Shown(
        {Kind.DUTY: {Form.ROWS}, Kind.A: {Form.GROUPS}},
        always=_("zegt hoeveel mensen iets opnieuw krijgen, alleen over grote groepen"),
    ),
    "rollout:*": Shown({Kind.D: {Form.ROWS}, Kind.DUTY: {Form.ROWS}}, always=ABOUT_TEAMS),
    "organisation:*": Shown({Kind.WHO: {Form.ROWS}, Kind.DUTY: {Form.ROWS}}, always=TO_GIVE),
    "ledger:*": Shown(
        {Kind.A: {Form.UNNAMED}},
        always=_("toont feiten onder een teken dat elke dag anders is, en niemand bij naam"),
    ),
    "credentials:*": NOTHING,
    "wagtailusers_users:*": Shown({Kind.WHO: {Form.ROWS}}, always=TO_GIVE),
    "/cms/": Shown({Kind.DUTY: {Form.ROWS}}, always=WORK_OF_COLLEAGUES),
    "wagtailadmin_home": NOTHING,
    "wagtailadmin_sprite": NOTHING,
    "wagtailadmin_javascript_catalog": NOTHING,
}
