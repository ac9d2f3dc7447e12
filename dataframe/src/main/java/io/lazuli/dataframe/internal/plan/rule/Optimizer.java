package io.lazuli.dataframe.internal.plan.rule;

import io.lazuli.dataframe.internal.Errors;
import io.lazuli.dataframe.internal.plan.LogicalPlan;
import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Applies rules until none has anything to say. A plan that comes back, or one that never stops changing, is a defect of the rules
/// and ends the search.
public final class Optimizer {
    /// Real plans settle in a few passes; each moves a node down by at least one.
    private static final int MOST_PASSES = 1000;
    /// Rules that an error names.
    private static final int SHOWN = 20;

    private final List<Rule> rules;
    /// Names of the rules that fired, in order.
    private final List<String> trace = new ArrayList<>();

    private Optimizer(List<Rule> rules) {
        this.rules = rules;
    }

    /// A plan in its best form.
    ///
    /// @param trace names of the rules that fired, in order
    public record Optimized(LogicalPlan plan, List<String> trace) {
        public Optimized {
            trace = List.copyOf(trace);
        }
    }

    /// Errors: INTERNAL if rules undo each other or never end.
    public static Optimized optimize(LogicalPlan plan, List<Rule> rules) {
        Optimizer optimizer = new Optimizer(rules);
        LogicalPlan best = optimizer.toFixpoint(plan);
        return new Optimized(best, optimizer.trace);
    }

    private LogicalPlan toFixpoint(LogicalPlan plan) {
        Set<Token> seen = new HashSet<>();
        LogicalPlan current = plan;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            int fired = trace.size();
            if (!seen.add(Token.of(current))) {
                throw Errors.planCycle(String.join(", ", trace));
            }
            current = pass(current);
            if (trace.size() == fired) {
                return current;
            }
        }
        throw Errors.endlessRules(MOST_PASSES, last(trace));
    }

    private static String last(List<String> names) {
        return String.join(", ", new LinkedHashSet<>(names.subList(Math.max(0, names.size() - SHOWN), names.size())));
    }

    /// One pass: every node once, parents before children, each with every rule that still finds something.
    private LogicalPlan pass(LogicalPlan plan) {
        LogicalPlan node = plan;
        for (Rule rule : rules) {
            Optional<LogicalPlan> better = rule.apply(node);
            if (better.isPresent()) {
                trace.add(rule.name());
                node = better.get();
            }
        }
        List<LogicalPlan> children = node.children();
        List<LogicalPlan> better = children.stream().map(this::pass).toList();
        return better.equals(children) ? node : node.withChildren(better);
    }
}
