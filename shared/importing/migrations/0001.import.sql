-- What an import keeps for people between two steps, and from one time to the next. Nothing that was imported stands here.
-- depends: 0001.event-store

-- A file that was uploaded: read, mapped, previewed, imported; gone after a day.
create table upload (
    id          uuid        primary key,
    kind        text        not null,  -- what it is to be imported as
    filename    text        not null,
    content     bytea       not null,
    mapping     jsonb,                 -- header of the file → name of our column, or null to leave it out
    created_at  timestamptz not null default clock_timestamp(),
    imported_at timestamptz,           -- set by the transaction that stored the events
    answer      jsonb                  -- what came of it
);
alter table upload alter column content set storage external;  -- XLSX is compressed already
create index upload_created_at on upload (created_at);

-- What people said last time that a file's column is.
create table import_column (
    kind        text not null,
    header      text not null,  -- folded: without case, blanks and punctuation
    column_name text,           -- null: it is left out
    primary key (kind, header)
);
