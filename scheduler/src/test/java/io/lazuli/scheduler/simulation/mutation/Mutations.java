package io.lazuli.scheduler.simulation.mutation;

import io.lazuli.scheduler.simulation.mutation.Change.DropCall;
import io.lazuli.scheduler.simulation.mutation.Change.Ignore;
import io.lazuli.scheduler.simulation.mutation.Change.IgnoreAt;
import io.lazuli.scheduler.simulation.mutation.Change.Invert;
import io.lazuli.scheduler.simulation.mutation.Change.Replace;
import io.lazuli.scheduler.simulation.mutation.Change.Return;
import java.lang.classfile.Opcode;
import java.util.List;

/// Bugs that the simulation must find. Each is one wrong instruction in one method.
final class Mutations {
    /// Of the scheduler's core.
    static final List<Mutation> SCHEDULER = List.of(
            new Mutation("forgetsToReleaseAfterLastUse", "core.Production", "use", 2, new DropCall("release")),
            new Mutation("releasesBeforeTheClientHasTaken", "core.JobAdmission", "count", new Replace(1, 0)),
            new Mutation("acceptsResultsOfOldAttempts", "core.Production", "isCurrent", new Return(1)),
            new Mutation("ignoresIncarnation", "core.Membership", "speaker", new Ignore("incarnation", false)),
            new Mutation("doesNotReviveReleasedInputs", "core.Recovery", "useAgain", new DropCall("runAgain")),
            new Mutation("doesNotStallConsumersOfLostResults", "core.Recovery", "stall", new Return(0)),
            new Mutation("doesNotReopenBarriers", "core.Recovery", "runAgain", new Ignore("isComplete", true)),
            new Mutation("doesNotReopenJobs", "core.Recovery", "runAgain", new DropCall("reopenJob")),
            new Mutation("doesNotWithdrawLostOutputs", "core.Recovery", "runAgain", new DropCall("withdrawResult")),
            new Mutation("repeatsAttemptNumbers", "core.Recovery", "takeBack", new Replace(1, 0)),
            new Mutation("keepsLeasesOfDeadWorkers", "core.Membership", "lose", new DropCall("takeBack")),
            new Mutation("keepsResultsOfDeadWorkers", "core.Membership", "lose", new DropCall("loseResultsOf")),
            new Mutation("leasesToDeadWorkers", "core.Membership", "lose", new DropCall("forget")),
            new Mutation("doesNotDismiss", "core.EffectBuffer", "dismissWorker", new DropCall("add")),
            new Mutation("keepsLeasesOfSuspects", "core.Membership", "suspect", new DropCall("takeBack")),
            new Mutation("neverEvicts", "core.Membership", "timePassed", new Ignore("evictNanos", true)),
            new Mutation("doesNotSayWhoIsDeadly", "core.Recovery", "blame", new DropCall("reportDeadly")),
            new Mutation("neverIsolatesSuspects", "core.Recovery", "blame", new DropCall("set")),
            new Mutation("leasesBesideTheIsolated", "core.Assignment", "workerFor", new Ignore("isolated", false)),
            new Mutation("doesNotLocateInputs", "core.Assignment", "lease", new DropCall("locateInputs")),
            new Mutation("forgetsCopies", "core.Production", "releaseCopies", new Ignore("mayBeCopiedBy", true)),
            new Mutation("ignoresRestrictions", "core.Assignment", "mayRun", new Return(1)),
            new Mutation("losesRowsUnnoticed", "core.Production", "losesRows", new Return(0)),
            new Mutation("doesNotAdoptWhatExpansionsMade", "core.Expansions", "adopt", new DropCall("adoptResult")),
            new Mutation("doesNotRestartExpansions", "core.Recovery", "restart", new DropCall("cancelled")),
            new Mutation("doesNotSayWhatIsAdopted", "core.JobAdmission", "hold", new DropCall("adoptResult")),
            new Mutation("startsFromKeptResultsThatAreLost", "core.JobAdmission", "kept", new Ignore("status", true)),
            new Mutation("restoresWhatIsKept", "core.JobAdmission", "kept", new Return(-1)),
            new Mutation("doesNotRestoreWhatIsNotKept", "core.JobAdmission", "restore", new DropCall("restore")),
            new Mutation("doesNotRestoreWhatIsLost", "core.Recovery", "await", new DropCall("restore")),
            new Mutation("forgetsWhoWaitsForKeepers", "core.Production", "produced", new DropCall("produced")),
            new Mutation("waitsForKeepersThatStopped", "core.SchedulerCore", "stop", new DropCall("stopped")),
            new Mutation("doesNotSayWhatHeirsAdopt", "core.Heirs", "adopt", new DropCall("adoptResult")),
            new Mutation("restoresWhatIsBeingMade", "core.Heirs", "inTheMaking", new Return(-1)),
            new Mutation("forgetsThatFinishedJobsLose", "core.Recovery", "lose", new DropCall("move")),
            new Mutation("neverReleasesKeptResults", "core.SchedulerCore", "releaseHeld", new DropCall("releaseHeld")),
            new Mutation("countsRetriesTwice", "core.Production", "failed", new Replace(1, 2)),
            new Mutation("leasesToThoseWhoLeave", "core.Departures", "begin", new DropCall("forget")),
            new Mutation("handsNothingOver", "core.Departures", "advance", new DropCall("handOver")),
            new Mutation("tellsNobodyWhereResultsWent", "core.Departures", "kept", new DropCall("redirect")),
            new Mutation("offersWhereNobodyIs", "core.Departures", "kept", new DropCall("offerResult")),
            new Mutation("leaksRanges", "core.SchedulerCore", "forgetIfEmpty", new DropCall("forgetJob")));

