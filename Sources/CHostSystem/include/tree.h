/// Removal of folders that others have filled.
#pragma once

/// Removes `name` in `folder` (-1: current directory), whatever it is, with all beneath it. What is missing already is no failure.
///
/// Follows no symbolic link and enters no mount point. Folders that deny access are opened by a change of their mode. Any depth is
/// removed with three open descriptors: a folder within a folder is first moved up to the top of the tree.
/// On failure `failed` holds the name (of at most `failed_size` - 1 bytes) of the entry that could not be removed.
int bf_remove_tree(int folder, const char *name, char *failed, int failed_size);
