package io.lazuli.graph.delayed;

import io.lazuli.graph.Token;
import io.lazuli.graph.error.GraphErrors;
import io.lazuli.graph.error.LazuliException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What pure calls are: the hash of function and arguments, where an argument that is the result of a call stands for that
/// call's token. An impure call is only equal to itself: its token is its number, made unique by a random half.
final class CallTokens {
    /// Numbers of pure calls by what they are.
    private final Map<Token, Integer> numbers = new HashMap<>();
    /// Tokens of pure calls by number; null for the others, which may be missing at the end.
    private final List<@Nullable Token> tokens = new ArrayList<>();
    /// Numbers of pure calls that need pure calls alone.
    private final BitSet contents = new BitSet();
    /// Unlike that of any other graph; null until a pure call reads an impure one.
    private @Nullable Token graph;

    /// The number of the equal call that was met before, or `next`.
    int numberOf(Delayed<?> call, int next, CallNumbers inputs) {
        Token token = tokenOf(call, inputs);
        if (token == null) {
            return next;
        }
        Integer before = numbers.putIfAbsent(token, next);
        if (before != null) {
            return before;
        }
        while (tokens.size() < next) {
            tokens.add(null);
        }
        tokens.add(token);
        contents.set(next, readsContent(call, inputs));
        return next;
    }

    boolean isContent(int number) {
        return contents.get(number);
    }

    int contentCount() {
        return contents.cardinality();
    }

    Token of(int number) {
        Token token = number < tokens.size() ? tokens.get(number) : null;
        return token == null ? ofImpure(number) : token;
    }

    private Token ofImpure(int number) {
        Token unique = graph == null ? Token.random() : graph;
        graph = unique;
        return new Token(unique.high(), unique.low() + number);
    }

    private boolean readsContent(Delayed<?> call, CallNumbers inputs) {
        for (int i = 0; i < call.argumentCount(); i++) {
            if (call.argument(i) instanceof Delayed<?> input && !contents.get(inputs.of(input))) {
                return false;
            }
        }
        return true;
    }

    /// Null for a plain value without stable content, which nobody declared to be pure.
    private @Nullable Token tokenOf(Delayed<?> call, CallNumbers inputs) {
        @Nullable Object[] parts = new Object[call.argumentCount() + 2];
        // Which arguments are results: a value may be a token itself.
        BitSet results = new BitSet();
        for (int i = 0; i < call.argumentCount(); i++) {
            Object argument = call.argument(i);
            results.set(i, argument instanceof Delayed<?>);
            parts[i + 2] = argument instanceof Delayed<?> input ? of(inputs.of(input)) : argument;
        }
        parts[0] = call.function().token();
        parts[1] = results.toLongArray();
        try {
            return Token.of(parts);
        } catch (LazuliException e) {
            if (call.isValue()) {
                return null;
            }
            throw withoutContent(call, e);
        }
    }

    /// Names the argument that cannot be hashed.
    private static LazuliException withoutContent(Delayed<?> call, LazuliException cause) {
        for (int i = 0; i < call.argumentCount(); i++) {
            Object argument = call.argument(i);
            if (argument == null || argument instanceof Delayed<?>) {
                continue;
            }
            try {
                Token.of(argument);
            } catch (LazuliException e) {
                return GraphErrors.pureArgumentWithoutContent(call.name(), i + 1, argument.getClass().getName());
            }
        }
        return cause;
    }
}
