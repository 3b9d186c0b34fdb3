#define _GNU_SOURCE
#include "include/signals.h"
#include "spawner.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

static sigset_t unpacked(uint64_t bits) {
    sigset_t set;
    sigemptyset(&set);
    for (int signal = 1; signal < NSIG; signal++)
        if (bits >> (signal - 1) & 1) sigaddset(&set, signal);
    return set;
}

static uint64_t packed(const sigset_t *set) {
    uint64_t bits = 0;
    for (int signal = 1; signal < NSIG; signal++)
        if (sigismember(set, signal) == 1) bits |= (uint64_t)1 << (signal - 1);
    return bits;
}

static int change_mask(int how, uint64_t bits, uint64_t *before) {
    sigset_t set = unpacked(bits), old;
    int error = pthread_sigmask(how, &set, &old);
    if (error != 0) {
        errno = error;
        return -1;
    }
    if (before) *before = packed(&old);
    return 0;
}

int bf_signals_block(uint64_t set, uint64_t *before) { return change_mask(SIG_BLOCK, set, before); }

int bf_signals_set_mask(uint64_t mask) { return change_mask(SIG_SETMASK, mask, NULL); }

static int dispose(int signal, void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    return sigaction(signal, &action, NULL);
}

static _Atomic uint64_t ignored = (uint64_t)1 << (SIGPIPE - 1);
static pthread_once_t ignored_once = PTHREAD_ONCE_INIT;

/// The raw call, because the C library hides two signals of its own. The kernel's structure begins with the handler.
static void find_ignored(void) {
    for (int signal = 1; signal < NSIG; signal++) {
        uint64_t action[8] = {0};
        long outcome = syscall(SYS_rt_sigaction, signal, NULL, action, sizeof(uint64_t));
        if (outcome == 0 && action[0] == (uint64_t)(uintptr_t)SIG_IGN) ignored |= (uint64_t)1 << (signal - 1);
    }
}

uint64_t bf_ignored_signals(void) {
    pthread_once(&ignored_once, find_ignored);
    return ignored;
}

int bf_signal_ignore(int signal) {
    if (dispose(signal, SIG_IGN) < 0) return -1;
    ignored |= (uint64_t)1 << (signal - 1);
    return 0;
}

int bf_signal_default(int signal) { return dispose(signal, SIG_DFL); }

int bf_signal_descriptor(uint64_t bits) {
    sigset_t set = unpacked(bits);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int bf_signal_read(int descriptor) {
    struct signalfd_siginfo information;
    ssize_t length = read(descriptor, &information, sizeof information);
    return length < 0 ? -1 : (int)information.ssi_signo;
}

const char *bf_signal_name(int signal) { return sigabbrev_np(signal); }
