"""Numbered changes of the schema: each runs once, in a transaction of its own, and is recorded in `migrations`.

The first two only ever ran on SQLite, before there were two engines. The third makes the books as they are on both
and, where the first two had run, carries over what they had made.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.ledger import StoreUnavailable
from bot.store.carrying import carry_over, put_aside
from bot.store.connection import SQLITE, Connection

BOOKS = """
create table sessions (conversation {text} primary key, session {text} not null, at {text} not null){strict};

create table turns (
    id {identity}, conversation {text} not null, at {text} not null, door {text} not null, question {text} not null,
    message_class {text} not null, behavior {text} not null, records {text} not null, score {real} not null,
    generation {text} not null, reply {text} not null, milliseconds {real} not null, place {text} not null
){strict};
create index turns_by_time on turns (at, id);
create index turns_by_conversation on turns (conversation, id);

create table feedback (
    turn {integer} primary key references turns (id), about {integer} not null, good {integer} not null,
    reason {text} not null, words {text} not null, at {text} not null, kind {text} not null
){strict};
create index feedback_by_time on feedback (at);
create index feedback_by_answer on feedback (about);

create table proposals (
    questions {text} not null, record {text} not null, answer {text} not null, source {text} not null,
    "by" {text} not null, at {text} not null, state {text} not null, decided_by {text} not null, id {identity}
){strict};

create table gaps (
    turn {integer} primary key references turns (id), question {text} not null, at {text} not null,
    door {text} not null, conversation {text} not null, state {text} not null, proposal {integer} not null
){strict};
create index gaps_by_time on gaps (at);

create table consents (
    id {identity}, conversation {text} not null, what {text} not null, given {integer} not null, at {text} not null
){strict};
create index consents_by_conversation on consents (conversation, id);

create table counters (name {text} primary key, value {integer} not null){strict};

create table events (
    code {text} not null, number {integer} not null, kind {text} not null, at {text} not null, "by" {text} not null,
    details {text} not null, primary key (at, code, number), unique (code, number)
){clustered};

create table petitions (
    id {identity}, code {text} not null unique, number {integer} not null, state {text} not null, kind {text} not null,
    channel {text} not null, urgency {text} not null, naming {text} not null, filed_at {text} not null,
    field {text} not null, place {text} not null, unit {text} not null, assignee {text} not null, about {text} not null,
    accept_by {text}, answer_by {text}, accepted_at {text}, answered_at {text}, closed_at {text}, waiting_since {text},
    reopened {integer} not null, voices {integer} not null, "into" {text} not null, body {text} not null,
    reason {text} not null, rating {integer} not null, published {integer} not null, escalated {integer} not null,
    warned {integer} not null, erased {integer} not null, due {text} not null
){strict};
create index petitions_by_due on petitions (due, code);
create index petitions_by_filing on petitions (filed_at, code);
create index petitions_by_state on petitions (state, due);
create index petitions_by_unit on petitions (unit, due);
create index petitions_by_assignee on petitions (assignee, due);

create table petition_words (id {integer} primary key, words {text} not null){strict};

create table papers (
    code {text} not null references petitions (code) deferrable initially deferred, role {text} not null,
    text {text} not null, at {text} not null, "by" {text} not null, id {identity}
){strict};
create index papers_by_code on papers (code, id);

create table parties (
    code {text} primary key references petitions (code) deferrable initially deferred, conversation {text} not null,
    contact {text} not null, secret {text} not null
){strict};
create index parties_by_conversation on parties (conversation);

create table attachments (
    id {identity}, digest {text} not null, name {text} not null, kind {text} not null, size {integer} not null,
    conversation {text} not null, code {text} not null, at {text}
){strict};
create index attachments_by_code on attachments (code, conversation);
create index attachments_by_digest on attachments (digest);

create table updates (
    door {text} not null, number {text} not null, chat {text} not null, body {text} not null, at {text} not null,
    id {identity}, claimed_by {text} not null, claimed_until {text} not null, settled_at {text}, unique (door, number)
){strict};
create index updates_open on updates (door, chat, id) where settled_at is null;
create index updates_by_chat on updates (chat);

create table notices (
    door {text} not null, "to" {text} not null, kind {text} not null, body {text} not null, key {text} not null,
    due {text} not null, code {text} not null, id {identity}, tries {integer} not null, state {text} not null,
    claimed_by {text} not null, claimed_until {text} not null, sent_at {text}, answer {text} not null,
    why {text} not null
){strict};
create unique index notices_by_key on notices (key) where key <> '';
create index notices_waiting on notices (door, "to", id) where state = 'waiting';
create index notices_by_code on notices (code, id);
create index notices_by_address on notices ("to");

