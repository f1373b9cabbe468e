-- depends: 0001.goal

-- What came of a goal, as it was observed: [{"on": "2018-11-30", "effect": "One sentence."}], the latest first.
alter table goal add column effects jsonb not null default '[]';

create index goal_parent on goal (parent);
