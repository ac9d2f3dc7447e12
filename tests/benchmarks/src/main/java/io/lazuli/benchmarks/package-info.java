/// Benchmarks of single parts of the engine. CONTRIBUTING.md says how to run them, `results` what came out.
@NullMarked
package io.lazuli.benchmarks;

import org.jspecify.annotations.NullMarked;
