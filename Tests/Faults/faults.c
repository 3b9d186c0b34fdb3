/// Preloaded into the tools, this library makes one of their system calls fail, or kills the tool there.
///
/// BF_FAULT=CALL:N:ACTION, where CALL is write, fsync, rename, link, unlink, open or spawn, N counts the calls of a process from 1
/// (`3+` means the third and all after it) and ACTION is one of
///
///     ENOSPC EIO EMFILE EAGAIN   the call does nothing and fails so
///     NONE                       nothing; to count calls
///     KILL                       SIGKILL just before the call
///     TORN                       SIGKILL in the middle: half of a write is done
///     DONE                       SIGKILL just after the call
///
/// Only writes into files count, with what else changes a file's bytes; and standard output. Whoever meets a fault appends a line to the
/// file BF_FAULT_REPORT first, so that a loop over N knows when it has seen every call. Programs whose name does not begin with bf- are
/// left alone: jobs and sandboxes may inherit the environment.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum action { NOTHING, FAIL, KILL_BEFORE, KILL_BETWEEN, KILL_AFTER };

static char wanted_call[16];
static long wanted_number;
static bool wants_all_after;
static enum action action;
static int wanted_error;
static const char *report_path;
static atomic_long calls;

static int error_named(const char *name) {
    if (strcmp(name, "ENOSPC") == 0) return ENOSPC;
    if (strcmp(name, "EMFILE") == 0) return EMFILE;
    if (strcmp(name, "EAGAIN") == 0) return EAGAIN;
    return EIO;
}

static enum action action_named(const char *name) {
    if (strcmp(name, "NONE") == 0) return NOTHING;
    if (strcmp(name, "KILL") == 0) return KILL_BEFORE;
    if (strcmp(name, "TORN") == 0) return KILL_BETWEEN;
    if (strcmp(name, "DONE") == 0) return KILL_AFTER;
    return FAIL;
}

__attribute__((constructor)) static void read_wish(void) {
    const char *text = getenv("BF_FAULT");
    if (!text || strncmp(program_invocation_short_name, "bf-", 3) != 0) return;
    char plus[2] = "", name[16] = "";
    if (sscanf(text, "%15[a-z]:%ld:%15[A-Z]", wanted_call, &wanted_number, name) < 3 &&
        sscanf(text, "%15[a-z]:%ld%1[+]:%15[A-Z]", wanted_call, &wanted_number, plus, name) < 4) {
        fprintf(stderr, "BF_FAULT=%s is not CALL:N:ACTION\n", text);
        _exit(64);
    }
    wants_all_after = plus[0] == '+';
    action = action_named(name);
    wanted_error = error_named(name);
    report_path = getenv("BF_FAULT_REPORT");
}

static void report(const char *call, long number) {
    if (!report_path) return;
    char line[128];
    int length = snprintf(line, sizeof line, "%s %s %ld\n", program_invocation_short_name, call, number);
    int file = (int)syscall(SYS_openat, AT_FDCWD, report_path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return;
    syscall(SYS_write, file, line, (size_t)length);
    syscall(SYS_close, file);
}

static void die(void) {
    syscall(SYS_kill, syscall(SYS_getpid), SIGKILL);
    for (;;) pause();
}

/// Whether this call is the one; if it is to fail, errno says how.
static bool is_hit(const char *call) {
    if (wanted_number == 0 || strcmp(call, wanted_call) != 0) return false;
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (number != wanted_number && !(wants_all_after && number > wanted_number)) return false;
    report(call, number);
    if (action == KILL_BEFORE) die();
    if (action == FAIL) errno = wanted_error;
    return action != NOTHING;
}

/// A call that is done or not: `fails` decides about it, `call` does it.
#define GUARDED(name, failure, call)                \
    do {                                            \
        bool hit = is_hit(name);                    \
        if (hit && action == FAIL) return failure;  \
        __typeof__(call) result = (call);           \
        if (hit) die();                             \
        return result;                              \
    } while (0)

static bool counts(int descriptor) {
    struct stat status;
    int error = errno;
    bool is_file = descriptor == STDOUT_FILENO || (fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode));
    errno = error;
    return is_file;
}

static bool is_written(int descriptor) { return counts(descriptor) && is_hit("write"); }

static size_t part(size_t count, bool hit) { return hit && action == KILL_BETWEEN ? count / 2 : count; }

