-- Links with which one person answers one task. The token itself is kept nowhere, only its hash.

create table invitation (
    token_hash     varchar(64) primary key,
    release_number bigint                   not null references release (number),
    task           varchar(60)              not null,
    person         varchar(255)             not null,
    expires_at     timestamp with time zone not null,
    used_at        timestamp with time zone
);
create index invitation_release on invitation (release_number);
