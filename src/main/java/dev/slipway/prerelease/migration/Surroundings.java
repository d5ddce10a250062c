package dev.slipway.prerelease.migration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What earlier statements say about the next one: tables that are new and empty, checks that were validated, the open
 * transaction. Tables are new within one file, and within files of one numbered series; types and checks are known
 * from all earlier files.
 */
final class Surroundings {

    private final Map<String, SqlType> types = new HashMap<>();
    private final Map<String, String> notNullChecks = new HashMap<>();
    private final Set<String> validated = new HashSet<>();
    private final Set<String> known = new HashSet<>();
    private final Set<String> newTables = new HashSet<>();
    private final Set<String> newColumns = new HashSet<>();
    private final Set<String> enumValues = new HashSet<>();
    private final Set<String> notValidHere = new HashSet<>();
    private final Set<String> lockedHere = new HashSet<>();
    private final Set<String> madeInFile = new HashSet<>();
    private boolean inTransaction;
    private boolean toolTransaction;
    private boolean lockTimeout;
    private boolean foreignKeysUnchecked;
    private boolean schemaChanged;
    private String schema = "";

    /**
     * @param tool   whether the tool runs the file in one transaction
     * @param series whether the file continues the one before it, as numbered migrations do
     */
    void nextFile(boolean tool, boolean series) {
        if (!series) {
            newTables.clear();
            newColumns.clear();
        }
        enumValues.clear();
        madeInFile.clear();
        lockTimeout = false;
        foreignKeysUnchecked = false;
        schemaChanged = false;
        inTransaction = false;
        toolTransaction = tool;
        endOfTransaction();
    }

    void begin() {
        inTransaction = true;
        endOfTransaction();
    }

    /** The tool's transaction has ended too, since there was only that one. */
    void end() {
        inTransaction = false;
        toolTransaction = false;
        endOfTransaction();
    }

    private void endOfTransaction() {
        notValidHere.clear();
        lockedHere.clear();
        enumValues.clear();
    }

    boolean inTransaction() {
        return inTransaction || toolTransaction;
    }

    boolean leftOpen() {
        return inTransaction;
    }

    void use(String newSchema) {
        schema = newSchema;
    }

    private String key(Name table) {
        var key = table.key();
        return schema.isEmpty() || key.contains(".") ? key : schema + "." + key;
    }

    // Tables and columns

    void madeTable(Name table) {
        newTables.add(key(table));
    }

    boolean isNew(Name table) {
        return newTables.contains(key(table));
    }

    void droppedTable(Name table) {
        newTables.remove(key(table));
    }

    void madeColumn(Name table, String column) {
        newColumns.add(key(table) + "." + column);
    }

    boolean isNewColumn(Name table, String column) {
        return newColumns.contains(key(table) + "." + column);
    }

    void type(Name table, String column, SqlType type) {
        types.put(key(table) + "." + column, type);
    }

    /** @return null where no file before says it */
    SqlType typeOf(Name table, String column) {
        return types.get(key(table) + "." + column);
    }

    void changedSchema() {
        schemaChanged = true;
    }

    boolean schemaChanged() {
        return schemaChanged;
    }

    // Constraints

    void addedCheck(Name table, String name, String notNullColumn, boolean valid) {
        if (notNullColumn != null) {
            notNullChecks.put(key(table) + "." + name, notNullColumn);
        }
        if (valid) {
            validated.add(key(table) + "." + name);
        }
    }

    void addedNotValid(Name table, String name) {
        notValidHere.add(key(table) + "." + name);
    }

    boolean addedNotValidHere(Name table, String name) {
        return notValidHere.contains(key(table) + "." + name);
    }

    void validated(Name table, String name) {
        validated.add(key(table) + "." + name);
    }

    boolean wasValidated(Name table, String name) {
        return validated.contains(key(table) + "." + name);
    }

    boolean isKnownNotNull(Name table, String column) {
        var prefix = key(table) + ".";
        return notNullChecks.entrySet().stream()
                .anyMatch(check -> check.getKey().startsWith(prefix)
                        && check.getValue().equals(column)
                        && validated.contains(check.getKey()));
    }

    /** Whether a constraint of the table was validated whose definition no file shows. */
    boolean mayBeKnownNotNull(Name table) {
        var prefix = key(table) + ".";
        return validated.stream()
                .anyMatch(name -> name.startsWith(prefix) && !notNullChecks.containsKey(name) && !known.contains(name));
    }

    /** The constraint's definition stands in a file that was read. */
    void defined(Name table, String name) {
        known.add(key(table) + "." + name);
    }

    // Locks

    void setLockTimeout(boolean set) {
        lockTimeout = set;
    }

    boolean hasLockTimeout() {
        return lockTimeout;
    }

    void locked(Name table) {
        lockedHere.add(key(table));
    }

    boolean isLockedHere(Name table) {
        return inTransaction() && lockedHere.contains(key(table));
    }

    // Others

    void addedEnumValue(String literal) {
        enumValues.add(literal);
    }

    boolean usesNewEnumValue(Statement statement) {
        return inTransaction() && statement.tokens().stream().anyMatch(token -> enumValues.contains(token.text()));
    }

    void made(Set<String> names) {
        madeInFile.addAll(names);
    }

    /** Whether the file makes one of that name, so that dropping the old one replaces it. */
    boolean isMadeInFile(Name name) {
        return madeInFile.contains(name.last());
    }

    void foreignKeysUnchecked(boolean unchecked) {
        foreignKeysUnchecked = unchecked;
    }

    boolean foreignKeysUnchecked() {
        return foreignKeysUnchecked;
    }
}
