select pg_sleep(5);
create index deposit_by_amount on deposit (amount);
