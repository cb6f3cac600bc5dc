"""How a case stands with the gate, in the form where it is written."""

from typing import Any

from wagtail.admin.panels import Panel


class GatePanel(Panel):
    """How much was found in the version that was saved last, with the way to it."""

    class BoundPanel(Panel.BoundPanel):
        """A case that was never saved was not searched yet."""

        template_name = "cursussen/gate/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """What is open."""
            from cursussen.gate.judging import judge

            context: dict[str, Any] = super().get_context_data(parent_context)
            judgement = judge(self.instance) if self.instance.pk else None
            return context | {"judgement": judgement, "case": self.instance}
