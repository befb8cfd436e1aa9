"""Where the shares come from. "verified" was read in the source, "recalled" was not, "judgment" is ours."""

from screening.engine.spec import Source

SOURCES = (
    Source(
        "judgment",
        "Our judgment, made to look believable and to reach every corner of the check. No study stands behind it.",
        "judgment",
    ),
    Source(
        "aud_severity",
        "Grant 2015, JAMA Psychiatry 72:757 (NESARC-III, 36,309 adults): 13.9 % had an alcohol use disorder in the "
        "past year, of these about half mild and a quarter each moderate and severe. The split by severity is from "
        "memory. People who look for help are taken to be worse off: that part is our judgment.",
        "recalled",
    ),
    Source(
        "nsduh_2022",
        "SAMHSA 2023, 2022 National Survey on Drug Use and Health: of 48.7 million people with a substance use "
        "disorder 29.5 million had one of alcohol, 19.0 million of marijuana, 6.1 million of opioids; 21.5 million "
        "adults had a mental illness too.",
        "verified",
        "Public domain.",
    ),
    Source(
        "teds_2015",
        "SAMHSA 2017, Treatment Episode Data Set 2005-2015, table 1.1a: of 1,537,025 admissions in 2015 the main "
        "substance was alcohol in 34 %, opioids 34 %, marijuana 14 %, amphetamines 9 %, cocaine 5 %.",
        "verified",
        "Public domain.",
    ),
    Source(
        "teds_homes",
        "SAMHSA, Treatment Episode Data Set: 65.1 % of admissions in 2011 lived on their own (table 2.10); 13 % of "
        "those in 2004 had no home (DASIS Report 26, 2006).",
        "verified",
        "Public domain.",
    ),
    Source(
        "teds_again",
        "SAMHSA 2010, TEDS Report on young adults: of those admitted in 2008 at 18 to 25 years, five or more earlier "
        "treatments in 6.2 %, and in 17.3 % of those without a home.",
        "verified",
        "Public domain.",
    ),
    Source(
        "sedatives",
        "Maust 2019, Psychiatric Services 70:97 (NSDUH 2015-2016, 86,186 adults): 12.6 % took benzodiazepines in the "
        "past year; 17.2 % of these not as a doctor said.",
        "verified",
    ),
    Source(
        "alcohol_withdrawal",
        "Australian alcohol treatment guidelines, chapter 8: seizures in 2 to 9 % of alcohol dependent people, delirium "
        "in about 5 % without medicine. BMJ Best Practice: about half have symptoms when they drink less.",
        "verified",
    ),
    Source(
        "overdose",
        "Colledge 2019, International Journal of Drug Policy 73:172: of people who inject drugs 41.5 % had overdosed "
        "once or more, 20.5 % in the past year.",
        "verified",
    ),
    Source(
        "phq4_rows",
        "Journal of Public Health 2021, fdaa250, table 1 (1,978 adults): the four rows of the PHQ-4, answered from "
        "not at all to nearly every day: 29, 38, 22, 11 %; 37, 29, 21, 13; 38, 30, 20, 11; 37, 32, 20, 11.",
        "verified",
    ),
    Source(
        "phq4_function",
        "Kroenke 2009, Psychosomatics 50:613 (2,149 patients): the higher the PHQ-4, the harder daily life.",
        "verified",
    ),
    Source(
        "suicide",
        "Ellis 2023, J Clin Psychiatry 84(4):22m14611 (10,242 people starting residential care): over a third had "
        "thoughts of suicide. JABFM 2017, 30:150 (868 patients who use substances): 25.9 % in a year, 7.1 % tried.",
        "verified",
    ),
)
