-- What reactions keep in the primary database. Unlike a read model it is never built again: it says what was done to the world.

-- Up to which position of which log a reaction has seen to everything.
create table position (
    reaction text primary key,
    log_id   text not null,
    position bigint not null
);

-- What is to be sent, and what became of it. Nothing personal: what it says is read from the event when it is sent.
create table outbox (
    log_id     text not null,
    position   bigint not null,
    channel    text not null,
    recipient  uuid not null,
    attempts   int not null default 0,
    due_at     timestamptz not null default now(),
    outcome    text check (outcome in ('sent', 'needless', 'refused', 'given-up')),
    settled_at timestamptz,
    primary key (log_id, position, channel, recipient)
);

create index outbox_due on outbox (due_at) where outcome is null;
create index outbox_settled on outbox (settled_at) where outcome is not null;
