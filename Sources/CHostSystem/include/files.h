/// Files: calls that are variadic, new, or have no wrapper in the C library.
#pragma once

#include <stdint.h>
#include <sys/types.h>

enum bf_open_flag {
    BF_OPEN_READ = 1 << 0,
    BF_OPEN_WRITE = 1 << 1,
    BF_OPEN_CREATE = 1 << 2,
    BF_OPEN_EXCLUSIVE = 1 << 3,
    BF_OPEN_TRUNCATE = 1 << 4,
    BF_OPEN_APPEND = 1 << 5,
    BF_OPEN_NO_FOLLOW = 1 << 6,
    BF_OPEN_FOLDER = 1 << 7,
    BF_OPEN_PATH_ONLY = 1 << 8,
    BF_OPEN_NON_BLOCKING = 1 << 9,
    BF_OPEN_UNNAMED = 1 << 10,
};

/// openat; the result is always close-on-exec. `folder` is a descriptor, or -1 for the current directory. `flags`: bf_open_flag.
int bf_open(int folder, const char *path, int flags, unsigned mode);

/// Like `bf_open`, but the path is resolved beneath `folder`: it meets no symbolic link, no `..` above the folder, no magic link.
int bf_open_beneath(int folder, const char *path, int flags, unsigned mode);

/// rename that fails with EEXIST instead of replacing.
int bf_rename_exclusively(int from_folder, const char *from, int to_folder, const char *to);

/// Copies from the current offset of `source` to that of `destination`, by clone, copy_file_range, or read and write.
/// Fails with EFBIG beyond `limit` bytes. Returns the bytes copied.
int64_t bf_copy(int source, int destination, int64_t limit);

/// A pipe of two close-on-exec descriptors: reading end, writing end.
int bf_pipe(int ends[2]);
/// A pipe whose reading end does not wait.
int bf_pipe_without_wait(int ends[2]);
/// 1 if an open folder has no entries but "." and "..", else 0. Moves the descriptor's offset.
int bf_folder_is_empty(int folder);
/// syncfs.
int bf_sync_file_system(int descriptor);
/// Sets O_NONBLOCK.
int bf_set_non_blocking(int descriptor);
/// A close-on-exec duplicate.
int bf_duplicate(int descriptor);

/// What lstat says. `modified_nanoseconds` is since 1970.
struct bf_file_status {
    uint32_t mode;
    uint32_t owner;
    uint32_t group;
    int64_t size;
    int64_t blocks;
    uint64_t inode;
    uint64_t device;
    uint64_t links;
    int64_t modified_nanoseconds;
};

/// The status of `path` beneath `folder` (-1: current directory), of the descriptor itself where `path` is empty.
int bf_file_status(int folder, const char *path, int follow, struct bf_file_status *status);

struct bf_file_system {
    uint64_t type;
    uint64_t free_bytes;
    uint64_t total_bytes;
    uint64_t free_inodes;
    uint64_t total_inodes;
};

int bf_file_system_at(const char *path, struct bf_file_system *result);
int bf_file_system_of(int descriptor, struct bf_file_system *result);

/// Sets access and modification time, of a symbolic link itself.
int bf_set_times(int folder, const char *path, int64_t seconds, int64_t nanoseconds);
/// 1 if the file has extended attributes, access control lists among them, else 0.
int bf_has_attributes(int descriptor);
/// Changes the mode and never follows a symbolic link (EOPNOTSUPP for one).
int bf_change_mode(int folder, const char *path, unsigned mode);
