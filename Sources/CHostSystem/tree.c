#define _GNU_SOURCE
#include "include/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/// One removal: the top folder's descriptor, and the next name tried for a folder that is moved up to it.
struct removal {
    int top;
    unsigned long next_name;
    char *failed;
    int failed_size;
};

/// What became of the entries of one folder.
enum pass { PASS_FAILED = -1, PASS_EMPTY = 0, PASS_PROGRESS = 1 };

/// Keeps the innermost name: what is around it fails because of it.
static int fail(const struct removal *removal, const char *name) {
    if (removal->failed[0]) return -1;
    int error = errno;
    snprintf(removal->failed, (size_t)removal->failed_size, "%s", name);
    errno = error;
    return -1;
}

static int open_in_mount(int folder, const char *name, int flags) {
    struct open_how how = {
        .flags = (unsigned)(flags | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV,
    };
    return (int)syscall(SYS_openat2, folder, name, &how, sizeof how);
}

/// Gives the owner all rights on a folder that is held by a descriptor without rights; only /proc can change its mode then.
static void unlock_folder(int path_only) {
    char link[32];
    snprintf(link, sizeof link, "/proc/self/fd/%d", path_only);
    chmod(link, 0700);
}

/// Opens a folder for listing and change. A mode that stands in the way is changed, where we own the folder. Closes `path_only`.
static int open_unlocked(int path_only) {
    if (path_only < 0) return -1;
    struct stat status;
    if (fstat(path_only, &status) == 0 && (status.st_mode & 0700) != 0700) unlock_folder(path_only);
    int opened = openat(path_only, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int error = errno;
    close(path_only);
    errno = error;
    return opened;
}

static int open_folder(int folder, const char *name) { return open_unlocked(open_in_mount(folder, name, O_PATH)); }

static int move_to_top(struct removal *removal, int folder, const char *name) {
    char target[40];
    do {
        snprintf(target, sizeof target, ".removed-%lu", removal->next_name++);
        if (renameat2(folder, name, removal->top, target, RENAME_NOREPLACE) == 0) return 0;
    } while (errno == EEXIST);
    return -1;
}

/// Moving a folder writes its `..`, for which its own mode must allow.
static int move_unlocked(struct removal *removal, int folder, const char *name) {
    if (move_to_top(removal, folder, name) == 0) return 0;
    if (errno != EACCES) return -1;
    int opened = open_folder(folder, name);
    if (opened < 0) return -1;
    close(opened);
    return move_to_top(removal, folder, name);
}

static int remove_inner(struct removal *removal, int folder, const char *name) {
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT) return 0;
    if (errno != EISDIR) return -1;
    if (unlinkat(folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT) return 0;
    if (errno != ENOTEMPTY && errno != EEXIST) return -1;
    return move_unlocked(removal, folder, name);
}

static int remove_top_entry(struct removal *removal, int folder, const char *name);

typedef int (*remover)(struct removal *, int, const char *);

static int is_dots(const char *name) { return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0)); }

static enum pass remove_entries(struct removal *removal, DIR *listing, remover remove) {
    enum pass result = PASS_EMPTY;
    rewinddir(listing);
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(listing);
        if (entry == NULL) return errno == 0 ? result : PASS_FAILED;
        if (is_dots(entry->d_name)) continue;
        // What others have removed, moved or filled meanwhile shows in the next pass.
        if (remove(removal, dirfd(listing), entry->d_name) < 0 && errno != ENOENT && errno != ENOTEMPTY) {
            fail(removal, entry->d_name);
            return PASS_FAILED;
        }
        result = PASS_PROGRESS;
    }
}

/// Empties the folder, again while somebody still fills it. Takes over the descriptor.
static int empty_folder(struct removal *removal, int opened, remover remove) {
    DIR *listing = fdopendir(opened);
    if (listing == NULL) {
        int error = errno;
        close(opened);
        errno = error;
        return -1;
    }
    enum pass pass;
    do pass = remove_entries(removal, listing, remove);
    while (pass == PASS_PROGRESS);
    int error = errno;
    closedir(listing);
    errno = error;
    return pass == PASS_EMPTY ? 0 : -1;
}

static int remove_folder(struct removal *removal, int folder, const char *name, int opened, remover remove) {
    if (empty_folder(removal, opened, remove) < 0) return -1;
    return unlinkat(folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? 0 : -1;
}

static int remove_top_entry(struct removal *removal, int folder, const char *name) {
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT) return 0;
    if (errno != EISDIR) return -1;
    if (unlinkat(folder, name, AT_REMOVEDIR) == 0 || errno == ENOENT) return 0;
    if (errno != ENOTEMPTY && errno != EEXIST) return -1;
    int opened = open_folder(folder, name);
    return opened < 0 ? -1 : remove_folder(removal, folder, name, opened, remove_inner);
}

int bf_remove_tree(int folder, const char *name, char *failed, int failed_size) {
    struct removal removal = {.top = -1, .failed = failed, .failed_size = failed_size};
    failed[0] = 0;
    if (folder < 0) folder = AT_FDCWD;
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT) return 0;
    if (errno != EISDIR) return fail(&removal, name);

    int result;
    do {
        int opened = open_unlocked(openat(folder, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
        if (opened < 0) return errno == ENOENT ? 0 : fail(&removal, name);
        removal.top = opened;
        result = remove_folder(&removal, folder, name, opened, remove_top_entry);
    } while (result < 0 && errno == ENOTEMPTY);
    return result < 0 ? fail(&removal, name) : 0;
}
