package io.lazuli.scheduler.internal.code;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Follows the names in class files from some classes on, to the roots that hold what is met.
///
/// ```
///   app.Main  --names-->  app.Trip            both in folder classes/
///             --names-->  fare.Tariff         in fares.jar
///                             ^-- META-INF/services/fare.Tariff in bonus.jar names bonus.Weekend
///   reached: classes/, fares.jar, bonus.jar
/// ```
///
/// Ends at classes of the JDK and of Lazuli. What it has read of a class is kept for the next time. Safe for use by one thread at
/// a time.
final class ReachedRoots {
    private static final int MOST_ANSWERS = 1_000;

    private final Map<String, FoundClass> known = new HashMap<>();

    /// By where the walk began: programs send graphs of the same functions again and again.
    private final Map<Set<String>, Set<CodeRoot>> answers = new HashMap<>();

    /// The roots of all that `start` reaches.
    ///
    /// @param loader that the classes of `start` find others by
    ///
    /// **Errors**: UncheckedIOException if a class file cannot be read.
    Set<CodeRoot> of(ClassLoader loader, Set<String> start) {
        if (answers.size() == MOST_ANSWERS) {
            answers.clear();
        }
        return answers.computeIfAbsent(Set.copyOf(start), _ -> walk(loader, start));
    }

    private Set<CodeRoot> walk(ClassLoader loader, Set<String> start) {
        Set<CodeRoot> roots = new LinkedHashSet<>();
        SortedMap<String, byte[]> loose = new TreeMap<>();
        Set<String> reached = new HashSet<>(start);
        Deque<String> waiting = new ArrayDeque<>(reached);
        while (!waiting.isEmpty()) {
            String name = waiting.remove();
            FoundClass found = known.computeIfAbsent(name, _ -> FoundClass.find(loader, name));
            roots.addAll(found.roots());
            found.loose().ifPresent(bytes -> loose.put(name + ".class", bytes));
            found.references().stream().filter(reached::add).forEach(waiting::add);
        }
        if (!loose.isEmpty()) {
            roots.add(new CodeRoot.Loose(loose));
        }
        return roots;
    }
}
