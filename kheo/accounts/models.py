from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
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
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=5, default="vi")
    wants_digest = models.BooleanField(_("daily e-mail of waiting work"), default=True)
    digest_sent_on = models.DateField(null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name", "email"]

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.full_name or self.username

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the Vietnamese sort key with the name."""
        self.full_name = text.nfc(self.full_name)
        self.sort_key = text.person_key(self.full_name)[:400]
        super().save(*args, **kwargs)

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
            models.CheckConstraint(condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="accounts_position_span"),
        ]
        indexes = [models.Index(fields=["user", "valid_from", "valid_to"])]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organization}"
