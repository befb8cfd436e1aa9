"""Where each question and rule comes from, how we know it, and its licence."""

from screening.engine.spec import Source

OWN_WORDS = "Our own words; the idea is free to use, no instrument text is taken."

SOURCES = (
    Source(
        "dsm5",
        "American Psychiatric Association, DSM-5 (2013): the eleven signs of a substance "
        "use disorder; 2-3 mild, 4-5 moderate, 6 or more severe. Used in our own words; "
        "our list is built on the same signs and is not itself validated.",
        "verified",
        OWN_WORDS,
    ),
    Source(
        "phq4",
        "Kroenke, Spitzer, Williams, Lowe (2009), An ultra-brief screening scale for anxiety "
        "and depression: the PHQ-4. Psychosomatics 50:613-621. Cut-offs 3, 6 and 9.",
        "verified",
        "Free: no permission required to reproduce, translate, display or distribute. "
        "Shown word for word when a person answers for themselves.",
    ),
    Source(
        "phq4_observer",
        "Observer wording of the same four ideas, for someone who answers about a person "
        "they love. Not the PHQ-4 and not validated.",
        "judgment",
        OWN_WORDS,
    ),
    Source(
        "asq",
        "Ask Suicide-Screening Questions (NIMH), adults: sensitivity 100 %, specificity 89 % "
        "(n=727), PMC9773543; Columbia scale: a plan, or an attempt in the past 3 months, is "
        "high risk. Used in our own words.",
        "verified",
        OWN_WORDS,
    ),
    Source(
        "asam_alcohol_withdrawal",
        "ASAM Clinical Practice Guideline on Alcohol Withdrawal Management (2020), "
        "recommendations III.1-III.3: past severe withdrawal, sedatives beside alcohol, age "
        "and poor support call for more intensive withdrawal care.",
        "verified",
    ),
    Source(
        "benzodiazepine_tapering",
        "Joint Clinical Practice Guideline on Benzodiazepine Tapering (2025), "
        "doi 10.1007/s11606-025-09499-2: never stop suddenly; small steps of 5-10 %, not more "
        "than 25 % in two weeks, by the prescriber.",
        "verified",
    ),
    Source(
        "pawss_community",
        "Modified PAWSS in a community detox: sensitivity 44-55 %. Warning signs of dangerous "
        "withdrawal must not be added up; one strong sign is enough.",
        "verified",
    ),
    Source(
        "withdrawal_points",
        "Cut-offs for drinking days, drinks a day and the mix with sedatives are ours.",
        "judgment",
    ),
    Source(
        "overdose_risk",
        "Known risks for overdose: an earlier overdose, lost tolerance after detox, jail or "
        "rehab, mixing with alcohol or sedatives. Strang and others (2003), BMJ 326:959.",
        "verified",
    ),
    Source(
        "ahc_housing",
        "Accountable Health Communities screening tool (CMS), living situation: a steady place, "
        "a place one may lose, no steady place. Idea only, our words.",
        "recalled",
        OWN_WORDS,
    ),
    Source(
        "support_items",
        "Two questions of our own about support to stop or cut down, and about use among the "
        "people close by.",
        "judgment",
        OWN_WORDS,
    ),
    Source(
        "mate",
        "Dutch matching guideline (MATE): treatment history, severity, psychiatric impairment and "
        "social stability choose the level. doi 10.1186/s12888-014-0286-8.",
        "verified",
    ),
    Source(
        "asam_dimensions",
        "The six-dimension approach to level of care, ASAM Criteria 3rd and 4th edition, as "
        "described in public state rules and reviews. No text of the criteria is used.",
        "recalled",
    ),
    Source(
        "iop_hours",
        "Illinois 77 Adm. Code 2060.410 and public payer pages: outpatient under 9 hours a week, "
        "IOP 9-19 hours (youth 6-19), partial hospitalization 20 hours or more.",
        "verified",
    ),
    Source(
        "iop_evidence",
        "McCarty and others (2014), Substance abuse intensive outpatient programs: assessing the "
        "evidence, PMC4152944: evidence high, outcomes comparable to inpatient for most.",
        "verified",
    ),
    Source(
        "samhsa_iop",
        "SAMHSA Advisory (2021), Clinical Issues in Intensive Outpatient Treatment; TIP 47: "
        "comparable for people with little withdrawal, medical and psychological risk; step down "
        "from detox or residential care.",
        "verified",
    ),
    Source(
        "severity_inpatient",
        "Rychtarik and others (2000), JCCP 68:277, and the 2017 replication: high alcohol severity "
        "did better inpatient, low severity better outpatient.",
        "verified",
    ),
    Source(
        "day_hospital",
        "Witbrodt and others (2007), JCCP 75:947: day hospital and residential, same abstinence at "
        "6 and 12 months; people with high-risk homes were sent to residential care.",
        "verified",
    ),
    Source(
        "longer_care",
        "Simpson and others (1999), DATOS: people with many problems did better with 90 days or "
        "more of care.",
        "verified",
    ),
    Source(
        "overmatching",
        "Angarita and others (2007), J Addict Med 1:79: people sent to more care than they needed "
        "did not show up 28 % of the time, 54 % with mental-health symptoms.",
        "verified",
    ),
    Source(
        "opioid_medication",
        "Wakeman and others (2020), doi 10.1001/jamanetworkopen.2019.20622: of 40,885 adults, only "
        "buprenorphine or methadone lowered overdose, 76 % at 3 months and 59 % at 12.",
        "verified",
    ),
    Source(
        "after_detox",
        "Walley and others (2020), doi 10.1111/add.14964: after opioid detox, death in 12 months "
        "fell most with medicine and further care together.",
        "verified",
    ),
    Source(
        "opioids_in_pregnancy",
        "ACOG and ASAM, Committee Opinion 711 (2017): opioid use in pregnancy is treated with "
        "methadone or buprenorphine, not with sudden withdrawal.",
        "verified",
    ),
    Source(
        "co_occurring",
        "SAMHSA Advisory (2021) on co-occurring disorders; TIP 42 (2020): treat both at the same "
        "time, by one team.",
        "verified",
    ),
    Source(
        "ddcat",
        "McGovern and others, DDCAT survey, PMC3594447: about 18 % of addiction programs were "
        "capable of dual-diagnosis care.",
        "verified",
    ),
    Source(
        "recovery_housing",
        "Reif and others (2014), doi 10.1176/appi.ps.201300243; Mericle and others, PMC8748296: "
        "recovery housing with outpatient care: longer stays, better discharge.",
        "verified",
    ),
    Source(
        "outpatient_dose",
        "Coviello and others (2001), Drug Alcohol Depend 61:145: 6 hours a week did as well as 12; "
        "Gottheil and Weinstein (1998), doi 10.1176/ps.49.6.782.",
        "verified",
    ),
    Source(
        "virtual_iop",
        "Virtual against in-person IOP, n=1,060, same result at 3 months (29 % answered), "
        "doi 10.2196/36263.",
        "verified",
    ),
    Source(
        "alcohol_medication",
        "Medicines for alcohol use disorder: naltrexone, acamprosate (APA guideline 2018).",
        "recalled",
    ),
    Source(
        "contingency_management",
        "ASAM/AAAP guideline on stimulant use disorder (2024): contingency management.",
        "recalled",
    ),
    Source(
        "work_leave",
        "Family and Medical Leave Act: up to 12 weeks of job-protected leave for eligible workers.",
        "recalled",
    ),
    Source(
        "crisis_lines",
        "988 Suicide and Crisis Lifeline (call, text, chat; Spanish by call, text and chat); SAMHSA "
        "National Helpline 1-800-662-4357 (referral, English and Spanish); to be verified every "
        "90 days.",
        "verified",
    ),
    Source(
        "other_lines",
        "National Domestic Violence Hotline 1-800-799-7233; Poison Help 1-800-222-1222; National "
        "Maternal Mental Health Hotline 1-833-852-6262; to be verified every 90 days.",
        "recalled",
    ),
    Source(
        "our_judgment",
        "Set by us from the evidence listed beside it; for the clinical lead to sign or change.",
        "judgment",
    ),
)
