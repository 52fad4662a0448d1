create index deposit_by_amount on deposit (amount);
