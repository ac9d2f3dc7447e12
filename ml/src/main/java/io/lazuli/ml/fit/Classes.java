package io.lazuli.ml.fit;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/// The classes that a target has, in ascending order; a class is named by its place.
///
/// Texts ascend by code points. Numbers are kept beside their names.
public sealed interface Classes {
    /// Of data whose target is no class.
    Classes NONE = new Texts(List.of());

    int count();

    /// The class as text.
    String name(int index);

    /// Classes that are texts.
    record Texts(List<String> names) implements Classes {
        public Texts {
            names = List.copyOf(names);
        }

        @Override
        public int count() {
            return names.size();
        }

        @Override
        public String name(int index) {
            return names.get(index);
        }
    }

    /// Classes that are numbers. The array is not copied.
    record Numbers(double[] values) implements Classes {
        @Override
        public int count() {
            return values.length;
        }

        @Override
        public String name(int index) {
            double value = values[index];
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : Double.toString(value);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Numbers(double[] those) && Arrays.equals(values, those);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "Numbers" + DoubleStream.of(values).boxed().toList();
        }
    }
}
