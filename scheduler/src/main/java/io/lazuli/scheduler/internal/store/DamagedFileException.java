package io.lazuli.scheduler.internal.store;

import java.io.IOException;

/// A segment file is not what was written. The message says why, as in `it is cut short`.
final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1;

    private DamagedFileException(String why) {
        super(why);
    }

    static DamagedFileException of(String why) {
        return new DamagedFileException(why);
    }

    static void unless(boolean holds, String otherwise) throws DamagedFileException {
        if (!holds) {
            throw new DamagedFileException(otherwise);
        }
    }
}
