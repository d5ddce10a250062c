-- What a share of counts was counted from, and how much a metric differed from its baseline.

alter table measurement add column events double precision;
alter table measurement add column baseline_events double precision;
alter table measurement add column baseline_size double precision;
alter table measurement add column effect double precision;
alter table measurement add column effect_low double precision;
alter table measurement add column effect_high double precision;
alter table measurement add column effect_relative boolean;
alter table measurement add column p double precision;
