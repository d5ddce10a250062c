package dev.slipway.benchmark;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.model.bpmn.Bpmn;

/**
 * The same looks as jobs of a bare engine, with Slipway's settings of the job executor and full history: a token waits
 * in a user task, and a timer at its border, one that interrupts nothing, runs the look every interval.
 */
final class TimerJobs implements AutoCloseable {

    private final AtomicInteger done = new AtomicInteger();
    private final DefaultJobExecutor executor = new DefaultJobExecutor();
    private final ProcessEngine engine;

    /**
     * @param url  of an empty PostgreSQL database
     * @param work at the release of that number
     */
    TimerJobs(String url, LongConsumer work) {
        executor.setCorePoolSize(12);
        executor.setMaxPoolSize(12);
        executor.setQueueSize(48);
        executor.setMaxJobsPerAcquisition(24);
        executor.setWaitTimeInMillis(500);
        executor.setMaxWait(500);
        executor.setBackoffTimeInMillis(20);
        executor.setMaxBackoff(200);
        executor.setLockTimeInMillis(60_000);
        var configuration = new StandaloneProcessEngineConfiguration();
        configuration.setJdbcUrl(url);
        configuration.setJdbcDriver("org.postgresql.Driver");
        configuration.setJdbcUsername("postgres");
        configuration.setJdbcPassword("postgres");
        configuration.setJdbcMaxActiveConnections(20);
        configuration.setDatabaseSchemaUpdate("true");
        configuration.setHistory("full");
        configuration.setJobExecutor(executor);
        configuration.setJobExecutorAcquireByDueDate(true);
        configuration.setIdGenerator(new StrongUuidGenerator());
        configuration.setEnforceHistoryTimeToLive(false);
        JavaDelegate look = execution -> {
            work.accept((Long) execution.getVariable("release"));
            done.incrementAndGet();
        };
        configuration.setBeans(Map.of("look", look));
        engine = configuration.buildProcessEngine();
    }

    void start(int releases, Duration interval) {
        var process = Bpmn.createExecutableProcess("watched")
                .startEvent()
                .userTask("wait")
                .endEvent()
                .moveToActivity("wait")
                .boundaryEvent("due")
                .cancelActivity(false)
                .timerWithCycle("R/" + interval)
                .serviceTask("look")
                .camundaDelegateExpression("${look}")
                .endEvent()
                .done();
        engine.getRepositoryService()
                .createDeployment()
                .addModelInstance("watched.bpmn", process)
                .deploy();
        for (var release = 1L; release <= releases; release++) {
            engine.getRuntimeService().startProcessInstanceByKey("watched", Map.of("release", release));
        }
        executor.start();
    }

    int done() {
        return done.get();
    }

    /** @return the most that a job is overdue now */
    Duration behind() {
        var now = System.currentTimeMillis();
        return engine.getManagementService().createJobQuery().orderByJobDuedate().asc().listPage(0, 1).stream()
                .findFirst()
                .map(job -> Duration.ofMillis(Math.max(0, now - job.getDuedate().getTime())))
                .orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        executor.shutdown();
        engine.close();
    }
}
