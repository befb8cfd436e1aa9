"""One rule table made ready: which rules fire for exact bands and flags.

Each band and flag that some rule asks for is one bit. A person is then one number,
and a rule fires when one of its ways is contained in it.
"""

from __future__ import annotations

from screening.engine.conditions import Has, Reaches, ways
from screening.engine.spec import TOP_BAND, Rule


class Bits:
    """The bits that a protocol's rules look at."""

    def __init__(self, domains: tuple[str, ...], flags: tuple[str, ...]) -> None:
        self._place = {key: place for place, key in enumerate((*domains, *flags))}
        # Four bits a domain, one for each band from 1 up; one bit a flag, in the same stride.
        self._bands = tuple(
            tuple(((1 << band) - 1) << (TOP_BAND * place) for band in range(TOP_BAND + 1))
            for place in range(len(domains))
        )
        self._flags = tuple(1 << (TOP_BAND * (len(domains) + place)) for place in range(len(flags)))

    def of_person(self, bands: tuple[int, ...], flags: tuple[bool, ...]) -> int:
        """Return the bits that exact bands (0-4) and flags set, in protocol order."""
        bits = 0
        for reached, band in zip(self._bands, bands, strict=True):
            bits |= reached[band]
        for bit, flag in zip(self._flags, flags, strict=True):
            if flag:
                bits |= bit
        return bits

    def of_leaf(self, leaf: Reaches | Has) -> int:
        """Return the bit that must be set for one band or flag."""
        if isinstance(leaf, Has):
            return 1 << (TOP_BAND * self._place[leaf.flag])
        return 1 << (TOP_BAND * self._place[leaf.domain] + leaf.band - 1)


class RuleTable:
    """Rules with the ways to meet them, as bits."""

    def __init__(self, rules: tuple[Rule, ...], bits: Bits) -> None:
        self._rows = tuple(
            (rule, tuple(sum(bits.of_leaf(leaf) for leaf in way) for way in ways(rule.when)))
            for rule in rules
        )

    def firing(self, person: int) -> list[Rule]:
        """Return the rules that fire for a person's bits, in table order."""
        fired = []
        for rule, needed in self._rows:
            for way in needed:
                if person & way == way:
                    fired.append(rule)
                    break
        return fired
