"""The form to come back with four words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from screening import words
from screening.words import Code

WORDS, INSTEAD, DELETE = "words", "instead", "delete"
# Which words the page to save showed (screening/saving.py), so that two presses make one code.
PRESENT = "present"
# What a page that could not be trusted gives back to be sent again (screening/views.py). Never the words: a browser
# can send a form of its history again, after its person left.
GIVEN_BACK = frozenset({PRESENT, "make", "stop"})
# No word of ours is longer than 7; and what is longer breaks the line of a small phone.
LONGEST_SHOWN = 12


class WordsForm(forms.Form):
    """Four words, typed or pasted, and, where other answers would go, the person's word that they may."""

    words = forms.CharField(
        label=gettext_lazy("Your 4 words"),
        help_text=gettext_lazy("Capital or small letters, with or without spaces. You can paste them."),
        max_length=200,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "none",
                "autocorrect": "off",
                "translate": "no",
            }
        ),
        error_messages={
            "required": gettext_lazy("Write your 4 words."),
            "max_length": gettext_lazy("That is too long. Write your 4 words and nothing else."),
        },
    )
    instead = forms.BooleanField(
        label=gettext_lazy("Delete the answers in this browser and open the saved ones"), required=False
    )

    def __init__(self, data: Any = None, *, language: str, others: bool) -> None:
        super().__init__(data, label_suffix="")
        self.language = language
        if not others:
            del self.fields[INSTEAD]

    def clean_words(self) -> Code:
        """Return the code. What is said of a word that is on no list helps nobody who guesses: the lists are public."""
        reading = words.read(self.cleaned_data[WORDS], self.language)
        if reading.code is not None:
            return reading.code
        if len(reading.words) == words.WORDS_A_CODE and reading.unknown:
            raise forms.ValidationError(self._unknown(reading.unknown))
        raise forms.ValidationError(
            _("A code has 4 words. We can read %(count)d here.") % {"count": len(reading.words)}
        )

    def _unknown(self, unknown: tuple[str, ...]) -> str:
        if len(unknown) > 1:
            return _("Some of these words are not on our list. Please look at them again.")
        return _("“%(word)s” is not on our list of words. Please look at it again.") % {
            "word": unknown[0][:LONGEST_SHOWN]
        }
