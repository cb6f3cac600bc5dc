"""Django's view of the content."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CursussenConfig(AppConfig):
    """Page types, pictures, and the workflow with a second person."""

    name = "cursussen"
    label = "cursussen"
    verbose_name = "Cursussen"

    def ready(self) -> None:
        """Keep the stamp, stand at the doors of uploads, set up the CMS after a migrate."""
        from cursussen import exports, keeping, quiz_uses, set_up, stamping, uploads
        from cursussen.stories import withdrawing

        stamping.connect()
        uploads.connect()
        keeping.connect()
        exports.connect()
        quiz_uses.connect()
        withdrawing.connect()
        post_migrate.connect(set_up.after_migrate, dispatch_uid="set-up-cms")
