/// What a thread that starts processes keeps from one to the next.
#pragma once

#include "include/spawn.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Writes to a file that exists, at once. Nothing is allocated.
int bf_write_file(const char *path, const char *text, size_t length);

enum { BF_SPAWNER_STACK = 64 * 1024 };

struct bf_spawner {
    /// The process of the thread.
    pid_t process;
    /// The stack of the child until it executes its program.
    char *stack;
};

int bf_spawner_begin(struct bf_spawner *spawner);
void bf_spawner_end(struct bf_spawner *spawner);

/// `bf_spawn` with what is kept; one child at a time.
int bf_spawner_spawn(const struct bf_spawner *spawner, const struct bf_spawn_request *request, struct bf_spawn_result *result);

/// The signals that this process ignores, signal 1 in bit 0: those it was started with, and those it ignores since. SIGPIPE counts always,
/// as libraries ignore it on their own.
uint64_t bf_ignored_signals(void);
