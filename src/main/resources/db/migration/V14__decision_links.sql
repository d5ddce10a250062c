-- A link in a message that many read is for whoever has the authority: then no person is named. Runs on H2 and PostgreSQL.
alter table invitation alter column person drop not null;
