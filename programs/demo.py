"""What the demonstration adds to the guide: times to choose from at a made-up center."""

from collections.abc import Iterator
from random import Random

from django.utils import timezone

from programs import demo_tracks


def fill(dice: Random) -> Iterator[str]:
    """Add the made-up offers that are not there yet; yield what was done, in a line."""
    yield f"{demo_tracks.seed(timezone.localdate())} offers with times added."
