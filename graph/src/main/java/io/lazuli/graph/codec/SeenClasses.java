package io.lazuli.graph.codec;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The classes that this process has encoded, and no others: bytes cannot make it load anything. Keeps no class alive.
///
/// Two classes of one name from different class loaders are told apart: the second is called `name/1`, and so on.
final class SeenClasses implements ClassNames {
    private final Map<String, List<WeakReference<Class<?>>>> classes = new ConcurrentHashMap<>();

    @Override
    public String nameOf(Class<?> type) {
        String name = type.getName();
        int index = indexOf(type, classes.getOrDefault(name, List.of()));
        if (index < 0) {
            index = indexOf(type, classes.compute(name, (_, known) -> with(type, known)));
        }
        return index == 0 ? name : name + "/" + index;
    }

    private static List<WeakReference<Class<?>>> with(Class<?> type,
            @Nullable List<WeakReference<Class<?>>> known) {
        if (known == null) {
            return List.of(new WeakReference<>(type));
        }
        return indexOf(type, known) >= 0
                ? known
                : Stream.concat(known.stream(), Stream.of(new WeakReference<Class<?>>(type))).toList();
    }

    private static int indexOf(Class<?> type, List<WeakReference<Class<?>>> known) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).refersTo(type)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public Class<?> find(String name) {
        int slash = name.lastIndexOf('/');
        List<WeakReference<Class<?>>> known =
                classes.getOrDefault(slash < 0 ? name : name.substring(0, slash), List.of());
        int index = slash < 0 ? 0 : Integer.parseInt(name.substring(slash + 1));
        Class<?> found = index >= 0 && index < known.size() ? known.get(index).get() : null;
        if (found == null) {
            throw new CorruptValue("class " + name + " is named, which this process has not encoded");
        }
        return found;
    }
}
