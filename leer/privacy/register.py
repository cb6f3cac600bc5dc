"""The register: every field of every model, and what it tells of persons.

One entry a model. Fields are named by what they tell (``Kind``), with spaces between. ``subjects``
are the ways from a row to the users whose data it is (``self`` for the account). A field with a
list of people in it is ``people``. ``tests/privacy/test_register.py`` holds the table against the
models, in both directions.
"""

from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leer.privacy.kinds import (
    A_MINUTE,
    A_YEAR,
    ACCOUNT,
    ALWAYS,
    CALCULATIONS,
    CONTENT,
    COOLING_OFF,
    CORRECTIONS,
    EIGHT_HOURS,
    IMPORTS,
    LEAVERS,
    LEDGER,
    LOOKS,
    NO_LIMIT,
    NOT_PERSONAL,
    PROGRAMME,
    PROOFS_OF_ELSEWHERE,
    THIRTY_DAYS,
    Keeping,
    Kind,
    Purpose,
)


@dataclass(frozen=True)
class Record:
    """What the rows of one model tell, what they are for and how long they stay."""

    purpose: Purpose
    keeping: Keeping
    subjects: str = ""
    who: str = ""
    a: str = ""
    b: str = ""
    c: str = ""
    d: str = ""
    duty: str = ""
    hidden: str = ""
    nobody: str = ""

    def fields(self, kind: Kind) -> list[str]:
        """The fields of this kind."""
        return str(getattr(self, kind.value)).split()

    @property
    def kinds(self) -> list[Kind]:
        """What it tells of persons."""
        return [kind for kind in Kind if kind != Kind.NOBODY and self.fields(kind)]


def nothing(fields: str) -> Record:
    """A model that tells nothing of persons."""
    return Record(Purpose.RUN, NOT_PERSONAL, nobody=fields)


_ACCOUNT_OF_WAGTAIL = (
    "submitted_notifications approved_notifications rejected_notifications"
    " updated_comments_notifications preferred_language current_time_zone avatar dismissibles theme"
    " contrast density keyboard_shortcuts"
)
_PAGE = (
    "id path depth numchild translation_key locale latest_revision live has_unpublished_changes"
    " first_published_at last_published_at live_revision go_live_at expire_at expired locked"
    " locked_at title draft_title slug content_type url_path latest_revision_created_at alias_of"
)
_LOG = "id content_type action timestamp uuid revision content_changed deleted"

