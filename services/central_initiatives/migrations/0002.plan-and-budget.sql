-- depends: 0001.initiative

-- The way of a plan: discussed with whom and when, adopted, closed; its frame in whole kroner, null where none was set.
alter table action_plan
    add column status      text  not null default 'drafted',
    add column frame       bigint,
    add column discussions jsonb not null default '[]',
    add column adopted_on  date,
    add column adopted_at  timestamptz,
    add column closed_on   date;

-- Whole kroner; null where no money is set aside. What was reported last, and when.
alter table initiative
    add column budget            bigint,
    add column reported_status   text,
    add column reported_sentence text,
    add column reported_at       timestamptz;

-- What is allocated of a year's frame: asked with each command that concerns money.
create index initiative_allocated on initiative (plan_year) include (budget)
    where budget is not null and status <> 'cancelled';

-- The report of a plan, byte for byte as it was when the plan was adopted. No read table: it is written once, and a
-- rebuild of the read tables leaves it alone (infra/decisions/0008-frozen-report.md).
create table frozen_report (
    plan   uuid primary key,
    report text not null
);
