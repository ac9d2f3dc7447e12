package io.lazuli.graph.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lazuli.graph.BorrowedInputs;
import io.lazuli.graph.Dependency.OneToOne;
import io.lazuli.graph.Expansion;
import io.lazuli.graph.Key;
import io.lazuli.graph.Layer;
import io.lazuli.graph.Operation;
import io.lazuli.graph.RunningContext;
import io.lazuli.graph.TaskContext;
import io.lazuli.graph.TaskGraph;
import io.lazuli.graph.TaskInputs;
import io.lazuli.graph.Token;
import io.lazuli.graph.error.ErrorCode;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.graph.memory.Block;
import io.lazuli.graph.memory.Buffer;
import io.lazuli.graph.memory.MemoryAccountant;
import io.lazuli.graph.memory.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Steps of a fused task, run by hand.
class RelayTest {
    private static final long MIB = 1 << 20;

    /// Does what the function says.
    private record Scripted(String name, boolean runsUserCode, Run run) implements Operation {
        interface Run {
            Block run(TaskContext context, TaskInputs inputs) throws Exception;
        }

        @Override
        public Block run(TaskContext context, TaskInputs inputs) {
            try {
                return run.run(context, inputs);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public long grantBytes() {
            return MIB;
        }
    }

    private static Scripted step(String name, Scripted.Run run) {
        return new Scripted(name, true, run);
    }

    /// A block of one buffer of a mebibyte, and as much of litter.
    private static Block large(TaskContext context) {
        context.memory().allocate(MIB / 2);
        Buffer buffer = context.memory().allocate(MIB / 2);
        return Block.columns(1, new byte[0], List.of(buffer));
    }

    private static TaskGraph fused(Operation... operations) {
        Layer last = new Layer(new Token(1, 0), operations[0], 1, List.of(), operations[0].name());
        List<Layer> layers = new ArrayList<>(List.of(last));
        for (int i = 1; i < operations.length; i++) {
            last = new Layer(
                    new Token(1, i), operations[i], 1, List.of(new OneToOne(last.token())),
                    operations[i].name());
            layers.add(last);
        }
        TaskGraph graph = new FuseLayers().apply(TaskGraph.of(layers));
        assertThat(graph.layers()).hasSize(1);
        return graph;
    }

    private static final BorrowedInputs NOTHING = new BorrowedInputs(List.of(), List.of());

    /// The result's value, of a task with a grant and not a byte more.
    private static Object run(TaskGraph graph, AtomicBoolean cancelled) {
        Operation operation = graph.outputLayer().operation();
        try (MemoryAccountant accountant = MemoryAccountant.create(operation.grantBytes())) {
            Block block;
            try (Reservation memory = accountant.reserve("task", operation.grantBytes())) {
                block = operation.run(
                        new RunningContext(new Key(graph.output(), 0), memory, cancelled::get), NOTHING);
            }
            Object value = block.kind() == Block.Kind.COLUMNS ? block.byteSize() : block.value(Object.class);
            block.release();
            return value;
        }
    }

    private static Object run(Operation... operations) {
        return run(fused(operations), new AtomicBoolean());
    }

    @Test
    void aTaskNeedsTwoGrantsAtMost_howeverManyStepsItHas() {
        Scripted large = step("large", (context, _) -> large(context));
        TaskGraph graph = fused(large, large, large, large, large, large);
        assertThat(graph.outputLayer().operation().grantBytes()).isEqualTo(2 * MIB);
        assertThat(run(graph, new AtomicBoolean())).isEqualTo(MIB / 2);
    }

    @Test
    void aStepsResultIsReleasedWhenTheNextIsDone() {
        Block[] seen = new Block[2];
        run(
                step("first", (context, _) -> seen[0] = large(context)), step("second", (_, inputs) -> {
                    assertThat(inputs.block(0).references()).isEqualTo(1);
                    return seen[1] = Block.value(2, 8);
                }), step("third", (_, _) -> {
                    assertThat(seen[0].references()).isZero();
                    return Block.value(3, 8);
                }));
        assertThat(seen[1].references()).isZero();
    }

    @Test
    void aStepMayReturnWhatItWasGiven() {
        Scripted same = step("same", (_, inputs) -> inputs.block(0).retain());
        assertThat(run(step("large", (context, _) -> large(context)), same, same)).isEqualTo(MIB / 2);
    }

    @Test
    void whatTheUsersProgramThrowsNamesTheStepAndStaysTheCause() {
        Scripted good = step("load", (_, _) -> Block.value("x", 8));
        NumberFormatException cause = new NumberFormatException("no number: x");
        Scripted bad = step("parse", (_, _) -> {
            throw cause;
        });
        assertThatThrownBy(() -> run(good, bad, good))
                .isNotInstanceOf(LazuliException.class)
                .hasMessage("Step 'parse' (2 of 3, for 00000000:0) failed: no number: x")
                .hasCause(cause);
    }

    @Test
    void typedErrorsKeepTheirCode() {
        Scripted bad = step("parse", (_, _) -> {
            throw new LazuliException(ErrorCode.DATA, "Line 3 is no number.");
        });
        assertThatThrownBy(() -> run(bad, bad))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA))
                .hasMessage("Step 'parse' (1 of 2, for 00000000:0) failed: Line 3 is no number.");
    }

    @Test
    void aStepOfOurOwnThatThrowsIsADefect() {
        Operation broken = new Scripted("join", false, (_, _) -> {
            throw new ArrayIndexOutOfBoundsException("7");
        });
        assertThatThrownBy(() -> run(step("load", (_, _) -> Block.value(1, 8)), broken))
                .isInstanceOfSatisfying(LazuliException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL));
        assertThatThrownBy(() -> run(step("nothing", (_, _) -> null), broken))
                .hasMessage("Step 'nothing' (1 of 2, for 00000000:0) failed: it returned null instead of a block.");
    }

    @Test
    void errorsOfTheMachineGoThroughAsTheyAre() {
        Scripted deep = step("deep", (_, _) -> {
            throw new StackOverflowError();
        });
        assertThatThrownBy(() -> run(deep, deep)).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void cancellationIsSeenBetweenSteps() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Scripted cancels = step("cancels", (context, _) -> {
            cancelled.set(true);
            return large(context);
        });
        Scripted never = step("never", (_, _) -> {
            throw new AssertionError("it runs although the job was cancelled");
        });
        TaskGraph graph = fused(cancels, never);
        assertThatThrownBy(() -> run(graph, cancelled))
                .isInstanceOfSatisfying(LazuliException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void anExpansionGoesOnWithTheRestOfTheSteps() {
        Layer inner = Text.layer("inner", 2);
        Layer collect = Text.layer("collect", 1, Text.explicit(inner.token(), "0 1"));
        Expansion expansion = new Expansion(TaskGraph.of(List.of(inner, collect)));
        Scripted expands = step("expands", (_, _) -> expansion.toBlock());
        Object result = run(expands, new Text("a", 0), new Text("b", 0));
        assertThat(result).isInstanceOf(Expansion.class);
        TaskGraph graph = ((Expansion) result).graph();
        assertThat(graph.layers()).extracting(Layer::label).containsExactly("inner", "collect", "expands > a > b");
        assertThat(Runs.texts(graph)).containsExactly("b0(a0(collect0(inner0, inner1)))");
        Expansion last = (Expansion) run(new Text("a", 0), expands);
        assertThat(last).isEqualTo(expansion);
    }
}
