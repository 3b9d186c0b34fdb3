#define _GNU_SOURCE
#include "include/watch.h"

#include <sys/eventfd.h>
#include <sys/inotify.h>

_Static_assert(BF_WATCH_MODIFIED == IN_MODIFY && BF_WATCH_ATTRIBUTES == IN_ATTRIB && BF_WATCH_WRITTEN == IN_CLOSE_WRITE, "inotify");
_Static_assert(BF_WATCH_MOVED_FROM == IN_MOVED_FROM && BF_WATCH_MOVED_TO == IN_MOVED_TO && BF_WATCH_CREATED == IN_CREATE, "inotify");
_Static_assert(BF_WATCH_DELETED == IN_DELETE && BF_WATCH_SELF_DELETED == IN_DELETE_SELF && BF_WATCH_SELF_MOVED == IN_MOVE_SELF, "inotify");
_Static_assert(BF_WATCH_OVERFLOW == IN_Q_OVERFLOW && BF_WATCH_IGNORED == IN_IGNORED, "inotify");

int bf_inotify_create(void) { return inotify_init1(IN_CLOEXEC | IN_NONBLOCK); }

int bf_inotify_add(int descriptor, const char *path, uint32_t events) { return inotify_add_watch(descriptor, path, events); }

int bf_inotify_remove(int descriptor, int watch) { return inotify_rm_watch(descriptor, watch); }

int bf_event_descriptor(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
