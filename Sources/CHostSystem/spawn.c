#define _GNU_SOURCE
#include "include/spawn.h"
#include "spawner.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/sched.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const int resources[] = {
    [BF_RESOURCE_CPU] = RLIMIT_CPU,           [BF_RESOURCE_FILE_SIZE] = RLIMIT_FSIZE,   [BF_RESOURCE_DATA] = RLIMIT_DATA,
    [BF_RESOURCE_CORE] = RLIMIT_CORE,         [BF_RESOURCE_PROCESSES] = RLIMIT_NPROC,   [BF_RESOURCE_OPEN_FILES] = RLIMIT_NOFILE,
};

/// Shared by parent and child: the child writes, the parent reads once the child has executed or exited.
struct child {
    const struct bf_spawn_request *request;
    pid_t parent;
    /// The signals that are reset in the child.
    uint64_t reset;
    volatile int step;
    volatile int detail;
    volatile int error;
};

int bf_write_file(const char *path, const char *text, size_t length) {
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) return -1;
    ssize_t written = write(descriptor, text, length);
    int error = errno;
    close(descriptor);
    errno = error;
    return written == (ssize_t)length ? 0 : -1;
}

/// Handlers are code of the parent and must never run here; an ignored signal would stay ignored after exec. The raw call, because the C
/// library keeps two signals for itself, which a parent may have ignored all the same. All zeros is the kernel's form of SIG_DFL.
static void reset_signals(uint64_t signals) {
    const uint64_t action[8] = {0};
    for (int signal = 1; signal < NSIG; signal++)
        if (signals >> (signal - 1) & 1) syscall(SYS_rt_sigaction, signal, action, NULL, sizeof(uint64_t));
}

static int enter_cgroups(struct child *child) {
    for (int i = 0; i < child->request->cgroup_file_count; i++) {
        child->detail = i;
        if (bf_write_file(child->request->cgroup_files[i], "0", 1) < 0) return -1;
    }
    return 0;
}

/// A parent that died before prctl sends no signal any more; then the child has another parent already.
static int bind_to_parent(const struct child *child) {
    int signal = child->request->parent_death_signal;
    if (signal == 0) return 0;
    if (prctl(PR_SET_PDEATHSIG, signal) < 0) return -1;
    if (getppid() == child->parent) return 0;
    errno = ESRCH;
    return -1;
}

static int set_oom_score(const struct bf_spawn_request *request) {
    if (!request->sets_oom_score) return 0;
    int value = request->oom_score;
    char text[12];
    char *start = text + sizeof text;
    unsigned magnitude = value < 0 ? 0U - (unsigned)value : (unsigned)value;
    do *--start = (char)('0' + magnitude % 10);
    while (magnitude /= 10);
    if (value < 0) *--start = '-';
    return bf_write_file("/proc/self/oom_score_adj", start, (size_t)(text + sizeof text - start));
}

static int close_range_from(unsigned first, unsigned last) { return (int)syscall(SYS_close_range, first, last, 0); }

/// Every source is first copied above all targets, unless it is there, so that no target overwrites a source that is still needed.
static int arrange_descriptors(struct child *child) {
    const struct bf_spawn_request *request = child->request;
    int count = request->descriptor_count;
    int above = count > 0 ? request->descriptors[count - 1].target + 1 : 0;
    int copies[BF_SPAWN_DESCRIPTORS];
    for (int i = 0; i < count; i++) {
        child->detail = i;
        int source = request->descriptors[i].source;
        if (source < 0) source = open("/dev/null", O_RDWR | O_CLOEXEC);
        copies[i] = source < 0 || source >= above ? source : fcntl(source, F_DUPFD_CLOEXEC, above);
        if (copies[i] < 0) return -1;
    }
    int closed = 0;
    for (int i = 0; i < count; i++) {
        child->detail = i;
        int target = request->descriptors[i].target;
        if (dup2(copies[i], target) < 0) return -1;
        if (target > closed && close_range_from((unsigned)closed, (unsigned)target - 1) < 0) return -1;
        closed = target + 1;
    }
    return close_range_from((unsigned)closed, ~0U);
}

