package io.lazuli.scheduler.internal.store;

/// The results that may be spilled, oldest first: a linked list through the results themselves, so that adding and removing
/// one costs nothing. Thread-safe.
final class ColdestFirst {
    private StoredResult coldest;
    private StoredResult warmest;

    synchronized void add(StoredResult result) {
        if (result.isGone || result.isListed) {
            return;
        }
        result.isListed = true;
        result.colder = warmest;
        if (warmest == null) {
            coldest = result;
        } else {
            warmest.warmer = result;
        }
        warmest = result;
    }

    /// Puts a result back that was taken by [#poll].
    synchronized void putBack(StoredResult result) {
        if (result.isGone || result.isListed) {
            return;
        }
        result.isListed = true;
        result.warmer = coldest;
        if (coldest == null) {
            warmest = result;
        } else {
            coldest.colder = result;
        }
        coldest = result;
    }

    /// Takes the coldest off the list; null if it is empty.
    synchronized StoredResult poll() {
        StoredResult result = coldest;
        if (result != null) {
            remove(result);
        }
        return result;
    }

    synchronized void remove(StoredResult result) {
        if (!result.isListed) {
            return;
        }
        result.isListed = false;
        if (result.colder == null) {
            coldest = result.warmer;
        } else {
            result.colder.warmer = result.warmer;
        }
        if (result.warmer == null) {
            warmest = result.colder;
        } else {
            result.warmer.colder = result.colder;
        }
        result.colder = null;
        result.warmer = null;
    }
}
