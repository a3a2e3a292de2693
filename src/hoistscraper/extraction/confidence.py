"""How far each way of reading is trusted: one table for all fields."""

CONFIDENCE = {
    "declared:ocds": 0.97,
    "declared:common-grants": 0.97,
    "declared:synopsis": 0.97,
    "declared:json-ld": 0.95,
    "declared:microdata": 0.93,
    "declared:record": 0.88,
    "declared:state": 0.85,
    "declared:meta": 0.75,
    "label:dl": 0.93,
    "label:table": 0.93,
    "label:line": 0.9,
    "label:heading": 0.85,
    "row": 0.85,
    "heading": 0.85,
    "link": 0.85,
    "prose": 0.7,
    "language_model": 0.65,
    "page": 0.6,
    "address": 0.5,
}


def confidence_of(method: str) -> float:
    """Return the confidence of a method of reading, from 0 to 1."""
    return CONFIDENCE[method]
