-- The event store, which is also the outbox of the relay.
-- The rules behind it: infra/decisions/0002-event-store.md

-- One row per event. `position` orders a service's own history; nothing outside the service may lean on it.
create table event (
    position    bigint generated always as identity primary key,
    stream      uuid        not null,
    version     integer     not null check (version > 0),
    id          uuid        not null,
    type        text        not null,
    recorded_at timestamptz not null,
    envelope    text        not null,  -- the CloudEvent as published, byte for byte (jsonb would reorder it)
    constraint event_stream_version unique (stream, version),
    constraint event_id unique (id)
);
alter table event set (autovacuum_vacuum_insert_scale_factor = 0.05, fillfactor = 100);

-- One small row per event that Kafka has not acknowledged.
create table outbox (
    position bigint primary key
);
alter table outbox set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- What was answered to which command; written in the append's transaction.
create table idempotency (
    key         text        not null constraint idempotency_key primary key,
    fingerprint text        not null,
    answer      text        not null,
    recorded_at timestamptz not null default now()
);

-- Who may act, until when. `epoch` grows with every change of hands, so that a paused holder can be told from the present one.
create table lease (
    name       text        primary key,
    holder     text        not null,
    epoch      bigint      not null,
    expires_at timestamptz not null
);
