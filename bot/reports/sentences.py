"""Sentences of a report, each made of counted figures and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.petitions.clock import VIETNAM
from bot.reports.figures import LEAST_ANSWERS, Brief, Outcome, Report, Tally
from bot.reports.plan_tables import own_tally, progress_name
from bot.reports.progress import PlanReport
from bot.reports.spelling import Names, day, number, period_name, share, share_of
from bot.reports.tables import top, withheld
from bot.wording import reports as say

FEW = 3
BRANDS = ("Telegram",)
_OTHER_ENDS = (Outcome.ENDED, Outcome.REFUSED, Outcome.FORWARDED, Outcome.WITHDRAWN, Outcome.MERGED)


def sentences_of(report: Report, names: Names) -> dict[str, list[str]]:
    """The sentences of each part of the document, by the part's key."""
    return {
        "phan_anh": _received(report),
        "cau_hoi": [*_asked(report), *_joined(_told(report))],
        "dung_han": _handled(report),
        "hai_long": _satisfied(report),
        "khen_che": [_regard(report)],
        "thu_tuc": _grievances(report, names),
        "thay_doi": _changes(report, names),
        "luu_y": _remarks(report),
    }


def plan_sentences(plan: PlanReport, report: Report) -> dict[str, list[str]]:
    parts = _parts({progress_name(s): n for s, n in plan.by_state().items()}, lower=True)
    tasks = [say.TASKS.format(tasks=len(plan.lines), parts=parts)]
    late = say.TASKS_LATE.format(late=len(plan.overdue)) if plan.overdue else say.TASKS_NOT_LATE
    undated = [say.TASKS_UNDATED.format(undated=plan.undated)] if plan.undated else []
    unentered = plan.by_state().get("", 0)
    missing = [say.TASKS_UNENTERED.format(unentered=unentered)] if unentered else []
    total = own_tally(report)
    assistant = say.CHANNEL_ASSISTANT.format(
        asked=number(report.questions.asked),
        answered=number(report.questions.of("answer")),
        received=number(total.received),
        petitions_answered=number(total.of(Outcome.ANSWERED)),
    )
    old = [say.PLAN_OLD.format(year=plan.plan.year)] if plan.plan.successors else []
    told = _joined([assistant, *_told(report)])
    return {"nhiem_vu": _joined([*tasks, late], [*undated, *missing]), "tro_ly": told, "ten_moi": old}


def _received(report: Report) -> list[str]:
    p, t = report.petitions, report.petitions.total
    if not t.handled:
        return [say.NOTHING_RECEIVED]
    compared = _compared(t.received, report, lambda b: b.petitions.received)
    returned = say.RETURNED.format(returned=number(t.returned)) if t.returned else ""
    first = [
        say.RECEIVED.format(received=number(t.received), compared=compared),
        say.CARRIED.format(carried=number(t.carried), returned=returned, handled=number(t.handled)),
    ]
    voices = [say.VOICES.format(voices=number(p.voices))] if p.voices else []
    return _joined(first, _of_the_new(report), [*_marks(report), *voices])


def _of_the_new(report: Report) -> list[str]:
    p = report.petitions
    if not p.total.received:
        return []
    fields = {f: t.received for f, t in p.by_field.items() if f and t.received}
    most = top(dict(sorted(fields.items(), key=lambda i: (-i[1], i[0]))), FEW)
    return [
        say.BY_KIND.format(parts=_parts(_new(p.by_kind, say.KINDS), lower=True)),
        say.BY_CHANNEL.format(parts=_parts(_new(p.by_channel, say.CHANNELS), lower=True)),
        *([say.MOST_FIELDS.format(parts=_parts(most))] if most else []),
    ]


def _marks(report: Report) -> list[str]:
    found = {name: getattr(report.petitions, name) for name in say.MARKED}
    parts = [say.MARKED[name].format(number=number(n)) for name, n in found.items() if n]
    return [say.MARKS.format(parts="; ".join(parts))] if parts else []


def _asked(report: Report) -> list[str]:
    q = report.questions
    if not q.asked:
        return [say.NOT_ASKED]
    compared = _compared(q.asked, report, lambda b: b.asked)
    answered = q.of("answer")
    said = say.ASKED.format(
        asked=number(q.asked),
        compared=compared,
        answered=number(answered),
        share=_bracketed(share_of(answered, q.asked)),
    )
    unknown = [say.UNANSWERED.format(unknown=number(q.of("unknown")))] if q.of("unknown") else []
    return _joined([said, *unknown])


