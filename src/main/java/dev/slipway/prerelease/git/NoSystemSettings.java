package dev.slipway.prerelease.git;

import java.util.Locale;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps the machine's and the user's Git settings out: they could name programs to run, rewrite addresses or hold
 * credentials, and JGit would start the git program to find them.
 */
final class NoSystemSettings extends SystemReader.Delegate {

    private NoSystemSettings(SystemReader reader) {
        super(reader);
    }

    /** JGit knows one reader for the whole program; Slipway is JGit's only user in it. */
    static synchronized void enforce() {
        if (!(SystemReader.getInstance() instanceof NoSystemSettings)) {
            SystemReader.setInstance(new NoSystemSettings(SystemReader.getInstance()));
        }
    }

    @Override
    public String getenv(String variable) {
        var name = variable.toUpperCase(Locale.ROOT);
        return name.startsWith("GIT_") || name.startsWith("XDG_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    private static final class Nothing extends FileBasedConfig {

        private Nothing(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // There is no file behind it.
        }

        @Override
        public void save() {
            // What JGit measures of the file system is kept in memory.
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
