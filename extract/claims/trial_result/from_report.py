"""Results of the paper's own study: the sentences that give values of its outcomes by arm, without naming a trial."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.claims import Statement, told
from extract.claims.shared.endpoints import TIME_UNITS, EndpointHit, find_endpoints, is_level
from extract.claims.trial_result.arguments import EXTRACTOR, NO_VALUES, result
from extract.claims.trial_result.arms import Arm
from extract.claims.trial_result.groups import Named, groups
from extract.claims.trial_result.outcomes import before_brackets, dimension_fits, predicate, standard, subject
from extract.claims.trial_result.population import people
from extract.claims.trial_result.study import Study
from extract.claims.trial_result.terms import assessor_of, line_of
from extract.records import How, Mention, Quantity, Span
from extract.text.locator import Locator
from extract.text.neighbourhood import Context

_CLAUSE = re.compile(
    r";\s|:\s(?=[A-Z])|,\s+(?:and|but|while|whereas|with(?!\s+or\b))\s|\s(?:but|while|whereas|although)\s|\.\s",
    re.IGNORECASE,
)
# The number before is what changed, differed or was planned, not a value of an outcome.
_NOT_A_VALUE = re.compile(
    r"\b(?:differences?|reduc(?:tion|ed|es|ing)|increas(?:e|ed|es|ing)|decreas"
    r"(?:e|ed|es|ing)|improvements?|gain|lower(?:ed)?|higher|rose|fell|dropped|declined|less|more|greater"
    r"|"
    r"(?:non-?inferiority\s+)?margins?|power|alpha|significance|assum\w+|hypothesi\w+|expect\w+|aged?|older\s+than|younger\s+than|follow(?:ed)?[-\s]?up|threshold|cut-?off"
    r"|interval|confidence|planned|accrual|defined\s+as|greater\s+than|at\s+least|more\s+than|less\s+than|CI|SD|SE|delta|ΔI?|CID|ARR|relative\s+risk|recruit\w*|enrol\w*)\b"
    r"[^.;()]{0,30}?\b(?:of|was|were|by|to|is|=|,)?\s*(?:about|approximately|an?|only|up\s+to)?\s*$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|than|every|for|within|after|over|until|during|at|per|least|exceed\w*|below|above)\s+"
    r"(?:about\s+|approximately\s+|an?\s+|the\s+)?$",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:relative\s+|absolute\s+|risk\s+|further\s+)?"
    r"(?:reduction|increase|decrease|improvement|difference|lower|higher|greater|fewer|less|more|relative|decline|drop|gain|power|confidence|(?:\w+\s+){1,2}(?:reduction|increase|decrease|decline|rise|fall)\b|CI\b|or\s+more|follow-?up"
    r"|of\s+(?:the\s+)?"
    r"(?:planned|expected|recommended|target|normal|baseline|breast\s+cancers?|all\s+breast|cancers)|margin|probability\s+of\s+type)\b",
    re.IGNORECASE,
)
# '5-year' is when, '95 percent confidence' how sure, and 'CI: -' opens an interval.
_TIMED = re.compile(r"\d\s?[-‐–]\s?(?:year|month|week|day|hour|yr|mo|wk)", re.IGNORECASE)
_LEVEL_OF = re.compile(
    r"\s*[\[(]?(?:confidence|CIs?\b|C\.I\.|credib|one-sided|two-sided|power|upper|lower\s+(?:limit|bound)|limit|bound)",
    re.IGNORECASE,
)
_IN_INTERVAL = re.compile(r"\b(?:CIs?|intervals?|range|IQR|SD|SE|limits?)\b[^()\[\]]{0,14}$")
_NAMED_AFTER = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:(?:of\s+(?:the\s+)?(?:[\w-]+\s+){0,2}?"
    r"(?:patients|women|participants|cases)\s+)?(?:had|achieved|attained|reached)\s+(?:an?\s+)?(?:confirmed\s+|objective\s+)?)?",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"(?:at\s+least|up\s+to|[≥≤])", re.IGNORECASE)
_OF_PATIENTS = re.compile(
    r"\s*(?:\([^()]*\)\s*)?of\s+(?:the\s+|all\s+)?(?:\w+\s+)?(?:patients|participants|cases|(?:wo)?men)\b",
    re.IGNORECASE,
)
_TIMES = re.compile(
    r"\bat\s+(?P<times>\d+(?:\s?,\s?\d+)*,?\s+and\s+\d+)\s+(?P<unit>weeks|months|years|days|hours)\b", re.IGNORECASE
)
_AT_TIME = re.compile(r"\s+at\s+\d+$")
_COMPARED_WITH = re.compile(
    r"\b(?:than|versus|vs\.?|compared\s+(?:with|to)|relative\s+to|over|against)\s+(?:"
    r"(?:the|those|patients|in|with|for|receiving)\s+)*$",
    re.IGNORECASE,
)
# What names or compares groups in words that are no arms' names here.
_OTHER_GROUPS = re.compile(
    r"\b(?:than|groups?|arms?|cohorts?|studies|trials?|patients\s+with|women\s+with)\b", re.IGNORECASE
)
# 'increased the ORR from a to b': two values, not the size of the rise
_FROM = re.compile(r"\bfrom\s+$")
_TO = re.compile(r"\s*to\s+(?:about\s+)?\d")
_FROM_TO = re.compile(r"\bfrom\s+[\d.,·]+\s?(?:%|percent|months|weeks|days|years)?\s*to\s+$")
_OURS = re.compile(r"\b[Oo]ur\s+(?:\w+\s+)?(?:trial|study|series|cohort|patients|results|data)\b")
_OPENING = 30  # characters from the start of a sentence to the arm that opens it
_OPENS_ANOTHER = re.compile(r"\)[\s,]*(?:and\s+|or\s+)?[A-Za-z][\w /-]*[(\[]\s*$")
_MEAN = re.compile(r"\b(?:mean|median|average|averaged)\b", re.IGNORECASE)
_DURATION_OUTCOME = re.compile(
    r"\b(?:mean|median|average|duration|time|survival|length|interval|delay)\b", re.IGNORECASE
)
_BASELINE = re.compile(
    r"\b"
    r"(?:aged?|years\s+old|baseline\s+characteristics|eligib\w+|inclusion|exclusion|stratifi\w+|sample\s+size|year[s]?\s+of\s+age|follow-?up\s+(?:time\s+|period\s+)?(?:was|of|were))\b",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:\s*[,;/]\s*(?:and\s+|or\s+)?|\s+(?:and|or|vs?\.?|versus|compared\s+(?:with|to)|against|to)\s+)"
    r"(?:to\s+|about\s+|approximately\s+)?",
    re.IGNORECASE,
)
_VERSUS = re.compile(r"(?<!\w)(?:vs?\.?|versus|compared\s+(?:with|to)|against|than)(?!\w)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_RESPECTIVELY = re.compile(r"\brespective(?:ly)?\b", re.IGNORECASE)
_ON = re.compile(
    r"[\s,]*(?:\b(?:of|in|with|for|on|among|under|after|by|at|from|to)\b\s+)?(?:\b"
    r"(?:the|a|an|those|these|all|both|of|in|with|for|on|who|were|had|assigned|allocated|randomi[sz]ed|treated|given|receiving|received|taking|to"
    r"|patients?|women|men|participants?|subjects?|survivors?|cases|eyes|controls?|were|\d+)\b[\s,]*){0,8}",
    re.IGNORECASE,
)
_ITS_OWN = re.compile(
    r"\s*(?:[,:=(\[]|\((?:n\s?=\s?)?\d+[^()]{0,16}\)\s*[,:]?)?\s*(?:"
    r"(?:was|were|had|showed|achieved|experienced|reported|group|arm|patients|at|of|about|a|an|median|mean|rates?)\s+){0,4}(?:[(\[]\s*)?",
    re.IGNORECASE,
)
_CITED = re.compile(
    r"\[\s?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s?\]|\bet\s+al\b|\(\s?[A-Z][a-z]+[^()]{0,40}(?:19|20)\d\d[a-z]?\s?\)"
)
_DEFINES = re.compile(
    r"\b(?:defined\s+as|will\s+be|(?:was|were)\s+calculated|normali[sz]ed|considered\s+(?:significant|as\s+100))\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:previous"
    r"(?:ly)?|earlier|other|prior|historical|published|literature|reported\s+by|in\s+contrast\s+to\s+our)\s+(?:\w+\s+)?(?:stud(?:y|ies)|trials?|reports?|data|series|analys[ei]s|meta-analys[ei]s|published)\b",
    re.IGNORECASE,
)
_UNREAD_SECTION = re.compile(
    r"^(?:introduction|background|discussion|conclusions?|references|statistic\w*|sample\s+size"
    r"|(?:materials?|patients|subjects|participants)\s+and\s+methods|methods?"
    r"(?:\s+and\s+materials?)?|study\s+(?:design|population)"
    r"|eligib\w+|procedures?|definitions?|acknowledg\w+|limitations?)\b",
    re.IGNORECASE,
)


Taken = frozenset[tuple[int, float | None]]


@dataclass(frozen=True, slots=True)
class Value:
    """A number of a sentence that can be a value of an outcome."""

    mention: Mention
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class ReportedOutcome:
    """What a value is of: its name, and the endpoint where it has a standard one."""

    name: str
    start: int
    hit: EndpointHit | None = None


def from_report(
    context: Context, locator: Locator, study: Study | None, named: Named, taken: Taken
) -> Iterator[Statement]:
    """Yield the results of the sentences of a paper that are on its own study, but for the values in `taken`."""
    order = named.order
    for sentence in context.prose():
        of = (
            study if study is not None and not _of_others(context, sentence, study) else _named_study(context, sentence)
        )
        if of is not None:
            order = yield from _read(context, locator, sentence, of, named, taken, order)


def _named_study(context: Context, sentence: Span) -> Study | None:
    """Return the one trial that a sentence names, as a study whose endpoints it may give; none beside other work."""
    names = {mention.normalized for mention in context.within(sentence, "trial")}
    text = context.text(sentence)
    if len(names) != 1 or _OTHERS.search(text) or _DEFINES.search(text) or _OURS.search(text):
        return None
    name = names.pop()
    return None if next(find_endpoints(name), None) else Study(name=name, named=True)


def why_no_result(study: Study | None, context: Context, sentence: Span) -> str:
    """Return in a few words why the numbers of a sentence give no result; empty where it has no such numbers."""
    text = context.text(sentence)
    measured = [
        one
        for one in context.within(sentence, "measurement")
        if one.quantity is not None and one.quantity.measure not in NO_VALUES and not is_level(one.text)
    ]
    if not measured:
        return ""
    if study is None:
        return "the paper is a review: its results are those of others"
    if _of_others(context, sentence, study):
        return "it cites, names another trial, or stands where papers tell of others or of methods"
    if _BASELINE.search(text):
        return "it speaks of ages, eligibility or follow-up"
    if not list(_values(context, sentence)):
        return "its numbers are differences, bounds, times or thresholds"
    return "no outcome or arm is made out for its numbers"


def _of_others(context: Context, sentence: Span, study: Study) -> bool:
    """Say whether a sentence is on other work: it cites, names another trial, or stands where papers tell of others."""
    text = context.text(sentence)
    if _CITED.search(text) or _OTHERS.search(text) or _DEFINES.search(text):
        return True
    block = context.block(sentence.start)
    section = block.section if block is not None else ""
    if any(_UNREAD_SECTION.match(part.strip(" 0123456789.|")) for part in section.split(" > ") if part):
        return True
    if any(sentence.start <= mark.anchor <= sentence.end and mark.numbers for mark in context.document.citations):
        return True
    others = {mention.normalized for mention in context.within(sentence, "trial")}
    return bool(others - {study.name})


def _read(
    context: Context,
    locator: Locator,
    sentence: Span,
    study: Study,
    named: Named,
    taken: Taken,
    order: tuple[str, ...],
) -> Generator[Statement, None, tuple[str, ...]]:
    """Yield the results of a sentence, and return the order in which it compares the arms, else the one before it."""
    text = context.text(sentence)
    values = [
        value for value in _values(context, sentence) if (value.mention.span.end, value.quantity.value) not in taken
    ]
    if not values or _BASELINE.search(text):
        return order
    arms = groups(context, sentence, named)
    hits = list(find_endpoints(text))
    runs = list(_runs(context, values, arms))
    last: Sequence[ReportedOutcome | None] = [None]
    ordered = False  # whether this sentence has compared the arms already
    for number, run in enumerate(runs):
        floor = runs[number - 1][-1].mention.span.end if number else sentence.start
        outcomes: Sequence[ReportedOutcome | None] = _outcomes(context, sentence, run, hits, arms, floor, last)
        carried = False  # whether the arms are those of a sentence before
        by_arm = _arms_of(context, sentence, run, runs, arms, outcomes)
        one_outcome = len({one.name for one in outcomes if one}) == 1
        if (
            not any(by_arm)
            and len(order) == len(run) > 1
            and one_outcome
            and (ordered or _in_order(context, sentence, run))
        ):
            by_arm, carried = list(order), not ordered
        elif len(run) > 1 and all(by_arm) and len(set(by_arm)) == len(run):
            order, ordered = tuple(by_arm), True
        if any(outcomes):
            last = outcomes
        outcomes = _at_times(text, run, outcomes, by_arm)
        if not any(by_arm) and len({one.name for one in outcomes if one}) > 1:
            by_arm = [_subject_arm(context.document.text, sentence, run[0], arms)] * len(run)
        for value, of, arm in zip(run, outcomes, by_arm, strict=True):
            if of is None or not _can_be(value, of, text) or not (arm or of.hit or len(run) > 1):
                continue
            if of.hit is None and (not study.reports or ("difference" in of.name and len(run) == 1)):
                continue
            yield _statement(context, locator, sentence, study, arms, value, of, arm, carried=carried)
    return order


def _at_times(
    text: str, run: Sequence[Value], outcomes: Sequence[ReportedOutcome | None], by_arm: Sequence[str]
) -> Sequence[ReportedOutcome | None]:
    """Return outcomes with their times where a run goes through times, not arms: 'at 2, 4 and 8 weeks were a, b and c'.

    A longer run without arms or times could be of anything: it has none.
    """
    apart = len({arm for arm in by_arm if arm}) > 1 or len({one.name for one in outcomes if one}) > 1
    if len(run) < 2 or apart:
        return outcomes
    for match in _TIMES.finditer(text):
        times = re.findall(r"\d+", match["times"])
        if len(times) == len(run):
            unit = match["unit"].lower()
            return [
                None if of is None else replace(of, name=f"{_AT_TIME.sub('', of.name)} at {time} {unit}", hit=None)
                for of, time in zip(outcomes, times, strict=True)
            ]
    named = outcomes[0] is not None and outcomes[0].hit is not None
    return outcomes if len(run) == 2 or named else [None] * len(run)


def _in_order(context: Context, sentence: Span, run: Sequence[Value]) -> bool:
    """Say whether a run goes by an order that was given before: by 'respectively', or one value against the other."""
    text = context.document.text
    between = text[run[0].mention.span.end : run[-1].mention.span.start]
    if _OTHER_GROUPS.search(context.text(sentence)):
        return False
    return bool(_RESPECTIVELY.search(text[run[-1].mention.span.end : sentence.end]) or _VERSUS.search(between))


def _statement(
    context: Context,
    locator: Locator,
    sentence: Span,
    study: Study,
    arms: Sequence[Arm],
    value: Value,
    of: ReportedOutcome,
    arm: str,
    *,
    carried: bool,
) -> Statement:
    text = context.text(sentence)
    if of.hit is not None:
        found = result(study.name, of.hit, value.quantity)
    else:
        found = replace(result(study.name, _AS_PRINTED, value.quantity), endpoint=of.name)
    start, end = value.mention.span.start - sentence.start, value.mention.span.end - sentence.start
    population = _narrowed(people(_without(text, sentence, arms), start, end), of)
    place = Span(start=min(of.start, value.mention.span.start), end=value.mention.span.end)
    return Statement(
        arguments=replace(
            found, arm=arm, population=population, line=line_of(population), assessor=assessor_of(population)
        ),
        evidence=told(
            locator.evidence(place, extractor=EXTRACTOR, within=sentence), **_how(study, arm, carried=carried)
        ),
    )


def _narrowed(said: str, of: ReportedOutcome) -> str:
    """Return what narrows a result, without the size of a group and what the outcome says already."""
    parts = (part.strip() for part in said.split(";"))
    return "; ".join(
        part for part in parts if part and not _SIZE.fullmatch(part) and part.casefold() not in of.name.casefold()
    )


_SIZE = re.compile(
    r"(?:of|in|for|among)\s+(?:the\s+)?\d+\s+[\w-]+|(?:longer\s+|median\s+)?follow-?up|(?:of|in|for)\s+"
    r"(?:the\s+|all\s+)?(?:patients|women|participants|subjects|cases)|longer",
    re.IGNORECASE,
)


def _how(study: Study, arm: str, *, carried: bool) -> dict[str, How]:
    """Return how each argument of a result of the paper's own study was found."""
    how = {"endpoint": How.SAID}
    if study.name:
        how["trial"] = How.SAID if study.named else How.STUDY
    if arm:
        how["arm"] = How.BEFORE if carried else How.SAID
    return how


