package io.lazuli.ml.fit;

import java.util.List;

/// The features of rows, in order.
public record Features(List<Feature> all) {
    public Features {
        all = List.copyOf(all);
    }

    /// What the values of a feature are.
    public enum Kind {
        NUMBER,
        /// Numbers from 0 that stand for levels.
        CATEGORY,
        /// Texts, which encoders read as [Rows#texts].
        TEXT
    }

    /// @param levelCount of a category; 0 for others
    public record Feature(String name, Kind kind, int levelCount) {
        public static Feature number(String name) {
            return new Feature(name, Kind.NUMBER, 0);
        }

        public static Feature text(String name) {
            return new Feature(name, Kind.TEXT, 0);
        }

        public static Feature category(String name, int levelCount) {
            return new Feature(name, Kind.CATEGORY, levelCount);
        }
    }

    /// Numbers of these names.
    public static Features numbers(List<String> names) {
        return new Features(names.stream().map(Feature::number).toList());
    }

    public int count() {
        return all.size();
    }

    public Feature get(int index) {
        return all.get(index);
    }

    public List<String> names() {
        return all.stream().map(Feature::name).toList();
    }

    /// The names of those that are texts.
    public List<String> texts() {
        return all.stream().filter(feature -> feature.kind() == Kind.TEXT).map(Feature::name).toList();
    }
}
