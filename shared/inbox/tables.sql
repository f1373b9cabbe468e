-- What a reader of events knows of what it has read. Lives in the schema of the read model that it belongs to, so that
-- the two are switched together after a rebuild.

-- Where to read on, per partition; written in the read model's transaction.
create table checkpoint (
    topic       text        not null,
    partition   integer     not null,
    next_offset bigint      not null default 0,
    newest      timestamptz,            -- recording time of the newest event read
    caught_up   timestamptz,            -- when the end of the partition was last reached
    end_offset  bigint      not null default 0,
    revision    bigint      not null default 0, -- grows with everything that is written: what was read before is old
    primary key (topic, partition)
);

-- The events of each stream that have had their effect: the first, the second and so on, as many as its version says.
create table applied (
    stream uuid   primary key,
    events uuid[] not null
);

-- What could not be applied, with the reason; the rest of its stream waits behind it.
create table parked (
    topic     text        not null,
    partition integer     not null,
    "offset"  bigint      not null,
    stream    uuid,
    version   integer,
    event     uuid,
    type      text,
    why       text        not null check (why in ('unreadable', 'gap', 'fork', 'failed', 'behind')),
    detail    text        not null,
    message   text        not null,
    parked_at timestamptz not null default now(),
    primary key (topic, partition, "offset")
);
create index parked_stream on parked (stream, version);

create table lease (
    name       text        primary key,
    holder     text        not null,
    epoch      bigint      not null,
    expires_at timestamptz not null
);
