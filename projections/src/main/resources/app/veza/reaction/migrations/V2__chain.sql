-- An event that was seen to, at the position or before, and the log's chain hash with it: if the log holds another one there, it is not the
-- log any more that bore the id. Older code moves the position alone, which leaves these true.
alter table position
    add column known bigint not null default 0,
    add column chain bytea not null default '';
