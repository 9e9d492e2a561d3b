from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "kheo.config"
    label = "config"

    def ready(self) -> None:
        """Hand the words of the log down to the log, once every app is loaded; watch every commit."""
        from kheo.config import log_words, pages  # need the models, which are loaded only now
        from kheo.core.pages import watch

        log_words.hand_down()
        watch.install(pages.EXEMPT_TABLES)
