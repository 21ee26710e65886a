"""Transformations, registry by registry, with cases of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.instance.inline.transforms import (
    TransformError,
    UnknownTransform,
    known,
    namespace_of,
    registries,
    transform,
)

TRR1 = "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20"
TRR2 = "http://www.xbrl.org/inlineXBRL/transformation/2011-07-31"
TRR3 = "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26"
TRR4 = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
TRR5 = "http://www.xbrl.org/inlineXBRL/transformation/2022-02-16"
SEC = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"

ALL_FORMATS = [
    pytest.param(namespace, name, id=f"{namespace.rsplit('/', 1)[1]}-{name}")
    for namespace, formats in registries().items()
    for name in formats
]


@pytest.mark.parametrize(("namespace", "name"), ALL_FORMATS)
def test_every_format_transforms_its_own_example(namespace: str, name: str) -> None:
    entry = registries()[namespace][name]
    text, value = entry.example
    assert transform(namespace, name, text) == value
    assert transform(namespace, name, f"\n\t {text} \r\n") == value, "XML white space at the ends does not count"
    assert entry.expects
    assert entry.output


def check(namespace: str, cases: str) -> None:
    """Each line is `format | input | value`; the value `!` stands for an error."""
    for line in filter(None, map(str.strip, cases.splitlines())):
        name, text, expected = line.split(" | ")
        if expected == "!":
            with pytest.raises(TransformError, match=name):
                transform(namespace, name, text)
        else:
            assert transform(namespace, name, text) == expected, line


def test_registry_1_fixes_each_notation() -> None:
    check(
        TRR1,
        """
        datedoteu | 1.2.2010 | 2010-02-01
        datedoteu | 1/2/2010 | !
        datedotus | 2.1.10 | 2010-02-01
        dateslasheu | 29/02/2008 | 2008-02-29
        dateslasheu | 29/02/2009 | !
        dateslashus | 12/31/2009 | 2009-12-31
        datelonguk | 31 December 2009 | 2009-12-31
        datelonguk | 31 Dec 2009 | !
        datelonguk | 31st December 2009 | !
        datelongus | December 31, 2009 | 2009-12-31
        datelongus | December 31 2009 | !
        dateshortuk | 31 Dec 09 | 2009-12-31
        dateshortus | Dec 31, 2009 | 2009-12-31
        datelongdaymonthuk | 30 February | !
        dateshortmonthdayus | Feb 29 | --02-29
        dateslashmonthdayus | 12/31 | --12-31
        datelongyearmonth | 10 January | 2010-01
        dateshortmonthyear | Jan 2010 | 2010-01
        numcomma | 1234567,89 | 1234567.89
        numcomma | 1.234,5 | !
        numcommadot | 1,234,567.89 | 1234567.89
        numcommadot | 1234567.89 | 1234567.89
        numcommadot | 12,34 | !
        numdotcomma | 1.234.567,89 | 1234567.89
        numspacecomma | 1 234 567,89 | 1234567.89
        numspacedot | 1 234 567.89 | 1234567.89
        numspacedot | -1 | !
        numdash | - | 0
        numdash | 0 | !
        """,
    )


def test_registry_1_had_an_earlier_namespace() -> None:
    candidate = "http://www.xbrl.org/2008/inlineXBRL/transformation"
    assert transform(candidate, "numcommadot", "1,234.5") == "1234.5"
    assert set(registries()[candidate]) == set(registries()[TRR1])


@pytest.mark.parametrize("namespace", [TRR2, TRR3])
def test_registries_2_and_3(namespace: str) -> None:
    check(
        namespace,
        """
        booleanfalse | whatever | false
        datedaymonthyear | 31-12-99 | 2099-12-31
        datedaymonthyear | 31-12-0000 | !
        datedaymonthyearen | 31 de DEC 2009 | 2009-12-31
        datemonthdayen | May 1 | --05-01
        datemonthdayyearen | December 31, 199 | !
        dateerayearmonthdayjp | 昭和64年1月7日 | 1989-01-07
        dateerayearmonthdayjp | 大正元年7月30日 | 1912-07-30
        dateerayearmonthdayjp | 明45年7月30日 | 1912-07-30
        dateyearmonthcjk | 2010 5 | !
        numdotdecimal | 1,234,567 | 1234567
        numdotdecimal | 1,,234 | !
        numdotdecimal | 12.5% | !
        numdotdecimal | (12) | !
        numcommadecimal | 0,5 | 0.5
        numunitdecimal | 0 euro 5 cent | 0.05
        numunitdecimal | 99 cents | !
        zerodash | – | 0
        zerodash | -- | !
        zerodash | 0 | !
        """,
    )
    assert transform(namespace, "nocontent", "whatever") == ""


def test_registry_3_adds_danish_and_indian_formats() -> None:
    check(
        TRR3,
        """
        datedaymonthdk | 31. december | --12-31
        datedaymonthdk | 31. december. | !
        datedaymonthyeardk | 29. FEBRUAR 2011 | !
        datedaymonthyeardk | 1. maj2012 | 2012-05-01
        datemonthyeardk | okt12 | 2012-10
        datemonthyeardk | oktober. 12 | !
        datemonthyear | 13/2010 | !
        dateyearmonthday | 2010-02-28 | 2010-02-28
        dateyearmonthday | 2010-02-28 (end) | !
        datemonthyearin | दिसंबर 99 | 2099-12
        calindaymonthyear | 1 Chaitra 1942 | 2020-03-21
        calindaymonthyear | 1 Chaitra 1943 | 2021-03-22
        calindaymonthyear | 31 Chaitra 1943 | !
        calindaymonthyear | 30 Phalguna 1943 | 2022-03-21
        numdotdecimalin | 10,00,000 | 1000000
        numdotdecimalin | 1,000,000 | !
        numdotdecimalin | 123,456 | !
        numdotdecimalin | 1,2000,456 | !
        numdotdecimalin | 1234567.8 | 1234567.8
        numunitdecimalin | 1,000 rupees 5 paise | 1000.05
        """,
    )
    assert not known(TRR2, "datemonthyear")


@pytest.mark.parametrize("namespace", [TRR4, TRR5])
def test_registries_4_and_5(namespace: str) -> None:
    check(
        namespace,
        """
        fixed-zero | anything | 0
        fixed-true | anything | true
        fixed-false | anything | false
        num-dot-decimal | 1,234,567.89 | 1234567.89
        num-dot-decimal | 12,34,567 | 1234567
        num-dot-decimal | .5 | 0.5
        num-dot-decimal | 4.0 | 4
        num-dot-decimal | 0012.50 | 12.5
        num-dot-decimal | 000 | 0
        num-dot-decimal | 007 | 7
        num-comma-decimal | 10,00 | 10
        num-unit-decimal | 30 kr. 50 øre | 30.5
        num-unit-decimal | 5 Rs. 10 Paise | 5.1
        num-unit-decimal | 12 euro, 05 ct. | 12.05
        num-unit-decimal | 12 euro 00 | 12
        num-dot-decimal | 5. | !
        num-dot-decimal | , | !
        num-dot-decimal | . | !
        num-dot-decimal | -5 | !
        num-dot-decimal | 1.2.3 | !
        num-dot-decimal | 1'234 | !
        num-comma-decimal | 1.234.567,89 | 1234567.89
        num-comma-decimal | ,5 | 0.5
        num-comma-decimal | 1,2,3 | !
        num-unit-decimal | ３，０００円 5銭 | 3000.05
        num-unit-decimal | 3 euro 500 cent | !
        num-unit-decimal | 30 euro | !
        date-day-month | 31/12 | --12-31
        date-day-month-year | ३१/१२/२०१० | 2010-12-31
        date-month-day | 12/31 | --12-31
        date-month-day-year | 12/31/10 | 2010-12-31
        date-month-year | 12/2010 | 2010-12
        date-year-month | 2010年12月 | 2010-12
        date-year-month-day | 2010年12月31日 | 2010-12-31
        date-year-month-day | 2010-12-32 | !
        date-monthname-day-year-en | September 30, 2023 | 2023-09-30
        date-monthname-day-year-en | september 30, 2023 | !
        date-monthname-day-en | December 31 | --12-31
        date-monthname-day-en | --12-31 | !
        date-day-monthroman | 31 XII | --12-31
        date-day-monthroman | 1.viii. | !
        date-day-monthroman-year | 1.VIII.2020 | 2020-08-01
        date-monthroman-year | IX 2020 | 2020-09
        date-jpn-era-year-month-day | 令和5年12月31日 | 2023-12-31
        date-ind-day-monthname-year-hi | 10 फाल्गुन 1926 | 2005-03-01
        date-day-monthname-year-bg | 31 декември 2020 г. | 2020-12-31
        date-day-monthname-year-fr | 31 décembre 2020 | 2020-12-31
        date-day-monthname-year-fr | 31 décembre 202 | !
        date-day-monthname-year-pt | 29 de fevereiro de 2021 | !
        date-year-monthname-day-hu | 2020. december 31. | 2020-12-31
        date-year-day-monthname-lv | 2020. gada 31. decembris | 2020-12-31
        date-day-monthname-year-de | 1. Mai 2020 x | !
        date-day-monthname-year-pl | 1 maja 2020 r. | 2020-05-01
        date-day-monthname-fr | 1er janv. | --01-01
        date-day-monthname-fr | 1er jan. | !
        date-day-monthname-fr | 1 septembrexx | !
        date-day-monthname-es | 1demayo | --05-01
        date-day-monthname-fi | 1toukokuuta | !
        date-day-monthname-et | 1. sept | --09-01
        date-day-monthname-et | 1. sep | !
        date-day-monthname-lv | 1. mai | !
        date-day-monthname-cs | 1. kvě. | --05-01
        date-day-monthname-cs | 1. květ | !
        date-monthname-year-cs | květnu 2020 | 2020-05
        date-day-monthname-da | 1. sept | --09-01
        date-day-monthname-da | 1. september. | !
        date-day-monthname-year-sv | 1 maj2020 | 2020-05-01
        """,
    )
    assert transform(namespace, "fixed-empty", "anything") == ""


def test_registry_5_adds_apostrophes_and_welsh() -> None:
    check(
        TRR5,
        """
        num-dot-decimal-apos | 1'234’567.89 | 1234567.89
        num-comma-decimal-apos | 1´234`567,89 | 1234567.89
        num-unit-decimal-apos | 1′234 Fr. | !
        num-unit-decimal-apos | 12 Fr. 50 Rp. | 12.5
        num-dot-decimal-apos | 0'012.50 | 12.5
        num-comma-decimal-apos | 1'000,00 | 1000
        num-unit-decimal-apos | 1′234 Franken 50 Rappen | 1234.5
        date-day-monthname-year-cy | 25 Tachwedd 2020 | 2020-11-25
        date-monthname-year-cy | Chwefror 2020 | 2020-02
        date-monthname-year-cy | Fawrth 2020 | 2020-03
        date-monthname-year-cy | Fai 2020 | 2020-05
        date-monthname-year-cy | Fehefin 20 | 2020-06
        date-monthname-year-cy | Ngorffennaf 2020 | 2020-07
        date-monthname-year-cy | Fedi 2020 | 2020-09
        date-monthname-year-cy | Dachwedd 2020 | 2020-11
        date-monthname-year-cy | Nhachwedd 2020 | 2020-11
        date-monthname-year-cy | THACHWEDD 2020 | 2020-11
        date-monthname-year-cy | Ragfyr 2020 | 2020-12
        date-day-monthname-year-cy | 1 Fai 2020 | !
        """,
    )
    assert not known(TRR4, "num-dot-decimal-apos")


# Twelve months of each language, as they stand in a date; then as they stand alone, where that differs.
MONTHS = {
    "bg": ["януари февруари март април май юни юли август септември октомври ноември декември"],
    "cs": [
        "ledna února března dubna května června července srpna září října listopadu prosince",
        "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
    ],
    "da": ["januar februar marts april maj juni juli august september oktober november december"],
    "de": [
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "Jänner Feber Maerz April Mai Juni Juli August Sept Okt Nov Dez",
    ],
    "el": [
        "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου "
        "Δεκεμβρίου",
        "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος "
        "Δεκέμβριος",
    ],
    "es": ["enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"],
    "et": ["jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember"],
    "fi": [
        "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
        "marraskuuta joulukuuta"
    ],
    "fr": ["janvier février mars avril mai juin juillet août septembre octobre novembre décembre"],
    "hr": [
        "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga prosinca",
        "siječanj veljača ožujak travanj svibanj lipanj srpanj kolovoz rujan listopad studeni prosinac",
    ],
    "it": ["gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"],
    "nl": ["januari februari maart april mei juni juli augustus september oktober november december"],
    "no": ["januar februar mars april mai juni juli august september oktober november desember"],
    "pl": [
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
        "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
    ],
    "pt": ["janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"],
    "ro": ["ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie"],
    "sk": [
        "januára februára marca apríla mája júna júla augusta septembra októbra novembra decembra",
        "január február marec apríl máj jún júl august september október november december",
    ],
    "sl": ["januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra"],
    "sv": ["januari februari mars april maj juni juli augusti september oktober november december"],
    "cy": ["Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr"],
}


@pytest.mark.parametrize("language", MONTHS)
def test_month_names_of_day_first_languages(language: str) -> None:
    for names in MONTHS[language][: 1 if language == "cs" else None]:
        for month, name in enumerate(names.split(), 1):
            for form in (name, name.upper(), name.capitalize()):
                assert transform(TRR5, f"date-day-monthname-{language}", f"3. {form}") == f"--{month:02d}-03", form
                dated = transform(TRR5, f"date-day-monthname-year-{language}", f"28 {form} 2021")
                assert dated == f"2021-{month:02d}-28", form
                assert transform(TRR5, f"date-monthname-year-{language}", f"{form} 21") == f"2021-{month:02d}", form


def test_czech_months_have_another_form_behind_a_day() -> None:
    for month, name in enumerate(MONTHS["cs"][1].split(), 1):
        assert transform(TRR5, "date-monthname-year-cs", f"{name} 2021") == f"2021-{month:02d}"
        if name != "září":
            with pytest.raises(TransformError):
                transform(TRR5, "date-day-monthname-cs", f"3. {name}")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("hu", "január február március április május június július augusztus szeptember október november december"),
        (
            "lt",
            "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio",
        ),
        ("lv", "janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris"),
    ],
)
def test_month_names_of_year_first_languages(language: str, names: str) -> None:
    for month, name in enumerate(names.split(), 1):
        assert transform(TRR4, f"date-year-monthname-{language}", f"2021. {name}") == f"2021-{month:02d}"
        if language == "lv":
            assert transform(TRR4, "date-day-monthname-lv", f"7. {name}") == f"--{month:02d}-07"
        else:
            assert transform(TRR4, f"date-monthname-day-{language}", f"{name} 7") == f"--{month:02d}-07"


def test_hindi_month_names() -> None:
    names = "जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"
    for month, name in enumerate(names.split(), 1):
        assert transform(TRR4, "date-day-monthname-year-hi", f"७ {name} २०२१") == f"2021-{month:02d}-07"


def test_sec_codes() -> None:
    check(
        SEC,
        """
        boolballotbox | ☒ | true
        boolballotbox | x | !
        stateprovnameen | DELAWARE | DE
        stateprovnameen | Québec | QC
        stateprovnameen | Puerto Rico | !
        edgarprovcountryen | CAYMAN ISLANDS | E9
        edgarprovcountryen | The Netherlands | P7
        edgarprovcountryen | Delaware | !
        countrynameen | Republic of the Marshall Islands | MH
        countrynameen | USA | US
        countrynameen | FRANCE | !
        exchnameen | New York Stock exchange | NYSE
        exchnameen | NASDAQ | NASDAQ
        exchnameen | The Nasdaq Global Select Market | NASDAQ
        exchnameen | NYSE Chicago, Inc. | CHX
        exchnameen | London Stock Exchange | !
        entityfilercategoryen | Large accelerated filer | Large Accelerated Filer
        entityfilercategoryen | Non‑accelerated filer | Non-accelerated Filer
        entityfilercategoryen | filer | !
        datequarterend | Fourth quarter of 2023 | 2023-12-31
        datequarterend | 2Q 2023 | 2023-06-30
        datequarterend | Q0 2023 | !
        """,
    )


def test_sec_durations_and_words() -> None:
    check(
        SEC,
        """
        duryear | 0.5 | P6M
        duryear | 2.0 | P2Y
        duryear | 1.25 | P1Y3M
        duryear | 0 | P0D
        duryear | -0.5 | -P6M
        duryear | 1-2 | !
        durmonth | 18 | P18M
        durweek | 1.5 | P10D
        durday | 90 | P90D
        durwordsen | Two-year | P2Y
        durwordsen | 18 months | P18M
        durwordsen | one year and six months | P1Y6M
        durwordsen | six months and one year | !
        durwordsen | two years three | !
        durwordsen | years | !
        numwordsen | No | 0
        numwordsen | Twenty-One | 21
        numwordsen | nineteen hundred and one | 1901
        numwordsen | one trillion two billion three million four thousand five hundred and six | 1002003004506
        numwordsen | one thousand million | !
        numwordsen | one million one million | !
        numwordsen | twenty eleven | !
        numwordsen | hundred | !
        numwordsen | one hundred and | !
        numwordsen | and one | !
        """,
    )


def test_unknown_formats() -> None:
    with pytest.raises(UnknownTransform, match="numdotdecimal") as caught:
        transform(TRR4, "numdotdecimal", "1")
    assert caught.value.code == "ixte:invalidTransformation"
    assert isinstance(caught.value, TransformError)
    assert not known("urn:elsewhere", "num-dot-decimal")
    assert known(TRR4, "num-dot-decimal")


def test_a_name_without_namespace_is_found_in_the_newest_registry() -> None:
    assert namespace_of("num-dot-decimal") == TRR5
    assert namespace_of("numdotdecimal") == TRR3
    assert namespace_of("numcommadot") == TRR1
    assert namespace_of("durwordsen") == SEC
    assert namespace_of("unheard-of") is None


def test_errors_say_what_was_expected() -> None:
    with pytest.raises(TransformError) as caught:
        transform(TRR4, "num-dot-decimal", "abc")
    assert caught.value.code == "ixte:transformValueError"
    assert caught.value.message == (
        '"abc" is not valid input of num-dot-decimal, '
        "which expects digits, grouped by comma, space, with a dot before the fraction"
    )


def test_long_text_is_shortened_in_errors() -> None:
    with pytest.raises(TransformError) as caught:
        transform(TRR4, "num-dot-decimal", "x" * 10_000)
    assert len(caught.value.message) < 300


HUGE = "1" * 10_000


@pytest.mark.parametrize(
    ("namespace", "name", "text"),
    [
        (TRR3, "numunitdecimal", f"{HUGE} euro 5 cent"),
        (TRR3, "numdotdecimal", HUGE),
        (TRR3, "calindaymonthyear", "1 " + "ain" * 30_000),
        (TRR4, "date-day-monthname-year-de", "1 " + "mar " * 30_000),
        (TRR4, "num-dot-decimal", "." + "1 " * 30_000 + "x"),
        (SEC, "duryear", HUGE),
        (SEC, "durwordsen", f"{HUGE} years"),
        (SEC, "numwordsen", "one hundred " * 10_000),
        (SEC, "countrynameen", "\xa0".join("x" * 30_000)),
        (SEC, "datequarterend", "1999" + ", of" * 30_000),
    ],
)
def test_huge_text_is_refused_or_read_at_once(namespace: str, name: str, text: str) -> None:
    try:
        assert len(transform(namespace, name, text)) >= len(HUGE)
    except UnknownTransform:
        raise
    except TransformError:
        pass


def test_registries_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        registries()[TRR4]["mine"] = None  # type: ignore[index]


@given(text=st.text(max_size=40), data=st.data())
def test_any_text_gives_a_value_or_a_transform_error(text: str, data: st.DataObject) -> None:
    namespace, name = data.draw(st.sampled_from([tuple(case.values) for case in ALL_FORMATS]))
    try:
        assert isinstance(transform(namespace, name, text), str)
    except UnknownTransform:
        raise
    except TransformError:
        pass


@given(number=st.integers(min_value=0, max_value=10**12))
def test_grouped_integers_come_back(number: int) -> None:
    assert transform(TRR4, "num-dot-decimal", f"{number:,}") == str(number)
    assert transform(TRR3, "numdotdecimal", f"{number:,}") == str(number)
    assert transform(TRR1, "numcommadot", f"{number:,}") == str(number)


@given(day=st.dates())
def test_dates_come_back(day: object) -> None:
    assert transform(TRR4, "date-year-month-day", f"{day}") == f"{day}"


@pytest.mark.parametrize("year", ["9921", "9922", "9999"])
def test_a_day_beyond_the_calendar_is_no_day(year: str) -> None:
    with pytest.raises(TransformError):
        transform(TRR3, "calindaymonthyear", f"30 Phalguna {year}")