create table officers (
    id {text} primary key, name {text} not null, role {text} not null, unit {text} not null, active {integer} not null,
    accounts {text} not null, login {text} not null, password {text} not null, totp {text} not null,
    away_until {text}, cover {text} not null
){strict};

create table units (
    key {text} primary key, name {text} not null, parent {text} not null, fields {text} not null,
    places {text} not null, "into" {text} not null
){strict};

create table invitations (
    digest {text} primary key, role {text} not null, unit {text} not null, "by" {text} not null,
    made_at {text} not null, ends_at {text} not null, name {text} not null, used_at {text}
){strict};

create table audits (
    id {identity}, at {text} not null, "by" {text} not null, action {text} not null, about {text} not null,
    details {text} not null
){strict};
create index audits_by_time on audits (at, id);
create index audits_by_subject on audits (about, at);

create table task_states (
    id {identity}, plan {text} not null, task {text} not null, state {text} not null, product {text} not null,
    figures {text} not null, evidence {text} not null, "by" {text} not null, at {text} not null
){strict};
create index task_states_by_plan on task_states (plan, at);

create table index_events (
    id {identity}, generation {text} not null, at {text} not null, "by" {text} not null, action {text} not null,
    changes {text} not null, reason {text} not null
){strict};
create index index_events_by_time on index_events (at);

create table jobs (
    key {text} primary key, kind {text} not null, state {text} not null, at {text} not null,
    progress {integer} not null, message {text} not null, result {text} not null, "by" {text} not null
){strict};

create table house_values (name {text} primary key, value {text} not null){strict};
"""

QUIZZES = """
create table questions (
    id {text} primary key, about {text} not null, aspect {text} not null, topic {text} not null, text {text} not null,
    options {text} not null, "right" {integer} not null, source {text} not null, stage {text} not null,
    reviewed_by {text} not null, reviewed_at {text}, made_by {text} not null, made_at {text}
){strict};
create index questions_by_stage on questions (stage, topic);

create table contests (
    id {text} primary key, kind {text} not null, title {text} not null, about {text} not null,
    opens_at {text} not null, closes_at {text} not null, "by" {text} not null, made_at {text} not null,
    counts {text} not null, tries {integer} not null, seconds {integer} not null, points {integer} not null,
    ties {text} not null, pass_mark {integer} not null, board {integer} not null, mixed {integer} not null,
    units {text} not null, standing {text} not null, published_at {text}
){strict};

create table items (
    contest {text} not null references contests (id), number {integer} not null, question {text} not null,
    about {text} not null, aspect {text} not null, topic {text} not null, text {text} not null,
    options {text} not null, "right" {integer} not null, source {text} not null, reviewed_at {text},
    withdrawn_at {text}, primary key (contest, number)
){strict};

create table players (
    id {text} primary key, contest {text} not null references contests (id), account {text} not null,
    name {text} not null, shown {integer} not null, joined_at {text} not null, door {text} not null,
    unit {text} not null, hidden {integer} not null, unique (contest, account)
){strict};
create index players_by_account on players (account);

create table entries (
    id {text} primary key, contest {text} not null references contests (id),
    player {text} not null references players (id), number {integer} not null, door {text} not null,
    began_at {text} not null, ended_at {text}, unique (player, number)
){strict};
create index entries_by_contest on entries (contest, began_at);

create table asked (
    id {text} primary key, entry {text} not null references entries (id), number {integer} not null,
    item {integer} not null, asked_at {text} not null, sent_at {text}, "option" {integer}, answered_at {text},
    seconds {real}, unique (entry, number), unique (entry, item)
){strict};
create index asked_by_answer on asked (answered_at);

create table drills (
    id {text} primary key, player {text} not null, question {text} not null, asked_at {text} not null,
    door {text} not null, "option" {integer}, "right" {integer}, answered_at {text}
){strict};
create index drills_by_player on drills (player, asked_at);
create index drills_by_answer on drills (answered_at);

create table polls (
    id {text} primary key, question {text} not null, chat {text} not null, "by" {text} not null, at {text} not null,
    "right" {integer} not null, closed_at {text}
){strict};
create index polls_by_chat on polls (chat, at);

create table votes (
    poll {text} not null references polls (id), voter {text} not null, "option" {integer} not null,
    "right" {integer} not null, at {text} not null, primary key (poll, voter)
){strict};
create index votes_by_time on votes (at);
create index votes_by_voter on votes (voter);

