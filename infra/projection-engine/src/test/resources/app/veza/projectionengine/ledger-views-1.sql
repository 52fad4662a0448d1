create view view.ledger_balance as select account, amount, deposits, position from ${schema}.balance;