static int set_limits(struct child *child) {
    for (int i = 0; i < child->request->limit_count; i++) {
        child->detail = i;
        const struct bf_resource_limit *wanted = &child->request->limits[i];
        struct rlimit limit;
        if (getrlimit((__rlimit_resource_t)resources[wanted->resource], &limit) < 0) return -1;
        if (wanted->hard < limit.rlim_max) limit.rlim_max = wanted->hard;
        limit.rlim_cur = wanted->soft < limit.rlim_max ? wanted->soft : limit.rlim_max;
        if (setrlimit((__rlimit_resource_t)resources[wanted->resource], &limit) < 0) return -1;
    }
    return 0;
}

static int change_directory(const struct bf_spawn_request *request) {
    return request->working_directory ? chdir(request->working_directory) : 0;
}

static int bind_to_processor(const struct bf_spawn_request *request) {
    if (!request->one_processor) return 0;
    cpu_set_t allowed, chosen;
    if (sched_getaffinity(0, sizeof allowed, &allowed) < 0) return -1;
    int last = CPU_SETSIZE - 1;
    while (last > 0 && !CPU_ISSET(last, &allowed)) last--;
    CPU_ZERO(&chosen);
    CPU_SET(last, &chosen);
    return sched_setaffinity(0, sizeof chosen, &chosen);
}

/// Runs in the child. The groups come first, so that nothing the child does is counted elsewhere; the limits come last, so that
/// they cannot hinder the steps before.
static int prepare(struct child *child) {
    const struct bf_spawn_request *request = child->request;
    child->step = BF_SPAWN_CGROUP;
    if (enter_cgroups(child) < 0) return -1;
    child->step = BF_SPAWN_OVERLAY;
    if (request->overlay && bf_overlay_mount(request->overlay) < 0) return -1;
    // After whatever changes who the child is: the kernel forgets the signal then.
    child->step = BF_SPAWN_PARENT_DEATH;
    if (bind_to_parent(child) < 0) return -1;
    child->step = BF_SPAWN_SESSION;
    if (request->new_session && setsid() < 0) return -1;
    child->step = BF_SPAWN_OOM_SCORE;
    if (set_oom_score(request) < 0) return -1;
    child->step = BF_SPAWN_WORKING_DIRECTORY;
    if (change_directory(request) < 0) return -1;
    child->step = BF_SPAWN_DESCRIPTORS_STEP;
    if (arrange_descriptors(child) < 0) return -1;
    child->step = BF_SPAWN_TERMINAL;
    if (request->takes_terminal && ioctl(STDIN_FILENO, TIOCSCTTY, 0) < 0) return -1;
    child->step = BF_SPAWN_PROCESSOR;
    if (bind_to_processor(request) < 0) return -1;
    child->step = BF_SPAWN_LIMITS;
    return set_limits(child);
}

static int run_child(void *argument) {
    struct child *child = argument;
    reset_signals(child->reset);
    umask(child->request->umask);
    if (prepare(child) == 0) {
        child->step = BF_SPAWN_EXECUTE;
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        execve(child->request->path, child->request->arguments, child->request->environment);
    }
    child->error = errno;
    _exit(127);
}

/// All 64 signals, the C library's own among them: none may run a handler in the child.
static void block_all(uint64_t *before) {
    uint64_t all = ~(uint64_t)0;
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, before, sizeof all);
}

static void reap(int pidfd) {
    siginfo_t information;
    while (waitid((idtype_t)P_PIDFD, (id_t)pidfd, &information, WEXITED) < 0 && errno == EINTR) continue;
    close(pidfd);
}

