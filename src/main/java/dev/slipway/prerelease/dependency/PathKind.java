package dev.slipway.prerelease.dependency;

/** What a file is there for. Only files of production say something about production. */
enum PathKind {
    PRODUCTION,
    TESTS,
    DOCUMENTATION,
    GENERATED
}