_GROUP_NOUN = re.compile(r"\b(?:groups?|arms?|cohorts?)\b", re.IGNORECASE)
_AS_PRINTED = EndpointHit(start=0, end=0, name="", long_name="", dimension="")


def _without(text: str, sentence: Span, arms: Sequence[Arm]) -> str:
    """Return a sentence with its arms blanked out: who was in an arm is no population."""
    letters = list(text)
    for arm in arms:
        start, end = arm.span.start - sentence.start, arm.span.end - sentence.start
        before = re.search(
            r"\b(?:in|with|for|of|among|on)\s+(?:"
            r"(?:the|those|these|patients|women|participants|who|were|receiving|received|treated|with|assigned|allocated|given|to|in)\s+)*$",
            text[max(0, start - 60) : start],
        )
        start -= len(before[0]) if before else 0
        letters[start:end] = " " * (end - start)
    return "".join(letters)


def _values(context: Context, sentence: Span) -> Iterator[Value]:
    text = context.text(sentence)
    for mention in context.within(sentence, "measurement"):
        quantity = mention.quantity
        if quantity is None or quantity.measure in NO_VALUES or is_level(mention.text):
            continue
        if quantity.value is None and not quantity.status:
            continue
        before = text[: mention.span.start - sentence.start]
        after = text[mention.span.end - sentence.start :]
        if (
            _TIMED.search(mention.text)
            or _AT_LEAST.match(mention.text)
            or _LEVEL_OF.match(after)
            or _IN_INTERVAL.search(before[-30:])
        ):
            continue
        changed = (_FROM.search(before[-24:]) and _TO.match(after)) or _FROM_TO.search(before[-60:])
        if (
            (_NOT_A_VALUE.search(before[-70:]) and not changed)
            or _CHANGED.match(after)
            or re.match(r"[-‐–]\s?[a-z]", after)
        ):
            continue
        if quantity.unit != "%" and _BY.search(before[-24:]):
            continue
        if quantity.unit == "%" and re.search(
            r"\b(?:by|than|exceed\w*|below|above|least)\s+(?:about\s+|approximately\s+)?$", before[-24:]
        ):
            continue
        yield Value(mention=mention, quantity=quantity)


