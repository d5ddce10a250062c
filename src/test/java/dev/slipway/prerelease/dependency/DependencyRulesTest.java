package dev.slipway.prerelease.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.DependencyRule.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of change, in each ecosystem, in a real repository. */
class DependencyRulesTest {

    @TempDir
    private Path directory;

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            environment-variable | src/main/java/Pay.java      | PAYMENT_URL | String url = System.getenv("PAYMENT_URL");
            environment-variable | src/main/kotlin/Pay.kt      | PAYMENT_URL | val url = System.getenv()["PAYMENT_URL"]
            environment-variable | src/main/java/Pay.java      | payment.url | @Value("${payment.url}") String url;
            environment-variable | src/main/java/Pay.java      | PAYMENT_URL | @Value("${PAYMENT_URL:none}") String url;
            environment-variable | src/main/resources/application.yaml       | PAYMENT_URL | pay.url: ${PAYMENT_URL:none}
            environment-variable | src/main/resources/application.properties | PAYMENT_URL | pay.url=${PAYMENT_URL}
            environment-variable | src/pay.ts                  | PAYMENT_URL | const url = process.env.PAYMENT_URL;
            environment-variable | src/pay.js                  | PAYMENT_URL | const url = process.env['PAYMENT_URL'];
            environment-variable | src/pay.js                  | PAYMENT_URL | const { PAYMENT_URL, NODE_ENV } = process.env;
            environment-variable | src/pay.ts                  | PAYMENT_URL | config.getOrThrow<string>('PAYMENT_URL');
            environment-variable | shop/pay.py                 | PAYMENT_URL | url = os.environ["PAYMENT_URL"]
            environment-variable | shop/pay.py                 | PAYMENT_URL | url = os.environ.get('PAYMENT_URL', '')
            environment-variable | shop/pay.py                 | PAYMENT_URL | url = os.getenv("PAYMENT_URL")
            environment-variable | shop/settings.py            | PAYMENT_URL | PAYMENT_URL = env.str("PAYMENT_URL")
            environment-variable | pay/pay.go                  | PAYMENT_URL | url := os.Getenv("PAYMENT_URL")
            environment-variable | pay/pay.go                  | PAYMENT_URL | url, ok := os.LookupEnv("PAYMENT_URL")
            environment-variable | pay/config.go               | PAYMENT_URL | Url string `env:"PAYMENT_URL"`
            environment-variable | app/pay.rb                  | PAYMENT_URL | url = ENV.fetch("PAYMENT_URL")
            environment-variable | app/Pay.php                 | PAYMENT_URL | $url = getenv('PAYMENT_URL');
            environment-variable | src/pay.rs                  | PAYMENT_URL | let url = env::var("PAYMENT_URL");
            environment-variable | Pay.cs                      | PAYMENT_URL | Environment.GetEnvironmentVariable("PAYMENT_URL");
            environment-variable | entrypoint.sh               | PAYMENT_URL | : ${PAYMENT_URL:?missing}
            environment-variable | Dockerfile                  | PAYMENT_URL | ENV PAYMENT_URL=https://localhost
            environment-variable | Dockerfile                  | PAYMENT_URL | ARG PAYMENT_URL
            environment-variable | .env.example                | PAYMENT_URL | PAYMENT_URL=
            queue-worker | src/main/java/Orders.java | orders | @KafkaListener(topics = "orders") void on(String order) {}
            queue-worker | src/main/java/Orders.java | orders | @RabbitListener(queues = {"orders"}) void on(String order) {}
            queue-worker | src/main/java/Orders.java | orders | @SqsListener("orders") void on(String order) {}
            queue-worker | src/main/java/Orders.java | orders | @JmsListener(destination = "orders") void on(String order) {}
            queue-worker | src/orders.ts             | orders | const worker = new Worker('orders', run);
            queue-worker | src/orders.ts             | orders | @Processor('orders') class Orders {}
            queue-worker | src/orders.js             | orders | await consumer.subscribe({ topic: 'orders' });
            queue-worker | src/orders.js             | orders | channel.consume('orders', run);
            queue-worker | shop/orders.py            | orders | consumer = KafkaConsumer('orders')
            queue-worker | shop/orders.py            | orders | channel.basic_consume(queue='orders', on_message_callback=run)
            queue-worker | app/jobs/order_job.rb     | OrderJob | class OrderJob < ApplicationJob
            queue-worker | Procfile                  | worker | worker: bundle exec sidekiq
            scheduled-job | src/cron.js              | 0 3 * * * | cron.schedule('0 3 * * *', clean);
            scheduled-job | src/Jobs.java            | 0 0 3 * * ? | var when = CronScheduleBuilder.cronSchedule("0 0 3 * * ?");
            scheduled-job | jobs/jobs.go             | @every 1h | c.AddFunc("@every 1h", clean)
            scheduled-job | deploy/crontab           | /opt/clean.sh | 0 3 * * * /opt/clean.sh
            third-party | src/Mail.java  | api.mailprovider.io | var host = "https://api.mailprovider.io/v3";
            third-party | src/main/resources/application.yaml | api.mailprovider.io | mail.url: https://api.mailprovider.io/v3
            third-party | src/mail.py    | api.mailprovider.io | URL = 'https://api.mailprovider.io'
            feature-flag | src/Shop.java | new-checkout | if (client.boolVariation("new-checkout", user, false)) {}
            feature-flag | src/Shop.java | new-checkout | if (unleash.isEnabled("new-checkout")) {}
            feature-flag | src/Shop.java | new-checkout | client.getBooleanValue("new-checkout", false);
            feature-flag | src/shop.ts   | new-checkout | if (flagsmith.hasFeature('new-checkout')) {}
            feature-flag | src/shop.ts   | new-checkout | const on = useFlag('new-checkout');
            feature-flag | shop/shop.py  | new-checkout | if flags.is_enabled("new-checkout"):
            feature-flag | shop/shop.go  | new-checkout | on := client.IsEnabled("new-checkout")
            feature-flag | app/shop.rb   | new_checkout | if Flipper.enabled?(:new_checkout)
            feature-flag | config/flags.yaml | new-checkout | new-checkout: true
            """)
    void one_new_line_is_found_by_name(String kind, String path, String name, String line) {
        var found = found(Map.of(path, "first\n\n\n"), Map.of(path, "first\n\n\n" + line + "\n"));

        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.kind().written()).isEqualTo(kind);
            assertThat(one.name()).isEqualTo(name);
            assertThat(one.change()).isEqualTo(Change.ADDED);
            assertThat(one.file()).isEqualTo(path);
            assertThat(one.line()).isEqualTo(4);
            assertThat(one.question()).endsWith("?");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            src/main/resources/db/migration/V12__add_column.sql | ALTER TABLE a ADD b int;
            src/main/resources/db/changelog/2.xml | <databaseChangeLog/>
            db/changelog/3.yaml | databaseChangeLog:
            db/changelog/4.sql | --liquibase formatted sql
            db/migrate/20260101_add.rb | class Add < ActiveRecord::Migration[7.1]
            shop/migrations/0002_add.py | class Migration(migrations.Migration):
            alembic/versions/12ab_add.py | down_revision = "34cd"
            prisma/migrations/20260101_add/migration.sql | ALTER TABLE a ADD b int;
            db/migrations/000002_add.up.sql | ALTER TABLE a ADD b int;
            migrations/20260101_add.js | exports.up = function (knex) {};
            """)
    void a_new_migration_is_found_in_every_usual_layout(String path, String text) {
        assertThat(found(Map.of("a", "a"), Map.of("a", "a", path, text + "\n")))
                .extracting(Dependency::kind, Dependency::file, Dependency::change)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.MIGRATION, path, Change.ADDED));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            pom.xml | <dependency><groupId>com.stripe</groupId><artifactId>stripe-java</artifactId><version>26.1.0</version></dependency> | com.stripe:stripe-java
            build.gradle | implementation 'com.twilio.sdk:twilio:10.1.0' | com.twilio.sdk:twilio
            build.gradle.kts | implementation("software.amazon.awssdk:sqs:2.25.0") | software.amazon.awssdk:sqs
            gradle/libs.versions.toml | stripe = { module = "com.stripe:stripe-java", version = "26.1.0" } | com.stripe:stripe-java
            requirements.txt | stripe==8.1.0 | stripe
            pyproject.toml | dependencies = ["boto3>=1.34"] | boto3
            go.mod | require github.com/stripe/stripe-go/v76 v76.1.0 | github.com/stripe/stripe-go
            Gemfile | gem "twilio-ruby", "~> 7.0" | twilio-ruby
            """)
    void a_new_library_of_a_known_service_is_found(String path, String line, String name) {
        assertThat(found(Map.of(path, "\n"), Map.of(path, "\n" + line + "\n")))
                .extracting(Dependency::kind, Dependency::name, Dependency::change)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.THIRD_PARTY, name, Change.ADDED));
    }

    @Test
    void libraries_in_sections_are_found_removed_and_upgraded_and_others_are_only_told_of() {
        var before = """
                {
                  "dependencies": {
                    "stripe": "^14.1.0",
                    "@sentry/node": "^8.0.0",
                    "lodash": "^4.0.0"
                  },
                  "devDependencies": {
                    "twilio": "^5.0.0"
                  }
                }
                """;
        var after = before.replace("^14.1.0", "^15.0.0")
                .replace("    \"@sentry/node\": \"^8.0.0\",\n", "    \"@slack/web-api\": \"^7.0.0\",\n")
                .replace("\"lodash\": \"^4.0.0\"", "\"lodash\": \"^5.0.0\"")
                .replace("\"twilio\"", "\"nexmo\"");
        var all = all(Map.of("package.json", before), Map.of("package.json", after));

        assertThat(all.dependencies())
                .extracting(one -> one.name() + " " + one.change().written())
                .containsExactlyInAnyOrder("stripe changed", "@sentry/node removed", "@slack/web-api added");
        assertThat(all.dependencies())
                .anySatisfy(one ->
                        assertThat(one.what()).isEqualTo("The library stripe (Stripe) went from ^14.1.0 to ^15.0.0."));
        assertThat(all.notes())
                .anySatisfy(note -> assertThat(note)
                        .isEqualTo(
                                "package.json: 1 other library is of a new major version: lodash ^4.0.0 to ^5.0.0."));
    }

    @Test
    void a_maven_version_may_stand_in_a_property_and_tests_need_no_service() {
        var pom = """
                <project>
                  <properties>
                    <stripe.version>%s</stripe.version>
                  </properties>
                  <dependencies>
                    <dependency>
                      <groupId>com.stripe</groupId>
                      <artifactId>stripe-java</artifactId>
                      <version>${stripe.version}</version>
                    </dependency>
                %s  </dependencies>
                </project>
                """;
        var test = """
                    <dependency>
                      <groupId>com.twilio.sdk</groupId>
                      <artifactId>twilio</artifactId>
                      <version>10.0.0</version>
                      <scope>test</scope>
                    </dependency>
                """;

        assertThat(found(
                        Map.of("pom.xml", pom.formatted("25.1.0", "")),
                        Map.of("pom.xml", pom.formatted("26.0.0", test))))
                .extracting(Dependency::what)
                .containsExactly("The library com.stripe:stripe-java (Stripe) went from 25.1.0 to 26.0.0.");
    }

    @Test
    void what_stands_under_a_key_is_found_in_compose_files_and_manifests() {
        var compose = """
                services:
                  shop:
                    image: shop
                    ports:
                      - "8080:8080"
                    environment:
                      DB_URL: jdbc
                """;
        var deployment = """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: shop
                spec:
                  template:
                    spec:
                      containers:
                      - name: shop
                        ports:
                        - name: http
                        env:
                        - name: DB_URL
                          value: jdbc
                        envFrom:
                        - configMapRef:
                            name: shop-settings
                """;
        var values = """
                image: shop
                env:
                  DB_URL: jdbc
                """;

        assertThat(found(
                        Map.of("docker-compose.yml", compose, "k8s/shop.yaml", deployment, "chart/values.yaml", values),
                        Map.of(
                                "docker-compose.yml",
                                compose + "      MAIL_HOST: mail\n",
                                "k8s/shop.yaml",
                                deployment
                                        .replace("- name: http", "- name: metrics")
                                        .replace("        envFrom:", """
                                                        - name: SMS_KEY
                                                          valueFrom:
                                                            secretKeyRef: {name: sms, key: token}
                                                        envFrom:
                                                """.indent(-8)
                                                .stripTrailing())
                                        .replace("shop-settings", "shop-config"),
                                "chart/values.yaml",
                                values + "  PUSH_KEY: none\n")))
                .extracting(one -> one.name() + " " + one.change().written())
                .contains("MAIL_HOST added", "PUSH_KEY added", "shop-config renamed")
                .doesNotContain("metrics added", "http removed");
    }

    @Test
    void jobs_with_a_new_time_are_changed_not_added() {
        var java = """
                class Jobs {
                    @Scheduled(cron = "%s")
                    void cleanUp() {}
                }
                """;
        var cronJob = """
                apiVersion: batch/v1
                kind: CronJob
                metadata:
                  name: clean-up
                spec:
                  schedule: "%s"
                """;

        assertThat(found(
                        Map.of(
                                "src/Jobs.java",
                                java.formatted("0 0 3 * * ?"),
                                "k8s/job.yaml",
                                cronJob.formatted("0 3 * * *")),
                        Map.of(
                                "src/Jobs.java",
                                java.formatted("0 0 4 * * ?"),
                                "k8s/job.yaml",
                                cronJob.formatted("0 4 * * *"))))
                .extracting(Dependency::what)
                .containsExactlyInAnyOrder(
                        "The job cleanUp is scheduled as cron = \"0 0 4 * * ?\" now, and was as cron = \"0 0 3 * * ?\".",
                        "The cron job clean-up is scheduled as 0 4 * * * now, and was as 0 3 * * *.");
    }

    @Test
    void jobs_and_workers_that_need_several_lines_are_found() {
        var found = found(
                Map.of("a", "a"),
                Map.of(
                        "a",
                        "a",
                        "src/Jobs.java",
                        "class Jobs {\n    @Scheduled(fixedRate = 5000)\n    public void poll() {}\n}\n",
                        "shop/tasks.py",
                        "from celery import shared_task\n\n@shared_task(bind=True)\ndef send_mail(self):\n    pass\n",
                        "shop/celery.py",
                        "app.conf.beat_schedule = {\n    'nightly': {\n        'task': 'clean',\n    },\n}\n",
                        "app/workers/mail.rb",
                        "class MailWorker\n  include Sidekiq::Worker\nend\n",
                        "config/schedule.rb",
                        "every 1.day, at: '4:30 am' do\n  runner \"Shop.clean\"\nend\n",
                        "config/schedule.yml",
                        "nightly_report:\n  cron: \"0 2 * * *\"\n  class: Report\n",
                        ".github/workflows/night.yml",
                        "on:\n  schedule:\n    - cron: '0 1 * * *'\n",
                        "src/jobs.ts",
                        "class Jobs {\n  @Cron('0 5 * * *')\n  async sweep() {}\n}\n"));

        assertThat(found)
                .extracting(one -> one.kind().written() + " " + one.name())
                .containsExactlyInAnyOrder(
                        "queue-worker send_mail",
                        "queue-worker MailWorker",
                        "scheduled-job poll",
                        "scheduled-job nightly",
                        "scheduled-job \"Shop.clean\"",
                        "scheduled-job nightly_report",
                        "scheduled-job 0 1 * * *",
                        "scheduled-job sweep");
    }

    private List<Dependency> found(Map<String, String> before, Map<String, String> after) {
        return all(before, after).dependencies();
    }

    private FoundDependencies all(Map<String, String> before, Map<String, String> after) {
        return Searched.between(directory, before, after, List.of());
    }
}
