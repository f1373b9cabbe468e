-- What items of other services are called. Filled by the job `names`, in the schema of its inbox; built anew, never
-- migrated. Searched by reading a kind's rows: a city has some thousands of them.
create table reference (
    kind        text    not null,
    id          uuid    not null,
    external_id text,                 -- what its owner calls it: K1; a sector's code; T01 within its sector
    title       text    not null,
    part_of     uuid,                 -- the goal above it; the sector of an agency, of a local initiative
    note        text,                 -- what else tells it from others: a goal's code, a plan's year
    active      boolean not null,     -- false: retired, cancelled, discontinued
    primary key (kind, id)
);
