"""Django's view of questions."""

from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    """See the package's own story."""

    name = "leer.questions"
    label = "questions"
