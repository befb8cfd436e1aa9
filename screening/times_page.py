"""The part of the result that names real times: which offers here may fit, and what stands in the way of the nearest.

The result says how much care; this never changes it. Less care is named only where the protocol's own note on a busy
week does (a day program or a place to live, and no time fits), with the words that belong to it, and never while
a danger comes first or can not be ruled out.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.fit import Fitting, Match, Needed, Reason, Week, fit
from programs.models import Track
from programs.times import time_lines
from programs.track_rows import TrackRow, as_offer, offered, row
from screening.engine import Assessment
from screening.engine.decision import Decision
from screening.engine.spec import LADDER
from screening.present import language, reader, step_url
from screening.services import OpenCheck
from screening.week import FREE_TIMES, week_of

MOST_FITS = 3
# With more kinds of care open than a person can weigh, naming times would be guessing.
MOST_LEVELS = 2
# From these a rung less is still a program: the levels of the protocol's note on a week without room.
FALL_BACK_FROM = ("php", "residential")
ON_PAPER_AFTER = ("none", "medical_first")


@dataclass(frozen=True, slots=True)
class TrackShown:
    """One offer on the result: its kind of care, a label when it is not the care suggested, what is in the way."""

    row: TrackRow
    kind: str
    label: str = ""
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimesPage:
    """`fits` first; `nearest` is an offer that does not fit, with the reasons; `fallback` is less care.

    `on_paper` is False after an emergency or a crisis: that copy is about today, and has no room for a timetable.
    """

    lede: str
    fits: tuple[TrackShown, ...]
    fallback: TrackShown | None
    nearest: TrackShown | None
    free_shown: bool
    clash_shown: bool
    change_url: str
    on_paper: bool
    kinds_differ: bool


def times_page(check: OpenCheck, assessment: Assessment) -> TimesPage | None:
    """Return what real times to show, or None: nothing is offered here, or no care is suggested to go with it.

    Two queries; none where no care is suggested.
    """
    needed = needed_by(assessment.decision)
    if needed is None:
        return None
    tracks = {track.pk: track for track in offered()}
    if not tracks:
        return None
    asked = {key for step in check.path.steps for key in step.questions}
    week = week_of({key: chosen for key, chosen in check.answers.items() if key in asked}, language())
    today = timezone.localdate()
    found = fit(week, [as_offer(track, today) for track in tracks.values()], needed)
    return _Times(check, week, tracks, found).page(on_paper=assessment.decision.lead in ON_PAPER_AFTER)


def needed_by(decision: Decision) -> Needed | None:
    """Return the care a decision suggests, as the match needs it; None where it suggests no adult level."""
    levels = (decision.level,) if decision.level in LADDER else decision.possible_levels
    if decision.level not in (*LADDER, "undetermined") or not 0 < len(levels) <= MOST_LEVELS:
        return None
    danger = decision.lead != "none" or bool(set(decision.possible_leads) - {"none"})
    return Needed(
        levels=levels,
        co_occurring=decision.co_occurring != "none",
        may_fall_back=not danger and decision.level in FALL_BACK_FROM,
    )


class _Times:
    """Puts one match into the words of this page."""

    def __init__(self, check: OpenCheck, week: Week, tracks: dict[int, Track], found: Fitting) -> None:
        self.check, self.week, self.tracks, self.found = check, week, tracks, found
        read = reader(check.voice)
        self._kinds = {care.key: str(read(care.name)) for care in check.engine.protocol.care}

    def page(self, *, on_paper: bool) -> TimesPage:
        found = self.found
        # More care than suggested is named only where nothing at the suggested level fits.
        same = [match for match in found.fits if match.step == 0] or found.fits
        fits = tuple(self._shown(match) for match in same[:MOST_FITS])
        nearest = self._shown(found.nearest) if found.nearest else None
        fallback = self._shown(found.fallback) if found.fallback else None
        pictures = [shown.row.picture for shown in (*fits, fallback, nearest) if shown and shown.row.picture]
        kinds = {block.kind for one in pictures for block in one.blocks}
        return TimesPage(
            lede=self._lede(),
            fits=fits,
            fallback=fallback,
            nearest=nearest,
            free_shown="free" in kinds,
            clash_shown="clash" in kinds,
            change_url=self._change_url(),
            on_paper=on_paper,
            kinds_differ=len({shown.kind for shown in fits}) > 1,
        )

    def _lede(self) -> str:
        if not self.found.fits:
            return _(
                "No time here fits that week. The kind of care we suggest stays the same. "
                "Ask what else is possible: other times, rides, child care, or leave from work."
            )
        if self.week.free is None:
            return _("You did not tell us about free times. These are times here for this kind of care.")
        return _("From what you told us, these times here may fit.")

    def _shown(self, match: Match) -> TrackShown:
        track = self.tracks[match.offer.key]
        late = tuple(clash.meeting for clash in match.clashes if clash.meeting)
        return TrackShown(
            row=row(track, language(), free=self.week.free, clashes=late),
            kind=self._kinds.get(match.offer.level, ""),
            label=self._label(match.step),
            clashes=tuple(clash_lines(match)),
        )

    def _label(self, step: int) -> str:
        if step > 0:
            return _("More care than we suggest.")
        if step < 0:
            return _(
                "Less than we suggest. Start there only with a doctor's or counselor's plan and a date to step up."
            )
        return ""

    def _change_url(self) -> str:
        step = self.check.path.holding(FREE_TIMES)
        return step_url(step.number) if step else ""


def clash_lines(match: Match) -> list[str]:
    """Return what stands in the way, a sentence each; meetings outside the free times together."""
    late = [clash.meeting for clash in match.clashes if clash.meeting]
    said = []
    if late and len(late) == len(match.offer.meetings):
        said.append(_("All its times are outside the free times you gave."))
    elif late:
        said += [_("Outside the free times you gave: %(time)s") % {"time": line} for line in time_lines(late)]
    return said + [str(SENTENCES[clash.reason]) for clash in match.clashes if clash.reason in SENTENCES]


# What is wrong about care itself is not among them: such an offer is never shown as near.
SENTENCES = {
    Reason.FULL: gettext_lazy("No place is free now. Ask about a waiting list."),
    Reason.LANGUAGE: gettext_lazy("It is in another language."),
    Reason.NO_TRAVEL: gettext_lazy("It is in person."),
    Reason.NO_RIDE: gettext_lazy("It is in person, and it gives no rides."),
    Reason.NO_PLACE_FOR_VIDEO: gettext_lazy("It is by video. That takes internet and a private place."),
    Reason.NO_CHILDCARE: gettext_lazy("It has no child care."),
    Reason.NOT_AWAY: gettext_lazy("People live there for some weeks."),
}
