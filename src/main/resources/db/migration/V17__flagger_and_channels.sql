-- What Flagger last let Slipway know of a release that it rolls out itself. Runs on H2 and PostgreSQL.

create table flagger_report (
    release_number bigint primary key references release (number),
    stage          varchar(20)              not null,
    weight         double precision         not null,
    checksum       varchar(100),
    trouble        varchar(1000),
    let_go_at      timestamp with time zone,
    heard_at       timestamp with time zone not null
);

-- What was said in channels outside, so that it is said once. The link of what opened the thread is the thread's.
create table channel_message (
    message_key varchar(300) primary key,
    link        varchar(2000)            not null,
    said_at     timestamp with time zone not null
);