create table links (
    digest {text} primary key, contest {text} not null references contests (id), name {text} not null,
    unit {text} not null, account {text} not null, "by" {text} not null, made_at {text} not null,
    used_by {text} not null, used_at {text}
){strict};
create index links_by_contest on links (contest, made_at);
"""

MAILINGS = """
create table subscriptions (
    conversation {text} not null, topic {text} not null, since {text} not null, field {text} not null,
    place {text} not null, ended {text}, mailing {integer} not null, id {identity}
){strict};
create unique index subscriptions_living on subscriptions (conversation, topic, field) where ended is null;
create index subscriptions_by_topic on subscriptions (topic, field) where ended is null;
create index subscriptions_by_time on subscriptions (since);
create index subscriptions_by_mailing on subscriptions (mailing) where mailing > 0;
create index consents_by_subject on consents (what, conversation, id);

create table mailings (
    kind {text} not null, title {text} not null, text {text} not null, "by" {text} not null, made_at {text} not null,
    state {text} not null, fields {text} not null, place {text} not null, due {text}, began_at {text},
    written_at {text}, ended_at {text}, receivers {integer} not null, generation {text} not null, id {identity}
){strict};
create index mailings_by_state on mailings (state, id);

create table posters (
    kind {text} not null, name {text} not null, format {text} not null, ink {text} not null, "by" {text} not null,
    at {text} not null, place {text} not null, note {text} not null, id {identity}
){strict};

create table scans (
    poster {integer} not null, conversation {text} not null, at {text} not null, door {text} not null,
    questions {integer} not null, id {identity}
){strict};
create index scans_by_time on scans (at, id);
create index scans_by_conversation on scans (conversation, at);
"""

RECEIPTS = """
create table receipts (
    key {text} primary key, body {text} not null, salt {text} not null,
    code {text} not null references petitions (code) deferrable initially deferred, at {text} not null
){strict};
create index receipts_by_time on receipts (at);
alter table notices add column arrived {integer} not null default 0;
"""

# The search index follows the table of words by itself.
SEARCH_ON_SQLITE = (
    "create virtual table petition_words_fts using fts5(words, content='petition_words', content_rowid='id', "
    'tokenize="unicode61 remove_diacritics 0")',
    "create trigger petition_words_added after insert on petition_words begin "
    "insert into petition_words_fts (rowid, words) values (new.id, new.words); end",
    "create trigger petition_words_dropped after delete on petition_words begin "
    "insert into petition_words_fts (petition_words_fts, rowid, words) values ('delete', old.id, old.words); end",
    "create trigger petition_words_changed after update on petition_words begin "
    "insert into petition_words_fts (petition_words_fts, rowid, words) values ('delete', old.id, old.words); "
    "insert into petition_words_fts (rowid, words) values (new.id, new.words); end",
)
SEARCH_ON_POSTGRES = (
    "alter table petition_words add column vector tsvector "
    "generated always as (to_tsvector('simple'::regconfig, words)) stored",
    "create index petition_words_search on petition_words using gin (vector)",
)


@dataclass(frozen=True, slots=True)
class Step:
    number: int
    name: str
    run: Callable[[Connection], None]


def the_books(db: Connection) -> None:
    old = db.dialect is SQLITE
    if old:
        put_aside(db)
    for statement in statements(BOOKS, db):
        db.run(statement)
    for statement in SEARCH_ON_SQLITE if old else SEARCH_ON_POSTGRES:
        db.run(statement)
    if old:
        carry_over(db)


def the_quizzes(db: Connection) -> None:
    for statement in statements(QUIZZES, db):
        db.run(statement)


def the_mailings(db: Connection) -> None:
    for statement in statements(MAILINGS, db):
        db.run(statement)


def the_receipts(db: Connection) -> None:
    for statement in statements(RECEIPTS, db):
        db.run(statement)


STEPS = (
    Step(3, "the_books", the_books),
    Step(4, "the_quizzes", the_quizzes),
    Step(5, "the_mailings", the_mailings),
    Step(6, "the_receipts", the_receipts),
)


def statements(script: str, db: Connection) -> Iterator[str]:
    d = db.dialect
    words = {"identity": d.identity, "integer": d.integer, "real": d.real, "text": d.text}
    words |= {"strict": d.strict, "clustered": d.clustered}
    yield from filter(None, (part.strip() for part in script.format(**words).split(";")))


def take_step(db: Connection, step: Step) -> bool:
    """Runs the step unless it ran before. The engine sees to it that no other process does at the same time."""
    db.run(
        f"create table if not exists migrations (number {db.dialect.integer} primary key, name {db.dialect.text}, "
        f"at {db.dialect.text})"
    )
    ran = {row[0] for row in db.rows("select number from migrations")}
    if max(ran, default=0) > STEPS[-1].number:
        raise StoreUnavailable("a newer version of the program made this database")
    if step.number in ran:
        return False
    step.run(db)
    values = {"number": step.number, "name": step.name, "at": dt.datetime.now(dt.UTC).isoformat()}
    db.run("insert into migrations (number, name, at) values (:number, :name, :at)", values)
    return True
