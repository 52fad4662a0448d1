-- Webhooks are sent one thing at a time each, and what one does not take delays all that waits for it: whose turn it is stands here, and
-- when something may be tried again beside it. Nothing personal.
create table webhook (
    webhook_id uuid primary key,
    -- null while nothing waits
    due_at     timestamptz,
    -- one after the other, since it last took something
    failures   int not null default 0,
    tried_at   timestamptz,
    -- the status of what it answered last, or why there was no answer
    answer     text
);

create index webhook_due on webhook (due_at);

alter table outbox
    add column added_at timestamptz not null default now(),
    add column retry_at timestamptz not null default now();

create index outbox_waiting on outbox (channel, recipient, retry_at, position) where outcome is null;
create index outbox_oldest on outbox (channel, added_at) where outcome is null;
