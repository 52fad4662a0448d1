-- What is forgotten is forgotten by channel: without it in the index, to find nothing of one channel all of the others' was read.
create index outbox_settled_of_channel on outbox (channel, settled_at) where outcome is not null;
drop index outbox_settled;