def _runs(context: Context, values: Sequence[Value], arms: Sequence[Arm]) -> Iterator[list[Value]]:
    """Yield the values in runs that list or compare: nothing stands between two but separators, arms and asides."""
    run: list[Value] = []
    for value in values:
        if run and _goes_on(context, run[-1], value, arms):
            run.append(value)
            continue
        if run:
            yield run
        run = [value]
    if run:
        yield run


def _goes_on(context: Context, last: Value, value: Value, arms: Sequence[Arm]) -> bool:
    if last.quantity.unit and value.quantity.unit and last.quantity.unit != value.quantity.unit:
        return False
    start, end = last.mention.span.end, value.mention.span.start
    if end < start:
        return False
    letters = list(context.document.text[start:end])
    for arm in arms:
        if start <= arm.span.start and arm.span.end <= end:
            letters[arm.span.start - start : arm.span.end - start] = " " * (arm.span.end - arm.span.start)
    plain = _ASIDE.sub(" ", "".join(letters)).replace("vs.", "vs ")
    if _OPENS_ANOTHER.search("".join(letters)):
        return False  # '(26% v 34%), and dyspareunia (8% v 17%)': the words between are another outcome
    if re.search(r"[;.]\s", plain) or _RESPECTIVELY.search(plain) or next(find_endpoints(plain), None) is not None:
        return False
    bare = re.sub(
        r"\b"
        r"(?:in|with|for|on|of|among|the|patients?|women|men|participants|subjects|those|were|who|received|receiving|treated|given|to|and|or|vs?|versus|compared|group|arm|groups|arms|only|that|was|assigned|allocated|a|respectively)\b|[,.()\[\]/:–-]",
        " ",
        plain,
        flags=re.IGNORECASE,
    )
    return len(bare.split()) <= 1 and (bool(_LISTED.search(plain)) or "(" in plain or "[" in plain or ":" in plain)


