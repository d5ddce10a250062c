package dev.slipway.observation.cloudwatch;

import dev.slipway.catalog.Settings;
import dev.slipway.catalog.SettingsCheck;
import dev.slipway.http.NoUsableAnswer;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.series.Point;
import dev.slipway.observation.series.Points;
import dev.slipway.observation.series.SeriesSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.MessageData;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/**
 * Asks Amazon CloudWatch by {@code GetMetricData}; how a query reads is said at {@link MetricDataQueries}. A point
 * speaks of a period that begins at its time; it counts from the period's end, so that one that is still filling up is
 * not taken for the whole.
 *
 * <p>Settings: {@code region}, required; {@code accessKeyId} and {@code secretAccessKey}, and {@code sessionToken},
 * where the usual chain of AWS (environment, profile, role of the machine) does not know them; {@code endpoint} in place
 * of the region's own; {@code period} of a point where the query states none, whole seconds, at most a day, default
 * PT1M; {@code timeout} of one question with its repetitions, above zero, at most PT1M, default PT5S; {@code lookback}
 * as in {@link SeriesSource}.
 */
@Component
class CloudWatchSource implements SeriesSource, DisposableBean {

    private static final String REGION = "region";
    private static final String KEY_ID = "accessKeyId";
    private static final String SECRET_KEY = "secretAccessKey";
    private static final String SESSION_TOKEN = "sessionToken";
    private static final String ENDPOINT = "endpoint";
    private static final String PERIOD = "period";
    private static final String TIMEOUT = "timeout";
    private static final Duration USUAL_PERIOD = Duration.ofMinutes(1);
    private static final Duration LONGEST_PERIOD = Duration.ofDays(1);
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final int MOST_POINTS = 10_000;
    private static final int MOST_CLIENTS = 50;
    private static final int LONGEST_QUOTE = 300;
    private static final int SHORTEST_SECRET = 4;

