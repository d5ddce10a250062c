package dev.slipway.window.featureflag;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer;
import dev.slipway.window.tool.Refused;
import dev.slipway.window.tool.ToolSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Deployer {@code feature-flag}: the code is there already, and <em>the new version</em> is the behaviour behind a flag. A
 * shift sets the percentage of those who get it and switches the flag on; the way back is the kill switch: the flag is
 * off. {@code servingVersion} is the behaviour without the flag, whatever it is called.
 *
 * <p>Settings, besides those of {@link ToolSettings}: {@code provider} ({@code unleash} or {@code launchdarkly}, required);
 * {@code url} (required for Unleash, default {@code https://app.launchdarkly.com}); {@code project} (default
 * {@code default}); {@code flag} (required; {@code {version}} in it is filled in, for a flag of each release's own);
 * {@code environment} (default {@code production}); for Unleash {@code stickiness}; for LaunchDarkly {@code variation} and
 * {@code contextKind}.
 *
 * <p>A deployment changes nothing: the flag must be there and give the new behaviour to nobody. Before it acts it reads
 * the flag and after that once more; a percentage that is another then was set by somebody else, and has failed. A weight
 * that the server can't express (Unleash whole percents, LaunchDarkly thousandths) has failed. 401, 403 (also where changes
 * need an approval) and 404 are refusals, in the server's words.
 */
@Component
class FeatureFlagDeployer implements Deployer {

    private static final String PROVIDER = "provider";
    private static final Pattern KEY = Pattern.compile("([A-Za-z0-9._-]|\\{version\\}){1,150}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final List<FlagServer> servers;

    FeatureFlagDeployer(ObjectMapper json) {
        this.servers = List.of(new UnleashServer(json), new LaunchDarklyServer(json));
    }

    @Override
    public String name() {
        return "feature-flag";
    }

    @Override
    public List<String> problems(Settings settings) {
        var check = ToolSettings.check(settings, "a token that may change flags of the environment")
                .required(PROVIDER, names())
                .required(FlagPlace.FLAG, "the flag's key, such as new-checkout or checkout-{version}")
                .matches(FlagPlace.FLAG, KEY, "a flag's key, such as new-checkout or checkout-{version}")
                .matches(FlagPlace.PROJECT, PLAIN, "a project's key, such as default")
                .matches(FlagPlace.ENVIRONMENT, PLAIN, "an environment's key, such as production");
        var server = server(settings);
        if (server.isPresent()) {
            server.get().check(check);
        } else {
            check.matches(PROVIDER, Pattern.compile(names().replace(" or ", "|")), "a provider: " + names());
            // What is right for one of them is no problem of its own.
            check.optional(settings.values().keySet().toArray(String[]::new));
        }
        return check.problems();
    }

    /** Another flag in the same environment is shown to the same people. */
    @Override
    public boolean isSamePlace(Settings one, Settings other) {
        var usual = server(one).map(FlagServer::usualUrl).orElse(null);
        return one.text(PROVIDER).equals(other.text(PROVIDER))
                && ToolSettings.isSameServer(one, other, usual == null ? "" : usual)
                && FlagPlace.isSameEnvironment(one, other);
    }

    @Override
    public Answer deploy(Order order) {
        var place = place(order);
        try {
            var flag = server(order).read(place);
            if (flag.trouble() != null) {
                return new Answer.Failed(trouble(place, flag));
            }
            return flag.percentage() == 0
                    ? new Answer.Done("The " + place.inWords() + " gives the new behaviour to nobody.")
                    : new Answer.Failed("the " + place.inWords() + " already gives the new behaviour to "
                            + percent(flag.percentage()) + ". Switch it off, or name a flag of this release's own");
        } catch (Refused e) {
            return new Answer.Failed(e.getMessage());
        }
    }

    @Override
    public Answer shift(Order order) {
        var server = server(order);
        if (BigDecimal.valueOf(order.weight()).stripTrailingZeros().scale() > server.decimals()) {
            return new Answer.Failed(server.called() + " can't express " + percent(order.weight()) + ": it knows "
                    + (server.decimals() == 0 ? "whole percents" : server.decimals() + " decimals")
                    + ". Correct rollout.steps");
        }
        var place = place(order);
        try {
            var before = server.read(place);
            if (before.trouble() != null) {
                return new Answer.Failed(trouble(place, before));
            }
            if (before.percentage() == order.weight()) {
                return new Answer.Done("The " + place.inWords() + " is at " + percent(order.weight()) + " already.");
            }
            server.set(place, before, order.weight());
            var after = server.read(place);
            return after.trouble() == null && after.percentage() == order.weight()
                    ? new Answer.Done("The " + place.inWords() + " went from " + percent(before.percentage()) + " to "
                            + percent(order.weight()) + ".")
                    : new Answer.Failed(changed(place, after, percent(order.weight())));
        } catch (Refused e) {
            return new Answer.Failed(e.getMessage());
        }
    }

    /** Off, whatever its percentages: the switch also works where they can't be read. */
    @Override
    public Answer rollBack(Order order) {
        var server = server(order);
        var place = place(order);
        try {
            if (!server.read(place).on()) {
                return new Answer.Done("The " + place.inWords() + " is off already.");
            }
            server.switchOff(place);
            var after = server.read(place);
            return after.on()
                    ? new Answer.Failed(changed(place, after, "off"))
                    : new Answer.Done("The " + place.inWords() + " is off.");
        } catch (Refused e) {
            return new Answer.Failed(e.getMessage());
        }
    }

    @Override
    public State state(Order order) {
        var place = place(order);
        try {
            var flag = server(order).read(place);
            return flag.trouble() == null
                    ? new State.Serving(flag.percentage())
                    : new State.Unknown(trouble(place, flag));
        } catch (Refused e) {
            return new State.Unknown(e.getMessage());
        }
    }

    private FlagPlace place(Order order) {
        return FlagPlace.of(
                order.settings(),
                server(order).usualUrl(),
                order.version(),
                order.service() + " " + order.version() + ", " + order.key());
    }

    /** @throws IllegalArgumentException naming the setting where it names no server */
    private FlagServer server(Order order) {
        return server(order.settings())
                .orElseThrow(() -> new IllegalArgumentException(PROVIDER + " is missing: " + names()));
    }

    private Optional<FlagServer> server(Settings settings) {
        return servers.stream()
                .filter(server ->
                        settings.text(PROVIDER).filter(server.name()::equals).isPresent())
                .findFirst();
    }

    private String names() {
        return servers.stream().map(FlagServer::name).collect(Collectors.joining(" or "));
    }

    private static String trouble(FlagPlace place, Flag flag) {
        return "the " + place.inWords() + " " + flag.trouble();
    }

    private static String changed(FlagPlace place, Flag flag, String ordered) {
        var is = flag.trouble() == null ? "is at " + percent(flag.percentage()) : flag.trouble();
        return "somebody else changed the " + place.inWords() + ": " + ordered + " was ordered, and it " + is;
    }

    private static String percent(double percentage) {
        return BigDecimal.valueOf(percentage).stripTrailingZeros().toPlainString() + " %";
    }
}
