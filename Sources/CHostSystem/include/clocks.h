/// Clocks.
#pragma once

#include <stdint.h>

/// CLOCK_BOOTTIME: since the boot, time of suspension included.
int64_t bf_boottime_nanoseconds(void);
/// CLOCK_REALTIME: since 1970.
int64_t bf_wall_nanoseconds(void);
/// Whether the kernel knows the wall clock to be kept right by another one: 1, 0, or -1 with errno where it does not tell.
int bf_wall_is_synchronised(void);
