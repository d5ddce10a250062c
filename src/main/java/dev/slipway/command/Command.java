package dev.slipway.command;

import java.io.PrintStream;
import java.util.List;

/** Something the jar does without starting the server. */
interface Command {

    /** Nothing to complain about. */
    int FINE = 0;

    /** It was checked, and something is to be mended. */
    int FINDINGS = 1;

    /** It could not be done as asked. */
    int BAD_INPUT = 2;

    /** @return the first argument, such as {@code check-service} */
    String name();

    /** @return the arguments after the name, such as {@code FILE… [--json]} */
    String usage();

    /** @return what it does, in half a sentence */
    String purpose();

    /**
     * @param args those after the name
     * @param out  for the result and nothing else, so that machines can read it
     * @param err  for what went wrong
     * @return {@link #FINE}, {@link #FINDINGS} or {@link #BAD_INPUT}
     */
    int run(List<String> args, PrintStream out, PrintStream err);
}
