"""Ask a model at once, without books: for a person who inspects a page, and for measuring."""

from collections import Counter
from collections.abc import Sequence

from hoistscraper.language_model.answer import Pointers, parse_answer
from hoistscraper.language_model.client import ModelClient
from hoistscraper.language_model.fields import Group
from hoistscraper.language_model.passages import Passage
from hoistscraper.language_model.prompt import question_about


class PlainAsking:
    """Asks one question after the other, and counts what they cost."""

    def __init__(self, client: ModelClient) -> None:
        self._client = client
        self.questions = 0
        self.tokens = 0
        self.unusable = 0
        self.pointed_at: Counter[str] = Counter()

    async def ask(self, group: Group, passages: Sequence[Passage]) -> Pointers:
        """Return where the model points.

        :raises ModelFailure: it gave no answer.
        """
        reply = await self._client.ask(question_about(group, passages))
        self.questions += 1
        self.tokens += reply.tokens
        pointers = parse_answer(reply.text, group.fields)
        self.unusable += pointers is None
        self.pointed_at.update(list(pointers or ()))
        return pointers or {}
