"""The options of a search, the same ones for every command that takes one."""

import inspect
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeVar

import typer

from hoistscraper.errors import Invalid
from hoistscraper.extraction.candidate import Status
from hoistscraper.search.query import Order, Search

Printed = TypeVar("Printed")

Words = Annotated[str | None, typer.Option("--words", help='Words, "phrases" and -exclusions.')]
Statuses = Annotated[list[Status] | None, typer.Option("--status", help="Only these; may be given again.")]
ClosingWithin = Annotated[int | None, typer.Option("--closing-within", metavar="DAYS", help="Closing soon.")]
PostedWithin = Annotated[
    int | None, typer.Option("--posted-within", metavar="DAYS", help="First seen lately.")
]
Categories = Annotated[
    list[str] | None, typer.Option("--category", help="Only this one; may be given again.")
]
Organisations = Annotated[
    list[str] | None,
    typer.Option("--organisation", help="Only this one, by its whole name; may be repeated."),
]
Reference = Annotated[str | None, typer.Option("--reference", help="Its reference number.")]
Currencies = Annotated[list[str] | None, typer.Option("--currency", help="Such as EUR; may be given again.")]
Amount = Annotated[str | None, typer.Option(metavar="AMOUNT", help="In the call's currency.")]
Documents = Annotated[bool, typer.Option("--documents", help="Only those with documents.")]
Listed = Annotated[bool, typer.Option("--listed", help="Only those that a website still lists.")]
Sort = Annotated[Order, typer.Option("--sort", help="What comes first.")]


def search_of(
    *,
    words: Words = None,
    status: Statuses = None,
    closing_within: ClosingWithin = None,
    posted_within: PostedWithin = None,
    category: Categories = None,
    organisation: Organisations = None,
    reference: Reference = None,
    currency: Currencies = None,
    min_amount: Amount = None,
    max_amount: Amount = None,
    documents: Documents = False,
    listed: Listed = False,
    sort: Sort = Order.DEADLINE,
) -> Search:
    """Return the search that the options of a command ask for.

    :raises Invalid: it cannot be meant, and why.
    """
    return Search(
        words=words or "",
        statuses=tuple(status or ()),
        closing_within_days=closing_within,
        posted_within_days=posted_within,
        categories=tuple(category or ()),
        organisations=tuple(organisation or ()),
        reference_number=reference,
        currencies=tuple(currency or ()),
        amount_min=_amount(min_amount),
        amount_max=_amount(max_amount),
        has_documents=documents,
        is_listed=listed,
        order=sort,
    )


OPTIONS = tuple(inspect.signature(search_of).parameters.values())


def with_search(
    *, hidden: tuple[str, ...] = ()
) -> Callable[[Callable[..., Printed]], Callable[..., Printed]]:
    """Give a command the options of a search, but those that it has in another form.

    The command takes them by name and hands them to :func:`search_of`.
    """

    def decorate(command: Callable[..., Printed]) -> Callable[..., Printed]:
        own = inspect.signature(command)
        kept = [each for each in own.parameters.values() if each.kind is not each.VAR_KEYWORD]
        added = [each for each in OPTIONS if each.name not in hidden]
        signature: Any = own.replace(parameters=[*kept, *added])
        command.__signature__ = signature  # type: ignore[attr-defined]
        command.__annotations__ = {each.name: each.annotation for each in signature.parameters.values()}
        return command

    return decorate


def _amount(typed: str | None) -> Decimal | None:
    try:
        return Decimal(typed.replace(",", "").replace("_", "")) if typed else None
    except InvalidOperation:
        raise Invalid(f"{typed} is no amount: write it in digits, such as 25000.") from None