def _outcomes(
    context: Context,
    sentence: Span,
    run: Sequence[Value],
    hits: Sequence[EndpointHit],
    arms: Sequence[Arm],
    floor: int,
    last: Sequence[ReportedOutcome | None],
) -> list[ReportedOutcome | None]:
    """Return what each value of a run is of."""
    text, origin = context.text(sentence), sentence.start
    first, end = run[0].mention.span.start - origin, run[-1].mention.span.end - origin
    unit = run[0].quantity.unit
    fitting = [hit for hit in hits if dimension_fits(hit.dimension, unit, has_status=bool(run[0].quantity.status))]
    low = max(floor - origin, 0)
    before = [hit for hit in fitting if low <= hit.start and hit.end <= first]
    if len(before) == len(run) > 1 and len({hit.name for hit in before}) == len(run):
        return [ReportedOutcome(name=hit.name, start=origin + hit.start, hit=hit) for hit in before]
    tail = text[end:]
    if before and unit == "%" and _OF_PATIENTS.match(tail):
        did = predicate(_blank(text, origin, arms, end, len(text)))
        own = next(find_endpoints(did), None)
        if did and " and " in did and len(run) > 1:
            return [None] * len(run)  # 'a% and b% had x and y': which is which is not said
        if did and (own is None or own.name != before[-1].name):
            return [ReportedOutcome(name=did, start=run[0].mention.span.start)] * len(run)
    if before:
        hit = before[-1]
        return [ReportedOutcome(name=hit.name, start=origin + hit.start, hit=hit)] * len(run)
    after = next(
        (
            hit
            for hit in fitting
            if hit.start >= end and hit.start - end < 60 and not re.search(r"[;.]\s", text[end : hit.start])
        ),
        None,
    )
    if after is not None and _NAMED_AFTER.fullmatch(text[end : after.start]):
        return [ReportedOutcome(name=after.name, start=run[0].mention.span.start, hit=after)] * len(run)
    begin = low
    for stop in _CLAUSE.finditer(text, low, first):
        if len(re.findall(r"[A-Za-z]{3,}", text[stop.end() : first])) >= 1:
            begin = stop.end()
    clause = _blank(text, origin, arms, begin, first)
    name = ""
    if unit == "%":
        ends = (run[-1].mention.span.end, run[0].mention.span.end)
        said = (predicate(_blank(text, origin, arms, end - origin, len(text))) for end in ends)
        name = next(filter(None, said), "")
    in_brackets = text[begin:first].count("(") > text[begin:first].count(")")
    opened = clause.rfind("(") if in_brackets else -1
    lead = clause[:opened] if opened >= 0 else clause
    if in_brackets:
        name = name or before_brackets(lead, levels=len(run) > 1)
        whole = _blank(text, origin, arms, low, first)
        name = name or before_brackets(whole[: whole.rfind("(")], levels=len(run) > 1)
    name = name or subject(lead) or subject(_blank(text, origin, arms, low, first))
    if name:
        own = standard(name) if unit == "%" else None
        return [ReportedOutcome(name=name if own is None else own.name, start=origin + begin, hit=own)] * len(run)
    return (
        list(last)
        if len(last) == len(run)
        else [last[0] if len({one.name for one in last if one}) == 1 else None] * len(run)
    )


