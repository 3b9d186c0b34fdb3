/// Preloaded into the tools, this library writes down what they change below the folder BF_RECORD_ROOT and when they wait for the disk, in the
/// order in which it happens: a line an operation, appended to the file BF_RECORD. Fields are separated by tabs, bytes are hexadecimal.
///
///     write PATH OFFSET BYTES    truncate PATH SIZE     create PATH    folder PATH    rename PATH PATH    link PATH PATH    remove PATH
///     sync THREAD PATH           synced THREAD PATH     what was written before the first of the two is on the disk after the second;
///                                                       the path * stands for all files
///     told - BYTES               standard output
///
/// An operation is written down after it has happened, and what is told before it is told. Scratch of jobs, locks and the shared memory of
/// SQLite are left out: nothing of them is needed after a power cut.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char root[PATH_MAX];
static size_t root_length;
static int record = -1;

__attribute__((constructor)) static void begin(void) {
    const char *folder = getenv("BF_RECORD_ROOT"), *path = getenv("BF_RECORD");
    if (!folder || !path || strncmp(program_invocation_short_name, "bf-", 3) != 0) return;
    root_length = (size_t)snprintf(root, sizeof root, "%s/", folder);
    int file = (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    // Out of the way of descriptors that are given on by number.
    record = fcntl(file, F_DUPFD_CLOEXEC, 900);
    syscall(SYS_close, file);
}

static bool ends_with(const char *text, const char *end) {
    size_t length = strlen(text), part = strlen(end);
    return length >= part && strcmp(text + length - part, end) == 0;
}

/// The path below the root; null for what is left out.
static const char *below(const char *path) {
    if (strncmp(path, root, root_length) != 0) return strncmp(path, root, root_length - 1) == 0 && strlen(path) == root_length - 1 ? "." : NULL;
    const char *rest = path + root_length;
    if (strncmp(rest, "work", 4) == 0 || ends_with(rest, ".lock") || ends_with(rest, "-shm") || strcmp(rest, "doorbell") == 0) return NULL;
    return rest;
}

static const char *path_of(int descriptor, char *buffer) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, buffer, PATH_MAX - 1);
    if (length < 0) return NULL;
    buffer[length] = 0;
    return below(buffer);
}

/// An absolute path, whatever folder it was given in.
static const char *path_at(int folder, const char *path, char *buffer) {
    if (path[0] == '/') return snprintf(buffer, PATH_MAX, "%s", path) < PATH_MAX ? below(buffer) : NULL;
    char parent[PATH_MAX], link[64];
    if (folder == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, parent, sizeof parent - 1);
    if (length < 0) return NULL;
    parent[length] = 0;
    return snprintf(buffer, PATH_MAX, "%s/%s", parent, path) < PATH_MAX ? below(buffer) : NULL;
}

/// One line in one write, so that lines of several processes do not mix.
static void put(const char *format, const void *bytes, size_t count, ...) {
    static const char digits[] = "0123456789abcdef";
    char *line = malloc(3 * PATH_MAX + 2 * count);
    if (!line) abort();
    va_list arguments;
    va_start(arguments, count);
    size_t length = (size_t)vsnprintf(line, 3 * PATH_MAX - 1, format, arguments);
    va_end(arguments);
    for (size_t i = 0; i < count; i++) {
        line[length++] = digits[((const uint8_t *)bytes)[i] >> 4];
        line[length++] = digits[((const uint8_t *)bytes)[i] & 15];
    }
    line[length++] = '\n';
    if (syscall(SYS_write, record, line, length) != (long)length) abort();
    free(line);
}

#define RECORDED(condition, ...)      \
    do {                              \
        int saved = errno;            \
        if (record >= 0 && (condition)) { __VA_ARGS__; } \
        errno = saved;                \
    } while (0)

static void put_write(int descriptor, const void *bytes, ssize_t count, off64_t offset) {
    char buffer[PATH_MAX];
    const char *path = path_of(descriptor, buffer);
    if (path) put("write\t%s\t%lld\t", bytes, (size_t)count, path, (long long)offset);
}

ssize_t write(int descriptor, const void *bytes, size_t count) {
    RECORDED(descriptor == STDOUT_FILENO, put("told\t-\t", bytes, count));
    ssize_t written = syscall(SYS_write, descriptor, bytes, count);
    // The position after the write is right for files that are appended to as well.
    RECORDED(written > 0, put_write(descriptor, bytes, written, lseek64(descriptor, 0, SEEK_CUR) - written));
    return written;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    ssize_t written = syscall(SYS_pwrite64, descriptor, bytes, count, offset);
    RECORDED(written > 0, put_write(descriptor, bytes, written, offset));
    return written;
}
ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) { return pwrite64(descriptor, bytes, count, offset); }

/// What the kernel has copied is read again.
static void put_copied(int descriptor, ssize_t count, off64_t end) {
    char link[64], *bytes = malloc((size_t)count);
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    int file = (int)syscall(SYS_openat, AT_FDCWD, link, O_RDONLY | O_CLOEXEC, 0);
    if (!bytes || file < 0 || pread64(file, bytes, (size_t)count, end - count) != count) abort();
    syscall(SYS_close, file);
    put_write(descriptor, bytes, count, end - count);
    free(bytes);
}

