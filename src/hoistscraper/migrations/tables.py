"""Every table that our models declare."""

from sqlmodel import SQLModel

from hoistscraper.accounts import link_model as links
from hoistscraper.accounts import model as credentials
from hoistscraper.accounts import user_model as accounts
from hoistscraper.audit import model as audit
from hoistscraper.backups import model as backups
from hoistscraper.database import stored_settings
from hoistscraper.desk import model as desk
from hoistscraper.language_model import model as language_model
from hoistscraper.opportunities import model as opportunities
from hoistscraper.queue import model as queue
from hoistscraper.scraping import model as scraping
from hoistscraper.scraping import tallies
from hoistscraper.websites import model as websites

MODELS = (
    accounts,
    audit,
    backups,
    credentials,
    desk,
    language_model,
    links,
    opportunities,
    queue,
    scraping,
    stored_settings,
    tallies,
    websites,
)
METADATA = SQLModel.metadata