    private final Map<Settings, CloudWatchClient> clients = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "cloudwatch";
    }

    @Override
    public List<String> problems(Settings settings) {
        var problems = new ArrayList<>(new SettingsCheck(settings)
                .required(REGION, "the region of the metrics, such as eu-central-1")
                .together(KEY_ID, SECRET_KEY)
                .optional(SESSION_TOKEN)
                .address(ENDPOINT)
                .duration(PERIOD, LONGEST_PERIOD)
                .duration(TIMEOUT, LONGEST_TIMEOUT)
                .duration(LOOKBACK, LONGEST_LOOKBACK)
                .problems());
        if (settings.text(SESSION_TOKEN).isPresent() && settings.text(KEY_ID).isEmpty()) {
            problems.add("sessionToken must come with accessKeyId and secretAccessKey");
        }
        return problems;
    }

    @Override
    public Points points(MetricQuery query, Instant from, Instant to) throws NoUsableAnswer {
        var settings = query.settings();
        try {
            var usual =
                    (int) Math.max(1, settings.duration(PERIOD, USUAL_PERIOD).toSeconds());
            var queries = MetricDataQueries.read(query.text(), usual);
            var period = Duration.ofSeconds(MetricDataQueries.period(queries, usual));
            var answer = client(settings)
                    .getMetricData(GetMetricDataRequest.builder()
                            .metricDataQueries(queries)
                            // Periods begin on whole minutes; one that has ended by now began a period ago.
                            .startTime(from.minus(period).truncatedTo(ChronoUnit.MINUTES))
                            .endTime(to)
                            .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                            .maxDatapoints(MOST_POINTS)
                            .build());
            return points(answer, period);
        } catch (ApiCallTimeoutException | AbortedException e) {
            throw new NoUsableAnswer("CloudWatch did not answer within "
                    + settings.duration(TIMEOUT, USUAL_TIMEOUT).toMillis() + " ms.");
        } catch (AwsServiceException e) {
            throw new NoUsableAnswer("CloudWatch answered " + e.statusCode() + ": " + words(reason(e), settings) + ".");
        } catch (SdkException e) {
            throw new NoUsableAnswer("CloudWatch did not answer: " + words(e.getMessage(), settings) + ".");
        } catch (IllegalArgumentException e) {
            throw new NoUsableAnswer("CloudWatch can't be asked: " + words(e.getMessage(), settings) + ".");
        }
    }

    private static Points points(GetMetricDataResponse answer, Duration period) throws NoUsableAnswer {
        var series = answer.metricDataResults();
        if (series.isEmpty()) {
            return Points.none();
        }
        if (series.size() > 1) {
            throw Points.several(series.size(), "aggregate them, for example with SUM(…), or drop GROUP BY");
        }
        var only = series.get(0);
        if (only.statusCode() == StatusCode.INTERNAL_ERROR || only.statusCode() == StatusCode.FORBIDDEN) {
            throw new NoUsableAnswer(
                    "CloudWatch answered " + only.statusCodeAsString() + ": " + messages(only, answer) + ".");
        }
        if (answer.nextToken() != null) {
            throw new NoUsableAnswer("CloudWatch has more than " + MOST_POINTS
                    + " points to tell; make the period longer or the lookback shorter.");
        }
        var points = new ArrayList<Point>();
        for (var i = 0; i < Math.min(only.timestamps().size(), only.values().size()); i++) {
            if (Double.isFinite(only.values().get(i))) {
                points.add(new Point(
                        only.timestamps().get(i).plus(period), only.values().get(i)));
            }
        }
        return Points.of(points);
    }

    private static String messages(MetricDataResult only, GetMetricDataResponse answer) {
        var messages = only.hasMessages() ? only.messages() : answer.messages();
        return messages.isEmpty()
                ? "no reason given"
                : String.join("; ", messages.stream().map(MessageData::value).toList());
    }

    private CloudWatchClient client(Settings settings) {
        if (clients.size() >= MOST_CLIENTS && !clients.containsKey(settings)) {
            // Settings change when files do; those of old ones are not worth keeping.
            clients.values().forEach(CloudWatchClient::close);
            clients.clear();
        }
        return clients.computeIfAbsent(settings, CloudWatchSource::newClient);
    }

    private static CloudWatchClient newClient(Settings settings) {
        var client = CloudWatchClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(settings.required(REGION)))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallTimeout(settings.duration(TIMEOUT, USUAL_TIMEOUT))
                        .build());
        if (settings.text(KEY_ID).isPresent()) {
            client.credentialsProvider(StaticCredentialsProvider.create(credentials(settings)));
        }
        settings.text(ENDPOINT).map(URI::create).ifPresent(client::endpointOverride);
        return client.build();
    }

    private static AwsCredentials credentials(Settings settings) {
        var id = settings.required(KEY_ID);
        var secret = settings.required(SECRET_KEY);
        return settings.text(SESSION_TOKEN)
                .<AwsCredentials>map(token -> AwsSessionCredentials.create(id, secret, token))
                .orElseGet(() -> AwsBasicCredentials.create(id, secret));
    }

    private static String reason(AwsServiceException e) {
        var details = e.awsErrorDetails();
        return details == null
                        || details.errorMessage() == null
                        || details.errorMessage().isBlank()
                ? e.getMessage()
                : details.errorMessage();
    }

    /** In one line, without keys: AWS repeats what it was sent. */
    private static String words(String message, Settings settings) {
        var words = message == null ? "no reason given" : message;
        for (var name : List.of(SESSION_TOKEN, SECRET_KEY, KEY_ID)) {
            var secret = settings.text(name).orElse("");
            if (secret.length() >= SHORTEST_SECRET) {
                words = words.replace(secret, "…");
            }
        }
        var line = words.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip().replaceAll("\\.$", "");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }

    @Override
    public void destroy() {
        clients.values().forEach(CloudWatchClient::close);
    }
}
