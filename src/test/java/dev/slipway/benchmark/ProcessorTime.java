package dev.slipway.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * How long processors worked.
 *
 * @param program  for this program
 * @param database for the PostgreSQL that it started
 */
record ProcessorTime(Duration program, Duration database) {

    static ProcessorTime now() {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var database = ProcessHandle.current()
                .descendants()
                .map(child -> child.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
        return new ProcessorTime(Duration.ofNanos(system.getProcessCpuTime()), database);
    }

    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(program.minus(before.program), database.minus(before.database));
    }
}
