package io.lazuli.tests.oracle;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Rows, or the error with which an engine refused to give them.
record Answer(List<Object[]> rows, Optional<String> refusal) {
    interface Question {
        List<Object[]> ask() throws SQLException;
    }

    /// Errors: whatever is no refusal.
    static Answer of(Question question) throws SQLException {
        try {
            return new Answer(question.ask(), Optional.empty());
        } catch (SQLException | RuntimeException e) {
            if (!Case.isRefusal(e)) {
                throw e;
            }
            return new Answer(List.of(), Optional.of(e.toString()));
        }
    }

    boolean isRefused() {
        return refusal.isPresent();
    }

    /// How another answer differs from this one.
    Optional<String> difference(String how, Answer other, Answers answers) {
        if (isRefused() != other.isRefused()) {
            return Optional.of("Lazuli " + how + ": " + other.refusal.orElse(other.rows.size() + " rows")
                    + "\nexpected: " + refusal.orElse(rows.size() + " rows"));
        }
        return answers.difference(rows, other.rows).map(difference -> "Lazuli " + how + ": " + difference);
    }
}
