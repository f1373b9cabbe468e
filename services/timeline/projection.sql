-- The timeline's read model. It is not migrated but rebuilt: `python -m services.timeline migrate` builds it anew beside
-- the live one when this file has changed (infra/decisions/0004-timeline-read-model.md).
--
-- One row per event and item: what was known of the item from `recorded_from` up to and without `recorded_to`, which is
-- 'infinity' for what is known now. Two events in one instant leave a row that was never visible: from = to.

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
-- `planned` and `actual` are the effective periods on the two bases (DESIGN section 6), half-open, an open side unbounded,
-- null for undated. `withdrawn`: stopped before it started, so that it counts nowhere.
create table initiative_version (
    id            uuid        not null,
    version       integer     not null,
    recorded_from timestamptz not null,
    recorded_to   timestamptz not null,
    event         uuid        not null,
    type          text        not null,
    reason        text,
    external_id   text,
    sector        uuid,
    agency        uuid,
    plan_year     integer,
    area          text,
    title         text        not null,
    description   text,
    responsible   text,
    goals         uuid[]      not null,
    supports      uuid[]      not null,
    audiences     text[]      not null,
    status        text        not null,
    anchored      text,
    planned_start date,
    planned_end   date,
    actual_start  date,
    actual_end    date,
    planned       daterange,
    actual        daterange,
    withdrawn     boolean     not null,
    primary key (id, version)
);

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
    planned             daterange,
    published_on        date,
    primary key (id, version)
);
