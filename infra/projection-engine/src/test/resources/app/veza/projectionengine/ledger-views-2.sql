create view view.ledger_balance as select account, position, amount, deposits, note from ${schema}.balance;
