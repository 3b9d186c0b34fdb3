/// Waiting for a flock with a limit of time.
#pragma once

#include <stdint.h>

/// Waits in the kernel's queue for the lock (`operation` is LOCK_SH or LOCK_EX), at most `milliseconds`.
/// Fails with ETIMEDOUT when the time is over. A per-thread timer's signal (SIGRTMAX - 3) ends the wait.
int bf_flock_wait(int descriptor, int operation, int64_t milliseconds);
