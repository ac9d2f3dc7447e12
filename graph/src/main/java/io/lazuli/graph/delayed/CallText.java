package io.lazuli.graph.delayed;

/// A call as code. Graphs may be huge: what is deep, wide or long is cut.
final class CallText {
    private static final int DEEPEST = 6;
    private static final int MOST_ARGUMENTS = 6;
    private static final int LONGEST = 400;

    private final StringBuilder text = new StringBuilder();

    private CallText() {}

    static String of(Delayed<?> call) {
        CallText writer = new CallText();
        writer.write(call, 0);
        return writer.text.toString();
    }

    private void write(Delayed<?> call, int depth) {
        if (call.arguments() instanceof Part part) {
            text.append(depth == 0 ? part.description() : cut(part.description()));
            return;
        }
        text.append(call.name()).append('(');
        if (depth == DEEPEST || text.length() > LONGEST) {
            text.append("...)");
            return;
        }
        for (int i = 0; i < Math.min(call.argumentCount(), MOST_ARGUMENTS); i++) {
            text.append(i == 0 ? "" : ", ");
            switch (call.argument(i)) {
                case null -> text.append("null");
                case Delayed<?> input -> write(input, depth + 1);
                case String string -> text.append('"').append(cut(string)).append('"');
                case Object value -> text.append(cut(value.toString()));
            }
        }
        if (call.argumentCount() > MOST_ARGUMENTS) {
            text.append(", ... ").append(call.argumentCount() - MOST_ARGUMENTS).append(" more");
        }
        text.append(')');
    }

    private static String cut(String value) {
        return value.length() <= 40 ? value : value.substring(0, 37) + "...";
    }
}
