/// Processes held by a descriptor, so that a reused process id never hits the wrong one.
#pragma once

#include <stdint.h>
#include <sys/types.h>

/// How a child ended and what it used.
struct bf_exit {
    /// Exit code, or the signal's number where `signalled` is not 0.
    int status;
    int signalled;
    uint64_t user_microseconds;
    uint64_t system_microseconds;
    uint64_t maximum_resident_kibibytes;
};

/// A close-on-exec descriptor of a process.
int bf_pidfd_open(pid_t pid);
/// Sends a signal; 0 only asks whether that would be possible.
int bf_pidfd_send_signal(int pidfd, int signal);

/// Waits for the child to end and reaps it.
int bf_wait(int pidfd, struct bf_exit *result);

/// The text of an error code; never fails and is safe in every thread.
const char *bf_error_text(int code);

/// A nameless file in memory, close-on-exec. `name` is seen in /proc only.
int bf_memory_file(const char *name);

/// The number of processors the calling thread may run on.
int bf_processor_count(void);
