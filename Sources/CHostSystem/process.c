#define _GNU_SOURCE
#include "include/process.h"

#include <errno.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

int bf_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

int bf_pidfd_send_signal(int pidfd, int signal) { return (int)syscall(SYS_pidfd_send_signal, pidfd, signal, NULL, 0); }

static uint64_t microseconds(struct timeval time) { return (uint64_t)time.tv_sec * 1000000 + (uint64_t)time.tv_usec; }

/// The raw call, because the C library's waitid leaves out the usage.
int bf_wait(int pidfd, struct bf_exit *result) {
    siginfo_t information;
    struct rusage usage;
    if (syscall(SYS_waitid, P_PIDFD, pidfd, &information, WEXITED, &usage) < 0) return -1;
    result->status = information.si_status;
    result->signalled = information.si_code != CLD_EXITED;
    result->user_microseconds = microseconds(usage.ru_utime);
    result->system_microseconds = microseconds(usage.ru_stime);
    result->maximum_resident_kibibytes = (uint64_t)usage.ru_maxrss;
    return 0;
}

const char *bf_error_text(int code) {
    const char *text = strerrordesc_np(code);
    return text ? text : "Unknown error";
}

int bf_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int bf_processor_count(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) return CPU_COUNT(&set);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online < 1 ? 1 : (int)online;
}
