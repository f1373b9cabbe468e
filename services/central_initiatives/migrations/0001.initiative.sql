-- depends: 0001.event-store

-- Plans as they stand, with their areas in the order in which they were added: the facts for planning an initiative.
create table action_plan (
    number     bigint generated always as identity,
    id         uuid        primary key,
    year       integer     not null,
    title      text,
    areas      text[]      not null,
    version    integer     not null,
    changed_at timestamptz not null
);
create unique index action_plan_number on action_plan (number);
create unique index action_plan_year on action_plan (year);

-- Initiatives as they stand. "start" and "end" are inclusive days, Europe/Oslo.
create table initiative (
    number       bigint generated always as identity,
    id           uuid        primary key,
    external_id  text,
    plan_year    integer     not null,
    area         text        not null,
    title        text        not null,
    description  text,
    goals        uuid[]      not null,
    audiences    text[]      not null,
    responsible  text,
    start        date,
    "end"        date,
    status       text        not null,
    started_on   date,
    completed_on date,
    cancelled_on date,
    effect       text,
    version      integer     not null,
    changed_at   timestamptz not null
);
create unique index initiative_number on initiative (number);
