#ifndef BF_CSQLITE_SHIM_H
#define BF_CSQLITE_SHIM_H

#include <sqlite3.h>

/* Swift cannot call variadic C functions, and SQLITE_TRANSIENT is a cast that it does not import. */

/* Before the first connection: without counts of memory, allocating takes no lock of the whole process. */
static inline int bf_sqlite_forget_memory_counts(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

static inline int bf_sqlite_disable_checkpoint_on_close(sqlite3 *database) {
    return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}

static inline int bf_sqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, int length) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}

static inline int bf_sqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int length) {
    return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT);
}

#endif
