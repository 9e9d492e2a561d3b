from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.movements.models import Cycle, Field, Subject
from kheo.organizations.models import Organization
from kheo.practices import rules


class StateChoices(models.TextChoices):
    """The words of rules.State on the screen."""

    DRAFT = rules.State.DRAFT.value, _("Draft")
    SUBMITTED = rules.State.SUBMITTED.value, _("Submitted")
    RETURNED = rules.State.RETURNED.value, _("Returned for completion")
    LISTED = rules.State.LISTED.value, _("Approved for the list")
    RUNNING = rules.State.RUNNING.value, pgettext_lazy("state of a practice", "Running")
    PROPOSED = rules.State.PROPOSED.value, _("Proposed for recognition")
    EVALUATING = rules.State.EVALUATING.value, _("Being evaluated")
    RECOGNIZED = rules.State.RECOGNIZED.value, _("Recognized")
    NOT_RECOGNIZED = rules.State.NOT_RECOGNIZED.value, _("Not recognized")
    DEFERRED = rules.State.DEFERRED.value, _("Moved to next year")
    EXEMPLARY = rules.State.EXEMPLARY.value, _("Exemplary")
    STOPPED = rules.State.STOPPED.value, _("Ended")
    WITHDRAWN = rules.State.WITHDRAWN.value, _("Withdrawn")
    REVOKED = rules.State.REVOKED.value, _("Recognition revoked")


FACETS = ("state", "cycle", "field", "ward", "kind", "subject", "parent")
"""What the filters of the public list ask, in the order of its indexes."""


