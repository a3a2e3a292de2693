"""One stored opportunity on the screen: its values with proof, its sources, its history."""

import json
from collections.abc import Sequence

from rich.padding import Padding

from hoistscraper.cli.screen import days_left, out, say, when
from hoistscraper.cli.values_view import values_table
from hoistscraper.opportunities.browsing import OpportunityView, Revision


def print_opportunity(opportunity: OpportunityView, revisions: Sequence[Revision]) -> None:
    """Print one opportunity."""
    call = opportunity.candidate
    standing = ", ".join(filter(None, (opportunity.status.value, days_left(call.deadline))))
    say(f"{standing}   {call.url or ''}".rstrip(), style="bold")
    out.print(Padding(values_table(call), (1, 0, 1, 2)))
    say("Sources", style="bold")
    for source in opportunity.sources:
        gone_at = source.no_longer_listed_at
        gone = f", no longer listed since {when(gone_at)}" if gone_at else ""
        read = f"its page read {when(source.verified_at)}" if source.verified_at else "its page not read yet"
        say(f"  {source.site}: last seen {when(source.last_seen_at)}, {read}{gone}")
    if revisions:
        say("\nHistory", style="bold")
    for revision in revisions:
        old, new = (json.dumps(value, ensure_ascii=False) for value in (revision.old, revision.new))
        say(f"  {when(revision.recorded_at)}  {revision.field}: {old} → {new}")
