package io.lazuli.ml.preprocessing;

import io.lazuli.ml.fit.Classes;

/// The values that a feature had when an encoder was fitted, in ascending order; a missing one comes last.
public record Categories(Classes values, boolean hasMissing) {
    public int count() {
        return values.count() + (hasMissing ? 1 : 0);
    }

    /// The value as text; `nan` or `None` for the missing one, as it is a number or a text.
    public String name(int index) {
        if (index < values.count()) {
            return values.name(index);
        }
        return values instanceof Classes.Texts ? "None" : "nan";
    }
}
