"""Which parts of a document are recommendations, and what each of them asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .assemble import Assembled, HeadedRecommendation
from .citations import Articles
from .fold import fold
from .forces import Force, begins_with_consider, read_force
from .themes import Theme, classify, provisions_served
from .types import Item, Paragraph, Provision, Recommendation, Strength
from .words import WORDS


class Recommending:
    """Reads the recommendations of one document.

    A document that gives its recommendations headings of their own ("Recommendation 17") has no
    others. Any other document recommends in the paragraphs that stand under a heading of
    recommendations and ask something of somebody; each lettered item of such a paragraph is a
    recommendation of its own. A report of what States do has no such heading and gives none.
    """

    def __init__(self, built: Assembled, language: str, themes: Iterable[Theme] | None) -> None:
        self._built = built
        self._language = language
        self._themes = None if themes is None else tuple(themes)
        self._articles = Articles(language)

    def read(self) -> tuple[Recommendation, ...]:
        """All recommendations, in order."""
        if self._built.headed:
            return tuple(self._headed(headed) for headed in self._built.headed)
        found: list[Recommendation] = []
        for paragraph in self._built.paragraphs:
            if self._recommends(paragraph.section):
                found += self._of_paragraph(paragraph)
        return tuple(found)

    def of_recommending(self, paragraph: Paragraph) -> tuple[Recommendation, ...]:
        """The recommendations of a paragraph that is known to recommend, whatever its words are."""
        lead = read_force(fold(paragraph.text), self._language)
        if not paragraph.items:
            return (self._single(paragraph, lead),)
        return tuple(
            self._leaf(paragraph, item, self._force_of(item, lead)) for item in paragraph.items
        )

    def _recommends(self, section: str | None) -> bool:
        pattern = WORDS[self._language].recommendations
        headings = self._built.headings.get(section or "", ())
        return any(pattern.search(fold(heading)) for heading in headings)

    def _headed(self, headed: HeadedRecommendation) -> Recommendation:
        force = read_force(fold(headed.text), self._language)
        whole = " ".join([headed.text, *(item.text for item in headed.items)])
        themes = self._classify([whole], headed.section)
        return Recommendation(
            id=str(headed.number),
            stable_id=headed.stable_id,
            paragraph=headed.paragraph,
            section=headed.section,
            section_heading=self._heading(headed.section),
            headed=True,
            addressees=force.addressees if force else (),
            strength=force.strength if force else None,
            themes=themes,
            provisions=self._provisions([whole], themes),
            text=headed.text,
            items=headed.items,
            lines=headed.lines,
            marks=headed.marks,
        )

    def _of_paragraph(self, paragraph: Paragraph) -> list[Recommendation]:
        lead = read_force(fold(paragraph.text), self._language)
        if not paragraph.items:
            return [self._single(paragraph, lead)] if lead else []
        leaves = []
        for item in paragraph.items:
            force = self._force_of(item, lead)
            if force is not None:
                leaves.append(self._leaf(paragraph, item, force))
        return leaves

    def _force_of(self, item: Item, lead: Force | None) -> Force | None:
        folded = fold(item.text)
        if lead is None:
            return read_force(folded, self._language)
        strength: Strength = lead.strength
        if strength == "should" and begins_with_consider(folded, self._language):
            strength = "should_consider"
        return Force(strength=strength, addressees=lead.addressees, start=0)

    def _single(self, paragraph: Paragraph, force: Force | None) -> Recommendation:
        themes = self._classify([paragraph.text], paragraph.section)
        return Recommendation(
            id=str(paragraph.number),
            stable_id=paragraph.id,
            paragraph=paragraph.number,
            section=paragraph.section,
            section_heading=self._heading(paragraph.section),
            headed=False,
            addressees=force.addressees if force else (),
            strength=force.strength if force else None,
            themes=themes,
            provisions=self._provisions([paragraph.text], themes),
            text=paragraph.text,
            lines=paragraph.lines,
            marks=paragraph.marks,
        )

    def _leaf(self, paragraph: Paragraph, item: Item, force: Force | None) -> Recommendation:
        themes = self._classify([item.text, paragraph.text], paragraph.section)
        return Recommendation(
            id=f"{paragraph.number}({item.letter})",
            stable_id=item.id,
            paragraph=paragraph.number,
            section=paragraph.section,
            section_heading=self._heading(paragraph.section),
            headed=False,
            addressees=force.addressees if force else (),
            strength=force.strength if force else None,
            themes=themes,
            provisions=self._provisions([item.text], themes),
            text=item.text,
            lead=paragraph.text,
            lines=item.lines,
            marks=item.marks,
        )

    def _heading(self, section: str | None) -> str | None:
        headings = self._built.headings.get(section or "", ())
        return headings[-1] if headings else None

    def _classify(self, texts: Sequence[str], section: str | None) -> tuple[str, ...]:
        """Themes of the words, or else of the heading above them."""
        own: dict[str, None] = {}
        for text in texts:
            own |= dict.fromkeys(classify(text, self._language, self._themes))
        if not own and (heading := self._heading(section)):
            own |= dict.fromkeys(classify(heading, self._language, self._themes))
        return tuple(own)

    def _provisions(self, texts: Sequence[str], themes: Sequence[str]) -> tuple[Provision, ...]:
        """Articles named in the words, then those the themes serve."""
        found: dict[tuple[str, str], Provision] = {}
        for text in texts:
            for named in self._articles.read(fold(text)):
                if named.instrument is not None:
                    found[(named.instrument, named.article)] = Provision(
                        instrument=named.instrument,
                        article=named.article,
                        paragraph=named.paragraph,
                        basis="text",
                    )
        for instrument, article in provisions_served(themes, self._themes):
            found.setdefault(
                (instrument, article),
                Provision(instrument=instrument, article=article, basis="theme"),
            )
        return tuple(found.values())
