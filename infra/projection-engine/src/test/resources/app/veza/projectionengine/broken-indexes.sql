create index deposit_by_nothing on deposit (nothing);