def _told(report: Report) -> list[str]:
    """What was done to inform people; nothing where nothing was."""
    o = report.outreach
    sent = {k: r for k, r in o.by_kind.items() if r.made}
    said = []
    if sent:
        reached = number(sum(r.reached for r in sent.values()))
        parts = _parts({say.OUTREACH.get(k, k): r.made for k, r in sent.items()}, lower=True)
        said.append(say.TOLD.format(parts=parts, reached=reached))
    if o.subscribers:
        words = say.FOLLOWED_SO_FAR if report.provisional else say.FOLLOWED
        said.append(words.format(subscribers=number(o.subscribers)))
    if players := o.joined.get("cuoc_thi"):
        said.append(say.PLAYED.format(contests=number(players.made), players=number(players.reached)))
    if o.scans:
        scanned = {"scans": o.scans, "people": o.scanned_by, "questions": o.questions}
        said.append(say.SCANNED.format(**{k: number(n) for k, n in scanned.items()}))
    return said


def _handled(report: Report) -> list[str]:
    p, t = report.petitions, report.petitions.total
    if not t.handled:
        return []
    accepted = _accepted(t)
    more = []
    if p.hours is not None:
        more.append(say.MIDDLE_TIME.format(hours=number(p.hours, 1)))
    more += [say.REOPENED.format(reopenings=number(p.reopenings))] if p.reopenings else []
    return _joined(accepted, _finished(t, report.provisional), more, _remaining(report))


def _accepted(t: Tally) -> list[str]:
    """In time, and why the others of those received are judged neither in time nor late."""
    judged = t.accepted_in_time + t.accepted_late
    others = {name: getattr(t, name) for name in say.NOT_JUDGED}
    told = [say.NOT_JUDGED[name].format(number=number(n)) for name, n in others.items() if n]
    said = [_timely(say.ACCEPTED, t.accepted_in_time, judged)] if judged else []
    return said + ([say.OTHERS_NOT_JUDGED.format(parts="; ".join(told))] if judged and told else [])


def _finished(t: Tally, provisional: bool) -> list[str]:
    share_done = _bracketed(share_of(t.finished, t.handled))
    words = say.FINISHED_SO_FAR if provisional else say.FINISHED
    said = [words.format(finished=number(t.finished), handled=number(t.handled), share=share_done)]
    judged = t.answered_in_time + t.answered_late
    if judged:
        said.append(_timely(say.ANSWERED, t.answered_in_time, judged, answered=number(t.of(Outcome.ANSWERED))))
    others = {say.OUTCOMES[o.value]: t.of(o) for o in _OTHER_ENDS if t.of(o)}
    return said + ([say.OTHER_ENDS.format(parts=_parts(others, lower=True))] if others else [])


def _remaining(report: Report) -> list[str]:
    t = report.petitions.total
    late, waiting = t.of(Outcome.LATE), t.of(Outcome.WAITING)
    if not t.remaining:
        return [say.NO_LATE]
    told = [say.REMAINING_WAITING.format(waiting=number(waiting))] if waiting else []
    told += [say.REMAINING_LATE.format(late=number(late))] if late else []
    parts = say.REMAINING_PARTS.format(parts=", ".join(told)) if told else ""
    parts = say.ALL_LATE if late == t.remaining else parts
    said = say.REMAINING.format(remaining=number(t.remaining), parts=parts)
    return [said, say.LATE_LIST if late else say.NO_LATE]


def _satisfied(report: Report) -> list[str]:
    s, q = report.petitions.satisfaction, report.questions
    if s.share is not None:
        said = say.SATISFIED.format(
            answers=number(s.answers), satisfied=number(s.satisfied), share=_bracketed(share(s.share))
        )
        rated = [said, say.RATING_NOTE.format(least=LEAST_ANSWERS)]
    elif s.answers:
        rated = [say.FEW_RATINGS.format(answers=s.answers, least=LEAST_ANSWERS)]
    else:
        rated = [say.NO_RATINGS]
    thumbs = [say.THUMBS.format(good=number(q.good), bad=number(q.bad))] if q.good or q.bad else []
    thanks = [say.THANKS.format(thanks=number(q.thanks))] if q.thanks else []
    return _joined(rated, [*thumbs, *thanks])


