"""The rules of a contest in words, in the order in which they are told, for whichever door tells them."""

from __future__ import annotations

from bot.outreach.quiz.contest import Contest, Kind
from bot.outreach.quiz.scoring import Counts
from bot.wording import contests as say


def rules_of(c: Contest, total: int) -> list[str]:
    """`total`: how many questions count today."""
    rules = [say.RULE_COUNT.format(count=total, points=c.points)]
    if c.counts is Counts.FIRST:
        rules.append(say.RULE_ONE_TRY)
    else:
        rules.append(say.RULE_TRIES.format(count=c.tries) if c.tries else say.RULE_BEST)
    rules.append(say.RULE_SECONDS.format(count=c.seconds) if c.seconds else say.RULE_NO_LIMIT)
    if c.ties and c.kind is Kind.CONTEST:
        rules.append(say.RULE_TIE.format(ties=say.RULE_THEN.join(say.RULE_TIES[t.value] for t in c.ties)))
    if c.pass_mark:
        rules.append(say.RULE_PASS.format(count=c.pass_mark))
    rules += [say.RULE_MIXED] if c.mixed else []
    rules += [say.RULE_RESUME, say.RULE_WITHDRAWN]
    if c.kind is Kind.CONTEST and c.board:
        rules.append(say.RULE_NAMES)
    return rules
