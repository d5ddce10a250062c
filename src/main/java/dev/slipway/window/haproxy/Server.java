package dev.slipway.window.haproxy;

/**
 * A server of the backend, as HAProxy sees it.
 *
 * @param address     IP address or path of a socket
 * @param weight      that HAProxy gives it now, 0 to 256
 * @param usable      whether HAProxy would send requests to it, were its weight above 0
 * @param checked     whether HAProxy checks its health
 * @param awaitsCheck whether HAProxy takes it for healthy only because no check has ended yet
 * @param backup      whether it is used only when all others are down
 * @param condition   in HAProxy's words, such as {@code DOWN (Connection refused)}
 */
record Server(
        String name,
        String address,
        int port,
        int weight,
        boolean usable,
        boolean checked,
        boolean awaitsCheck,
        boolean backup,
        String condition) {

    /** @return the name and what is the matter with it */
    String plight() {
        return name + " is " + condition;
    }
}