OURS: dict[str, Record] = {
    # Who -------------------------------------------------------------------------------------
    "accounts.User": Record(
        Purpose.SIGN_IN,
        ACCOUNT,
        subjects="self",
        who="id username first_name last_name email external_id actor_name date_joined last_login"
        " is_active is_staff is_superuser",
        hidden="password",
    ),
    "accounts.User_groups": Record(Purpose.SIGN_IN, ACCOUNT, subjects="user", who="id user group"),
    "accounts.User_user_permissions": Record(
        Purpose.SIGN_IN, ACCOUNT, subjects="user", who="id user permission"
    ),
    "accounts.Session": Record(
        Purpose.SIGN_IN,
        EIGHT_HOURS,
        subjects="user",
        who="user expire_date",
        hidden="session_key session_data",
    ),
    "organisation.Membership": Record(
        Purpose.ORGANISE,
        LEAVERS,
        subjects="user",
        who="id user team job_function valid_from valid_until",
    ),
    "organisation.Leadership": Record(
        Purpose.ORGANISE, LEAVERS, subjects="user", who="id user team valid_from valid_until"
    ),
    "organisation.Deputyship": Record(
        Purpose.ORGANISE,
        NO_LIMIT,
        subjects="user appointed_by ended_by",
        who="id user team valid_from valid_until",
        duty="appointed_by appointed_at ended_by ended_at",
    ),
    "organisation.ImportRun": Record(
        Purpose.ORGANISE,
        IMPORTS,
        subjects="created_by",
        who="files preview errors",
        duty="created_by created_at effective_on applied_at",
        nobody="id complete skip_errors state summary digest outdated plan_job apply_job"
        " announced_at",
    ),
    # Learning --------------------------------------------------------------------------------
    "progress.ModuleProgress": Record(
        Purpose.PROVE,
        LEDGER,
        subjects="user",
        a="id user module_key registration started_at completed_at completed_version elsewhere"
        " retracted",
    ),
    "progress.PartProgress": Record(
        Purpose.LEARN,
        LEDGER,
        subjects="user",
        a="id user module_key part_key completed_at latest_at",
    ),
    "progress.Attempt": Record(
        Purpose.LEARN,
        LEDGER,
        subjects="user",
        a="id user module_key part_key kind version started_at ended_at",
        b="steps drawn given_steps outcome score",
    ),
    "progress.Acknowledgement": Record(
        Purpose.PROVE,
        LEDGER,
        subjects="user",
        a="id user policy_key version sha256 acknowledged_at",
    ),
    "progress.CaseReading": Record(
        Purpose.LEARN,
        LEDGER,
        subjects="user",
        a="id user case_key read_at",
    ),
    "progress.RebuildRun": nothing("id mends started_at finished_at after people facts wrong"),
    "progress.Repair": Record(
        Purpose.ACCOUNT_FOR, NO_LIMIT, subjects="user", a="id at what row user before after"
    ),
    "certificates.Certificate": Record(
        Purpose.PROVE,
        ACCOUNT,
        subjects="user",
        a="id public_id token user module_key title registration statement_id valid_until"
        " name_shown shows_version shows_number language issued_at withdrawn_at expired_at",
        nobody="digest",
    ),
    "certificates.Opening": Record(
        Purpose.PROVE,
        ACCOUNT,
        subjects="certificate__user",
        a="id certificate opened_at until closed_at times_seen",
    ),
    "xapi.StatementRecord": Record(
        Purpose.PROVE, LEDGER, b="raw", nobody="position statement_id private trusted"
    ),
    "xapi.Mention": Record(Purpose.PROVE, LEDGER, a="key", nobody="position source"),
    "xapi.Document": Record(
        Purpose.LEARN,
        NO_LIMIT,
        b="context activity agent registration name content_type content",
        nobody="key kind etag updated_at",
    ),
    "xapi.AttachmentFile": Record(Purpose.PROVE, LEDGER, b="content", nobody="sha2"),
    "xapi.ForwardRefusal": Record(
        Purpose.RUN, LEDGER, b="answer", nobody="id target statement_id status refused_at"
    ),
    "xapi.Erasure": Record(
        Purpose.ACCOUNT_FOR,
        ALWAYS,
        who="subject pseudonym",
        nobody="id reduce position statements named_elsewhere targets begun_at finished_at",
    ),
    # Rolling out -----------------------------------------------------------------------------
    "rollout.Assignment": Record(
        Purpose.ROLL_OUT,
        LEAVERS,
        subjects="user",
        a="id user module_key round counts_from renewal due_on reason assigned_at withdrawn_at",
        d="wave",
    ),
    "rollout.Renewal": Record(
        Purpose.ROLL_OUT,
        NO_LIMIT,
        subjects="proposed_by decided_by",
        duty="proposed_by proposed_at decided_by decided_at refusal",
        nobody="id public_id module_key news done_before regions job_functions days state given_at",
    ),
    "rollout.AssignmentRecord": Record(
        Purpose.PROVE,
        NO_LIMIT,
        subjects="user",
        a="id user module_key round counts_from due_on assigned_at withdrawn_at recorded_at",
    ),
    "rollout.Trail": Record(
        Purpose.ACCOUNT_FOR,
        PROGRAMME,
        subjects="user",
        a="id programme user module_key kind reason at",
    ),
    "rollout.Invitation": Record(
        Purpose.ROLL_OUT,
        PROGRAMME,
        subjects="user",
        a="id programme user booking sequence method begins_on sent_at",
    ),
    "rollout.Exemption": Record(
        Purpose.ROLL_OUT,
        LEAVERS,
        subjects="user given_by ended_by",
        a="id programme user module_key reason until given_at ended_at ended_because",
        duty="given_by ended_by",
    ),
    "rollout.Withdrawal": Record(
        Purpose.PROVE,
        LEAVERS,
        subjects="user taken_by ended_by",
        a="id public_id user programme module_key round due_on reason taken_at ended_at"
        " ended_because",
        duty="taken_by ended_by",
    ),
    "rollout.Equivalence": Record(
        Purpose.PROVE,
        LEAVERS,
        subjects="user decided_by withdrawn_by",
        a="id public_id user module_key what place done_on told state asked_at decided_at refusal"
        " withdrawn_at withdrawn_because",
        duty="decided_by withdrawn_by",
    ),
    "rollout.Correction": Record(
        Purpose.ACCOUNT_FOR,
        CORRECTIONS,
        subjects="user decided_by",
        a="id public_id user about reference fact should_be state asked_at due_on decided_at"
        " answer",
        duty="decided_by",
    ),
    "rollout.EquivalenceProof": Record(
        Purpose.PROVE,
        PROOFS_OF_ELSEWHERE,
        subjects="equivalence__user",
        a="id equivalence extension content",
    ),
    "rollout.Programme": Record(
        Purpose.ROLL_OUT,
        PROGRAMME,
        subjects="created_by",
        duty="created_by created_at",
        nobody="id public_id title starts_on weeks session_size max_absent_percent managers_first"
        " joiner_days refresh_weeks earlier_weeks wave_weeks open_at_percent seed state",
    ),
    "rollout.ProgrammeItem": nothing(
        "id programme kind module_key title minutes regions job_functions position"
    ),
    "rollout.AudienceRule": nothing(
        "id programme excludes teams regions job_functions leaders_only joined_from joined_until"
        " position"
    ),
    "rollout.BandDeadline": nothing("id programme band week"),
    "rollout.Seats": nothing("id programme region week seats"),
    "rollout.TeamWish": Record(
        Purpose.ROLL_OUT, PROGRAMME, d="id programme team ready_week blackout_weeks reason"
    ),
    "rollout.Blocker": Record(
        Purpose.ROLL_OUT,
        PROGRAMME,
        subjects="solved_by",
        duty="solved_by solved_on solved_with",
        nobody="id programme region what since",
    ),
    "rollout.RolloutPlan": Record(
        Purpose.ROLL_OUT,
        PROGRAMME,
        subjects="made_by",
        d="risk_on input output moves",
        duty="made_by made_at adopted_at replaced_at reason",
        nobody="id public_id programme number method replans seed state",
    ),
    "rollout.Calculation": Record(
        Purpose.ROLL_OUT,
        CALCULATIONS,
        subjects="asked_by",
        d="asked day input result",
        duty="asked_by asked_at question",
        nobody="id programme plan state made job finished_at",
    ),
    "rollout.Booking": Record(Purpose.ROLL_OUT, PROGRAMME, d="id public_id plan team week people"),
    "rollout.Wave": Record(Purpose.ROLL_OUT, PROGRAMME, d="id programme number opens_on opened_at"),
    "rollout.WaveTeam": Record(Purpose.ROLL_OUT, PROGRAMME, d="id programme wave team"),
    "rollout.WaveFirmness": Record(Purpose.STEER, PROGRAMME, d="id plan team kept"),
    "monitoring.Digest": Record(Purpose.REMIND, LEAVERS, subjects="user", a="id user day state"),
    "monitoring.Nudge": Record(
        Purpose.REMIND,
        NO_LIMIT,
        subjects="asked_by",
        duty="asked_by day",
        nobody="id team finished_at",
    ),
    "monitoring.ExposureDay": Record(
        Purpose.STEER,
        PROGRAMME,
        d="id programme day plan people protected risk protected_risk low high planned_low"
        " planned_high leaders leaders_due leaders_in_time joiners joiners_due joiners_in_time"
        " counted_at",
    ),
    "monitoring.ExposurePoint": Record(
        Purpose.STEER,
        PROGRAMME,
        d="id counted region band teams people protected risk protected_risk planned_people"
        " planned_risk last_day expected in_time",
    ),
    "monitoring.Counted": Record(Purpose.RUN, NO_LIMIT, subjects="user", a="user counted"),
    "monitoring.CountedAttempt": Record(
        Purpose.STEER, A_YEAR, subjects="attempt__user", a="attempt counted_on"
    ),
    "monitoring.CountChange": Record(
        Purpose.STEER, A_MINUTE, a="id team module_key state due_on since people"
    ),
    "monitoring.TeamCount": Record(
        Purpose.STEER, NO_LIMIT, a="id team module_key state due_on since people"
    ),
    "monitoring.TeamRegion": nothing("team region"),
    "monitoring.RegionCount": Record(
        Purpose.STEER, NO_LIMIT, a="id region module_key state due_on since people"
    ),
    # Risk of teams ---------------------------------------------------------------------------
    "risk.RiskProfile": Record(
        Purpose.STEER,
        ALWAYS,
        subjects="proposed_by decided_by",
        d="id team number state power information access exposure signals provisional"
        " review_due_on batch",
        duty="proposed_by proposed_at decided_by decided_at decision_reason",
    ),
    "risk.FactorJudgement": Record(
        Purpose.STEER,
        ALWAYS,
        d="id profile factor reason source_kind source source_date uncertainty",
    ),
    "organisation.HighRiskMark": Record(
        Purpose.STEER, ALWAYS, d="id job_function high_risk since recorded_at"
    ),
    "organisation.JobFunction": Record(
        Purpose.ORGANISE, NO_LIMIT, d="high_risk", nobody="id external_id name"
    ),
    "organisation.Team": nothing("id public_id external_id name region parent active"),
    # Groups ----------------------------------------------------------------------------------
    "disclosure.Tally": Record(
        Purpose.STEER, NO_LIMIT, b="counts sums", nobody="id name structure until"
    ),
    "disclosure.Release": nothing("id name number until made_at k structure figures measures"),
    # Looking ---------------------------------------------------------------------------------
    "privacy.Look": Record(
        Purpose.ACCOUNT_FOR,
        LOOKS,
        subjects="viewer people",
        duty="id viewer page at",
        who="people everybody",
    ),
    "privacy.CouncilDecision": Record(
        Purpose.ACCOUNT_FOR,
        ALWAYS,
        subjects="recorded_by",
        duty="recorded_by recorded_at",
        nobody="id public_id facility decided_on reference conditions begins_on until",
    ),
    "privacy.CouncilStep": Record(
        Purpose.ACCOUNT_FOR, ALWAYS, subjects="by", duty="by at reason", nobody="id decision kind"
    ),
    # Work in the background, and what is told to it ------------------------------------------
    "core.Job": Record(
        Purpose.RUN,
        THIRTY_DAYS,
        who="arguments",
        nobody="id task key state enqueued_at sent_at started_at finished_at attempts error"
        " progress_done progress_total",
    ),
    "core.BrokerMessage": nothing("id queue body"),
    "core.WorkerPulse": nothing("name seen_at"),
    "xapi.StatementId": nothing("id position"),
    "xapi.Reference": nothing("position statement_id target voids"),
    "xapi.Activity": nothing("key iri type definition"),
    "xapi.Credential": Record(
        Purpose.SECURE,
        NO_LIMIT,
        hidden="secret_hash",
        nobody="id key name scopes activity_prefix trusted rate_limit version created_at"
        " expires_at revoked_at",
    ),
    "xapi.Usage": nothing("credential minute requests"),
    "xapi.ForwardTarget": Record(
        Purpose.RUN,
        NO_LIMIT,
        hidden="sealed_secret",
        nobody="id name endpoint key version activity_prefixes verbs batch_size position paused_at"
        " failures last_error try_again_at delivered last_delivered_at created_at",
    ),
    "xapi.LooseFile": nothing("sha2"),
    "xapi.RetentionRule": nothing("id activity_type months action position"),
    # Content ---------------------------------------------------------------------------------
    "questions.Question": nothing(
        "id latest_revision live has_unpublished_changes first_published_at last_published_at"
        " live_revision go_live_at expire_at expired polymorphic_ctype key prompt explanation"
        " options policy_label policy_url tags parallel"
    ),
    "questions.QuizVersion": nothing("id quiz_key digest body created_at"),
    "scenarios.Scenario": nothing("id key language ifid title origin live_version"),
    "scenarios.ScenarioVersion": nothing("id scenario number digest source graph created_at"),
    "cursussen.SecondPersonApprovalTask": nothing("task_ptr"),
    "cursussen.BasePage": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="owner locked_by",
        duty="owner locked_by",
        nobody=f"{_PAGE} key review_on",
    ),
    "cursussen.AcceptedFinding": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="accepted_by",
        duty="accepted_by accepted_at",
        nobody="id page digest kind reason",
    ),
    "cursussen.Picture": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="uploaded_by_user judged_by",
        duty="uploaded_by_user created_at judged_by judged_at",
        nobody="id collection title description width height focal_point_x focal_point_y"
        " focal_point_width focal_point_height file_size file_hash file proposal",
    ),
    "cursussen.PictureRendition": nothing("id filter_spec file width height focal_point_key image"),
    "cursussen.File": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="uploaded_by_user",
        duty="uploaded_by_user created_at",
        nobody="id collection title file_size file_hash file",
    ),
    "cursussen.CaseIndexPage": nothing("basepage_ptr intro"),
    "cursussen.CasePage": nothing(
        "basepage_ptr picture picture_alt summary sections origin source functions phase example"
        " lesson received_on embargo sensitivity practice policy"
    ),
    "cursussen.CasePage_themes": nothing("id casepage theme"),
    "cursussen.HomePage": nothing("basepage_ptr"),
    "cursussen.StrandPage": nothing("basepage_ptr summary"),
    "cursussen.InfoPage": nothing("basepage_ptr body"),
    "cursussen.LoadedText": nothing("id page path digest revision_id loaded_at"),
    "cursussen.ModulePage": nothing(
        "basepage_ptr picture picture_alt summary intro goals minutes for_everyone days_to_complete"
    ),
    "cursussen.ModulePage_themes": nothing("id modulepage theme"),
    "cursussen.LessonPage": nothing("basepage_ptr summary minutes body sources"),
    "cursussen.QuizPage": nothing("basepage_ptr summary minutes questions"),
    "cursussen.ScenarioPage": nothing("basepage_ptr summary minutes scenario_key"),
    "cursussen.ContentStamp": nothing("id value"),
    "cursussen.ModulePage_outcomes": nothing("id modulepage outcome"),
    "cursussen.Theme": nothing(
        "id slug name order goal from_word from_text to_word to_text loaded"
    ),
    "cursussen.Outcome": nothing("id key theme order text loaded"),
    "cursussen.Goal": nothing("id key order is_main name text loaded"),
    "cursussen.Term": nothing("id key name meaning is_shown loaded"),
    "cursussen.PolicyIndexPage": nothing("basepage_ptr"),
    "cursussen.PolicyPage": nothing(
        "basepage_ptr summary body owner_name holds_from source source_url situations asked_of"
        " days_to_read changes is_minor standing merged_into ended_because regions search_words"
        " contact"
    ),
    "cursussen.PolicyPage_job_functions": nothing("id policypage jobfunction"),
    "cursussen.PolicyPage_holds_for": nothing("id policypage jobfunction"),
    "cursussen.PolicyPage_dilemmas": nothing("id policypage scenariopage"),
    "cursussen.PolicyVersion": nothing(
        "id policy_key number title text sha256 changes is_minor published_at"
    ),
    "cursussen.StoryIndexPage": nothing("basepage_ptr"),
    "cursussen.StoryPage": nothing(
        "basepage_ptr story_key language ifid theme goal signals functions classification source"
        " pass_rule version counters scenes kept"
    ),
}
# What libraries keep, of the models that tell something of persons.
LIBRARIES: dict[str, Record] = {
    "axes.AccessAttempt": Record(
        Purpose.SECURE,
        COOLING_OFF,
        who="username ip_address user_agent http_accept path_info attempt_time get_data post_data"
        " failures_since_start",
        nobody="id",
    ),
    "wagtailusers.UserProfile": Record(
        Purpose.PUBLISH, ACCOUNT, subjects="user", who=f"id user {_ACCOUNT_OF_WAGTAIL}"
    ),
    "wagtailadmin.EditingSession": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="user",
        duty="user last_seen_at is_editing",
        nobody="id content_type object_id",
    ),
    "wagtailadmin.FormState": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="user",
        duty="user last_updated_at",
        nobody="id data content_type object_id parent_object_id",
    ),
    "wagtailcore.APIToken": Record(
        Purpose.SECURE,
        ACCOUNT,
        subjects="user",
        duty="user name created revoked_at last_used_at",
        hidden="key_hash prefix",
        nobody="id",
    ),
    "wagtailcore.ModelLogEntry": Record(
        Purpose.ACCOUNT_FOR,
        NO_LIMIT,
        subjects="user",
        who="label data",
        duty=f"user {_LOG} object_id",
    ),
    "wagtailcore.PageLogEntry": Record(
        Purpose.ACCOUNT_FOR,
        NO_LIMIT,
        subjects="user",
        who="label data",
        duty=f"user {_LOG} page",
    ),
    "wagtailcore.Revision": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="user",
        duty="user created_at object_str",
        nobody="id content_type base_content_type object_id content approved_go_live_at",
    ),
    "wagtailcore.UploadedFile": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="uploaded_by_user",
        duty="uploaded_by_user",
        nobody="id for_content_type file",
    ),
    "wagtailcore.WorkflowState": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="requested_by",
        duty="requested_by created_at",
        nobody="id content_type base_content_type object_id workflow status current_task_state",
    ),
    "wagtailcore.TaskState": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="finished_by",
        duty="finished_by finished_at comment",
        nobody="id workflow_state revision task status started_at content_type",
    ),
    "wagtailcore.Comment": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="user resolved_by",
        duty="user text created_at updated_at resolved_at resolved_by",
        nobody="id page contentpath position revision_created",
    ),
    "wagtailcore.CommentReply": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="user",
        duty="user text created_at updated_at",
        nobody="id comment",
    ),
    "wagtailcore.PageSubscription": Record(
        Purpose.PUBLISH,
        CONTENT,
        subjects="user",
        duty="user page comment_notifications",
        nobody="id",
    ),
}
REGISTER = OURS | LIBRARIES
# Libraries whose other models tell nothing of persons: none of those may lead to a user.
OTHER_LIBRARIES = {
    "auth", "axes", "contenttypes", "taggit", "wagtailadmin", "wagtailcore", "wagtaildocs",
    "wagtailimages", "wagtailsearch", "wagtailusers",
}  # fmt: skip
# Tables that are there and stay empty: ours stand in their place, or a setting turns them off.
EMPTY = {
    "axes.AccessFailureLog", "axes.AccessLog", "wagtaildocs.Document", "wagtailimages.Image",
}  # fmt: skip


