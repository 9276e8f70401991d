"""Who may see a store and who may decide.

Reading follows Datasette's own permissions. Deciding needs the permission `litcurate-decide`, which nobody
has but the root user, those whom the configuration names, and the one user of `litcurate browse`:

    {"plugins": {"litcurate": {"decide": {"id": ["ada", "grace"]}}}}

`decide` is an allow block as Datasette has them; a database's own block beats it. `curator` names the curator
where nobody is signed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from secrets import compare_digest

from datasette.utils.asgi import Forbidden

from curate.browse.hosting import Datasette, Request

DECIDE = "litcurate-decide"


async def ensure_reading(datasette: Datasette, request: Request, database: str, tables: Sequence[str]) -> None:
    """Raise `Forbidden` unless the visitor may see each of the tables that a page shows."""
    for table in tables:
        await datasette.ensure_permissions(
            request.actor,
            [("view-table", (database, table)), ("view-database", database), "view-instance"],
        )


async def may_decide(datasette: Datasette, request: Request, database: str) -> bool:
    """Return whether the visitor may decide flags of that database."""
    return await datasette.permission_allowed(request.actor, DECIDE, resource=database, default=False)


async def ensure_deciding(datasette: Datasette, request: Request, database: str, token: str) -> None:
    """Raise `Forbidden` unless the visitor may decide and sent the form that this server gave them.

    Datasette does not check the token of a request without cookies, which is right where signing in needs
    a cookie; but the one user of `litcurate browse` is not signed in, and another site could post as them.
    """
    if not await may_decide(datasette, request, database):
        raise Forbidden("You may read this store, but not decide its flags")
    expected = request.scope["csrftoken"]
    if not callable(expected) or not compare_digest(token.encode(), str(expected()).encode()):
        raise Forbidden("The form is out of date; load the page again")


def decide_block(config: Mapping[str, object] | None) -> object:
    """Return the allow block for deciding; without one nobody is allowed."""
    return (config or {}).get("decide", False)


def curator(datasette: Datasette, request: Request, database: str) -> str:
    """Return the name that a decision is recorded under.

    Raises `Forbidden` where nobody is signed in and the configuration names nobody, or where the one who is signed in
    has no name that is a text.
    """
    if request.actor and request.actor.get("id"):
        identity = request.actor["id"]
        if not isinstance(identity, str) or not identity.strip():
            raise Forbidden("Your account has no name that a decision could carry")
        return identity
    name = (datasette.plugin_config("litcurate", database=database) or {}).get("curator")
    if not name:
        raise Forbidden("Sign in to decide: a decision carries the curator's name")
    return str(name)
