package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.Errors;
import io.lazuli.scheduler.internal.wire.FromClient;
import io.lazuli.scheduler.internal.wire.ToClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/// What a client asks the scheduler, and waits for.
final class Requests {
    private final RemoteEngine engine;
    /// By number, until whoever waits takes them. Guarded by the engine's lock, as the next.
    private final Map<Long, ToClient> answers = new HashMap<>();
    private long last;

    /// What a scheduler has answered.
    ///
    /// @param term in which
    record Answer(int term, ToClient message) {}

    Requests(RemoteEngine engine) {
        this.engine = engine;
    }

    /// A number for another one. With the engine's lock, as the next three.
    long next() {
        return ++last;
    }

    void answered(long number, ToClient answer) {
        answers.put(number, answer);
    }

    boolean isAnswered(long number) {
        return answers.containsKey(number);
    }

    /// The scheduler is another one, and answers nothing that the one before was asked.
    void startOver() {
        answers.clear();
    }

    /// Says something that the scheduler answers, and waits for the answer, whoever the scheduler is by then. Errors: as [#ask].
    ToClient request(LongFunction<FromClient> question) {
        return answer(question).message();
    }

    /// As [#request].
    Answer answer(LongFunction<FromClient> question) {
        while (true) {
            int in = awaitResumed();
            Optional<ToClient> answer = ask(in, question);
            if (answer.isPresent()) {
                return new Answer(in, answer.get());
            }
        }
    }

    /// Waits until the scheduler knows of all jobs. Returns its term.
    int awaitResumed() {
        try {
            return engine.await(() -> engine.hasResumed() ? Optional.of(engine.term()) : Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted("waiting for a scheduler");
        }
    }

    /// Asks the scheduler of that term, and waits; empty if another one has taken over. Errors: what it refuses; RESOURCE if it is
    /// gone.
    ///
    /// @param question with its number; called with the engine's lock
    Optional<ToClient> ask(int in, LongFunction<FromClient> question) {
        long number = engine.locked(() -> {
            engine.checkOpen();
            long next = next();
            if (in == engine.term()) {
                engine.say(question.apply(next));
            }
            return next;
        });
        try {
            Optional<ToClient> answer = engine.await(() -> in == engine.term()
                    ? Optional.ofNullable(answers.remove(number)).map(Optional::of)
                    : Optional.of(Optional.<ToClient>empty()));
            if (answer.orElse(null) instanceof ToClient.Refused refused) {
                throw refused.why().toLazuliException();
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Errors.interrupted("request " + number);
        }
    }
}
