from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kheo.documents.models import Document
from kheo.organizations.models import Organization


class SurveyForm(models.Model):
    """A version of a questionnaire. Frozen by its first survey; a change makes the next version."""

    code = models.SlugField(_("code"), max_length=20, help_text=_("For example PKS07"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    name = models.CharField(_("name"), max_length=200)
    intro = models.TextField(_("what people read first"), blank=True)
    publish_from = models.PositiveSmallIntegerField(_("results are published from this many answers"), default=5)
    basis = models.ForeignKey(Document, verbose_name=_("guide"), null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("from"))
    frozen_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["code", "-version"]
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="feedback_form_version"),
            models.CheckConstraint(condition=Q(publish_from__gte=5), name="feedback_at_least_five"),
        ]

    def __str__(self) -> str:
        return self.name


class Question(models.Model):
    """One question: five degrees, a choice, or words."""

    class Kind(models.TextChoices):
        SCALE = "scale", _("Five degrees of satisfaction")
        CHOICE = "choice", _("One of the choices")
        TEXT = "text", _("In words")

    form = models.ForeignKey(SurveyForm, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("question"), max_length=400)
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.SCALE)
    choices = models.JSONField(_("choices"), default=list, blank=True)
    required = models.BooleanField(_("required"), default=True)

    class Meta:
        ordering = ["form", "order"]
        verbose_name = _("survey question")
        verbose_name_plural = _("survey questions")
        constraints = [models.UniqueConstraint(fields=["form", "order"], name="feedback_question_order")]

    def __str__(self) -> str:
        return self.text


class Survey(models.Model):
    """A questionnaire asked about one unit over some days, at an address that a QR code carries."""

    form = models.ForeignKey(SurveyForm, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="surveys")
    unit = models.ForeignKey(Organization, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="surveys")
    token = models.CharField(max_length=24, unique=True)
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("last day"))
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by_name = models.CharField(max_length=150)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-opens_on", "-pk"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.UniqueConstraint(fields=["form", "unit", "opens_on"], name="feedback_survey_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="feedback_survey_span"),
        ]

    def __str__(self) -> str:
        return f"{self.form}: {self.unit}"


class Response(models.Model):
    """One person's answers. Nothing of the person is kept: no name, no address on the network, no
    moment, only the day; `visit` is a digest of the visit's one-time token, so that sending twice counts once."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="responses")
    day = models.DateField()
    visit = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("survey response")
        verbose_name_plural = _("survey responses")

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    """The answer to one question: a degree, the position of a choice, or words."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.CharField(max_length=1000, blank=True)

    class Meta:
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")
        constraints = [models.UniqueConstraint(fields=["response", "question"], name="feedback_answer_once")]

    def __str__(self) -> str:
        return str(self.value or self.text)
