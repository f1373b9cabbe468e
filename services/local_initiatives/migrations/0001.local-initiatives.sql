-- depends: 0001.event-store

-- Sectors, agencies and local initiatives as they stand: what the lists show, and the facts for the rules on who owns what.
create table sector (
    number     bigint generated always as identity,
    id         uuid        primary key,
    code       text        not null,
    name       text        not null,
    version    integer     not null,
    changed_at timestamptz not null
);
create unique index sector_number on sector (number);

create table agency (
    number     bigint generated always as identity,
    id         uuid        primary key,
    code       text        not null,
    name       text        not null,
    sector     uuid        not null references sector (id),
    version    integer     not null,
    changed_at timestamptz not null
);
create unique index agency_number on agency (number);

-- `goals` and `supports` belong to other services: ids, not checked here. `start` and "end" are inclusive days.
create table initiative (
    number         bigint generated always as identity,
    id             uuid        primary key,
    external_id    text,
    sector         uuid        not null references sector (id),
    agency         uuid        references agency (id),
    title          text        not null,
    description    text,
    goals          uuid[]      not null,
    supports       uuid[]      not null,
    responsible    text,
    start          date,
    "end"          date,
    status         text        not null,
    anchored_where text,
    anchored_on    date,
    started_on     date,
    finished_on    date,
    effect         text,
    version        integer     not null,
    changed_at     timestamptz not null
);
create unique index initiative_number on initiative (number);
create index initiative_sector on initiative (sector, number);
