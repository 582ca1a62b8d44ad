"""The commands that people type: the same in every door."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.dialogue import filing, own_data, subscribing
from bot.dialogue.message import Behavior, Intent, Mention, MessageClass, Option, Reply, SetPlace
from bot.dialogue.session import Session
from bot.dialogue.understanding import PETITION_CODE, read
from bot.wording import citizens as say
from bot.wording import privacy as say_privacy
from knowledge.library import Library
from knowledge.vietnamese import fold

START_OPTIONS = (
    Option("menu:linhvuc", "Hỏi thủ tục"),
    Option("menu:duongday", "Đường dây nóng"),
    Option("menu:dichvu", "Dịch vụ công trực tuyến"),
    Option("menu:gopy", "Góp ý – phản ánh"),
)
PAGE = 12
"""As many buttons as a small screen bears."""
_FILED = frozenset(
    {
        *(MessageClass.CONDUCT, MessageClass.RULES, MessageClass.SUGGESTION),
        *(MessageClass.COMPLAINT, MessageClass.DENUNCIATION),
    }
)


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    rest: str
    session: Session
    library: Library
    authority: str
    kind: MessageClass = MessageClass.UNCLEAR


def command_reply(
    text: str, session: Session, library: Library, authority: str, kind: MessageClass = MessageClass.UNCLEAR
) -> tuple[Session, Reply]:
    """The reply to a text that begins with "/"; an unknown command names /help. `kind`: of what follows the command."""
    name, _, rest = text.strip().partition(" ")
    command = Command(name.split("@")[0].lower(), rest.strip(), session, library, authority, kind)
    return _ANSWERS.get(command.name, _no_such)(command)


def _said(
    c: Command,
    text: str,
    options: Sequence[Option] = (),
    mentions: Sequence[Mention] = (),
    intents: tuple[Intent, ...] = (),
    behavior: Behavior = Behavior.CHITCHAT,
) -> tuple[Session, Reply]:
    session = replace(c.session, options=tuple(options), clarified=False)
    return session, Reply(behavior, text, tuple(mentions), tuple(options), intents=intents)


def _start(c: Command) -> tuple[Session, Reply]:
    return _said(c, f"{say.HELLO}\n{say_privacy.CONSENT}", START_OPTIONS)


def _menu(c: Command) -> tuple[Session, Reply]:
    return _said(c, say.HELLO, START_OPTIONS)


def _help(c: Command) -> tuple[Session, Reply]:
    return _said(c, say.HELP, START_OPTIONS)


def _fields(c: Command) -> tuple[Session, Reply]:
    fields = c.library.fields()
    if chosen := next((f for f in fields if c.rest and fold(c.rest) == fold(f)), None):
        return field_list(c.session, c.library, chosen)
    shipped = sorted((f for f, ps in fields.items() if any(p.asks for p in ps)), key=fold)
    options = [Option(f"field:{fold(f)}"[:60], f) for f in shipped]
    lines = [say.FIELDS, *(f"{i}. {o.label}" for i, o in enumerate(options, 1))]
    return _said(c, "\n".join(lines), options)


def field_list(session: Session, library: Library, field: str, page: int = 0) -> tuple[Session, Reply]:
    """The procedures of a field, the common ones first, a page of them."""
    everything = sorted(library.fields().get(field, ()), key=lambda p: (-p.popularity, not p.asks, p.key))
    first = PAGE * page if 0 < PAGE * page < len(everything) else 0
    procedures = everything[first : first + PAGE]
    options = tuple(Option(f"p:{p.key}", p.name) for p in procedures)
    whole = len(everything) == len(procedures)
    head = (say.FIELD_LIST if whole else say.FIELD_PAGE).format(
        field=field.lower(), first=first + 1, last=first + len(procedures), count=len(everything)
    )
    lines = [head, *(f"{i}. {o.label}" for i, o in enumerate(options, 1))]
    options += (*_pages(field, first // PAGE, first + PAGE < len(everything)), subscribing.follow_option(field))
    mentions = tuple(Mention("procedure", p.key, p.code, p.name) for p in procedures)
    new = replace(session, options=options, clarified=True, waiting_aspects=())
    return new, Reply(Behavior.CLARIFY, "\n".join([*lines, say.CHOOSE]), mentions, options)


def _pages(field: str, page: int, more: bool) -> tuple[Option, ...]:
    """The buttons that turn the page, and the one back to the fields; behind the choices, so that a typed number still
    means a choice."""
    before = (Option(f"page:{page - 1}:{fold(field)}"[:60], say.PREVIOUS_PAGE),) if page else ()
    after = (Option(f"page:{page + 1}:{fold(field)}"[:60], say.NEXT_PAGE),) if more else ()
    return (*before, *after, Option("field:", say.OTHER_FIELDS))


def _contacts(c: Command) -> tuple[Session, Reply]:
    known = [x for x in c.library.contacts.values() if x.number]
    options = [Option(f"c:{x.key}", x.name[:60]) for x in known]
    lines = [say.CONTACTS, *(f"{i}. {x.name}: {x.number}" for i, x in enumerate(known, 1))]
    return _said(
        c, "\n".join(lines), options, [Mention("contact", x.key, "", x.name) for x in known], (), Behavior.ANSWER
    )


def _services(c: Command) -> tuple[Session, Reply]:
    known = list(c.library.services.values())
    options = [Option(f"s:{x.key}", x.name[:60]) for x in known]
    lines = [say.SERVICES, *(f"{i}. {x.name}" for i, x in enumerate(known, 1))]
    return _said(
        c, "\n".join(lines), options, [Mention("service", x.key, "", x.name) for x in known], (), Behavior.ANSWER
    )


def _plans(c: Command) -> tuple[Session, Reply]:
    plans = list(c.library.plans.values())
    options = [Option(f"plan:{p.key}", f"{p.issuer} {p.year}"[:60]) for p in plans]
    lines = [say.PLANS, *(f"{i}. {p.name} ({p.issuer})" for i, p in enumerate(plans, 1))]
    return _said(c, "\n".join(lines), options, [Mention("plan", p.key, "", p.name) for p in plans], (), Behavior.ANSWER)


def _petition(c: Command) -> tuple[Session, Reply]:
    """Whoever writes something behind the command has begun: what is no complaint of its own law is taken down."""
    kind = c.kind if c.kind in _FILED else MessageClass.RULES
    if c.session.draft is not None and not c.rest:
        filed = filing.go_on(c.session.draft, "", frozenset(), "f:resume", c.authority)
        return replace(c.session, draft=filed.draft, options=filed.options), Reply(
            filed.behavior, filed.text, (), filed.options
        )
    filed = filing.begin(kind if len(c.rest.split()) >= 3 else MessageClass.UNCLEAR, c.rest, c.authority)
    session = replace(c.session, draft=filed.draft, options=filed.options)
    reply = Reply(filed.behavior, filed.text, (), filed.options, intents=filed.intents)
    return session, replace(reply, message_class=kind if filed.draft and c.rest else reply.message_class)


def _track(c: Command) -> tuple[Session, Reply]:
    code = read(c.rest, c.library).petition_code if PETITION_CODE.search(c.rest) else c.rest
    filed = filing.track(code, c.rest, c.session.draft) if c.rest else replace(filing.own(), draft=c.session.draft)
    return replace(c.session, draft=filed.draft, options=filed.options), Reply(
        filed.behavior, filed.text, (), filed.options, intents=filed.intents
    )


def _place(c: Command) -> tuple[Session, Reply]:
    if not c.rest:
        return _said(c, say.PLACE_ASK)
    found = c.library.province(c.rest)
    if found is None:
        return _said(c, say.PLACE_UNKNOWN)
    old = next((o for o in found.formed_from if fold(o) == fold(c.rest) and fold(o) != fold(found.name)), "")
    since = f"{found.since:%d/%m/%Y}"
    renamed = say.PLACE_RENAMED.format(old=old, place=found.name, since=since) if old else ""
    session, reply = _said(c, say.PLACE_SET.format(place=found.name, renamed=renamed), (), (), (SetPlace(found.name),))
    return replace(session, place=found.name), reply


def _erase(c: Command) -> tuple[Session, Reply]:
    return own_data.ask_erasing(c.session)


def _show(c: Command) -> tuple[Session, Reply]:
    return own_data.show(c.session)


def _privacy(c: Command) -> tuple[Session, Reply]:
    return _said(c, say_privacy.WHOLE)


def _follow(c: Command) -> tuple[Session, Reply]:
    return subscribing.command(c.rest, c.session, c.library)


def _contests(c: Command) -> tuple[Session, Reply]:
    """Telegram plays by itself; everybody else is told where one plays."""
    return _said(c, say.CONTESTS)


def _no_such(c: Command) -> tuple[Session, Reply]:
    return _said(c, say.NO_COMMAND)


_ANSWERS: Mapping[str, Callable[[Command], tuple[Session, Reply]]] = {
    "/start": _start,
    "/menu": _menu,
    "/help": _help,
    "/linhvuc": _fields,
    "/duongday": _contacts,
    "/dichvu": _services,
    "/kehoach": _plans,
    "/gopy": _petition,
    "/tracuu": _track,
    "/diaphuong": _place,
    "/theodoi": _follow,
    "/cuocthi": _contests,
    "/luyentap": _contests,
    "/xoadulieu": _erase,
    "/dulieucuatoi": _show,
    "/quyenriengtu": _privacy,
}