def _blank(text: str, origin: int, arms: Sequence[Arm], start: int, end: int) -> str:
    """Return a stretch of a sentence without its arms and the words that lead to them."""
    pieces, at = [], start
    for arm in arms:
        low, high = arm.span.start - origin, arm.span.end - origin
        if start <= low and high <= end and low >= at:
            piece = re.sub(
                r"\s*\b(?:in|with|for|on|among|than|between|to|of|by|from|under)\s+(?:"
                r"(?:the|those|these|both|patients|women|men|participants|subjects|who|were|receiving|received|treated|with|assigned|allocated|randomi[sz]ed|given|taking|to|in|of|\d+)\s+)*$",
                " ",
                text[at:low],
                flags=re.IGNORECASE,
            )
            joined = piece.strip(" ,").lower() in ("and", "or", "versus", "vs", "vs.") and at > start
            if joined:
                piece = " "
            elif piece == text[at:low] and piece.strip() and not _GROUP_NOUN.search(text[low:high]):
                piece += text[low:high]  # part of what is told, as in 'completed postoperative chemotherapy'
            pieces.append(piece)
            at = high
    pieces.append(text[at:end])
    return " ".join(pieces)


def _arms_of(
    context: Context,
    sentence: Span,
    run: Sequence[Value],
    runs: Sequence[Sequence[Value]],
    arms: Sequence[Arm],
    outcomes: Sequence[ReportedOutcome | None],
) -> list[str]:
    """Return the arm of each value of a run, empty where the sentence leaves it open."""
    if not arms:
        return [""] * len(run)
    text = context.document.text
    if len(run) == 2 and _FROM_TO.search(text[sentence.start : run[1].mention.span.start]):
        return ["", _raised_by(text, sentence, run[0], arms)]
    found = [_beside(text, value, arms, run, sentence) for value in run]
    if len({of.name for of in outcomes if of}) > 1:  # several endpoints of one arm
        known = {arm for arm in found if arm}
        return [known.pop() if len(known) == 1 else _only(arms)] * len(run)
    if all(found) and (len(set(found)) == len(found) or len(run) > 2):
        return found
    if len(run) > 1:
        listed = _listed(text, sentence, run, runs, arms)
        if listed:
            return listed
        named = [arm for arm in found if arm]
        distinct = list(dict.fromkeys(arm.name for arm in arms))
        if len(run) == 2 and len(distinct) == 2 and len(named) == 1:
            other = distinct[1 - distinct.index(named[0])]
            return [arm or other for arm in found]
        if not named and len(distinct) == 1 and len(run) == 2:
            # 'ORR was higher in the X arm (36% v 22%)': the arm spoken of comes first, one compared with second.
            compared = _COMPARED_WITH.search(text[sentence.start : arms[0].span.start])
            return ["", distinct[0]] if compared else [distinct[0], ""]
        return found if len(set(named)) == len(named) else [""] * len(run)
    return [found[0] or (_subject_arm(text, sentence, run[0], arms))]


