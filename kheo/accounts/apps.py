from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kheo.accounts"
    label = "accounts"

    def ready(self) -> None:
        """At each sign-in: groups of the editor's side follow positions; the second step is offered."""
        from django.contrib.auth.signals import user_logged_in

        from kheo.accounts.actions import sync_groups
        from kheo.accounts.views import profile

        user_logged_in.connect(sync_groups.at_sign_in, dispatch_uid="kheo.accounts.sync_groups")
        user_logged_in.connect(profile.invite, dispatch_uid="kheo.accounts.invite")
