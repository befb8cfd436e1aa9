"""Letters without accents and capitals, for looking words up and for putting them in order."""

import unicodedata


class _Folding(dict[int, str]):
    """One letter for one, so that places in the folded text are places in the text."""

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFD", chr(code))[0].lower()[0]
        self[code] = letter
        return letter


_folding = _Folding()


def fold(text: str) -> str:
    """Return a text of the same length without accents and capitals."""
    return text.translate(_folding)
