package dev.slipway.prerelease.tests;

/** What a report is written in. */
public enum ReportFormat {
    JUNIT("JUnit XML"),
    JACOCO("JaCoCo XML"),
    COBERTURA("Cobertura XML"),
    LCOV("LCOV");

    private final String inWords;

    ReportFormat(String inWords) {
        this.inWords = inWords;
    }

    /** @return as people call it */
    public String inWords() {
        return inWords;
    }

    /** @return whether it reports tests; the others report coverage */
    boolean reportsTests() {
        return this == JUNIT;
    }
}
