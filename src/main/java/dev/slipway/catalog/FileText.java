package dev.slipway.catalog;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a file holds.
 *
 * @param text    null where it can't be read
 * @param problem why it can't be read; null where it can
 */
record FileText(String text, FileProblem problem) {

    static FileText of(Path file) {
        try {
            if (Files.size(file) > YamlText.LARGEST) {
                return unreadable(file, YamlText.tooLarge());
            }
            var text = Files.readString(file);
            return new FileText(text.startsWith("\uFEFF") ? text.substring(1) : text, null);
        } catch (CharacterCodingException e) {
            return unreadable(file, "The file is not UTF-8 text.");
        } catch (IOException e) {
            return unreadable(file, "The file can't be read (" + e.getClass().getSimpleName() + ").");
        }
    }

    private static FileText unreadable(Path file, String reason) {
        return new FileText(null, new FileProblem(file.toString(), 1, "", reason));
    }
}
