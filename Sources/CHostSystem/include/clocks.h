/// Clocks.
#pragma once

#include <stdint.h>

/// CLOCK_BOOTTIME: since the boot, time of suspension included.
int64_t bf_boottime_nanoseconds(void);
/// CLOCK_REALTIME: since 1970.
int64_t bf_wall_nanoseconds(void);
