-- depends: 0001.event-store

create table note (
    id    uuid    primary key,
    lines integer not null check (lines <= 100000),
    last  text    not null check (last <> 'poison')
);
