-- What the questions read; made when the rows of a rebuild are there, several at a time: those that take long first.

-- What was known once, by until when: the later the day that is asked about, the less of it there is.
create index initiative_then on initiative_version (recorded_to)
    include (recorded_from, planned, actual, withdrawn, linked, id, version, sector, goals, supports)
    where recorded_to < 'infinity' and few_links;

-- What is known now: each effective period with all that cells, bars and gaps are counted from, so that it is answered
-- from the index alone. Both bases are in one, as what was planned and what is are mostly about the same time.
-- Those that are central or support a central one, a third of them, stand alone: supporters are read from these.
-- A row with very many links wouldn't fit, and stands apart, with the undated ones, which are in every window.
create index initiative_now_linked on initiative_version (recorded_from)
    include (planned, actual, id, version, sector, goals, supports)
    where recorded_to = 'infinity' and few_links and linked;
create index initiative_now on initiative_version (recorded_from)
    include (planned, actual, id, version, sector, goals, supports)
    where recorded_to = 'infinity' and few_links and not linked;
create index initiative_apart on initiative_version (recorded_to, recorded_from)
    where recorded_to = 'infinity' and not withdrawn
        and (planned is null or actual is null or not few_links)
      or recorded_to < 'infinity' and not few_links;

-- What became known between two moments, said so that no other question is answered from it: as `recorded_from` alone
-- the planner took it for the undated ones, and read half of what was ever known.
create index initiative_recorded on initiative_version ((recorded_from at time zone 'UTC'));

-- Who supports a central initiative.
create index initiative_supports on initiative_version using gin (supports) where linked and sector is not null;

-- The plan years there are, the plan of a year, and its initiatives.
create index initiative_of_plan on initiative_version (plan_year, recorded_to, id) where plan_year is not null;
create index plan_of_year on plan_version (year);

-- Communication that names an initiative: at 45,000 versions of activities 17 ms without it.
create index activity_about on activity_version using gin (central_initiatives, local_initiatives);

-- What was learnt: by its words, by its tags, and the newest first.
create index learning_by_words on learning using gin (words);
create index learning_by_tag on learning using gin (tags);
create index learning_newest on learning (recorded_from, id, version);

-- Who took part, by day.
create index participation_day on participation (happened_on);
