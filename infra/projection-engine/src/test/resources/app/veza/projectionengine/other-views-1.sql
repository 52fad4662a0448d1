create view view.other_balance as select account, amount, deposits, position from ${schema}.balance;
