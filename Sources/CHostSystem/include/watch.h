/// Descriptors that tell of changes: inotify and eventfd.
#pragma once

#include <stdint.h>

enum bf_watch_event {
    BF_WATCH_MODIFIED = 0x00000002,
    BF_WATCH_ATTRIBUTES = 0x00000004,
    BF_WATCH_WRITTEN = 0x00000008,
    BF_WATCH_MOVED_FROM = 0x00000040,
    BF_WATCH_MOVED_TO = 0x00000080,
    BF_WATCH_CREATED = 0x00000100,
    BF_WATCH_DELETED = 0x00000200,
    BF_WATCH_SELF_DELETED = 0x00000400,
    BF_WATCH_SELF_MOVED = 0x00000800,
    BF_WATCH_OVERFLOW = 0x00004000,
    BF_WATCH_IGNORED = 0x00008000,
};

int bf_inotify_create(void);
int bf_inotify_add(int descriptor, const char *path, uint32_t events);
int bf_inotify_remove(int descriptor, int watch);
int bf_event_descriptor(void);
