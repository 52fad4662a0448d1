create view view.timed_balance as
select account, amount, coalesce(nullif(current_setting('veza.now', true), '')::timestamptz, now()) as seen_at from ${schema}.balance;
