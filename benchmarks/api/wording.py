"""Invented words, names and titles in several languages, some used often, most of them seldom."""

from bisect import bisect
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from random import Random

COMMON = {
    "en": "grant call research project support funding programme innovation community development services "
    "supply works education health culture energy climate digital small business training "
    "young local".split(),
    "fr": "appel à projets recherche soutien aide développement énergie culture éducation santé marché "
    "travaux fournitures numérique jeunesse création territoire".split(),
    "de": "Förderung Ausschreibung Forschung Projekt Entwicklung Energie Kultur Bildung Gesundheit "
    "Lieferung Bauleistungen Digitalisierung Gründung ländliche Räume".split(),
    "es": "convocatoria subvención investigación proyecto desarrollo energía cultura educación salud obras "
    "suministro innovación jóvenes".split(),
    "pl": "konkurs dotacja badania rozwój wsparcie energia kultura edukacja zdrowie "
    "roboty dostawa łączność".split(),
    "el": "πρόσκληση έρευνα ανάπτυξη ενίσχυση ενέργεια πολιτισμός εκπαίδευση υγεία".split(),
    "zh": "科研项目 资助计划 教育发展 能源转型 文化遗产 健康研究 青年创新 采购公告".split(),
    "ar": "منحة بحث دعوة مشروع تنمية طاقة ثقافة تعليم صحة".split(),
}
LANGUAGES = ("en", "fr", "de", "es", "pl", "el", "zh", "ar")
_OFTEN = (52, 14, 12, 9, 5, 3, 3, 2)
_CONSONANTS, _VOWELS = "bcdfghjklmnprstvz", "aeiou"
RARE_WORDS = 40_000
CATEGORIES = (
    "Research Arts Health Education Environment Energy Housing Sport Heritage Agriculture Transport Digital "
    "Youth Justice Water Tourism Employment Fisheries Space Migration"
).split()
PLACES = "Lindmere Brennhavn Ostia Velmar Corvale Tarn Weisshof Nordby Pallas Rosmar Kilmore Sandrin".split()
BODIES = (
    "{} Council", "City of {}", "{} Foundation", "Stadt {}", "Région {}", "{} University", "Fundación {}",
    "{} Port Authority", "Fundacja {}", "Δήμος {}",
)  # fmt: skip


@cache
def rare_words() -> tuple[str, ...]:
    """Return words that nobody knows, the same in every process."""
    random = Random(7)  # noqa: S311 - invented words are no secret
    made = {
        "".join(random.choice(_CONSONANTS) + random.choice(_VOWELS) for _ in range(random.randint(2, 4)))
        for _ in range(RARE_WORDS * 2)
    }
    words = sorted(made)
    random.shuffle(words)
    return tuple(words[:RARE_WORDS])


class Zipf:
    """Draws from a sequence: the second half as often as the first, the third a third as often ..."""

    def __init__(self, size: int, exponent: float = 1.0) -> None:
        self._sums = list(accumulate(1 / (rank + 1) ** exponent for rank in range(size)))

    def draw(self, random: Random) -> int:
        """Return a place, counted from 0."""
        return bisect(self._sums, random.random() * self._sums[-1])


class Wording:
    """Draws titles, texts and names."""

    def __init__(self) -> None:
        self._rare = Zipf(RARE_WORDS)
        self._common = {language: Zipf(len(words), 0.8) for language, words in COMMON.items()}

    def language(self, random: Random) -> str:
        """Return a language, mostly English."""
        return random.choices(LANGUAGES, _OFTEN)[0]

    def text(self, random: Random, language: str, words: int) -> str:
        """Return so many words, every third or so a seldom one."""
        common, zipf = COMMON[language], self._common[language]
        return " ".join(
            rare_words()[self._rare.draw(random)] if random.random() < 0.35 else common[zipf.draw(random)]
            for _ in range(words)
        )

    def title(self, random: Random, language: str) -> str:
        """Return four to eleven words, sometimes with a year."""
        title = self.text(random, language, random.randint(4, 11)).capitalize()
        return f"{title} {random.randint(2021, 2028)}" if random.random() < 0.25 else title


def names(count: int) -> Sequence[str]:
    """Return the names of organisations."""
    made = []
    for number in range(count):
        place = PLACES[number % len(PLACES)]
        stem = rare_words()[(number * 37) % RARE_WORDS].capitalize() if number >= len(PLACES) else place
        made.append(BODIES[number % len(BODIES)].format(f"{stem} {place}" if stem != place else place))
    return made
