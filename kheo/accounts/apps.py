from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kheo.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Groups of the editor's side follow positions at each sign-in."""
        from django.contrib.auth.signals import user_logged_in

        from kheo.accounts.actions import sync_groups

        user_logged_in.connect(sync_groups.at_sign_in, dispatch_uid="kheo.accounts.sync_groups")
