package dev.slipway.process;

import dev.slipway.window.Deployer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Deployer {@code test}: does what the test says and remembers what it was asked. */
class TestDeployer implements Deployer {

    private static final String PRODUCTION = "production";

    private final Map<String, Function<Order, Answer>> script = new HashMap<>();
    private final List<Order> orders = new ArrayList<>();
    private final Map<String, Double> weights = new HashMap<>();
    private State said;

    /** Back to a deployer that does everything at once. */
    void reset() {
        script.clear();
        orders.clear();
        weights.clear();
        said = null;
    }

    /** @param action {@code deploy}, {@code shift} or {@code rollback} */
    void answers(String action, Answer answer) {
        script.put(action, order -> answer);
    }

    /** @param part as in keys, such as {@code web@eu-west} */
    void answersIn(String part, String action, Answer answer) {
        script.put(action, order -> place(order).equals(part) ? answer : new Answer.Done("done"));
    }

    void breaks(String action) {
        script.put(action, order -> {
            throw new IllegalStateException("deployer is down");
        });
    }

    void says(State state) {
        said = state;
    }

    /** @return the keys of all orders, in the order in which they came */
    List<String> orders() {
        return orders.stream().map(Order::key).toList();
    }

    /** @return the orders themselves */
    List<Order> given() {
        return orders;
    }

    /** @return what the new version has in a part, as in keys */
    double weightIn(String part) {
        return weights.getOrDefault(part, 0.0);
    }

    /** @return what the new version has in production */
    double weight() {
        return weights.getOrDefault(PRODUCTION, 0.0);
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Answer deploy(Order order) {
        return answer("deploy", order, weights.getOrDefault(place(order), 0.0));
    }

    @Override
    public Answer shift(Order order) {
        return answer("shift", order, order.weight());
    }

    @Override
    public Answer rollBack(Order order) {
        return answer("rollback", order, 0);
    }

    private Answer answer(String action, Order order, double then) {
        orders.add(order);
        var answer =
                script.getOrDefault(action, asked -> new Answer.Done("done")).apply(order);
        if (answer instanceof Answer.Done) {
            weights.put(place(order), then);
        }
        return answer;
    }

    @Override
    public State state(Order order) {
        return said == null ? new State.Serving(weights.getOrDefault(place(order), 0.0)) : said;
    }

    private static String place(Order order) {
        if (order.isRehearsal()) {
            return order.target();
        }
        return order.component() == null ? PRODUCTION : order.component() + "@" + order.wave();
    }
}
