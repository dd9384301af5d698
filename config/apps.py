"""Which site the admin is: the desk of incidents."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with the desk as its site."""

    default_site = "incidents.desk.DeskSite"
