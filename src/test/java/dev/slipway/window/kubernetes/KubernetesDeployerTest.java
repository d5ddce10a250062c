package dev.slipway.window.kubernetes;

import static dev.slipway.window.kubernetes.PretendCluster.SHOP;
import static dev.slipway.window.kubernetes.PretendCluster.TOKEN;
import static dev.slipway.window.kubernetes.PretendCluster.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.Order;
import dev.slipway.window.Deployer.State;
import dev.slipway.window.kubernetes.FaultyLine.Fault;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.utils.ResponseProviders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings, and what the way to the API server and its answers come to. */
class KubernetesDeployerTest {

    private static final String CHECKOUT = "/apis/apps/v1/namespaces/shop/deployments/checkout";

    @RegisterExtension
    final PretendCluster cluster = new PretendCluster();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 422})
    void a_refusal_of_the_api_server_is_a_business_outcome_in_its_words(int status) {
        cluster.given("checkout", SHOP + "1.4.0", 2);
        patchAnswers(status, "token " + TOKEN + " may not do that");

        var message = ((Answer.Failed) cluster.deployer().shift(all(Map.of()))).message();

        assertThat(message)
                .startsWith("Deployment checkout: Kubernetes answered " + status + ": token … may not do that")
                .doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void a_server_in_trouble_is_a_technical_failure(int status) {
        cluster.given("checkout", SHOP + "1.4.0", 2);
        patchAnswers(status, "not now");

        assertThatThrownBy(() -> cluster.deployer().shift(all(Map.of())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Deployment checkout: the API server answered " + status + ": not now.");
    }

    @Test
    void without_permission_to_look_nobody_knows_what_serves() {
        cluster.given("checkout", SHOP + "1.4.0", 2);
        cluster.server
                .expect()
                .get()
                .withPath("/apis/apps/v1/namespaces/shop/replicasets?labelSelector=app%3Dcheckout&limit=500")
                .andReturn(
                        403,
                        new StatusBuilder()
                                .withCode(403)
                                .withMessage("forbidden")
                                .build())
                .always();

        assertThat(((State.Unknown) cluster.deployer().state(all(Map.of()))).why())
                .contains("answered 403: forbidden (the role lacks a permission)");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SILENT", "ANSWER_LOST", "RESET", "DRIP"})
    void whatever_happens_on_the_way_is_a_technical_failure_and_is_made_up_for(Fault fault) throws IOException {
        cluster.given("checkout", SHOP + "1.4.0", 2);
        try (var line = new FaultyLine(cluster.server.getPort())) {
            var order = all(Map.of("server", line.address(), "timeout", "PT1S"));
            line.is(fault);
            var begun = System.nanoTime();

            assertThatThrownBy(() -> cluster.deployer().shift(order))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageStartingWith("Deployment checkout: the API server did not answer")
                    .satisfies(failure -> assertThat(withCauses(failure)).doesNotContain(TOKEN));
            assertThat((System.nanoTime() - begun) / 1_000_000).isLessThan(5_000);

            line.is(Fault.NONE);
            assertThat(cluster.deployer().shift(order)).isInstanceOf(Answer.Pending.class);
            assertThat(cluster.image("checkout")).isEqualTo(SHOP + "1.5.0");
        }
    }

    @Test
    void a_change_whose_answer_was_lost_is_not_made_twice() throws IOException {
        cluster.given("checkout", SHOP + "1.4.0", 2);
        try (var line = new FaultyLine(cluster.server.getPort())) {
            var order = all(Map.of("server", line.address()));
            line.is(Fault.CHANGE_UNCONFIRMED);
            assertThatThrownBy(() -> cluster.deployer().shift(order)).isInstanceOf(UncheckedIOException.class);
            line.is(Fault.NONE);
            assertThat(cluster.image("checkout")).isEqualTo(SHOP + "1.5.0");
            assertThat(cluster.changes()).hasSize(1);

            assertThat(cluster.deployer().shift(order)).isInstanceOf(Answer.Pending.class);

            assertThat(cluster.changes()).isEmpty();
        }
    }

    @Test
    void a_closed_door_is_a_technical_failure() {
        assertThatThrownBy(() -> cluster.deployer().shift(all(Map.of("server", "http://localhost:1"))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_redirect_is_not_followed_with_the_token() {
        cluster.server
                .expect()
                .get()
                .withPath(CHECKOUT)
                .andReply(ResponseProviders.of(
                        302, "", Map.of("Location", "http://localhost:" + cluster.server.getPort() + "/elsewhere")))
                .always();

        assertThatThrownBy(() -> cluster.deployer().shift(all(Map.of()))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void an_answer_that_is_too_large_is_not_read() {
        cluster.server
                .expect()
                .get()
                .withPath(CHECKOUT)
                .andReturn(200, "{\"kind\": \"Deployment\", \"apiVersion\": \"" + "x".repeat(9 * 1024 * 1024) + "\"}")
                .always();

        assertThatThrownBy(() -> cluster.deployer().shift(all(Map.of())))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("larger than 8388608 bytes");
    }

    @Test
    void good_settings_have_no_problems() throws IOException {
        var kubeconfig = kubeconfig("https://one.example.com");

        assertThat(problems(Map.of())).isEmpty();
        assertThat(problems(Map.of("canary", "checkout-canary", "tolerance", 2.5, "canaryPods", 12)))
                .isEmpty();
        assertThat(problems(rollout(Map.of()))).isEmpty();
        assertThat(problems(elsewhere(Map.of("inCluster", true)))).isEmpty();
        assertThat(problems(elsewhere(Map.of("context", "one", "kubeconfig", kubeconfig.toString()))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "namespace   | Shop            | namespace: Shop can't be a name in Kubernetes",
                "deployment  | check_out       | deployment: check_out can't be a name",
                "container   | a.b             | container: a.b can't be a name",
                "image       | shop:1          | image: shop:1 has no $version",
                "image       | no name $version| image: no name $version is not the name of an image",
                "canary      | checkout        | canary: is the Deployment that serves",
                "tolerance   | 51              | tolerance: 51 is not a number from 0 to 50",
                "tolerance   | NaN             | tolerance: NaN is not a number from 0 to 50",
                "tolerance   | some            | tolerance: some is not a number",
                "canaryPods  | 1.5             | canaryPods: 1.5 is not a whole number from 1 to 1000",
                "canaryPods  | 0               | canaryPods: 0 is not a whole number from 1 to 1000",
                "readyWithin | PT2H            | readyWithin: PT2H is not between PT10S and PT1H",
                "timeout     | PT0S            | timeout: PT0S is not between PT1S and PT30S",
                "timeout     | soon            | timeout: soon is not an ISO 8601 duration",
                "workload    | job             | workload: job is neither deployment nor argo-rollout",
                "rollout     | checkout        | rollout: workload deployment has no such setting",
                "server      | http://k8s.example.com | server: http://k8s.example.com is not an https address",
                "server      | https://u:p@k8s.example.com | server: https://…@k8s.example.com is not an https address",
                "token       | ' '             | token is missing: name a placeholder",
                "context     | one             | server is not the only way to the cluster",
                "inCluster   | maybe           | inCluster: maybe is neither true nor false",
                "kubeconfig  | config          | kubeconfig: is read only for a context",
                "caCertificate | nowhere.pem   | caCertificate: nowhere.pem can't be read",
            })
    void what_is_wrong_is_told_with_the_settings_name(String setting, String value, String problem) {
        assertThat(problems(Map.of(setting, value))).singleElement().asString().startsWith(problem);
    }

    @Test
    void what_is_missing_is_told() {
        assertThat(new KubernetesDeployer(Clock.systemUTC()).problems(Settings.NONE))
                .extracting(problem -> problem.split(" ")[0])
                .containsExactly("server", "namespace", "deployment", "container", "image");
        assertThat(problems(elsewhere(Map.of("context", "two", "kubeconfig", "nowhere"))))
                .singleElement()
                .asString()
                .startsWith("kubeconfig: there is no readable file nowhere");
    }

    @Test
    void a_context_that_is_not_in_the_kubeconfig_is_told_and_nothing_of_its_secrets() throws IOException {
        var kubeconfig = kubeconfig("https://one.example.com");
        assertThat(problems(elsewhere(Map.of("context", "two", "kubeconfig", kubeconfig.toString()))))
                .containsExactly("context: two is not in " + kubeconfig);

        Files.writeString(kubeconfig, "users: {token: " + TOKEN + "\n  - [");
        assertThat(problems(elsewhere(Map.of("context", "two", "kubeconfig", kubeconfig.toString()))))
                .containsExactly("kubeconfig: the kubeconfig can't be read as one");
    }

    @Test
    void a_context_leads_to_its_cluster_with_its_token() throws IOException {
        cluster.given("checkout", SHOP + "1.4.0", 2);
        var kubeconfig = kubeconfig("http://localhost:" + cluster.server.getPort());
        var settings = new Settings(elsewhere(Map.of("context", "one", "kubeconfig", kubeconfig.toString())));

        assertThat(cluster.deployer().shift(order("shift:0", 100, settings))).isInstanceOf(Answer.Pending.class);

        assertThat(cluster.changes()).hasSize(1);
    }

    @Test
    void a_program_of_the_kubeconfig_gives_a_new_token_when_the_old_one_is_accepted_no_longer()
            throws IOException, InterruptedException {
        cluster.given("checkout", SHOP + "1.4.0", 2);
        var credential = directory.resolve("credential.json");
        var kubeconfig =
                Files.writeString(directory.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: one, cluster: {server: "http://localhost:%d"}}]
                users:
                  - name: slipway
                    user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: cat, args: ["%s"]}}
                contexts: [{name: one, context: {cluster: one, user: slipway}}]
                """.formatted(cluster.server.getPort(), credential));
        var order = order(
                "deploy", 0, new Settings(elsewhere(Map.of("context", "one", "kubeconfig", kubeconfig.toString()))));
        var deployer = cluster.deployer();

        Files.writeString(credential, credential("first-token"));
        assertThat(deployer.deploy(order)).isInstanceOf(Answer.Done.class);
        assertThat(cluster.server.getLastRequest().getHeader("Authorization")).isEqualTo("Bearer first-token");
        Files.writeString(credential, credential("second-token"));
        cluster.server
                .expect()
                .get()
                .withPath(CHECKOUT)
                .andReturn(401, new StatusBuilder().withCode(401).build())
                .once();

        assertThat(deployer.deploy(order)).isInstanceOf(Answer.Done.class);
        assertThat(cluster.server.getLastRequest().getHeader("Authorization")).isEqualTo("Bearer second-token");
    }

    private static String credential(String token) {
        return """
                {"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": "%s"}}""".formatted(token);
    }

    @Test
    void outside_of_a_cluster_a_service_account_is_a_technical_failure() {
        var order = order("shift:0", 100, new Settings(elsewhere(Map.of("inCluster", true))));

        assertThatThrownBy(() -> cluster.deployer().shift(order))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("this is no pod with a service account");
    }

    @Test
    void in_a_pod_the_service_account_is_used_with_the_token_that_is_there_now() throws IOException {
        var responses = new HashMap<ServerRequest, Queue<ServerResponse>>();
        var secure = new KubernetesMockServer(
                new Context(), new MockWebServer(), responses, new KubernetesMixedDispatcher(responses), true);
        secure.init();
        Files.copy(Path.of(secure.getSelfSignedCertificate().certificatePath()), directory.resolve("ca.crt"));
        var pod = Map.of(
                "KUBERNETES_SERVICE_HOST", "localhost", "KUBERNETES_SERVICE_PORT", String.valueOf(secure.getPort()));
        var order = order("shift:0", 100, new Settings(elsewhere(Map.of("inCluster", true))));
        var deployer = new KubernetesDeployer(new Clusters(pod, directory), Clock.systemUTC());
        try {
            for (var token : List.of("first-token", "renewed-token")) {
                Files.writeString(directory.resolve("token"), token + "\n");
                assertThat(deployer.deploy(order))
                        .isEqualTo(new Answer.Failed("There is no Deployment checkout in namespace shop."));
                assertThat(secure.getLastRequest().getHeader("Authorization")).isEqualTo("Bearer " + token);
            }
            var stranger = Map.<String, Object>of("server", "https://localhost:" + secure.getPort());
            assertThatThrownBy(() -> cluster.deployer().deploy(all(stranger)))
                    .describedAs("without its authority the server is not trusted")
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("certification path");
            var trusted = new LinkedHashMap<>(stranger);
            trusted.put("caCertificate", directory.resolve("ca.crt").toString());
            assertThat(cluster.deployer().deploy(all(trusted))).isInstanceOf(Answer.Failed.class);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            deployer.close();
            secure.destroy();
        }
    }

    @Test
    void one_namespace_of_one_cluster_is_one_place_whatever_runs_in_it() throws IOException {
        var deployer = cluster.deployer();
        var production = at("https://k8s.example.com");

        assertThat(deployer.isSamePlace(production, production)).isTrue();
        assertThat(deployer.isSamePlace(production, at("https://K8S.example.com:443/")))
                .isTrue();
        assertThat(deployer.isSamePlace(
                        production,
                        at("https://k8s.example.com").with(new Settings(Map.of("deployment", "checkout-staging")))))
                .isTrue();
        assertThat(deployer.isSamePlace(production, at("https://staging.example.com")))
                .isFalse();
        assertThat(deployer.isSamePlace(
                        production, at("https://k8s.example.com").with(new Settings(Map.of("namespace", "staging")))))
                .isFalse();
        var context = new Settings(elsewhere(Map.of(
                "context",
                "one",
                "kubeconfig",
                kubeconfig("https://k8s.example.com").toString())));
        assertThat(deployer.isSamePlace(production, context)).isTrue();
        assertThat(deployer.isSamePlace(at("https://staging.example.com"), context))
                .isFalse();
        assertThat(deployer.isSamePlace(production, new Settings(elsewhere(Map.of("inCluster", true)))))
                .describedAs("an address that can't be compared counts as the same")
                .isTrue();
    }

    @Test
    void a_version_that_no_image_can_have_is_refused() {
        cluster.given("checkout", SHOP + "1.4.0", 2);
        var real = all(Map.of());
        var odd = new Order(
                real.key(), real.release(), real.service(), "1.5.0+3", "1.4.0", 100, real.settings(), null, null);

        assertThat(((Answer.Failed) cluster.deployer().shift(odd)).message())
                .startsWith("Version 1.5.0+3 can't be part of an image's name");
    }

    private Order all(Map<String, Object> more) {
        return order("shift:0", 100, new Settings(values(more)));
    }

    private Map<String, Object> values(Map<String, Object> more) {
        var values = new LinkedHashMap<String, Object>(Map.of("deployment", "checkout"));
        values.putAll(more);
        return cluster.settings(values).values();
    }

    private List<String> problems(Map<String, Object> values) {
        return cluster.deployer()
                .problems(
                        values.containsKey("namespace") && values.containsKey("image")
                                ? new Settings(values)
                                : new Settings(values(values)));
    }

    private Map<String, Object> rollout(Map<String, Object> more) {
        var values = new LinkedHashMap<>(values(Map.of("workload", "argo-rollout", "rollout", "checkout")));
        values.remove("deployment");
        values.putAll(more);
        return values;
    }

    /** Another way to a cluster than by address. */
    private Map<String, Object> elsewhere(Map<String, Object> more) {
        var values = new LinkedHashMap<>(values(more));
        values.remove("server");
        values.remove("token");
        return values;
    }

    private Settings at(String server) {
        return new Settings(values(Map.of("server", server)));
    }

    private Path kubeconfig(String server) throws IOException {
        return Files.writeString(directory.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: one, cluster: {server: "%s"}}]
                users: [{name: slipway, user: {token: "%s"}}]
                contexts: [{name: one, context: {cluster: one, user: slipway}}]
                """.formatted(server, TOKEN));
    }

    private void patchAnswers(int status, String message) {
        cluster.server
                .expect()
                .patch()
                .withPath(CHECKOUT)
                .andReturn(
                        status,
                        new StatusBuilder()
                                .withCode(status)
                                .withMessage(message)
                                .build())
                .always();
    }

    private static String withCauses(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
