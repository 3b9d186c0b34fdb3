/// Starting a process: everything between clone and exec.
#pragma once

#include "overlay.h"

#include <stdint.h>
#include <sys/types.h>

/// The largest number of descriptors one child can be given.
enum { BF_SPAWN_DESCRIPTORS = 64 };

/// One descriptor of the child. `source` is a descriptor of the caller, or -1 for /dev/null.
struct bf_descriptor_mapping {
    int source;
    int target;
};

/// One resource limit. A hard limit above the inherited one is lowered to it.
struct bf_resource_limit {
    int resource;
    uint64_t soft;
    uint64_t hard;
};

/// What to start, and in which surroundings.
struct bf_spawn_request {
    const char *path;
    char *const *arguments;
    char *const *environment;
    /// NULL keeps the caller's.
    const char *working_directory;
    /// In ascending order of `target`, each target once. All other descriptors are closed in the child.
    const struct bf_descriptor_mapping *descriptors;
    int descriptor_count;
    const struct bf_resource_limit *limits;
    int limit_count;
    /// `cgroup.procs` or `tasks` files; the child enters these groups before it does anything else.
    char *const *cgroup_files;
    int cgroup_file_count;
    /// Where `starts_in_cgroup` is not 0: the open folder of a version 2 group in which the child is created.
    int cgroup;
    int starts_in_cgroup;
    /// Written to /proc/self/oom_score_adj where `sets_oom_score` is not 0.
    int oom_score;
    int sets_oom_score;
    /// The permission bits that files of the child do not get.
    mode_t umask;
    /// Not 0: the child may use only the last of the processors that the caller may.
    int one_processor;
    /// Not 0: the child leads a session of its own.
    int new_session;
    /// Not 0: standard input, a terminal, becomes that of the new session.
    int takes_terminal;
    /// NULL, or what the child mounts in a mount namespace of its own.
    const struct bf_overlay *overlay;
    /// Sent to the child when the thread that called `bf_spawn` ends. 0 for none.
    int parent_death_signal;
};

/// The step at which the start of a child failed.
enum bf_spawn_step {
    BF_SPAWN_CLONE = 1,
    BF_SPAWN_CGROUP,
    BF_SPAWN_OVERLAY,
    BF_SPAWN_PARENT_DEATH,
    BF_SPAWN_SESSION,
    BF_SPAWN_OOM_SCORE,
    BF_SPAWN_WORKING_DIRECTORY,
    BF_SPAWN_DESCRIPTORS_STEP,
    BF_SPAWN_TERMINAL,
    BF_SPAWN_PROCESSOR,
    BF_SPAWN_LIMITS,
    BF_SPAWN_EXECUTE,
};

/// The child, or where its start failed. `detail` is the index of the list item that failed at that step.
struct bf_spawn_result {
    pid_t pid;
    int pidfd;
    int step;
    int detail;
};

/// Starts a process from the calling thread and returns when it has executed its program, or failed to.
/// The child shares the caller's memory until then (the semantics of vfork), so it costs the same for a large caller and a small one.
int bf_spawn(const struct bf_spawn_request *request, struct bf_spawn_result *result);

/// `bf_spawn` on the one thread that lives as long as the process, so that a parent-death signal means the death of the process.
int bf_spawn_on_shared_thread(const struct bf_spawn_request *request, struct bf_spawn_result *result);

/// A thread that starts processes on request.
struct bf_spawn_thread;

/// Starts a thread which first enters some groups of version 1, so that its children are in them from their creation: a write to each
/// `tasks` file. Returns NULL on failure, with the index of the file that could not be written in `failed`, else -1.
struct bf_spawn_thread *bf_spawn_thread_start(char *const *tasks_files, int count, int *failed);

/// `bf_spawn` on this thread.
int bf_spawn_on_thread(struct bf_spawn_thread *thread, const struct bf_spawn_request *request, struct bf_spawn_result *result);

/// Ends the thread, which nobody may use any more, and with it every child that is bound to its parent.
void bf_spawn_thread_end(struct bf_spawn_thread *thread);

/// Whether a child can be created in a group of version 2 here (Linux 5.7 and later, on processors this was written for).
int bf_spawn_supports_cgroup(void);

enum bf_resource {
    BF_RESOURCE_CPU,
    BF_RESOURCE_FILE_SIZE,
    BF_RESOURCE_DATA,
    BF_RESOURCE_CORE,
    BF_RESOURCE_PROCESSES,
    BF_RESOURCE_OPEN_FILES,
};
