"""The schema's history, by Alembic; it sees every table and is seen by the command line only."""

from importlib import import_module

from hoistscraper.errors import Refused

HEAD = "0020"


def upgrade(url: str) -> None:
    """Bring the schema of a database to what this version of HoistScraper needs.

    :param url: ``postgresql+psycopg://`` address.
    :raises Refused: the schema is newer than this version knows.
    """
    # Alembic takes a fifth of a second to load, which a scrape of an up-to-date database need not pay.
    import_module("hoistscraper.migrations.upgrading").upgrade(url)


def downgrade(url: str, revision: str) -> None:
    """Bring the schema of a database to an older form, for an older version of HoistScraper.

    :raises HoistError: it is not possible, and why; nothing was changed.
    """
    import_module("hoistscraper.migrations.upgrading").downgrade(url, revision)


def known_revisions() -> frozenset[str]:
    """Return every form of the tables that this version of HoistScraper can bring up to date."""
    known: frozenset[str] = import_module("hoistscraper.migrations.upgrading").known_revisions()
    return known


def must_not_be_newer(revision: str | None) -> None:
    """Refuse tables that a newer release made.

    :raises Refused: they are newer than this version knows.
    """
    if revision not in {None, HEAD} and revision not in known_revisions():
        raise Refused(
            f"The database's schema ({revision}) is newer than this version of HoistScraper; "
            "install the version that made it, or a newer one."
        )
