package io.lazuli.graph.delayed;

import io.lazuli.graph.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The calls that are needed for some wanted ones, in an order in which they can be run: each once and after its inputs, depth
/// first from the first wanted, leftmost input first. So results are read soon after they are made, and numbers run along
/// with the program that made the calls.
///
/// ```
///         sum               0 load     wanted: sum
///        /   \              1 clean
///    clean   count          2 count
///        \   /              3 sum
///        load
/// ```
///
/// Equal pure calls have one number.
final class Numbering {
    private final CallNumbers numbers = new CallNumbers();
    private final List<Delayed<?>> calls = new ArrayList<>();
    private final CallTokens tokens = new CallTokens();
    /// Whether calls are told by content, if they can be.
    private final boolean tellsContent;

    private Numbering(boolean tellsContent) {
        this.tellsContent = tellsContent;
    }

    /// Errors: USER if a pure call has an argument without stable content.
    static Numbering of(List<? extends Delayed<?>> wanted) {
        return new Numbering(true).visitAll(wanted);
    }

    /// As above, but without a look at content: equal pure calls have numbers of their own, and no tokens.
    static Numbering byIdentity(Delayed<?> wanted) {
        return new Numbering(false).visitAll(List.of(wanted));
    }

    private Numbering visitAll(List<? extends Delayed<?>> wanted) {
        Path path = new Path();
        for (Delayed<?> call : wanted) {
            visit(call, path);
        }
        return this;
    }

    int count() {
        return calls.size();
    }

    /// The call that has this number; of equal pure ones the one that was met first.
    Delayed<?> call(int number) {
        return calls.get(number);
    }

    /// The number of a call that is needed.
    int of(Delayed<?> call) {
        return numbers.of(call);
    }

    /// What a call is by content, if it and all it needs is pure.
    Optional<Token> contentOf(int number) {
        return tokens.isContent(number) ? Optional.of(tokens.of(number)) : Optional.empty();
    }

    /// True if every call is told by content.
    boolean isContent() {
        return tokens.contentCount() == calls.size();
    }

    /// What a call is by content; of an impure one, something that no other call has.
    Token tokenOf(int number) {
        return tokens.of(number);
    }

    /// Without recursion: graphs may be 100,000 calls deep.
    private void visit(Delayed<?> wanted, Path path) {
        if (numbers.of(wanted) != CallNumbers.NONE) {
            return;
        }
        path.push(wanted);
        while (!path.isEmpty()) {
            Delayed<?> call = path.top();
            Delayed<?> input = nextInput(call, path);
            if (input != call) {
                path.push(input);
            } else {
                path.pop();
                number(call);
            }
        }
    }

    /// The next input without a number of the call on top of the path; the call itself if there is none.
    private Delayed<?> nextInput(Delayed<?> call, Path path) {
        int count = call.argumentCount();
        while (path.nextArgument() < count) {
            if (call.argument(path.advance()) instanceof Delayed<?> input && numbers.of(input) == CallNumbers.NONE) {
                return input;
            }
        }
        return call;
    }

    private void number(Delayed<?> call) {
        boolean isTold = tellsContent && call.function().isPure();
        int number = isTold ? tokens.numberOf(call, calls.size(), numbers) : calls.size();
        numbers.put(call, number);
        if (number == calls.size()) {
            calls.add(call);
        }
    }

    /// The calls from a wanted one down to the one at hand, and how far each has been walked.
    private static final class Path {
        private Delayed<?>[] calls = new Delayed<?>[8];
        /// Arguments before this one have been visited.
        private int[] nexts = new int[8];
        private int depth;

        boolean isEmpty() {
            return depth == 0;
        }

        void push(Delayed<?> call) {
            if (depth == calls.length) {
                calls = Arrays.copyOf(calls, 2 * depth);
                nexts = Arrays.copyOf(nexts, 2 * depth);
            }
            calls[depth] = call;
            nexts[depth++] = 0;
        }

        Delayed<?> top() {
            return calls[depth - 1];
        }

        void pop() {
            depth--;
        }

        int nextArgument() {
            return nexts[depth - 1];
        }

        int advance() {
            return nexts[depth - 1]++;
        }
    }
}
