package io.lazuli.scheduler;

import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.delayed.Delayed;
import io.lazuli.graph.pass.*;
import java.util.*;

class PassCosts {
    public static void main(String[] a) {
        var inc = Delayed.function((Integer i) -> i + 1).named("inc");
        var sum = Delayed.functionOfAll((List<Integer> all) -> all.size()).named("sum");
        var add = Delayed.function((Integer x, Integer y) -> x + y).named("add");
        for (int r = 0; r < 4; r++) {
            List<Delayed<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 1_000_000; i++) calls.add(inc.call(i));
            time("million", Delayed.graphOfAll(calls));
            time("fanin", sum.call(calls).graph());
            List<Delayed<Integer>> level = calls.subList(0, 100_000);
            while (level.size() > 1) {
                List<Delayed<Integer>> next = new ArrayList<>();
                for (int i = 0; i < level.size(); i += 16) next.add(sum.call(level.subList(i, Math.min(i + 16, level.size()))));
                level = next;
            }
            time("tree", level.getFirst().graph());
            Delayed<Integer> chain = Delayed.value(0);
            for (int i = 0; i < 1_000_000; i++) chain = inc.call(chain);
            time("chain", chain.graph());
            Random random = new Random(1);
            List<Delayed<Integer>> dag = new ArrayList<>(List.of(inc.call(1)));
            for (int i = 0; i < 1_000_000; i++) dag.add(add.call(dag.get(random.nextInt(dag.size())), dag.get(Math.max(0, dag.size() - 1 - random.nextInt(100)))));
            time("dag", sum.call(dag).graph());
        }
    }

    static void time(String name, TaskGraph graph) {
        StringBuilder out = new StringBuilder(name + " " + graph.taskCount() + ": ");
        TaskGraph now = graph;
        for (Pass pass : Passes.standard().passes()) {
            long start = System.nanoTime();
            TaskGraph next = pass.apply(now);
            out.append(pass.name()).append(' ').append((System.nanoTime() - start) / 1_000_000.0).append(next == now ? "= " : "* ");
            now = next;
        }
        System.out.println(out + " -> " + now.taskCount());
    }
}
