"""What must be there before anybody writes a word: the tree, the workflow, who may do what.

Run after every migrate and by the content loader. Running it again changes nothing; what an
administrator added is left alone, but what a role may do is put right.
"""

from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cursussen.models import (
    BasePage,
    CaseIndexPage,
    HomePage,
    PolicyIndexPage,
    SecondPersonApprovalTask,
    StoryIndexPage,
    StrandPage,
    Theme,
)
from cursussen.models.approved import ApprovedIndexPage
from leer.accounts.api import Role
from leer.questions.api import KINDS, Question

STRANDS = [
    ("bescherming-tegen-benadering", "Training bescherming tegen benadering"),
    ("ethisch-leiderschap", "Leergang Ethisch Leiderschap"),
    ("casuistiek", "Casuïstiek en storytelling"),
]
THEMES = [
    ("kennis-en-expertise", "Kennis en expertise"),
    ("actueel-beleid", "Actueel beleid"),
    ("beschermende-maatregelen", "Beschermende maatregelen"),
    ("ethisch-leiderschap", "Ethisch leiderschap"),
    ("alert-en-weerbaar", "Alert en weerbaar"),
    ("bvi", "Bureau Veiligheid en Integriteit (BVI)"),
]
WORKFLOW = "Casus met tweede persoon"
STORY_WORKFLOW = "Scenario met tweede persoon"
POLICY_WORKFLOW = "Afspraak met tweede persoon"
TASK = "Goedkeuring door een tweede persoon"

# The programme comes for the ledger (``leer.xapi.admin``), and has no rights on content.
CMS_ROLES = (Role.EDITOR, Role.CHIEF_EDITOR, Role.PROGRAMME, Role.ADMINISTRATOR)
EVERYTHING_ON_PAGES = ("add", "change", "publish", "lock", "unlock")
PAGE_RIGHTS: dict[Role, dict[type[BasePage], tuple[str, ...]]] = {
    Role.EDITOR: {
        HomePage: ("add",),
        CaseIndexPage: ("add", "change"),
        StoryIndexPage: ("add", "change"),
        PolicyIndexPage: ("add", "change"),
    },
    Role.CHIEF_EDITOR: {HomePage: EVERYTHING_ON_PAGES},
    Role.PROGRAMME: {},
    Role.ADMINISTRATOR: {HomePage: (*EVERYTHING_ON_PAGES, "bulk_delete")},
}
FILE_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add", "choose"),
    Role.CHIEF_EDITOR: ("add", "change", "choose"),
    Role.PROGRAMME: (),
    Role.ADMINISTRATOR: ("add", "change", "choose"),
}
QUESTION_RIGHTS: dict[Role, tuple[str, ...]] = {
    Role.EDITOR: ("add", "change", "view"),
    Role.CHIEF_EDITOR: ("add", "change", "view", "publish"),
    Role.PROGRAMME: (),
    Role.ADMINISTRATOR: ("add", "change", "view", "publish", "delete"),
}
# Texts about the programme, which are online as soon as they are saved.
PROGRAMME_RIGHTS = tuple(
    ("cursussen", f"{action}_{model}")
    for action, model in (
        *(
            (action, model)
            for model in ("theme", "outcome", "goal")
            for action in ("change", "view")
        ),
        *((action, "term") for action in ("add", "change", "view")),
    )
)
ADMINISTRATORS_ONLY = (
    ("accounts", "change_user"),
    ("accounts", "view_user"),
    ("xapi", "view_credential"),  # so that the history of the site tells of keys
    ("xapi", "view_forwardtarget"),  # and of pauses
)


@transaction.atomic
def set_up_cms() -> None:
    """Make the tree, the workflow and the rights, as far as they are not there."""
    _remove_wagtails_groups()
    home = _home()
    _make_strands(home)
    _make_themes()
    _make_workflow(WORKFLOW, _index(home, CaseIndexPage, "Casussen", "casussen"))
    _make_workflow(STORY_WORKFLOW, _index(home, StoryIndexPage, "Scenario’s", "scenarios"))
    _make_workflow(POLICY_WORKFLOW, _index(home, PolicyIndexPage, "Afspraken", "afspraken"))
    for role in CMS_ROLES:
        _give_rights(role)


def after_migrate(app_config: AppConfig, **kwargs: Any) -> None:
    """Set up once, after the last app: permissions of later apps must be there."""
    with_models = [config for config in apps.get_app_configs() if config.models_module]
    if app_config is with_models[-1]:
        set_up_cms()


def _home() -> HomePage:
    home = HomePage.objects.first()
    if home is None:
        root = BasePage.get_first_root_node() or _root()
        home = root.add_child(instance=HomePage(title="Leer", slug="leer", live=True))
    site = Site.objects.filter(is_default_site=True).first()
    if site is None or site.root_page_id != home.pk:
        _point_site(site, home)
    _tell_address()
    return home


