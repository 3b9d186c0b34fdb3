#define _GNU_SOURCE
#include "include/clocks.h"

#include <sys/timex.h>
#include <time.h>

static int64_t nanoseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t bf_boottime_nanoseconds(void) { return nanoseconds(CLOCK_BOOTTIME); }

int64_t bf_wall_nanoseconds(void) { return nanoseconds(CLOCK_REALTIME); }

int bf_wall_is_synchronised(void) {
    struct timex state = {.modes = 0};
    if (adjtimex(&state) < 0) return -1;
    return (state.status & STA_UNSYNC) == 0;
}
