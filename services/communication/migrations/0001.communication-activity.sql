-- depends: 0001.event-store

-- Communication activities as they stand: what the lists show.
create table communication_activity (
    number              bigint generated always as identity,
    id                  uuid        primary key,
    external_id         text,
    title               text        not null,
    audiences           text[]      not null,
    channel             text,
    "start"             date,       -- first day
    "end"               date,       -- last day, inclusive
    goals               uuid[]      not null,
    central_initiatives uuid[]      not null,
    local_initiatives   uuid[]      not null,
    status              text        not null,
    published_on        date,
    version             integer     not null,
    changed_at          timestamptz not null
);
create unique index communication_activity_number on communication_activity (number);
