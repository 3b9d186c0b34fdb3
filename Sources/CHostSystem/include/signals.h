/// Signal masks, dispositions and signal descriptors. A set is a bit mask: signal n is bit n - 1, as in /proc/PID/status.
#pragma once

#include <stdint.h>

/// Blocks the signals of `set` in the calling thread, and writes the mask from before to `before`.
int bf_signals_block(uint64_t set, uint64_t *before);
/// Sets the calling thread's mask.
int bf_signals_set_mask(uint64_t mask);
/// Ignores a signal, or gives it back its default disposition.
int bf_signal_ignore(int signal);
int bf_signal_default(int signal);
/// A non-blocking descriptor that becomes readable when a signal of `set` is pending.
int bf_signal_descriptor(uint64_t set);
/// The number of the next pending signal; fails with EAGAIN when there is none.
int bf_signal_read(int descriptor);
/// The signal's name without SIG, NULL for one without a name.
const char *bf_signal_name(int signal);
