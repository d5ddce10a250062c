package dev.slipway.prerelease.dependency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds out quickly which of many names stand in a file. */
final class Tokens {

    private final List<byte[]> tokens = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    /** Names by their first two bytes: nearly every place of a file is passed over with one look. */
    private final int[][] byBeginning = new int[1 << 16][];

    /** @param names of at least two characters; shorter ones are never found */
    Tokens(Collection<String> names) {
        for (var name : names) {
            var bytes = name.getBytes(StandardCharsets.UTF_8);
            if (bytes.length >= 2) {
                add(name, bytes);
            }
        }
    }

    private void add(String name, byte[] bytes) {
        var key = key(bytes, 0);
        var others = byBeginning[key] == null ? new int[0] : byBeginning[key];
        byBeginning[key] = Arrays.copyOf(others, others.length + 1);
        byBeginning[key][others.length] = tokens.size();
        tokens.add(bytes);
        names.add(name);
    }

    Set<String> in(byte[] content) {
        var found = new LinkedHashSet<String>();
        for (int i = 0; i + 1 < content.length; i++) {
            var candidates = byBeginning[key(content, i)];
            if (candidates != null) {
                for (var candidate : candidates) {
                    if (stands(tokens.get(candidate), content, i)) {
                        found.add(names.get(candidate));
                    }
                }
            }
        }
        return found;
    }

    private static int key(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    private static boolean stands(byte[] token, byte[] content, int at) {
        var end = at + token.length;
        return end <= content.length && Arrays.equals(token, 0, token.length, content, at, end);
    }
}
