package dev.slipway.release;

import java.util.List;

/**
 * What speaks against confirming a task, as a machine found it. Whoever confirms all the same overrides it: that needs a
 * reason and a person of the group that owns the task, and stands in timeline and release notes.
 */
public interface Blockers {

    /** @return a line each; empty where nothing speaks against it */
    List<String> against(ReleaseId release, String task);
}
