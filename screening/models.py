"""What the screening stores: rows that say nothing without the cookie of the person they belong to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Screening(models.Model):
    """One open check. No name, no address, no language, no time of visit: only when it ends.

    `lookup` is derived from the person's token; the token itself is stored nowhere.
    The protocol version is pinned, so that a new version never changes an open check.
    """

    lookup = models.BinaryField(_("lookup value"), max_length=32, unique=True)
    protocol_version = models.CharField(_("protocol version"), max_length=20)
    expires_at = models.DateTimeField(_("deleted after"), db_index=True)

    class Meta:
        verbose_name = _("open check")
        verbose_name_plural = _("open checks")

    def __str__(self) -> str:
        return f"check {self.pk}"


class SavedCheck(models.Model):
    """A check that its person can come back to with four words, until the check itself ends.

    Neither the words stand here, nor their language, nor when they were made. Only they open the token in it.
    """

    screening = models.OneToOneField(Screening, on_delete=models.CASCADE, related_name="saved")
    lookup = models.BinaryField(_("lookup value"), max_length=32, unique=True)
    sealed = models.BinaryField(_("sealed token"), max_length=100)

    class Meta:
        verbose_name = _("saved check")
        verbose_name_plural = _("saved checks")

    def __str__(self) -> str:
        return f"saved check {self.pk}"


class Answer(models.Model):
    """One sealed answer. `place` stands for the question and does not name it."""

    screening = models.ForeignKey(Screening, on_delete=models.CASCADE, related_name="answers")
    place = models.BinaryField(_("place"), max_length=32)
    sealed = models.BinaryField(_("sealed answer"), max_length=600)

    class Meta:
        verbose_name = _("sealed answer")
        verbose_name_plural = _("sealed answers")
        constraints = (
            models.UniqueConstraint(fields=["screening", "place"], name="screening_answer_once_per_question"),
        )

    def __str__(self) -> str:
        return f"answer {self.pk}"