ssize_t write(int descriptor, const void *bytes, size_t count) {
    bool hit = is_written(descriptor);
    if (hit && action == FAIL) return -1;
    ssize_t written = syscall(SYS_write, descriptor, bytes, part(count, hit));
    if (hit) die();
    return written;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    bool hit = is_written(descriptor);
    if (hit && action == FAIL) return -1;
    ssize_t written = syscall(SYS_pwrite64, descriptor, bytes, part(count, hit), offset);
    if (hit) die();
    return written;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) { return pwrite64(descriptor, bytes, count, offset); }

ssize_t sendfile(int target, int source, off_t *offset, size_t count) {
    bool hit = is_written(target);
    if (hit && action == FAIL) return -1;
    ssize_t sent = syscall(SYS_sendfile, target, source, offset, part(count, hit));
    if (hit) die();
    return sent;
}

ssize_t copy_file_range(int source, off64_t *from, int target, off64_t *to, size_t count, unsigned flags) {
    bool hit = is_written(target);
    if (hit && action == FAIL) return -1;
    ssize_t copied = syscall(SYS_copy_file_range, source, from, target, to, part(count, hit), flags);
    if (hit) die();
    return copied;
}

int ftruncate64(int descriptor, off64_t length) { GUARDED("write", -1, (int)syscall(SYS_ftruncate, descriptor, length)); }
int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

int fsync(int descriptor) { GUARDED("fsync", -1, (int)syscall(SYS_fsync, descriptor)); }
int syncfs(int descriptor) { GUARDED("fsync", -1, (int)syscall(SYS_syncfs, descriptor)); }
int fdatasync(int descriptor) { GUARDED("fsync", -1, (int)syscall(SYS_fdatasync, descriptor)); }

int renameat2(int folder, const char *path, int new_folder, const char *new_path, unsigned flags) {
    GUARDED("rename", -1, (int)syscall(SYS_renameat2, folder, path, new_folder, new_path, flags));
}
int renameat(int folder, const char *path, int new_folder, const char *new_path) {
    return renameat2(folder, path, new_folder, new_path, 0);
}
int rename(const char *path, const char *new_path) { return renameat2(AT_FDCWD, path, AT_FDCWD, new_path, 0); }

int linkat(int folder, const char *path, int new_folder, const char *new_path, int flags) {
    GUARDED("link", -1, (int)syscall(SYS_linkat, folder, path, new_folder, new_path, flags));
}
int link(const char *path, const char *new_path) { return linkat(AT_FDCWD, path, AT_FDCWD, new_path, 0); }

int unlinkat(int folder, const char *path, int flags) { GUARDED("unlink", -1, (int)syscall(SYS_unlinkat, folder, path, flags)); }
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

static int open_at(int folder, const char *path, int flags, mode_t mode) {
    GUARDED("open", -1, (int)syscall(SYS_openat, folder, path, flags, mode));
}

#define MODE_AFTER(flags, last)                              \
    mode_t mode = 0;                                         \
    if ((flags) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) {  \
        va_list list;                                        \
        va_start(list, last);                                \
        mode = va_arg(list, mode_t);                         \
        va_end(list);                                        \
    }

int openat64(int folder, const char *path, int flags, ...) {
    MODE_AFTER(flags, flags)
    return open_at(folder, path, flags, mode);
}
int openat(int folder, const char *path, int flags, ...) {
    MODE_AFTER(flags, flags)
    return open_at(folder, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    MODE_AFTER(flags, flags)
    return open_at(AT_FDCWD, path, flags, mode);
}
int open(const char *path, int flags, ...) {
    MODE_AFTER(flags, flags)
    return open_at(AT_FDCWD, path, flags, mode);
}

/// A spawn may be a clone3 without a function of the C library; but each one begins with a stack for the child and ends with its return.
static _Atomic(void *) stack_of_hit;

void *mmap(void *address, size_t length, int protection, int flags, int descriptor, off_t offset) {
    bool hit = (flags & MAP_STACK) && protection == (PROT_READ | PROT_WRITE) && is_hit("spawn");
    if (hit && action == FAIL) return MAP_FAILED;
    void *memory = (void *)syscall(SYS_mmap, address, length, protection, flags, descriptor, offset);
    if (hit) stack_of_hit = memory;
    return memory;
}

int munmap(void *address, size_t length) {
    if (address && address == stack_of_hit) die();
    return (int)syscall(SYS_munmap, address, length);
}
