"""The ledger's tables.

``StatementRecord`` and ``Mention`` are divided by year (PostgreSQL partitions by position), so
that a year can be dropped; ``leer.xapi.store.partitions`` makes the years.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StatementId(models.Model):
    """One row per statement: its id, and where it is. This is what makes an id unique: a table
    that is divided by time cannot.
    """

    id = models.UUIDField(primary_key=True)
    position = models.BigIntegerField()

    class Meta:
        verbose_name = _("id van een feit")
        verbose_name_plural = _("id's van feiten")

    def __str__(self) -> str:
        return str(self.id)


class StatementRecord(models.Model):
    """One row per learning fact, for ever: only the rules of retention and of erasure touch it.

    ``position`` is its place in the order of storing; the moment is in it
    (``store.positions``). ``raw`` is the statement as JSON, served to the byte. ``private`` is
    class B of the domain document: what one person chose, answered or scored; such a statement
    is for the person and for rebuilding progress, and leaves by no other way. ``trusted`` may
    count for progress: Leer wrote it, or a credential that is trusted for that.
    """

    position = models.BigIntegerField(primary_key=True)
    statement_id = models.UUIDField()
    private = models.BooleanField()
    trusted = models.BooleanField()
    raw = models.TextField()

    class Meta:
        verbose_name = _("feit in het grootboek")
        verbose_name_plural = _("feiten in het grootboek")

    def __str__(self) -> str:
        return str(self.statement_id)


class Mention(models.Model):
    """One row per value that a statement can be found by (``statements.keys``).

    ``source`` is the position of the statement that says so: the statement itself, or one that
    it points to, since a statement is found by what its target says too (Communication, 2.1.3).
    Private statements have one key, their person.
    """

    pk = models.CompositePrimaryKey("key", "position", "source")
    key = models.UUIDField()
    position = models.BigIntegerField()
    source = models.BigIntegerField()

    class Meta:
        verbose_name = _("vindplaats")
        verbose_name_plural = _("vindplaatsen")

    def __str__(self) -> str:
        return f"{self.key} @ {self.position}"


class Reference(models.Model):
    """One row per statement whose object is another statement, known or not (``target``).

    ``voids`` tells that it takes that one back; which counts unless the target voids too.
    """

    position = models.BigIntegerField(primary_key=True)
    statement_id = models.UUIDField()
    target = models.UUIDField()
    voids = models.BooleanField()

    class Meta:
        verbose_name = _("verwijzing")
        verbose_name_plural = _("verwijzingen")
        indexes: ClassVar = [
            models.Index(fields=["target"], name="reference_target"),
            models.Index(fields=["statement_id"], name="reference_statement"),
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} → {self.target}"


class Activity(models.Model):
    """One row per activity of which a definition was seen: the definition that the ledger gives
    out, in which later words for the same property replaced earlier ones. ``key`` is the hash
    of the IRI (``statements.keys``): an IRI may be longer than what an index holds.
    """

    key = models.UUIDField(primary_key=True)
    iri = models.TextField()
    type = models.TextField(blank=True, help_text="the IRI of its type")
    definition = models.TextField(help_text="JSON")

    class Meta:
        verbose_name = _("activiteit")
        verbose_name_plural = _("activiteiten")

    def __str__(self) -> str:
        return self.iri


class AttachmentFile(models.Model):
    """The bytes of attachments, once for each content, known by their SHA-2."""

    sha2 = models.CharField(max_length=128, primary_key=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("bijlage")
        verbose_name_plural = _("bijlagen")

    def __str__(self) -> str:
        return self.sha2


class DocumentKind(models.TextChoices):
    """Which document resource (Communication, 2.3, 2.6 and 2.7)."""

    STATE = "state", _("toestand")
    ACTIVITY_PROFILE = "activity-profile", _("profiel van een activiteit")
    AGENT_PROFILE = "agent-profile", _("profiel van een persoon")


class Document(models.Model):
    """One row per document that a client keeps here.

    ``key`` is the hash of kind, activity, agent, registration and name; ``context`` of the
    first three. ``agent`` is an identifier as in ``Actor.identifiers``; ``etag`` the SHA-1 of
    the content, in hexadecimal.
    """

    key = models.UUIDField(primary_key=True)
    context = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20, choices=DocumentKind)
    activity = models.TextField(blank=True)
    agent = models.TextField(blank=True)
    registration = models.UUIDField(null=True)
    name = models.TextField(help_text="stateId or profileId")
    content_type = models.TextField()
    content = models.BinaryField()
    etag = models.CharField(max_length=40)
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documenten")
        indexes: ClassVar = [models.Index(fields=["agent"], name="document_agent")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class Credential(models.Model):
    """One row per key with which another system comes in. Never deleted: statements name it.

    The secret is shown once and kept as a hash. ``scopes`` are the specification's
    (Communication, 4.2). ``trusted`` lets its statements about Leer's activities count for
    progress. ``rate_limit`` is requests a minute; null means no limit.
    """

    OLD, NEW = "1.0.3", "2.0.0"

    key = models.CharField(max_length=60, unique=True)
    secret_hash = models.CharField(max_length=64)
    name = models.CharField(_("naam"), max_length=100, unique=True)
    scopes = models.JSONField(_("rechten"), default=list)
    activity_prefix = models.TextField(_("alleen activiteiten die beginnen met"), blank=True)
    trusted = models.BooleanField(_("telt mee voor voortgang"), default=False)
    rate_limit = models.PositiveIntegerField(_("verzoeken per minuut"), null=True, blank=True)
    version = models.CharField(
        _("xAPI-versie"),
        max_length=10,
        choices=[(OLD, OLD), (NEW, NEW)],
        default=NEW,
        help_text=_("Voor antwoorden op een verzoek dat zelf geen versie noemt."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("geldig tot"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("ingetrokken"), null=True, blank=True)

    class Meta:
        verbose_name = _("sleutel")
        verbose_name_plural = _("sleutels")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rate_limit__isnull=True) | Q(rate_limit__gt=0),
                name="credential_rate_limit_positive",
                violation_error_message=_("Kies een getal boven nul, of laat het leeg."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Usage(models.Model):
    """Requests of one credential in one minute; kept only for credentials with a limit."""

    pk = models.CompositePrimaryKey("credential", "minute")
    credential = models.ForeignKey(Credential, on_delete=models.CASCADE)
    minute = models.BigIntegerField(help_text="minutes since 1970")
    requests = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("gebruik van een sleutel")
        verbose_name_plural = _("gebruik van sleutels")

    def __str__(self) -> str:
        return f"{self.credential_id}: {self.requests}"


class ForwardTarget(models.Model):
    """One row per other LRS that gets this ledger's statements (``leer.xapi.forwarding``).

    ``position`` is how far it got: every statement up to and including this place was delivered
    there, set aside (``ForwardRefusal``), or is not for this target. ``sealed_secret`` is
    encrypted under the installation's own key; nothing shows it again. ``activity_prefixes`` and
    ``verbs`` say what it gets; empty means everything that may leave. ``failures`` counts tries
    in a row that failed; ``last_error`` tells the last one, without secrets; before
    ``try_again_at`` nobody tries. ``delivered`` counts statements, not tries.
    """

    name = models.CharField(_("naam"), max_length=100, unique=True)
    endpoint = models.CharField(_("adres"), max_length=500)
    key = models.CharField(_("sleutel"), max_length=200)
    sealed_secret = models.TextField(editable=False)
    version = models.CharField(
        _("xAPI-versie"),
        max_length=10,
        choices=[(Credential.OLD, Credential.OLD), (Credential.NEW, Credential.NEW)],
        default=Credential.NEW,
    )
    activity_prefixes = models.JSONField(
        _("alleen activiteiten die beginnen met"), default=list, blank=True
    )
    verbs = models.JSONField(_("alleen deze werkwoorden"), default=list, blank=True)
    batch_size = models.PositiveSmallIntegerField(_("feiten per keer"), default=250)
    position = models.BigIntegerField(default=-1, editable=False)
    paused_at = models.DateTimeField(_("gepauzeerd"), null=True, blank=True)
    failures = models.PositiveIntegerField(_("keer achter elkaar mislukt"), default=0)
    last_error = models.CharField(_("laatste fout"), max_length=500, blank=True)
    try_again_at = models.DateTimeField(_("volgende poging"), null=True, blank=True)
    delivered = models.BigIntegerField(_("afgeleverd"), default=0)
    last_delivered_at = models.DateTimeField(_("laatst afgeleverd"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("doel voor doorsturen")
        verbose_name_plural = _("doelen voor doorsturen")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(batch_size__gte=1) & Q(batch_size__lte=500),
                name="forward_target_batch_size",
                violation_error_message=_("Kies een getal van 1 tot en met 500."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ForwardRefusal(models.Model):
    """One row per statement that a target did not take, so that one bad statement stops nobody.

    ``status`` is the target's HTTP status: 400 or 413 is a statement that it does not want; 409
    says that it has this id already, which counts as delivered and is noted. ``answer`` is the
    beginning of what the target said. A row goes when the statement is taken after all
    (``forwarding.targets.try_refused_again``), or with its target.
    """

    target = models.ForeignKey(ForwardTarget, on_delete=models.CASCADE, related_name="refusals")
    statement_id = models.UUIDField()
    status = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=500, blank=True)
    refused_at = models.DateTimeField()

    class Meta:
        verbose_name = _("geweigerd feit")
        verbose_name_plural = _("geweigerde feiten")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["target", "statement_id"],
                name="forward_refusal_once",
                violation_error_message=_("Dit feit staat hier al."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.statement_id} ({self.status})"


class Erasure(models.Model):
    """One row per person who is taken out of the ledger (``leer.xapi.erasure``).

    While it runs, ``subject`` says who it is and ``pseudonym`` what comes in the place, so that it
    can go on after an interruption; ``position`` is how far the ledger was looked through for
    what no key finds. When it is finished both are forgotten: nothing links the two any more.
    What stays is that it was done: when, how, to how many statements, and how many of those each
    forwarding target (``targets``, by name) had been given.
    """

    reduce = models.BooleanField(help_text="erased, not only pseudonymised")
    subject = models.JSONField(null=True, help_text="identifiers and names")
    pseudonym = models.UUIDField(null=True)
    position = models.BigIntegerField(default=-1)
    statements = models.PositiveBigIntegerField(default=0)
    named_elsewhere = models.PositiveBigIntegerField(default=0)
    targets = models.JSONField(default=dict)
    begun_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("wissing")
        verbose_name_plural = _("wissingen")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True)
                | Q(subject__isnull=True, pseudonym__isnull=True),
                name="erasure_forgets_whom",
                violation_error_message=_("Wat klaar is, weet niet meer om wie het ging."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d}"


class LooseFile(models.Model):
    """One row per attachment file that a statement let go of: to be looked at, and removed when no
    other statement names it (``leer.xapi.store.loose``).
    """

    sha2 = models.CharField(max_length=128, primary_key=True)

    class Meta:
        verbose_name = _("losse bijlage")
        verbose_name_plural = _("losse bijlagen")

    def __str__(self) -> str:
        return self.sha2


class RetentionRule(models.Model):
    """One row per activity type that is kept for a time: what happens to statements about it that
    were stored longer ago. ``*`` is for the types without a rule of their own; without any rule
    a statement stays. ``position``: up to here the rule was applied.
    """

    class Action(models.TextChoices):
        """What happens when the time is over."""

        PSEUDONYMISE = "pseudonymise", _("pseudonimiseren")
        DROP = "drop", _("verwijderen")

    REST = "*"

    activity_type = models.CharField(_("soort activiteit"), max_length=500, unique=True)
    months = models.PositiveSmallIntegerField(_("maanden bewaren"))
    action = models.CharField(_("daarna"), max_length=20, choices=Action)
    position = models.BigIntegerField(default=-1, editable=False)

    class Meta:
        verbose_name = _("bewaarregel")
        verbose_name_plural = _("bewaarregels")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(months__gte=1),
                name="retention_at_least_a_month",
                violation_error_message=_("Bewaar minstens een maand."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_type}: {self.months}"
