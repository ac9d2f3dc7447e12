package io.lazuli.dataframe.internal.text;

import io.lazuli.dataframe.internal.TextErrors.Flaw;
import java.io.Serial;

/// A record is not well-formed. Thrown by scanners to themselves and to who drives them; it carries no stack, because a
/// file may have many such records.
public final class Malformed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final long offset;
    private final transient Flaw flaw;

    /// @param offset in the window, where it shows
    public Malformed(long offset, Flaw flaw) {
        super(flaw.what(), null, false, false);
        this.offset = offset;
        this.flaw = flaw;
    }

    public long offset() {
        return offset;
    }

    public Flaw flaw() {
        return flaw;
    }
}
