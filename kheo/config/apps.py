from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "kheo.config"
    label = "config"

    def ready(self) -> None:
        """Hand the words of the log down to the log, once every app is loaded."""
        from kheo.config import log_words  # needs the models, which are loaded only now

        log_words.hand_down()
