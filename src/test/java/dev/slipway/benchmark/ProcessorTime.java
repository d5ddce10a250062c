package dev.slipway.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * How long processors worked.
 *
 * @param program  for this program
 * @param database for the PostgreSQL that it started
 */
record ProcessorTime(Duration program, Duration database) {

    /** @param postgres the process id of any of its connections */
    static ProcessorTime now(long postgres) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var server = ProcessHandle.of(postgres).flatMap(ProcessHandle::parent).orElseThrow();
        var database = Stream.concat(Stream.of(server), server.children())
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
        return new ProcessorTime(Duration.ofNanos(system.getProcessCpuTime()), database);
    }

    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(program.minus(before.program), database.minus(before.database));
    }
}
