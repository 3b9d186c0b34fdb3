#define _GNU_SOURCE
#include "include/overlay.h"
#include "spawner.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

/// "ID ID 1": the same number inside and outside. The child shares its parent's memory, so nothing is allocated.
static int map_itself(const char *path, unsigned id) {
    char text[32];
    int length = snprintf(text, sizeof text, "%u %u 1", id, id);
    return bf_write_file(path, text, (size_t)length);
}

/// Who may not mount gets a user namespace in which it may.
static int own_mounts(void) {
    if (unshare(CLONE_NEWNS) == 0) return 0;
    if (errno != EPERM) return -1;
    unsigned user = geteuid();
    unsigned group = getegid();
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS) < 0) return -1;
    if (bf_write_file("/proc/self/setgroups", "deny", 4) < 0) return -1;
    if (map_itself("/proc/self/uid_map", user) < 0) return -1;
    return map_itself("/proc/self/gid_map", group);
}

int bf_overlay_mount(const struct bf_overlay *overlay) {
    if (own_mounts() < 0) return -1;
    // Nothing that is mounted here is to be seen by others.
    if (mount(NULL, "/", NULL, MS_REC | MS_SLAVE, NULL) < 0) return -1;
    return mount("overlay", overlay->target, "overlay", MS_NOSUID | MS_NODEV, overlay->options);
}
