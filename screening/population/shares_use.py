"""Shares of the questions on safety, use and its signs, in per cent."""

from screening.population.tables import FactShares, Shares, Signs

FACT_SHARES = (
    FactShares(
        "signs",
        "everyone",
        (
            ("0-1 signs", (18,)),
            ("2-3", (20,)),
            ("4-5", (20,)),
            ("6-8", (24,)),
            ("9-11", (18,)),
        ),
        ("aud_severity", "judgment"),
        "In the population most are mild; people who look for help are not.",
    ),
    FactShares(
        "mind",
        "signs",
        (
            ("calm", (60, 45, 34, 24, 17)),
            ("low", (27, 32, 33, 32, 29)),
            ("hard", (10, 16, 21, 26, 30)),
            ("very hard", (3, 7, 12, 18, 24)),
        ),
        ("nsduh_2022", "judgment"),
        "Close to half of adults with a disorder also had a mental illness.",
    ),
    FactShares(
        "ground",
        "signs",
        (
            ("firm", (70, 60, 50, 38, 28)),
            ("shaky", (24, 30, 34, 37, 38)),
            ("missing", (6, 10, 16, 25, 34)),
        ),
        ("judgment",),
    ),
)

SIGNS = Signs(
    counts=((0, 1), (2, 3), (4, 5), (6, 8), (9, 11)),
    weights=(
        ("signs", "more_than_meant", 10),
        ("signs", "fell_behind", 6),
        ("signs", "could_not_cut_down", 8),
        ("signs", "trouble_with_people", 6),
        ("signs", "strong_urges", 9),
        ("signs", "hurt_body_or_mood", 7),
        ("more_signs", "much_time", 6),
        ("more_signs", "gave_things_up", 5),
        ("more_signs", "unsafe", 4),
        ("more_signs", "needed_more", 7),
        ("more_signs", "sick_without", 4),
    ),
    sources=("judgment",),
    note="Every count within a step is as likely as the others.",
)

SHARES = (
    Shares(
        "age",
        "everyone",
        (
            ("under_18", (3,)),
            ("18_25", (16,)),
            ("26_64", (73,)),
            ("65_plus", (8,)),
        ),
        ("judgment",),
    ),
    Shares(
        "now",
        "signs",
        (
            ("overdose", (0.1, 0.2, 0.3, 0.6, 1)),
            ("seizure", (0.1, 0.1, 0.2, 0.5, 1)),
            ("confused", (0.2, 0.3, 0.5, 0.8, 1.5)),
            ("body", (0.3, 0.4, 0.6, 1, 1.5)),
            ("being_hurt", (0.3, 0.4, 0.6, 0.9, 1.3)),
            ("might_hurt_someone", (0.2, 0.3, 0.4, 0.6, 0.9)),
        ),
        ("judgment",),
        kind="many",
        note="Rare, but in every replay: a rule that loses an emergency must be seen.",
    ),
    Shares(
        "suicide_thoughts",
        "mind",
        (
            ("no", (92, 80, 62, 42)),
            ("before", (7, 14, 20, 22)),
            ("no_plan", (0.9, 5.5, 16, 29)),
            ("plan", (0.1, 0.5, 2, 7)),
        ),
        ("suicide", "judgment"),
        note="Past month; the sources speak of the start of residential care and of a year.",
    ),
    Shares(
        "self_harm",
        "mind",
        (
            ("no", (99.5, 98, 94, 85)),
            ("yes", (0.5, 2, 6, 15)),
        ),
        ("suicide", "judgment"),
    ),
    Shares(
        "substances",
        "signs",
        (
            ("alcohol", (72, 74, 72, 70, 70)),
            ("opioids", (4, 7, 14, 24, 34)),
            ("sedatives", (8, 10, 13, 17, 22)),
            ("stimulants", (5, 9, 16, 25, 34)),
            ("cannabis", (25, 34, 38, 40, 42)),
            ("other", (2, 3, 5, 6, 8)),
        ),
        ("nsduh_2022", "teds_2015", "sedatives", "judgment"),
        kind="many",
        note="Use in 3 months, not the main substance, so shares add up to more than 100.",
    ),
    Shares(
        "alcohol_days",
        "signs",
        (
            ("not_at_all", (12, 7, 5, 6, 8)),
            ("a_few_times", (62, 43, 28, 17, 11)),
            ("some_days", (22, 38, 40, 30, 20)),
            ("most_days", (4, 12, 27, 47, 61)),
        ),
        ("judgment",),
    ),
    Shares(
        "sedative_use",
        "signs",
        (
            ("not_now", (15, 14, 14, 14, 13)),
            ("as_told", (72, 58, 44, 34, 26)),
            ("some_days_not_as_told", (11, 24, 33, 36, 35)),
            ("most_days_not_as_told", (2, 4, 9, 16, 26)),
        ),
        ("sedatives", "judgment"),
        note="Among people with few signs about as often misused as in the survey.",
    ),
    Shares(
        "drinks_a_day",
        "signs",
        (
            ("1_2", (45, 25, 12, 6, 3)),
            ("3_4", (38, 42, 34, 22, 12)),
            ("5_7", (13, 24, 34, 36, 30)),
            ("8_plus", (4, 9, 20, 36, 55)),
        ),
        ("judgment",),
    ),
    Shares(
        "withdrawal_past",
        "signs",
        (
            ("nothing", (92, 80, 62, 42, 26)),
            ("sick", (7, 17, 31, 42, 44)),
            ("hospital", (0.8, 2.3, 5.5, 12, 21)),
            ("seizure", (0.2, 0.7, 1.5, 4, 9)),
        ),
        ("alcohol_withdrawal", "judgment"),
        note="Half have symptoms from 6 signs on; seizures in 2 to 9 % there.",
    ),
    Shares(
        "withdrawal_now",
        "signs",
        (
            ("no", (92, 80, 62, 42, 26)),
            ("a_little", (7.5, 18, 33, 44, 46)),
            ("a_lot", (0.5, 2, 5, 14, 28)),
        ),
        ("alcohol_withdrawal", "judgment"),
    ),
    Shares(
        "pattern",
        "signs",
        (
            ("not_most_days", (70, 55, 40, 26, 12)),
            ("under_1_year", (20, 22, 22, 20, 14)),
            ("1_to_5_years", (8, 16, 26, 34, 36)),
            ("over_5_years", (2, 7, 12, 20, 38)),
        ),
        ("judgment",),
    ),
)
