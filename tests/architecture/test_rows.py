"""Rows are reached by `visible_to`, or in a place that is listed here and says why not."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest

from .test_source import sources

MANAGERS = {"objects", "_default_manager", "_base_manager"}
# What asks for whom, and what gives no row.
VERBS = {"visible_to", "of_merged", "none", "create", "get_for_model"}
# What acts on all rows for somebody whose right to do so it checks itself.
ACTS = {
    "articles/attempts.py": "attempts of an article, whose reader the door asks for",
    "articles/capturing.py": "what is kept of an article, whose reader the door asks for",
    "articles/derivations.py": "texts that are alike, whoever reads them; doors ask",
    "articles/management/commands/*": "whoever has the server",
    "articles/merging.py": "outlets that are one, with what belongs to them",
    "articles/rechecking.py": "what the server looks at again by itself",
    "articles/saving.py": "the row that a form was made of, to tell what became of it",
    "articles/services.py": "articles and outlets by address, and what they are tied to",
    "incidents/acts.py": "what every step begins with: the edition, held",
    "incidents/adoption.py": "the ledger of a database that had none",
    "incidents/announced.py": "what feeds announced, told apart by citations that are visible",
    "incidents/audit.py": "the log of what was done",
    "incidents/comparing.py": "decisions about pairs",
    "incidents/content.py": "what the digest of an edition covers",
    "incidents/drafting.py": "rows of a new draft",
    "incidents/factors.py": "second factors of the account itself",
    "incidents/joining.py": "merging, and taking it apart exactly",
    "incidents/proposals/kept.py": "what was proposed for a new draft",
    "incidents/proposals/reading.py": "announcements for staff",
    "incidents/totals.py": "whether an article that is visible is a rendition already",
    "incidents/locks.py": "rows held while a step is taken",
    "incidents/ledger.py": "entries of the ledger",
    "incidents/logins.py": "logins of the account itself",
    "incidents/guessing.py": "accounts that somebody tries to enter",
    "incidents/markings.py": "markings and whom they let in",
    "incidents/merging.py": "actors that are one",
    "incidents/notices.py": "what somebody is told",
    "incidents/publishing.py": "what approval does",
    "incidents/purging.py": "removal for good",
    "incidents/raising.py": "markings that become stricter, of all that is concerned",
    "incidents/review.py": "the steps of a review",
    "incidents/saved.py": "views by their names, and news of records that their readers knew",
    "incidents/services.py": "what follows from rows",
    "articles/admin/watches.py": "what is watched, all of which staff may see",
    "articles/inbox.py": "what feeds announced, all of which staff may see",
    "incidents/admin/inbox.py": "what feeds announced, at a desk for staff",
    "incidents/indexing.py": "words of every row; who searches starts at visible_to",
    "incidents/clocks.py": "whether everybody reads an entry that changes",
    "incidents/starter.py": "loading the starter data",
    "incidents/tokens.py": "tokens of the account itself, and the one that is sent",
    "incidents/verification.py": "the ledger against all rows",
    "incidents/querysets/*": "where the verbs themselves stand",
    "articles/querysets.py": "where the verbs themselves stand",
    "incidents/management/commands/*": "whoever has the server",
}
# Single places that read without a reader.
PLACES = {
    "articles/admin/articles.py ArticleAdmin.get_search_results": "narrows what is visible already",
    "articles/admin/captures.py CapturePages._keep": "the article that the door asked for, held",
    "articles/admin/outlets.py PublisherAdmin.is_settled": "an outlet that a public text names",
    "articles/admin/outlets.py _domains": "domains of outlets, all of which staff may read",
    "articles/desk.py CarefulFields.formfield_for_foreignkey": "asks visible_to a line below",
    "articles/desk.py CarefulFields.get_queryset": "asks visible_to a line below",
    "articles/desk.py Settled.is_settled": "asks visible_to a line below",
    "articles/desk.py SluggedForm._free": "names of entries, all of which staff may read",
    "articles/desk_merging.py Merging._merged": "merged entries, all of which staff may read",
    "articles/models/texts.py PublisherDomain.clean": "outlets, all of which staff may read",
    "incidents/admin/accounts.py MembershipInline.get_formset": "organisations, for administrators",
    "incidents/admin/actors.py ActorAdmin.get_search_results": "narrows what is visible already",
    "incidents/admin/incident.py IncidentAdmin.get_search_results": "narrows what is visible",
    "incidents/admin/markings.py SharingForm": "organisations and people that staff may choose",
    "incidents/admin/records.py RecordAdmin.get_queryset": "records of editions that are visible",
    "incidents/admin/rows.py ClaimFormSet.save_existing_objects": "claims that the form removes",
    "incidents/admin/rows.py PrimaryFormSet.save": "places and targets of the edition in the form",
    "incidents/admin/rows.py SourcedFormSet.offered": "keeps ties to citations that are hidden",
    "incidents/changes.py _merged": "keys of records that the asker could read, checked below",
    "incidents/changes.py _present": "keys of records, of which the asker is told what is visible",
    "incidents/changes.py _tied": "the asker's own ties, of which only a digest is told",
    "incidents/changes.py _ties": "what the asker wrote themselves",
    "incidents/changes.py _told": "entries of records that the asker could read",
    "incidents/dashboards.py at_once": "how large the database is, to the order of magnitude",
    "incidents/formats/archive.py tables": "articles and outlets of citations that are visible",
    "incidents/questions.py Question._holds": "names of actors, which only narrow visible claims",
    "incidents/tables/nested.py _sources": "ties between visible claims and visible citations",
    "incidents/tables/stitch.py _links": "ties between visible claims and visible citations",
    "incidents/tables/stitch.py all_stitched": "keys of editions that were found to be visible",
    "incidents/versions.py of_public": "a number and its stamp",
    "incidents/versions.py read_by": "stamps, which are compared",
    "incidents/dimensions.py labels": "names of groups that were counted among what is visible",
    "incidents/directories.py actor": "an entry merged into a visible one",
    "incidents/entries.py _merged": "an entry merged into a visible one",
    "incidents/likeness.py open_edition": "whether a record is worked on, asked by a step",
    "incidents/needs.py blamed_in_title": "names of actors, all of which staff may read",
    "incidents/needs.py written_by": "who wrote what, beside what is visible",
    "incidents/pages.py _read": "the row at which a page begins, by its public name",
    "incidents/diffs.py _visible": "keys of citations beside a visible claim",
    "incidents/records.py _removed": "what a purge left, which says nothing",
    "incidents/records.py _tombstone": "withdrawals of what was CLEAR",
    "incidents/scrutiny.py _of_a_merge": "that something hidden is taken in, so that others decide",
    "incidents/sources.py article": "ties between what is visible",
    "incidents/independence.py _name": "names of outlets, which only tell whether two are one",
    "incidents/sources.py outlet": "an outlet merged into a visible one, and its domains",
    "incidents/templatetags/desk.py _last_hands": "who saved editions that are visible",
}


# Where rows are asked for beneath editions that the statement around them was asked to be readable.
BENEATH = {
    "incidents/panels/lags.py",
    "incidents/pages.py",
    "incidents/questions.py",
    "incidents/querysets/*",
    "incidents/tables/nested.py",
}


def chain(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> set[str]:
    """Return the verbs that follow a manager, as far as they are called on it."""
    verbs = set()
    while True:
        above = parents.get(node)
        if isinstance(above, ast.Attribute):
            verbs.add(above.attr)
        elif not (isinstance(above, ast.Call) and above.func is node):
            return verbs
        node = above


def where(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> str:
    """Return the function around a node."""
    names = []
    above = parents.get(node)
    while above is not None:
        if isinstance(above, ast.FunctionDef | ast.ClassDef):
            names.append(above.name)
        above = parents.get(above)
    return ".".join(reversed(names))


def reached(text: str, attributes: set[str]) -> Iterator[str]:
    """Yield the functions of a module in which rows are reached without asking for whom."""
    tree = ast.parse(text)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        named = isinstance(node, ast.Attribute) and node.attr in attributes
        if named and not chain(node, parents) & VERBS:
            yield where(node, parents)


def unasked() -> Iterator[str]:
    """Yield each place that reaches rows without saying for whom, the acts aside."""
    for path, text in sources("articles", "incidents"):
        if not any(fnmatch(path, act) for act in ACTS):
            for name in set(reached(text, MANAGERS)):
                yield f"{path} {name}"


def test_rows_are_reached_by_visible_to() -> None:
    assert sorted(set(unasked()) - set(PLACES)) == []


def test_no_exception_is_kept_that_nobody_needs() -> None:
    paths = [
        path for path, text in sources("articles", "incidents") if any(reached(text, MANAGERS))
    ]

    assert sorted(set(PLACES) - set(unasked())) == []
    assert [act for act in ACTS if not any(fnmatch(path, act) for path in paths)] == []


def test_rows_beneath_readable_editions_are_asked_for_in_few_places() -> None:
    used = {path for path, text in sources("articles", "incidents") if "beneath" in text}

    assert {path for path in used if not any(fnmatch(path, at) for at in BENEATH)} == set()
    assert [at for at in BENEATH if not any(fnmatch(path, at) for path in used)] == []


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("rows = Incident.objects.filter(pk=1)", True),
        ("rows = list(Incident.objects.all())", True),
        ("rows = self.model._default_manager.all()", True),
        ("rows = Incident.objects.visible_to(user).filter(pk=1)", False),
        ("rows = Incident.objects.filter(pk=1).visible_to(user)", False),
        ("rows = Incident.objects.filter(pk__in=Claim.objects.visible_to(user))", True),
    ],
)
def test_a_view_that_asks_for_nobody_is_found(line: str, found: bool) -> None:
    assert list(reached(f"def view(user):\n    {line}\n", MANAGERS)) == ["view"] * found
