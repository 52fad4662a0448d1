create view view.timed_balance as
select account, amount, coalesce(nullif(current_setting('veza.now', true), '')::timestamptz, now()) as seen_at from ${schema}.balance;
create view view.timed_hours as select hour from generate_series(0, 23) as hour;
