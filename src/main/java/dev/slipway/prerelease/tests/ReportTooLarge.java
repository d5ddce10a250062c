package dev.slipway.prerelease.tests;

/** A report is larger than is read. */
public class ReportTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param most how many bytes are read */
    ReportTooLarge(long most) {
        super("The report is larger than " + most / (1024 * 1024) + " MB. Send the reports of the modules one by one,"
                + " each under a name of its own.");
    }
}
