package io.lazuli.dataframe.type;

import io.lazuli.dataframe.internal.Arguments;

/// A column's name and type.
public record Field(String name, DataType type) {
    public Field {
        Arguments.given(name, "name");
        Arguments.given(type, "type");
    }

    @Override
    public String toString() {
        return name + ": " + type;
    }
}
