package io.lazuli.dataframe.type;

import io.lazuli.dataframe.internal.Arguments;
import io.lazuli.dataframe.internal.Errors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The names and types of a frame's columns, in order. Names are unique and case-sensitive.
public record Schema(List<Field> fields) {
    /// Errors: USER if a name occurs twice.
    public Schema {
        fields = List.copyOf(Arguments.given(fields, "fields"));
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw Errors.duplicateColumn(field.name());
            }
        }
    }

    public static Schema of(Field... fields) {
        return new Schema(Arguments.all("fields", fields));
    }

    public int size() {
        return fields.size();
    }

    public Field field(int index) {
        if (index < 0 || index >= fields.size()) {
            throw Errors.noSuchField(index, fields.size());
        }
        return fields.get(index);
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    public List<DataType> types() {
        return fields.stream().map(Field::type).toList();
    }

    public OptionalInt find(String name) {
        return IntStream.range(0, size()).filter(i -> fields.get(i).name().equals(name)).findFirst();
    }

    /// The columns at `indexes`, in that order.
    public Schema select(List<Integer> indexes) {
        return new Schema(Arguments.given(indexes, "indexes").stream().map(this::field).toList());
    }

    /// These columns, then `more`. Errors: USER if a name occurs twice.
    public Schema with(List<Field> more) {
        List<Field> all = new ArrayList<>(fields);
        all.addAll(Arguments.given(more, "more"));
        return new Schema(all);
    }

    @Override
    public String toString() {
        return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "[", "]"));
    }
}
