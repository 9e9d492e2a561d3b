"""`kheo createsuperuser`: the technical owner of an installation."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser

from kheo.accounts.models import User
from kheo.core.commands import PROBLEMS, KheoCommand


class Command(KheoCommand):
    help = "Mở tài khoản quản trị kỹ thuật đầu tiên."

    def arguments(self, parser: CommandParser) -> None:
        """User name and full name; the password is asked for, or read from standard input."""
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--full-name", default="Quản trị hệ thống", help="họ và tên")
        parser.add_argument("--email", default="", help="địa chỉ thư điện tử")

    def run(self, **options: Any) -> int | None:
        """Refuses a taken name and a weak password in words."""
        if User.objects.filter(username__iexact=options["username"]).exists():
            self.fail(f"Tên đăng nhập “{options['username']}” đã có.")
            return PROBLEMS
        password = getpass.getpass("Mật khẩu: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
        try:
            validate_password(password)
        except ValidationError as error:
            self.fail(" ".join(error.messages))
            return PROBLEMS
        User.objects.create_superuser(
            options["username"], password, full_name=options["full_name"], email=options["email"]
        )
        self.say("Đã mở tài khoản.")
        return 0
