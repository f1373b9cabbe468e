-- What the questions read; made when the rows of a rebuild are there.

-- Each effective period with all that cells, bars and gaps are counted from, for now and for any earlier moment: a window
-- is answered from the index alone. A row with very many links wouldn't fit, and stands with the undated ones.
create index initiative_planned on initiative_version using gist (planned)
    include (recorded_from, recorded_to, id, version, sector, goals, supports)
    where cardinality(goals) + cardinality(supports) <= 100;
create index initiative_actual on initiative_version using gist (actual)
    include (recorded_from, recorded_to, id, version, sector, goals, supports)
    where cardinality(goals) + cardinality(supports) <= 100;

-- The undated ones, which are in every window.
create index initiative_undated_planned on initiative_version (recorded_to, recorded_from)
    where (planned is null or not cardinality(goals) + cardinality(supports) <= 100) and not withdrawn;
create index initiative_undated_actual on initiative_version (recorded_to, recorded_from)
    where (actual is null or not cardinality(goals) + cardinality(supports) <= 100) and not withdrawn;

-- What was written since.
create index initiative_written on initiative_version (written);

-- What became known between two moments, said so that no other question is answered from it: as `recorded_from` alone
-- the planner took it for the undated ones, and read half of what was ever known.
create index initiative_recorded on initiative_version ((recorded_from at time zone 'UTC'));

-- Who supports a central initiative.
create index initiative_supports on initiative_version using gin (supports) where supports <> '{}';

-- The plan years there are.
create index initiative_plan_year on initiative_version (plan_year) where recorded_to = 'infinity';

-- The plan of a year, and its initiatives.
create index plan_of_year on plan_version (year);
create index initiative_of_plan on initiative_version (plan_year, id) where plan_year is not null;

-- Communication that names an initiative: at 45,000 versions of activities 17 ms without it.
create index activity_about on activity_version using gin (central_initiatives, local_initiatives);

-- What was learnt: by its words, by its tags, and the newest first.
create index learning_by_words on learning using gin (words);
create index learning_by_tag on learning using gin (tags);
create index learning_newest on learning (recorded_from, id, version);

-- Who took part, by day.
create index participation_day on participation (happened_on);
