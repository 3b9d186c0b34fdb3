#define _GNU_SOURCE
#include "include/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

static int at(int folder) { return folder < 0 ? AT_FDCWD : folder; }

static int translated(int flags) {
    static const int table[] = {0, 0, O_CREAT, O_EXCL, O_TRUNC, O_APPEND, O_NOFOLLOW, O_DIRECTORY, O_PATH, O_NONBLOCK, O_TMPFILE};
    int result = O_CLOEXEC;
    for (size_t bit = 0; bit < sizeof table / sizeof *table; bit++)
        if (flags >> bit & 1) result |= table[bit];
    if (!(flags & BF_OPEN_WRITE)) return result | O_RDONLY;
    return result | (flags & BF_OPEN_READ ? O_RDWR : O_WRONLY);
}

int bf_open(int folder, const char *path, int flags, unsigned mode) { return openat(at(folder), path, translated(flags), mode); }

int bf_open_beneath(int folder, const char *path, int flags, unsigned mode) {
    struct open_how how = {
        .flags = (unsigned)translated(flags),
        .mode = flags & (BF_OPEN_CREATE | BF_OPEN_UNNAMED) ? mode : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    return (int)syscall(SYS_openat2, at(folder), path, &how, sizeof how);
}

int bf_rename_exclusively(int from_folder, const char *from, int to_folder, const char *to) {
    return renameat2(at(from_folder), from, at(to_folder), to, RENAME_NOREPLACE);
}

/// Only whole files into empty ones can be cloned. Returns the size, or -1 where the file must be copied.
static int64_t clone_file(int source, int destination, int64_t limit) {
    struct stat from, to;
    if (fstat(source, &from) < 0 || fstat(destination, &to) < 0 || !S_ISREG(from.st_mode)) return -1;
    if (to.st_size != 0 || from.st_size > limit || lseek(source, 0, SEEK_CUR) != 0) return -1;
    if (ioctl(destination, FICLONE, source) < 0) return -1;
    if (fstat(destination, &to) < 0 || to.st_size > limit) return -1;
    lseek(source, to.st_size, SEEK_SET);
    return lseek(destination, to.st_size, SEEK_SET);
}

static ssize_t copy_through_memory(int source, int destination) {
    static const size_t size = 64 * 1024;
    char buffer[size];
    ssize_t length = read(source, buffer, size);
    for (ssize_t done = 0; done < length;) {
        ssize_t written = write(destination, buffer + done, (size_t)(length - done));
        if (written < 0 && errno != EINTR) return -1;
        if (written > 0) done += written;
    }
    return length;
}

/// copy_file_range reports 0 for files without a size (as in /proc), so the end is only believed from read.
static ssize_t copy_some(int source, int destination, int64_t most, int *in_kernel) {
    if (*in_kernel) {
        ssize_t length = copy_file_range(source, NULL, destination, NULL, most < 1 << 30 ? (size_t)most : 1 << 30, 0);
        if (length > 0 || (length < 0 && (errno == EINTR || errno == ENOSPC || errno == EIO || errno == EDQUOT))) return length;
        *in_kernel = 0;
    }
    return copy_through_memory(source, destination);
}

int64_t bf_copy(int source, int destination, int64_t limit) {
    int64_t total = clone_file(source, destination, limit);
    if (total >= 0) return total;
    total = 0;
    int in_kernel = 1;
    for (;;) {
        ssize_t length = copy_some(source, destination, limit - total + 1, &in_kernel);
        if (length < 0 && errno == EINTR) continue;
        if (length < 0) return -1;
        if (length == 0) return total;
        total += length;
        if (total <= limit) continue;
        errno = EFBIG;
        return -1;
    }
}

int bf_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

/// The flag of pipe2 would be that of both ends.
int bf_pipe_without_wait(int ends[2]) {
    if (bf_pipe(ends) < 0) return -1;
    if (fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0) return 0;
    int error = errno;
    close(ends[0]);
    close(ends[1]);
    errno = error;
    return -1;
}

static int is_dot(const struct dirent64 *entry) {
    return entry->d_name[0] == '.' && (entry->d_name[1] == 0 || (entry->d_name[1] == '.' && entry->d_name[2] == 0));
}

/// 1 if only dots follow up to the end, 0 if something else does, 2 if the descriptor was at the end already.
static int only_dots_follow(int folder) {
    for (int seen = 2;; seen = 1) {
        _Alignas(struct dirent64) char buffer[2048];
        ssize_t length = getdents64(folder, buffer, sizeof buffer);
        // Only 0 says that there is nothing more: file systems may hand out entries in portions of any size.
        if (length <= 0) return length < 0 ? -1 : seen;
        for (ssize_t offset = 0; offset < length;) {
            const struct dirent64 *entry = (const struct dirent64 *)(buffer + offset);
            if (!is_dot(entry)) return 0;
            offset += entry->d_reclen;
        }
    }
}

/// Leaves the descriptor at the start or at the end, never between: so a look that finds anything at all has begun at the start.
int bf_folder_is_empty(int folder) {
    int found = only_dots_follow(folder);
    if (found == 2) {
        if (lseek(folder, 0, SEEK_SET) < 0) return -1;
        found = only_dots_follow(folder);
    }
    if (found > 0) return 1;
    int error = errno;
    if (lseek(folder, 0, SEEK_SET) < 0) return -1;
    errno = error;
    return found;
}

int bf_sync_file_system(int descriptor) { return syncfs(descriptor); }

int bf_set_non_blocking(int descriptor) {
    int flags = fcntl(descriptor, F_GETFL);
    return flags < 0 ? -1 : fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

int bf_duplicate(int descriptor) { return fcntl(descriptor, F_DUPFD_CLOEXEC, 3); }

int bf_file_status(int folder, const char *path, int follow, struct bf_file_status *status) {
    struct stat found;
    int flags = (follow ? 0 : AT_SYMLINK_NOFOLLOW) | (*path ? 0 : AT_EMPTY_PATH);
    if (fstatat(at(folder), path, &found, flags) < 0) return -1;
    *status = (struct bf_file_status){
        .mode = found.st_mode,
        .owner = found.st_uid,
        .group = found.st_gid,
        .size = found.st_size,
        .blocks = found.st_blocks,
        .inode = found.st_ino,
        .device = found.st_dev,
        .links = found.st_nlink,
        .modified_nanoseconds = (int64_t)found.st_mtim.tv_sec * 1000000000 + found.st_mtim.tv_nsec,
    };
    return 0;
}

static int report(int outcome, const struct statfs *found, struct bf_file_system *result) {
    if (outcome < 0) return -1;
    uint64_t block = (uint64_t)found->f_bsize;
    *result = (struct bf_file_system){
        .type = (uint64_t)found->f_type & 0xffffffff,
        .free_bytes = found->f_bavail * block,
        .total_bytes = found->f_blocks * block,
        .free_inodes = found->f_ffree,
        .total_inodes = found->f_files,
    };
    return 0;
}

int bf_file_system_at(const char *path, struct bf_file_system *result) {
    struct statfs found;
    return report(statfs(path, &found), &found, result);
}

int bf_file_system_of(int descriptor, struct bf_file_system *result) {
    struct statfs found;
    return report(fstatfs(descriptor, &found), &found, result);
}

int bf_set_times(int folder, const char *path, int64_t seconds, int64_t nanoseconds) {
    struct timespec time = {.tv_sec = seconds, .tv_nsec = nanoseconds};
    struct timespec times[] = {time, time};
    return utimensat(at(folder), path, times, AT_SYMLINK_NOFOLLOW);
}

int bf_has_attributes(int descriptor) {
    ssize_t size = flistxattr(descriptor, NULL, 0);
    return size < 0 ? (errno == ENOTSUP ? 0 : -1) : size > 0;
}

int bf_change_mode(int folder, const char *path, unsigned mode) { return fchmodat(at(folder), path, mode, AT_SYMLINK_NOFOLLOW); }
