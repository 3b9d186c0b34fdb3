#define _GNU_SOURCE
#include "include/locks.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "include/clocks.h"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

static pthread_once_t once = PTHREAD_ONCE_INIT;

static int wake_signal(void) { return SIGRTMAX - 3; }

static void do_nothing(int signal) { (void)signal; }

/// Without SA_RESTART: the handler's only purpose is that flock returns.
static void install_handler(void) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = do_nothing;
    sigaction(wake_signal(), &action, NULL);
}

/// The timer repeats, because its first signal may come just before the thread sleeps in flock.
static int start_timer(timer_t *timer, int64_t milliseconds) {
    struct sigevent event;
    memset(&event, 0, sizeof event);
    event.sigev_notify = SIGEV_THREAD_ID;
    event.sigev_signo = wake_signal();
    event.sigev_notify_thread_id = gettid();
    if (timer_create(CLOCK_BOOTTIME, &event, timer) < 0) return -1;
    struct itimerspec times = {
        .it_value = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000 + 1},
        .it_interval = {.tv_nsec = 10 * 1000000},
    };
    return timer_settime(*timer, 0, &times, NULL);
}

static int wait_until(int descriptor, int operation, int64_t deadline) {
    while (flock(descriptor, operation) < 0) {
        if (errno != EINTR) return -1;
        if (bf_boottime_nanoseconds() < deadline) continue;
        errno = ETIMEDOUT;
        return -1;
    }
    return 0;
}

int bf_flock_wait(int descriptor, int operation, int64_t milliseconds) {
    pthread_once(&once, install_handler);
    int64_t deadline = bf_boottime_nanoseconds() + milliseconds * 1000000;
    timer_t timer;
    if (start_timer(&timer, milliseconds) < 0) return -1;

    sigset_t wake, before;
    sigemptyset(&wake);
    sigaddset(&wake, wake_signal());
    pthread_sigmask(SIG_UNBLOCK, &wake, &before);
    int outcome = wait_until(descriptor, operation, deadline);
    int error = errno;
    /* The timer ends before the mask returns, so that no late signal interrupts another call of the thread. */
    timer_delete(timer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return outcome;
}
