"""Made-up people for replays, demonstrations and measurements; the same people for the same seed.

    tables -> facts of one life -> answers

Read `sources`, `tables` and the two `shares_*` first: they are the data, and say for every
number whether it was read somewhere or is our judgment. `people` draws from them. Pure Python:
it knows no web and no database. Whatever comes out describes nobody, and is no forecast of who
will come: say so wherever a count over these people is shown.
"""

from screening.population.people import Population, Sheet, stream

__all__ = ["Population", "Sheet", "stream"]
