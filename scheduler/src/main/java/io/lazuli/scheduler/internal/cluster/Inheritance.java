package io.lazuli.scheduler.internal.cluster;

import io.lazuli.scheduler.internal.code.CodeHash;
import io.lazuli.scheduler.internal.code.CodeStore;
import io.lazuli.scheduler.internal.core.JobPlan;
import io.lazuli.scheduler.internal.membership.JournalContent;
import io.lazuli.scheduler.internal.membership.JournalSource;
import io.lazuli.scheduler.internal.wire.CodePiece;
import io.lazuli.scheduler.internal.wire.JobSpec;
import io.lazuli.scheduler.internal.wire.JournalFact;
import io.lazuli.scheduler.internal.wire.Wire;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the journal has for a new leader. Ownership: who reads it closes the code.
///
/// @param jobs    that can go on, in the order of their ids, so that none starts from the results of one behind it
/// @param code    that they need, and that this scheduler did not have
/// @param bundles those that stand in the journal and are of use, with their bytes
/// @param useless names of what else stands there
record Inheritance(List<JournalledJob> jobs, IncomingCode code, Map<String, Long> bundles, List<String> useless) {
    private static final System.Logger LOG = System.getLogger(Inheritance.class.getName());

    /// Of a leader that nobody was before.
    static Inheritance nothing(CodeStore store) {
        return new Inheritance(List.of(), new IncomingCode(store), Map.of(), List.of());
    }

    /// Reads all of it. What is damaged is left out and logged, as is all if the journal cannot be read: those jobs go on when their
    /// clients come.
    ///
    /// **Cost**: some requests for each job and each bundle; of a bundle, twice its bytes of heap.
    static Inheritance of(JournalSource journal, CodeStore store) {
        Reading reading = new Reading(journal, store);
        long start = System.nanoTime();
        try {
            Inheritance all = reading.read();
            if (!all.jobs.isEmpty() || !all.useless.isEmpty()) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "took {0} jobs and {1} bundles of code over from the journal in {2} ms; {3} entries are of no use",
                        all.jobs.size(), all.bundles.size(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                        all.useless.size());
            }
            return all;
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "The journal cannot be read. Jobs go on when their clients come to this scheduler", e);
            reading.code.close();
            return nothing(store);
        }
    }

    private static final class Reading {
        private final JournalSource journal;
        private final IncomingCode code;
        private final Map<Long, JournalledJob> jobs = new TreeMap<>();
        /// Bundles that were wanted: the bytes of those that can be had, nothing for others.
        private final Map<String, Optional<Long>> bundles = new LinkedHashMap<>();
        private final List<String> useless = new ArrayList<>();

        Reading(JournalSource journal, CodeStore store) {
            this.journal = journal;
            this.code = new IncomingCode(store);
        }

        Inheritance read() {
            List<String> names = journal.jobs();
            names.stream().filter(name -> JournalNames.bundle(name).isEmpty()).forEach(this::tryRead);
            for (JournalledJob job : List.copyOf(jobs.values())) {
                if (!hasKeepers(job) || !hasCode(job)) {
                    jobs.remove(job.id());
                    useless.add(JournalNames.ofJob(job.id()));
                }
            }
            Map<String, Long> found = new LinkedHashMap<>();
            bundles.forEach((hash, bytes) -> bytes.filter(some -> some > 0).ifPresent(some -> found.put(hash, some)));
            names.stream()
                    .filter(name -> JournalNames.bundle(name).filter(hash -> !found.containsKey(hash)).isPresent())
                    .forEach(useless::add);
            return new Inheritance(List.copyOf(jobs.values()), code, Map.copyOf(found), List.copyOf(useless));
        }

        private void tryRead(String name) {
            try {
                JournalledJob job = job(name);
                if (job.taken().cardinality() < partitionCount(job.spec())) {
                    jobs.put(job.id(), job);
                    return;
                }
            } catch (RuntimeException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Job {0} in the journal cannot be read, and goes on when its client comes: {1}", name, e);
            }
            useless.add(name);
        }

        private JournalledJob job(String name) {
            @Nullable JobSpec spec = null;
            BitSet taken = new BitSet();
            for (byte[] bytes : facts(name)) {
                switch (fact(bytes)) {
                    case JournalFact.Runs runs -> {
                        spec = runs.job();
                        taken = BitSet.valueOf(runs.taken());
                    }
                    case JournalFact.Took took -> Arrays.stream(took.partitions()).forEach(taken::set);
                    case JournalFact.Code _ -> throw new IllegalStateException("code stands where a job should");
                }
            }
            return new JournalledJob(Long.parseLong(name), Objects.requireNonNull(spec, "there is no spec"), taken);
        }

        private List<byte[]> facts(String name) {
            JournalContent content = journal.read(name);
            return Stream.concat(content.checkpoint().stream(), content.facts().stream()).toList();
        }

        private static JournalFact fact(byte[] bytes) {
            return (JournalFact) Wire.decode(ByteBuffer.wrap(bytes));
        }

        private static int partitionCount(JobSpec spec) {
            return spec.graph().skeleton().outputLayer().partitionCount();
        }

        /// In the order of ids, so that a job goes with those that it starts from.
        private boolean hasKeepers(JournalledJob job) {
            boolean isWhole = job.spec().held().values().stream().map(JobPlan.Held::keeper).allMatch(jobs::containsKey);
            if (!isWhole) {
                leftOut(job, "what it starts from is not kept any more");
            }
            return isWhole;
        }

        private boolean hasCode(JournalledJob job) {
            Optional<String> lacking = job.spec().bundles().stream()
                    .filter(hash -> bundles.computeIfAbsent(hash, this::bundle).isEmpty())
                    .findFirst();
            lacking.ifPresent(hash -> leftOut(job, "its code " + hash + " cannot be had"));
            return lacking.isEmpty();
        }

        /// Puts a bundle into the store. Returns its bytes in the journal, 0 if it is here already, or nothing if it cannot be had.
        private Optional<Long> bundle(String hash) {
            if (code.lacking(List.of(new CodeHash(hash))).isEmpty()) {
                return Optional.of(0L);
            }
            try {
                List<byte[]> facts = facts(JournalNames.ofBundle(hash));
                if (facts.isEmpty() || !piece(facts.getLast()).isLast()) {
                    return Optional.empty();
                }
                facts.forEach(bytes -> code.accept(piece(bytes)));
                code.checkTaken(List.of(hash));
                return Optional.of(facts.stream().mapToLong(bytes -> bytes.length).sum());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "Code {0} in the journal cannot be read: {1}", hash, e);
                return Optional.empty();
            }
        }

        private static CodePiece piece(byte[] bytes) {
            return ((JournalFact.Code) fact(bytes)).piece();
        }

        private static void leftOut(JournalledJob job, String why) {
            LOG.log(
                    System.Logger.Level.WARNING, "Job ''{0}'' of the journal goes on when its client comes: {1}",
                    job.spec().options().name(), why);
        }
    }
}
