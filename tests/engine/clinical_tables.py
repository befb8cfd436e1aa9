"""The tables of the clinical design (section 3.2 and 3.3), written out a second time, by hand, from the text.

Nothing here reads the protocol: `test_scoring` and `test_decision` hold the two against
each other, over every combination. A cut-off that is moved in one place only is found.
"""

from collections.abc import Callable

Bands = dict[str, int]
Flags = frozenset[str]


def severity(signs: int, over_5_years_most_days: bool, just_finished_rehab: bool) -> int:
    """0-1 signs is 0; 2-3 is 1; 4-5 is 2; 6-8 is 3; 9 and more is 4; 6 and more for years is 4."""
    band = 0 if signs <= 1 else 1 if signs <= 3 else 2 if signs <= 5 else 3 if signs <= 8 else 4
    if signs >= 6 and over_5_years_most_days:
        band = 4
    return min(band, 2) if just_finished_rehab else band


def withdrawal(days: int, drinks: int, sedatives: int, past: int, now: int, body_reacts: bool) -> int:
    """Days: 0 not at all to 3 most days. Drinks: 0 is 1-2 to 3 is 8+. Past: 1 sick, 2 hospital, 3 seizure."""
    most_days = days == 3
    heavy = most_days and drinks >= 2
    band = 2 if most_days and drinks == 3 else 1 if heavy else 0
    band = max(band, sedatives)
    if most_days and sedatives:
        band = max(band, 3)
    if days < 2 and not sedatives:
        return band
    band = max(band, {0: 0, 1: 2, 2: 3}[now])
    band = max(band, {0: 0, 1: 2 if heavy else 1, 2: 3 if heavy else 2, 3: 3}[past])
    return 4 if body_reacts else band


def mental_health(phq4: int, function: int, diagnosis: int, unusual: int) -> int:
    """Diagnosis: 1 depression and the like, 2 bipolar or psychosis, 3 a hospital stay in the past year."""
    if unusual == 3:
        return 4
    known = diagnosis >= 1
    serious = diagnosis >= 2
    if (phq4 >= 9 and function == 2) or (serious and function == 2) or diagnosis == 3 or unusual == 2:
        return 3
    if (phq4 >= 6 and function >= 1) or phq4 >= 9 or (known and function >= 1) or serious or unusual == 1:
        return 2
    return 1 if phq4 >= 3 or known else 0


def support(people_to_count_on: int, people_who_use: int) -> int:
    both = people_to_count_on >= 2 and people_who_use >= 2
    return min(4, max(people_to_count_on, people_who_use) + both)


def home(place: int, safe: int) -> int:
    return max((0, 2, 3, 4)[place], (0, 1, 3, 4)[safe])


def return_to_use(past_help: int, longest: int, overdose: int) -> int:
    return max(past_help, longest, overdose)


Condition = Callable[[Bands, Flags], bool]


def _burdens(b: Bands) -> int:
    return sum(b[domain] >= 2 for domain in ("return_to_use", "support", "home", "mental_health"))


# Rule: what it asks for, and when (section 3.3, letter by letter).
# fmt: off
RULES: dict[str, tuple[str, Condition]] = {
    "g1_life_in_danger": ("emergency", lambda b, f: 4 in (b["danger"], b["medical"], b["withdrawal"], b["mental_health"])),
    "g2_danger_not_long_ago": ("crisis_today", lambda b, f: b["danger"] >= 3),
    "g3_withdrawal_risk": ("medical_first", lambda b, f: b["withdrawal"] >= 3),
    "g4_withdrawal_without_safe_help": ("medical_first", lambda b, f: b["withdrawal"] >= 2 and (b["support"] >= 3 or b["home"] >= 3 or b["medical"] >= 2 or "older" in f)),
    "g5_health_first": ("medical_first", lambda b, f: b["medical"] >= 3),
    "g6_pregnancy": ("medical_first", lambda b, f: "pregnant" in f and (b["withdrawal"] >= 1 or "opioids" in f)),
    "res1_severe_and_unsafe_home": ("residential", lambda b, f: b["severity"] >= 3 and b["home"] >= 3),
    "res2_no_safe_place": ("residential", lambda b, f: b["severity"] >= 2 and b["home"] == 4),
    "res3_severe_after_full_programs": ("residential", lambda b, f: b["severity"] >= 3 and b["return_to_use"] == 4),
    "res4_severe_relapse_risk_and_weak_ground": ("residential", lambda b, f: b["severity"] >= 3 and b["return_to_use"] >= 3 and (b["support"] >= 3 or b["home"] >= 2)),
    "res5_most_severe_with_another_burden": ("residential", lambda b, f: b["severity"] == 4 and (b["support"] >= 3 or b["home"] >= 2 or b["return_to_use"] >= 3 or b["mental_health"] >= 3)),
    "res6_unsafe_home_and_alone": ("residential", lambda b, f: b["severity"] >= 2 and b["home"] >= 3 and b["support"] >= 3),
    "res7_mental_health_and_no_ground": ("residential", lambda b, f: b["mental_health"] >= 3 and b["severity"] >= 2 and (b["home"] >= 3 or b["support"] == 4)),
    "php1_most_severe": ("php", lambda b, f: b["severity"] == 4),
    "php2_severe_and_one_burden": ("php", lambda b, f: b["severity"] >= 3 and (b["return_to_use"] >= 3 or b["support"] >= 3 or b["mental_health"] >= 3)),
    "php3_severe_and_two_strains": ("php", lambda b, f: b["severity"] >= 3 and _burdens(b) >= 2),
    "php4_mental_health_most_days": ("php", lambda b, f: b["mental_health"] >= 3),
    "php5_after_a_crisis": ("php", lambda b, f: b["danger"] >= 3),
    "php6_unsafe_home": ("php", lambda b, f: b["severity"] >= 2 and b["home"] >= 3),
    "php7_alone": ("php", lambda b, f: b["severity"] >= 2 and b["support"] == 4),
    "php8_lighter_help_did_not_hold": ("php", lambda b, f: b["severity"] >= 2 and b["return_to_use"] == 4),
    "iop1_clear_signs": ("iop", lambda b, f: b["severity"] >= 2),
    "iop2_some_signs_and_a_burden": ("iop", lambda b, f: b["severity"] >= 1 and (b["mental_health"] >= 2 or b["support"] >= 3 or b["home"] >= 3 or b["return_to_use"] >= 2 or b["danger"] >= 2)),
    "iop3_recent_overdose_or_return": ("iop", lambda b, f: b["return_to_use"] >= 3),
    "iop4_body_depends": ("iop", lambda b, f: b["withdrawal"] >= 2),
    "iop5_after_detox_or_rehab": ("iop", lambda b, f: "after_rehab" in f or "after_detox" in f),
    "dual1_both_at_once": ("capable", lambda b, f: b["mental_health"] >= 2 or b["danger"] >= 2),
    "dual2_psychiatric_care": ("enhanced", lambda b, f: b["mental_health"] >= 3 or b["danger"] >= 3),
}
# fmt: on