    /// Of the workers' core.
    static final List<Mutation> WORKER = List.of(
            new Mutation("startsBeforeInputsAreHere", "worker.Copies", "block", new Return(0)),
            new Mutation("neverAsksAgain", "worker.Copies", "retry", new DropCall("fetch")),
            new Mutation("keepsCopiesNobodyReads", "worker.Copies", "drop", new DropCall("dropResult")),
            new Mutation("dropsCopiesThatOthersRead", "worker.Copies", "dropIfUnused", new Ignore("isEmpty", false)),
            new Mutation("keepsResultsOfForgottenJobs", "worker.WorkerCore", "forgotten", new DropCall("dropResult")),
            new Mutation("keepsLeasesOfStoppedJobs", "worker.WorkerCore", "giveBackUnstarted",
                    new DropCall("taskReturned")),
            new Mutation("losesDeferredTasks", "worker.WorkerCore", "putOff", new DropCall("add")),
            new Mutation("runsOthersBesideWhatIsAlone", "worker.WorkerCore", "dispatch",
                    new Ignore("aloneThread", false)),
            new Mutation("neverGivesThreadsUp", "worker.WorkerCore", "sighted", new DropCall("abandonThread")),
            new Mutation("miscountsWhatItAskedFor", "worker.WorkerCore", "leased",
                    new Invert(Opcode.ISUB, Opcode.IADD)),
            new Mutation("claimsToHoldWhatIsGone", "worker.WorkerCore", "lost", new DropCall("resultLost")),
            new Mutation("dropsReleasedResultsNever", "worker.WorkerCore", "released", new DropCall("dropResult")),
            new Mutation("takesCopiesThatComeLate", "worker.Copies", "awaits", new Return(1)),
            new Mutation("dropsResultsOfOtherAttempts", "compute.KeptAttempts$ByTask", "remove",
                    new IgnoreAt(1, false)),
            new Mutation("asksForMoreWhileItLeaves", "worker.WorkerCore", "dispatch", new Ignore("isLeaving", false)),
            new Mutation("doesNotSayWhatItKeeps", "worker.WorkerCore", "own", new DropCall("resultKept")),
            new Mutation("dropsWhatItWasEntrusted", "worker.Copies", "arrived", new Ignore("isEntrusted", true)),
            new Mutation("staysAfterDismissal", "worker.WorkerCore", "order", new DropCall("rejoin")));

    /// Of the session between them.
    static final List<Mutation> SESSION = List.of(
            new Mutation("hearsWhatOldSessionsSay", "session.Session", "receive", new Ignore("equals", true)),
            new Mutation("deliversTwice", "session.Session", "keep", new IgnoreAt(1, false)),
            new Mutation("neverSendsAgain", "session.Session", "resend", new DropCall("pack")),
            new Mutation("acknowledgesNothing", "session.Session", "deliver", new Replace(1, 0)),
            new Mutation("deliversWithGaps", "session.Session", "deliver", new Replace(1, 2)));

    private Mutations() {}
}
