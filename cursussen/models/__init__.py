"""All models, one file per idea."""

from cursussen.models.approval import SecondPersonApprovalTask
from cursussen.models.base import BasePage
from cursussen.models.case import CaseIndexPage, CasePage, Example, Origin, Phase
from cursussen.models.file import File
from cursussen.models.finding import AcceptedFinding
from cursussen.models.home import HomePage, StrandPage
from cursussen.models.info import InfoPage
from cursussen.models.loaded import LoadedText
from cursussen.models.module import ModulePage
from cursussen.models.parts import LessonPage, QuizPage, ScenarioPage
from cursussen.models.picture import Picture, PictureRendition
from cursussen.models.policy import AskedOf, PolicyIndexPage, PolicyPage, PolicyVersion
from cursussen.models.portal import Contact, Standing
from cursussen.models.programme import Goal, Outcome, Term, Theme
from cursussen.models.stamp import ContentStamp
from cursussen.models.story import StoryIndexPage, StoryPage

__all__ = [
    "AcceptedFinding",
    "AskedOf",
    "BasePage",
    "CaseIndexPage",
    "CasePage",
    "Contact",
    "ContentStamp",
    "Example",
    "File",
    "Goal",
    "HomePage",
    "InfoPage",
    "LessonPage",
    "LoadedText",
    "ModulePage",
    "Origin",
    "Outcome",
    "Phase",
    "Picture",
    "PictureRendition",
    "PolicyIndexPage",
    "PolicyPage",
    "PolicyVersion",
    "QuizPage",
    "ScenarioPage",
    "SecondPersonApprovalTask",
    "Standing",
    "StoryIndexPage",
    "StoryPage",
    "StrandPage",
    "Term",
    "Theme",
]