def _raised_by(text: str, sentence: Span, first: Value, arms: Sequence[Arm]) -> str:
    """Return what is said to have changed a value from one to another: 'adding a to b' is both together."""
    before = list(dict.fromkeys(arm.name for arm in arms if arm.span.end <= first.mention.span.start))
    if re.search(r"\b[Aa]dd(?:ing|ed|ition)\b", text[sentence.start : first.mention.span.start]):
        return " + ".join(before)
    return before[0] if len(before) == 1 else ""


def _only(arms: Sequence[Arm]) -> str:
    names = {arm.name for arm in arms}
    return names.pop() if len(names) == 1 else ""


def _subject_arm(text: str, sentence: Span, value: Value, arms: Sequence[Arm]) -> str:
    """Return the arm of a single value: the only one before it in its clause, not as what it is held against.

    An arm elsewhere in the sentence counts only where it opens it ('In the X group, ...') and is the only one.
    """
    start = sentence.start
    for stop in _CLAUSE.finditer(text, sentence.start, value.mention.span.start):
        start = stop.end()
    own = [arm for arm in arms if start <= arm.span.start and arm.span.end <= value.mention.span.start]
    subjects = [arm for arm in own if not _COMPARED_WITH.search(text[start : arm.span.start])]
    if subjects:
        return _only(subjects)
    opening = [arm for arm in arms if arm.span.start - sentence.start < _OPENING]
    return _only(arms) if opening else ""


