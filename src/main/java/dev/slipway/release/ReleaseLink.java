package dev.slipway.release;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Where people read about a release. */
@Component
public class ReleaseLink {

    private final String baseUrl;

    ReleaseLink(@Value("${slipway.base-url}") String baseUrl) {
        this.baseUrl = baseUrl.replaceAll("/+$", "");
    }

    /** @return where Slipway is reached, without a slash at the end */
    public String base() {
        return baseUrl;
    }

    /** @return the address for messages, which are read anywhere */
    public String to(ReleaseId release) {
        return baseUrl + path(release);
    }

    /** @return where a task opens in Tasklist, for messages */
    public String toTask(String taskId) {
        return baseUrl + "/camunda/app/tasklist/default/#/?task=" + taskId;
    }

    /** @return the address within Slipway's own pages, however they were reached */
    public static String path(ReleaseId release) {
        return "/releases/" + release;
    }
}
