-- Orders whose deployer does not report by itself are asked about until they are done. Runs on H2 and PostgreSQL.

-- The order is asked about as it was given: what the steps of a release say may be read differently by a later version.
alter table deployment_order add column weight double precision;
-- Before this moment nobody asks about it again; null: it has not been asked about yet.
alter table deployment_order add column ask_at timestamp with time zone;

-- An order of before that was still open keeps waiting for its report; only of a shift nobody knows the weight any more.
update deployment_order set weight = 0 where order_key not like '%:shift%';

create index deployment_order_asked on deployment_order (answer, ask_at);
