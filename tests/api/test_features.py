"""Features over the API."""

import httpx

from hoistscraper.features import FEATURES, OFF, ON, Share
from hoistscraper.settings import Settings
from tests.api.front import opened_api


async def test_every_feature_is_listed_with_its_state(settings: Settings) -> None:
    switched = settings.model_copy(
        update={
            "features_compression": Share.parse("25%"),
            "features_batch_writes": OFF,
            "features_response_cache": ON,
        }
    )
    async with opened_api(switched) as api:
        items = (await api.get("/api/features")).json()["items"]
        figures = (await api.get("/metrics")).text
    states = {item["name"]: (item["state"], item["share_percent"]) for item in items}
    assert list(states) == list(FEATURES)
    assert states["compression"] == ("share", 25)
    assert states["batch_writes"] == ("off", 0)
    assert states["response_cache"] == ("on", 100)
    assert 'hoistscraper_feature_share_ratio{feature="compression"} 0.25' in figures


async def test_a_feature_names_its_variable(api: httpx.AsyncClient) -> None:
    items = (await api.get("/api/features")).json()["items"]
    assert items[0]["variable"] == "HOIST_FEATURES_RESPONSE_CACHE"
    assert items[0]["description"] == FEATURES["response_cache"]
