package io.lazuli.graph.bag;

import io.lazuli.graph.function.Function0;
import io.lazuli.graph.function.Function1;
import io.lazuli.graph.function.Function2;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions that reductions and groups are made of. Where one changes its first argument, that is new for each partition.
final class Reductions {
    private Reductions() {}

    static <T extends @Nullable Object> Function1<T, T> identity() {
        return Known.function1("identity", value -> value);
    }

    static Function1<@Nullable Object, @Nullable Object> keyedBy(Function1<?, ?> key) {
        Function1<@Nullable Object, @Nullable Object> keyOf = Known.cast(key);
        return Known.function1("keyedBy", value -> Keyed.of(keyOf.apply(value), value), key);
    }

    static <T extends @Nullable Object> Function0<List<T>> newList() {
        return Known.function0("newList", ArrayList::new);
    }

    static <T extends @Nullable Object> Function2<List<T>, T, List<T>> addToList() {
        return Known.function2("addToList", (list, value) -> {
            list.add(value);
            return list;
        });
    }

    /// A group whose list cannot be changed.
    static <K extends @Nullable Object, T extends @Nullable Object> Function1<Keyed<K, List<T>>, Keyed<K, List<T>>>
            sealed() {
        return Known.function1(
                "sealed", group -> new Keyed<>(group.key(), Collections.unmodifiableList(group.value())));
    }

    /// Keeps the first value, in a list because it may be null.
    static <T extends @Nullable Object> Function2<List<T>, T, List<T>> keepFirst() {
        return Known.function2("keepFirst", (list, value) -> {
            if (list.isEmpty()) {
                list.add(value);
            }
            return list;
        });
    }

    static <T extends @Nullable Object> Function2<List<T>, List<T>, List<T>> keepFirstOfLists() {
        return Known.function2("keepFirstOfLists", (list, other) -> list.isEmpty() ? other : list);
    }

    static <K extends @Nullable Object, T extends @Nullable Object> Function1<Keyed<K, List<T>>, T> firstOfGroup() {
        return Known.function1("firstOfGroup", group -> group.value().getFirst());
    }

    static Function0<Map<@Nullable Object, List<@Nullable Object>>> newMap() {
        return Known.function0("newMap", LinkedHashMap::new);
    }

    @SuppressWarnings("unchecked")
    static Function2<@Nullable Object, @Nullable Object, @Nullable Object> addToListOf(Function1<?, ?> key) {
        Function1<@Nullable Object, @Nullable Object> keyOf = Known.cast(key);
        return Known.function2("addToListOf", (map, value) -> {
            ((Map<@Nullable Object, List<@Nullable Object>>) map)
                    .computeIfAbsent(keyOf.apply(value), k -> new ArrayList<>())
                    .add(value);
            return map;
        }, key);
    }

    static Function0<Long> zero() {
        return Known.function0("zero", () -> 0L);
    }

    static Function2<Long, @Nullable Object, Long> increment() {
        return Known.function2("increment", (count, value) -> count + 1);
    }

    static Function2<Long, Long, Long> plus() {
        return Known.function2("plus", Long::sum);
    }

    static Function1<Long, Boolean> isPositive() {
        return Known.function1("isPositive", count -> count > 0);
    }

    static Function1<Long, Boolean> isZero() {
        return Known.function1("isZero", count -> count == 0);
    }

    static Function0<Moments> noMoments() {
        return Known.function0("noMoments", () -> Moments.NONE);
    }

    static <T extends @Nullable Object> Function2<Moments, T, Moments> addToMoments(
            Function1<? super T, ? extends @Nullable Number> number) {
        return Known.function2("addToMoments", (moments, value) -> {
            Number added = number.apply(value);
            return added == null ? moments : moments.with(added.doubleValue());
        }, number);
    }

    static Function2<Moments, Moments, Moments> addMoments() {
        return Known.function2("addMoments", Moments::and);
    }

    static Function1<Moments, Double> sum() {
        return Known.function1("sum", Moments::sum);
    }

    static Function1<Moments, Double> mean() {
        return Known.function1("mean", Moments::mean);
    }

    static Function1<Moments, Double> variance() {
        return Known.function1("variance", moments -> moments.variance(0));
    }

    static Function0<Total> noTotal() {
        return Known.function0("noTotal", () -> Total.ZERO);
    }

    static <T extends @Nullable Object> Function2<Total, T, Total> addToTotal(
            Function1<? super T, ? extends @Nullable Number> number) {
        return Known.function2("addToTotal", (total, value) -> total.plus(number.apply(value)), number);
    }

    static Function2<Total, Total, Total> addTotals() {
        return Known.function2("addTotals", Total::plus);
    }

    static Function1<Total, Long> totalToLong() {
        return Known.function1("totalToLong", Total::toLong);
    }

    /// By a key of each value, where null is least.
    static <T extends @Nullable Object, C extends Comparable<? super C>> Function2<T, T, Integer> comparing(
            Function1<? super T, ? extends @Nullable C> key) {
        return Known.function2("comparing", (a, b) -> compare(key.apply(a), key.apply(b)), key);
    }

    private static <C extends Comparable<? super C>> int compare(@Nullable C a, @Nullable C b) {
        if (a == null || b == null) {
            return Boolean.compare(a != null, b != null);
        }
        return a.compareTo(b);
    }

    static <T extends @Nullable Object> Function2<T, T, Integer> reversed(
            Function2<? super T, ? super T, Integer> comparator) {
        return Known.function2("reversed", (a, b) -> comparator.apply(b, a), comparator);
    }
}
