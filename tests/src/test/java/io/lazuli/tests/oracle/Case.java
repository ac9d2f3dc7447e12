package io.lazuli.tests.oracle;

import io.lazuli.dataframe.internal.plan.rule.RuleSet;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// One question, asked of Lazuli with and without its optimizer, through its users' methods, and of the oracle.
final class Case {
    private static final int MOST_OPERATORS = 5;

    private final World world;
    private final OracleDatabase database;
    private final Choices choices;
    private final Engines engines;
    private final Draw draw;
    private final Set<String> traits = new LinkedHashSet<>();
    private Optional<Query> query = Optional.empty();

    Case(World world, OracleDatabase database, Engines engines, Choices choices) {
        this.world = world;
        this.database = database;
        this.engines = engines;
        this.choices = choices;
        this.draw = new Draw(choices, this::source);
    }

    private Query source() {
        RandomTable table = world.draw(choices);
        traits.addAll(table.traits());
        return world.query(table);
    }

    /// What differs; empty if all agree.
    Optional<String> run() throws SQLException {
        Engines.Named engine = engines.draw(choices, world.isBig());
        traits.add(engine.name());
        try {
            query = Optional.of(draw());
            Optional<String> difference = run(query.get(), engine);
            engines.checkNothingHeld();
            return difference;
        } catch (OracleDatabase.Broken e) {
            System.out.println(e.getMessage());
            traits.add("unanswered");
            return Optional.empty();
        } catch (LazuliException | IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException
                | NullPointerException | ArithmeticException | ClassCastException | AssertionError e) {
            return Optional.of(stackOf(e));
        }
    }

    private static String stackOf(Throwable error) {
        List<String> frames = Stream.of(error.getStackTrace()).limit(12).map(f -> "\n    at " + f).toList();
        String cause = error.getCause() == null ? "" : "\n  caused by " + stackOf(error.getCause());
        return error + String.join("", frames) + cause;
    }

    private Query draw() {
        Query current = source();
        draw.begin("scan", false);
        current.attributes().forEach(attribute -> draw.uses(attribute.type()));
        int count = choices.between(1, MOST_OPERATORS);
        for (int i = 0; i < count; i++) {
            Operator operator = choices.oneOf(Operator.ALL);
            Optional<Query> next = apply(operator, current, i == count - 1);
            current = next.orElse(current);
        }
        return current;
    }

    private Optional<Query> apply(Operator operator, Query input, boolean isLast) {
        draw.begin(operator.name(), isLast);
        return operator.apply(input, draw);
    }

    private Optional<String> run(Query asked, Engines.Named engine) throws SQLException {
        Answer expected = Answer.of(() -> database.rows(asked.sql()));
        Answer optimized = lazuli(asked, engine, true);
        // rules may not change answers: now and then without them
        Answer plain = choices.chance(60) ? lazuli(asked, engine, false) : optimized;
        if (expected.isRefused()) {
            traits.add("refused");
        }
        Answers answers = new Answers(asked.attributes(), asked.isOrdered());
        return expected.difference("with its optimizer", optimized, answers)
                .or(() -> expected.difference("without its optimizer", plain, answers))
                .or(() -> optimized.isRefused() ? Optional.empty() : throughSinks(asked, engine, expected, answers))
                .or(() -> onOtherThreads(asked, optimized, answers));
    }

    /// The same plan gives the same bits with any number of threads, also in floating sums.
    private Optional<String> onOtherThreads(Query asked, Answer expected, Answers answers) {
        if (expected.isRefused() || !choices.chance(20)) {
            return Optional.empty();
        }
        Engines.Named other = engines.draw(choices, false);
        draw.uses("again on other threads");
        FrameRun again = FrameRun.of(asked.frame(), other.engine(), RuleSet.DEFAULT);
        return answers.difference(expected.rows(), again.rows())
                .map(difference -> "Lazuli again with " + other.name() + ": " + difference);
    }

    private Answer lazuli(Query asked, Engines.Named engine, boolean isOptimized) throws SQLException {
        return Answer.of(() -> {
            FrameRun run =
                    FrameRun.of(asked.frame(), engine.engine(), isOptimized ? RuleSet.DEFAULT : List.of());
            if (run.spilledBytes() > 0) {
                traits.add("spilled");
            }
            if (run.hasCodes()) {
                traits.add("codes");
            }
            return run.rows();
        });
    }

    /// The same through what users call, now and then.
    private Optional<String> throughSinks(Query asked, Engines.Named engine, Answer expected, Answers answers) {
        if (!choices.chance(25)) {
            return Optional.empty();
        }
        Sink sink = choices.oneOf(List.of(Sink.values()));
        if (!asked.attributes().stream().allMatch(attribute -> sink.carries(attribute.type()))) {
            return Optional.empty();
        }
        draw.begin(sink.words, true);
        asked.attributes().forEach(attribute -> draw.uses(attribute.type()));
        return sink.difference(asked, engine.engine(), expected.rows(), answers, database, world.folder())
                .map(difference -> "through " + sink.words + ": " + difference);
    }

    /// `operator` and `operator|trait`, for the coverage table.
    Set<String> covered() {
        Set<String> all = new LinkedHashSet<>(draw.covered());
        for (String operator : draw.covered()) {
            if (!operator.contains("|")) {
                traits.forEach(trait -> all.add(operator + "|" + trait));
            }
        }
        return all;
    }

    Set<String> features() {
        return draw.features();
    }

    List<Integer> choices() {
        return choices.made();
    }

    /// The question, in both languages.
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>(List.of(world.toString()));
        query.ifPresent(q -> lines.addAll(List.of(q.frame().toString(), q.sql(), q.frame().explain())));
        return String.join("\n", lines);
    }

    private static boolean isOfValue(SQLException error) {
        return error.getMessage().startsWith("Out of Range Error") || error.getMessage().startsWith("Conversion Error");
    }

    /// Whether an error is one that a user caused, by a value that does not fit.
    static boolean isRefusal(Exception error) {
        return error instanceof SQLException sql && isOfValue(sql)
                || error instanceof LazuliException e && (e.code() == ErrorCode.DATA || e.code() == ErrorCode.USER);
    }
}
