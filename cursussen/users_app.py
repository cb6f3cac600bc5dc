"""Wagtail's app of users, with our pages of accounts; stands for it in ``INSTALLED_APPS``."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """As Wagtail's, but for the pages."""

    user_viewset = "cursussen.accounts_in_cms.AccountViewSet"
