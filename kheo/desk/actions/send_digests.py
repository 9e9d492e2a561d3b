"""E-mail each person once a day what waits for them. Nothing waits: no letter."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kheo.accounts.models import User
from kheo.desk import queries


def send_digests() -> int:
    """Send today's digests; how many letters went out.

    The day is claimed before sending, so a second run on the same day sends nothing, also when two
    processes run at once; a letter that the mail server refuses frees the day again for the next run.
    """
    today = timezone.localdate()
    sent = 0
    people = User.objects.filter(is_active=True, wants_digest=True).exclude(email="")
    for user in people.exclude(digest_sent_on=today):
        before = user.digest_sent_on
        if not User.objects.filter(pk=user.pk, digest_sent_on=before).update(digest_sent_on=today):
            continue
        try:
            sent += _send(user)
        except OSError:
            with transaction.atomic():
                User.objects.filter(pk=user.pk).update(digest_sent_on=before)
            raise
    return sent


def _send(user: User) -> int:
    with translation.override(user.language):
        waiting = queries.waiting_for(user)
        if not waiting:
            return 0
        total = sum(kind.count for kind in waiting)
        text = render_to_string("desk/digest.txt", {"user": user, "waiting": waiting, "site_url": settings.SITE_URL})
        subject = _("%(count)s matters wait for you on Khéo") % {"count": total}
        return EmailMessage(subject, text, to=[user.email]).send()
