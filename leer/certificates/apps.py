"""Django's view of certificates."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    """See the package's own story."""

    name = "leer.certificates"
    label = "certificates"
    verbose_name = "Certificaten"

    def ready(self) -> None:
        """Listen to people who are taken out of the ledger."""
        from leer.certificates import forgetting
        from leer.xapi import api as xapi

        xapi.person_left.connect(forgetting.forget, dispatch_uid="certificates-person-left")
