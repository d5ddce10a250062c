package dev.slipway.window.haproxy;

import java.util.Collection;
import java.util.Map;

/** Who knows which version a server runs. */
interface Versions {

    /** @return by the server's name, for every one of them */
    Map<String, Said> of(Collection<Server> servers, RuntimeApi haproxy, Deadline deadline);
}
