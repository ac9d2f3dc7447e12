package io.lazuli.dataframe.type;

import java.util.Objects;

/// A column's name and type.
public record Field(String name, DataType type) {
    public Field {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(type, "type is null");
    }

    @Override
    public String toString() {
        return name + ": " + type;
    }
}
