package dev.slipway.prerelease.tests;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is read, and throws {@link ReportTooLarge} where it is too much. */
final class BoundedStream extends FilterInputStream {

    private final long most;
    private long read;

    /** @param most bytes that may be read */
    BoundedStream(InputStream in, long most) {
        super(in);
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        var one = super.read();
        count(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var some = super.read(into, offset, length);
        count(Math.max(some, 0));
        return some;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(int more) {
        read += more;
        if (read > most) {
            throw new ReportTooLarge(most);
        }
    }
}