static bool is_ours(int descriptor) {
    char buffer[PATH_MAX];
    return path_of(descriptor, buffer) != NULL;
}

ssize_t sendfile(int target, int source, off_t *offset, size_t count) {
    ssize_t sent = syscall(SYS_sendfile, target, source, offset, count);
    RECORDED(sent > 0 && is_ours(target), put_copied(target, sent, lseek64(target, 0, SEEK_CUR)));
    return sent;
}

ssize_t copy_file_range(int source, off64_t *from, int target, off64_t *to, size_t count, unsigned flags) {
    ssize_t copied = syscall(SYS_copy_file_range, source, from, target, to, count, flags);
    RECORDED(copied > 0 && is_ours(target), put_copied(target, copied, to ? *to : lseek64(target, 0, SEEK_CUR)));
    return copied;
}

int ftruncate64(int descriptor, off64_t length) {
    char buffer[PATH_MAX];
    int result = (int)syscall(SYS_ftruncate, descriptor, length);
    RECORDED(result == 0 && is_ours(descriptor), put("truncate\t%s\t%lld", NULL, 0, path_of(descriptor, buffer), (long long)length));
    return result;
}
int ftruncate(int descriptor, off_t length) { return ftruncate64(descriptor, length); }

static int synchronized(int descriptor, long call) {
    char buffer[PATH_MAX];
    const char *path = record >= 0 ? path_of(descriptor, buffer) : NULL;
    int thread = (int)syscall(SYS_gettid);
    RECORDED(path, put("sync\t%d\t%s", NULL, 0, thread, path));
    int result = (int)syscall(call, descriptor);
    RECORDED(path && result == 0, put("synced\t%d\t%s", NULL, 0, thread, path));
    return result;
}
int fsync(int descriptor) { return synchronized(descriptor, SYS_fsync); }
int fdatasync(int descriptor) { return synchronized(descriptor, SYS_fdatasync); }

/// Waits for all files: the path is a star.
int syncfs(int descriptor) {
    int thread = (int)syscall(SYS_gettid);
    RECORDED(is_ours(descriptor), put("sync\t%d\t*", NULL, 0, thread));
    int result = (int)syscall(SYS_syncfs, descriptor);
    RECORDED(result == 0 && is_ours(descriptor), put("synced\t%d\t*", NULL, 0, thread));
    return result;
}

int renameat2(int folder, const char *path, int new_folder, const char *new_path, unsigned flags) {
    char old[PATH_MAX], new[PATH_MAX];
    int result = (int)syscall(SYS_renameat2, folder, path, new_folder, new_path, flags);
    RECORDED(result == 0 && path_at(folder, path, old) && path_at(new_folder, new_path, new),
             put("rename\t%s\t%s", NULL, 0, below(old), below(new)));
    return result;
}
int renameat(int folder, const char *path, int new_folder, const char *new_path) { return renameat2(folder, path, new_folder, new_path, 0); }
int rename(const char *path, const char *new_path) { return renameat2(AT_FDCWD, path, AT_FDCWD, new_path, 0); }

int unlinkat(int folder, const char *path, int flags) {
    char buffer[PATH_MAX];
    int result = (int)syscall(SYS_unlinkat, folder, path, flags);
    RECORDED(result == 0 && path_at(folder, path, buffer), put("remove\t%s", NULL, 0, below(buffer)));
    return result;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }

int mkdirat(int folder, const char *path, mode_t mode) {
    char buffer[PATH_MAX];
    int result = (int)syscall(SYS_mkdirat, folder, path, mode);
    RECORDED(result == 0 && path_at(folder, path, buffer), put("folder\t%s", NULL, 0, below(buffer)));
    return result;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }

/// A file that is opened so is there afterwards, and empty if that was asked for.
static int open_at(int folder, const char *path, int flags, mode_t mode) {
    char buffer[PATH_MAX];
    int result = (int)syscall(SYS_openat, folder, path, flags, mode);
    bool is_named = (flags & O_TMPFILE) != O_TMPFILE;
    RECORDED(result >= 0 && is_named && (flags & O_CREAT) && is_ours(result), put("create\t%s", NULL, 0, path_of(result, buffer)));
    RECORDED(result >= 0 && (flags & O_TRUNC) && is_ours(result), put("truncate\t%s\t0", NULL, 0, path_of(result, buffer)));
    return result;
}

#define MODE_AFTER(flags)                                     \
    mode_t mode = 0;                                          \
    if ((flags) & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) {   \
        va_list list;                                         \
        va_start(list, flags);                                \
        mode = va_arg(list, mode_t);                          \
        va_end(list);                                         \
    }

int openat(int folder, const char *path, int flags, ...) {
    MODE_AFTER(flags)
    return open_at(folder, path, flags, mode);
}
int openat64(int folder, const char *path, int flags, ...) {
    MODE_AFTER(flags)
    return open_at(folder, path, flags, mode);
}
int open(const char *path, int flags, ...) {
    MODE_AFTER(flags)
    return open_at(AT_FDCWD, path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    MODE_AFTER(flags)
    return open_at(AT_FDCWD, path, flags, mode);
}