def _regard(report: Report) -> str:
    regards = report.petitions.regard_by_unit.values()
    good, bad = sum(r.good for r in regards), sum(r.bad for r in regards)
    said = say.CONDUCT.format(conduct=number(sum(r.conduct for r in regards)), good=number(good), bad=number(bad))
    few = any(withheld(r) for r in regards)
    return " ".join([said, *([say.REGARD_NOTE.format(least=LEAST_ANSWERS)] if few else [])])


def _grievances(report: Report, names: Names) -> list[str]:
    found = report.petitions.grievances
    if not found:
        return [say.NO_GRIEVANCES] if report.petitions.total.handled else []
    often = {k: n for k, n in found.items() if n > 1}
    if not often:  # what was told once is no subject yet
        return [say.SINGLE_GRIEVANCES.format(procedures=number(len(found)))]
    most = {names.procedure(k): n for k, n in top(often, FEW).items()}
    return [say.GRIEVANCES.format(parts=_parts(most, quoted=True))]


def _changes(report: Report, names: Names) -> list[str]:
    c = report.changes
    by_kind = {k: sum(map(names.is_procedure, records)) for k, records in c.by_change.items()}
    others = {r for records in c.by_change.values() for r in records if not names.is_procedure(r)}
    kinds = [*(k for k in say.CHANGES if by_kind.get(k)), *(k for k in by_kind if k not in say.CHANGES and by_kind[k])]
    parts = _parts({say.CHANGES.get(k, k): by_kind[k] for k in kinds}, lower=True)
    if not c.switches:
        said = [say.UNCHANGED]
    elif parts:
        said = [say.CHANGED.format(switches=number(c.switches), parts=parts)]
    else:
        said = [say.CHANGED_OTHERS_ONLY.format(switches=number(c.switches))]
    said += [say.OTHERS_CHANGED.format(others=number(len(others)))] if others else []
    back = [say.ROLLED_BACK.format(rollbacks=number(c.rollbacks))] if c.rollbacks else []
    return _joined([*said, *back])


def _remarks(report: Report) -> list[str]:
    said = [say.PROVISIONAL] if report.provisional and (report.before or report.last_year) else []
    if report.begun and (report.before is None or report.last_year is None):
        said.append(say.BEGUN.format(day=day(report.begun.astimezone(VIETNAM))))
    return _joined(said)


def _compared(value: int, report: Report, of: Callable[[Brief], int]) -> str:
    """“, tăng 12 (11,1%) so với quý I năm 2026; giảm …”; "" where there is nothing to compare with,
    or where a part of a period would be held against a whole one."""
    if report.provisional:
        return ""
    briefs = {b.period: b for b in (report.before, report.last_year) if b}
    told = [_difference(value, of(brief), period_name(brief.period)) for brief in briefs.values()]
    return ", " + "; ".join(told) if told else ""


def _difference(value: int, earlier: int, period: str) -> str:
    if value == earlier:
        return say.SAME.format(period=period)
    by = abs(value - earlier)
    words = say.UP if value > earlier else say.DOWN
    return words.format(difference=number(by), share=_bracketed(share_of(by, earlier)), period=period)


def _timely(words: str, in_time: int, judged: int, **more: str) -> str:
    shown = _bracketed(share_of(in_time, judged))
    return words.format(in_time=number(in_time), judged=number(judged), share=shown, **more)


def _bracketed(text: str) -> str:
    return say.SHARE.format(share=text) if text else ""


def _new(tallies: Mapping[str, Tally], names: Mapping[str, str]) -> dict[str, int]:
    return {names.get(k, k): t.received for k, t in tallies.items() if t.received}


def _joined(*paragraphs: list[str]) -> list[str]:
    """Sentences that belong together make one paragraph."""
    return [" ".join(sentences) for sentences in paragraphs if sentences]


def _parts(figures: Mapping[str, int], lower: bool = False, quoted: bool = False) -> str:
    """“đất đai (12); hộ tịch (4)”."""
    shown = ((_spelt(name, lower, quoted), number(n)) for name, n in figures.items())
    return "; ".join(say.PART.format(name=name, number=n) for name, n in shown)


def _spelt(name: str, lower: bool, quoted: bool) -> str:
    if quoted:
        return f"“{name}”"
    return name[:1].lower() + name[1:] if lower and not name.startswith(BRANDS) else name
