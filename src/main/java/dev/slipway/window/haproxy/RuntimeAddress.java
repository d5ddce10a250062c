package dev.slipway.window.haproxy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a Runtime API listens: the absolute path of a UNIX socket, or a host and a port.
 *
 * @param host null for a path
 * @param port 0 for a path
 * @param path null for a host
 */
record RuntimeAddress(String host, int port, String path) {

    private static final Pattern PATH = Pattern.compile("/[^\\p{Cntrl}]{1,106}");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.%a-z]+]|[A-Za-z0-9._-]+):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    static Optional<RuntimeAddress> of(String text) {
        if (PATH.matcher(text).matches()) {
            return Optional.of(new RuntimeAddress(null, 0, text.replaceAll("/+", "/")));
        }
        var matcher = HOST_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var port = Integer.parseInt(matcher.group(2));
        var host = matcher.group(1).toLowerCase(Locale.ROOT);
        return port < 1 || port > LAST_PORT
                ? Optional.empty()
                : Optional.of(new RuntimeAddress(host.equals("localhost") ? "127.0.0.1" : host, port, null));
    }

    boolean isPath() {
        return path != null;
    }

    /** @throws IOException where the host is unknown */
    SocketAddress resolved() throws IOException {
        if (isPath()) {
            return UnixDomainSocketAddress.of(path);
        }
        var address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("the host is unknown");
        }
        return address;
    }

    @Override
    public String toString() {
        return isPath() ? path : host + ":" + port;
    }
}
