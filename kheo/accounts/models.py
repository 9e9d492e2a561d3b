from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from kheo.core.rules import text
from kheo.organizations.models import Organization


class Role(models.TextChoices):
    """What a position lets its holder do, inside the subtree of its unit."""

    REGISTRANT = "registrant", _("Registrant")
    RECEIVER = "receiver", _("Officer")
    EVALUATOR = "evaluator", _("Evaluator")
    LEADER = "leader", _("Leader")
    EDITOR = "editor", _("Editor")
    ONE_STOP = "one_stop", _("One-stop officer")
    AUDITOR = "auditor", _("Auditor")
    ADMIN = "admin", _("Administrator")


# Roles whose holders must confirm sign-in with a second factor once they have set one up.
STAFF_ROLES = frozenset(Role.values) - {Role.REGISTRANT.value}


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Create a person who can sign in. Gives no rights: rights come from positions."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """For `kheo createsuperuser`: the technical owner of an installation."""
        return self.create_user(username, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """User names are case-insensitive."""
        return self.get(username__iexact=username or "")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. The full name is one field, sorted by its last word (given name)."""

    username = models.CharField(_("user name"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    sort_key = models.CharField(max_length=400, editable=False, db_index=True)
    name_folded = models.CharField(max_length=200, editable=False, default="")
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="vi")
    wants_digest = models.BooleanField(_("daily e-mail of waiting work"), default=True)
    digest_sent_on = models.DateField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)  # +1 ends every open session
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name", "email"]

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("username"), name="accounts_username_any_case")]

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the Vietnamese sort key with the name."""
        self.full_name = text.nfc(self.full_name)
        self.sort_key = text.person_key(self.full_name)[:400]
        self.name_folded = text.fold(self.full_name)[:200]
        super().save(*args, **kwargs)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Sessions end when the password changes (Django's rule) and when the epoch moves on."""
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac("kheo.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        """Django's word for "may enter the editor's side"; the check itself is Wagtail's permission."""
        return self.is_superuser

    def get_full_name(self) -> str:
        """The name on screen."""
        return self.full_name

    def get_short_name(self) -> str:
        """The given name: in Vietnamese the last word."""
        return self.full_name.split()[-1] if self.full_name.split() else self.username


class Position(models.Model):
    """A person holds a role in a unit for a time. The only source of rights."""

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="positions")
    organization = models.ForeignKey(Organization, verbose_name=_("for unit"), on_delete=models.PROTECT, related_name="positions", help_text=_("Rights reach this unit and everything below it."))
    works_at = models.ForeignKey(Organization, verbose_name=_("works at"), null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text=_("Own unit of the person; an evaluator may not score it."))
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    title = models.CharField(_("position"), max_length=150, blank=True)
    acting = models.BooleanField(_("acting"), default=False)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["user", "valid_from"]
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            # Equal days: taken back before it took effect.
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="accounts_position_span"),
        ]
        indexes = [models.Index(fields=["user", "valid_from", "valid_to"])]

    def __str__(self) -> str:
        return f"{self.title or self.get_role_display()} · {self.organization}"

    def phase(self, day: date) -> str:
        """"now", "later", "ended" or "withdrawn" (taken back before it took effect) on a day."""
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            return "withdrawn"
        if self.valid_to is not None and self.valid_to <= day:
            return "ended"
        return "later" if self.valid_from > day else "now"


class SignInRules(models.Model):
    """How strict the sign-in is. One row, number 1; written by `actions.set_sign_in_rules` alone."""

    class SecondFactor(models.TextChoices):
        INVITE = "invite", _("Invite people to set it up")
        REQUIRE = "require", _("Require it from everyone at the desk except registrants")

    second_factor = models.CharField(_("second step at sign-in"), max_length=10, choices=SecondFactor.choices, default=SecondFactor.INVITE)

    class Meta:
        verbose_name = _("sign-in rules")
        verbose_name_plural = _("sign-in rules")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="accounts_one_rules_row")]

    def __str__(self) -> str:
        return self.get_second_factor_display()
