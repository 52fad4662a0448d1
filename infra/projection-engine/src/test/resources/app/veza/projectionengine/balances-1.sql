create table balance (
    account int primary key,
    amount bigint not null,
    deposits int not null,
    position bigint not null
);
create table deposit (
    position bigint primary key,
    account int not null,
    amount bigint not null check (amount > 0)
);
create index deposit_account on deposit (account);
