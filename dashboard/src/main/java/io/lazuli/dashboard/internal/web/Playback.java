package io.lazuli.dashboard.internal.web;

import io.lazuli.dashboard.internal.json.Json;
import io.lazuli.dashboard.internal.model.RunModel;
import io.lazuli.graph.error.LazuliException;
import io.lazuli.scheduler.event.EventBlock;
import io.lazuli.scheduler.event.EventCursor;
import io.lazuli.scheduler.event.Replay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// One replay for one reader: up to a place at once, from there in time.
final class Playback implements Feed {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Replay replay;
    private final Optional<String> trouble;
    private final long length;
    private final long from;
    private final double speed;
    private final RunModel model = new RunModel();
    private final Messages messages;
    /// The reader has been told all; from then on the record plays.
    private boolean playing;
    private long startNanos;
    private long toldNanos;

    /// @param length when the record ends
    /// @param from   where it starts to play
    /// @param speed  seconds of the record in a second; with 0 it stands where it starts
    Playback(Replay replay, Optional<String> trouble, long length, long from, double speed) {
        this.replay = replay;
        this.trouble = trouble;
        this.length = length;
        this.from = from;
        this.speed = speed;
        this.messages = new Messages(model, replay.opened());
    }

    /// Ends the walk over the log.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        Stopped(Throwable cause) {
            super(cause);
        }
    }

    @Override
    public void writeTo(Sink reader) throws IOException, InterruptedException {
        try {
            replay.to(block -> play(block, reader));
        } catch (LazuliException e) {
            // A damaged log: the notice says so.
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (Stopped e) {
            if (e.getCause() instanceof InterruptedException interruption) {
                throw interruption;
            }
        }
        start(reader);
        tell(reader, true);
    }

    private void play(EventBlock block, Sink reader) {
        EventCursor event = block.cursor();
        try {
            if (event.next() && event.nanos() > from) {
                await(event.nanos(), reader);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new Stopped(e);
        }
        model.accept(block);
    }

    /// Tells of what there is until it is time for what happened at `nanos`.
    private void await(long nanos, Sink reader) throws IOException, InterruptedException {
        start(reader);
        if (speed == 0) {
            throw new Stopped(new IllegalStateException("it stands"));
        }
        while (clock() < nanos) {
            TimeUnit.NANOSECONDS.sleep(Math.min((long) ((nanos - clock()) / speed) + 1, PERIOD_NANOS));
            if (System.nanoTime() - toldNanos >= PERIOD_NANOS) {
                tell(reader, false);
            }
        }
    }

    private void start(Sink reader) throws IOException {
        if (!playing) {
            playing = true;
            startNanos = System.nanoTime();
            messages.changes(moment(false));
            write(messages.all(moment(false)), reader);
        }
    }

    private void tell(Sink reader, boolean isDone) throws IOException {
        write(messages.changes(moment(isDone)), reader);
    }

    private void write(Json message, Sink reader) throws IOException {
        reader.write(Messages.event(message));
        toldNanos = System.nanoTime();
    }

    private Messages.Moment moment(boolean isDone) {
        return new Messages.Moment(clock(), trouble, Optional.of(new Messages.Position(length, speed, isDone)));
    }

    private long clock() {
        return Math.min(length, from + (long) ((System.nanoTime() - startNanos) * speed));
    }
}
