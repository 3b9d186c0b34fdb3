#define _GNU_SOURCE
#include "include/spawn.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>

/// A request on its way to the thread and back. It lives on the stack of the caller, who waits for `done`.
struct order {
    const struct bf_spawn_request *request;
    struct bf_spawn_result *result;
    struct order *next;
    int error;
    int done;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;
static pthread_cond_t answered = PTHREAD_COND_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct order *first;
static struct order **last = &first;
static int start_error;

static struct order *take_order(void) {
    while (first == NULL) pthread_cond_wait(&arrived, &mutex);
    struct order *order = first;
    first = order->next;
    if (first == NULL) last = &first;
    return order;
}

static void *serve(void *unused) {
    (void)unused;
    pthread_mutex_lock(&mutex);
    for (;;) {
        struct order *order = take_order();
        pthread_mutex_unlock(&mutex);
        int error = bf_spawn(order->request, order->result) < 0 ? errno : 0;
        pthread_mutex_lock(&mutex);
        order->error = error;
        order->done = 1;
        pthread_cond_broadcast(&answered);
    }
    return NULL;
}

/// The thread takes no signals: they are for the threads that wait for them.
static void start(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pthread_t thread;
    start_error = pthread_create(&thread, NULL, serve, NULL);
    if (start_error == 0) pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int bf_spawn_on_shared_thread(const struct bf_spawn_request *request, struct bf_spawn_result *result) {
    pthread_once(&once, start);
    if (start_error != 0) {
        result->step = BF_SPAWN_CLONE;
        errno = start_error;
        return -1;
    }
    struct order order = {.request = request, .result = result};
    pthread_mutex_lock(&mutex);
    *last = &order;
    last = &order.next;
    pthread_cond_signal(&arrived);
    while (!order.done) pthread_cond_wait(&answered, &mutex);
    pthread_mutex_unlock(&mutex);
    errno = order.error;
    return order.error == 0 ? 0 : -1;
}
