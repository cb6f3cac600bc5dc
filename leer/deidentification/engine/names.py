"""Names of people. A list says which words may be a name; the sentence says whether it is one.

In Dutch a word in the middle of a sentence has a capital only when it is a name. So a word with a
capital that is no Dutch word is taken for a name also when no list knows it; a word that is both
(*Bakker*, *Roos*) is one when it has a capital it would not need, stands behind a title, or does
what only people do. In small letters only the lists can tell.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from leer.deidentification.engine.findings import Found, Kind
from leer.deidentification.engine.lexicon import TOO_USUAL, Lexicon, own, words_of
from leer.deidentification.engine.tokens import SHORT, Token

POLITE = words_of("polite.txt")
TITLES = POLITE | words_of("titles.txt")
DOES = words_of("verbs.txt")
INFIXES = frozenset(own("infixes.txt"))
ACTS = re.compile(r"(?!(?:he|nie|da|wa|me|ui|diep|dich|kor|och)t$)[a-z]{2,}(?:t|de|te)|is|was|had")
"""The shape of a verb of one person; behind *Ton* or *Roos* it says that these are people."""
SHORTEST = 4
"""The letters of a name that is told from a typing error by nothing else."""
FROM_ABROAD = re.compile(r"[ğşıłńśźżćęąőűčšžřůåøßãõñçțșđ]|(?<![aeio])[öü]")
"""Letters that Dutch words do without; behind a vowel the dots only part two: *coördinator*."""
OF = "van"
LOOSE = frozenset({"van", "in", "op", "aan", "bij", "uit"})
LONGEST_INFIX = 2
BLANKS = re.compile(r"[ \t\r]+")
BINDS = frozenset({"", " ", "_", "-", ".", ". ", ".\n", "\n", " \n", "\n ", "--", "'", " '", "__"})
"""What may stand between two words of one name."""
NEVER = 300_000
"""Not even with a capital inside a sentence: *Hij*, *Maar*, behind a quote that was not seen."""
SELDOM_ENOUGH = 15_000
"""In small letters behind a first name or a title words are surnames up to here: *zwart*."""


@dataclass(frozen=True)
class Names:
    """The names in the words of one text."""

    tokens: Sequence[Token]
    lexicon: Lexicon
    not_names: Set[str]
    in_files: Set[int]
    """Where in the text there are names of files, character by character."""

    def find(self) -> Iterator[Found]:
        """Each name with all its parts; and whoever was named once, wherever else."""
        found = list(self._first_look())
        return iter([*found, *self._again(found)])

    def _again(self, found: Sequence[Found]) -> Iterator[Found]:
        """*Ton, met een doos* could be a ton, but not where *zei Ton* is written as well."""
        inside = {at for one in found for at in range(one.start, one.end)}
        known = {token.text for token in self.tokens if token.start in inside and self._sure(token)}
        for token in self.tokens:
            if token.start not in inside and (
                token.text in known or token.text.removesuffix("s") in known
            ):
                yield Found(token.start, token.end, Kind.PERSON)

    def _sure(self, token: Token) -> bool:
        """A word that is a name by itself, not the *de* or the *Hof* of one."""
        named = token.capital and not token.shouted and len(token.text) >= SHORTEST - 1
        return named and self._is_name_inside(token) and token.small not in INFIXES

    def _first_look(self) -> Iterator[Found]:
        at = 0
        while at < len(self.tokens):
            if self._is_core(at):
                first, last = self._from(at), self._until(at)
                yield Found(self.tokens[first].start, self.tokens[last].end, Kind.PERSON)
                at = last
            at += 1

    def _is_core(self, at: int) -> bool:
        """Whether a name hangs on this word."""
        token = self.tokens[at]
        if len(token.text) == 1:
            return token.initial and self._behind_a_title(at)
        if token.small in POLITE | SHORT:
            return False
        if self._behind_a_title(at):
            return self._fits_a_title(at)
        return token.text not in self.not_names and self._stands_out(at)

    def _stands_out(self, at: int) -> bool:
        """Whether it is a name by the way it is written, and where."""
        token = self.tokens[at]
        if token.shouted:
            return self._is_shouted_name(at)
        if not token.capital:
            return self._is_small_name(at)
        if self.lexicon.is_place(token.small) and not self.lexicon.is_name(token.small):
            return False
        return self._is_opening_name(at) if token.opens else self._is_name_inside(token)

    def _behind_a_title(self, at: int) -> bool:
        """A title, or a title and what comes before a surname: *mevrouw van der*."""
        before = at - self._infix_before(at) - 1
        return before >= 0 and self.tokens[before].small in TITLES and self._bound(before + 1)

    def _fits_a_title(self, at: int) -> bool:
        token, infix = self.tokens[at], self._infix_before(at) > 0
        if token.capital:
            may_be = self.lexicon.seen(token.small) < NEVER
            return may_be and (token.text not in self.not_names or self._polite(at) or infix)
        if not self.lexicon.may_be_word(token.small):
            return True
        surely = self._polite(at) or (infix and not self._loose(at))
        most = TOO_USUAL if surely else SELDOM_ENOUGH
        return self.lexicon.is_name(token.small) and self.lexicon.seen(token.small) < most

    def _loose(self, at: int) -> bool:
        """*in de* and *van de* stand before a surname, and before everything else."""
        return self.tokens[at - self._infix_before(at)].small in LOOSE and (
            self.tokens[at - 1].small == "de"
        )

    def _polite(self, at: int) -> bool:
        return self.tokens[at - self._infix_before(at) - 1].small in POLITE

    def _is_name_inside(self, token: Token) -> bool:
        """In the middle of a sentence: a name of the list, or no word at all."""
        if self.lexicon.is_name(token.small):
            return self.lexicon.seen(token.small) < NEVER
        return not self.lexicon.is_said(token.small)

    def _is_opening_name(self, at: int) -> bool:
        """Where every word has a capital: no Dutch word, or somebody who does something."""
        token = self.tokens[at]
        if not self.lexicon.is_word(token.small):
            return True
        if not self.lexicon.is_name(token.small):
            return False
        if self.lexicon.is_first_name(token.small) and not self.lexicon.is_usual(token.small):
            return True
        return self._does_something(at) and self.lexicon.seen(token.small) < TOO_USUAL

    def _does_something(self, at: int) -> bool:
        """What follows is what people do, or the rest of a name."""
        following = at + self._infix_after(at) + 1
        if following >= len(self.tokens):
            return False
        token = self.tokens[following]
        if token.capital and not token.opens and self._bound(following):
            return not token.shouted and token.text not in self.not_names
        acts = token.small in DOES or (
            self.lexicon.is_first_name(self.tokens[at].small)
            and ACTS.fullmatch(token.text) is not None
        )
        does = self._bound(following) and acts
        return following == at + 1 and (does or self._with_initials_behind(at) > at)

    def _is_shouted_name(self, at: int) -> bool:
        """In capitals a name is one of the list, or stands beside one."""
        token = self.tokens[at]
        known = self.lexicon.is_name(token.small)
        if self._shouted_neighbour(at):
            return known and self.lexicon.seen(token.small) < SELDOM_ENOUGH
        long = len(token.text) > SHORTEST - 1 or self.lexicon.is_first_name(token.small)
        return known and long and not self.lexicon.is_usual(token.small)

    def _shouted_neighbour(self, at: int) -> bool:
        following = at + self._infix_after(at) + 1
        return following < len(self.tokens) and self.tokens[following].shouted

    def _is_small_name(self, at: int) -> bool:
        """Without a capital: a name of the list that is hardly ever a word."""
        token = self.tokens[at]
        if self.lexicon.is_first_name(token.small):
            if not self.lexicon.is_usual(token.small):
                return True
            rare = self.lexicon.seen(token.small) < SELDOM_ENOUGH
            return rare and self._has_small_surname(at)
        if self.lexicon.is_name(token.small):
            return not self.lexicon.is_word(token.small)
        return self._is_strange(at) and (
            token.start in self.in_files
            or FROM_ABROAD.search(token.small) is not None
            or (token.opens and self._is_followed_by_a_deed(at))
            or self._is_strange(at + 1)
        )

    def _is_followed_by_a_deed(self, at: int) -> bool:
        following = at + 1
        return (
            following < len(self.tokens)
            and self._bound(following)
            and self.tokens[following].small in DOES
        )

    def _is_strange(self, at: int) -> bool:
        """Not a word that anybody says, and long enough to be a name; two of them are one."""
        if at >= len(self.tokens) or not self._bound(at):
            return False
        token = self.tokens[at]
        long = len(token.text) >= SHORTEST and not token.capital
        strange = long and not self.lexicon.may_be_word(token.small)
        return strange and token.text.capitalize() not in self.not_names

    def _has_small_surname(self, at: int) -> bool:
        """*mark de vries*: a word as well, but with a surname behind it hardly that."""
        following = at + self._infix_after(at) + 1
        if following >= len(self.tokens) or not self._bound(following):
            return False
        token, infix = self.tokens[following], following > at + 1
        usual = self.lexicon.is_usual(token.small) and not infix
        return token.small in self.lexicon.surnames and not usual and token.small not in DOES

    def _until(self, at: int) -> int:
        """The last word of the name: surnames, what stands between, *, K.*"""
        while True:
            following = at + self._infix_after(at) + 1
            if following >= len(self.tokens) or not self._bound(following):
                break
            if not self._goes_on(at, following):
                break
            at = following
        return self._with_initials_behind(at)

    def _goes_on(self, at: int, following: int) -> bool:
        token, infix = self.tokens[following], following > at + 1
        if (token.opens and token.before.strip(" \r\t") != "\n") or (
            token.text in self.not_names and not infix
        ):
            return False
        if token.capital and token.opens:
            return self._is_name_inside(token)
        if token.capital:
            return not token.shouted or self.tokens[at].shouted
        if self.tokens[at].capital and not infix:
            return self.tokens[following].before == "-"
        if infix and self.tokens[at].capital:
            return False
        return self._is_small_surname(token, infix=infix)

    def _is_small_surname(self, token: Token, *, infix: bool) -> bool:
        if not self.lexicon.is_said(token.small):
            return True
        known = self.lexicon.is_name(token.small) and token.small not in DOES
        return known and (infix or self.lexicon.seen(token.small) < SELDOM_ENOUGH)

    def _with_initials_behind(self, at: int) -> int:
        """*Bakker, K.* and *Nowak, Agnieszka*, as on a list."""
        following = at + 1
        listed = following < len(self.tokens) and self.tokens[following].before == ", "
        return following if listed and self.tokens[following].initial else at

    def _from(self, at: int) -> int:
        """The first word of the name: initials, and what stands before a surname."""
        while self._belongs_to_the_next(at - 1):
            at -= 1
        infix = self._infix_before(at)
        first = at - infix
        while first > 0 and self.tokens[first - 1].initial and self._bound(first):
            first -= 1
        if first < at - infix:
            return first
        belongs = infix and (self.tokens[first].capital or self._behind_a_title(at))
        return first if belongs and not self._is_owner(at) else at

    def _is_owner(self, at: int) -> bool:
        """*een vriendin van Wilma* is Wilma's; *agent van Dijk* is called so."""
        small = self.tokens[at].small
        called = small in self.lexicon.surnames and not self.lexicon.is_first_name(small)
        return self.tokens[at - 1].text == OF and not self._polite(at) and not called

    def _belongs_to_the_next(self, at: int) -> bool:
        """*Ever Given*: a capital that no sentence asked for, before a name."""
        if at < 0 or self.tokens[at].opens or not self._bound(at + 1):
            return False
        token = self.tokens[at]
        named = token.capital and not token.initial and not token.shouted
        return named and token.text not in self.not_names and token.small not in TITLES

    def _bound(self, at: int) -> bool:
        """Whether nothing but a space or a dash stands before this word, or the dot of *J.*"""
        before, last = BLANKS.sub(" ", self.tokens[at].before), self.tokens[at - 1]
        return before in BINDS and ("." not in before or last.initial or last.small in SHORT)

    def _infix_before(self, at: int) -> int:
        """How many words before this one are *van der* and the like."""
        for count in range(min(LONGEST_INFIX, at), 0, -1):
            words = self.tokens[at - count : at]
            if self._are_infix(words) and all(self._bound(at - i) for i in range(count)):
                return count
        return 0

    def _infix_after(self, at: int) -> int:
        for count in range(LONGEST_INFIX, 0, -1):
            words = self.tokens[at + 1 : at + 1 + count]
            if len(words) == count and self._are_infix(words):
                return count if all(self._bound(at + 1 + i) for i in range(count)) else 0
        return 0

    def _are_infix(self, words: Sequence[Token]) -> bool:
        joined = " ".join(("'" if "'" in word.before else "") + word.small for word in words)
        return joined in INFIXES or joined.replace("'", "") in INFIXES
