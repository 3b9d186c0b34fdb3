#define _GNU_SOURCE
#include "include/spawn.h"
#include "spawner.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

/// A request on its way to a thread and back. It lives on the stack of the caller, who waits for `done`.
struct order {
    const struct bf_spawn_request *request;
    struct bf_spawn_result *result;
    struct order *next;
    int error;
    sem_t done;
};

/// Semaphores instead of condition variables: who is woken finds no mutex that is still held by who woke it.
struct bf_spawn_thread {
    pthread_t thread;
    struct bf_spawner spawner;
    sem_t ready;
    /// Counts the orders in the list, and one more when the thread is to end.
    sem_t arrived;
    pthread_mutex_t mutex;
    struct order *first;
    struct order **last;
    /// Only read until the thread is ready.
    char *const *tasks_files;
    int tasks_file_count;
    int failed_file;
    int start_error;
};

static void await(sem_t *semaphore) {
    while (sem_wait(semaphore) < 0 && errno == EINTR) continue;
}

static int enter(const char *tasks_file) {
    int descriptor = open(tasks_file, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return errno;
    int error = write(descriptor, "0", 1) == 1 ? 0 : errno;
    close(descriptor);
    return error;
}

static void enter_groups(struct bf_spawn_thread *thread) {
    for (int i = 0; i < thread->tasks_file_count && thread->start_error == 0; i++) {
        thread->failed_file = i;
        thread->start_error = enter(thread->tasks_files[i]);
    }
}

/// NULL when the thread is to end.
static struct order *take_order(struct bf_spawn_thread *thread) {
    await(&thread->arrived);
    pthread_mutex_lock(&thread->mutex);
    struct order *order = thread->first;
    if (order != NULL) thread->first = order->next;
    if (thread->first == NULL) thread->last = &thread->first;
    pthread_mutex_unlock(&thread->mutex);
    return order;
}

static void *serve(void *argument) {
    struct bf_spawn_thread *thread = argument;
    enter_groups(thread);
    int failed = thread->start_error != 0;
    sem_post(&thread->ready);
    if (failed) return NULL;
    for (struct order *order; (order = take_order(thread)) != NULL;) {
        order->error = bf_spawner_spawn(&thread->spawner, order->request, order->result) < 0 ? errno : 0;
        sem_post(&order->done);
    }
    return NULL;
}

/// The thread takes no signals: they are for the threads that wait for them.
static int create(struct bf_spawn_thread *thread) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int error = pthread_create(&thread->thread, NULL, serve, thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

static void destroy(struct bf_spawn_thread *thread) {
    bf_spawner_end(&thread->spawner);
    pthread_mutex_destroy(&thread->mutex);
    sem_destroy(&thread->ready);
    sem_destroy(&thread->arrived);
    free(thread);
}

static struct bf_spawn_thread *make(void) {
    struct bf_spawn_thread *thread = calloc(1, sizeof *thread);
    if (thread == NULL) return NULL;
    if (bf_spawner_begin(&thread->spawner) < 0) {
        free(thread);
        return NULL;
    }
    pthread_mutex_init(&thread->mutex, NULL);
    sem_init(&thread->ready, 0, 0);
    sem_init(&thread->arrived, 0, 0);
    thread->last = &thread->first;
    return thread;
}

struct bf_spawn_thread *bf_spawn_thread_start(char *const *tasks_files, int count, int *failed) {
    *failed = -1;
    struct bf_spawn_thread *thread = make();
    if (thread == NULL) return NULL;
    thread->tasks_files = tasks_files;
    thread->tasks_file_count = count;

    int error = create(thread);
    if (error == 0) {
        await(&thread->ready);
        error = thread->start_error;
        if (error == 0) return thread;
        *failed = thread->failed_file;
        pthread_join(thread->thread, NULL);
    }
    destroy(thread);
    errno = error;
    return NULL;
}

int bf_spawn_on_thread(struct bf_spawn_thread *thread, const struct bf_spawn_request *request, struct bf_spawn_result *result) {
    struct order order = {.request = request, .result = result};
    sem_init(&order.done, 0, 0);
    pthread_mutex_lock(&thread->mutex);
    *thread->last = &order;
    thread->last = &order.next;
    pthread_mutex_unlock(&thread->mutex);
    sem_post(&thread->arrived);
    await(&order.done);
    sem_destroy(&order.done);
    errno = order.error;
    return order.error == 0 ? 0 : -1;
}

void bf_spawn_thread_end(struct bf_spawn_thread *thread) {
    sem_post(&thread->arrived);
    pthread_join(thread->thread, NULL);
    destroy(thread);
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct bf_spawn_thread *shared;
static int shared_error;

static void start_shared(void) {
    int failed;
    shared = bf_spawn_thread_start(NULL, 0, &failed);
    shared_error = shared == NULL ? errno : 0;
}

int bf_spawn_on_shared_thread(const struct bf_spawn_request *request, struct bf_spawn_result *result) {
    pthread_once(&once, start_shared);
    if (shared != NULL) return bf_spawn_on_thread(shared, request, result);
    result->step = BF_SPAWN_CLONE;
    errno = shared_error;
    return -1;
}
