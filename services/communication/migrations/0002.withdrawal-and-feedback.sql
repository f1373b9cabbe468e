-- depends: 0001.communication-activity

-- Feedback as it came: [{"on": "2018-06-08", "audience": "residents", "text": "One sentence."}], the latest first;
-- the audience is null where nobody said who gave it.
alter table communication_activity
    add column withdrawn_on date,
    add column feedback     jsonb not null default '[]';