/// clone3 as in clone(2), with the child on a stack of its own. The C library has no call for it, and its plain system call would return
/// twice on one stack.
#if defined(__x86_64__)
#define HAS_CLONE3 1
static long clone3_on_stack(struct clone_args *arguments, int (*function)(void *), void *argument) {
    long result = SYS_clone3;
    __asm__ volatile(
        "syscall\n\t"
        "testq %%rax, %%rax\n\t"
        "jnz 1f\n\t"
        "xorl %%ebp, %%ebp\n\t"
        "movq %[argument], %%rdi\n\t"
        "callq *%[function]\n\t"
        "hlt\n"
        "1:"
        : "+a"(result)
        : "D"(arguments), "S"(sizeof *arguments), [function] "r"(function), [argument] "r"(argument)
        : "rcx", "r11", "cc", "memory");
    return result;
}
#elif defined(__aarch64__)
#define HAS_CLONE3 1
static long clone3_on_stack(struct clone_args *arguments, int (*function)(void *), void *argument) {
    register long number __asm__("x8") = SYS_clone3;
    register long result __asm__("x0") = (long)arguments;
    register size_t size __asm__("x1") = sizeof *arguments;
    __asm__ volatile(
        "svc #0\n\t"
        "cbnz x0, 1f\n\t"
        "mov x29, xzr\n\t"
        "mov x0, %[argument]\n\t"
        "blr %[function]\n\t"
        "brk #1\n"
        "1:"
        : "+r"(result)
        : "r"(number), "r"(size), [function] "r"(function), [argument] "r"(argument)
        : "x30", "cc", "memory");
    return result;
}
#else
#define HAS_CLONE3 0
static long clone3_on_stack(struct clone_args *arguments, int (*function)(void *), void *argument) {
    (void)arguments, (void)function, (void)argument;
    return -ENOSYS;
}
#endif

/// A kernel that can create the child in a group (5.7) also takes all handlers away from it (5.5); the child then resets what is ignored.
static pid_t create(struct child *child, char *stack, int *pidfd) {
    const int flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD;
    if (!child->request->starts_in_cgroup) {
        child->reset = ~(uint64_t)0;
        return clone(run_child, stack + BF_SPAWNER_STACK, flags | SIGCHLD, child, pidfd);
    }
    child->reset = bf_ignored_signals();
    struct clone_args arguments = {
        .flags = (uint64_t)flags | CLONE_INTO_CGROUP | CLONE_CLEAR_SIGHAND,
        .pidfd = (uint64_t)(uintptr_t)pidfd,
        .exit_signal = SIGCHLD,
        .stack = (uint64_t)(uintptr_t)stack,
        .stack_size = BF_SPAWNER_STACK,
        .cgroup = (uint64_t)child->request->cgroup,
    };
    long result = clone3_on_stack(&arguments, run_child, child);
    if (result >= 0) return (pid_t)result;
    errno = (int)-result;
    return -1;
}

int bf_spawn_supports_cgroup(void) {
    if (!HAS_CLONE3) return 0;
    // A descriptor that cannot be is refused as such only by a kernel that knows the flag.
    struct clone_args arguments = {.flags = CLONE_INTO_CGROUP, .exit_signal = SIGCHLD, .cgroup = (uint64_t)INT_MAX};
    return syscall(SYS_clone3, &arguments, sizeof arguments) < 0 && errno == EBADF;
}

int bf_spawner_begin(struct bf_spawner *spawner) {
    spawner->process = getpid();
    spawner->stack = mmap(NULL, BF_SPAWNER_STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
    return spawner->stack == MAP_FAILED ? -1 : 0;
}

void bf_spawner_end(struct bf_spawner *spawner) { munmap(spawner->stack, BF_SPAWNER_STACK); }

int bf_spawner_spawn(const struct bf_spawner *spawner, const struct bf_spawn_request *request, struct bf_spawn_result *result) {
    struct child child = {.request = request, .parent = spawner->process, .step = BF_SPAWN_CLONE};
    result->step = BF_SPAWN_CLONE;
    result->detail = 0;
    if (request->descriptor_count > BF_SPAWN_DESCRIPTORS) {
        errno = E2BIG;
        return -1;
    }

    uint64_t mask;
    int pidfd = -1;
    block_all(&mask);
    pid_t pid = create(&child, spawner->stack, &pidfd);
    int error = pid < 0 ? errno : child.error;
    if (pid >= 0 && error != 0) reap(pidfd);
    syscall(SYS_rt_sigprocmask, SIG_SETMASK, &mask, NULL, sizeof mask);

    result->pid = pid;
    result->pidfd = pidfd;
    result->step = child.step;
    result->detail = child.detail;
    errno = error;
    return error == 0 ? 0 : -1;
}

int bf_spawn(const struct bf_spawn_request *request, struct bf_spawn_result *result) {
    result->step = BF_SPAWN_CLONE;
    result->detail = 0;
    struct bf_spawner spawner;
    if (bf_spawner_begin(&spawner) < 0) return -1;
    int outcome = bf_spawner_spawn(&spawner, request, result);
    int error = errno;
    bf_spawner_end(&spawner);
    errno = error;
    return outcome;
}
