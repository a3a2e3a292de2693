"""The schema's history, by Alembic; it sees every table and is seen by the command line only."""

from importlib import import_module

HEAD = "0015"


def upgrade(url: str) -> None:
    """Bring the schema of a database to what this version of HoistScraper needs.

    :param url: ``postgresql+psycopg://`` address.
    :raises Refused: the schema is newer than this version knows.
    """
    # Alembic takes a fifth of a second to load, which a scrape of an up-to-date database need not pay.
    import_module("hoistscraper.migrations.upgrading").upgrade(url)