def _beside(text: str, value: Value, arms: Sequence[Arm], run: Sequence[Value], sentence: Span) -> str:
    """Return the arm that stands right after a value with 'in', 'with' or in brackets, else right before it."""
    end = value.mention.span.end
    following = next((other.mention.span.start for other in run if other.mention.span.start >= end), sentence.end)
    for arm in arms:
        if arm.span.start < end:
            continue
        if arm.span.start >= following and following != sentence.end:
            break
        between = _ASIDE.sub(" ", text[end : arm.span.start])
        if _ON.fullmatch(between.replace("(", " ").replace("[", " ").replace(")", " ")):
            return arm.name
        break
    before = [arm for arm in arms if arm.span.end <= value.mention.span.start]
    if before:
        arm = before[-1]
        between = text[arm.span.end : value.mention.span.start]
        compared = re.search(
            r"\b(?:than|versus|vs\.?|compared\s+(?:with|to))\s+(?:the\s+|in\s+|with\s+)*$",
            text[sentence.start : arm.span.start],
        )
        taken = any(
            arm.span.start >= other.mention.span.end
            and _ON.fullmatch(_ASIDE.sub(" ", text[other.mention.span.end : arm.span.start]))
            for other in run
            if other.mention.span.end <= arm.span.start
        )
        if _ITS_OWN.fullmatch(between) and not taken and not (compared and len(run) > 1 and value is run[0]):
            return arm.name
    return ""


