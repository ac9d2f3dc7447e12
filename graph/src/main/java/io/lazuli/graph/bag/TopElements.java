package io.lazuli.graph.bag;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Keeps the largest elements in a heap whose root is the next to go.
final class TopElements extends Passing {
    private final Step.Top top;
    private final Comparator<Candidate> largestFirst;
    /// At most `top.count()` elements; the root is the smallest, of equal ones the latest.
    private final PriorityQueue<Candidate> largest;
    /// Elements seen.
    private long count;

    private record Candidate(@Nullable Object element, long index) {}

    TopElements(Step.Top top, Receiver next, PartitionRun run) {
        super(top.label(), next, run);
        this.top = top;
        this.largestFirst = this::compare;
        this.largest = new PriorityQueue<>(largestFirst.reversed());
    }

    private int compare(Candidate a, Candidate b) {
        Integer order = calls.call(top.comparator(), b.element(), a.element());
        if (order == null) {
            throw calls.returnedNull("a number");
        }
        return order != 0 ? order : Long.compare(a.index(), b.index());
    }

    @Override
    public boolean accept(@Nullable Object element) {
        calls.next();
        Candidate candidate = new Candidate(element, count++);
        if (largest.size() < top.count()) {
            largest.add(candidate);
        } else if (top.count() > 0 && largestFirst.compare(candidate, largest.element()) < 0) {
            largest.remove();
            largest.add(candidate);
        }
        return top.count() > 0;
    }

    @Override
    public void end() {
        List<Candidate> sorted = new ArrayList<>(largest);
        sorted.sort(largestFirst);
        for (Candidate candidate : sorted) {
            if (!next.accept(candidate.element())) {
                break;
            }
        }
        next.end();
    }
}
