"""The guard's answer to whole web addresses, in words."""

from collections.abc import Set as AbstractSet

from yarl import URL

from hoistscraper.fetching.addresses import UNREADABLE, is_opened, plain_host, refusal_of_host
from hoistscraper.fetching.errors import AddressRefused
from hoistscraper.fetching.wording import shown


def check_host(url: URL, allow_hosts: AbstractSet[str]) -> None:
    """Judge the host as it is written; what a name stands for is judged when it is resolved.

    :raises AddressRefused: the writing alone shows that it is private.
    """
    host = url.raw_host or ""
    if is_opened(host, url.port or 0, allow_hosts):
        return
    if refusal := refusal_of_host(host):
        raise private_address(host, refusal, url=str(url))


def private_address(host: str, leads_to: str, *, url: str | None = None) -> AddressRefused:
    """Return the refusal of a host, with what to do if it is meant."""
    name = shown(plain_host(host))
    if leads_to == UNREADABLE:
        return AddressRefused(
            f"{name} is no usual way to write an address and is not fetched; write the website's name.",
            url=url or name,
        )
    return AddressRefused(
        f"{name} is not a public address (it leads to {leads_to}) and is not fetched; "
        f"if this is meant, set HOIST_ALLOW_HOSTS={name}.",
        url=url or name,
    )
