package io.lazuli.graph.pass;

import io.lazuli.graph.Dependency.Explicit;
import io.lazuli.graph.Layer;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Graphs of single tasks in one layer, whose ends are read by an output of one partition. Numbered as people build them:
/// level by level, row by row.
public final class Shapes {
    private final int[] offsets;
    private final List<int[]> sources = new ArrayList<>();

    private Shapes(int count) {
        offsets = new int[count + 1];
    }

    private void add(int... inputs) {
        sources.add(inputs);
        offsets[sources.size()] = offsets[sources.size() - 1] + inputs.length;
    }

    private TaskGraph graph() {
        Token token = Token.of("shape", offsets, sources.stream().flatMapToInt(Arrays::stream).toArray());
        Explicit within = new Explicit(token, offsets, sources.stream().flatMapToInt(Arrays::stream).toArray());
        int count = sources.size();
        boolean[] isRead = new boolean[count];
        Arrays.stream(within.sources()).forEach(source -> isRead[source] = true);
        int[] ends = IntStream.range(0, count).filter(p -> !isRead[p]).toArray();
        Layer tasks = new Layer(token, new Hash(1, 1), count, List.of(within), "tasks");
        Explicit out = new Explicit(token, new int[] {0, ends.length}, ends);
        return TaskGraph.of(List.of(tasks, Layer.of(new Hash(2, 1), 1, List.of(out), "out")));
    }

    /// All leaves, then what reads `fanIn` of them each, and so on.
    public static TaskGraph tree(int leaves, int fanIn) {
        int count = leaves;
        for (int level = leaves; level > 1;) {
            level = Math.ceilDiv(level, fanIn);
            count += level;
        }
        Shapes shapes = new Shapes(count);
        for (int p = 0; p < leaves; p++) {
            shapes.add();
        }
        int start = 0;
        for (int level = leaves; level > 1;) {
            int end = start + level;
            for (int p = start; p < end; p += fanIn) {
                shapes.add(IntStream.range(p, Math.min(p + fanIn, end)).toArray());
            }
            start = end;
            level = Math.ceilDiv(level, fanIn);
        }
        return shapes.graph();
    }

    /// Step 1 of every chain, then step 2, and so on; at last their ends are added up one by one.
    public static TaskGraph chains(int chains, int length) {
        int steps = chains * length;
        Shapes shapes = new Shapes(steps + chains);
        for (int p = 0; p < steps; p++) {
            shapes.add(p < chains ? new int[0] : new int[] {p - chains});
        }
        for (int chain = 0; chain < chains; chain++) {
            int end = steps - chains + chain;
            shapes.add(chain == 0 ? new int[] {end} : new int[] {steps + chain - 1, end});
        }
        return shapes.graph();
    }

    /// Each cell reads the one above and the one to its left.
    public static TaskGraph grid(int height, int width) {
        Shapes shapes = new Shapes(height * width);
        for (int p = 0; p < height * width; p++) {
            int cell = p;
            shapes.add(IntStream.of(cell - width, cell % width == 0 ? -1 : cell - 1).filter(s -> s >= 0).toArray());
        }
        return shapes.graph();
    }

    /// Up to three inputs each, from anywhere before, or from close by.
    public static TaskGraph random(long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(120);
        int reach = 1 + random.nextInt(count);
        Shapes shapes = new Shapes(count);
        for (int p = 0; p < count; p++) {
            int task = p;
            shapes.add(random.ints(Math.min(p, random.nextInt(4)), 0, reach).map(d -> Math.max(0, task - 1 - d))
                    .toArray());
        }
        return shapes.graph();
    }
}
