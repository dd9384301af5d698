"""Which site the admin is, the desk of incidents, and what holds for every connection."""

from django.contrib.admin.apps import AdminConfig

from config import deadlines


class DeskConfig(AdminConfig):
    """Django's admin with the desk as its site."""

    default_site = "incidents.desk.DeskSite"

    def ready(self) -> None:
        """Have connections keep deadlines."""
        super().ready()
        deadlines.install()
