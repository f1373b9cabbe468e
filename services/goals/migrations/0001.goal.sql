-- depends: 0001.event-store

-- Goals as they stand: what the lists show, and the facts for the rule on few adopted goals.
create table goal (
    number          bigint generated always as identity,
    id              uuid        primary key,
    external_id     text,
    title           text        not null,
    kind            text        not null,
    code            text,
    description     text,
    expected_effect text,
    parent          uuid,
    status          text        not null,
    version         integer     not null,
    changed_at      timestamptz not null
);
create unique index goal_number on goal (number);