def _tell_address() -> None:
    """Links in mail and in the CMS lead to where people find Leer (``LEER_BASE_URL``)."""
    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.get(is_default_site=True)
    if (site.hostname, site.port) != (address.hostname, port):
        site.hostname, site.port = address.hostname, port
        site.save()


def _root() -> BasePage:
    language = settings.WAGTAIL_CONTENT_LANGUAGES[0][0]
    locale, _ = Locale.objects.get_or_create(language_code=language)
    root = BasePage(title="Root", slug="root", locale=locale, url_path="/")
    found: BasePage = BasePage.add_root(instance=root)
    return found


def _point_site(site: Site | None, home: HomePage) -> None:
    """Let the site begin at our home page; Wagtail's welcome page goes."""
    site = site or Site(hostname="localhost", is_default_site=True)
    site.root_page, site.site_name = home.basepage_ptr, settings.WAGTAIL_SITE_NAME
    site.save()
    for page in BasePage.objects.filter(depth=2).exclude(pk=home.pk):
        if type(page.specific) is BasePage:
            page.delete()


def _make_strands(home: HomePage) -> None:
    there = set(StrandPage.objects.values_list("slug", flat=True))
    for slug, title in STRANDS:
        if slug not in there:
            home.add_child(instance=StrandPage(title=title, slug=slug, live=True))
            home.refresh_from_db()


def _index[T: (CaseIndexPage, StoryIndexPage, PolicyIndexPage)](
    home: HomePage, model: type[T], title: str, slug: str
) -> T:
    index: T | None = model.objects.first()
    if index is None:
        index = home.add_child(instance=model(title=title, slug=slug, live=True))
        home.refresh_from_db()
    return index


def _make_themes() -> None:
    for order, (slug, name) in enumerate(THEMES):
        Theme.objects.get_or_create(slug=slug, defaults={"name": name, "order": order})


def _make_workflow(name: str, index: ApprovedIndexPage) -> None:
    """The index always has its workflow with a second person, and it is active."""
    workflow, _ = Workflow.objects.get_or_create(name=name)
    task = SecondPersonApprovalTask.objects.first() or SecondPersonApprovalTask.objects.create(
        name=TASK
    )
    for thing in (workflow, task):
        if not thing.active:
            thing.active = True
            thing.save()
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.update_or_create(page=index.basepage_ptr, defaults={"workflow": workflow})


def _remove_wagtails_groups() -> None:
    Group.objects.filter(name__in=["Moderators", "Editors"]).delete()


def _give_rights(role: Role) -> None:
    group, _ = Group.objects.get_or_create(name=role.value)
    _give_page_rights(group, PAGE_RIGHTS[role])
    _give_file_rights(group, FILE_RIGHTS[role])
    _give_model_rights(group, role)


def _give_page_rights(group: Group, rights: dict[type[BasePage], tuple[str, ...]]) -> None:
    wanted = {
        (page.objects.get().basepage_ptr_id, f"{action}_basepage")
        for page, actions in rights.items()
        for action in actions
    }
    for given in GroupPagePermission.objects.filter(group=group).select_related("permission"):
        if (given.page_id, given.permission.codename) in wanted:
            wanted.remove((given.page_id, given.permission.codename))
        else:
            given.delete()
    for page_id, codename in wanted:
        permission = Permission.objects.get(content_type__app_label="cursussen", codename=codename)
        GroupPagePermission.objects.create(group=group, page_id=page_id, permission=permission)


def _give_file_rights(group: Group, actions: tuple[str, ...]) -> None:
    """On pictures and documents; Wagtail asks for the rights of its own models."""
    collection = Collection.get_first_root_node() or Collection.add_root(name="Root")
    for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document")):
        for action in actions:
            GroupCollectionPermission.objects.get_or_create(
                group=group,
                collection=collection,
                permission=_permission(app, f"{action}_{model}"),
            )


def _give_model_rights(group: Group, role: Role) -> None:
    permissions = [_permission("wagtailadmin", "access_admin")]
    for kind in KINDS:
        permissions += [_question_permission(kind, action) for action in QUESTION_RIGHTS[role]]
    if role in (Role.CHIEF_EDITOR, Role.ADMINISTRATOR):
        permissions += [_permission(*names) for names in PROGRAMME_RIGHTS]
    if role is Role.ADMINISTRATOR:
        permissions += [_permission(*names) for names in ADMINISTRATORS_ONLY]
    group.permissions.set(permissions)


def _permission(app_label: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _question_permission(kind: type[Question], action: str) -> Permission:
    """Wagtail makes the right to publish only once the admin's hooks are loaded."""
    content_type = ContentType.objects.get_for_model(kind, for_concrete_model=False)
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type,
        codename=f"{action}_{kind._meta.model_name}",
        defaults={"name": f"Can {action} {kind._meta.verbose_name_raw}"},
    )
    return permission
