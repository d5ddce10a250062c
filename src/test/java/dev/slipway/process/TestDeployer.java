package dev.slipway.process;

import dev.slipway.window.Deployer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Deployer {@code test}: does what the test says and remembers what it was asked. */
class TestDeployer implements Deployer {

    private final Map<String, Function<Order, Answer>> script = new HashMap<>();
    private final List<String> orders = new ArrayList<>();
    private double weight;
    private State said;

    /** Back to a deployer that does everything at once. */
    void reset() {
        script.clear();
        orders.clear();
        weight = 0;
        said = null;
    }

    /** @param action {@code deploy}, {@code shift} or {@code rollback} */
    void answers(String action, Answer answer) {
        script.put(action, order -> answer);
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
        return orders;
    }

    double weight() {
        return weight;
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Answer deploy(Order order) {
        return answer("deploy", order, weight);
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
        orders.add(order.key());
        var answer =
                script.getOrDefault(action, asked -> new Answer.Done("done")).apply(order);
        if (answer instanceof Answer.Done) {
            weight = then;
        }
        return answer;
    }

    @Override
    public State state(Order order) {
        return said == null ? new State.Serving(weight) : said;
    }
}