def _listed(
    text: str, sentence: Span, run: Sequence[Value], runs: Sequence[Sequence[Value]], arms: Sequence[Arm]
) -> list[str]:
    """Return the arms of a run in the order of the list beside it: after it, else the last so many before it."""
    start, end = run[0].mention.span.start, run[-1].mention.span.end
    later = [other[0].mention.span.start for other in runs if other[0].mention.span.start >= end]
    after = _distinct(arm for arm in arms if end <= arm.span.start < (later[0] if later else sentence.end))
    if len(after) == len(run):
        between = _ASIDE.sub(" ", text[end : after[0].span.start])
        if _ON.fullmatch(between) or _RESPECTIVELY.search(text[end : sentence.end]):
            return [arm.name for arm in after]
    before = _distinct(arm for arm in arms if sentence.start <= arm.span.start and arm.span.end <= start)
    if len(before) >= len(run):
        if len(before) == len(run):
            return [arm.name for arm in before]
        nearest = _distinct(arm for arm in reversed([arm for arm in arms if arm.span.end <= start]))
        return [arm.name for arm in reversed(nearest[: len(run)])] if len(run) > 1 else []
    everywhere = _distinct(iter(arms))
    told = _RESPECTIVELY.search(text[sentence.start : sentence.end]) or (
        len(run) == 2 and _VERSUS.search(text[run[0].mention.span.end : run[1].mention.span.start])
    )
    return [arm.name for arm in everywhere] if len(everywhere) == len(run) and told else []


def _distinct(arms: Iterator[Arm]) -> list[Arm]:
    found: dict[str, Arm] = {}
    for arm in arms:
        found.setdefault(arm.name, arm)
    return list(found.values())


def _can_be(value: Value, of: ReportedOutcome, text: str) -> bool:
    """Say whether a number can be a value of an outcome by its unit and the words of the sentence."""
    unit = value.quantity.unit
    if of.hit is not None:
        return dimension_fits(of.hit.dimension, unit, has_status=bool(value.quantity.status))
    if value.quantity.status:
        return False
    if unit == "%":
        return True
    if unit in TIME_UNITS:
        return bool(_DURATION_OUTCOME.search(of.name) or _MEAN.search(text))
    return bool(_MEAN.search(text))