NAMES: dict[str, Promise] = {
    "accounts.User_groups": _("rollen"),
    "accounts.User_user_permissions": _("losse rechten"),
    "accounts.Session": _("aanmeldingen"),
    "axes.AccessAttempt": _("mislukte aanmeldingen"),
    "cursussen.BasePage": _("pagina’s"),
    "cursussen.AcceptedFinding": _("vondsten die in een casus mogen blijven staan"),
    "cursussen.Picture": _("beelden"),
    "cursussen.File": _("bestanden"),
    "wagtailadmin.EditingSession": _("geopende pagina’s in het CMS"),
    "wagtailadmin.FormState": _("bewaarde formulieren in het CMS"),
    "wagtailcore.APIToken": _("sleutels voor het CMS"),
    "wagtailcore.ModelLogEntry": _("logboek van het CMS"),
    "wagtailcore.PageLogEntry": _("logboek van pagina’s"),
    "wagtailcore.Revision": _("versies van pagina’s"),
    "wagtailcore.UploadedFile": _("bestanden op weg naar het CMS"),
    "wagtailcore.WorkflowState": _("ter goedkeuring aangeboden"),
    "wagtailcore.TaskState": _("goedkeuringen"),
    "wagtailcore.Comment": _("opmerkingen bij pagina’s"),
    "wagtailcore.CommentReply": _("antwoorden op opmerkingen"),
    "wagtailcore.PageSubscription": _("gevolgde pagina’s"),
}


def name_of(label: str) -> str:
    """What people call the rows of this model."""
    return str(NAMES.get(label) or apps.get_model(label)._meta.verbose_name_plural)
