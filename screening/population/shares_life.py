"""Shares of the questions on health, mind, people, home, earlier help and the week, in per cent."""

from screening.population.tables import Row, Shares


def _row(*columns: tuple[float, ...]) -> tuple[Row, ...]:
    """Return the rows of one line of the PHQ-4, from one column for each state of mind."""
    keys = ("not_at_all", "several_days", "more_than_half", "nearly_every_day")
    return tuple((key, tuple(column[place] for column in columns)) for place, key in enumerate(keys))


PHQ4 = ("phq4_rows", "judgment")

SHARES = (
    Shares("pregnant", "everyone", (("no", (97,)), ("yes_or_maybe", (3,))), ("judgment",)),
    Shares(
        "health",
        "signs",
        (
            ("no", (66, 62, 57, 50, 42)),
            ("under_control", (27, 28, 29, 30, 31)),
            ("not_under_control", (6.5, 9, 12.5, 17.5, 23)),
            ("needs_nursing", (0.5, 1, 1.5, 2.5, 4)),
        ),
        ("judgment",),
    ),
    Shares(
        "overdose",
        "signs",
        (
            ("never", (88, 84, 74, 62, 52)),
            ("over_a_year", (7, 9, 13, 17, 20)),
            ("past_year", (4, 5, 9, 14, 19)),
            ("past_30_days", (1, 2, 4, 7, 9)),
        ),
        ("overdose", "judgment"),
        given=("substances", "opioids"),
        note="The source is on people who inject drugs: the right-hand columns come close to it.",
    ),
    Shares(
        "overdose",
        "signs",
        (
            ("never", (97.5, 95, 91, 86, 80)),
            ("over_a_year", (2, 3.7, 6, 9, 12)),
            ("past_year", (0.4, 1, 2.3, 4, 6)),
            ("past_30_days", (0.1, 0.3, 0.7, 1, 2)),
        ),
        ("judgment",),
    ),
    Shares("nervous", "mind", _row((60, 33, 6, 1), (22, 48, 23, 7), (8, 34, 36, 22), (3, 16, 34, 47)), PHQ4),
    Shares("worry", "mind", _row((72, 24, 3, 1), (30, 42, 21, 7), (10, 32, 34, 24), (4, 16, 32, 48)), PHQ4),
    Shares(
        "little_interest",
        "mind",
        _row((74, 22, 3, 1), (32, 40, 21, 7), (12, 34, 34, 20), (5, 18, 34, 43)),
        PHQ4,
    ),
    Shares("down", "mind", _row((72, 24, 3, 1), (28, 44, 21, 7), (9, 35, 34, 22), (4, 16, 33, 47)), PHQ4),
    Shares(
        "diagnosis",
        "mind",
        (
            ("none", (82, 58, 36, 22)),
            ("common", (16, 36, 46, 46)),
            ("serious", (1.8, 5, 12, 18)),
            ("hospital_past_year", (0.2, 1, 6, 14)),
        ),
        ("nsduh_2022", "judgment"),
    ),
    Shares(
        "unusual_experiences",
        "mind",
        (
            ("no", (97.5, 94, 88, 78)),
            ("a_few_times", (2, 5, 9, 14)),
            ("often", (0.4, 0.8, 2.5, 6)),
            ("now", (0.1, 0.2, 0.5, 2)),
        ),
        ("judgment",),
    ),
    Shares(
        "function",
        "mind",
        (
            ("not_hard", (80, 40, 12, 3)),
            ("somewhat_hard", (19, 52, 58, 37)),
            ("very_hard", (1, 8, 30, 60)),
        ),
        ("phq4_function", "judgment"),
    ),
    Shares(
        "people_to_count_on",
        "ground",
        (
            ("three_or_more", (48, 22, 8)),
            ("one_or_two", (42, 48, 36)),
            ("maybe_no_one", (8, 20, 30)),
            ("no_one", (2, 10, 26)),
        ),
        ("judgment",),
    ),
    Shares(
        "people_who_use",
        "ground",
        (
            ("none_or_few", (52, 28, 14)),
            ("some", (36, 40, 34)),
            ("most", (10, 24, 34)),
            ("most_and_push", (2, 8, 18)),
        ),
        ("judgment",),
    ),
    Shares(
        "place_to_live",
        "ground",
        (
            ("steady", (94.5, 70, 28)),
            ("might_lose", (4, 19, 27)),
            ("no_steady_place", (1, 8, 27)),
            ("shelter_car_outside", (0.5, 3, 18)),
        ),
        ("teds_homes", "judgment"),
        note="Together about 13 % without a steady place.",
    ),
    Shares(
        "safe_home",
        "ground",
        (
            ("yes", (82, 50, 22)),
            ("mostly", (16, 36, 33)),
            ("lots_of_use", (1.5, 11, 31)),
            ("hurt_or_scared", (0.5, 3, 14)),
        ),
        ("judgment",),
    ),
    Shares(
        "past_help",
        "signs",
        (
            ("got_help_not_back", (8, 6, 5, 5, 4)),
            ("not_tried", (68, 52, 40, 26, 16)),
            ("alone", (18, 30, 34, 32, 27)),
            ("counseling", (4, 8, 12, 15, 16)),
            ("iop", (1, 2, 4, 8, 11)),
            ("day_program_or_rehab", (0.5, 1, 3, 7, 11)),
            ("two_or_more", (0.5, 1, 2, 7, 15)),
        ),
        ("teds_again", "judgment"),
    ),
    Shares(
        "just_finished",
        "signs",
        (
            ("no", (98, 96.5, 93, 88, 82)),
            ("detox", (1, 2, 4, 7, 11)),
            ("rehab", (1, 1.5, 3, 5, 7)),
        ),
        ("judgment",),
    ),
    Shares(
        "longest_without",
        "signs",
        (
            ("two_weeks", (78, 56, 38, 24, 14)),
            ("a_few_days", (16, 30, 37, 38, 32)),
            ("two_days_or_less", (6, 14, 25, 38, 54)),
        ),
        ("judgment",),
    ),
    Shares(
        "free_times",
        "everyone",
        (
            ("any_time", (18,)),
            ("daytime", (16,)),
            ("evenings_and_weekends", (18,)),
            ("evenings", (16,)),
            ("weekends", (6,)),
            ("hardly_any", (6,)),
            ("skip", (20,)),
        ),
        ("judgment",),
    ),
    Shares(
        "ties",
        "everyone",
        (
            ("work_or_school", (48,)),
            ("caring", (32,)),
            ("travel", (22,)),
            ("court", (12,)),
            ("privacy", (22,)),
            ("no_video", (9,)),
        ),
        ("judgment",),
        kind="many",
    ),
    Shares(
        "live_away",
        "ground",
        (
            ("yes", (22, 26, 38)),
            ("with_help", (30, 28, 24)),
            ("no", (48, 46, 38)),
        ),
        ("judgment",),
    ),
)