class Practice(models.Model):
    """A model (mô hình) or exemplar (điển hình) registered in one cycle of a movement."""

    class Kind(models.TextChoices):
        MODEL = "model", _("Model")
        EXEMPLAR = "exemplar", _("Exemplar")

    class Stage(models.TextChoices):
        NEW = "new", _("Newly registered")
        CONTINUED = "continued", _("Already running")

    # Identity
    cycle = models.ForeignKey(Cycle, verbose_name=_("cycle"), on_delete=models.PROTECT, related_name="practices")
    receipt_number = models.CharField(_("receipt number"), max_length=30, unique=True, null=True, blank=True)
    access_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=160, unique=True, null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.MODEL)
    subject = models.CharField(_("carried out by"), max_length=12, choices=Subject.choices, default=Subject.COLLECTIVE)
    stage = models.CharField(_("new or running"), max_length=10, choices=Stage.choices, default=Stage.NEW)
    field = models.ForeignKey(Field, verbose_name=_("main field"), null=True, blank=True, on_delete=models.PROTECT, related_name="practices")
    second_field = models.ForeignKey(Field, verbose_name=_("second field"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    # Who: a unit of the list, or free text inside a known ward
    organization = models.ForeignKey(Organization, verbose_name=_("registering unit"), null=True, blank=True, on_delete=models.PROTECT, related_name="practices")
    organization_text = models.CharField(_("other unit or person"), max_length=200, blank=True)
    ward = models.ForeignKey(Organization, verbose_name=_("ward or commune"), null=True, blank=True, on_delete=models.PROTECT, related_name="ward_practices", help_text=_("The area unit whose officers receive it"))
    contact_name = models.CharField(_("contact person"), max_length=150, blank=True)
    contact_phone = models.CharField(_("contact phone"), max_length=30, blank=True)
    contact_email = models.EmailField(_("contact e-mail"), blank=True)

    # The nine boxes of the registration form
    title = models.CharField(_("name of the practice"), max_length=300, blank=True)
    situation = models.TextField(_("present situation and reason"), blank=True)
    objectives = models.TextField(_("objectives"), blank=True)
    content = models.TextField(_("what is done and how"), blank=True)
    area_text = models.CharField(_("area and people concerned"), max_length=500, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    review_on = models.DateField(_("to be evaluated on"), null=True, blank=True)
    schedule = models.TextField(_("schedule"), blank=True)
    sustainability = models.TextField(_("how it can be kept up and spread"), blank=True)
    summary = models.TextField(_("summary for the public"), blank=True)

    # Replication
    parent = models.ForeignKey("self", verbose_name=_("replicated from"), null=True, blank=True, on_delete=models.PROTECT, related_name="replicas")
    adaptation = models.TextField(_("what was adapted"), blank=True)
    # The same practice carried on from an earlier cycle
    continues = models.ForeignKey("self", verbose_name=_("continues"), null=True, blank=True, on_delete=models.PROTECT, related_name="continued_by")

    # State
    state = models.CharField(_("state"), max_length=16, choices=StateChoices.choices, default=StateChoices.DRAFT)
    state_since = models.DateTimeField(_("since"))
    version = models.PositiveIntegerField(default=1, editable=False)
    draft = models.JSONField(null=True, blank=True, editable=False, help_text="Autosaved form data, kept until the form is sent")
    draft_saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    registered_at = models.DateTimeField(_("registered at"), null=True, blank=True)
    on_time = models.BooleanField(_("on time"), default=True)
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("registered by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="registered_practices")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Derived for search, sorting and duplicate checks; rebuilt by `kheo rebuild practices`
    folded = models.CharField(max_length=600, editable=False, blank=True)
    title_folded = models.CharField(max_length=320, editable=False, blank=True)
    sort_key = models.CharField(max_length=400, editable=False, blank=True)

    class Meta:
        ordering = ["-registered_at", "-id"]
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        indexes = [
            models.Index(fields=["cycle", "state"]),
            models.Index(fields=["ward", "state"]),
            models.Index(fields=["state", "state_since"]),
            models.Index(fields=["sort_key"]),
            models.Index(fields=["title_folded"]),
            # These cover what the public list asks, so that it never walks the wide table: the counts
            # beside its filters and the newest first; by name; search with its order; replicas.
            models.Index(fields=[*FACETS, "registered_at"], name="practices_facets"),
            models.Index(fields=[*FACETS, "sort_key"], name="practices_names"),
            models.Index(fields=[*FACETS, "registered_at", "folded", "title"], name="practices_search"),
            # The same for the desk: who sees a row stands first, then what its filters and search ask.
            models.Index(fields=["ward", "organization", "state", "registered_by", "cycle", "field", "folded"], name="practices_desk"),
            models.Index(fields=["-registered_at", "-id"], name="practices_newest"),
            models.Index(fields=["parent", "state"], condition=Q(parent__isnull=False), name="practices_replicas"),
        ]
        constraints = [
            # Whatever the public may read has an address.
            models.CheckConstraint(condition=Q(slug__isnull=False) | ~Q(state__in=sorted(rules.PUBLIC_STATES)), name="practices_public_address"),
            models.CheckConstraint(
                condition=Q(state=StateChoices.DRAFT) | Q(state=StateChoices.WITHDRAWN)
                | (~Q(title="") & Q(field__isnull=False) & Q(receipt_number__isnull=False)),
                name="practices_registered_complete",
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="practices_other_parent"),
            models.CheckConstraint(condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="practices_dates"),
        ]

    def __str__(self) -> str:
        return self.title or str(_("(no name yet)"))


class PracticeArea(models.Model):
    """A unit of area in which the practice is carried out."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="areas")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [models.UniqueConstraint(fields=["practice", "organization"], name="practices_area_once")]

    def __str__(self) -> str:
        return str(self.organization)


class Transition(models.Model):
    """One hand-over or change of state. A row per step; no columns per administrative level."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="transitions")
    verb = models.CharField(max_length=24)
    from_state = models.CharField(max_length=16, choices=StateChoices.choices)
    to_state = models.CharField(max_length=16, choices=StateChoices.choices)
    reason = models.TextField(blank=True)
    document = models.ForeignKey("documents.Document", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        indexes = [models.Index(fields=["practice", "at"])]

    def __str__(self) -> str:
        return f"{self.practice} {self.verb}"


class Message(models.Model):
    """Guidance, a returned remark or an answer in the thread between the ward and the unit."""

    class Kind(models.TextChoices):
        GUIDANCE = "guidance", _("Guidance")
        REMARK = "remark", _("Remark on return")
        ANSWER = "answer", _("Answer")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField(_("text"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return self.text[:60]
