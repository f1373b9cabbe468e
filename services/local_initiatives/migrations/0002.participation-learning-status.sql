-- depends: 0001.local-initiatives

-- An initiative may be anchored in several dialogues. What was anchored before is so in one.
alter table initiative
    alter column anchored_where type text[] using case when anchored_where is not null then array[anchored_where] end;

-- Who took part, in the order in which it was recorded: [{phase, who: […], on, sentence}]. The latest report of status.
alter table initiative
    add column participations    jsonb not null default '[]',
    add column reported_status   text,
    add column reported_sentence text,
    add column reported_at       timestamptz;

create index initiative_goals on initiative using gin (goals);
create index initiative_supports on initiative using gin (supports);

-- What was learnt, so that others find it. `version` is that of the event which shared it; `tags` are in lower case.
create table learning (
    number     bigint generated always as identity,
    initiative uuid        not null references initiative (id),
    version    integer     not null,
    text       text        not null,
    tags       text[]      not null,
    shared_at  timestamptz not null,
    primary key (initiative, version)
);
create unique index learning_number on learning (number);
