/// A mount that only one process and its children see.
#pragma once

/// An overlay to be mounted by a child before it executes its program.
struct bf_overlay {
    /// Options of the file system as mount(2) takes them: lowerdir, upperdir and workdir, escaped.
    const char *options;
    /// The folder it is mounted on.
    const char *target;
};

/// Gives the calling process mounts of its own, and a user namespace in which it stays who it is where that takes one, and mounts the overlay.
int bf_overlay_mount(const struct bf_overlay *overlay);
