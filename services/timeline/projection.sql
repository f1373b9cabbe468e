-- The timeline's read model. It is not migrated but rebuilt: `python -m services.timeline migrate` builds it anew beside
-- the live one when a file that decides what it holds has changed, such as this one
-- (`model.DECIDING`, infra/decisions/0004-timeline-read-model.md).
--
-- Versions: one row per event and item: what was known of the item from `recorded_from` up to and without `recorded_to`, which is
-- 'infinity' for what is known now. Two events in one instant leave a row that was never visible: from = to.
--
-- Facts: one row per event that changes no item, but tells something of it: known from `recorded_from` on, for ever.
--
-- `event`, `type`: the source; `actor`: the role or unit that acted, where it was said.

-- Inclusive dates as half-open days; null where both are unknown: daterange(null, null) would be "always". The last day
-- of all means no end. An end before its start is refused, and its event set aside.
create function period(first date, last date) returns daterange immutable parallel safe language sql
return case when first is not null or last is not null then daterange(first, nullif(last, '9999-12-31'), '[]') end;

create table goal_version (
    id              uuid        not null,
    version         integer     not null,
    recorded_from   timestamptz not null,
    recorded_to     timestamptz not null,
    external_id     text,
    title           text        not null,
    kind            text        not null,
    expected_effect text,
    status          text        not null,
    primary key (id, version)
);

create table sector_version (
    id            uuid        not null,
    version       integer     not null,
    recorded_from timestamptz not null,
    recorded_to   timestamptz not null,
    code          text        not null,
    name          text        not null,
    primary key (id, version)
);

create table agency_version (
    id            uuid        not null,
    version       integer     not null,
    recorded_from timestamptz not null,
    recorded_to   timestamptz not null,
    code          text        not null,
    name          text        not null,
    sector        uuid        not null,
    primary key (id, version)
);

-- Central and local initiatives; `sector` is null for a central one.
-- `planned` and `actual` are the effective periods on the two bases, as `concurrency.effective_period` defines them:
-- half-open, an open side unbounded, null for undated. `withdrawn`: stopped before it started, so that it counts nowhere.
-- `linked`: central, or supports a central one. `few_links`: they fit into an index.
-- `written`: by which transaction, which no event decides: what is new since a state of the read model that was seen.
-- Null in what was there before anybody could see it (`model.build`).
-- What indexes are made of comes first: PostgreSQL takes a row apart up to the last column that it is asked for.
create table initiative_version (
    id            uuid        not null,
    version       integer     not null,
    recorded_from timestamptz not null,
    recorded_to   timestamptz not null,
    written       xid8        default pg_current_xact_id(),
    plan_year     integer,
    sector        uuid,
    withdrawn     boolean     generated always as (
        status in ('cancelled', 'discontinued') and actual_start is null
    ) stored,
    planned       daterange   generated always as (
        case when status in ('cancelled', 'discontinued') and actual_start is null then null
             else period(planned_start, planned_end) end
    ) stored,
    actual        daterange   generated always as (
        case when status in ('planned', 'proposed', 'anchored') then period(planned_start, planned_end)
             when status = 'started' and planned_end < actual_start then period(actual_start, null)
             when status = 'started' then period(actual_start, planned_end)
             else period(actual_start, actual_end) end
    ) stored,
    linked        boolean     generated always as (sector is null or supports <> '{}') stored,
    few_links     boolean     generated always as (cardinality(goals) + cardinality(supports) <= 100) stored,
    goals         uuid[]      not null,
    supports      uuid[]      not null,
    event         uuid        not null,
    type          text        not null,
    actor         text,
    reason        text,
    external_id   text,
    agency        uuid,
    area          text,
    title         text        not null,
    description   text,
    responsible   text,
    audiences     text[]      not null,
    budget        bigint,
    status        text        not null,
    effect        text,
    anchored      text,
    planned_start date,
    planned_end   date,
    actual_start  date,
    actual_end    date,
    primary key (id, version)
) with (  -- questions are answered from indexes alone where pages were vacuumed
    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02
);

