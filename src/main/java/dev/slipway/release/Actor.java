package dev.slipway.release;

/**
 * Who did something.
 *
 * @param kind a person or a machine
 * @param name a user's id, or what the machine is called, such as {@code watcher}
 */
public record Actor(Kind kind, String name) {

    public enum Kind {
        PERSON,
        MACHINE
    }

    public static Actor person(String userId) {
        return new Actor(Kind.PERSON, userId);
    }

    public static Actor machine(String name) {
        return new Actor(Kind.MACHINE, name);
    }
}