-- No question chooses by these.
alter table initiative_version
    alter event set statistics 0, alter type set statistics 0, alter actor set statistics 0,
    alter reason set statistics 0, alter external_id set statistics 0, alter title set statistics 0,
    alter description set statistics 0, alter responsible set statistics 0, alter budget set statistics 0,
    alter effect set statistics 0, alter anchored set statistics 0;

-- What was written since. The other indexes are in `indexes.sql`; of what a rebuild writes nothing is in this one.
create index initiative_written on initiative_version (written) where written is not null;

create table activity_version (
    id                  uuid        not null,
    version             integer     not null,
    recorded_from       timestamptz not null,
    recorded_to         timestamptz not null,
    external_id         text,
    title               text        not null,
    audiences           text[]      not null,
    channel             text,
    goals               uuid[]      not null,
    central_initiatives uuid[]      not null,
    local_initiatives   uuid[]      not null,
    status              text        not null,
    planned_start       date,
    planned_end         date,
    planned             daterange   generated always as (period(planned_start, planned_end)) stored,
    published_on        date,
    primary key (id, version)
);

-- Action plans. Money is in whole kroner; `discussions`: each the JSON of its day (`on`) and its `organisations`.
create table plan_version (
    id            uuid        not null,
    version       integer     not null,
    recorded_from timestamptz not null,
    recorded_to   timestamptz not null,
    event         uuid        not null,
    type          text        not null,
    actor         text,
    reason        text,
    year          integer     not null,
    title         text,
    areas         text[]      not null,
    frame         bigint,
    discussions   text[]      not null,
    status        text        not null,
    adopted_on    date,
    closed_on     date,
    primary key (id, version)
);

-- Who took part in a local initiative, and in which of its phases.
create table participation (
    id            uuid        not null,
    version       integer     not null,
    recorded_from timestamptz not null,
    event         uuid        not null,
    type          text        not null,
    actor         text,
    reason        text,
    phase         text        not null,
    who           text[]      not null,
    happened_on   date        not null,
    sentence      text,
    primary key (id, version)
);

-- The words of what was learnt, stemmed as bokmål: of the text, the tags and the initiative's title. What looks like a
-- tag of HTML is text like any other. Immutable, as no setting of the database decides it.
create function learning_words(text text, tags text[], title text) returns tsvector immutable parallel safe language sql
return to_tsvector(
    'pg_catalog.norwegian',
    translate(text || E'\n' || array_to_string(tags, E'\n') || E'\n' || coalesce(title, ''), '<>', '  ')
);

-- What local initiatives shared for others to learn from; `title`: of the initiative, when it was shared.
create table learning (
    id            uuid        not null,
    version       integer     not null,
    recorded_from timestamptz not null,
    event         uuid        not null,
    type          text        not null,
    actor         text,
    reason        text,
    text          text        not null,
    tags          text[]      not null,
    title         text,
    words         tsvector    generated always as (learning_words(text, tags, title)) stored,
    primary key (id, version)
);

-- How a central or local initiative was said to be getting on: `on_track`, `at_risk` or `off_track`.
create table status_report (
    id            uuid        not null,
    version       integer     not null,
    recorded_from timestamptz not null,
    event         uuid        not null,
    type          text        not null,
    actor         text,
    reason        text,
    status        text        not null,
    sentence      text,
    primary key (id, version)
);

-- What was seen to come of a goal.
create table observed_effect (
    id            uuid        not null,
    version       integer     not null,
    recorded_from timestamptz not null,
    event         uuid        not null,
    type          text        not null,
    actor         text,
    reason        text,
    effect        text        not null,
    observed_on   date        not null,
    primary key (id, version)
);

-- What those who were told by a communication activity said to it.
create table feedback (
    id            uuid        not null,
    version       integer     not null,
    recorded_from timestamptz not null,
    event         uuid        not null,
    type          text        not null,
    actor         text,
    reason        text,
    text          text        not null,
    received_on   date        not null,
    audience      text,
    primary key (id, version)
);
